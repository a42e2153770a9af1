/* A checklist as a card: two columns on one A4 sheet, in the largest type that fits; on several sheets where none does.
   The card is made of the page's own text at the moment of printing and taken away afterwards. */
(function () {
  "use strict";
  var portal = window.portal, element = portal.element;
  var SIZES = [10.5, 10, 9.5, 9, 8.5, 8, 8.5, 8], LOOSE = 6;  // the last two with lines set closer

  function word(key, values) { return portal.word("card", key, values); }
  function plain(node) { return node ? node.textContent.trim().replace(/\s+/g, " ") : ""; }

  /** The parts of one checklist stand one after another: its head, then headings and phases up to this foot. */
  function phases(foot) {
    var found = [], node = document.getElementById("checklist-" + foot.dataset.card);
    for (; node && node !== foot; node = node.nextElementSibling) if (node.classList.contains("phase")) found.push(node);
    return found;
  }

  function row(item) {
    var label = item.querySelector("label"), tick = item.querySelector("input[type=checkbox]");
    var made = element("li", "", item.classList.contains("item--critical") ? "sheet__critical" : "");
    var text = plain(label).replace(/^\d+\.\s*/, "");
    made.append(element("span", tick && tick.checked ? "✓" : "", "sheet__box"), element("b", plain(label.querySelector(".item__number"))), " " + text + " ");
    if (made.className) made.append(element("b", word("critical"), "sheet__mark"), " ");
    made.append(element("span", plain(item.querySelector(".role")), "sheet__who"));
    var say = item.querySelector(".say"), limit = item.querySelector(".item__limit .deadline");
    if (limit) limit = limit.cloneNode(true);
    if (limit) limit.querySelectorAll(".mark").forEach(function (mark) { mark.textContent = word("mark", { mark: plain(mark) }); });
    if (say) made.append(element("p", plain(say), "sheet__say"));
    if (limit) made.append(element("p", plain(limit), "sheet__limit"));
    return made;
  }

  function card(foot) {
    var sheet = element("section", "", "sheet"), body = element("div", "", "sheet__body");
    var title = document.querySelector("#checklist-" + foot.dataset.card + " .checklist-head__title");
    var head = element("div", "", "sheet__head"), name = element("p", title.firstChild.textContent.trim(), "sheet__title");
    head.append(element("div"));
    head.firstChild.append(name, element("p", foot.dataset.mode, "sheet__mode"), element("p", plain(foot.querySelector(".card-foot__text")), "sheet__mode"));
    var code = foot.querySelector(".card-foot__code");
    if (code) head.append(code.cloneNode(true));
    phases(foot).forEach(function (phase) {
      var list = element("ol", "", "sheet__items"), pause = phase.querySelector(".pause");
      body.append(element("p", plain(phase.previousElementSibling), "sheet__phase"), list);
      phase.querySelectorAll("li.item").forEach(function (item) { list.append(row(item)); });
      if (pause) body.append(element("p", plain(pause), "sheet__pause"));
    });
    sheet.append(head, body);
    return sheet;
  }

  /** The largest type at which both columns fit on one sheet. Millimetres and points are the same on screen and paper. */
  function fit(sheet) {
    sheet.classList.add("sheet--one");
    var body = sheet.lastChild;
    for (var i = 0; i < SIZES.length; i += 1) {
      sheet.style.fontSize = SIZES[i] + "pt";
      sheet.classList.toggle("sheet--tight", i >= LOOSE);
      if (body.scrollWidth <= body.clientWidth + 1 && body.scrollHeight <= body.clientHeight + 1) return;
    }
    sheet.classList.remove("sheet--one", "sheet--tight");
    sheet.style.fontSize = "9pt";
  }

  function print(foot) {
    var old = document.querySelector(".sheet");
    if (old) old.remove();
    var sheet = card(foot);
    document.querySelector(".md-content__inner").append(sheet);
    fit(sheet);
    window.addEventListener("afterprint", function () { sheet.remove(); }, { once: true });
    portal.printOnly(sheet);
  }

  document.querySelectorAll(".card-foot").forEach(function (foot) {
    if (foot.querySelector("button")) return;
    foot.append(portal.button(word("print"), function () { print(foot); }));
  });
})();
