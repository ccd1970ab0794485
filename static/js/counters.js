// How many characters are left in a text with a limit (in a single line: once the limit is near), counted exactly as the server counts: in code points, a line break as one.
(() => {
  "use strict";

  const pauseBeforeSpeaking = 1000; // milliseconds; a screen reader would otherwise speak at every key

  const grouped = (count) => count.toLocaleString(document.documentElement.lang);

  function codePoints(text) {
    let count = 0;
    for (const _ of text.replace(/\r\n?/g, "\n")) count += 1;
    return count;
  }

  const near = 0.2; // of the limit, from where on a single line is counted
  const short = 20; // a code of a few letters is not counted at all

  window.portal.each("[data-max-codepoints], [data-longest]", (field) => {
    const limit = Number(field.dataset.maxCodepoints ?? field.dataset.longest);
    const isCounted = (left) => "maxCodepoints" in field.dataset || (limit >= short && left < limit * near);
    const counter = document.createElement("p");
    counter.className = "field__counter";
    counter.id = `${field.id}_counter`;
    field.after(counter);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());

    let speaking;
    const show = () => {
      const left = limit - codePoints(field.value);
      counter.hidden = !isCounted(left);
      counter.toggleAttribute("data-over", left < 0);
      counter.textContent =
        left < 0
          ? window.portal.word("characters-over", { count: grouped(-left) })
          : window.portal.word("characters-left", { count: grouped(left) });
    };
    field.addEventListener("input", () => {
      show();
      clearTimeout(speaking);
      if (!counter.hidden) {
        speaking = setTimeout(() => window.portal.announce(counter.textContent), pauseBeforeSpeaking);
      }
    });
    field.addEventListener("portal:put", show);
    show();
  });
})();
