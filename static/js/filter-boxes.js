// A box above a long list of choices that leaves those whose name holds what is typed; what is ticked stays in sight.
// Each choice bears the same attribute as the list.
(() => {
  "use strict";

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  window.portal.each("div[data-filter-boxes]", (list) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "search";
    box.autocomplete = "off";
    label.className = "choices__filter";
    label.append(window.portal.word("filter-choices"), box);
    list.before(label);

    const rows = [...list.children];
    box.addEventListener("input", () => {
      const wanted = plain(box.value.trim());
      let shown = 0;
      for (const row of rows) {
        const ticked = row.querySelector("input").checked;
        row.hidden = !ticked && !plain(row.textContent).includes(wanted);
        if (!row.hidden) shown += 1;
      }
      window.portal.announce(window.portal.word("choices-shown", { count: shown }));
    });
    // Enter would send the form.
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  });
})();
