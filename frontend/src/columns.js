// Column chooser: hides columns of a listing on this device. A table of 16 columns stays readable.
import { $, $$, make, once, store } from "./dom.js";

function setUp(menu) {
  const listing = menu.closest("[data-listing]");
  const key = `aw-cols:${location.pathname}:${listing.id}`;
  const hidden = new Set(store.get(key) ?? $$("th[data-col-off]", listing).map((head) => head.dataset.col));
  const apply = () => $$("[data-col]", listing).forEach((cell) => { cell.hidden = hidden.has(cell.dataset.col); });
  const sheet = $(".aw-sheet", menu);
  for (const head of $$("thead th[data-col]", listing)) {
    const box = make("input", { type: "checkbox", class: "form-check-input m-0" });
    box.checked = !hidden.has(head.dataset.col);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(head.dataset.col); else hidden.add(head.dataset.col);
      store.set(key, [...hidden]);
      apply();
    });
    sheet.append(make("label", { class: "aw-item" }, box, head.textContent.trim()));
  }
  apply();
}

export function columns(root) {
  for (const menu of $$("[data-columns]", root)) if (once(menu, "columns")) setUp(menu);
}
