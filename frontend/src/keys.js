// Keyboard: "/" to search, "?" for the table of keys, "g h" home, Ctrl+Enter submits.
import { $ } from "./dom.js";

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");
let before = "";

function search() {
  const field = $("[data-search], form[data-filter] input:not([type=hidden])");
  field?.focus();
  field?.select?.();
  return Boolean(field);
}

function go(event) {
  const pair = before + event.key;
  before = event.key === "g" ? "g" : "";
  if (pair === "gh") location.assign("/");
  else if (event.key === "/" && search()) event.preventDefault();
  else if (event.key === "?") $("#keys")?.showModal();
}

export function keys() {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") event.target.form?.requestSubmit?.();
    else if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) go(event);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) $("#keys")?.showModal();
  });
}
