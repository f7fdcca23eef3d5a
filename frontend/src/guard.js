// One submission at a time, and no silent loss of what was typed.
import { $, $$, words } from "./dom.js";

const changed = new Set();
export const clean = (form) => changed.delete(form);

function lock(form, button) {
  if (form.dataset.sending) return false;
  form.dataset.sending = "1";
  button?.setAttribute("aria-busy", "true");
  const note = $("[data-draft-note]", form);
  if (note) note.textContent = words("sending");
  setTimeout(() => unlock(form), 20000);
  return true;
}

export function unlock(form) {
  delete form.dataset.sending;
  $$("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
}

export function guard() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-guard")) changed.add(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get" || event.defaultPrevented) return;
    if (!lock(form, event.submitter)) event.preventDefault();
    else changed.delete(form);
  });
  // A page that comes back from the history must not stay locked.
  window.addEventListener("pageshow", () => $$("form[data-sending]").forEach(unlock));
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
}
