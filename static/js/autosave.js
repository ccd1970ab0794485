// A form with data-autosave saves itself two seconds after typing stops. What is not saved yet is also kept in this window, so
// that a session that has ended, or a portal that does not answer, loses nothing: it is put back when the page is opened again.
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
    const text = form.elements.namedItem("text");
    const revision = form.elements.namedItem("revision");
    const box = form.elements.namedItem("is_complete");
    const state = form.querySelector("[data-autosave-state]");
    let timer;
    let isSaving = false;

    const say = (sentence) => {
      state.textContent = sentence;
    };
    const draftOf = (extra = {}) => ({ text: text.value, revision: revision.value, ...extra });

    function later(delay) {
      clearTimeout(timer);
      timer = setTimeout(save, delay);
    }

    async function save() {
      if (isSaving) return later(pause);
      isSaving = true;
      const sent = text.value;
      const wasComplete = box?.checked;
      say(word("saving"));
      let response;
      try {
        response = await fetch(location.href, {
          method: "POST",
          body: new FormData(form),
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
        revision.value = (await response.json()).revision;
        if (text.value === sent && box?.checked === wasComplete) {
          keep(null);
          form.dispatchEvent(new Event("portal:kept"));
        } else {
          keep(draftOf());
          later(pause);
        }
        say(word("saved", { time: new Date().toLocaleTimeString(document.documentElement.lang) }));
      } else if (response.type === "opaqueredirect" || response.status === 403) {
        const link = document.createElement("a");
        link.href = location.href;
        link.textContent = word("sign-in");
        state.replaceChildren(word("signed-out"), " ", link);
        form.dispatchEvent(new Event("portal:kept"));
      } else if (response.status === 409) {
        say(word((await response.json()).is_own ? "conflict-own" : "conflict"));
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
    if (!draft) return;
    const isSaved = normal(draft.text) === normal(text.value);
    const wasSaved = draft.isSent && Number(revision.value) > Number(draft.revision);
    if (isSaved || wasSaved || form.querySelector("[data-error-summary]")) {
      keep(null);
      return;
    }
    // Made from an older revision, it leads to the page with both texts when it is saved.
    text.value = draft.text;
    revision.value = draft.revision;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(timer);
    say(word("kept"));
    window.portal.announce(word("kept"));
  });
})();
