/* A checklist as a run: who ticked what and when, notes, time boxes, pause points, report, handover. The page stays the
   checklist it is without script; a run adds to it. All of it stays on this device. */
(function () {
  "use strict";
  var portal = window.portal;
  if (portal.runs) return;
  var data = portal.run;
  var store = portal.store;
  var element = portal.element;
  var NEAR = 0.8;
  var JUMP = 30000;
  var widgets = [];

  function word(key, values) { return portal.word("run", key, values); }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function clock(time) { var at = new Date(time); return two(at.getHours()) + ":" + two(at.getMinutes()); }
  function moment(time) { return portal.day(new Date(time)) + " " + clock(time); }
  function list(found) { return Array.prototype.slice.call(found); }
  function squeeze(text) { return text.replace(/\s+/g, " ").trim(); }

  function lasting(milliseconds) {
    var minutes = Math.max(0, Math.floor(milliseconds / 60000));
    if (!minutes) return word("moment");
    if (minutes < 60) return word("minutes", { minutes: minutes });
    var hours = Math.floor(minutes / 60);
    if (hours < 48) return word("hours", { hours: hours, minutes: minutes % 60 });
    return word("days", { days: Math.floor(hours / 24), hours: hours % 24 });
  }

  /* small parts */

  /** A window over the page; `build(body, close)` fills it. The browser keeps the focus in it and gives it back. */
  function dialog(title, build) {
    var box = element("dialog", "", "run-dialog");
    var head = element("h2", title, "run-dialog__title");
    head.id = "run-dialog-title";
    head.tabIndex = -1;
    box.setAttribute("aria-labelledby", head.id);
    // Taken out at once: the event comes later, and two windows must never share one name.
    function close() { if (box.open && box.close) box.close(); box.remove(); }
    box.addEventListener("close", function () { box.remove(); });
    box.append(head);
    build(box, close);
    document.querySelector(".md-typeset").append(box);
    if (box.showModal) box.showModal(); else box.setAttribute("open", "");
    (box.querySelector("[data-first]") || head).focus();
    return box;
  }

  function actions(buttons) {
    var row = element("div", "", "run-acts");
    row.append.apply(row, buttons);
    return row;
  }

  function field(root, label, input, value) {
    var line = element("label", "", "run-field");
    line.append(element("span", label), input);
    if (value !== undefined) input.value = value;
    root.append(line);
    return input;
  }

  function input(type, most) {
    var made = element("input");
    made.type = type;
    made.autocomplete = "off";
    if (most) made.maxLength = most;
    return made;
  }

  /** Ask for one text; what was typed stays when it cannot be taken. `suggestions` are other ways, as buttons. */
  function askText(title, label, required, act) {
    dialog(title, function (box, close) {
      var text = field(box, label, element("textarea"));
      var wrong = element("p", "", "run-wrong");
      text.rows = 4;
      text.dataset.first = "";
      wrong.setAttribute("role", "alert");
      function done() {
        var given = text.value.trim();
        wrong.textContent = "";
        if (required && !given) wrong.textContent = required;
        else if (given.length > data.LONGEST) wrong.textContent = word("too-long", { most: data.LONGEST, number: given.length });
        if (wrong.textContent) { text.focus(); return; }
        close();
        act(given);
      }
      box.append(wrong, actions([portal.button(word("keep"), done, "md-button md-button--primary"), portal.button(word("cancel"), close)]));
    });
  }

  function download(run, ending, type, content) {
    portal.save("checklist-" + run.list + "-" + moment(Date.now()).replace(/[: ]/g, "-") + ending, type, content);
  }

  function saveFile(run) { download(run, ".json", "application/json", JSON.stringify(data.toFile(run), null, 1)); }

  function nameOf(run) { return (data.fold(run).m.name || {}).v || run.title; }

  function isEnded(run) {
    var event = data.fold(run).m.ended;
    return Boolean(event && event.v);
  }

  function progress(run, total) {
    var states = data.fold(run).s;
    var done = Object.keys(states).filter(function (name) { return states[name].v; }).length;
    return total ? word("progress", { done: done, total: total }) : word("progress-alone", { done: done });
  }

  /** Take a run that came from elsewhere: joined with what is here, kept, told. */
  function accept(found, then) {
    var open = document.querySelector(".run-dialog");
    if (open) { open.close(); open.remove(); }
    if (found.wrong) { portal.tell(word(found.wrong), true); return; }
    var run = found.run;
    dialog(word("accept-title"), function (box, close) {
      box.append(element("p", word("accept-what", { name: nameOf(run), title: run.title, started: moment(run.started) })));
      box.append(element("p", progress(run)));
      box.append(actions([
        portal.button(word("accept"), function () {
          var here = (data.load(run.id) || {}).run;
          close();
          if (here && (here.list !== run.list || here.started !== run.started)) { portal.tell(word("import-foreign"), true); return; }
          data.save(run);
          data.keepTexts(run, found.texts);
          then(run);
        }, "md-button md-button--primary"),
        portal.button(word("refuse"), close)
      ]));
    });
  }

  /** A button that takes a run from a file. */
  function importer(then) {
    var file = input("file");
    file.accept = ".json,application/json";
    file.hidden = true;
    file.addEventListener("change", function () {
      var chosen = file.files[0];
      file.value = "";
      if (!chosen) return;
      if (chosen.size > 12e6) { portal.tell(word("import-big"), true); return; }
      var reader = new FileReader();
      reader.onload = function () { accept(data.parse(reader.result), then); };
      reader.onerror = function () { portal.tell(word("import-cut"), true); };
      reader.readAsText(chosen);
    });
    var button = portal.button(word("import"), function () { file.click(); });
    button.append(file);
    file.addEventListener("click", function (event) { event.stopPropagation(); });
    return button;
  }

  /** What comes by code, now or while the page is open. */
  function receive(then) {
    window.addEventListener("hashchange", take.bind(null, then));
    take(then);
  }

  function take(then) {
    var value = portal.handover.take("run");
    if (value === undefined) return;
    var state = portal.handover.collect("run", value);
    if (state.wrong) { portal.tell(word(state.wrong), true); return; }
    if (!state.packed) {
      portal.tell(word("code-more", { have: state.have, total: state.total, missing: state.missing.join("、") }), true);
      return;
    }
    portal.handover.unpack(state.packed).then(data.fromRow, function () { return { wrong: "code-damaged" }; })
      .then(function (found) { accept(found, then); });
  }

  /* one checklist of the page */

  function Widget(head) {
    this.head = head;
    this.list = head.dataset.checklist;
    this.hash = head.dataset.hash;
    this.title = squeeze(head.querySelector(".checklist-head__title").firstChild.textContent);
    this.items = [];
    this.phases = list(document.querySelectorAll(".phase[data-list='" + this.list + "']")).map(this.readPhase, this);
    this.byName = Object.create(null);
    this.items.forEach(function (item) { this.byName[item.name] = item; }, this);
    this.start = element("div", "", "run-start");
    head.append(this.start);
    this.showStart();
    this.phases.forEach(function (phase) { phase.node.addEventListener("change", this.onFirst.bind(this)); }, this);
    var kept = history.state && history.state["run-" + this.list];
    var asked = store.read("run-open");
    var found = data.load(kept || asked || "");
    if (!found || !found.run || found.run.list !== this.list) return;
    if (!kept) store.remove("run-open");
    this.open(found.run);
  }

  Widget.prototype.readPhase = function (node) {
    var heading = document.getElementById(this.list + "-" + node.dataset.phase);
    var phase = { name: node.dataset.phase, node: node, title: squeeze(heading.textContent), minutes: +node.dataset.minutes || 0, pause: node.querySelector(".pause"), items: [] };
    list(node.querySelectorAll("li.item")).forEach(function (li) {
      var label = li.querySelector(".item__do label");
      var number = label.querySelector(".item__number").textContent;
      var item = {
        name: li.dataset.item, node: li, tick: li.querySelector("input"), phase: phase, number: parseInt(number, 10),
        text: squeeze(label.textContent.replace(number, "")), role: li.querySelector(".role").textContent,
        critical: li.classList.contains("item--critical")
      };
      phase.items.push(item);
      this.items.push(item);
    }, this);
    return phase;
  };

  Widget.prototype.roles = function () {
    var seen = [];
    this.items.forEach(function (item) { if (seen.indexOf(item.role) < 0) seen.push(item.role); });
    return seen;
  };

  Widget.prototype.roleSelect = function (first) {
    var select = element("select");
    [""].concat(this.roles()).forEach(function (role) {
      var option = element("option", role || first);
      option.value = role;
      select.append(option);
    });
    return select;
  };

  /** Before a run: a way to begin, and the runs of this checklist that are on this device. */
  Widget.prototype.showStart = function () {
    var root = this.start;
    var mine = data.all().filter(function (run) { return run.list === this.list; }, this);
    root.textContent = "";
    root.hidden = false;
    root.append(actions([portal.button(word("start"), this.askStart.bind(this), "md-button run-small")]));
    if (!mine.length) return;
    var rows = element("ul", "", "run-list");
    mine.forEach(function (run) {
      var line = element("li");
      line.append(portal.button(word("continue", { name: nameOf(run), started: moment(run.started), progress: progress(run, this.items.length) + (isEnded(run) ? "，" + word("ended") : "") }), this.open.bind(this, run), "run-continue"));
      rows.append(line);
    }, this);
    root.append(rows);
  };

  /** The other ways to a run: from a file, and the page of all of them. */
  Widget.prototype.otherWays = function () {
    var row = actions([importer(this.taken.bind(this))]);
    if (!this.head.dataset.runs) return row;
    var link = element("a", word("all"), "run-link");
    link.href = this.head.dataset.runs;
    row.append(link);
    return row;
  };

  Widget.prototype.askStart = function () {
    var widget = this;
    dialog(word("start-title", { title: this.title }), function (box, close) {
      var name = field(box, word("name"), input("text", 80));
      var place = field(box, word("place"), input("text", 80));
      var now = new Date();
      var when = field(box, word("when"), input("datetime-local"), portal.day(now) + "T" + clock(now));
      name.dataset.first = "";
      var me = widget.meFields(box);
      var wrong = element("p", "", "run-wrong");
      wrong.setAttribute("role", "alert");
      when.parentNode.after(wrong);
      box.append(element("p", word("stays"), "run-hint"), actions([
        portal.button(word("begin"), function () {
          var started = new Date(when.value).getTime();
          if (!(started > 9e11)) { wrong.textContent = word("when-wrong"); when.focus(); return; }
          if (started > Date.now() + 300000) { wrong.textContent = word("when-future"); when.focus(); return; }
          me.keep();
          close();
          widget.begin(widget.make(started), name.value.trim(), place.value.trim());
        }, "md-button md-button--primary"),
        portal.button(word("cancel"), close)
      ]), widget.otherWays());
    });
  };

  /** Who I am here: kept for the next run as well. */
  Widget.prototype.meFields = function (box) {
    var kept = store.read("run-me") || {};
    var role = field(box, word("my-role"), this.roleSelect(word("no-role")), "");
    role.value = typeof kept.role === "string" && this.roles().indexOf(kept.role) >= 0 ? kept.role : "";
    var initials = field(box, word("initials"), input("text", 12), typeof kept.initials === "string" ? kept.initials.slice(0, 12) : "");
    var widget = this;
    return { keep: function () {
      widget.me = { role: role.value, initials: initials.value.trim() };
      store.write("run-me", widget.me, true);
    } };
  };

  Widget.prototype.make = function (started) {
    return data.make(this.list, this.hash, this.title, started);
  };

  Widget.prototype.begin = function (run, name, place) {
    var texts = {};
    this.items.forEach(function (item) { texts[item.name] = item.text; });
    if (name) data.add(run, "m", "name", name, this.by());
    if (place) data.add(run, "m", "place", place, this.by());
    data.save(run);
    data.keepTexts(run, texts);
    this.open(run);
  };

  Widget.prototype.taken = function (run) {
    if (run.list !== this.list) {
      portal.tell(word("other-list", { title: run.title }));
      return;
    }
    this.open(run);
    portal.tell(word("taken", { name: nameOf(run) }));
    if (!this.me.initials && !this.me.role) this.askMe();
  };

  Widget.prototype.by = function () {
    return this.me.role ? this.me.initials + "（" + this.me.role + "）" : this.me.initials;
  };

  /* an open run */

  Widget.prototype.open = function (run) {
    if (this.run) this.leave();
    var me = store.read("run-me") || {};
    this.me = this.me || { role: typeof me.role === "string" ? me.role : "", initials: typeof me.initials === "string" ? me.initials : "" };
    this.run = run;
    this.stale = [];
    this.level = {};
    this.remember(run.id);
    this.start.hidden = true;
    this.build();
    this.base = { wall: Date.now(), steady: performance.now() };
    var last = run.events.length ? run.events[run.events.length - 1].t : run.started;
    if (Date.now() < last - JUMP) data.add(run, "c", "", String(Math.round((Date.now() - last) / 1000)), this.by());
    this.save();
    this.render();
    this.timer = window.setInterval(this.tick.bind(this), 5000);
    this.stayAwake();
    this.bar.querySelector(".run-bar__name").focus({ preventScroll: true });
  };

  /** Which run is open here: in this tab's own history entry, never in the address. */
  Widget.prototype.remember = function (id) {
    var state = Object.assign({}, history.state);
    state["run-" + this.list] = id;
    history.replaceState(state, "");
  };

  Widget.prototype.leave = function () {
    this.flush();
    window.clearInterval(this.timer);
    if (this.lock) this.lock.release();
    this.lock = this.run = undefined;
    this.remember(undefined);
    [this.bar, this.top, this.report].concat(this.parts).forEach(function (node) { if (node) node.remove(); });
    this.report = undefined;
    this.items.forEach(function (item) {
      item.tick.checked = item.tick.disabled = false;
      item.node.classList.remove("is-done", "is-na", "is-other");
      item.state = item.notes = item.top = undefined;
    });
    this.phases.forEach(function (phase) { phase.node.classList.remove("is-running"); });
    if (!widgets.some(function (one) { return one.run; })) document.documentElement.classList.remove("has-run");
    this.showStart();
    this.start.querySelector("button").focus();
  };

  Widget.prototype.build = function () {
    this.parts = [];
    this.bar = this.makeBar();
    this.top = this.makeTop();
    this.head.after(this.bar, this.top);
    this.items.forEach(this.makeItem, this);
    this.phases.forEach(this.makePhase, this);
    document.documentElement.classList.add("has-run");
    if (this.listening) return;
    this.listening = true;
    this.phases.forEach(function (phase) {
      phase.node.addEventListener("change", this.onTick.bind(this));
      phase.node.addEventListener("click", this.onClick.bind(this));
    }, this);
  };

  Widget.prototype.makeBar = function () {
    var bar = element("section", "", "run-bar");
    var name = element("p", "", "run-bar__name");
    var acts = element("div", "", "run-bar__acts");
    var time = element("p", "", "run-bar__time");
    this.live = element("p", "", "run-live");
    this.live.setAttribute("role", "status");
    bar.setAttribute("aria-label", word("bar"));
    name.tabIndex = -1;
    this.undoButton = portal.button(word("undo"), this.undo.bind(this), "run-small");
    acts.append(this.undoButton, portal.button(word("note-all"), this.askNote.bind(this, undefined), "run-small"));
    if (this.head.dataset.phones) acts.append(portal.button(word("phones"), this.showPhones.bind(this), "run-small"));
    acts.append(portal.button(word("more"), this.showMore.bind(this), "run-small"));
    bar.append(name, time, acts, this.live);
    return bar;
  };

  /** What stands first: whether it is kept, whether the checklist changed, the critical items. */
  Widget.prototype.makeTop = function () {
    var top = element("div", "", "run-top");
    this.says = element("div", "", "run-says");
    top.append(this.says);
    var filter = this.roleSelect(word("everyone"));
    var line = element("label", "", "run-filter");
    filter.addEventListener("change", this.filter.bind(this, filter));
    line.append(element("span", word("filter")), filter);
    if (this.roles().length > 1) top.append(line);
    var critical = this.items.filter(function (item) { return item.critical; });
    if (!critical.length) return top;
    top.append(element("p", word("critical"), "run-top__title"));
    var rows = element("ul", "", "run-critical");
    critical.forEach(function (item) {
      var row = element("li");
      var line = element("label");
      item.top = input("checkbox");
      item.top.addEventListener("change", this.set.bind(this, item, undefined));
      line.append(item.top, element("span", item.number + ". " + item.text));
      row.append(line);
      rows.append(row);
    }, this);
    top.append(rows);
    return top;
  };

  Widget.prototype.makeItem = function (item) {
    var tools = element("div", "", "item__run");
    item.says = element("p", "", "item__state");
    item.says.id = "state-" + item.node.id;
    item.tick.setAttribute("aria-describedby", item.says.id);
    item.list = element("ul", "", "item__notes");
    item.list.hidden = true;
    item.noteButton = portal.button(word("note"), null, "run-small");
    item.skipButton = portal.button(word("skip"), null, "run-small");
    item.noteButton.dataset.act = "note";
    item.skipButton.dataset.act = "skip";
    item.noteButton.setAttribute("aria-label", word("note-of", { number: item.number }));
    tools.append(item.says, item.noteButton, item.skipButton);
    item.node.append(tools, item.list);
    this.parts.push(tools, item.list);
  };

  Widget.prototype.makePhase = function (phase) {
    phase.node.classList.add("is-running");
    phase.time = element("p", "", "run-time");
    phase.begin = portal.button(word("phase-begin"), null, "run-small");
    phase.begin.dataset.act = "begin";
    phase.begin.setAttribute("aria-label", word("phase-begin-of", { phase: phase.title }));
    phase.clock = element("span");
    phase.time.append(phase.clock, phase.begin);
    phase.time.hidden = !phase.minutes;
    phase.node.prepend(phase.time);
    this.parts.push(phase.time);
    if (!phase.pause) return;
    phase.confirm = portal.button(word("confirm"), null, "md-button run-confirm");
    phase.confirm.dataset.act = "confirm";
    phase.confirm.setAttribute("aria-label", word("confirm-of", { phase: phase.title }));
    phase.confirmed = element("p", "", "run-confirmed");
    var row = element("div", "", "run-pause");
    row.append(phase.confirm, phase.confirmed);
    phase.pause.after(row);
    this.parts.push(row);
  };

  /* what a hand does */

  /** A tick without a run begins one: under stress nobody asks for a record first, and a tick must not be lost. */
  Widget.prototype.onFirst = function (event) {
    var item = !this.run && !this.beginning && this.itemAt(event.target);
    if (!item || event.target !== item.tick || !item.tick.checked) return;
    this.beginning = { item: item, run: this.make(Date.now()) };
    this.remember(this.beginning.run.id); // now: a page that is being left remembers nothing more
    portal.afterPaint(this.beginTicked.bind(this));
  };

  /** A run that begins with what is ticked; the item that began it stays where it is on the screen. */
  Widget.prototype.beginTicked = function () {
    var beginning = this.beginning;
    var ticked = this.items.filter(function (one) { return one.tick.checked; });
    this.beginning = undefined;
    if (!beginning || this.run || !ticked.length) return;
    var item = beginning.item;
    var top = item.node.getBoundingClientRect().top;
    this.begin(beginning.run, "", "");
    ticked.forEach(function (one) { this.set(one); }, this);
    this.flush();
    window.scrollBy({ top: item.node.getBoundingClientRect().top - top, behavior: "instant" });
    item.tick.focus({ preventScroll: true });
    portal.tell(word("begun"));
  };

  Widget.prototype.onTick = function (event) {
    var item = this.run && this.itemAt(event.target);
    if (item && event.target === item.tick) this.set(item);
  };

  Widget.prototype.itemAt = function (node) {
    var li = node.closest("li.item");
    return li && this.byName[li.dataset.item];
  };

  Widget.prototype.onClick = function (event) {
    var button = event.target.closest("[data-act]");
    if (!button || !this.run) return;
    var item = this.itemAt(button);
    var phase = this.phases.filter(function (one) { return one.node.contains(button); })[0];
    var now = this.now;
    if (button.dataset.act === "note") this.askNote(item);
    if (button.dataset.act === "begin") this.add("f", phase.name, "1");
    if (button.dataset.act === "confirm") this.add("p", phase.name, now.p[phase.name] && now.p[phase.name].v ? "" : "1");
    if (button.dataset.act === "skip") {
      if (this.stateOf(item) === "na") this.set(item, "");
      else askText(word("skip-title", { number: item.number }), word("reason"), word("reason-missing"), this.set.bind(this, item, "na"));
    }
  };

  /** What is stored of an item: the screen may be one picture behind. */
  Widget.prototype.stateOf = function (item) {
    var event = this.now.s[item.name];
    return event ? event.v : "";
  };

  /** Tick, untick (no state given), or mark as not applicable with a reason. */
  Widget.prototype.set = function (item, state, reason) {
    if (state !== "na") {
      state = state === "" || this.stateOf(item) === "done" ? "" : "done";
      reason = "";
    }
    this.add("s", item.name, state, reason);
    var last = this.pending(item.phase);
    if (state && last) this.say(word("pause-open", { phase: last.title }));
  };

  /** The nearest phase before this one whose pause point nobody has confirmed. */
  Widget.prototype.pending = function (phase) {
    for (var at = this.phases.indexOf(phase) - 1; at >= 0; at -= 1) {
      if (this.isOpenPause(this.phases[at])) return this.phases[at];
    }
    return undefined;
  };

  Widget.prototype.isOpenPause = function (phase) {
    var event = this.now.p[phase.name];
    return phase.pause && !(event && event.v);
  };

  Widget.prototype.askNote = function (item) {
    var title = item ? word("note-title", { number: item.number }) : word("note-all-title");
    askText(title, word("note-text"), word("note-missing"), this.add.bind(this, "n", item ? item.name : ""));
  };

  /** Every change of a run: watch the clock, add the event; then show it, then keep it. */
  Widget.prototype.add = function (kind, about, value, reason) {
    this.watchClock();
    var event = data.add(this.run, kind, about, value, this.by(), reason);
    this.now = data.fold(this.run);
    this.stale.push(about);
    this.say(this.tellEvent(event));
    this.saveSoon();
    return event;
  };

  Widget.prototype.undo = function () {
    var last = data.lastOwn(this.run);
    if (!last) return;
    var what = this.tellEvent(last);
    data.add(this.run, "x", last.i, "1", this.by());
    this.render();
    portal.tell(word("undone", { what: what }));
    this.saveSoon();
  };

  Widget.prototype.say = function (text) {
    this.live.textContent = "";
    this.saying = text;
    this.saveSoon();
  };

  /** The browser has shown the tick; then the rest of it is shown; kept and told when the eye has seen that. */
  Widget.prototype.saveSoon = function () {
    var widget = this;
    if (this.soon) return;
    this.soon = true;
    portal.afterPaint(function () {
      widget.draw();
      portal.afterPaint(widget.flush.bind(widget));
    });
  };

  /** Show what changed and is not on the screen yet. */
  Widget.prototype.draw = function () {
    if (this.run) this.stale.splice(0).forEach(this.render, this);
  };

  /** What waits to be shown, kept and told: now. */
  Widget.prototype.flush = function () {
    if (this.beginning) this.beginTicked();
    if (!this.soon) return;
    this.draw();
    this.soon = false;
    if (this.run && this.report) this.refreshReport();
    if (this.run) this.save();
    if (this.saying && this.live) this.live.textContent = this.saying;
    this.saying = "";
  };

  Widget.prototype.save = function () {
    this.kept = data.save(this.run);
    this.saySaving();
  };

  /** The clock of the device against a clock that nobody can set. */
  Widget.prototype.watchClock = function () {
    var jump = Date.now() - this.base.wall - (performance.now() - this.base.steady);
    if (Math.abs(jump) < JUMP) return;
    this.base = { wall: Date.now(), steady: performance.now() };
    data.add(this.run, "c", "", String(Math.round(jump / 1000)), this.by());
    this.save();
    this.render();
  };

  Widget.prototype.tick = function () {
    this.watchClock();
    this.times();
  };

  Widget.prototype.stayAwake = function () {
    var widget = this;
    if (!navigator.wakeLock || document.visibilityState !== "visible") return;
    navigator.wakeLock.request("screen").then(function (lock) {
      if (widget.run) widget.lock = lock; else lock.release();
    }, function () { /* not allowed here (battery, browser): nothing is lost */ });
  };

  Widget.prototype.filter = function (select) {
    var shown = 0;
    this.items.forEach(function (item) {
      var other = Boolean(select.value) && item.role !== select.value;
      item.node.classList.toggle("is-other", other);
      if (!other) shown += 1;
    });
    this.say(word("filtered", { number: shown }));
  };

  /* what the eye sees */

  /** Show how things stand; with `only` just the item or phase of that name and what depends on it. */
  Widget.prototype.render = function (only) {
    var now = this.now = data.fold(this.run);
    var ended = this.ended = Boolean(now.m.ended && now.m.ended.v);
    var noted = Object.create(null);
    now.n.forEach(function (event) { (noted[event.x] = noted[event.x] || []).push(event); });
    this.noted = noted;
    (this.byName[only] ? [this.byName[only]] : this.items).forEach(this.renderItem, this);
    this.phases.forEach(this.renderPhase, this);
    var done = this.items.filter(function (item) { return item.state; }).length;
    var count = " · " + word("progress", { done: done, total: this.items.length }) + (ended ? " · " + word("ended") : "");
    if (this.bar.firstChild.textContent !== nameOf(this.run) + count) {
      this.bar.firstChild.replaceChildren(element("span", nameOf(this.run)), element("span", count, "run-bar__count"));
    }
    this.undoButton.disabled = ended || !data.lastOwn(this.run);
    if (!this.byName[only]) this.sayAbove();
    this.times();
  };

  Widget.prototype.renderItem = function (item) {
    var event = this.now.s[item.name];
    var state = this.stateOf(item);
    item.state = state;
    item.tick.checked = state === "done";
    item.tick.disabled = item.noteButton.disabled = item.skipButton.disabled = this.ended;
    item.node.classList.toggle("is-done", state === "done");
    item.node.classList.toggle("is-na", state === "na");
    item.skipButton.textContent = word(state === "na" ? "unskip" : "skip");
    item.skipButton.setAttribute("aria-label", word(state === "na" ? "unskip-of" : "skip-of", { number: item.number }));
    if (item.top) {
      item.top.checked = state === "done";
      item.top.disabled = this.ended || state === "na";
      item.top.closest("li").classList.toggle("is-na", state === "na");
      item.top.nextSibling.textContent = item.number + ". " + item.text + (state === "na" ? "（" + word("skip") + "）" : "");
    }
    item.says.textContent = state ? this.tellState(event) : "";
    var notes = this.noted[item.name] || [];
    item.list.hidden = !notes.length;
    if (item.list.children.length === notes.length && !notes.length) return;
    item.list.textContent = "";
    notes.forEach(function (note) { item.list.append(element("li", signed(note) + "：" + note.v)); });
  };

  function signed(event) { return clock(event.t) + (event.b ? " " + event.b : ""); }

  Widget.prototype.tellState = function (event) {
    if (event.v === "na") return word("state-na", { signed: signed(event), reason: event.r || "" });
    return word("state-done", { signed: signed(event) });
  };

  Widget.prototype.renderPhase = function (phase) {
    if (!phase.confirm) return;
    var event = this.now.p[phase.name];
    var done = Boolean(event && event.v);
    phase.confirm.textContent = word(done ? "unconfirm" : "confirm");
    phase.confirm.setAttribute("aria-label", word(done ? "unconfirm-of" : "confirm-of", { phase: phase.title }));
    phase.confirm.disabled = this.ended;
    var due = !done && this.phases.slice(this.phases.indexOf(phase) + 1).some(function (later) {
      return later.items.some(function (item) { return item.state; });
    });
    phase.pause.classList.toggle("is-confirmed", done);
    phase.pause.classList.toggle("is-due", due);
    phase.confirmed.textContent = done ? word("confirmed", { signed: signed(event) }) : due ? word("unconfirmed") : "";
  };

  /** When the work of a phase began and ended, by what is stored: reloading or sleeping changes nothing. */
  Widget.prototype.spanOf = function (phase) {
    var now = this.now;
    var at = this.phases.indexOf(phase);
    var before = at > 0 && now.p[this.phases[at - 1].name];
    var states = phase.items.map(function (item) { return now.s[item.name]; }).filter(function (event) { return event && event.v; });
    var times = states.map(function (event) { return event.t; });
    var begun = now.f[phase.name] ? now.f[phase.name].t : at === 0 ? this.run.started : before && before.v ? before.t : Math.min.apply(null, times);
    var ended;
    if (phase.pause) ended = now.p[phase.name] && now.p[phase.name].v ? now.p[phase.name].t : undefined;
    else if (times.length === phase.items.length) ended = Math.max.apply(null, times);
    if (!ended && this.ended) ended = now.m.ended.t;
    return { begun: isFinite(begun) ? begun : undefined, ended: ended };
  };

  Widget.prototype.times = function () {
    var here;
    this.phases.forEach(function (phase) {
      if (!phase.minutes) return;
      var told = this.tellTime(phase);
      if (phase.clock.textContent !== told.text) phase.clock.textContent = told.text;
      phase.time.className = "run-time run-time--" + told.level;
      phase.begin.hidden = told.level !== "waiting" || this.ended;
      if (!here && /on|near|over/.test(told.level)) here = { phase: phase, told: told };
      if (/near|over/.test(told.level) && this.level[phase.name] && this.level[phase.name] !== told.level) this.say(phase.title + "：" + told.text);
      this.level[phase.name] = told.level;
    }, this);
    var bar = this.bar.children[1];
    bar.textContent = here ? here.phase.title.split("（")[0] + "：" + here.told.text : "";
    bar.className = "run-bar__time run-time--" + (here ? here.told.level : "done");
  };

  Widget.prototype.tellTime = function (phase) {
    var span = this.spanOf(phase);
    var whole = phase.minutes * 60000;
    if (!span.begun) return { level: "waiting", text: word("time-waiting") };
    if (span.ended) {
      var used = span.ended - span.begun;
      return { level: used > whole ? "late" : "done", text: word(used > whole ? "time-late" : "time-used", { used: lasting(used), over: lasting(used - whole) }) };
    }
    var gone = Date.now() - span.begun;
    if (gone > whole) return { level: "over", text: word("time-over", { over: lasting(gone - whole) }) };
    return { level: gone > whole * NEAR ? "near" : "on", text: word("time-left", { used: lasting(gone), left: lasting(whole - gone + 59999) }) };
  };

  /** What must be known about this run before anything else. */
  Widget.prototype.sayAbove = function () {
    var root = this.says;
    root.textContent = "";
    this.memory = element("p", "", "run-warn");
    this.memory.hidden = true;
    root.append(this.memory);
    if (this.run.hash !== this.hash) this.sayChanges(root);
    this.now.c.forEach(function (event) { root.append(element("p", this.tellClock(event), "run-warn")); }, this);
    (this.noted[""] || []).forEach(function (note) { root.append(element("p", signed(note) + "：" + note.v, "run-note")); });
    this.saySaving();
  };

  Widget.prototype.saySaving = function () {
    if (!this.memory) return;
    this.memory.hidden = this.kept !== false;
    this.memory.textContent = this.kept === false ? word("memory") : "";
  };

  Widget.prototype.sayChanges = function (root) {
    var texts = data.textsOf(this.run);
    var now = this.now;
    root.append(element("p", word("changed", { then: this.run.hash, now: this.hash }), "run-warn"));
    var rows = element("ul", "", "run-changes");
    this.items.forEach(function (item) {
      if (!Object.keys(texts).length) return;
      if (!(item.name in texts)) rows.append(element("li", word("changed-new", { number: item.number, text: item.text })));
      else if (texts[item.name] !== item.text) rows.append(element("li", word("changed-words", { number: item.number, text: texts[item.name] })));
    });
    Object.keys(now.s).forEach(function (name) {
      if (this.byName[name] || !now.s[name].v) return;
      rows.append(element("li", word("changed-gone", { text: texts[name] || name, state: this.tellState(now.s[name]) })));
    }, this);
    if (rows.children.length) root.append(rows);
  };

  Widget.prototype.tellClock = function (event) {
    var seconds = +event.v;
    return word(seconds < 0 ? "clock-back" : "clock-on", { at: clock(event.t), jump: lasting(Math.abs(seconds) * 1000) });
  };

  /** One event as a sentence, for the report and for those who listen. */
  Widget.prototype.tellEvent = function (event) {
    var item = this.byName[event.x];
    var what = item ? word("item", { number: item.number }) : event.x;
    var phase = this.phases.filter(function (one) { return one.name === event.x; })[0];
    var title = phase ? phase.title : event.x;
    if (event.k === "s") return what + word({ done: "event-done", na: "event-na", "": "event-open" }[event.v]) + (event.r ? "：" + event.r : "");
    if (event.k === "n") return (event.x ? what : "") + word("event-note") + "：" + event.v;
    if (event.k === "p") return title + "：" + word(event.v ? "event-pause" : "event-unpause");
    if (event.k === "f") return title + "：" + word("event-begin");
    if (event.k === "c") return this.tellClock(event);
    if (event.x === "ended") return word(event.v ? "event-end" : "event-reopen") + (event.r ? "：" + event.r : "");
    return word(event.x === "place" ? "place" : "name") + "：" + event.v;
  };

  /* windows */

  Widget.prototype.showPhones = function () {
    var phones = JSON.parse(this.head.dataset.phones);
    dialog(word("phones-title"), function (box, close) {
      var rows = element("ul", "", "run-phones");
      phones.forEach(function (phone) {
        var row = element("li");
        var link = element(phone[2] ? "a" : "span", "", "run-phone");
        if (phone[2].indexOf("tel:") === 0) link.href = phone[2];
        link.append(element("b", phone[0]), element("span", phone[1]));
        row.append(link);
        rows.append(row);
      });
      box.append(rows, actions([portal.button(word("close"), close)]));
    });
  };

  Widget.prototype.showMore = function () {
    var widget = this;
    var run = this.run;
    dialog(word("more-title", { name: nameOf(run) }), function (box, close) {
      function row(key, act, primary) {
        return portal.button(word(key), function () { close(); act(); }, "md-button" + (primary ? " md-button--primary" : ""));
      }
      box.append(element("p", word("started", { started: moment(run.started) }), "run-hint"));
      var rows = element("div", "", "run-menu");
      rows.append(
        row("report", widget.showReport.bind(widget)), row("hand-over", widget.showHandover.bind(widget)),
        row("save-file", function () { saveFile(run); }), row("details", widget.askDetails.bind(widget)), row("me", widget.askMe.bind(widget)),
        widget.ended ? row("reopen", widget.add.bind(widget, "m", "ended", "")) : row("end", widget.askEnd.bind(widget)),
        row("leave", widget.leave.bind(widget)), row("delete", widget.remove.bind(widget))
      );
      box.append(rows, actions([portal.button(word("close"), close)]));
    });
  };

  Widget.prototype.askMe = function () {
    var widget = this;
    dialog(word("me"), function (box, close) {
      var me = widget.meFields(box);
      box.append(actions([portal.button(word("keep"), function () { me.keep(); close(); }, "md-button md-button--primary"), portal.button(word("cancel"), close)]));
    });
  };

  Widget.prototype.askDetails = function () {
    var widget = this;
    dialog(word("details"), function (box, close) {
      var meta = widget.now.m;
      var name = field(box, word("name"), input("text", 80), meta.name ? meta.name.v : "");
      var place = field(box, word("place"), input("text", 80), meta.place ? meta.place.v : "");
      box.append(actions([portal.button(word("keep"), function () {
        close();
        if (name.value.trim() !== (meta.name ? meta.name.v : "")) widget.add("m", "name", name.value.trim());
        if (place.value.trim() !== (meta.place ? meta.place.v : "")) widget.add("m", "place", place.value.trim());
      }, "md-button md-button--primary"), portal.button(word("cancel"), close)]));
    });
  };

  /** An end with pause points open needs a reason; what is open is named. */
  Widget.prototype.askEnd = function () {
    var pauses = this.phases.filter(this.isOpenPause, this);
    var open = this.items.filter(function (item) { return !item.state; });
    var end = this.add.bind(this, "m", "ended", "1");
    if (!pauses.length && !open.length) { end(); return; }
    var critical = open.filter(function (item) { return item.critical; }).map(function (item) { return item.number; });
    var label = word("end-open", { items: open.length, pauses: pauses.length }) + (critical.length ? word("end-critical", { numbers: critical.join("、") }) : "") + word("end-reason");
    askText(word("end"), label, word("reason-missing"), end);
  };

  Widget.prototype.remove = function () {
    var run = this.run;
    if (!window.confirm(word("delete-sure", { name: nameOf(run) }))) return;
    this.run = undefined;
    data.remove(run);
    this.leave();
    portal.tell(word("deleted"));
  };

  Widget.prototype.showHandover = function () {
    var run = this.run;
    dialog(word("hand-over"), function (box, close) {
      box.append(element("p", word("hand-over-text"), "run-hint"));
      var codes = element("div", "", "handover");
      box.append(codes, actions([
        portal.button(word("save-file"), function () { saveFile(run); }), portal.button(word("close"), close)
      ]));
      portal.handover.show(codes, "run", data.toRow(run));
    });
  };

  /* the report */

  Widget.prototype.itemRows = function () {
    var now = this.now;
    return this.items.map(function (item) {
      var event = now.s[item.name];
      var state = event && event.v ? word(event.v === "na" ? "skip" : "done") : word("open");
      var notes = (this.noted[item.name] || []).map(function (note) { return signed(note) + "：" + note.v; });
      var given = event && event.v;
      return [item.number, item.phase.title, item.text, item.role, item.critical ? word("yes") : "", state, given ? moment(event.t) : "", given ? event.b || "" : "", given ? event.r || "" : "", notes.join("\n")];
    }, this);
  };

  var COLUMNS = ["column-number", "column-phase", "column-what", "column-who", "column-critical", "column-state", "column-time", "column-by", "column-reason", "column-notes"];

  /** The names of the chosen columns; all of them where none is chosen. */
  function columns(chosen) {
    return (chosen || COLUMNS.map(function (key, at) { return at; })).map(function (at) { return word(COLUMNS[at]); });
  }

  function table(heads, rows, className) {
    var made = element("table", "", className);
    var head = element("tr");
    heads.forEach(function (text) { var cell = element("th", text); cell.scope = "col"; head.append(cell); });
    made.append(element("thead"), element("tbody"));
    made.firstChild.append(head);
    rows.forEach(function (row) {
      var line = element("tr");
      row.forEach(function (text, at) { var cell = element("td", String(text)); cell.dataset.label = heads[at]; line.append(cell); });
      made.lastChild.append(line);
    });
    var frame = element("div", "", "run-table");
    frame.append(made);
    return frame;
  }

  Widget.prototype.showReport = function () {
    var widget = this;
    var run = this.run;
    if (this.report) this.report.remove();
    this.watchClock();
    var root = this.report = element("section", "", "run-report");
    var head = element("h2", word("report-title", { title: run.title }));
    head.tabIndex = -1;
    root.append(head);
    var told = element("div");
    root.append(told);
    this.refreshReport = function () { told.textContent = ""; widget.fillReport(told); };
    this.refreshReport();
    var acts = actions([
      portal.button(word("print"), function () { portal.printOnly(root); }, "md-button md-button--primary"),
      portal.button(word("save-page"), function () { download(run, ".html", "text/html", page(root)); }),
      portal.button(word("save-csv"), function () { download(run, ".csv", "text/csv", data.csv([columns()].concat(widget.itemRows()))); }),
      portal.button(word("save-file"), function () { saveFile(run); }),
      portal.button(word("close"), function () { root.remove(); widget.report = undefined; widget.bar.firstChild.focus(); })
    ]);
    head.after(acts);
    this.top.after(root);
    head.focus();
    root.scrollIntoView({ block: "start" });
  };

  /** The report as a page of its own; everything in it was put in as text. */
  function page(root) {
    var copy = root.cloneNode(true);
    list(copy.querySelectorAll(".run-acts")).forEach(function (acts) { acts.remove(); });
    var style = "body{font:16px/1.6 sans-serif;max-width:60em;margin:1em auto;padding:0 1em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #777;padding:.3em;text-align:left;vertical-align:top;white-space:pre-line}";
    return '<!doctype html>\n<html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>'
      + element("b", root.firstChild.textContent).innerHTML + "</title><style>" + style + "</style>" + copy.outerHTML + "</html>\n";
  }

  Widget.prototype.fillReport = function (root) {
    var run = this.run;
    var meta = this.now.m;
    var facts = element("dl", "", "facts");
    function fact(key, value) { if (value) facts.append(element("dt", word(key)), element("dd", value)); }
    fact("name", meta.name && meta.name.v);
    fact("place", meta.place && meta.place.v);
    fact("when", moment(run.started));
    fact("end-when", meta.ended && meta.ended.v ? moment(meta.ended.t) + (meta.ended.r ? "，" + meta.ended.r : "") : word("not-ended"));
    fact("source", word("source-is", { hash: run.hash, reviewed: this.head.dataset.reviewed }));
    fact("made", moment(Date.now()));
    root.append(facts);
    if (run.hash !== this.hash) this.sayChanges(root);
    this.now.c.forEach(function (event) { root.append(element("p", this.tellClock(event), "run-warn")); }, this);
    root.append(element("h3", word("report-phases")), table([word("column-phase"), word("report-time"), word("report-pause")], this.phases.map(this.phaseRow, this), "run-phases"));
    var rows = this.itemRows().map(function (row) { return [row[0], row[2], row[3], row[5], row[6], row[7], [row[8], row[9]].filter(Boolean).join("\n")]; });
    var heads = columns([0, 2, 3, 5, 6, 7, 9]);
    root.append(element("h3", word("report-items")), table(heads, rows, "run-items"), element("h3", word("report-log")));
    root.append(table([word("column-time"), word("column-by"), word("column-what")], this.logRows(), "run-log"));
  };

  Widget.prototype.phaseRow = function (phase) {
    var event = this.now.p[phase.name];
    var pause = phase.pause ? (event && event.v ? word("confirmed", { signed: signed(event) }) : word("unconfirmed")) : "";
    return [phase.title, phase.minutes ? this.tellTime(phase).text : "", pause];
  };

  Widget.prototype.logRows = function () {
    var back = this.now.back;
    return this.run.events.filter(function (event) { return event.k !== "x"; }).map(function (event) {
      return [moment(event.t), event.b || "", this.tellEvent(event) + (back.has(event.i) ? word("taken-back") : "")];
    }, this);
  };

  /* the page of all runs */

  function Runs(root) {
    this.root = root;
    this.body = element("div");
    root.append(this.body);
    this.show();
    watch(this.show.bind(this));
    receive(this.taken.bind(this));
  }

  Runs.prototype.taken = function (run) {
    this.show();
    portal.tell(word("taken", { name: nameOf(run) }));
  };

  Runs.prototype.show = function () {
    var runs = data.all();
    this.body.textContent = "";
    if (!runs.length) this.body.append(element("p", word("none"), "run-hint"));
    var rows = element("ul", "", "run-list");
    runs.forEach(function (run) { rows.append(this.row(run)); }, this);
    if (runs.length) this.body.append(rows);
    var acts = actions([importer(this.taken.bind(this))]);
    if (runs.length) acts.append(portal.button(word("clear"), this.clear.bind(this)));
    this.body.append(acts);
  };

  Runs.prototype.row = function (run) {
    var runs = this;
    var row = element("li", "", "run-row");
    if (run.wrong) {
      row.append(element("p", word("unreadable")), actions([portal.button(word("delete"), function () { data.remove(run); runs.show(); })]));
      return row;
    }
    var now = data.fold(run);
    var spot = list(document.querySelectorAll("[data-list]")).filter(function (one) { return one.dataset.list === run.list; })[0];
    var same = spot && spot.dataset.hash === run.hash, total = same ? Object.keys(data.textsOf(run)).length : 0;
    row.append(element("p", nameOf(run), "run-row__name"));
    row.append(element("p", [run.title, now.m.place && now.m.place.v, moment(run.started), progress(run, total), isEnded(run) ? word("ended") : ""].filter(Boolean).join(" · "), "run-row__what"));
    if (!spot) row.append(element("p", word("no-list"), "run-warn"));
    else if (!same) row.append(element("p", word("changed-since"), "run-warn"));
    var acts = actions([]);
    if (spot) {
      var link = element("a", word("open-run"), "md-button");
      link.href = spot.querySelector("a").href;
      link.setAttribute("aria-label", word("open-run") + "：" + nameOf(run));
      link.addEventListener("click", function () { store.write("run-open", run.id); });
      acts.append(link);
    }
    acts.append(portal.button(word("save-file"), function () { saveFile(run); }), portal.button(word("delete"), function () {
      if (!window.confirm(word("delete-sure", { name: nameOf(run) }))) return;
      data.remove(run);
      runs.show();
      portal.tell(word("deleted"));
    }));
    row.append(acts);
    return row;
  };

  Runs.prototype.clear = function () {
    if (!window.confirm(word("clear-sure"))) return;
    data.clear();
    this.show();
    portal.tell(word("cleared"));
  };

  /* the doors */

  /** `act(key)` when another tab has written, and without a key when the page comes back from the browser's memory. */
  function watch(act) {
    store.watch("run:", act);
    window.addEventListener("pageshow", function (event) { if (event.persisted) act(); });
  }

  /** Another tab has written: take what is new; what only this tab has is written back. */
  function onStorage(key) {
    widgets.forEach(function (widget) {
      if (!widget.run) { widget.showStart(); return; }
      if (key && key !== "run:" + widget.run.id) return;
      var found = data.load(widget.run.id);
      if (!found) {
        widget.soon = false; // what waited is not brought back to life
        widget.leave();
        portal.tell(word("deleted-elsewhere"), true);
        return;
      }
      if (!found.run) return;
      var count = found.run.events.length;
      var changed = data.merge(widget.run, found.run);
      if (widget.run.events.length > count) widget.save();
      if (changed) widget.render();
    });
  }

  function openPage() {
    var page = document.querySelector("[data-runs]:not([data-checklist])");
    if (page) { portal.runs = new Runs(page); return; }
    portal.runs = widgets;
    list(document.querySelectorAll("[data-checklist]")).forEach(function (head) { widgets.push(new Widget(head)); });
    watch(onStorage);
    function flush() { widgets.forEach(function (widget) { widget.flush(); }); }
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState !== "visible") { flush(); return; }
      widgets.forEach(function (widget) { if (widget.run) { widget.tick(); widget.stayAwake(); } });
    });
    window.addEventListener("beforeunload", function (event) {
      flush();
      if (widgets.some(function (widget) { return widget.run && widget.kept === false; })) { event.preventDefault(); event.returnValue = ""; }
    });
    receive(function (run) {
      var mine = widgets.filter(function (widget) { return widget.list === run.list; })[0];
      if (mine) mine.taken(run); else portal.tell(word("other-list", { title: run.title }));
    });
  }

  openPage();
})();
