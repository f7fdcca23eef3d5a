// Sending one record: the record first, then each photo by itself, so that a weak network loses one photo and no more.
// The server knows repeats by the record's and the photo's identifiers: sending again is always safe.
import { csrf, moment, words } from "../dom.js";
import { sentenceOf } from "../answer.js";
import { update } from "./base.js";

async function ask(url, options = {}, seconds = 40) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  try {
    const headers = { Accept: "application/json", ...(options.body ? { "X-CSRFToken": csrf() } : {}) };
    return await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options, headers, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function told(answer) {
  const text = await answer.text().catch(() => "");
  try { return JSON.parse(text); } catch { return { message: sentenceOf(text) }; }
}

const later = (message) => ({ state: "waiting", message });
const halt = (message, login = "") => ({ state: "waiting", message, halt: true, login });

// Under the account that made it, and no other: the phone may have been handed on.
async function stranger(record) {
  const answer = await ask("/offline/who/");
  if (!answer.ok) return halt(words("failed"));
  const { user } = await answer.json();
  if (user === null) return halt(words("signedOut"), "/account/login/");
  return String(user) === record.user ? null : halt(words("otherUser"));
}

function bodyOf(record) {
  const body = new FormData();
  for (const [name, value] of record.entries) body.append(name, value);
  body.set("client_id", record.id);
  body.set("captured_at", record.at);
  body.set("sent_at", moment());
  return body;
}

// An answer that is not "taken", as a state of the record. What may pass by itself waits; the rest needs its person.
async function refusal(answer, body) {
  const message = body.message || words("failed");
  if (answer.type === "opaqueredirect" || answer.status === 401) return halt(words("signedOut"), body.url || "/account/login/");
  if (answer.status === 403 && body.code === "password_first") return halt(message, body.url);
  if (answer.status === 403 || answer.status >= 500 || answer.status === 429 || answer.status === 408) return later(message);
  if (answer.status === 409 && body.differences) return { state: "differs", message, differences: body.differences, url: body.url };
  return { state: "refused", message, errors: body.errors ?? {}, code: body.code };
}

async function sendRecord(record) {
  let answer = await ask(record.url, { method: "POST", body: bodyOf(record) });
  let body = await told(answer);
  // The cookie may have been renewed since it was read: once more with the new one.
  if (answer.status === 403 && body.code === "csrf") {
    answer = await ask(record.url, { method: "POST", body: bodyOf(record) });
    body = await told(answer);
  }
  if (!answer.ok) return refusal(answer, body);
  await update(record, { taken: true, next: body.next ?? body.url ?? "" });
  return null;
}

function photoBody(photo) {
  const body = new FormData();
  body.append("photo", photo.blob, photo.name);
  body.append("photo_id", photo.id);
  for (const name of ["original_sha256", "taken_at", "latitude", "longitude"]) if (photo[name] !== undefined) body.append(name, photo[name]);
  return body;
}

// Only what is missing there goes: the list is asked for first, since the answer to an earlier try may have been lost.
async function sendPhotos(record, progress) {
  const url = `/contacts/${record.id}/photos/`;
  const listed = await ask(url);
  const list = await told(listed);
  if (!listed.ok) return listed.status === 404 ? { state: "refused", message: list.message } : refusal(listed, list);
  const known = new Set(list.photos.map((photo) => photo.id));
  for (const photo of record.photos) if (known.has(photo.id)) photo.had = true;
  for (const [n, photo] of record.photos.entries()) {
    if (photo.had || photo.refused) continue;
    progress?.(n + 1, record.photos.length);
    const answer = await ask(url, { method: "POST", body: photoBody(photo) }, 120);
    const body = await told(answer);
    if (answer.ok) photo.had = true;
    else {
      const said = await refusal(answer, body);
      if (said.state === "waiting") return said;
      photo.refused = said.message;
    }
    await update(record, { busyUntil: Date.now() + 120000 });
  }
  const refused = record.photos.filter((photo) => photo.refused);
  return refused.length ? { state: "refused", message: refused.map((photo) => photo.refused).join(" ") } : null;
}

// → {state: "done" | "waiting" | "refused" | "differs", message, …}; a network that is not there is "waiting".
export async function send(record, progress) {
  try {
    const wrong = (await stranger(record))
      ?? (record.taken ? null : await sendRecord(record))
      ?? (record.photos?.some((photo) => !photo.had && !photo.refused) ? await sendPhotos(record, progress) : null);
    return wrong ?? { state: "done", next: record.next };
  } catch {
    return { ...later(words("unreached")), unreached: true };
  }
}
