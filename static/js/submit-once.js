// A second click on a form under way does nothing. The button stays where it is and can be used again after a while, in case
// the answer was a download or never came; the server knows a repeated post by its token anyway.
(() => {
  "use strict";

  const releaseAfter = 8000; // milliseconds

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    window.portal.announce(window.portal.word("sending"));
    setTimeout(() => form.removeAttribute("aria-busy"), releaseAfter);
  });

  // Back from the cache of the browser: the form is as it was left, but nothing is under way.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });
})();
