/* Small help for pages that are complete without it: trees one step at a time, forms that print and clear.
   Nothing typed or chosen leaves this page: no request, no address, no title. The script follows the page's own links;
   it knows no rule of its own. */
(function () {
  "use strict";

  var element = window.portal.element;

  /** One question at a time. `steps` are the answers so far: which section, which of its answers.
      They are kept in the browser's own history entry (never in the address), so that Back goes one answer back
      and coming back from another page finds them again. */
  function Tree(root) {
    this.root = root;
    this.path = element("div", "", "tree__path");
    this.path.setAttribute("aria-live", "polite");
    root.insertBefore(this.path, root.querySelector(".question"));
    root.classList.add("tree--live");
    root.addEventListener("click", this.onClick.bind(this));
    window.addEventListener("popstate", this.restore.bind(this, true));
    window.addEventListener("hashchange", this.restore.bind(this, true));
    this.restore(false);
  }

  /** Where to stand: what this history entry remembers, the section the address names, or the start. */
  Tree.prototype.restore = function (focus) {
    var kept = history.state && history.state[this.root.id];
    if (kept && document.getElementById(kept.here)) {
      this.show(kept.here, kept.steps, focus);
      return;
    }
    var named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var section = named && this.root.contains(named) && named.closest(".question, .outcome");
    this.show(section ? section.id : this.root.dataset.start, [], Boolean(section));
  };

  Tree.prototype.onClick = function (event) {
    var link = event.target.closest("a[href^='#']");
    var goal = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!goal || !goal.matches(".question, .outcome") || !this.root.contains(goal)) return;
    event.preventDefault();
    var chosen = link.classList.contains("answer");
    this.go(goal.id, chosen ? this.steps.concat({ from: this.here, answer: link.dataset.answer }) : []);
  };

  Tree.prototype.go = function (here, steps) {
    var state = Object.assign({}, history.state);
    state[this.root.id] = { here: here, steps: steps };
    history.pushState(state, "");
    this.show(here, steps, true);
  };

  Tree.prototype.show = function (id, steps, focus) {
    var here = document.getElementById(id);
    this.root.querySelectorAll(".is-here").forEach(function (old) { old.classList.remove("is-here"); });
    here.classList.add("is-here");
    this.here = id;
    this.steps = steps;
    this.list();
    if (!focus) return;
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: "start" });
  };

  /** The answers so far, with a way back. */
  Tree.prototype.list = function () {
    this.path.textContent = "";
    this.path.hidden = !this.steps.length;
    if (!this.steps.length) return;
    var list = element("ol");
    this.steps.forEach(function (step) {
      var ask = document.getElementById(step.from + "-ask").textContent.trim();
      var answer = document.getElementById(step.from).querySelector(".answer[data-answer='" + step.answer + "'] .answer__label");
      list.append(element("li", ask + " — " + answer.textContent));
    });
    var back = this.button(this.root.dataset.back, function () { history.back(); });
    var again = this.button(this.root.dataset.again, this.go.bind(this, this.root.dataset.start, []));
    this.path.append(element("b", this.root.dataset.path), list, back, again);
  };

  Tree.prototype.button = function (text, act) { return window.portal.button(text, act, ""); };

  function openForm(root) {
    var paper = root.querySelector("form");
    paper.addEventListener("submit", function (event) { event.preventDefault(); });
    var print = root.querySelector("[data-print]");
    var clear = root.querySelector("[data-clear]");
    print.hidden = clear.hidden = false;
    print.addEventListener("click", function () { window.portal.printOnly(root); });
    clear.addEventListener("click", function () { paper.reset(); blanks(); });
    function blanks() {
      paper.querySelectorAll("input[type=date]").forEach(function (day) { day.classList.toggle("is-empty", !day.value); });
    }
    paper.addEventListener("input", blanks);
    blanks();
  }

  document.querySelectorAll(".tree").forEach(function (root) { new Tree(root); });
  document.querySelectorAll(".form").forEach(openForm);
})();
