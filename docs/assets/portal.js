/* Small help for pages that are complete without it: trees one step at a time, forms that print and clear.
   Nothing typed or chosen leaves this page: no request, no address, no title. The script follows the page's own links;
   it knows no rule of its own. */
(function () {
  "use strict";

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** One question at a time. The steps taken are links of the page, in order. */
  function Tree(root) {
    this.root = root;
    this.steps = [];
    this.path = element("div", "", "tree__path");
    this.path.setAttribute("aria-live", "polite");
    root.insertBefore(this.path, root.querySelector(".question"));
    root.classList.add("tree--live");
    root.addEventListener("click", this.onClick.bind(this));
    this.show(root.dataset.start, false);
  }

  Tree.prototype.onClick = function (event) {
    var link = event.target.closest("a[href^='#']");
    if (!link || !this.root.contains(link)) return;
    var target = link.getAttribute("href").slice(1);
    var goal = document.getElementById(target);
    if (!goal || !this.root.contains(goal)) return;
    event.preventDefault();
    if (link.classList.contains("answer")) {
      this.steps.push({ from: this.here, link: link });
    } else {
      this.steps = [];
    }
    this.show(target, true);
  };

  Tree.prototype.show = function (id, focus) {
    var here = document.getElementById(id);
    this.root.querySelectorAll(".is-here").forEach(function (old) { old.classList.remove("is-here"); });
    here.classList.add("is-here");
    this.here = id;
    this.list();
    if (focus) here.focus();
  };

  /** The answers so far, with a way back. */
  Tree.prototype.list = function () {
    var tree = this;
    this.path.textContent = "";
    this.path.hidden = !this.steps.length;
    if (!this.steps.length) return;
    this.path.append(element("b", this.root.dataset.path));
    var list = element("ol");
    this.steps.forEach(function (step) {
      var ask = document.getElementById(step.from + "-ask").textContent.trim();
      list.append(element("li", ask + " — " + step.link.querySelector(".answer__label").textContent));
    });
    var back = element("button", this.root.dataset.back);
    back.type = "button";
    back.addEventListener("click", function () { tree.show(tree.steps.pop().from, true); });
    var again = element("button", this.root.dataset.again);
    again.type = "button";
    again.addEventListener("click", function () { tree.steps = []; tree.show(tree.root.dataset.start, true); });
    this.path.append(list, back, again);
  };

  function openForm(root) {
    var paper = root.querySelector("form");
    paper.addEventListener("submit", function (event) { event.preventDefault(); });
    var print = root.querySelector("[data-print]");
    var clear = root.querySelector("[data-clear]");
    print.hidden = clear.hidden = false;
    print.addEventListener("click", function () { window.print(); });
    clear.addEventListener("click", function () { paper.reset(); });
  }

  document.querySelectorAll(".tree").forEach(function (root) { new Tree(root); });
  document.querySelectorAll(".form").forEach(openForm);
})();
