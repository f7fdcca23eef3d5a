// Ticking rows: count, pick-all, shift-click for a range, and choices that show they are on.
import { $, $$, once } from "./dom.js";

const boxesOf = (listing) => $$("tbody .aw-col-pick input[type=checkbox], tbody input[type=checkbox][data-pick]", listing);

function show(listing) {
  const boxes = boxesOf(listing);
  const picked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr").classList.toggle("aw-picked", box.checked);
  const bar = $("[data-batch-bar]", listing);
  bar?.classList.toggle("aw-on", picked.length > 0);
  const count = bar && $("[data-batch-count]", bar);
  if (count) count.textContent = picked.length;
  const all = $("[data-pick-all]", listing);
  if (all) {
    all.checked = picked.length > 0 && picked.length === boxes.length;
    all.indeterminate = picked.length > 0 && picked.length < boxes.length;
  }
}

// A box is named after its row, so that a screen reader says which one is ticked.
function nameBoxes(listing) {
  for (const box of boxesOf(listing)) {
    const row = box.closest("tr");
    const main = $(".aw-main-cell", row) ?? $("td:not(.aw-col-pick)", row);
    if (!box.hasAttribute("aria-label") && main) box.setAttribute("aria-label", main.textContent.trim());
  }
}

function watch(listing) {
  nameBoxes(listing);
  let last = null;
  listing.addEventListener("click", (event) => {
    if (event.target.closest("[data-batch-clear]")) boxesOf(listing).forEach((box) => { box.checked = false; });
    else if (event.target.matches("[data-pick-all]")) boxesOf(listing).forEach((box) => { box.checked = event.target.checked; });
    else if (event.shiftKey && last && boxesOf(listing).includes(event.target)) {
      const boxes = boxesOf(listing);
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(event.target)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((box) => { box.checked = event.target.checked; });
    } else if (!boxesOf(listing).includes(event.target)) return;
    if (boxesOf(listing).includes(event.target)) last = event.target;
    show(listing);
  });
  show(listing);
}

function mark(group) {
  for (const label of $$(".aw-choice", group)) label.classList.toggle("aw-on", Boolean($("input:checked", label)));
}

export function batch(root) {
  for (const listing of $$("[data-listing]", root)) if (once(listing, "batch")) watch(listing);
  for (const group of $$(".aw-choices", root)) {
    if (!once(group, "choices")) continue;
    group.addEventListener("change", () => mark(group.closest("form") ?? group));
    mark(group);
  }
}
