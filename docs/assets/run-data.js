/* What a run is, without a page: a head and a list of events that only grows. Two tabs or two devices that hold different
   events are brought together by taking all of them; for one item the last event counts. Nothing here trusts a file.

   run = {id, list, hash, title, started, events}   times in milliseconds since 1970
   event = {i: own id, o: order, t: the device's time, k: kind, x: about what, v: value, r: reason, b: by whom}
   kinds: s state of item x (done, na, ""), n note on item x (or on all: ""), p pause of phase x confirmed, f phase x begun,
          m name, place or ended, c the clock jumped by v seconds, x event x is taken back */
(function () {
  "use strict";
  var portal = window.portal;
  if (portal.run) return;
  var store = portal.store;
  var FORMAT = "xinfang-guide-run";
  var MOST = 20000;
  var LONGEST = 20000;
  var SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  var KINDS = { s: /^(done|na|)$/, n: /^[^]+$/, p: /^1?$/, f: /^1$/, m: /^[^]*$/, c: /^-?\d{1,12}$/, x: /^1$/ };
  var device = store.read("run-device");
  var unsaved = Object.create(null);

  function random(length) {
    var letters = "";
    var numbers = window.crypto.getRandomValues(new Uint8Array(length));
    for (var i = 0; i < length; i += 1) letters += "abcdefghjkmnpqrstuvwxyz23456789"[numbers[i] % 31];
    return letters;
  }

  var tab = random(3);

  /** Four letters for this device, so that it can take back its own last step also after a reload. */
  function own() {
    if (typeof device !== "string" || !/^[a-z0-9]{4}$/.test(device)) {
      device = random(4);
      store.write("run-device", device, true);
    }
    return device;
  }

  function make(list, hash, title, started) {
    return { id: random(12), list: list, hash: hash, title: title, started: started, events: [] };
  }

  /** Add an event. Its order is the time, but never before what is known: a clock set back cannot undo anything. */
  function add(run, kind, about, value, by, reason) {
    var last = run.events.length ? run.events[run.events.length - 1].o : 0;
    var now = Date.now();
    own();
    var made = { i: device + tab + "-" + (run.events.length + 1), o: Math.max(now, last + 1), t: now, k: kind, x: about, v: value };
    if (reason) made.r = reason;
    if (by) made.b = by;
    run.events.push(made);
    return made;
  }

  function before(one, other) { return one.o - other.o || (one.i < other.i ? -1 : 1); }

  /** All events of both into `run`; true when something new came. */
  function merge(run, other) {
    var known = new Set(run.events.map(function (event) { return event.i; }));
    var fresh = other.events.filter(function (event) { return !known.has(event.i); });
    if (!fresh.length) return false;
    run.events = run.events.concat(fresh).sort(before);
    return true;
  }

  /** How things stand: the last event for each item, pause, phase and field; the notes; what was taken back. */
  function fold(run) {
    var now = { s: Object.create(null), p: Object.create(null), f: Object.create(null), m: Object.create(null), n: [], c: [], back: new Set() };
    run.events.forEach(function (event) { if (event.k === "x") now.back.add(event.x); });
    run.events.forEach(function (event) {
      if (event.k === "x" || now.back.has(event.i)) return;
      if (event.k === "n" || event.k === "c") now[event.k].push(event);
      else now[event.k][event.x] = event;
    });
    return now;
  }

  /** The last step of this device that can be taken back: what was done, not what the run is called. */
  function lastOwn(run) {
    var back = fold(run).back;
    for (var at = run.events.length - 1; at >= 0; at -= 1) {
      var event = run.events[at];
      if (event.i.indexOf(own()) === 0 && "snpf".indexOf(event.k) >= 0 && !back.has(event.i)) return event;
    }
    return undefined;
  }

  function isText(value, most) { return typeof value === "string" && value.length <= most; }
  function isName(value) { return isText(value, 60) && SLUG.test(value); }
  function isTime(value) { return typeof value === "number" && value > 9e11 && value < 5e12 && value % 1 === 0; }

  function isEvent(event) {
    return event && typeof event === "object" && isName(event.i) && isTime(event.o) && isTime(event.t)
      && typeof event.k === "string" && Object.prototype.hasOwnProperty.call(KINDS, event.k)
      && (event.x === "" || isName(event.x)) && isText(event.v, LONGEST) && KINDS[event.k].test(event.v)
      && (event.r === undefined || isText(event.r, LONGEST)) && (event.b === undefined || isText(event.b, 200));
  }

  function copy(event) {
    var made = { i: event.i, o: event.o, t: event.t, k: event.k, x: event.x, v: event.v };
    if (event.r) made.r = event.r;
    if (event.b) made.b = event.b;
    return made;
  }

  /** Anything at all → `{run, texts}` made anew from what is known, or `{wrong: word}`. */
  function check(file) {
    if (!file || typeof file !== "object" || file.format !== FORMAT) return { wrong: "import-foreign" };
    if (file.version !== 1) return { wrong: "import-version" };
    var well = isName(file.id) && isName(file.list) && isText(file.hash, 12) && /^[0-9a-f]{12}$/.test(file.hash)
      && isText(file.title, 200) && isTime(file.started)
      && Array.isArray(file.events) && file.events.length <= MOST && file.events.every(isEvent);
    if (!well) return { wrong: "import-damaged" };
    var texts = {};
    Object.keys(file.texts && typeof file.texts === "object" ? file.texts : {}).slice(0, 500).forEach(function (name) {
      if (isName(name) && isText(file.texts[name], 8000)) texts[name] = file.texts[name];
    });
    var run = { id: file.id, list: file.list, hash: file.hash, title: file.title, started: file.started, events: [] };
    merge(run, { events: file.events.map(copy) });
    return { run: run, texts: texts };
  }

  /** The text of a file → what `check` says; a file of ours that ends too early is told apart from a foreign one. */
  function parse(text) {
    if (text.length > 6e6) return { wrong: "import-big" };
    try {
      return check(JSON.parse(text));
    } catch (error) {
      return { wrong: text.slice(0, 200).indexOf(FORMAT) > 0 ? "import-cut" : "import-foreign" };
    }
  }

  function toFile(run) { return Object.assign({ format: FORMAT, version: 1, texts: textsOf(run) }, run); }

  /** As few letters as a code needs: times as differences, the words of the list left out. */
  function toRow(run) {
    var rows = run.events.map(function (e) {
      return [e.i, e.o - run.started, e.t - e.o, e.k, e.x, e.v, e.b || "", e.r || ""];
    });
    return JSON.stringify([FORMAT, 1, run.id, run.list, run.hash, run.title, run.started, rows]);
  }

  function fromRow(text) {
    try {
      var row = JSON.parse(text);
      var events = row[7].map(function (e) {
        return { i: e[0], o: row[6] + e[1], t: row[6] + e[1] + e[2], k: e[3], x: e[4], v: e[5], b: e[6], r: e[7] };
      });
      return check({ format: row[0], version: row[1], id: row[2], list: row[3], hash: row[4], title: row[5], started: row[6], events: events });
    } catch (error) {
      return { wrong: "import-foreign" };
    }
  }

  function load(id) {
    var kept = store.read("run:" + id);
    return kept === undefined ? undefined : check(kept);
  }

  /** Keep a run together with what another tab has written meanwhile. False: only this window has it; told once. */
  function save(run) {
    var kept = load(run.id);
    if (kept && kept.run) merge(run, kept.run);
    var file = Object.assign({ format: FORMAT, version: 1 }, run);
    var done = store.write("run:" + run.id, file, unsaved[run.id]);
    unsaved[run.id] = !done;
    return done;
  }

  function textKey(run) { return "run-text:" + run.list + ":" + run.hash; }
  function textsOf(run) { return store.read(textKey(run)) || {}; }
  function keepTexts(run, texts) {
    if (Object.keys(texts).length && !Object.keys(textsOf(run)).length) store.write(textKey(run), texts, true);
  }

  /** Every run of this device, the newest first; `{id, wrong}` for one that cannot be read. */
  function all() {
    return store.keys("run:").map(function (key) {
      var found = load(key.slice(4)) || {};
      return found.run || { id: key.slice(4), wrong: true, started: 0 };
    }).sort(function (one, other) { return other.started - one.started; });
  }

  function remove(run) {
    store.remove("run:" + run.id);
    var others = all().some(function (other) { return other.list === run.list && other.hash === run.hash; });
    if (!others && !run.wrong) store.remove(textKey(run));
  }

  function clear() {
    ["run:", "run-"].forEach(function (start) { store.keys(start).forEach(store.remove); });
  }

  /** Rows for a spreadsheet. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
  function csv(rows) {
    return "\ufeff" + rows.map(function (row) {
      return row.map(function (cell) {
        var text = String(cell === undefined || cell === null ? "" : cell).replace(/^(?=[\s\u0000]*[=+\-@\t\r\n\u0000＝＋－＠])/, "'");
        return '"' + text.replace(/"/g, '""') + '"';
      }).join(",");
    }).join("\r\n") + "\r\n";
  }

  portal.run = {
    LONGEST: LONGEST, make: make, add: add, merge: merge, fold: fold, lastOwn: lastOwn, check: check, parse: parse, toFile: toFile,
    toRow: toRow, fromRow: fromRow, load: load, save: save, textsOf: textsOf, keepTexts: keepTexts, all: all, remove: remove,
    clear: clear, csv: csv
  };
})();
