// Puts what was typed back into a form: a draft, or a record that the server sent back. Fields that the server adds by
// what is ticked (the duties' questions) are asked for with all that was typed, and come back filled.
import { $, $$ } from "./dom.js";

export const HOW = new Set(["csrfmiddlewaretoken", "client_id", "captured_at", "sent_at", "photos", "photo_meta"]);

// Pairs as the form would send them, without files, secrets and how it is sent.
export function pairsOf(form) {
  const skip = new Set([...form.elements].filter((field) => ["hidden", "password", "file"].includes(field.type)).map((field) => field.name));
  return [...new FormData(form).entries()].filter(([name, value]) => typeof value === "string" && !HOW.has(name) && !skip.has(name));
}

function fill(form, pairs) {
  const given = new Map();
  for (const [name, value] of pairs) given.set(name, [...(given.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || HOW.has(field.name) || ["hidden", "password", "file", "submit", "button"].includes(field.type)) continue;
    const values = given.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (values.length) field.value = values[0];
  }
  $$(".aw-choices", form).forEach((group) => group.dispatchEvent(new Event("change")));
}

// The part of the form that the server draws by what is chosen; null on a form without one.
export const partOf = (form) => $("[hx-post][hx-include='closest form']", form);

export async function refresh(form, pairs = [...new FormData(form).entries()]) {
  const part = partOf(form);
  if (!part) return;
  const values = {};
  for (const [name, value] of pairs) if (typeof value === "string") values[name] = name in values ? [].concat(values[name], value) : value;
  await window.htmx.ajax("POST", part.getAttribute("hx-post"), { source: form, target: part.getAttribute("hx-target"), swap: "outerHTML", values });
}

export async function refill(form, pairs) {
  fill(form, pairs);
  const there = new Set([...form.elements].map((field) => field.name));
  // Duties that this page does not offer: the server knows which belong to the form and the day of the draft.
  const ticked = pairs.every(([name, value]) => !["duty"].includes(name) || $$(`[name="${name}"]`, form).some((box) => box.value === value));
  if (ticked && pairs.every(([name]) => there.has(name))) return;
  if (navigator.onLine && partOf(form)) await refresh(form, pairs);
  fill(form, pairs);
}
