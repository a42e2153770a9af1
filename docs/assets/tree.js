/* Decision trees: one question at a time or the whole tree on one page; answers that can be changed, printed and handed on.
   The script follows the page's own links; it knows no rule of its own. Answers stand in the browser's own history entry:
   never in an address (but for the handed-on fragment, taken out at once), a title, a request or the device's storage. */
(function () {
  "use strict";
  var portal = window.portal;
  if (portal.trees) return; // a page with two trees names this script twice
  var element = portal.element, button = portal.button;
  var FORMAT = "xinfang-guide/answers", FRAGMENT = "#answers=", MOST = 100, LARGEST = 200000;
  var CHINESE = /^zh/.test((document.querySelector("article[lang]") || document.documentElement).lang);
  var base = document.currentScript.src.replace(/[^/]*$/, "");

  function word(key, values) { return portal.word("tree", key, values); }
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }

  /** A script of ours, fetched when it is needed; `done(true)` when it is there. */
  function load(name, done) {
    var script = element("script");
    script.src = base + name;
    script.onload = function () { done(true); };
    script.onerror = function () { done(false); };
    document.head.append(script);
  }

  /** `state`: `from`, the question the walk begins at; `answers`, question → [answer, what was typed]; `here`, what is shown. */
  function Tree(root) {
    var tree = this;
    this.root = root;
    this.name = root.dataset.tree;
    this.start = root.dataset.start.slice(this.name.length + 2);
    this.questions = {};
    root.querySelectorAll(".question").forEach(function (section) {
      var links = {};
      section.querySelectorAll("a.answer").forEach(function (link) { links[link.dataset.answer] = link; });
      tree.questions[section.dataset.question] = { section: section, links: links };
    });
    this.build();
    root.addEventListener("click", this.onClick.bind(this));
    window.addEventListener("popstate", this.restore.bind(this, true));
    window.addEventListener("hashchange", this.restore.bind(this, true));
    this.restore(false);
  }

  Tree.prototype.build = function () {
    var first = this.root.querySelector(".question"), tree = this;
    this.mode = button("", function () { tree.switchMode(!tree.all); }, "tree__mode");
    this.tools = element("div", "", "tree__tools");
    this.path = element("div", "", "tree__path");
    this.told = element("div", "", "tree__told");
    this.told.setAttribute("role", "status");
    [this.path, this.told].forEach(function (part) { tree.root.insertBefore(part, first); });
    this.end = element("div", "", "tree__end");
    this.end.append(button(word("print"), this.printResult.bind(this), ""));
    if (/^http/.test(location.protocol)) this.end.append(button(word("qr"), this.showCode.bind(this), ""));
    this.end.append(button(word("file"), this.saveFile.bind(this), ""));
    this.addDrawings();
    this.addOpening();
    this.addOwn();
    this.root.classList.add("tree--live");
    this.setMode(portal.store.read("tree-mode") === "all");
  };

  /** What belongs to the outline and the map: on paper, as a poster, as a picture. */
  Tree.prototype.addDrawings = function () {
    var outline = this.root.querySelector(".tree__outline"), map = this.root.querySelector(".tree__map");
    var first = element("p", "", "tree__tools"), second = element("p", "", "tree__tools"), tree = this;
    map.addEventListener("toggle", this.findOnMap.bind(this, map));
    first.append(button(word("print-text"), this.printText.bind(this), ""));
    second.append(button(word("poster"), this.printPoster.bind(this), ""), button(word("svg"), this.savePicture.bind(this), ""));
    outline.append(first);
    this.size = button("", function () { tree.showWhole(map, !map.classList.contains("tree__map--whole")); }, "");
    second.prepend(this.size);
    map.querySelector(".map-frame").before(second);
    this.showWhole(map, false);
  };

  /** The map as wide as the screen, for an overview, or as large as it is drawn. */
  Tree.prototype.showWhole = function (map, whole) {
    map.classList.toggle("tree__map--whole", whole);
    this.size.textContent = word(whole ? "map-near" : "map-whole");
    if (!map.open) return;
    this.findOnMap(map);
    map.querySelector(".map-frame").scrollIntoView({ block: "nearest" });
  };

  /** A map that is opened shows where the reader stands, whatever its size. */
  Tree.prototype.findOnMap = function (map) {
    var frame = map.querySelector(".map-frame"), box = frame.querySelector("a[href='#" + this.name + "--" + this.state.here + "'] rect");
    map.querySelectorAll(".is-you").forEach(function (old) { old.classList.remove("is-you"); });
    if (!map.open || !box) return;
    box.parentNode.classList.add("is-you");
    var at = box.getBoundingClientRect(), edge = frame.getBoundingClientRect();
    frame.scrollBy(at.left - edge.left - 8, at.top - edge.top - edge.height / 3);
  };

  /** A file with answers that somebody handed on. */
  Tree.prototype.addOpening = function () {
    var input = element("input"), tools = element("p", "", "tree__tools tree__opening"), tree = this;
    input.type = "file";
    input.accept = ".json,application/json";
    input.hidden = true;
    input.addEventListener("change", function () {
      var file = input.files[0];
      if (!file) return;
      if (file.size > LARGEST) { portal.tell(word("file-wrong"), true); input.value = ""; return; }
      var reader = new FileReader();
      reader.onload = function () { tree.receive(parse(reader.result)); input.value = ""; };
      reader.onerror = function () { portal.tell(word("file-wrong"), true); };
      reader.readAsText(file);
    });
    tools.append(button(word("open"), function () { input.click(); }, ""), input);
    this.opening = tools;
    this.root.insertBefore(tools, this.root.querySelector(".tree__outline"));
  };

  /** A field of the reader's own: a number picks its range, a day is counted from. */
  Tree.prototype.addOwn = function () {
    var tree = this, dated = [];
    Object.keys(this.questions).forEach(function (name) {
      var kind = tree.questions[name].section.dataset.kind;
      if (kind === "number") tree.ask(name, "number");
      if (kind === "date") dated.push(name);
    });
    function days() { if (portal.deadline) dated.forEach(function (name) { tree.ask(name, "date"); }); }
    if (!dated.length || portal.deadline) return days();
    if (window.portalLimits) load("deadline.js", days);
    else load("limits.js", function () { load("deadline.js", days); });
  };

  Tree.prototype.ask = function (name, kind) {
    var section = this.questions[name].section, data = section.dataset, tree = this;
    var form = element("form", "", "question__own"), label = element("label"), input = element("input"), said = element("p", "", "question__said");
    form.noValidate = true;
    input.type = kind === "date" ? "date" : "text";
    if (kind === "date") input.max = portal.day(new Date());
    else input.inputMode = "numeric";
    input.autocomplete = "off";
    input.id = section.id + "-own";
    label.htmlFor = input.id;
    label.textContent = kind === "date" ? word("which-day", { event: data.event }) : word("how-many", { unit: data.unit });
    said.id = input.id + "-said";
    said.setAttribute("role", "status");
    input.setAttribute("aria-describedby", said.id);
    var go = element("button", word(kind === "date" ? "count" : "take"));
    form.append(label, input, go, said);
    function judge(complain) {
      var found = input.value ? tree.judge(name, input.value) : { wrong: word(kind === "date" ? "date-wrong" : "number-wrong") };
      var picked = found.answer && tree.questions[name].links[found.answer];
      Object.keys(tree.questions[name].links).forEach(function (answer) {
        tree.questions[name].links[answer].classList.toggle("is-picked", answer === found.answer);
      });
      portal.say(said, picked ? word("picked", { label: labelOf(picked) }) + (found.told || "") : complain && found.wrong || "");
      said.classList.toggle("is-wrong", !picked && Boolean(said.textContent));
      input.setAttribute("aria-invalid", String(Boolean(complain && found.wrong)));
      return found;
    }
    input.addEventListener("input", function () { judge(false); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var found = judge(true);
      if (!found.answer) { input.focus(); return; }
      tree.choose(name, found.answer, input.value.trim(), found.told);
      input.value = "";
      judge(false);
    });
    section.querySelector(".answers").after(form);
  };

  /** Which answer a typed number or day is: `answer` and what to tell, or `wrong` in words. */
  Tree.prototype.judge = function (name, given) {
    var data = this.questions[name].section.dataset;
    return data.kind === "date" ? judgeDay(data.limit, given) : judgeNumber(Object.keys(this.questions[name].links), Number(data.min), given);
  };

  function judgeNumber(ranges, least, given) {
    var text = String(given).normalize("NFKC").trim(), number = Number(text);
    if (!/^\d{1,9}$/.test(text) || number < least) return { wrong: word("number-wrong") };
    var found = ranges.filter(function (range) {
      var ends = range.split("..");
      return (ends[0] === "" || Number(ends[0]) <= number) && (ends[1] === "" || number <= Number(ends[1]));
    })[0];
    return found ? { answer: found } : { wrong: word("number-wrong") };
  }

  function judgeDay(limit, given) {
    var today = portal.day(new Date());
    if (!portal.deadline) return { wrong: word("day-cannot") };
    if (given > today && !portal.deadline.refuse(given)) return { wrong: word("day-ahead") };
    var found = portal.deadline(limit, given), answer = found.error ? "" : today <= found.lastDay ? "within" : "past";
    if (!answer) return { wrong: found.message };
    return { answer: answer, told: word(answer === "within" ? "day-within" : "day-past", { day: given, last: found.lastDay }) + found.assumptions.join("") };
  }

  // ---- walking

  Tree.prototype.spot = function (name) { return document.getElementById(this.name + "--" + name); };
  Tree.prototype.link = function (name, answer) {
    return has(this.questions, name) && has(this.questions[name].links, answer) ? this.questions[name].links[answer] : null;
  };
  Tree.prototype.askOf = function (name) {
    var ask = document.getElementById(this.name + "--" + name + "-ask"), number = ask.querySelector(".question__number");
    return ask.textContent.replace(number ? number.textContent : "", "").replace(/\s+/g, " ").trim();
  };
  Tree.prototype.goal = function (link) { return link.getAttribute("href").slice(this.name.length + 3); };
  function labelOf(link) { return link.querySelector(".answer__label").textContent; }

  /** As far as the answers carry from the beginning: the steps, and where they end. */
  Tree.prototype.walk = function (state) {
    var steps = [], here = state.from, link;
    while (has(state.answers, here) && (link = this.link(here, state.answers[here][0]))) {
      steps.push({ name: here, link: link, given: state.answers[here][1] || "" });
      here = this.goal(link);
    }
    return { steps: steps, end: here };
  };

  /** Answer one question. Later answers stay if they are still on the way; those that are not go, and are named. */
  Tree.prototype.choose = function (name, answer, given, told) {
    var before = this.walk(this.state), answers = Object.assign({}, this.state.answers), tree = this, state;
    var changed = has(answers, name) && answers[name][0] !== answer;
    answers[name] = given ? [answer, given] : [answer];
    state = { from: this.state.from, answers: answers };
    var after = this.walk(state), reached = after.steps.map(function (step) { return step.name; });
    var dropped = before.steps.filter(function (step) { return reached.indexOf(step.name) < 0; });
    dropped.forEach(function (step) { delete answers[step.name]; });
    var onPath = reached.indexOf(name) >= 0;
    state.here = onPath ? after.end : name;
    var notes = told ? [told] : [];
    if (!onPath) notes.push(word("apart", { ask: this.askOf(after.end) }));
    if (dropped.length) notes.push(word("dropped"));
    else if (changed && reached.indexOf(name) < reached.length - 1) notes.push(word("kept"));
    this.go(state, notes.join(CHINESE ? "" : " "), dropped.map(function (step) { return tree.say(step); }));
  };

  Tree.prototype.say = function (step) {
    return this.askOf(step.name) + " — " + labelOf(step.link) + this.givenOf(step);
  };

  /** What was typed, with its unit, in brackets. */
  Tree.prototype.givenOf = function (step) {
    var unit = this.questions[step.name].section.dataset.unit;
    return step.given ? word("given", { given: step.given + (unit ? " " + unit : "") }) : "";
  };

  Tree.prototype.onClick = function (event) {
    var link = event.target.closest("a[href^='#']");
    var goal = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!goal || !goal.matches(".question, .outcome") || !this.root.contains(goal)) return;
    event.preventDefault();
    var name = goal.dataset.question || goal.dataset.outcome;
    if (link.classList.contains("answer")) {
      link.classList.add("is-chosen"); // seen at once, while the next question is made ready
      this.choose(link.closest(".question").dataset.question, link.dataset.answer);
    }
    else if (this.all && name !== this.start) this.go({ from: this.state.from, answers: this.state.answers, here: name });
    else this.go({ from: name, answers: {}, here: name });
  };

  /** A new entry of the browser's history: Back goes one answer back. `told` is a sentence, `dropped` the lines under it. */
  Tree.prototype.go = function (state, told, dropped) {
    var kept = Object.assign({}, history.state), tree = this;
    state.at = Date.now();
    kept[this.root.id] = state;
    history.pushState(kept, "");
    this.state = state;
    portal.afterPaint(function () { if (tree.state === state) tree.show(state, true, told, dropped); });
  };

  /** Where to stand: what this history entry remembers, the section the address names, or the start. */
  Tree.prototype.restore = function (focus) {
    var kept = history.state && history.state[this.root.id], named, section;
    if (kept && kept.at < portal.since()) { // begun again, or all removed: Back must not bring it to the screen
      kept = null;
      history.replaceState(null, "");
    }
    if (kept && kept.answers && this.spot(kept.here) && has(this.questions, this.start)) return this.show(kept, focus);
    try { named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) { /* no such place */ }
    section = named && this.root.contains(named) && named.closest(".question, .outcome");
    var name = section ? section.dataset.question || section.dataset.outcome : this.start;
    this.show({ from: name, answers: {}, here: name }, Boolean(section));
  };

  Tree.prototype.show = function (state, focus, told, dropped) {
    var here = this.spot(state.here), walk = this.walk(state), tree = this;
    this.state = state;
    this.root.querySelectorAll(".is-here, .is-chosen").forEach(function (old) {
      old.classList.remove("is-here", "is-chosen");
      old.removeAttribute("aria-current");
    });
    Object.keys(state.answers).forEach(function (name) {
      var link = tree.link(name, state.answers[name][0]);
      if (!link) return;
      link.classList.add("is-chosen");
      link.setAttribute("aria-current", "true");
    });
    here.classList.add("is-here");
    if (here.matches(".outcome") && walk.end === state.here && walk.steps.length) here.insertBefore(this.end, here.querySelector(".tree__again"));
    else this.end.remove();
    if (this.code) { this.code.remove(); this.code = null; }
    this.list(walk, state.here);
    if (this.all || this.told.previousSibling !== this.path) this.root.insertBefore(this.told, this.all ? here : this.path.nextSibling);
    portal.say(this.told, told || "");
    if (dropped && dropped.length) {
      var gone = element("ul");
      dropped.forEach(function (line) { gone.append(element("li", line)); });
      this.told.append(gone);
    }
    if (!focus) return;
    here.focus({ preventScroll: true });
    (told ? this.told : here).scrollIntoView({ block: "start" });
  };

  /** The answers so far; each can be changed. */
  Tree.prototype.list = function (walk, here) {
    var list = element("ol"), tools = element("p", "", "tree__tools"), tree = this;
    this.path.textContent = "";
    this.path.hidden = !walk.steps.length;
    if (!walk.steps.length) return;
    walk.steps.forEach(function (step) {
      var row = element("li"), change = button(word("change"), function () { tree.change(step.name); }, "tree__change");
      change.setAttribute("aria-label", word("change-what", { ask: tree.askOf(step.name) }));
      var line = element("div", "", "tree__step");
      line.append(element("span", tree.say(step)), step.name === here ? element("em", word("changing"), "tree__changing") : change);
      row.append(line);
      list.append(row);
    });
    tools.append(button(word("back"), function () { history.back(); }, "tree__back"),
      button(word("again"), function () { portal.forget(); tree.go({ from: tree.start, answers: {}, here: tree.start }); }, "tree__restart"));
    this.path.append(element("b", word("your-answers")), list, tools);
  };

  Tree.prototype.change = function (name) {
    this.go({ from: this.state.from, answers: this.state.answers, here: name }, word("change-note"));
  };

  Tree.prototype.switchMode = function (all) {
    this.setMode(all);
    portal.store.write("tree-mode", all ? "all" : "one");
    var spot = all ? this.mode : this.spot(this.state.here);
    spot.focus({ preventScroll: true });
    spot.scrollIntoView({ block: all ? "nearest" : "start" });
  };

  /** The switch stands below the one question, so that it comes first on a phone, and above all of them. */
  Tree.prototype.setMode = function (all) {
    this.all = all;
    this.root.classList.toggle("tree--all", all);
    this.mode.textContent = word(all ? "mode-one" : "mode-all");
    if (all) {
      this.tools.append(this.mode);
      this.root.insertBefore(this.tools, this.path);
    } else {
      this.tools.remove();
      this.opening.prepend(this.mode);
    }
  };

  // ---- on paper

  /** Title, date and version above what is to be printed; gone after printing. */
  Tree.prototype.print = function (kind, nodes) {
    var sheet = element("section", "", "tree-sheet tree-sheet--" + kind), data = this.root.dataset;
    document.querySelectorAll(".tree-sheet").forEach(function (old) { old.remove(); });
    sheet.append(element("h1", data.title), element("p", this.version(), "tree-sheet__version"));
    nodes.forEach(function (node) { sheet.append(node); });
    (this.root.closest(".md-content__inner") || document.body).append(sheet);
    window.addEventListener("afterprint", function () { sheet.remove(); }, { once: true });
    portal.printOnly(sheet);
  };

  Tree.prototype.version = function () {
    var data = this.root.dataset;
    return word("version", { day: portal.day(new Date()), hash: data.hash, reviewed: data.reviewed });
  };

  /** A copy without ids and without what only a screen can use. */
  function copy(node) {
    var made = node.cloneNode(true);
    [made].concat(Array.from(made.querySelectorAll("[id], [aria-labelledby]"))).forEach(function (part) {
      ["id", "aria-labelledby", "aria-describedby"].forEach(function (name) { part.removeAttribute(name); });
    });
    made.querySelectorAll(".is-you").forEach(function (box) { box.classList.remove("is-you"); });
    made.querySelectorAll("form, button, details, .tree__end, .tree__again, .tree__tools, .tree__told, .tree__path, .tree__code").forEach(function (part) { part.remove(); });
    return made;
  }

  Tree.prototype.printResult = function () {
    var list = element("ol", "", "tree-sheet__steps"), tree = this;
    this.walk(this.state).steps.forEach(function (step) {
      var row = element("li"), section = tree.questions[step.name].section, said = element("p", word("answered"));
      said.append(element("b", labelOf(step.link) + tree.givenOf(step)));
      row.append(element("p", tree.askOf(step.name)), said);
      [step.link.parentNode.querySelector(".answer__help")].concat(Array.from(section.querySelectorAll(".question__help, .question__limit, .basis")))
        .forEach(function (part) { if (part) row.append(copy(part)); });
      list.append(row);
    });
    this.print("result", [element("h2", word("your-answers")), list, copy(this.spot(this.state.here))]);
  };

  Tree.prototype.printText = function () {
    var whole = copy(this.root);
    whole.classList.remove("tree--live", "tree--all");
    whole.querySelectorAll("[aria-current]").forEach(function (part) { part.classList.remove("is-chosen"); });
    this.print("text", [whole]);
  };

  /** On one A3 sheet where its words can still be read there (6.5 points), otherwise on several, in full width. */
  Tree.prototype.printPoster = function () {
    var map = copy(this.root.querySelector("svg.map")), width = Number(map.getAttribute("width")), height = Number(map.getAttribute("height"));
    var wide = width > height || width > 1850, room = wide ? [400, 240] : [277, 365], sheets = [map], title = this.root.dataset.title;
    if (Math.min(room[0] / width, room[1] / height) < 0.165) sheets = slices(map, width, height, width * room[1] / room[0]);
    if (sheets.length > 1) sheets = sheets.map(function (piece, at) {
      var sheet = element("div", "", "tree-sheet__part");
      sheet.append(element("p", word("sheet", { title: title, number: at + 1, all: sheets.length }), "tree-sheet__number"), piece);
      return sheet;
    });
    this.print(wide ? "wide" : "tall", sheets);
  };

  /** The map cut across between its boxes: pieces no higher than `room`. */
  function slices(map, width, height, room) {
    var boxes = Array.from(map.querySelectorAll("rect"), function (box) { return [Number(box.getAttribute("y")), Number(box.getAttribute("height"))]; });
    var found = [], top = 0, cut;
    function crosses(box) { return box[0] < cut && box[0] + box[1] > cut; }
    for (; top < height; top = cut) {
      cut = Math.min(top + room, height);
      for (var box; cut < height && (box = boxes.filter(crosses)[0]);) cut = box[0] - 2;
      if (cut < top + room / 2) cut = Math.min(top + room, height);
      var piece = map.cloneNode(true);
      piece.setAttribute("height", cut - top);
      piece.setAttribute("viewBox", [0, top, width, cut - top].join(" "));
      found.push(piece);
    }
    return found;
  }

  /** The map as a picture file that stands by itself. */
  Tree.prototype.savePicture = function () {
    var map = this.root.querySelector("svg.map").cloneNode(true), SPACE = "http://www.w3.org/2000/svg";
    var width = Number(map.getAttribute("width")) + 32, height = Number(map.getAttribute("height")) + 96;
    function draw(name, attributes, text) {
      var made = document.createElementNS(SPACE, name);
      Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
      if (text) made.textContent = text;
      return made;
    }
    map.querySelectorAll("a").forEach(function (link) {
      var group = draw("g", { "class": link.getAttribute("class") });
      group.append.apply(group, Array.from(link.childNodes));
      link.replaceWith(group);
    });
    [["width", width], ["height", height], ["viewBox", [-16, -80, width, height].join(" ")], ["role", "img"]].forEach(function (pair) { map.setAttribute(pair[0], pair[1]); });
    map.prepend(draw("style", {}, "text{font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#1d2530}"
      + ".map__text{font-size:14px}.map__answer{font-size:12px;fill:#4d5866}.map__line{fill:none;stroke:#4d5866}rect{fill:#fff}"
      + ".map__box rect{stroke:#1f4e79;stroke-width:1.4}.map__box--outcome rect{stroke:#1c6b3c;stroke-width:2.4}.map__box--again rect{stroke-dasharray:4 3}"),
    draw("rect", { x: -16, y: -80, width: width, height: height }),
    draw("text", { x: 0, y: -44, "font-size": 24, "font-weight": 700 }, this.root.dataset.title),
    draw("text", { x: 0, y: -18, "font-size": 13 }, this.version()));
    portal.save(this.name + ".svg", "image/svg+xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + new XMLSerializer().serializeToString(map));
    portal.tell(word("svg-saved"));
  };

  // ---- handing on

  Tree.prototype.saveFile = function () {
    var data = this.root.dataset, tree = this;
    var answers = this.walk(this.state).steps.map(function (step) {
      return { question: step.name, ask: tree.askOf(step.name), answer: step.link.dataset.answer, label: labelOf(step.link), given: step.given };
    });
    var content = { format: FORMAT, version: 1, tree: this.name, title: data.title, hash: data.hash, reviewed: data.reviewed, day: portal.day(new Date()), answers: answers };
    portal.save(word("file-name") + "-" + this.name + ".json", "application/json", JSON.stringify(content, null, 1));
    portal.tell(word("file-saved"));
  };

  Tree.prototype.showCode = function () {
    var tree = this;
    if (window.qrcode) return this.drawCode();
    load("vendor/qrcode/qrcode.js", function (there) {
      if (there && window.qrcode) tree.drawCode();
      else portal.tell(word("qr-cannot"), true);
    });
  };

  Tree.prototype.drawCode = function () {
    var rows = this.walk(this.state).steps.map(function (step) { return step.given ? [step.name, step.link.dataset.answer, step.given] : [step.name, step.link.dataset.answer]; });
    var payload = btoa(JSON.stringify({ t: this.name, h: this.root.dataset.hash, a: rows })).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    var code = window.qrcode(0, "M"), tree = this;
    try {
      code.addData(location.href.split(/[?#]/)[0] + FRAGMENT + payload, "Byte");
      code.make();
    } catch (error) { return portal.tell(word("qr-large"), true); }
    if (this.code) this.code.remove();
    var panel = this.code = element("div", "", "tree__code"), head = element("p", word("qr-title"), "tree__code-title");
    head.tabIndex = -1;
    panel.append(head, picture(code), element("p", word("qr-help")), button(word("qr-close"), function () {
      panel.remove();
      tree.code = null;
      tree.end.querySelectorAll("button")[1].focus();
    }, ""));
    this.end.after(panel);
    head.focus();
    panel.scrollIntoView({ block: "nearest" });
  };

  function picture(code) {
    var SPACE = "http://www.w3.org/2000/svg", size = code.getModuleCount(), path = "", svg = document.createElementNS(SPACE, "svg"), dots = document.createElementNS(SPACE, "path");
    for (var row = 0; row < size; row += 1) for (var column = 0; column < size; column += 1) {
      if (code.isDark(row, column)) path += "M" + column + " " + row + "h1v1h-1z";
    }
    svg.setAttribute("viewBox", [-4, -4, size + 8, size + 8].join(" "));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", word("qr-alt"));
    svg.setAttribute("shape-rendering", "crispEdges");
    dots.setAttribute("d", path);
    svg.append(dots);
    return svg;
  }

  /** What was handed on: `{tree, hash, answers: [[question, answer, given]]}`, or null where it is none of ours. */
  function parse(text) {
    var data, rows;
    try { data = JSON.parse(text); } catch (error) { return null; }
    if (!data || typeof data !== "object") return null;
    rows = data.format === FORMAT && data.version === 1 && Array.isArray(data.answers)
      ? data.answers.map(function (row) { return row && [row.question, row.answer, row.given]; }) : data.a;
    if (!Array.isArray(rows) || rows.length > MOST || !rows.every(isRow)) return null;
    return { tree: data.tree || data.t, hash: data.hash || data.h, answers: rows };
  }

  function isRow(row) {
    return Array.isArray(row) && row.slice(0, 2).every(function (part) { return typeof part === "string" && part.length <= 60; })
      && row.length > 1 && (row[2] === undefined || typeof row[2] === "string" && /^(|\d{1,9}|\d{4}-\d\d-\d\d)$/.test(row[2].normalize("NFKC").trim()));
  }

  /** Take the answers that still fit; name what does not. */
  Tree.prototype.receive = function (data) {
    if (!data || typeof data.tree !== "string") return portal.tell(word("file-wrong"), true);
    if (data.tree !== this.name) {
      var other = trees.filter(function (one) { return one.name === data.tree; })[0];
      return other ? other.receive(data) : portal.tell(word("file-other"), true);
    }
    var state = { from: this.start, answers: {} }, notes = [word("received")], tree = this, lost = 0;
    data.answers.forEach(function (row) {
      var answer = row[1], again = row[2] && has(tree.questions, row[0]) ? tree.judge(row[0], row[2]) : {};
      if (again.answer && again.answer !== answer) notes.push(word("judged-again", { ask: tree.askOf(row[0]) }));
      if (tree.link(row[0], again.answer || answer)) state.answers[row[0]] = again.answer && row[2] ? [again.answer, row[2]] : [answer];
      else lost += 1;
    });
    var walk = this.walk(state), reached = walk.steps.map(function (step) { return step.name; });
    Object.keys(state.answers).forEach(function (name) {
      if (reached.indexOf(name) >= 0) return;
      notes.push(word("not-used", { ask: tree.askOf(name) }));
      delete state.answers[name];
    });
    if (lost) notes.push(word("lost", { number: lost }));
    if (data.hash !== this.root.dataset.hash) notes.push(word("other-version"));
    state.here = walk.end;
    this.go(state, notes.join(CHINESE ? "" : " "));
  };

  /** Answers in the address: out of it at once, then opened. */
  function openCarried() {
    if (location.hash.indexOf(FRAGMENT) !== 0) return;
    var text = location.hash.slice(FRAGMENT.length);
    history.replaceState(history.state, "", location.href.split("#")[0]);
    try { text = text.length > LARGEST ? "" : atob(text.replace(/-/g, "+").replace(/_/g, "/")); } catch (error) { text = ""; }
    var data = parse(text);
    if (data) trees[0].receive(data);
    else portal.tell(word("link-wrong"), true);
  }

  var trees = portal.trees = Array.from(document.querySelectorAll(".tree"), function (root) { return new Tree(root); });
  window.addEventListener("hashchange", openCarried);
  openCarried();
})();
