/* From a limit and a starting day to the last day: the same rules, sentences and calendar as the core (model/deadline.py);
   a test compares them day by day. Classic script; load words.js, base.js and limits.js before it. */
(function () {
  "use strict";
  var data = window.portalLimits;
  var portal = window.portal;
  var LENGTH_OF_DAY = 864e5;
  var FIRST = 1949, LAST = 2100;

  function isoDay(number) { return new Date(number * LENGTH_OF_DAY).toISOString().slice(0, 10); }

  /** Days since 1970-01-01; NaN for what is no day of the calendar. */
  function dayNumber(text) {
    var parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(text));
    if (!parts) return NaN;
    var number = Date.UTC(parts[1], parts[2] - 1, parts[3]) / LENGTH_OF_DAY;
    return isoDay(number) === parts[0] ? number : NaN;
  }

  /** By the official notice of its year; throws {year} where there is none. */
  function isWorkday(number) {
    var text = isoDay(number), year = data.calendar[text.slice(0, 4)], weekday = (number + 4) % 7;
    if (!year) throw { year: text.slice(0, 4) };
    if (year.work.indexOf(text.slice(5)) >= 0) return true;
    return weekday > 0 && weekday < 6 && year.free.indexOf(text.slice(5)) < 0;
  }

  function addWorkdays(number, count) {
    while (count) {
      number += 1;
      if (isWorkday(number)) count -= 1;
    }
    return number;
  }

  /** Same day of a later month; its last day where that month is shorter. */
  function addMonths(number, count) {
    var from = new Date(number * LENGTH_OF_DAY);
    var year = from.getUTCFullYear(), month = from.getUTCMonth() + count;
    var last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return Date.UTC(year, month, Math.min(from.getUTCDate(), last)) / LENGTH_OF_DAY;
  }

  function add(number, length) {
    var count = length[0];
    switch (length[1]) {
      case "working-days": return addWorkdays(number, count);
      case "months": return addMonths(number, count);
      case "years": return addMonths(number, count * 12);
      case "hours": return number + Math.floor(count / 24);
      case "minutes": return number + Math.floor(count / 1440);
      default: return number + count;
    }
  }

  /** The first working day from `number` on, or the year whose calendar would be needed to tell. */
  function roll(number) {
    try {
      while (!isWorkday(number)) number += 1;
      return { day: number };
    } catch (unknown) {
      return known(unknown);
    }
  }

  function known(unknown) {
    if (!unknown.year) throw unknown;
    return unknown;
  }

  function extended(limit, end) {
    if (!limit.extend) return null;
    try {
      var later = add(end, limit.extend);
      return isoDay(limit.counting === "civil-procedure" && roll(later).day || later);
    } catch (unknown) {
      return known(unknown) && null;
    }
  }

  function assumptions(limit, end, rolled) {
    var silent = limit.counting === "assumed", says = data.assumptions, found = [];
    if (silent) found.push(says.start);
    if (silent && rolled.day !== end) found.push(says.roll);
    if (limit.counting === "working-days" && !limit.ruled) found.push(says["working-days"]);
    if (limit.excludes) found.push(limit.excludes);
    if (rolled.year && (silent || limit.counting === "civil-procedure")) found.push(says.year.replace("{year}", rolled.year));
    return found;
  }

  function inForce(law, day) { return law.since <= day && (!law.ends || day < law.ends); }

  function force(law, day) {
    var values = { title: law.title, day: law.since, end: law.ends };
    var kin = law.kin.filter(function (other) { return inForce(other, day); });
    var titles = kin.map(function (other) { return portal.word("deadline", "of-law", { law: other.title }); }).join(" ");
    var counted = kin.some(function (other) { return other.limits; });
    return portal.word("deadline", day < law.since ? "law-later" : "law-ended", values) +
      (titles ? portal.word("deadline", "law-instead", { titles: titles }) : "") +
      portal.word("deadline", counted ? "law-choose" : "law-none");
  }

  /** Why nobody can count from this day, in words; empty where one can. */
  function refuse(day) {
    if (!day) return portal.word("deadline", "day-missing");
    if (/^\d{4}-\d{2}-\d{2}$/.test(day) && day < FIRST + "-01-01") return portal.word("deadline", "day-early", { year: FIRST });
    if (isNaN(dayNumber(day))) return portal.word("deadline", "day-wrong");
    return day > LAST + "-12-31" ? portal.word("deadline", "day-late", { year: LAST }) : "";
  }

  /** `portal.deadline("xinfang-2022/handle", "2026-03-02")`: {limit, from, lastDay, rule, assumptions, ifRolled, extendedTo};
      days are ISO text or null. Where nothing can be told: {limit, from, error: day | limit | force | unknown, message}. */
  function deadline(name, day) {
    var limit = data.limits[name], law = limit && data.laws[name.split("/")[0]], wrong = refuse(day), end, rolled;
    function fail(error, message) { return { limit: name, from: day, error: error, message: message }; }
    if (!limit) return fail("limit", portal.word("deadline", "limit-gone"));
    if (wrong) return fail("day", wrong);
    if (!inForce(law, day)) return fail("force", force(law, day));
    try {
      end = add(dayNumber(day), limit.length);
    } catch (unknown) {
      return fail("unknown", data.unknown.replace("{year}", known(unknown).year));
    }
    rolled = roll(end);
    return {
      limit: name,
      from: day,
      lastDay: isoDay(limit.counting === "civil-procedure" && rolled.day || end),
      rule: data.rules[limit.counting],
      assumptions: assumptions(limit, end, rolled),
      ifRolled: limit.counting === "assumed" && rolled.day && rolled.day !== end ? isoDay(rolled.day) : null,
      extendedTo: extended(limit, end)
    };
  }

  deadline.refuse = refuse;
  deadline.dayNumber = dayNumber;
  deadline.isoDay = isoDay;
  deadline.first = FIRST + "-01-01";
  deadline.last = LAST + "-12-31";
  portal.deadline = deadline;
})();
