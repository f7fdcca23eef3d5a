// What is typed into form[data-draft] survives a closed tab, a flat battery and a failed request.
// It is kept on this device under this account and goes when the server has taken the form, or on signing out.
import { $, $$, make, once, store, userKey, words } from "./dom.js";
import { draft, dropDraftOf, dropDrafts, keepDraft } from "./outbox/base.js";
import { pairsOf, refill } from "./refill.js";

export const keyOf = (form) => `aw-draft:${userKey()}:${form.dataset.draft}`;
const hour = () => new Date().toTimeString().slice(0, 5);

function note(form, text) {
  const place = $("[data-draft-note]", form);
  if (place) place.textContent = text;
  return place;
}

// "Restored", with a way to be rid of it; `drop` puts the form back as it was.
export function restored(form, at, drop) {
  const button = make("button", { type: "button", class: "btn btn-sm btn-link" }, words("draftDrop"));
  button.addEventListener("click", () => { dropDraft(form); note(form, ""); drop(); });
  note(form, `${words("draftRestored")}${at ? `（${at}）` : ""}`)?.append(button);
}

async function offer(form, key) {
  const saved = store.get(key) ?? (await draft(key).catch(() => ({}))).saved;
  if (!saved?.pairs || JSON.stringify(saved.pairs) === JSON.stringify(pairsOf(form))) return;
  // Thrown away, the page is asked for again: it knows best how the form begins.
  await refill(form, saved.pairs).finally(() => restored(form, saved.at, () => location.reload()));
}

function setUp(form) {
  const key = keyOf(form);
  let timer;
  const save = () => {
    clearTimeout(timer);
    timer = 0;
    const saved = { at: hour(), pairs: pairsOf(form) };
    const said = () => note(form, `${words("draftSaved")} ${hour()}`);
    const local = store.set(key, saved);
    keepDraft(key, { saved }).then(said, () => local && said());
  };
  if (!$(".is-invalid, .aw-errors", form) && !location.hash.startsWith("#unsent=")) offer(form, key);
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 300); });
  // A telephone call or the home button may be the last that a page hears.
  document.addEventListener("visibilitychange", () => { if (timer && form.isConnected && document.visibilityState === "hidden") save(); });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
    store.set(key, { at: hour(), pairs: pairsOf(form) });
    store.set(`aw-sent:${key}`, Date.now());
  });
}

export function dropDraft(form) {
  if (!form.dataset.draft) return;
  const key = keyOf(form);
  store.drop(key);
  store.drop(`aw-sent:${key}`);
  dropDraftOf(key).catch(() => {});
}

// A page of ours that arrives after a submission and does not show that form's errors means it was taken.
function settle() {
  const back = new Set($$("form[data-draft]").filter((form) => $(".is-invalid, .aw-errors", form)).map(keyOf));
  const failed = $("[data-error-sentence]");
  for (const mark of store.keys("aw-sent:")) {
    const key = mark.slice("aw-sent:".length);
    if (!back.has(key) && !failed) {
      store.drop(key);
      dropDraftOf(key).catch(() => {});
    }
    store.drop(mark);
  }
}

export function dropAllDrafts() {
  store.keys("aw-draft:").forEach(store.drop);
  return dropDrafts("aw-draft:").catch(() => {});
}

let settled = false;
export function drafts(root) {
  if (!settled) {
    settled = true;
    settle();
  }
  for (const form of $$("form[data-draft]", root)) if (once(form, "draft")) setUp(form);
}
