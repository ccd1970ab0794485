// Beside an instant in Japan's time, the reader's own, where it differs, with its zone's name.
(() => {
  "use strict";

  const language = document.documentElement.lang;
  const parts = {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  };
  // The long name: the short one of most zones is no name but an offset ("GMT+1").
  // As the page writes days: 28 November 2026 in English.
  const here = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...parts, timeZoneName: "long" });
  const hereOnTheClock = new Intl.DateTimeFormat("en", parts);
  const japanOnTheClock = new Intl.DateTimeFormat("en", { ...parts, timeZone: "Asia/Tokyo" });

  window.portal.each("time[data-instant]", (time) => {
    const instant = new Date(time.dateTime);
    if (Number.isNaN(instant.getTime())) return;
    if (hereOnTheClock.format(instant) === japanOnTheClock.format(instant)) return;
    // Where UTC stands beside already, a reader in UTC needs no second one.
    if (time.nextElementSibling?.hasAttribute("data-utc") && !new Date().getTimezoneOffset()) return;
    const beside = document.createElement("span");
    beside.className = "local-time";
    beside.textContent = window.portal.word("local-time", { time: here.format(instant) });
    time.after(beside);
  });
})();
