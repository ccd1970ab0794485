// Warns before typed text is lost on a form with data-guard. Sent text, and text kept by language.js, is not lost.
(() => {
  "use strict";

  const unsaved = new Set();

  window.portal.each("form[data-guard]", (form) => {
    form.addEventListener("input", () => unsaved.add(form));
    form.addEventListener("submit", () => unsaved.delete(form));
    form.addEventListener("portal:kept", () => unsaved.delete(form));
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful) unsaved.delete(form);
    });
  });

  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });
})();
