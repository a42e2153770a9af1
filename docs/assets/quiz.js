/* Quizzes: right or wrong at once, in words; the score at the end. Nothing is kept, nothing is sent.
   Classic script; it reads the page's own questions (`data-right`, `data-slip`) and knows no answer. */
(function () {
  "use strict";
  var portal = window.portal, element = portal.element;

  function word(key, values) { return portal.word("quiz", key, values); }

  function list(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }

  function live(root) {
    if (root.dataset.live) return; // several quizzes on a page bring this script several times
    root.dataset.live = "1";
    var quiz = list(root, "fieldset.quiz__question").map(ask);
    var state = element("p", "", "quiz__state"), again = portal.button(word("again"), clear);
    var foot = element("div", "", "quiz__foot");
    state.setAttribute("role", "status");
    foot.append(state, again);
    root.append(foot);
    show();

    /** One question; `first` says whether its first choice was right. The arrow keys only move the choice: it is judged
        by space, enter or on leaving, or nobody without a mouse could reach the third one. */
    function ask(field) {
      var one = { field: field, first: undefined, judged: null }, arrows = false;
      one.told = element("p", "", "quiz__told");
      one.told.setAttribute("role", "status");
      field.append(one.told);
      field.addEventListener("keydown", function (event) {
        arrows = event.key.indexOf("Arrow") === 0;
        if ((event.key === " " || event.key === "Enter") && chosen(field)) {
          window.setTimeout(function () { judge(one); });
        }
      });
      field.addEventListener("pointerdown", function () { arrows = false; });
      field.addEventListener("click", function (event) { if (!arrows && event.target.matches("input:checked")) judge(one); });
      field.addEventListener("change", function () {
        if (!arrows) return judge(one);
        mark(one, null);
        one.told.textContent = word("confirm");
      });
      field.addEventListener("focusout", function (event) {
        if (chosen(field) && !field.contains(event.relatedTarget) && document.hasFocus()) judge(one);
      });
      return one;
    }

    function chosen(field) { return field.querySelector("input:checked"); }

    function mark(one, input) {
      list(one.field, ".quiz__choice").forEach(function (label) {
        var own = input && label.contains(input);
        label.classList.toggle("is-right", Boolean(own && "right" in input.dataset));
        label.classList.toggle("is-wrong", Boolean(own && !("right" in input.dataset)));
      });
      one.judged = input;
    }

    function judge(one) {
      var input = chosen(one.field), right = input && "right" in input.dataset;
      if (!input || one.judged === input) return;
      mark(one, input);
      if (one.first === undefined) one.first = right;
      one.told.textContent = right ? word("right") :
        (input.dataset.slip ? word("wrong") + input.dataset.slip : word("wrong-route")) + word("next");
      show();
    }

    function show() {
      var done = quiz.filter(function (one) { return one.first !== undefined; });
      var right = done.filter(function (one) { return one.first; }).length;
      state.textContent = word(!done.length ? "begin" : done.length < quiz.length ? "progress" : "score", { all: quiz.length, done: done.length, right: right });
      again.hidden = !done.length;
    }

    function clear() {
      quiz.forEach(function (one) {
        list(one.field, "input").forEach(function (input) { input.checked = false; });
        one.first = undefined;
        one.told.textContent = "";
        mark(one, null);
      });
      list(root, "details").forEach(function (part) { part.open = false; });
      show();
      quiz[0].field.querySelector("input").focus();
    }

    // a browser that brings back what was chosen before would show choices that nobody judged
    window.addEventListener("pageshow", function () {
      quiz.forEach(function (one) { if (one.first === undefined) list(one.field, "input").forEach(function (input) { input.checked = false; }); });
    });
  }

  list(document, "[data-quiz]").forEach(live);
})();
