// Short notices at the foot of the screen, and the close button of server messages.
import { $, make, words } from "./dom.js";

export function toast(text, kind = "info", seconds = kind === "error" ? 12 : 5) {
  const host = $("#toasts");
  if (!host || !text) return;
  for (const old of host.children) if (old.dataset.text === text) old.remove();
  const close = make("button", { class: "aw-x", type: "button", "aria-label": words("close"), "data-dismiss": "" }, "✕");
  const box = make("div", { class: `aw-msg aw-msg-${kind}`, "data-msg": "" }, make("span", { class: "aw-msg-text" }, text), close);
  box.dataset.text = text;
  host.append(box);
  setTimeout(() => box.remove(), seconds * 1000);
}

export function messages() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss]");
    if (button) button.closest("[data-msg]")?.remove();
  });
}
