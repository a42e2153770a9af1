/* Days as a file for calendar programs (RFC 5545): all-day events that remind at nine, a week and a day before. */
(function () {
  "use strict";

  function escaped(text) {
    return String(text).replace(/\\/g, "\\\\").replace(/[;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n")
      .replace(/[\u0000-\u001f\u007f]/g, " ");
  }

  /** Lines of at most 75 octets; a sign is never cut. */
  function folded(line) {
    var done = "", used = 0;
    Array.from(line).forEach(function (sign) {
      var point = sign.codePointAt(0), size = point < 128 ? 1 : point < 2048 ? 2 : point < 65536 ? 3 : 4;
      if (used + size > 75) {
        done += "\r\n ";
        used = 1;
      }
      done += sign;
      used += size;
    });
    return done;
  }

  function plain(day) { return day.replace(/-/g, ""); }

  function alarm(trigger, summary) {
    return ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:" + trigger, "DESCRIPTION:" + escaped(summary), "END:VALARM"];
  }

  function entry(day, stamp) {
    var next = window.portal.deadline.isoDay(window.portal.deadline.dayNumber(day.day) + 1);
    return ["BEGIN:VEVENT", "UID:" + day.uid, "DTSTAMP:" + stamp, "DTSTART;VALUE=DATE:" + plain(day.day),
      "DTEND;VALUE=DATE:" + plain(next), "SUMMARY:" + escaped(day.summary), "DESCRIPTION:" + escaped(day.description),
      "TRANSP:TRANSPARENT"].concat(alarm("-P6DT15H", day.summary), alarm("-PT15H", day.summary), "END:VEVENT");
  }

  /** The text of the file; `days` are {uid, day: "2026-02-27", summary, description}. */
  window.portal.ics = function (days) {
    var stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Xinfang Guide//Deadlines//ZH", "CALSCALE:GREGORIAN"];
    days.forEach(function (day) { lines = lines.concat(entry(day, stamp)); });
    return lines.concat("END:VCALENDAR").map(folded).join("\r\n") + "\r\n";
  };
})();
