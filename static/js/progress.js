// Says what became of a job when its words change, and not at every poll.
(() => {
  "use strict";

  window.portal.each("[data-progress]", (box) => {
    const words = () => box.querySelector("[data-announce]")?.textContent.trim() ?? "";
    let said = words();
    box.addEventListener("htmx:afterSwap", () => {
      if (words() === said) return;
      said = words();
      window.portal.announce(said);
    });
  });
})();
