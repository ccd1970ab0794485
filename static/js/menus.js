// Menus made of <details> close on Escape and on a click outside; the main menu folds away on small screens.
(() => {
  "use strict";

  const openMenus = () => document.querySelectorAll("details[data-menu][open]");

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  window.portal.each(".nav-toggle", (toggle) => {
    const menu = document.getElementById(toggle.getAttribute("aria-controls"));
    toggle.addEventListener("click", () => {
      const open = menu.toggleAttribute("data-open");
      toggle.setAttribute("aria-expanded", String(open));
    });
  });
})();
