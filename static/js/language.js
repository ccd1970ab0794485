// Changing the language keeps what was typed: it is laid aside in this tab alone, and put back on the same page in the other
// language. Files, passwords and hidden fields (tokens among them) are never laid aside.
(() => {
  "use strict";

  const { each, word, announce } = window.portal;
  const touched = new Set();
  const keyOf = (path) => `typed:${path.replace(/^\/[a-z-]+\//, "/")}`;

  const isKept = (field) =>
    field.name && !["file", "password", "hidden", "submit", "button"].includes(field.type) && !field.disabled;

  const isLost = (field) =>
    (field.type === "file" && field.files.length > 0) || (field.type === "password" && field.value !== "");

  function laidAside(form) {
    return [...form.elements].filter(isKept).map((field) => {
      if (["checkbox", "radio"].includes(field.type)) return [field.name, field.value, field.checked];
      if (field.type === "select-multiple") return [field.name, [...field.selectedOptions].map((o) => o.value), null];
      return [field.name, field.value, null];
    });
  }

  function putBack(form, entries) {
    // Several fields may share a name (radios, rows of a table): they are matched in order.
    const waiting = new Map();
    for (const [name, value, checked] of entries) {
      if (!waiting.has(name)) waiting.set(name, []);
      waiting.get(name).push([value, checked]);
    }
    for (const field of [...form.elements].filter(isKept)) {
      const next = waiting.get(field.name)?.shift();
      if (!next) continue;
      const [value, checked] = next;
      if (checked !== null) field.checked = checked;
      else if (field.type === "select-multiple") for (const o of field.options) o.selected = value.includes(o.value);
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  const forms = () => [...document.querySelectorAll("main form[method='post']")];

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("main form[method='post']");
    if (form) touched.add(form);
  });

  each("a[data-language]", (link) => {
    link.addEventListener("click", (event) => {
      const changed = forms().filter((form) => touched.has(form));
      if (changed.length === 0) return;
      const losing = changed.some((form) => [...form.elements].some(isLost));
      if (losing && !window.confirm(word("not-kept"))) {
        event.preventDefault();
        return;
      }
      const kept = forms().map((form) => (touched.has(form) ? laidAside(form) : null));
      try {
        sessionStorage.setItem(keyOf(link.pathname), JSON.stringify(kept));
      } catch {
        return; // no room or no permission: the guard still warns
      }
      for (const form of changed) form.dispatchEvent(new Event("portal:kept"));
    });
  });

  try {
    const key = keyOf(location.pathname);
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    sessionStorage.removeItem(key);
    if (kept) {
      forms().forEach((form, index) => kept[index] && putBack(form, kept[index]));
      announce(word("restored"));
    }
  } catch {
    // Storage is closed to us in this browser: the page is simply as the server sent it.
  }
})();
