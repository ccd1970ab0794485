// How many characters are left in a text with a limit, counted exactly as the server counts: in code points, a line break as one.
(() => {
  "use strict";

  const pauseBeforeSpeaking = 1000; // milliseconds; a screen reader would otherwise speak at every key

  const grouped = (count) => count.toLocaleString(document.documentElement.lang);

  function codePoints(text) {
    let count = 0;
    for (const _ of text.replace(/\r\n?/g, "\n")) count += 1;
    return count;
  }

  window.portal.each("[data-max-codepoints]", (field) => {
    const limit = Number(field.dataset.maxCodepoints);
    const counter = document.createElement("p");
    counter.className = "field__counter";
    counter.id = `${field.id}_counter`;
    field.after(counter);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());

    let speaking;
    const show = () => {
      const left = limit - codePoints(field.value);
      counter.toggleAttribute("data-over", left < 0);
      counter.textContent =
        left < 0
          ? window.portal.word("characters-over", { count: grouped(-left) })
          : window.portal.word("characters-left", { count: grouped(left) });
    };
    field.addEventListener("input", () => {
      show();
      clearTimeout(speaking);
      speaking = setTimeout(() => window.portal.announce(counter.textContent), pauseBeforeSpeaking);
    });
    show();
  });
})();
