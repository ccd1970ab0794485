// Keeps true what is left until a deadline. The server's clock counts, not this one: its time came with the page.
(() => {
  "use strict";

  const language = document.documentElement.lang;
  const minute = 60;
  const unit = (count, name) =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(count);

  // The two largest units, rounded down, as the server writes them (kernel/countdown.py).
  function words(seconds) {
    const days = Math.floor(seconds / (24 * 60 * minute));
    const hours = Math.floor(seconds / (60 * minute)) % 24;
    const minutes = Math.floor(seconds / minute) % 60;
    const units = [
      [days, "day"],
      [hours, "hour"],
      [minutes, "minute"],
    ];
    const told = (days ? units.slice(0, 2) : units.slice(1)).filter(([count]) => count);
    if (!told.length) return window.portal.word("moments-left");
    const joined = told.map(([count, name]) => unit(count, name)).join(" ");
    return window.portal.word("time-left", { left: language === "ja" ? joined.replaceAll(" ", "") : joined });
  }

  window.portal.each("[data-countdown]", (place) => {
    const deadline = Date.parse(place.dataset.countdown);
    const ahead = Date.parse(place.dataset.now) - Date.now();
    const timer = setInterval(tell, 10000); // milliseconds

    function tell() {
      const seconds = Math.floor((deadline - Date.now() - ahead) / 1000);
      const sentence = seconds > 0 ? words(seconds) : window.portal.word("time-over");
      if (place.textContent !== sentence) place.textContent = sentence;
      if (seconds <= 0) clearInterval(timer);
    }
  });
})();
