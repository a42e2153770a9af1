/* Forms: kept on the device if the reader turns it on (several copies), checked, printed, copied, saved as text or DOCX.
   The script knows no form: it reads labels, kinds and roles from the page. What was typed is only ever shown as text. */
(function () {
  "use strict";
  var portal = window.portal, element = portal.element, store = portal.store;
  if (portal.forms) return;
  portal.forms = [];
  var assets = document.currentScript.src.replace(/[^/]*$/, "");
  var LINE = "________________";

  function word(key, values) { return portal.word("form", key, values); }

  /** What a file can hold: no control characters, no halves of an emoji, one kind of line end. */
  function tidy(text) {
    return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, function (sign) { return sign[1] ? sign : "\ufffd"; });
  }

  function lines(text) { return text.split("\n").filter(function (line) { return line.trim(); }); }

  /** One field of the page. Choices are read as a list of what was chosen, everything else as text. */
  function Field(box) {
    var data = box.dataset;
    this.box = box;
    this.name = data.field;
    this.label = data.label;
    this.kind = data.kind;
    this.role = data.role;
    this.words = data.letter || data.label;
    this.lines = Number(data.lines) || 1;
    this.required = "required" in data;
    this.many = this.kind === "choice" || this.kind === "choices";
    this.inputs = Array.from(box.querySelectorAll("input, textarea"));
    this.formula = box.querySelector(".field__formula");
  }

  Field.prototype.read = function () {
    if (this.formula) return this.state === "done" ? this.result : "";
    if (!this.many) return this.inputs.length ? this.inputs[0].value : "";
    return this.inputs.filter(function (input) { return input.checked; }).map(function (input) { return input.value; });
  };

  /** What was stored may be anything: only what fits is taken. */
  Field.prototype.write = function (value) {
    if (this.many) {
      var chosen = Array.isArray(value) ? value : [];
      this.inputs.forEach(function (input) { input.checked = chosen.indexOf(input.value) >= 0; });
    } else if (this.inputs.length) {
      var text = typeof value === "string" ? value : "";
      var fits = { date: /^\d{4}-\d\d-\d\d$/, number: /^-?\d+(\.\d+)?$/ }[this.inputs[0].type];
      this.inputs[0].value = !fits || fits.test(text) ? text : "";
    }
  };

  Field.prototype.text = function () {
    var value = this.read();
    if (this.formula) return this.state === "waiting" ? "" : this.result;
    if (this.many) return value.join(word("comma"));
    return this.kind === "date" ? dayInWords(value) : tidy(value).trim();
  };

  /** ☑ 当面　☐ 来信 */
  Field.prototype.boxes = function (blank) {
    return this.inputs.map(function (input) { return (input.checked && !blank ? "☑ " : "☐ ") + input.value; }).join("　");
  };

  /** Work out a ratio: `state` waiting, wrong or done, `result` in words. 99.96 is never shown as all of it. */
  Field.prototype.reckon = function () {
    var pair = [this.part, this.whole], some = Number(this.part.read()), all = Number(this.whole.read());
    var share = Math.round(some * 1000 / all) / 10, least = Number(this.box.dataset.least) || 0;
    var empty = pair.filter(function (field) { return !field.read() && !field.unread(); });
    var odd = pair.filter(function (field) { return field.unread() || Number(field.read()) < 0; })[0];
    var values = { part: this.part.label, whole: this.whole.label, some: some, all: all, least: least };
    var key = "ratio";
    if (odd) {
      key = odd.unread() ? "ratio-unread" : "ratio-negative";
      values.field = odd.label;
    } else if (empty.length) {
      key = empty[1] ? "ratio-empty-both" : "ratio-empty";
      values.field = empty[0].label;
    } else if (some > all) key = "ratio-over";
    else if (!all) key = "ratio-zero";
    else if (all < least) key = "ratio-few";
    values.share = some < all && share > 99.9 ? word("ratio-nearly") : some && share < 0.1 ? word("ratio-hardly") : share.toFixed(1) + "%";
    this.state = odd || key === "ratio-over" ? "wrong" : /empty|zero/.test(key) ? "waiting" : "done";
    this.result = word(key, values);
    this.box.dataset.state = this.state;
    this.shown.textContent = this.result;
  };

  /** Something stands in a number field that the browser cannot read as a number. */
  Field.prototype.unread = function () { return this.inputs[0].validity.badInput; };

  function dayInWords(value) {
    var parts = value.split("-");
    if (parts.length !== 3) return "";
    return word("year-month-day", { year: Number(parts[0]), month: Number(parts[1]), day: Number(parts[2]) });
  }

  function Form(root) {
    this.root = root;
    this.id = root.dataset.form;
    this.paper = root.querySelector("form");
    this.title = this.paper.querySelector(".paper__title").textContent;
    this.fields = Array.from(this.paper.querySelectorAll("[data-field]")).map(function (box) { return new Field(box); });
    this.kept = 0;
    this.failed = false;
    this.ratios();
    this.actions();
    this.keeping();
    this.paper.addEventListener("submit", function (event) { event.preventDefault(); });
    this.paper.addEventListener("input", this.changed.bind(this));
    this.blanks();
    this.start();
  }

  Form.prototype.values = function () {
    var values = {};
    this.fields.forEach(function (field) { if (field.inputs.length || field.formula) values[field.name] = field.read(); });
    return values;
  };

  Form.prototype.fill = function (values, without) {
    this.fields.forEach(function (field) {
      if (!without || !field.box.contains(without)) field.write(values[field.name]);
    });
    this.blanks();
    this.reckon(true);
    this.paper.dispatchEvent(new Event("filled"));
  };

  Form.prototype.filled = function () { return this.fields.some(function (field) { return field.read().length > 0; }); };

  /** An empty date prints as a line, not as year/month/day. */
  Form.prototype.blanks = function () {
    this.paper.querySelectorAll("input[type=date]").forEach(function (day) { day.classList.toggle("is-empty", !day.value); });
  };

  Form.prototype.changed = function (event) {
    var wrong = event.target.closest(".is-missing");
    if (wrong) mark(wrong, false);
    this.blanks();
    this.reckon();
    this.later();
  };

  /** Fields that are worked out know the two they are made of; one quiet region tells of all of them. */
  Form.prototype.ratios = function () {
    var by = {}, self = this;
    this.fields.forEach(function (field) { by[field.name] = field; });
    this.worked = this.fields.filter(function (field) { return field.formula; });
    this.worked.forEach(function (field) {
      field.part = by[field.box.dataset.part];
      field.whole = by[field.box.dataset.whole];
      field.shown = element("span", "", "field__result");
      field.formula.after(" ", field.shown);
    });
    if (!this.worked.length) return;
    this.told = element("p", "", "form__told");
    this.told.setAttribute("role", "status");
    this.paper.append(this.told);
    this.tellLater = later(function () { self.tell(); }, 1200);
    this.reckon(true);
  };

  /** Show what the numbers give; it is told when typing pauses, unless `quietly` filled in. */
  Form.prototype.reckon = function (quietly) {
    if (!this.worked.length) return;
    this.worked.forEach(function (field) {
      field.reckon();
      if (quietly) field.told = field.result;
    });
    if (!quietly) this.tellLater();
  };

  Form.prototype.tell = function () {
    var news = this.worked.filter(function (field) { return field.told !== field.result && field.state !== "waiting"; });
    this.worked.forEach(function (field) { field.told = field.result; });
    if (news.length) this.told.textContent = news.map(function (field) { return field.label + word("colon") + field.result; }).join("\n");
  };

  function mark(box, missing) {
    box.classList.toggle("is-missing", missing);
    box.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea").forEach(function (input) {
      if (missing) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    });
  }

  /* ---- kept on the device: one entry a copy, "form:<form>:<number>" ---- */

  Form.prototype.key = function (number) { return "form:" + this.id + ":" + (number || ""); };

  /** The copies on this device; what is not one of ours is left alone and not shown. */
  Form.prototype.copies = function () {
    var start = this.key();
    return store.keys(start).map(function (key) {
      var record = store.read(key), number = Number(key.slice(start.length));
      if (!(number > 0) || !record || typeof record.values !== "object" || !record.values) return null;
      return { number: number, name: String(record.name || ""), at: Number(record.at) || 0, values: record.values };
    }).filter(Boolean).sort(function (one, other) { return one.number - other.number; });
  };

  Form.prototype.keeping = function () {
    var bar = element("div", "", "form__bar"), label = element("label", "", "form__switch"), self = this;
    this.switch = element("input");
    this.switch.type = "checkbox";
    this.switch.addEventListener("change", function () { self.keep(self.switch.checked); });
    label.append(this.switch, element("span", word("keep")));
    this.state = element("p", "", "form__state");
    this.state.setAttribute("role", "status");
    this.name = element("input");
    this.name.maxLength = 40;
    this.name.autocomplete = "off";
    this.name.addEventListener("input", function () { self.later(); });
    this.pick = element("select");
    this.pick.addEventListener("change", function () { self.open(Number(self.pick.value)); });
    this.nameLabel = labelled(word("copy-name"), this.name);
    this.pickLabel = labelled("", this.pick);
    this.more = element("div", "", "form__copies");
    this.again = portal.button(word("new"), this.another.bind(this));
    this.more.append(this.nameLabel, this.pickLabel, this.again, portal.button(word("delete-all"), this.removeAll.bind(this)));
    bar.append(label, this.state, this.more);
    this.root.insertBefore(bar, this.paper);
    this.later = later(this.save.bind(this));
    window.addEventListener("pagehide", this.save.bind(this));
    store.watch(this.key(), this.elsewhere.bind(this));
  };

  function labelled(text, input) {
    var label = element("label", "", "form__label");
    label.append(element("span", text), input);
    return label;
  }

  /** `act` once typing pauses. */
  function later(act, pause) {
    var timer;
    return function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(act, pause || 400);
    };
  }

  Form.prototype.say = function (text, wrong) {
    this.state.classList.toggle("form__state--wrong", Boolean(wrong));
    this.state.textContent = text;
  };

  /** Show switch, name and list as they are. */
  Form.prototype.show = function () {
    var copies = this.copies(), kept = this.kept, pick = this.pick;
    this.switch.checked = kept > 0;
    this.more.hidden = !copies.length && !kept;
    this.nameLabel.hidden = !kept;
    this.pickLabel.firstChild.textContent = word("copies", { number: copies.length });
    this.pickLabel.hidden = copies.length < (kept ? 2 : 1);
    pick.textContent = "";
    if (!kept) pick.append(element("option"));
    copies.forEach(function (copy) {
      var here = copy.number === kept;
      var option = element("option", (copy.name || word("copies-unnamed")) + (here ? word("copies-here") : ""));
      option.value = copy.number;
      option.selected = here;
      pick.append(option);
    });
  };

  Form.prototype.start = function () {
    var latest = this.copies().sort(function (one, other) { return other.at - one.at; })[0];
    if (latest) this.open(latest.number, true);
    else {
      this.say(word("not-kept"));
      this.show();
    }
  };

  Form.prototype.keep = function (on) {
    if (on) this.found();
    else {
      store.remove(this.key(this.kept));
      this.kept = 0;
      this.say(word("removed"));
      this.show();
    }
  };

  /** A new entry for what stands on the page. */
  Form.prototype.found = function () {
    var last = this.copies().pop();
    this.kept = (last ? last.number : 0) + 1;
    this.name.value = word("copy-number", { number: this.kept });
    this.failed = false;
    this.save();
    this.show();
  };

  Form.prototype.save = function () {
    if (!this.kept) return;
    var key = this.key(this.kept), old = store.read(key), record = { name: this.name.value, at: Date.now() };
    record.values = Object.assign({}, old && old.values, this.values()); // fields that the form no longer has stay
    if (old && JSON.stringify([old.name, old.values]) === JSON.stringify([record.name, record.values])) return;
    this.failed = !store.write(key, record, this.failed);
    if (this.failed) return this.say(word("not-stored"), true);
    this.say(word("kept", { time: new Date().toTimeString().slice(0, 5) }));
    if (!old || old.name !== record.name) this.show();
  };

  /** May what stands on the page give way? What is kept is saved first. */
  Form.prototype.leave = function () {
    if (!this.kept || this.failed) return !this.filled() || window.confirm(word("lose"));
    this.save();
    return !this.failed || window.confirm(word("lose"));
  };

  Form.prototype.open = function (number, quietly) {
    var copy = this.copies().filter(function (one) { return one.number === number; })[0];
    if (copy && (quietly || this.leave())) {
      this.kept = number;
      this.name.value = copy.name;
      this.fill(copy.values);
      this.say(word("kept", { time: new Date(copy.at).toTimeString().slice(0, 5) }));
    }
    this.show();
  };

  Form.prototype.another = function () {
    if (!this.leave()) return;
    this.fill({});
    this.found();
    this.name.focus();
    this.name.select();
  };

  /** Another tab wrote: the same copy follows, but for the field in which somebody is writing here. */
  Form.prototype.elsewhere = function (key, record) {
    if (this.kept && key === this.key(this.kept)) {
      if (record && record.values) this.fill(record.values, document.activeElement);
      else {
        this.kept = 0;
        this.say(word("removed"));
      }
    }
    this.show();
  };

  /** Fields and the kept copy are gone; one tap brings them back as long as the page is open. */
  Form.prototype.clear = function () {
    var values = this.values(), name = this.name.value, kept = this.kept, self = this;
    if (kept) store.remove(this.key(kept));
    this.kept = 0;
    this.fill({});
    this.problems.hidden = true;
    this.fields.forEach(function (field) { mark(field.box, false); });
    this.show();
    this.say("");
    portal.tell(word("cleared"), false, portal.button(word("undo"), function (event) {
      event.currentTarget.closest(".portal-note").remove();
      self.fill(values);
      if (kept) {
        self.found();
        self.name.value = name;
        self.save();
      } else self.say(word("not-kept"));
      self.show();
      self.switch.focus();
    }));
  };

  Form.prototype.removeAll = function () {
    var copies = this.copies(), self = this;
    if (!window.confirm(word("delete-all-sure", { title: this.title, number: copies.length }))) return;
    copies.forEach(function (copy) { store.remove(self.key(copy.number)); });
    this.kept = 0;
    this.fill({});
    this.say(word("cleared"));
    this.show();
    this.switch.focus();
  };

  /* ---- checked on the device ---- */

  function found(text) {
    var plain = text.normalize("NFKC"), digits = plain.replace(/(\d)[ -](?=\d)/g, "$1");
    if (/(^|\D)[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/.test(digits)) return "found-id";
    if (/(^|\D)[3-9]\d{15,18}(?!\d)/.test(digits)) return "found-card";
    return /(^|\D)(86)?1[3-9]\d{9}(?!\d)/.test(digits) ? "found-phone" : "";
  }

  /** What should be looked at again: `{field, text}`. Scripts of special forms add their own. */
  Form.prototype.doubts = function () {
    var letter = this.root.classList.contains("form--letter");
    return this.fields.map(function (field) {
      if (field.state === "wrong") return { field: field.part, text: field.label + word("colon") + field.result };
      var what = field.many || field.kind === "phone" ? "" : found(field.text());
      if (!what || (what === "found-phone" && !letter)) return null;
      return { field: field, text: word(what, { label: field.label }) };
    }).filter(Boolean);
  };

  Form.prototype.missing = function () {
    return this.fields.filter(function (field) { return field.required && field.inputs.length && !field.text(); });
  };

  /** Tell what is missing and what is doubtful, each with a way to it. */
  Form.prototype.check = function () {
    var box = this.problems, self = this, missing = this.missing(), doubts = this.doubts();
    var sign = this.fields.filter(function (field) { return field.required && field.kind === "signature"; });
    this.fields.forEach(function (field) { mark(field.box, missing.indexOf(field) >= 0); });
    function part(title, entries, className) {
      if (!entries.length) return;
      var list = element("ul");
      entries.forEach(function (entry) { list.append(entry); });
      box.append(element("p", title, className), list);
    }
    box.textContent = "";
    box.hidden = false;
    if (!missing.length) box.append(element("p", word("complete"), "form__fine"));
    part(word("missing", { number: missing.length }), missing.map(function (field) { return self.way(field, field.label); }), "form__wrong");
    part(word("noticed"), doubts.map(function (doubt) { return self.way(doubt.field, doubt.text); }), "form__wrong");
    part(word("to-sign"), sign.map(function (field) { return element("li", field.label); }), "form__fine");
  };

  /** A line that leads to a field. */
  Form.prototype.way = function (field, text) {
    var row = element("li"), self = this;
    var link = element("a", text);
    link.href = "#" + this.root.id;
    link.addEventListener("click", function (event) {
      event.preventDefault();
      self.reach(field);
    });
    row.append(link);
    return row;
  };

  Form.prototype.reach = function (field) {
    field.inputs[0].focus({ preventScroll: true });
    field.box.scrollIntoView({ block: "center" });
  };

  /* ---- out of the page: blocks → paper, text, DOCX ---- */

  /** The form as a list of blocks; `blank` without what was filled in. */
  Form.prototype.blocks = function (blank) {
    var blocks = [{ is: "title", text: this.title }];
    var fields = this.fields;
    this.paper.querySelectorAll(".part").forEach(function (part) {
      var fixed = part.querySelector(".paper__text");
      blocks.push({ is: "heading", text: part.querySelector("legend").textContent });
      if (fixed) blocks.push({ is: "text", text: fixed.textContent.trim() });
      fields.forEach(function (field) {
        if (!part.contains(field.box)) return;
        var block = { is: "field", label: field.label, text: blank ? "" : field.text(), lines: field.lines };
        if (field.kind === "signature") block.is = "sign";
        else if (field.many) block.options = field.boxes(blank);
        else if (field.formula && !block.text) block.label += " " + field.formula.textContent;
        blocks.push(block);
      });
    });
    return blocks;
  };

  /** How a block reads as plain text. */
  var plain = {
    title: function (block) { return block.text + "\n"; },
    heading: function (block) { return "\n" + block.text; },
    text: function (block) { return lines(block.text).map(function (line) { return "　　" + line.trim(); }).join("\n"); },
    field: function (block) {
      if (block.options) return block.label + word("colon") + block.options;
      var many = block.lines > 1 || block.text.indexOf("\n") >= 0;
      return block.label + word("colon") + (many && block.text ? "\n" : "") + (block.text || LINE);
    },
    sign: function (block) { return block.label + word("colon") + LINE; },
    to: function (block) { return block.text + word("colon") + "\n"; },
    item: function (block) { return "　　" + block.text; },
    right: function (block) { return (block.apart ? "\n" : "") + "　　　　　　　　　　　　" + block.text; }
  };

  function asText(blocks) { return blocks.map(function (block) { return plain[block.is](block); }).join("\n") + "\n"; }

  Form.prototype.file = function (end) {
    return this.title.replace(/[\\/:*?"<>|\s]+/g, "") + "-" + portal.day(new Date()) + end;
  };

  Form.prototype.copy = function (blocks) {
    var text = asText(blocks);
    var tell = function (done) { portal.tell(word(done ? "copied" : "copy-failed"), !done); };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { tell(true); }, function () { tell(copyOld(text)); });
    } else tell(copyOld(text));
  };

  /** For browsers and addresses (http inside an office) without the clipboard interface. */
  function copyOld(text) {
    var area = element("textarea"), here = document.activeElement, done = false;
    area.value = text;
    area.className = "form__clip";
    document.body.append(area);
    area.select();
    try { done = document.execCommand("copy"); } catch (error) { /* told by the caller */ }
    area.remove();
    if (here) here.focus({ preventScroll: true });
    return done;
  }

  /** With a mark of UTF-8 and Windows line ends: old office machines read it too. */
  Form.prototype.txt = function (blocks) {
    portal.save(this.file(".txt"), "text/plain;charset=utf-8", "\ufeff" + asText(blocks).replace(/\n/g, "\r\n"));
  };

  /** The library comes only when somebody asks for a DOCX. */
  Form.prototype.docx = function (blocks, end) {
    var self = this;
    portal.tell(word("docx-making"));
    return load("vendor/docx/docx.iife.min.js").then(function () { return load("form-docx.js"); })
      .then(function () { return portal.formDocx(blocks, self.title, word("colon")); })
      .then(function (blob) {
        portal.save(self.file(end || ".docx"), blob.type, blob);
        portal.tell(word("docx-done"));
      }).catch(function () { portal.tell(word("docx-failed"), true); });
  };

  var loaded = {};
  function load(name) {
    loaded[name] = loaded[name] || new Promise(function (resolve, reject) {
      var script = element("script");
      script.src = assets + name;
      script.onload = resolve;
      script.onerror = function () {
        delete loaded[name];
        reject(new Error(name));
      };
      document.head.append(script);
    });
    return loaded[name];
  }

  Form.prototype.actions = function () {
    var self = this, row = this.root.querySelector(".form__actions");
    var print = row.querySelector("[data-print]"), clear = row.querySelector("[data-clear]");
    print.hidden = clear.hidden = false;
    print.addEventListener("click", function () { portal.printOnly(self.root); });
    clear.addEventListener("click", this.clear.bind(this));
    this.problems = element("div", "", "form__problems");
    this.problems.tabIndex = -1;
    this.problems.hidden = true;
    this.root.insertBefore(this.problems, row);
    row.prepend(portal.button(word("check"), function () {
      self.check();
      self.problems.focus();
    }), " ");
    row.insertBefore(this.outputs(function () { return self.blocks(); }), clear);
    row.insertBefore(portal.button(word("docx-blank"), function () { self.docx(self.blocks(true)); }), clear);
  };

  /** The buttons that take `blocks()` out of the page. */
  Form.prototype.outputs = function (blocks) {
    var self = this, group = document.createDocumentFragment();
    [["docx", this.docx], ["txt", this.txt], ["copy", this.copy]].forEach(function (pair) {
      group.append(portal.button(word(pair[0]), function () { pair[1].call(self, blocks()); }), " ");
    });
    return group;
  };

  /* On paper a field shows all that was written, not only what fits into its box. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".paper :is(input:not([type=radio], [type=checkbox], [type=date]), textarea)").forEach(function (input) {
      if (input.value && !input.classList.contains("is-written")) {
        input.classList.add("is-written");
        input.after(element("div", tidy(input.value), "written"));
      }
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll(".written").forEach(function (copy) { copy.remove(); });
    document.querySelectorAll(".is-written").forEach(function (input) { input.classList.remove("is-written"); });
  });

  portal.formWord = word;
  portal.formLines = lines;
  document.querySelectorAll(".form").forEach(function (root) { portal.forms.push(new Form(root)); });
})();
