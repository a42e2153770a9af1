/* The offline copy, worked by the browser in the background. `VERSION` is written before this text at build: it is the
   fingerprint of offline.json, which lists every file with its SHA-256. One version is one cache: a file comes in only
   when it is what the list says, and a page gets all its files from the version that it was loaded with. */
(function () {
  "use strict";
  var SCOPE = self.registration.scope;
  var PREFIX = "xinfang-guide " + SCOPE + " ";
  var LIST = "offline.json", TABS = "tabs", NETWORK = "network";
  var AT_ONCE = 4;
  var lists = {}, notes, forgotten = false;

  function address(name) { return new URL(name, SCOPE).href; }

  function nameOf(url) {
    var name = decodeURIComponent(url.split(/[?#]/)[0].slice(SCOPE.length));
    return name === "" || name.slice(-1) === "/" ? name + "index.html" : name;
  }

  function open(version) { return caches.open(PREFIX + version); }

  /** Name → SHA-256 of a version that is kept whole; nothing for one that is not. */
  async function list(version) {
    if (!lists[version]) {
      var kept = await caches.has(PREFIX + version) && await (await open(version)).match(address(LIST));
      if (!kept) return {};
      lists[version] = (await kept.json()).files;
    }
    return lists[version];
  }

  async function digest(bytes) {
    var sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(sum, function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
  }

  /** A file from the network, as the list says it is. A site that is swapped meanwhile gives another: that is refused. */
  async function genuine(name, sha256, mode) {
    var answer = await fetch(address(name), { cache: mode || "no-cache", credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status + " " + name);
    var body = await answer.arrayBuffer();
    if (await digest(body) === sha256) {
      var headers = new Headers(answer.headers);
      ["content-encoding", "content-length", "vary"].forEach(function (header) { headers.delete(header); });
      return new Response(body, { headers: headers });
    }
    if (mode) throw new Error("another version of " + name);
    return genuine(name, sha256, "reload");
  }

  function tell(message) {
    return self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(function (pages) {
      pages.forEach(function (page) { page.postMessage({ offline: message }); });
    });
  }

  /** In small pieces; what an earlier try or an older version has already is not fetched again. The list comes last. */
  async function install() {
    var cache = await open(VERSION);
    var text = await (await fetch(address(LIST), { cache: "no-store" })).text();
    if (await digest(new TextEncoder().encode(text)) !== VERSION) throw new Error("another version of the list");
    var files = JSON.parse(text).files, names = Object.keys(files), older = await copies();
    for (var from = 0; from < names.length; from += AT_ONCE) {
      await Promise.all(names.slice(from, from + AT_ONCE).map(function (name) { return keep(cache, name, files[name], older); }));
      tell({ done: Math.min(from + AT_ONCE, names.length), of: names.length });
    }
    await cache.put(address(LIST), new Response(text, { headers: { "Content-Type": "application/json" } }));
  }

  async function copies() {
    var names = (await caches.keys()).filter(function (name) { return name.indexOf(PREFIX) === 0; });
    var versions = names.map(function (name) { return name.slice(PREFIX.length); });
    return Promise.all(versions.map(async function (version) {
      return { files: await list(version), cache: await open(version) };
    }));
  }

  async function keep(cache, name, sha256, older) {
    if (await cache.match(address(name))) return;
    for (var i = 0; i < older.length; i += 1) {
      var same = older[i].files[name] === sha256 && await older[i].cache.match(address(name));
      if (same) return cache.put(address(name), same);
    }
    return cache.put(address(name), await genuine(name, sha256));
  }

  /** `current`: the version that new pages get; `tabs`: pages that are still open with another one. */
  async function remembered() {
    if (!notes) {
      var kept = await caches.has(PREFIX + TABS) && await (await open(TABS)).match(address(TABS));
      notes = kept ? await kept.json() : { current: "", tabs: {} };
    }
    return notes;
  }

  async function remember() {
    if (!forgotten) await (await open(TABS)).put(address(TABS), new Response(JSON.stringify(notes)));
  }

  async function activate() {
    var was = (await remembered()).current;
    if (was && was !== VERSION) {
      (await self.clients.matchAll({ type: "all" })).forEach(function (page) { notes.tabs[page.id] = notes.tabs[page.id] || was; });
    }
    notes.current = VERSION;
    await sweep();
    if (!was) await self.clients.claim();
  }

  /** Forget tabs that are closed, and versions that no tab uses any more. */
  async function sweep() {
    var open = await self.clients.matchAll({ type: "all", includeUncontrolled: true });
    var tabs = {};
    open.forEach(function (page) { if (notes.tabs[page.id]) tabs[page.id] = notes.tabs[page.id]; });
    notes.tabs = tabs;
    await remember();
    if (self.registration.installing || self.registration.waiting) return;
    var used = Object.keys(tabs).map(function (id) { return tabs[id]; }).concat(VERSION, TABS);
    (await caches.keys()).forEach(function (name) {
      if (name.indexOf(PREFIX) === 0 && used.indexOf(name.slice(PREFIX.length)) < 0) caches.delete(name);
    });
  }

  /** A file of a version; one that the device has dropped is fetched again, if it is still the same. */
  async function kept(version, name) {
    var sha256 = (await list(version))[name];
    if (!sha256) return undefined;
    var cache = await open(version), found = await cache.match(address(name));
    if (found) return found;
    found = await genuine(name, sha256);
    await cache.put(address(name), found.clone());
    return found;
  }

  async function answer(event) {
    if (forgotten) return fetch(event.request);
    var name = nameOf(event.request.url), tabs = (await remembered()).tabs;
    if (event.request.mode === "navigate") {
      if (Object.keys(tabs).length) event.waitUntil(sweep());
      return (await kept(VERSION, name)) || beyond(event);
    }
    var version = tabs[event.clientId] || VERSION;
    return (version !== NETWORK && await kept(version, name)) || fetch(event.request);
  }

  /** A page that this version does not have: all of it comes from the network. */
  async function beyond(event) {
    try {
      var page = await fetch(event.request);
      notes.tabs[event.resultingClientId] = NETWORK;
      await remember();
      return page;
    } catch (error) {
      var lost = await kept(VERSION, "404.html");
      return lost ? new Response(await lost.blob(), { status: 404, headers: lost.headers }) : Response.error();
    }
  }

  self.addEventListener("install", function (event) {
    event.waitUntil(install().catch(function (error) {
      tell({ failed: error.name === "QuotaExceededError" ? "full" : "network" });
      throw error;
    }));
  });
  self.addEventListener("activate", function (event) { event.waitUntil(activate()); });
  self.addEventListener("fetch", function (event) {
    if (event.request.method === "GET" && event.request.url.indexOf(SCOPE) === 0) event.respondWith(answer(event));
  });
  self.addEventListener("message", function (event) {
    if (event.data === "switch") self.skipWaiting();
    if (event.data === "forget") forgotten = true;
  });
})();
