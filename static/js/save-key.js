// Ctrl and Enter (on a Mac: Command and Enter) press a form's first button, which saves; they never submit a review.
(() => {
  "use strict";

  window.portal.each("form[data-save-key]", (form) => {
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[name="then"][value="stay"]'));
    });
  });
})();
