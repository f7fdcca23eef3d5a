// Going back, and copying; copying works in WeChat's webview too, where the clipboard interface may be missing.
import { words } from "./dom.js";
import { toast } from "./toast.js";

function oldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "aw-vh";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

export function copying() {
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-back]")) history.back();
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom)?.textContent || "";
    try { await navigator.clipboard.writeText(text); } catch { oldWay(text); }
    toast(words("copied"), "success", 2);
  });
}
