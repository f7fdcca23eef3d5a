// What is typed into form[data-draft] survives a closed tab, a flat battery and a failed request.
// It is kept on this device under this account and goes when the server has taken the form, or on signing out.
import { $, $$, make, once, store, userKey, words } from "./dom.js";

const keyOf = (form) => `aw-draft:${userKey()}:${form.dataset.draft}`;
const SKIP = new Set(["csrfmiddlewaretoken", "client_id", "captured_at"]);
const keeps = (field) => field.name && !SKIP.has(field.name) && !["file", "password", "submit", "button", "hidden"].includes(field.type);

export function valuesOf(form) {
  return [...form.elements].filter(keeps).map((field) => [
    field.name,
    field.type,
    field.type === "checkbox" || field.type === "radio" ? field.value : "",
    field.type === "checkbox" || field.type === "radio" ? field.checked
      : field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value,
  ]);
}

function putBack(form, saved) {
  for (const [name, type, own, value] of saved) {
    for (const field of [...form.elements].filter((each) => each.name === name && each.type === type)) {
      if (type === "checkbox" || type === "radio") { if (field.value === own) field.checked = value; }
      else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
      else field.value = value;
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
  $$(".aw-choices", form).forEach((group) => group.dispatchEvent(new Event("change")));
}

function note(form, text) {
  const place = $("[data-draft-note]", form);
  if (place) place.textContent = text;
  return place;
}

function offer(form, key) {
  const saved = store.get(key);
  if (!saved || JSON.stringify(saved.values) === JSON.stringify(valuesOf(form))) return;
  const first = valuesOf(form);
  putBack(form, saved.values);
  const drop = make("button", { type: "button", class: "btn btn-sm btn-link" }, words("draftDrop"));
  drop.addEventListener("click", () => { putBack(form, first); store.drop(key); note(form, ""); });
  note(form, `${words("draftRestored")}（${saved.at}）`)?.append(drop);
}

function setUp(form) {
  const key = keyOf(form);
  let timer;
  const save = () => {
    const at = new Date().toTimeString().slice(0, 5);
    if (store.set(key, { at, values: valuesOf(form) })) note(form, `${words("draftSaved")} ${at}`);
  };
  if (!$(".is-invalid, .aw-errors", form)) offer(form, key);
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    store.set(key, { at: new Date().toTimeString().slice(0, 5), values: valuesOf(form) });
    store.set(`aw-sent:${key}`, Date.now());
  });
}

export const dropDraft = (form) => { if (form.dataset.draft) { store.drop(keyOf(form)); store.drop(`aw-sent:${keyOf(form)}`); } };

// A page of ours that arrives after a submission and does not show that form's errors means it was taken.
function settle() {
  const back = new Set($$("form[data-draft]").filter((form) => $(".is-invalid, .aw-errors", form)).map(keyOf));
  const failed = $("[data-error-sentence]");
  for (const mark of store.keys("aw-sent:")) {
    const key = mark.slice("aw-sent:".length);
    if (!back.has(key) && !failed) store.drop(key);
    store.drop(mark);
  }
}

let settled = false;
export function drafts(root) {
  if (!settled) {
    settled = true;
    settle();
    $("form[data-logout]")?.addEventListener("submit", () => store.keys("aw-draft:").forEach(store.drop));
  }
  for (const form of $$("form[data-draft]", root)) if (once(form, "draft")) setUp(form);
}
