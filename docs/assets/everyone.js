/* For everyone: large type in one tap, kept on this device; the page read aloud by the device's own voice. */
(function () {
  "use strict";
  var portal = window.portal, element = portal.element, button = portal.button, html = document.documentElement;
  var SILENT = "script, style, button, select, textarea, svg, [aria-hidden=true], .md-content__button, .source, .map-frame";
  var LONGEST = 120;

  function word(key, values) { return portal.word("everyone", key, values); }

  // ---- large type

  var large = button(word("elder"), function () {
    setElder(!html.classList.contains("elder"));
    portal.store.write("elder", html.classList.contains("elder"));
  }, "md-header__button everyone-button");

  function setElder(on) {
    html.classList.toggle("elder", on);
    large.setAttribute("aria-pressed", String(on));
    window.dispatchEvent(new Event("resize")); // the theme measures its header again
  }

  // ---- reading aloud

  var speech = window.speechSynthesis, blocks = [], at = 0, run = 0, voice = null, paused = false, bar = null, hold, waiting = false, opener;
  var aloud = button(word("aloud"), function () { if (bar) stop(); else findVoice(function () { opener = aloud; begin(); }); }, "md-header__button everyone-button");

  /** A voice of the device itself, in the page's language: a voice from the network would send the page away. */
  function findVoice(done) {
    var tongue = (document.querySelector("article[lang]") || html).lang, english = /^en/i.test(tongue);
    var mine = english ? /^en/i : /^(zh|cmn)/i, best = english ? /US|GB/i : /Hant|TW|HK/i.test(tongue) ? /TW|HK|Hant/i : /CN|Hans/i;
    var says = { language: word(english ? "language-en" : "language-zh") };
    if (!speech || !window.SpeechSynthesisUtterance) return portal.tell(word("no-voice", says), true);
    if (waiting) return;
    if (speech.getVoices().length) return choose();
    waiting = true; // some browsers list their voices late
    speech.addEventListener("voiceschanged", once);
    var timer = window.setTimeout(once, 1500);
    function once() {
      waiting = false;
      window.clearTimeout(timer);
      speech.removeEventListener("voiceschanged", once);
      choose();
    }
    function choose() {
      var all = speech.getVoices().filter(function (one) { return mine.test(one.lang); });
      var own = all.filter(function (one) { return one.localService; });
      voice = own.filter(function (one) { return best.test(one.lang); })[0] || own[0];
      if (voice) done();
      else portal.tell(word(all.length ? "far-voice" : "no-voice", says), true);
    }
  }

  function visible(spot) {
    var folded = spot.closest("details:not([open])");
    return spot.getClientRects().length > 0 && (!folded || Boolean(spot.closest("summary")) && spot.closest("summary").parentNode === folded);
  }

  function blockOf(spot) {
    while (/^(inline|contents)/.test(getComputedStyle(spot).display) && spot.parentElement) spot = spot.parentElement;
    return spot;
  }

  /** What is to be read, of the page or of a part of it, in order: `{spot, text, head}`; one for each paragraph, item, cell or heading to be seen. */
  function collect(part) {
    var root = part || document.querySelector("article") || document.querySelector("main") || document.body, found = [], node;
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while ((node = walker.nextNode())) {
      var text = node.nodeValue.replace(/\s+/g, " "), parent = node.parentElement;
      if (!text.trim() || parent.closest(SILENT) || !visible(parent)) continue;
      var spot = blockOf(parent), last = found[found.length - 1];
      if (last && last.spot === spot) last.text += text;
      else found.push({ spot: spot, text: text, head: /^H[1-6]$/.test(spot.tagName) });
    }
    return found;
  }

  /** Pieces that a voice gets through: cut at the ends of sentences. */
  function pieces(text) {
    var made = [""];
    (text.match(/[^。！？；]+[。！？；]*|[。！？；]+/g) || []).forEach(function (sentence) {
      if (made[made.length - 1].length + sentence.length > LONGEST) made.push("");
      made[made.length - 1] += sentence;
    });
    return made.filter(function (piece) { return piece.trim(); });
  }

  function begin(part) {
    var top = document.querySelector(".md-header"), edge = top ? top.getBoundingClientRect().bottom : 0;
    blocks = collect(part);
    at = 0;
    while (!part && at < blocks.length - 1 && blocks[at].spot.getBoundingClientRect().bottom < edge) at += 1;
    if (!blocks.length) return;
    showBar();
    read();
  }

  function showBar() {
    bar = element("div", "", "reading");
    bar.setAttribute("role", "region");
    bar.setAttribute("aria-label", word("reading"));
    hold = button(word("pause"), function () { if (paused) read(); else pause(); });
    bar.append(hold, button(word("before"), function () { jump(-1); }), button(word("after"), function () { jump(1); }), button(word("stop"), stop));
    bar.addEventListener("keydown", function (event) { if (event.key === "Escape") stop(); });
    document.body.append(bar);
    html.classList.add("is-reading");
    aloud.setAttribute("aria-pressed", "true");
    hold.focus({ preventScroll: true });
  }

  function mark(spot) {
    document.querySelectorAll(".is-read").forEach(function (old) { old.classList.remove("is-read"); });
    if (!spot) return;
    spot.classList.add("is-read");
    spot.scrollIntoView({ block: "center" });
  }

  function silence() {
    run += 1;
    speech.cancel();
  }

  /** From the block `at` on, to the end. */
  function read() {
    silence();
    while (at < blocks.length && !visible(blocks[at].spot)) at += 1;
    if (at >= blocks.length) return stop();
    var mine = run, left = pieces(blocks[at].text);
    paused = false;
    hold.textContent = word("pause");
    mark(blocks[at].spot);
    (function next() {
      if (mine !== run) return;
      if (!left.length) { at += 1; return read(); }
      var said = new window.SpeechSynthesisUtterance(left.shift());
      said.voice = voice;
      said.lang = voice.lang;
      said.rate = html.classList.contains("elder") ? 0.85 : 1;
      said.onend = next;
      said.onerror = function (event) {
        if (mine !== run || event.error === "canceled" || event.error === "interrupted") return;
        stop();
        portal.tell(word("failed"), true);
      };
      speech.speak(said);
    })();
  }

  /** Some devices cannot pause: so it stops, and goes on from the beginning of the block. */
  function pause() {
    silence();
    paused = true;
    hold.textContent = word("go-on");
  }

  /** To the heading before or after. */
  function jump(step) {
    var goal = at + step;
    while (goal > 0 && goal < blocks.length && !blocks[goal].head) goal += step;
    if (goal >= blocks.length) return;
    at = Math.max(goal, 0);
    read();
  }

  function stop() {
    if (!bar) return;
    silence();
    mark(null);
    bar.remove();
    bar = null;
    html.classList.remove("is-reading");
    aloud.setAttribute("aria-pressed", "false");
    opener.focus({ preventScroll: true });
  }

  /** One step in pictures, by a tap beside it. */
  function addSay(panel) {
    var say = button(word("say"), function () {
      stop();
      findVoice(function () { opener = say; begin(panel); });
    }, "panel__say"), line = panel.querySelector("strong");
    say.setAttribute("aria-label", word("say-what", { line: line ? line.textContent : "" }));
    panel.append(say);
  }

  /** While the index of the search is on its way nothing is found either: that is not to be said before it is there. */
  function markSearched() {
    var meta = document.querySelector(".md-search-result__meta"), waiting = meta && meta.textContent.trim();
    if (!meta) return;
    new MutationObserver(function () {
      meta.parentNode.classList.toggle("is-searched", meta.textContent.trim() !== waiting);
    }).observe(meta, { childList: true, characterData: true, subtree: true });
  }

  markSearched();
  document.querySelectorAll(".pictures > * > li").forEach(addSay);
  large.title = word("elder-help");
  aloud.title = word("aloud-help");
  aloud.setAttribute("aria-pressed", "false");
  setElder(portal.store.read("elder") === true);
  var inner = document.querySelector(".md-header__inner");
  if (inner) inner.insertBefore(large, inner.querySelector("[data-md-component=palette]") || inner.querySelector("label[for=__search]"));
  else document.body.prepend(large);
  large.after(aloud);
  portal.store.watch("elder", function (key, on) { setElder(on === true); });
  window.addEventListener("pagehide", stop);
})();
