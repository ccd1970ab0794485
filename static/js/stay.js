// How long a stay is, told while its days are chosen: the rules of proposals/rules/exchange.py, which the server applies again.
(() => {
  "use strict";

  const { each, word } = window.portal;
  const DAY = 24 * 60 * 60 * 1000;
  const valid = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null);

  each("input[data-stay]", (last) => {
    const first = last.form?.elements.namedItem("starts_on");
    if (!first) return;
    const longTerm = Number(last.dataset.stay);
    const begins = Number(last.dataset.yearBegins) - 1;
    const told = document.createElement("p");
    told.className = "field__hint";
    told.setAttribute("role", "status");
    told.dataset.stayDays = "";
    last.closest(".field")?.append(told);

    const days = (from, to) => Math.round((to - from) / DAY) + 1;
    const yearOf = (date) => date.getUTCFullYear() - (date.getUTCMonth() < begins ? 1 : 0);

    function parts(from, to) {
      const found = [];
      for (let year = yearOf(from); year <= yearOf(to); year += 1) {
        const start = Math.max(from, Date.UTC(year, begins, 1));
        const end = Math.min(to, Date.UTC(year + 1, begins, 1) - DAY);
        found.push(word("stay-year", { year, days: days(start, end) }));
      }
      return found;
    }

    function show() {
      const [from, to] = [valid(first.value), valid(last.value)];
      if (!from || !to || Number.isNaN(from.getTime()) || Number.isNaN(to.getTime()) || to - from > 40_000 * DAY) {
        told.textContent = "";
      } else if (to < from) {
        told.textContent = word("stay-turned");
      } else {
        const total = days(from, to);
        const by = parts(from, to);
        told.textContent = [
          word("stay-days", { days: total }),
          word(total >= longTerm ? "stay-long" : "stay-short"),
          ...(by.length > 1 ? by : []),
        ].join(" / ");
      }
    }

    first.addEventListener("input", show);
    last.addEventListener("input", show);
    show();
  });
})();
