// Dialogs: opening, closing, and the question that names the object before something goes.
import { $ } from "./dom.js";

let waiting = null;

export function ask(text, then) {
  const dialog = $("#confirm");
  if (!dialog || !dialog.showModal) return window.confirm(text) ? then() : undefined;
  $("[data-confirm-text]", dialog).textContent = text;
  waiting = then;
  dialog.showModal();
}

export function dialogs() {
  document.addEventListener("submit", (event) => {
    const text = event.submitter?.dataset.confirm || event.target.dataset.confirm;
    if (!text || event.target.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target: form, submitter } = event;
    ask(text, () => {
      form.dataset.confirmed = "1";
      if (form.requestSubmit) form.requestSubmit(submitter ?? undefined); else form.submit();
      delete form.dataset.confirmed;
    });
  }, true);
  document.addEventListener("htmx:confirm", (event) => {
    const text = event.detail.elt.dataset.confirm;
    if (!text || event.detail.elt.tagName === "FORM") return;
    event.preventDefault();
    ask(text, () => event.detail.issueRequest(true));
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) document.getElementById(opener.dataset.dialogOpen)?.showModal();
    if (event.target.closest("[data-confirm-go]")) {
      $("#confirm").close();
      waiting?.();
      waiting = null;
    }
  });
}
