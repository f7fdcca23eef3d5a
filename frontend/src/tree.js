// The grid as a tree: one button opens a unit; its children may come from the server on first opening.
export function trees() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tree]");
    if (!button) return;
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    button.closest("li").querySelector("ul").hidden = !open;
  });
}
