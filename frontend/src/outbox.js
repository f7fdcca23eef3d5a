// form[data-outbox]: a record made without a network is kept on the phone and sent later, once.
// The server tells repeats apart by client_id; captured_at says when the record was really made.
import { openDB } from "idb";
import { $, $$, csrf, make, userKey, words } from "./dom.js";
import { sentenceOf } from "./answer.js";
import { dropDraft } from "./drafts.js";
import { clean, unlock } from "./guard.js";
import { toast } from "./toast.js";
import { zip } from "./zip.js";

const base = () => openDB("anwang", 1, { upgrade: (db) => db.createObjectStore("unsent", { keyPath: "id" }) });
const own = async () => (await (await base()).getAll("unsent")).filter((record) => record.user === userKey());

function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function hidden(form, name, value) {
  let field = form.elements[name];
  if (!field) form.append((field = make("input", { type: "hidden", name })));
  field.value ||= value;
  return field.value;
}

function post(url, entries) {
  const body = new FormData();
  for (const [name, value] of entries) if (name !== "csrfmiddlewaretoken") body.append(name, value);
  const headers = { "X-CSRFToken": csrf(), Accept: "application/json" };
  return fetch(url, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual" });
}

async function count() {
  const button = $("[data-unsent-open]");
  if (!button) return;
  const records = await own().catch(() => []);
  const label = $("[data-unsent-label]", button);
  label.textContent = label.dataset.unsentLabel.replace("%n", records.length);
  button.hidden = records.length === 0;
}

async function keep(form, entries) {
  const id = form.elements.client_id.value;
  const title = form.dataset.title || document.title.split(" · ")[0];
  await (await base()).put("unsent", { id, user: userKey(), url: form.action, title, at: form.elements.captured_at.value, entries });
  clean(form);
  dropDraft(form);
  toast(words("kept"), "warning", 10);
  await count();
}

async function submit(form) {
  hidden(form, "client_id", identifier());
  hidden(form, "captured_at", new Date().toISOString());
  const entries = [...new FormData(form).entries()];
  let answer;
  try {
    answer = await post(form.action, entries);
  } catch {
    return keep(form, entries).finally(() => unlock(form));
  }
  unlock(form);
  if (answer.status >= 500) return keep(form, entries);
  if (answer.ok) {
    clean(form);
    dropDraft(form);
    return location.assign((await answer.json()).next || location.href);
  }
  if (answer.type === "opaqueredirect") return location.reload();
  // Sent once more as a plain form, the page itself shows what is missing at the fields.
  if (answer.status === 422) return clean(form), form.submit();
  toast(sentenceOf(await answer.text()) || words("failed"), "error");
}

async function sendAll() {
  let done = 0;
  for (const record of await own()) {
    let answer;
    try { answer = await post(record.url, record.entries); } catch { toast(words("offline"), "error"); break; }
    if (answer.ok) {
      await (await base()).delete("unsent", record.id);
      done += 1;
    } else if (answer.type !== "opaqueredirect") toast(`${record.title}：${sentenceOf(await answer.text()) || words("failed")}`, "error");
  }
  if (done) toast(`${done} ${words("uploaded")}`, "success");
  await Promise.all([count(), list()]);
}

async function list() {
  const host = $("[data-unsent-list]");
  const rows = (await own()).map((record) => make("li", {}, make("div", { class: "aw-rows-main" }, record.title, make("small", {}, new Date(record.at).toLocaleString()))));
  host?.replaceChildren(...rows);
}

async function exportZip() {
  const files = [];
  for (const record of await own()) {
    const plain = record.entries.map(([name, value]) => [name, value instanceof File ? `${record.id}/${value.name}` : value]);
    files.push([`${record.id}.json`, new TextEncoder().encode(JSON.stringify({ ...record, entries: plain }, null, 1))]);
    for (const [, value] of record.entries) if (value instanceof File && value.size) files.push([`${record.id}/${value.name}`, new Uint8Array(await value.arrayBuffer())]);
  }
  const link = make("a", { href: URL.createObjectURL(zip(files)), download: "anwang-unsent.zip" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export function outbox() {
  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("data-outbox") || event.defaultPrevented || !window.indexedDB) return;
    event.preventDefault();
    submit(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-unsent-open]")) list().then(() => $("#unsent")?.showModal());
    if (event.target.closest("[data-unsent-send]")) sendAll();
    if (event.target.closest("[data-unsent-export]")) exportZip();
  });
  window.addEventListener("online", () => { if (!$("[data-unsent-open]")?.hidden) sendAll(); });
  if (window.indexedDB) count();
}
