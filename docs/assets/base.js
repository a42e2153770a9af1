/* What all widgets share: words, elements, storage on the device, messages, saving files. No request, no address, no title.
   Classic script: it must run from a folder on a stick. Load order: words.js, base.js, then the widgets. */
window.portal = (function () {
  "use strict";
  var words = window.portalWords || {};
  var PREFIX = "xinfang-guide:";

  /** The word `key` of a section (run, tree, deadline, form, offline, base), its {places} filled. */
  function word(section, key, values) {
    var text = (words[section] && words[section][key]) || key;
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return values && name in values ? values[name] : whole; });
  }

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text !== undefined && text !== null && text !== "") say(made, String(text));
    if (className) made.className = className;
    return made;
  }

  function button(text, act, className) {
    var made = element("button", text, className || "md-button");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  /** Words into `spot`, instead of what stood there; a day such as 2026-03-02 is never broken in two. */
  function say(spot, text) {
    var parts = text.split(/(\d{4}-\d\d-\d\d)/);
    spot.textContent = parts.shift();
    parts.forEach(function (part, at) {
      var day = document.createElement("span");
      day.className = "day";
      day.textContent = part;
      spot.append(at % 2 ? part : day);
    });
    return spot;
  }

  /** A message at the foot of the screen; `wrong` ones, and those with an `action` (a button), stay until closed. */
  function tell(message, wrong, action) {
    var old = document.querySelector(".portal-note");
    if (old) old.remove();
    var note = element("div", "", "portal-note" + (wrong ? " portal-note--wrong" : ""));
    note.setAttribute("role", wrong ? "alert" : "status");
    document.body.append(note);
    note.append(element("p", message));
    if (action) note.append(action);
    note.append(button(word("base", "close"), function () { note.remove(); }));
    if (!wrong && !action) window.setTimeout(function () { note.remove(); }, 8000);
  }

  /** Kept on this device only. `write` says whether it could; unless `quiet`, the reader is told why it could not. */
  var store = {
    read: function (key) {
      try {
        var text = window.localStorage.getItem(PREFIX + key);
        return text === null ? undefined : JSON.parse(text);
      } catch (error) {
        return undefined;
      }
    },
    write: function (key, value, quiet) {
      try {
        window.localStorage.setItem(PREFIX + key, JSON.stringify(value));
        return true;
      } catch (error) {
        var full = error && (error.name === "QuotaExceededError" || error.name === "NS_ERROR_DOM_QUOTA_REACHED");
        if (!quiet) tell(word("base", full ? "storage-full" : "storage-forbidden"), true);
        return false;
      }
    },
    remove: function (key) {
      try { window.localStorage.removeItem(PREFIX + key); } catch (error) { /* nothing is kept where nothing may be */ }
    },
    /** Every key that begins so, in order. */
    keys: function (start) {
      var found = [];
      try {
        for (var i = 0; i < window.localStorage.length; i += 1) {
          var key = window.localStorage.key(i);
          if (key.indexOf(PREFIX + (start || "")) === 0) found.push(key.slice(PREFIX.length));
        }
      } catch (error) { /* no storage: nothing is kept */ }
      return found.sort();
    },
    /** `act(key, value)` when another tab writes a key that begins so. */
    watch: function (start, act) {
      window.addEventListener("storage", function (event) {
        if (!event.key || event.key.indexOf(PREFIX + start) !== 0) return;
        var key = event.key.slice(PREFIX.length);
        act(key, store.read(key));
      });
    },
    clear: function () { store.keys("").forEach(store.remove); forget(true); }
  };

  /** What was answered before now is over, also where the browser's own history still holds it: in this tab, or in all. */
  function forget(everywhere) {
    try { (everywhere ? window.localStorage : window.sessionStorage).setItem(PREFIX + "since", String(Date.now())); } catch (error) { /* nothing is kept where nothing may be */ }
  }

  /** When answers were last forgotten, in milliseconds; 0 if never. */
  function since() {
    try {
      return Math.max(Number(window.localStorage.getItem(PREFIX + "since")), Number(window.sessionStorage.getItem(PREFIX + "since"))) || 0;
    } catch (error) { return 0; }
  }

  /** Hand the reader a file: text or a Blob. */
  function save(name, type, content) {
    var blob = content instanceof Blob ? content : new Blob([content], { type: type });
    var link = element("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  /** Do it once the next picture is on the screen: first the reader sees that a tap was taken, then what follows from it.
      `afterPaint.waiting` counts what is still to be done. */
  function afterPaint(act) {
    var late = window.setTimeout(go, 150); // where nothing is painted
    function go() {
      if (!act) return;
      var now = act;
      act = null;
      window.clearTimeout(late);
      afterPaint.waiting -= 1;
      now();
    }
    afterPaint.waiting += 1;
    window.requestAnimationFrame(function () { window.setTimeout(go, 0); });
  }
  afterPaint.waiting = 0;

  /** 2026-03-02 of a Date, by the device's own calendar. */
  function day(date) {
    function two(number) { return (number < 10 ? "0" : "") + number; }
    return date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate());
  }

  /** Print one part of the page, without the page around it. */
  function printOnly(root) {
    root.classList.add("is-printed");
    document.body.classList.add("print-one");
    window.addEventListener("afterprint", function () {
      root.classList.remove("is-printed");
      document.body.classList.remove("print-one");
    }, { once: true });
    window.print();
  }

  return { word: word, element: element, button: button, say: say, tell: tell, store: store, forget: forget, since: since, save: save, afterPaint: afterPaint, day: day, printOnly: printOnly };
})();
