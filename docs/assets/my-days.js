/* The page that reckons days: choose what happened and when, see every last day, keep matters on this device.
   Words about a limit are copied from the page's own table; only days are counted here. */
(function () {
  "use strict";
  var portal = window.portal, element = portal.element, button = portal.button, store = portal.store;
  var reckon = portal.deadline, host = document.getElementById("my-days");
  var NEAR = 7, NAMED = 3, LONGEST_NAME = 40, KEEP = "deadline:";
  var ROWS = { what: 0, who: 1, length: 3, missed: 5, article: 6 };
  if (!host || !reckon) return;

  function word(key, values) { return portal.word("deadline", key, values); }

  function pair(name, text) { return word("pair", { name: name, text: text }); }

  function add(parent) {
    Array.prototype.slice.call(arguments, 1).forEach(function (child) { if (child) parent.append(child); });
    return parent;
  }

  /** One line of text: no control signs, no more than a name needs. */
  function tidy(text) {
    var line = String(text).slice(0, 400).replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ").trim();
    return Array.from(line).slice(0, LONGEST_NAME).join("");
  }

  function long(day) {
    var parts = day.split("-").map(Number);
    var weekday = word("weekdays").charAt((reckon.dayNumber(day) + 4) % 7);
    return word("day", { year: parts[0], month: parts[1], day: parts[2], weekday: weekday });
  }

  function time(day) {
    var made = element("time", long(day));
    made.dateTime = day;
    return made;
  }

  /** Whole days from today, by the device's calendar. */
  function away(day) { return reckon.dayNumber(day) - reckon.dayNumber(portal.day(new Date())); }

  function state(day) {
    var left = away(day);
    var name = left < 0 ? "past" : left === 0 ? "today" : left <= NEAR ? "near" : "ahead";
    return { name: name, text: word("state-" + name, { number: Math.abs(left) }) };
  }

  /* What one may choose from: the sections of the page itself. */

  var choices = Array.from(document.querySelectorAll(".start")).map(function (section) {
    var law = section.closest(".starts__law");
    var rows = Array.from(section.querySelectorAll("tr[data-limit]"));
    var titles = rows.map(function (row) { return row.cells[0].querySelector("a").textContent; });
    return {
      id: law.dataset.regulation + "." + section.dataset.event,
      law: law.dataset.title,
      often: Number(section.dataset.often || 0),
      title: section.querySelector("h3").textContent,
      rows: rows,
      titles: titles,
      words: (law.dataset.title + section.textContent).toLowerCase()
    };
  });

  function choiceOf(id) { return choices.filter(function (choice) { return choice.id === id; })[0]; }

  /* The form. */

  var form = element("form", "", "days__form");
  var search = element("input"), found = element("p", "", "days__found"), list = element("div", "", "days__events");
  var dayField = element("input"), wrong = element("p", "", "days__wrong");
  var shortcut = button("", function () { kept.querySelector("h2").focus(); }, "md-button days__shortcut");
  var result = element("section", "", "days__result"), kept = element("section", "", "days__kept");

  /** What the limits are for comes first: nobody in need knows them by the event they run from. */
  function shortened(titles) {
    return titles.slice(0, NAMED).join("；") + (titles.length > NAMED ? word("more-titles", { number: titles.length }) : "");
  }

  function option(choice) {
    var label = element("label", "", "days__event"), radio = element("input"), text = element("span");
    radio.type = "radio";
    radio.name = "event";
    radio.value = choice.id;
    var law = choice.often ? word("of-law", { law: choice.law }) + " " : "";
    add(text, element("b", shortened(choice.titles)), element("small", law + word("of-event", { event: choice.title })));
    choice.label = label;
    choice.radio = radio;
    return add(label, radio, text);
  }

  function group(title, inside, level) {
    var details = element("details", "", level);
    return add(details, element("summary", title), inside);
  }

  var others = element("div"), laws = [];
  function fillList() {
    var often = choices.filter(function (choice) { return choice.often; });
    often.sort(function (a, b) { return a.often - b.often; }).forEach(function (choice) { list.append(option(choice)); });
    choices.forEach(function (choice) {
      if (choice.often) return;
      var last = laws[laws.length - 1];
      if (!last || last.title !== choice.law) {
        last = { title: choice.law, choices: [], inside: element("div") };
        last.details = group(choice.law, last.inside, "days__law");
        laws.push(last);
        others.append(last.details);
      }
      last.choices.push(choice);
      last.inside.append(option(choice));
    });
    if (!laws.length) return;
    laws.all = group(word("others", { number: choices.length - often.length }), others, "days__others");
    list.append(laws.all);
  }

  /** Show what holds every word that was typed; without words, everything as at first. */
  function filter() {
    var typed = search.value.slice(0, 200).toLowerCase().split(/\s+/).filter(Boolean), number = 0;
    choices.forEach(function (choice) {
      var fits = typed.every(function (part) { return choice.words.indexOf(part) >= 0; });
      choice.label.hidden = !fits;
      if (fits) number += 1;
    });
    laws.forEach(function (law) {
      law.details.hidden = law.choices.every(function (choice) { return choice.label.hidden; });
      law.details.open = typed.length > 0;
    });
    if (laws.all) {
      laws.all.hidden = laws.every(function (law) { return law.details.hidden; });
      laws.all.open = typed.length > 0;
      var shown = choices.filter(function (choice) { return !choice.often && !choice.label.hidden; });
      laws.all.firstChild.textContent = word("others", { number: shown.length });
    }
    found.textContent = typed.length ? word(number ? "found" : "found-none", { number: number }) : "";
  }

  function field(id, text, input, more) {
    var label = element("label", text);
    input.id = id;
    label.htmlFor = id;
    return add(element("p", "", "days__field"), label, input, more);
  }

  function relative(key, back) {
    return button(word(key), function () {
      dayField.value = reckon.isoDay(reckon.dayNumber(portal.day(new Date())) - back);
      complain("");
      dayField.focus();
    });
  }

  /** Say at the field what is wrong with it, and go there. */
  function complain(message, spot) {
    if (spot) spot.closest("p").after(wrong);
    wrong.hidden = !message;
    wrong.textContent = message;
    [search, dayField].forEach(function (input) {
      input.setAttribute("aria-invalid", String(input === spot));
      input.setAttribute("aria-describedby", input === spot ? wrong.id : "");
    });
    if (spot) spot.focus();
  }

  function build() {
    var fieldset = element("fieldset"), act = element("button", word("reckon"), "md-button md-button--primary");
    form.noValidate = true;
    form.autocomplete = "off";
    search.type = "search";
    search.maxLength = 60;
    found.setAttribute("role", "status");
    wrong.setAttribute("role", "alert");
    wrong.id = "days-wrong";
    wrong.hidden = true;
    dayField.type = "date";
    dayField.min = reckon.first;
    dayField.max = reckon.last;
    act.type = "submit";
    var quick = add(element("span", "", "days__quick"), relative("today", 0), relative("yesterday", 1));
    add(fieldset, element("legend", word("what")), field("days-search", word("search"), search), found, list);
    fillList();
    add(form, fieldset, field("days-day", word("when"), dayField, quick), wrong, add(element("p"), act));
    result.hidden = true;
    add(host, shortcut, form, result, kept);
    search.addEventListener("input", filter);
    form.addEventListener("input", function () { if (!wrong.hidden) complain(""); });
    form.addEventListener("submit", submit);
  }

  function chosen() { return choices.filter(function (choice) { return choice.radio.checked; })[0]; }

  function submit(event) {
    event.preventDefault();
    var choice = chosen(), partly = dayField.validity.badInput;
    var refused = partly ? word("day-wrong") : reckon.refuse(dayField.value);
    if (!choice) complain(word("what-missing"), search);
    else if (refused) complain(refused, dayField);
    else {
      complain("");
      show(choice, dayField.value, "");
    }
  }

  /* The result: a card for each limit. */

  function dues(choice, day) {
    return choice.rows.map(function (row) {
      return { row: row, title: row.cells[0].querySelector("a").textContent, found: reckon(row.dataset.limit, day) };
    });
  }

  function byDay(one, other) { return one.found.lastDay < other.found.lastDay ? -1 : 1; }

  function counted(due) { return Boolean(due.found.lastDay); }

  /** What stands in one cell of the page's table, as nodes of its own. */
  function copied(row, name) {
    var cell = row.cells[ROWS[name]].querySelector(".cell"), copy = document.createDocumentFragment();
    Array.from(cell.childNodes).forEach(function (node) { copy.append(node.cloneNode(true)); });
    return copy;
  }

  function fact(facts, key, content) {
    if (content) add(facts, element("dt", word(key)), add(element("dd"), content));
  }

  function texts(lines) {
    if (!lines.length) return null;
    var made = element("ul");
    lines.forEach(function (line) { made.append(element("li", line)); });
    return made;
  }

  function extension(due) {
    if (due.found.extendedTo) return time(due.found.extendedTo);
    return due.row.cells[ROWS.length].querySelector("small") && element("span", word("extended-unknown"));
  }

  function card(due) {
    var now = state(due.found.lastDay), facts = element("dl", "", "facts"), head = element("p", "", "due__day");
    var doubtful = due.found.assumptions.length || due.found.ifRolled;
    add(head, element("span", word("last-day")), " ", add(element("b"), time(due.found.lastDay)), " ", element("span", now.text, "due__state"),
      doubtful ? element("span", word("caveat"), "due__caveat") : null);
    fact(facts, "rolled", due.found.ifRolled && time(due.found.ifRolled));
    fact(facts, "extended", extension(due));
    fact(facts, "length", copied(due.row, "length"));
    fact(facts, "who", copied(due.row, "who"));
    fact(facts, "rule", due.found.rule);
    fact(facts, "assumed", texts(due.found.assumptions));
    fact(facts, "missed", copied(due.row, "missed"));
    fact(facts, "article", copied(due.row, "article"));
    return add(element("li", "", "due due--" + now.name), add(element("div", "", "due__what"), copied(due.row, "what")), head, facts);
  }

  /** Limits for which no day can be told: each with the reason. */
  function unknown(due) {
    return add(element("li", "", "due due--unknown"), add(element("div", "", "due__what"), copied(due.row, "what")),
      element("p", due.found.message, "due__reason"));
  }

  /** Limits not in force on that day are left out; each law says so once. */
  function leftOut(all) {
    var reasons = {};
    all.forEach(function (due) { if (due.found.error === "force") reasons[due.found.message] = (reasons[due.found.message] || 0) + 1; });
    return Object.keys(reasons).map(function (reason) { return element("p", word("left-out", { number: reasons[reason] }) + reason, "box box--note"); });
  }

  function show(choice, day, name) {
    var all = dues(choice, day), title = element("h2", word("from", { day: long(day) })), cards = element("ul", "", "dues");
    var known = all.filter(counted).sort(byDay);
    title.tabIndex = -1;
    title.id = "days-result";
    result.textContent = "";
    result.hidden = false;
    result.setAttribute("aria-labelledby", title.id);
    add(result, title, element("p", name, "days__name"), element("p", word("start", { event: choice.title, law: choice.law })));
    if (away(day) > 0) result.append(element("p", word("future"), "box box--note"));
    leftOut(all).forEach(function (note) { result.append(note); });
    known.forEach(function (due) { cards.append(card(due)); });
    all.filter(function (due) { return due.found.error && due.found.error !== "force"; }).forEach(function (due) { cards.append(unknown(due)); });
    if (cards.children.length) result.append(cards);
    if (known.length) add(result, printed(), tools(choice, day, name));
    title.focus();
    title.scrollIntoView({ block: "start" });
  }

  function tools(choice, day, name) {
    var box = element("div", "", "days__tools"), nameField = element("input"), label = element("label", word("name"));
    nameField.type = "text";
    nameField.maxLength = LONGEST_NAME;
    nameField.id = "days-name";
    nameField.value = name;
    label.htmlFor = nameField.id;
    var keep = element("form", "", "days__keep");
    var act = element("button", word("keep"), "md-button md-button--primary");
    act.type = "submit";
    keep.autocomplete = "off";
    keep.addEventListener("submit", function (event) {
      event.preventDefault();
      keepMatter(choice, day, tidy(nameField.value));
    });
    add(keep, label, nameField, act);
    return add(box, keep, element("p", word("name-help"), "days__help"), add(element("p"),
      button(word("export"), function () { exportDays([{ id: choice.id + "." + day, name: tidy(nameField.value), event: choice.id, day: day }]); }), " ",
      button(word("print"), function () {
        result.querySelector(".days__name").textContent = tidy(nameField.value);
        print(result);
      })));
  }

  /** Stands on paper only: reckoned when, and what prevails. */
  function printed() { return element("p", word("printed", { day: long(portal.day(new Date())) }), "days__printed"); }

  /* Printing one part: the shared helper wants a child of the page's body. */
  function print(part) {
    host.classList.toggle("days--kept", part === kept);
    portal.printOnly(host);
  }

  /* Matters kept on this device: one entry each, so that two tabs never overwrite each other. */

  function matter(key) {
    var value = store.read(key), id = key.slice(KEEP.length), good = value && typeof value === "object";
    var choice = good && choiceOf(value.event), sound = choice && !reckon.refuse(value.day);
    var all = sound ? dues(choice, value.day).filter(counted).sort(byDay) : [];
    var coming = all.filter(function (due) { return away(due.found.lastDay) >= 0; })[0] || all[all.length - 1];
    return {
      id: id, key: key, choice: choice, sound: sound, dues: all,
      name: good ? tidy(value.name || "") : "",
      event: good ? value.event : "", day: good ? String(value.day).slice(0, 20) : "",
      next: coming ? coming.found.lastDay : "9999"
    };
  }

  function matters() {
    return store.keys(KEEP).map(matter).sort(function (one, other) {
      return one.next < other.next ? -1 : one.next > other.next ? 1 : one.id < other.id ? -1 : 1;
    });
  }

  function keepMatter(choice, day, name) {
    var id = choice.id + "." + day, number = 1, value = { name: name, event: choice.id, day: day }, old;
    while ((old = store.read(KEEP + id)) && old.name !== name) {
      number += 1;
      id = choice.id + "." + day + "." + number;
    }
    if (old) return portal.tell(word("kept-already"));
    if (!store.write(KEEP + id, value)) return undefined;
    listMatters();
    return portal.tell(word("kept"));
  }

  function remove(gone, message) {
    var values = gone.map(function (one) { return [one.key, store.read(one.key)]; });
    gone.forEach(function (one) { store.remove(one.key); });
    var undo = button(word("undo"), function () {
      values.forEach(function (pair) { store.write(pair[0], pair[1]); });
      kept.querySelector(".days__undo").remove();
      listMatters();
      kept.querySelector("h2").focus();
    });
    var said = element("span", message + " ");
    said.id = "days-undo";
    undo.setAttribute("aria-describedby", said.id);
    listMatters(add(element("p", "", "days__undo"), said, undo));
    undo.focus();
  }

  function described(one, due) {
    var row = due.row, lines = [
      word("start", { event: one.choice.title, law: one.choice.law }) + " " + long(one.day),
      due.found.rule
    ].concat(due.found.assumptions);
    if (due.found.ifRolled) lines.push(pair(word("rolled"), long(due.found.ifRolled)));
    if (due.found.extendedTo) lines.push(pair(word("extended"), long(due.found.extendedTo)));
    ["missed", "article"].forEach(function (name) { lines.push(pair(word(name), row.cells[ROWS[name]].textContent.trim())); });
    return lines.join("\n");
  }

  function exportDays(given) {
    var days = [];
    given.forEach(function (one) {
      one.choice = choiceOf(one.event);
      dues(one.choice, one.day).filter(counted).forEach(function (due) {
        days.push({
          uid: one.id + "." + due.row.dataset.limit.replace("/", ".") + "@xinfang-guide.invalid",
          day: due.found.lastDay,
          summary: word("summary", { what: due.title }) + (one.name ? word("summary-name", { name: one.name }) : ""),
          description: described(one, due)
        });
      });
    });
    portal.save(word("file") + ".ics", "text/calendar;charset=utf-8", portal.ics(days));
    portal.tell(word("exported", { number: days.length }));
  }

  function row(due) {
    var now = state(due.found.lastDay);
    return add(element("li", "", "due due--" + now.name), add(element("b"), time(due.found.lastDay)), " ",
      element("span", due.title), " ", element("span", now.text, "due__state"));
  }

  function entry(one) {
    var made = element("li", "", "matter"), rows = element("ul", "", "dues"), acts = element("p", "", "days__acts");
    var title = one.name || (one.choice ? one.choice.title : word("unreadable"));
    one.dues.forEach(function (due) { rows.append(row(due)); });
    add(made, element("h3", title), element("p", one.choice && one.sound
      ? word("start", { event: one.choice.title, law: one.choice.law }) + " " + long(one.day)
      : word("gone", { day: one.day })));
    if (one.dues.length) made.append(rows);
    else if (one.sound) made.append(element("p", word("no-day")));
    if (one.sound) {
      acts.append(named(word("look"), title, function () {
        one.choice.radio.checked = true;
        dayField.value = one.day;
        complain("");
        show(one.choice, one.day, one.name);
      }));
    }
    if (one.dues.length) add(acts, " ", named(word("export"), title, function () { exportDays([one]); }));
    add(acts, " ", named(word("delete"), title, function () { remove([one], word("deleted", { name: title })); }));
    return add(made, acts);
  }

  /** A button whose name says which matter it is for. */
  function named(text, title, act) {
    var made = button(text, act);
    made.setAttribute("aria-label", pair(text, title));
    return made;
  }

  /** What is kept, with the way to undo the last removal; a reader who stood in it is not thrown out. */
  function listMatters(note) {
    var all = matters(), inside = kept.contains(document.activeElement), undone = note || kept.querySelector(".days__undo"), title = element("h2", word("mine")), entries = element("ul", "", "matters");
    title.tabIndex = -1;
    title.id = "days-mine";
    kept.textContent = "";
    kept.setAttribute("aria-labelledby", title.id);
    shortcut.hidden = !all.length;
    shortcut.textContent = word("mine-short", { number: all.length });
    add(kept, title, undone, element("p", word(all.length ? "mine-text" : "mine-none"), "days__help"));
    if (inside) title.focus();
    if (!all.length) return;
    all.forEach(function (one) { entries.append(entry(one)); });
    var whole = all.filter(function (one) { return one.dues.length; }), acts = element("p", "", "days__acts");
    if (whole.length) add(acts, button(word("export-all"), function () { exportDays(whole); }), " ");
    add(acts, button(word("print-mine"), function () { print(kept); }), " ",
      button(word("clear"), function () { remove(matters(), word("cleared", { number: all.length })); }));
    add(kept, entries, printed(), acts);
  }

  build();
  listMatters();
  store.watch(KEEP, function () { listMatters(); });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) listMatters(); });
})();
