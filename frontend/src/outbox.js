// form[data-outbox]: a record is on the phone before it is sent, and goes from there only when the server has it.
// The server tells repeats apart by client_id; captured_at says when the record was really made.
import { dropDraft } from "./drafts.js";
import { $, identifier, make, moment, userKey, words } from "./dom.js";
import { clean, unlock } from "./guard.js";
import { drop, onChange, own, put, read } from "./outbox/base.js";
import { exportZip, importZip } from "./outbox/carry.js";
import { list } from "./outbox/list.js";
import { attempt, sendAll } from "./outbox/queue.js";
import { send } from "./outbox/send.js";
import { photosOf, putPhotos } from "./photos.js";
import { HOW, refill, refresh } from "./refill.js";
import { toast } from "./toast.js";

function hidden(form, name, value) {
  let field = form.elements[name];
  if (!field) form.append((field = make("input", { type: "hidden", name })));
  field.value ||= value;
  return field.value;
}

function recordOf(form) {
  const id = hidden(form, "client_id", identifier());
  const at = hidden(form, "captured_at", moment());
  const entries = [...new FormData(form).entries()].filter(([name, value]) => typeof value === "string" && (!HOW.has(name) || name === "client_id" || name === "captured_at"));
  const title = form.dataset.title || document.title.split(" · ")[0];
  const url = new URL(form.action).pathname + new URL(form.action).search;
  return { id, user: userKey(), url, title, at, entries, photos: photosOf(form), state: "waiting" };
}

// What is missing, named at the top and marked at its field, as the server's own page does it.
function showErrors(form, errors) {
  $(".aw-errors", form.parentElement)?.remove();
  form.querySelectorAll(".is-invalid").forEach((field) => field.classList.remove("is-invalid"));
  const rows = Object.entries(errors).flatMap(([name, sentences]) => [].concat(sentences).map((sentence) => make("li", {}, make("a", { href: `#f-${name}` }, sentence))));
  for (const name of Object.keys(errors)) [].concat(form.elements[name] ?? []).forEach((field) => field.classList?.add("is-invalid"));
  const box = make("div", { class: "aw-errors", role: "alert", tabindex: "-1" }, make("b", {}, words("missing").replace("%n", rows.length)), make("ul", {}, ...rows));
  form.before(box);
  box.focus();
}

// A question that the page has not asked yet comes from the server, with all that was typed.
async function complain(form, errors) {
  if (Object.keys(errors).some((name) => !form.elements[name])) await refresh(form);
  showErrors(form, errors);
}

// Kept: the form gives way to what happens next, so that nobody types the same a second time.
function gone(form) {
  const more = make("button", { type: "button", class: "btn", "data-unsent-open": "" }, words("unsentOpen"));
  const home = make("a", { class: "btn btn-primary", href: "/" }, words("home"));
  const box = make("div", { class: "aw-kept", role: "status", tabindex: "-1" }, make("b", {}, words("keptTitle")), make("p", {}, words("kept")), make("div", { class: "aw-kept-foot" }, home, more));
  form.replaceWith(box);
  box.focus();
}

// Without a store (a private window, a full phone) it goes at once or not at all; the form stays until it has gone.
async function unstored(form, record, error) {
  const outcome = await send(record);
  unlock(form);
  if (outcome.state === "waiting" && !outcome.login) return toast(words(error?.name === "QuotaExceededError" ? "full" : "unkept"), "error");
  return settle(form, { ...outcome, taken: record.taken });
}

async function submit(form) {
  const record = recordOf(form);
  try {
    await put(record);
  } catch (error) {
    return unstored(form, record, error);
  }
  const note = $("[data-draft-note]", form);
  clean(form); // on the phone: leaving the page loses nothing any more
  const outcome = await attempt(record.id, (n, all) => { if (note) note.textContent = `${words("photo")} ${n}/${all}`; });
  unlock(form);
  // Everything is still in the form: the phone's copy would be a second one.
  if (outcome.state === "refused" && !outcome.taken) await drop(record.id);
  return settle(form, outcome);
}

async function settle(form, { state, next, errors, message, login, taken }) {
  if (state === "done") {
    clean(form);
    dropDraft(form);
    return location.assign(next || location.pathname + location.search);
  }
  if (state === "refused" && !taken) return Object.keys(errors ?? {}).length ? complain(form, errors) : toast(message, "error");
  clean(form);
  dropDraft(form);
  if (login) return location.assign(`${login}?next=${encodeURIComponent("/")}`);
  gone(form);
  if (state === "refused" || state === "differs") list(() => goOn(true)).then(() => $("#unsent")?.showModal());
  return undefined;
}

async function count() {
  const button = $(".aw-unsent");
  const records = await own().catch(() => []);
  if (button) {
    const label = $("[data-unsent-label]", button);
    label.textContent = label.dataset.unsentLabel.replace("%n", records.length);
    button.hidden = records.length === 0;
  }
  const logout = $("form[data-logout]");
  if (logout && records.length) logout.dataset.confirm = words("logoutUnsent").replace("%n", records.length);
  else if (logout) delete logout.dataset.confirm;
}

let uploaded = 0;
function done(outcome, record) {
  if (outcome.state === "done") toast(`${(uploaded += 1)} ${words("uploaded")}`, "success");
  else if (outcome.state === "refused" || outcome.state === "differs") toast(`${record.title}：${outcome.message}`, "error");
  else if (outcome.halt) toast(outcome.message, "warning");
}

const goOn = (force) => { uploaded = 0; return sendAll(force, done); };

async function take(input) {
  const [file] = input.files;
  if (!file) return;
  try {
    toast(`${await importZip(file)} ${words("zipTaken")}`, "success");
    goOn(true);
  } catch (error) {
    toast(error.message, "error");
  }
  input.value = "";
}

// A record that came back opens in its own form, with its identifier and its hour.
async function reopen() {
  const id = location.hash.match(/^#unsent=([0-9a-f-]{36})$/)?.[1];
  const form = id && $("form[data-outbox]");
  const record = form && (await read(id).catch(() => null));
  if (!record || record.user !== userKey() || record.taken) return;
  hidden(form, "client_id", "");
  hidden(form, "captured_at", "");
  form.elements.client_id.value = id;
  form.elements.captured_at.value = record.at;
  putPhotos(form, record.photos ?? []);
  await refill(form, record.entries);
  if (record.errors && Object.keys(record.errors).length) await complain(form, record.errors);
  else if (record.message) toast(record.message, "warning");
}

function show() {
  count();
  if ($("#unsent")?.open) list(() => goOn(true));
}

export function outbox() {
  if (!window.indexedDB) return;
  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("data-outbox") || event.defaultPrevented || event.submitter?.name === "refresh") return;
    event.preventDefault();
    submit(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-unsent-open]")) list(() => goOn(true)).then(() => { if (!$("#unsent")?.open) $("#unsent")?.showModal(); });
    if (event.target.closest("[data-unsent-send]")) goOn(true);
    if (event.target.closest("[data-unsent-export]")) exportZip();
  });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-unsent-import]")) take(event.target); });
  window.addEventListener("online", () => goOn(true));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") goOn(false); });
  onChange(show);
  count();
  reopen().catch(() => {});
  goOn(false);
}
