// A form with a file shows how much of it has been sent. Where the line breaks off, the page stays as it is, with all that was
// typed and chosen, and offers to send it again; the server has stored nothing then, and knows a repeated post by its token.
(() => {
  "use strict";

  const word = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), window.portal.word(name));

  const filesOf = (form) => [...form.elements].flatMap((control) => [...(control.files ?? [])]);

  function tooLarge(form) {
    for (const control of form.elements) {
      const most = Number(control.dataset?.maxBytes ?? 0);
      const file = [...(control.files ?? [])].find((one) => most && one.size > most);
      if (file) return { name: file.name, most: Math.floor(most / 1048576) };
    }
    return null;
  }

  // The box below the form's buttons: what is going on, how far, and the button to try again.
  function boxOf(form) {
    let box = form.querySelector("[data-upload]");
    if (!box) {
      box = document.createElement("div");
      box.dataset.upload = "";
      box.className = "upload";
      box.append(document.createElement("p"));
      form.append(box);
    }
    return box;
  }

  function say(form, sentence, ...more) {
    const box = boxOf(form);
    box.firstElementChild.textContent = sentence;
    box.replaceChildren(box.firstElementChild, ...more);
    window.portal.announce(sentence);
  }

  function failed(form, submitter, sentence) {
    form.removeAttribute("aria-busy");
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button button--secondary";
    again.textContent = word("upload-again");
    again.addEventListener("click", () => form.requestSubmit(submitter ?? undefined));
    say(form, sentence, again);
    // What was typed is unsaved still: the guard warns of it, and a form that saves itself goes on doing so.
    form.dispatchEvent(new Event("input", { bubbles: true }));
    again.focus();
  }

  // The answer is the next page, asked for already: it is shown, not fetched a second time.
  function show(request) {
    const address = new URL(request.responseURL || location.href);
    if (address.href === location.href) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    document.open();
    document.write(request.responseText);
    document.close();
  }

  function send(form, submitter) {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", word("upload-progress"));
    form.setAttribute("aria-busy", "true");
    say(form, word("sending"), bar);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = Math.floor((100 * event.loaded) / event.total);
      const sentence = bar.value < 100 ? word("upload-sent", { percent: `${bar.value}%` }) : word("upload-checking");
      boxOf(form).firstElementChild.textContent = sentence;
    });
    request.addEventListener("load", () => {
      const isPage = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/html");
      if (request.status === 413) failed(form, submitter, word("upload-refused"));
      else if (request.status >= 500 || !isPage) failed(form, submitter, word("upload-broken"));
      else show(request);
    });
    for (const kind of ["error", "abort", "timeout"]) {
      request.addEventListener(kind, () => failed(form, submitter, word("upload-broken")));
    }
    const body = new FormData(form);
    if (submitter?.name) body.append(submitter.name, submitter.value);
    request.send(body);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.enctype !== "multipart/form-data" || event.defaultPrevented) return;
    if (!filesOf(form).length || form.hasAttribute("hx-post")) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    const large = tooLarge(form);
    if (large) failed(form, event.submitter, word("upload-too-large", large));
    else send(form, event.submitter);
  });
})();
