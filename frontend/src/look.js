// 大字: larger type on this device only; nothing about it is sent to the server.
import { $$ } from "./dom.js";

export function look() {
  const root = document.documentElement;
  const show = () => $$("[data-large]").forEach((b) => b.setAttribute("aria-pressed", String(root.dataset.size === "large")));
  show();
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-large]")) return;
    const large = root.dataset.size !== "large";
    if (large) root.dataset.size = "large"; else delete root.dataset.size;
    try { localStorage.setItem("aw-size", large ? "large" : ""); } catch { /* then only for this page */ }
    show();
    window.dispatchEvent(new Event("resize"));
  });
}
