/* In the page's head: large type stands before anything is painted. everyone.js has the switch. */
(function () {
  "use strict";
  try {
    if (window.localStorage.getItem("xinfang-guide:elder") === "true") document.documentElement.classList.add("elder");
  } catch (error) { /* nothing is kept where nothing may be */ }
})();
