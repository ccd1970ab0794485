// Offers institutions of the registry while one types, as a list beside the box (the combobox of the ARIA practices).
// What is chosen puts the ROR id into the form's hidden field and, where the form asks for one, the country.
(() => {
  "use strict";

  const { each, word, announce } = window.portal;
  const WAIT = 200;
  let count = 0;

  each("input[data-institutions]", (input) => {
    const form = input.form;
    const prefix = input.name.endsWith("institution_name") ? input.name.slice(0, -"institution_name".length) : "";
    const own = (name) => form?.elements.namedItem(prefix + name);
    const list = document.createElement("ul");
    let found = [];
    let at = -1;
    let timer = 0;
    let asked = 0;

    list.className = "combobox__list";
    list.id = `institutions-${(count += 1)}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", word("institutions"));
    list.hidden = true;
    input.after(list);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", list.id],
    ]) {
      input.setAttribute(name, value);
    }

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(index) {
      at = index;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[at].id);
      return list.children[at].scrollIntoView({ block: "nearest" });
    }

    function choose(institution) {
      input.value = institution.name;
      const ror = own("institution_ror_id");
      if (ror) ror.value = institution.ror_id;
      const country = own("country_code");
      if (country && [...country.options].some((option) => option.value === institution.country_code)) {
        country.value = institution.country_code;
      }
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function show(institutions) {
      found = institutions;
      list.replaceChildren(
        ...institutions.map((institution, index) => {
          const option = document.createElement("li");
          const name = document.createElement("span");
          const place = document.createElement("span");
          option.id = `${list.id}-${index}`;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.className = "combobox__option";
          name.textContent = institution.name;
          place.className = "combobox__place";
          place.textContent = [institution.place, institution.note].filter(Boolean).join(" – ");
          option.append(name, place);
          // Before the box loses its focus, which would close the list.
          option.addEventListener("mousedown", (event) => {
            event.preventDefault();
            choose(institution);
          });
          return option;
        }),
      );
      if (institutions.length === 0) {
        close();
        announce(word("no-institution"));
        return;
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(-1);
      announce(word("found-institutions", { count: institutions.length }));
    }

    async function ask() {
      const words = input.value.trim();
      const mine = (asked += 1);
      if (!words) return close();
      try {
        const answer = await fetch(`${input.dataset.institutions}?q=${encodeURIComponent(words)}`, {
          headers: { Accept: "application/json" },
        });
        const { institutions } = await answer.json();
        if (mine === asked && document.activeElement === input) show(institutions);
      } catch {
        close(); // without an answer it is a plain text box
      }
      return undefined;
    }

    input.addEventListener("input", (event) => {
      const ror = own("institution_ror_id");
      if (ror && ror.type === "hidden") ror.value = "";
      window.clearTimeout(timer);
      // While kana are being turned into kanji, nothing is known yet.
      if (!event.isComposing) timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("compositionend", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark((at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length);
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        choose(found[at]);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      }
    });
  });
})();
