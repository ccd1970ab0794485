// A form with data-autosave saves itself two seconds after typing stops: its texts and all its other answers but files, which
// are added and removed by the button alone. What is not saved yet is also kept in this window, so that a session that has
// ended, or a portal that does not answer, loses nothing: it is put back when the page is opened again.
(() => {
  "use strict";

  const pause = 2000; // milliseconds after the last key
  const retry = 15000; // milliseconds until an unanswered save is tried again

  const words = document.getElementById("autosave-words");
  const word = (name, values = {}) => {
    const text = words?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
    return Object.entries(values).reduce((filled, [key, value]) => filled.replace(`{${key}}`, value), text);
  };
  // The same page in either language is the same draft.
  const key = `draft:${location.pathname.replace(/^\/[a-z-]+\//, "/")}`;
  const normal = (text) => text.replace(/\r\n?/g, "\n");

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  function keep(draft) {
    try {
      if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
      else sessionStorage.removeItem(key);
    } catch {
      // No room or no permission: the guard still warns before the page is left.
    }
  }

  window.portal.each("form[data-autosave]", (form) => {
    const revision = form.elements.namedItem("revision");
    const base = form.elements.namedItem("base");
    const box = form.elements.namedItem("is_complete");
    const state = form.querySelector("[data-autosave-state]");
    let timer;
    let isSaving = false;

    const say = (sentence) => {
      state.textContent = sentence;
    };
    // What was typed and chosen, by the names of the controls; of buttons that exclude each other, only what is chosen.
    const controls = () =>
      [...form.elements].filter(
        (control) =>
          control.name &&
          !["hidden", "file", "checkbox", "submit", "button"].includes(control.type) &&
          (control.type !== "radio" || control.checked),
      );
    const typed = () => Object.fromEntries(controls().map((control) => [control.name, normal(control.value)]));
    // Chooses what was chosen before; tells whether there was such a group.
    const choose = (name, value) => {
      const group = form.elements.namedItem(name);
      const radios = group instanceof RadioNodeList ? [...group] : [group];
      const radio = radios.find((one) => one?.type === "radio" && one.value === value);
      if (radio) radio.checked = true;
      return Boolean(radio);
    };
    const isTyped = (values) => {
      const now = typed();
      return Object.keys(now).every((name) => now[name] === values[name]);
    };
    const hasFile = () =>
      [...form.elements].some(
        (control) => control.files?.length || (control.checked && control.name.endsWith("-clear")),
      );
    const draftOf = (extra = {}) => ({
      values: typed(),
      revision: revision.value,
      base: base?.value,
      ...extra,
    });

    // The caret stays where it was in the text, although something before it has changed.
    function put(control, value) {
      const [old, caret] = [control.value, control.selectionEnd];
      control.value = value;
      if (document.activeElement === control && typeof caret === "number") {
        const rest = old.slice(caret);
        const at = value.startsWith(old.slice(0, caret)) || !value.endsWith(rest) ? caret : value.length - rest.length;
        control.setSelectionRange(at, at);
      }
      // The counters follow; it is no typing, so nothing is saved again.
      control.dispatchEvent(new Event("portal:put", { bubbles: true }));
    }

    // What was just saved is what the writer goes on from; of what was typed since, `sent` is.
    function goOnFrom(answer, sent) {
      if (base) {
        const next = { ...answer.base };
        if ("text" in sent) next.text = sent.text;
        base.value = JSON.stringify(next);
      }
      revision.value = answer.revision;
    }

    // Somebody else's changes were put together with these: the page is asked for what stands now. A control in which
    // something was typed since keeps it, and its base, so that the next save puts that together with theirs. Where the
    // page cannot be had, the old base stays, and the next save does the same once more. Tells whether nothing was typed since.
    async function takeOver(sent, wasComplete) {
      let page;
      try {
        const response = await fetch(location.href, { credentials: "same-origin" });
        page = new DOMParser().parseFromString(await response.text(), "text/html");
      } catch {
        return false;
      }
      const fresh = page.querySelector("form[data-autosave]");
      if (!fresh) return false;
      let isAll = true;
      const was = JSON.parse(base.value);
      const next = JSON.parse(fresh.elements.namedItem("base").value);
      for (const control of controls()) {
        const theirs = normal(fresh.elements.namedItem(control.name)?.value ?? sent[control.name]);
        if (normal(control.value) === sent[control.name]) {
          if (theirs !== sent[control.name]) put(control, theirs);
          continue;
        }
        isAll = false;
        if (control.name === "text") {
          next.text = sent.text;
        } else if (theirs !== sent[control.name]) {
          const field = control.name.replace(/^field_/, "").replace(/__.*$/, "");
          next.answers[field] = was.answers[field] ?? "";
        }
      }
      if (box && box.checked === wasComplete) box.checked = fresh.elements.namedItem("is_complete").checked;
      else if (box) isAll = false;
      base.value = JSON.stringify(next);
      revision.value = fresh.elements.namedItem("revision").value;
      return isAll;
    }

    function bodyOf() {
      const body = new FormData(form);
      for (const [name, value] of [...body.entries()]) {
        if (value instanceof File || name.endsWith("-clear")) body.delete(name);
      }
      return body;
    }

    function later(delay) {
      clearTimeout(timer);
      timer = setTimeout(save, delay);
    }

    async function save() {
      if (isSaving) return later(pause);
      isSaving = true;
      const sent = typed();
      const wasComplete = box?.checked;
      say(word("saving"));
      let response;
      try {
        response = await fetch(location.href, {
          method: "POST",
          body: bodyOf(),
          headers: { "X-Requested-With": "autosave" },
          credentials: "same-origin",
          redirect: "manual",
        });
      } catch {
        say(word("offline"));
        later(retry);
        return undefined;
      } finally {
        isSaving = false;
      }
      if (response.ok) {
        const answer = await response.json();
        let isAll = isTyped(sent) && box?.checked === wasComplete;
        if (answer.is_merged) isAll = await takeOver(sent, wasComplete);
        else goOnFrom(answer, sent);
        if (isAll) {
          keep(null);
          if (!hasFile()) form.dispatchEvent(new Event("portal:kept"));
        } else {
          keep(draftOf());
          later(pause);
        }
        // Times are in Japan's zone on every page of the portal, whatever the clock here says.
        const options = { timeZone: "Asia/Tokyo", hourCycle: "h23" };
        const time = `${new Date().toLocaleTimeString(document.documentElement.lang, options)} JST`;
        say(word(answer.is_merged ? "merged" : hasFile() ? "saved-but-file" : "saved", { time }));
      } else if (response.type === "opaqueredirect" || response.status === 403) {
        const link = document.createElement("a");
        link.href = location.href;
        link.textContent = word("sign-in");
        state.replaceChildren(word("signed-out"), " ", link);
        form.dispatchEvent(new Event("portal:kept"));
      } else if (response.status === 409) {
        say(word((await response.json()).is_own ? "conflict-own" : "conflict"));
      } else if (response.status === 404) {
        // Taken off the team meanwhile, say: to try again would be of no use, and the text stays here to be copied.
        say(word("gone"));
      } else if (response.status === 422) {
        say(word("not-saved", { reason: (await response.json()).sentences.join(" ") }));
      } else {
        say(word("offline"));
        later(retry);
      }
      return undefined;
    }

    form.addEventListener("input", () => {
      keep(draftOf());
      later(pause);
    });
    // The button saves too; until the next page is here nobody knows whether it did.
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      keep(draftOf({ isSent: true }));
    });

    const draft = kept();
    if (!draft?.values) return;
    const isSaved = isTyped(draft.values);
    const wasSaved = draft.isSent && Number(revision.value) > Number(draft.revision);
    if (isSaved || wasSaved || form.querySelector("[data-error-summary]")) {
      keep(null);
      return;
    }
    // Made from an older revision, it leads to the page with both texts when it is saved.
    revision.value = draft.revision;
    if (draft.base && base) base.value = draft.base;
    for (const control of controls()) {
      const value = draft.values[control.name];
      if (value === undefined || value === normal(control.value)) continue;
      if (control.type === "radio") choose(control.name, value);
      else control.value = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    clearTimeout(timer);
    say(word("kept"));
    window.portal.announce(word("kept"));
  });
})();
