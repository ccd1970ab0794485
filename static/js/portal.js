// What the other scripts share: translated words, a voice for screen readers, and a way to run again on swapped parts.
(() => {
  "use strict";

  const words = document.getElementById("words");

  // The translated sentence of a name in components/words.html, its {names} filled in.
  function word(name, values = {}) {
    const text = words?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
    return Object.entries(values).reduce((filled, [key, value]) => filled.replace(`{${key}}`, value), text);
  }

  function announce(text) {
    const announcer = document.getElementById("announcer");
    if (announcer && announcer.textContent !== text) announcer.textContent = text;
  }

  // Calls `start` with every element of `selector` once: those of the page now, and those that htmx brings later.
  function each(selector, start) {
    const seen = new WeakSet();
    const look = (root) => {
      for (const element of root.querySelectorAll(selector)) {
        if (!seen.has(element)) {
          seen.add(element);
          start(element);
        }
      }
    };
    look(document);
    document.addEventListener("htmx:load", (event) => look(event.target.parentNode ?? document));
  }

  window.portal = { word, announce, each };

  // After a refused form the reader starts at what has to be corrected; its links focus the field itself.
  each("[data-error-summary]", (summary) => {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const target = link && document.getElementById(link.hash.slice(1));
      if (!target) return;
      const control = target.matches("input, select, textarea")
        ? target
        : target.querySelector("input, select, textarea");
      if (!control) return;
      event.preventDefault();
      (target.closest(".field") ?? target).scrollIntoView({ block: "start" });
      control.focus({ preventScroll: true });
    });
  });
})();
