// Beside an instant in Japan's time, the reader's own, where it differs, with its zone's name.
(() => {
  "use strict";

  const language = document.documentElement.lang;
  const parts = {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  };
  // The long name: the short one of most zones is no name but an offset ("GMT+1").
  const here = new Intl.DateTimeFormat(language, { ...parts, timeZoneName: "long" });
  const hereOnTheClock = new Intl.DateTimeFormat("en", parts);
  const japanOnTheClock = new Intl.DateTimeFormat("en", { ...parts, timeZone: "Asia/Tokyo" });

  window.portal.each("time[data-instant]", (time) => {
    const instant = new Date(time.dateTime);
    if (Number.isNaN(instant.getTime())) return;
    if (hereOnTheClock.format(instant) === japanOnTheClock.format(instant)) return;
    const beside = document.createElement("span");
    beside.className = "local-time";
    beside.textContent = window.portal.word("local-time", { time: here.format(instant) });
    time.after(beside);
  });
})();
