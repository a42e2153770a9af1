/* The offline copy as the reader sees it, what changed since the last visit, and what this device keeps.
   Over file:// and in a preview there is no copy; a browser that allows none is left alone. */
(function () {
  "use strict";
  var portal = window.portal, element = portal.element, button = portal.button, store = portal.store;
  var root = new URL("../", document.currentScript.src).href;
  var web = /^https?:$/.test(location.protocol);
  var workers = web && window.portalOffline && navigator.serviceWorker;
  var PREFIX = "xinfang-guide " + root + " ";
  var device = document.querySelector("[data-device]");
  var asked = false, controlled, registration, listeners = [];

  function word(key, values) { return portal.word("offline", key, values); }
  function changed(news) { listeners.forEach(function (listener) { listener(news); }); }
  function record(value) { return value && typeof value === "object" && !Array.isArray(value) ? value : {}; }

  /* the copy */

  function start() {
    if (registration && (registration.active || registration.installing)) return registration.update();
    return workers.register(root + "sw.js", { scope: root, updateViaCache: "none" }).then(function (found) {
      registration = found;
      if (found.waiting) ready();
      follow(found.installing);
      found.addEventListener("updatefound", function () { follow(found.installing); });
      changed();
    });
  }

  function follow(worker) {
    if (!worker) return;
    changed();
    worker.addEventListener("statechange", function () {
      if (worker.state === "installed" && workers.controller) ready();
      changed();
    });
  }

  /** A new version lies beside the old one. This page goes on as it is until the reader agrees; asked once a day. */
  function ready() {
    changed();
    var today = portal.day(new Date());
    if (store.read("offline-told") === today || device) return;
    portal.tell(word("ready"), false, button(word("switch"), takeNew));
    store.write("offline-told", today, true);
  }

  function takeNew() {
    asked = true;
    if (registration && registration.waiting) registration.waiting.postMessage("switch");
    else location.reload();
  }

  /** The first worker takes over the page that brought it: that is no change. */
  function onSwitch() {
    if (asked) location.reload();
    else if (!controlled) controlled = true;
    else portal.tell(word("switched"), false, button(word("reload"), function () { location.reload(); }));
  }

  function wanted() {
    var choice = store.read("offline");
    var thrifty = navigator.connection && navigator.connection.saveData;
    return choice === "on" || (choice !== "off" && !thrifty);
  }

  function begin() {
    controlled = Boolean(workers.controller);
    workers.addEventListener("controllerchange", onSwitch);
    workers.addEventListener("message", function (event) { changed(record(event.data).offline); });
    var idle = window.requestIdleCallback || window.setTimeout;
    function quietly() { start().catch(function () { registration = null; }); }
    if (wanted() && device) quietly();
    else if (wanted()) window.setTimeout(function () { idle(quietly); }, 1500);
  }

  function remove() {
    var worker = registration && registration.active;
    if (worker) worker.postMessage("forget");
    return Promise.all([
      workers && workers.getRegistration(root).then(function (found) { return found && found.unregister(); }),
      window.caches && caches.keys().then(function (names) {
        return Promise.all(names.filter(function (name) { return name.indexOf(PREFIX) === 0; }).map(function (name) { return caches.delete(name); }));
      })
    ]).then(function () { registration = null; });
  }

  /** What is kept: version and list of the copy in use, if there is one. */
  async function copy() {
    if (!workers || !window.caches || !await caches.has(PREFIX + "tabs")) return null;
    var notes = await (await caches.open(PREFIX + "tabs")).match(root + "tabs");
    var version = notes && (await notes.json()).current;
    var list = version && await (await caches.open(PREFIX + version)).match(root + "offline.json");
    return list ? Object.assign({ version: version.slice(0, 8) }, await list.json()) : null;
  }

  /* what changed */

  /** The page remembers which version of it was shown here, and says when it is another one. */
  function onPage() {
    var line = document.querySelector(".content-day");
    if (!line) return;
    var key = "seen-" + line.dataset.edition, seen = record(store.read(key)), before = seen[line.dataset.page];
    if (before === line.dataset.version) return;
    if (before) {
      var note = element("p", word("page-changed"), "changed-note");
      var head = document.querySelector(".md-content h1");
      if (head) head.after(note);
    }
    seen[line.dataset.page] = line.dataset.version;
    store.write(key, seen, true);
  }

  /** On the first page: plans, procedures and limits that are new or different since this device was last here. */
  function onHome() {
    var home = document.querySelector(".home"), known = window.portalChanges;
    if (!home || !known) return;
    var key = "seen-" + known.edition, seen = record(store.read(key)), ids = Object.keys(known.things);
    function all() {
      var now = { "*": 1 };
      ids.forEach(function (id) { now[id] = known.things[id][0]; });
      store.write(key, now, true);
    }
    if (!seen["*"]) return all();
    var kinds = ["plan", "procedure", "limit"];
    var news = ids.filter(function (id) { return kinds.indexOf(known.things[id][2]) >= 0 && seen[id] !== known.things[id][0]; });
    news.sort(function (a, b) { return kinds.indexOf(known.things[a][2]) - kinds.indexOf(known.things[b][2]); });
    if (!news.length) return;
    var box = element("section", "", "news"), title = element("h2", word("news", { number: news.length }));
    title.id = "news";
    box.setAttribute("aria-labelledby", "news");
    box.append(title);
    box.append(list(news.slice(0, 6)));
    if (news.length > 6) {
      var more = element("details");
      more.append(element("summary", word("news-more", { number: news.length - 6 })), list(news.slice(6)));
      box.append(more);
    }
    box.append(button(word("news-seen"), function () {
      all();
      box.remove();
      var next = document.querySelector(".home a, .ways a");
      if (next) next.focus();
    }));
    home.querySelector(".doors").after(box);

    function list(some) {
      var rows = element("ul");
      some.forEach(function (id) {
        var thing = known.things[id], row = element("li"), link = element("a", thing[3]);
        link.href = root + (thing[4] || id);
        link.addEventListener("click", function () {
          seen[id] = thing[0];
          store.write(key, seen, true);
        });
        row.append(element("span", word(seen[id] ? "different" : "new"), "mark"), link);
        row.append(element("small", word("reviewed", { day: thing[1] })));
        rows.append(row);
      });
      return rows;
    }
  }

  /* the page of what is kept here */

  var KINDS = { run: "kind-run", answers: "kind-tree", deadline: "kind-deadline", form: "kind-form", seen: "kind-seen" };

  function kindOf(key) { return word(KINDS[key.split(/[^a-z]/)[0]] || "kind-setting"); }

  function size(bytes) {
    return bytes < 1e6 ? word("kilobytes", { number: Math.max(1, Math.round(bytes / 1000)) }) : word("megabytes", { number: (bytes / 1e6).toFixed(1) });
  }

  function Device(box) {
    this.box = box;
    this.status = element("p", "", "device__state");
    this.status.setAttribute("role", "status");
    this.copyActs = element("p", "", "device__acts");
    this.records = element("div");
    var everything = button(word("all"), this.all.bind(this));
    box.append(element("h2", word("copy")), this.status, this.copyActs, element("h2", word("records")), this.records, element("h2", word("everything")), everything);
    this.everything = everything;
    box.hidden = false;
    listeners.push(this.news.bind(this));
    window.addEventListener("storage", this.list.bind(this));
    this.show();
    this.list();
  }

  Device.prototype.news = function (news) {
    if (news && news.of && news.done < news.of) {
      if (news.done % 20 < 4) this.status.textContent = word("installing", news);
    } else if (news && news.failed) {
      this.failed = word(news.failed === "full" ? "failed-full" : "failed-network");
      this.show();
    } else this.show();
  };

  Device.prototype.show = async function () {
    var kept = await copy().catch(function () { return null; });
    var busy = registration && registration.installing, fresh = registration && registration.waiting, acts = [];
    var text = !workers ? word(web ? "no-worker" : "from-folder") : busy ? word("busy") : word("no-copy");
    if (kept) text = word("kept", { size: size(kept.bytes), number: Object.keys(kept.files).length, version: kept.version });
    if (kept && fresh) text += word("ready");
    if (this.failed && !busy) text += this.failed;
    if (workers && !kept && !busy) acts.push(button(word("make"), this.make.bind(this)));
    if (fresh && kept) acts.push(button(word("switch"), takeNew));
    if (kept && !fresh) acts.push(button(word("update"), this.update.bind(this)));
    if (kept || busy) acts.push(button(word("remove-copy"), this.drop.bind(this)));
    if (this.status.textContent !== text) this.status.textContent = text;
    this.copyActs.textContent = "";
    acts.forEach(function (act) { this.copyActs.append(act); }, this);
  };

  Device.prototype.make = function () {
    this.failed = "";
    store.write("offline", "on", true);
    this.status.textContent = word("busy");
    this.status.tabIndex = -1;
    this.status.focus();
    this.try(start());
  };

  Device.prototype.update = function () {
    this.failed = "";
    var self = this;
    this.try(start().then(function () {
      if (registration && !registration.installing && !registration.waiting) portal.tell(word("newest"));
      self.list();
    }));
  };

  Device.prototype.try = function (attempt) {
    var self = this;
    attempt.catch(function () {
      registration = null;
      self.failed = word("failed-network");
      self.show();
    });
  };

  Device.prototype.drop = function () {
    if (!window.confirm(word("sure-copy"))) return;
    store.write("offline", "off", true);
    this.gone(remove());
  };

  Device.prototype.all = function () {
    if (!window.confirm(word("sure-all"))) return;
    store.clear();
    store.write("offline", "off", true);
    this.gone(remove());
  };

  Device.prototype.gone = function (done) {
    var self = this;
    done.then(function () {
      self.show();
      self.list();
      self.everything.focus();
      portal.tell(word("removed"));
    });
  };

  /** What has a name is a row of its own; the rest is one row a kind. */
  Device.prototype.list = function () {
    var rows = element("ul", "", "device__records"), kinds = {};
    store.keys("").forEach(function (key) {
      var value = record(store.read(key)), name = value.name || value.title, kind = kindOf(key);
      if (typeof name === "string" && name) rows.append(this.row(kind + word("named", { name: name.slice(0, 60) }), [key]));
      else (kinds[kind] = kinds[kind] || []).push(key);
    }, this);
    Object.keys(kinds).forEach(function (kind) { rows.append(this.row(kind, kinds[kind])); }, this);
    this.records.textContent = "";
    this.records.append(rows.children.length ? rows : element("p", word("no-records")));
  };

  Device.prototype.row = function (label, keys) {
    var row = element("li"), text = element("span", label), self = this, bytes = 0;
    keys.forEach(function (key) { bytes += 2 * (JSON.stringify(store.read(key)) || "").length; });
    text.append(" ", element("small", size(bytes)));
    var act = button(word("remove-one"), function () {
      if (!window.confirm(word("sure-one", { name: label }))) return;
      keys.forEach(store.remove);
      self.list();
      (self.records.querySelector("button") || self.everything).focus();
    });
    act.setAttribute("aria-label", word("remove-named", { name: label }));
    row.append(text, act);
    return row;
  };

  if (web) {
    var link = element("link");
    link.rel = "manifest";
    link.href = root + "manifest.webmanifest";
    document.head.append(link);
  }
  onPage();
  document.addEventListener("DOMContentLoaded", onHome);
  if (device) new Device(device);
  if (workers && document.readyState === "complete") begin();
  else if (workers) window.addEventListener("load", begin);
})();
