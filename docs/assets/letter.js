/* The letter builder: a form of which fields have roles (to, name, facts …), one section at a time, seen as a letter.
   It only arranges what was typed; it judges nothing but counts and patterns, and on the device. */
(function () {
  "use strict";
  var portal = window.portal, element = portal.element, word = portal.formWord;
  var BLANK = "________";

  function Letter(form) {
    this.form = form;
    this.root = form.root;
    this.parts = Array.from(form.paper.querySelectorAll(".part"));
    this.here = 0;
    this.guided = true;
    this.by = {};
    form.fields.forEach(function (field) { if (field.role) this.by[field.role] = field; }, this);
    this.steps();
    this.sheet();
    this.organ();
    this.extend();
    this.show(false);
  }

  /** Progress above, ways on below. */
  Letter.prototype.steps = function () {
    var form = this.form;
    this.progress = element("progress");
    this.progress.max = this.parts.length + 1;
    this.step = element("p", "", "form__step");
    this.step.tabIndex = -1;
    this.mode = portal.button("", this.toggle.bind(this));
    var head = element("div", "", "form__steps");
    head.append(this.step, this.progress, this.mode);
    this.root.insertBefore(head, form.paper);
    this.back = portal.button(word("previous"), this.go.bind(this, -1));
    this.on = portal.button(word("next"), this.go.bind(this, 1), "md-button form__main");
    var ways = element("div", "", "form__ways");
    ways.append(this.back, this.on);
    form.paper.after(ways);
    this.ways = ways;
  };

  /** The letter itself and what can be done with it. */
  Letter.prototype.sheet = function () {
    var form = this.form, self = this;
    this.letter = element("section", "", "letter");
    this.letter.setAttribute("aria-label", word("letter-label"));
    this.letter.tabIndex = -1;
    this.out = element("p", "", "form__actions letter__actions");
    this.out.append(element("span", word("as-letter"), "form__as"), portal.button(word("letter-print"), this.print.bind(this), "md-button form__main"), " ",
      form.outputs(function () { return self.blocks(); }), form.root.querySelector("[data-clear]").cloneNode(true));
    this.out.lastChild.addEventListener("click", function () {
      form.clear();
      self.here = 0;
      self.show(false);
      form.switch.focus();
    });
    this.ways.before(form.problems, this.letter, this.out);
    form.root.querySelector(".form__actions:not(.letter__actions)").prepend(element("span", word("as-form"), "form__as"));
  };

  /** Whoever does not know to whom it goes may send it to this office. */
  Letter.prototype.organ = function () {
    var to = this.by.to, name = this.root.dataset.organ;
    if (!to || !name) return;
    to.inputs[0].after(portal.button(word("fill-organ", { name: name }), function () {
      to.write(name);
      to.inputs[0].dispatchEvent(new Event("input", { bubbles: true }));
      to.inputs[0].focus();
    }, "md-button form__fill"));
  };

  /** The form's own check learns what is wrong with a letter, and how to get to a hidden section. */
  Letter.prototype.extend = function () {
    var form = this.form, self = this, doubts = form.doubts, reach = form.reach;
    form.doubts = function () { return self.doubts().concat(doubts.call(form)); };
    form.reach = function (field) {
      if (self.guided) {
        self.here = self.parts.indexOf(field.box.closest(".part"));
        self.show(false);
      }
      reach.call(form, field);
    };
    function follow() { if (!self.letter.hidden) self.draw(); }
    form.paper.addEventListener("input", follow);
    form.paper.addEventListener("filled", follow);
  };

  Letter.prototype.text = function (role) { return this.by[role] ? this.by[role].text() : ""; };

  /** Who is listed as a representative: one a line, numbers before the names taken off. */
  Letter.prototype.people = function () {
    return this.text("representatives").split(/[\n、；;]/).filter(function (name) { return name.replace(/[\s\d.．)）]/g, ""); });
  };

  Letter.prototype.doubts = function () {
    var found = [], people = this.people().length;
    if (!this.text("name") || !this.text("address")) {
      found.push({ field: this.text("name") ? this.by.address : this.by.name, text: word("nobody-to-answer") });
    }
    if (people > 5) found.push({ field: this.by.representatives, text: word("too-many", { number: people }) });
    return found;
  };

  /** Salutation, who writes, section by section, what is attached, signature and day. */
  Letter.prototype.blocks = function () {
    var self = this, phone = this.text("phone"), number = 0;
    var blocks = [{ is: "to", text: this.text("to") || word("letter-to-unknown") }];
    var who = word("letter-i-am", { name: this.text("name") || BLANK, address: this.text("address") || BLANK });
    blocks.push({ is: "text", text: who + (phone ? word("letter-phone", { phone: phone }) : "") });
    this.parts.forEach(function (part) {
      var inside = self.inside(part), attached = self.by.attachments;
      if (!inside.length || (attached && part.contains(attached.box))) return;
      if (part.dataset.letter) {
        number += 1;
        inside.unshift({ is: "heading", text: "一二三四五六七八九十"[number - 1] + word("comma") + part.dataset.letter });
      }
      blocks = blocks.concat(inside);
    });
    return blocks.concat(this.end());
  };

  /** What a section brings into the letter: text with a part in it as it stands, the rest with its words before it. */
  Letter.prototype.inside = function (part) {
    var found = [];
    this.form.fields.forEach(function (field) {
      var text = field.text();
      if (!part.contains(field.box) || /^(to|name|address|phone|attachments|sign|day)$/.test(field.role)) return;
      if (/^(requests|facts|reasons)$/.test(field.role)) found.push({ is: "text", text: text || BLANK });
      else if (text) {
        if (field.role === "representatives") text = portal.formLines(text).join(word("comma"));
        found.push({ is: "text", text: field.words + word("colon") + (text.indexOf("\n") < 0 ? "" : "\n") + text });
      }
    });
    var fixed = part.querySelector(".paper__text");
    if (fixed) found.push({ is: "text", text: fixed.textContent.trim() });
    return found;
  };

  Letter.prototype.end = function () {
    var papers = portal.formLines(this.text("attachments")), end = [], attached = this.by.attachments;
    papers.forEach(function (paper, place) {
      var name = paper.trim().replace(/^\d+\s*[.．、)）]\s*/, "");
      end.push({ is: "item", text: (place ? "　　　" : word("letter-attachments")) + (place + 1) + ". " + name });
    });
    if (attached) end = end.concat(this.inside(attached.box.closest(".part")));
    return end.concat({ is: "right", text: word("letter-sign") + BLANK, apart: true }, { is: "right", text: this.text("day") || BLANK });
  };

  Letter.prototype.draw = function () {
    var letter = this.letter;
    letter.textContent = "";
    this.blocks().forEach(function (block) {
      var rows = block.is === "text" ? portal.formLines(block.text) : [block.text + (block.is === "to" ? word("colon") : "")];
      rows.forEach(function (row) { letter.append(element("p", row, "letter__" + block.is)); });
    });
  };

  Letter.prototype.print = function () {
    var root = this.root;
    root.classList.add("prints-letter");
    window.addEventListener("afterprint", function () { root.classList.remove("prints-letter"); }, { once: true });
    this.draw();
    portal.printOnly(root);
  };

  Letter.prototype.toggle = function () {
    this.guided = !this.guided;
    this.show(false);
    this.mode.focus();
  };

  Letter.prototype.go = function (by) {
    this.here = this.guided ? Math.max(0, Math.min(this.parts.length, this.here + by)) : this.parts.length;
    this.show(true);
  };

  /** Show where the reader is; the letter is drawn when it is to be seen. */
  Letter.prototype.show = function (focus) {
    var last = this.parts.length, at = this.here, guided = this.guided, seen = at === last;
    this.root.classList.toggle("form--guided", guided);
    this.parts.forEach(function (part, place) { part.classList.toggle("is-here", place === at); });
    var title = seen ? word("step-preview") : this.parts[at].querySelector("legend").textContent;
    this.step.textContent = word("step", { number: at + 1, all: last + 1, title: title });
    this.progress.value = at + 1;
    this.progress.setAttribute("aria-label", this.step.textContent);
    this.step.hidden = this.progress.hidden = !guided;
    this.mode.textContent = word(guided ? "all-at-once" : "step-by-step");
    this.form.paper.classList.toggle("is-away", guided && seen);
    this.letter.hidden = this.out.hidden = !seen;
    this.back.hidden = !guided || at === 0;
    this.on.hidden = seen;
    this.on.textContent = word(guided && at < last - 1 ? "next" : "show-letter");
    if (seen) {
      this.draw();
      this.form.check();
    } else this.form.problems.hidden = true;
    if (focus) this.arrive(seen);
  };

  Letter.prototype.arrive = function (seen) {
    var goal = this.guided ? this.step : seen ? this.form.problems : this.step;
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "start" });
  };

  portal.forms.forEach(function (form) {
    if (form.root.classList.contains("form--letter") && !form.letter) form.letter = new Letter(form);
  });
})();
