// Pages of one person. The cache bears the account's key; another account's sign-in, signing out, and an answer that
// sends to the sign-in page delete it. The network always goes first, with a limit where there is a kept copy.
import { offlinePage } from "./files.js";

const told = self.ANWANG;
const PREFIX = "anwang-pages-";
const PATIENCE = 4000;
const NOTE = "/offline/note";

const nameOf = (user) => PREFIX + user;
const mine = async () => (await caches.keys()).find((name) => name.startsWith(PREFIX));
const userOf = (name) => name?.slice(PREFIX.length);

let forgotten = 0;

export async function forget(but = "") {
  forgotten += 1;
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== but) await caches.delete(name);
}

export const here = (user) => forget(user ? nameOf(user) : "");

export async function state() {
  const name = await mine();
  const note = name && (await (await caches.open(name)).match(NOTE));
  return note ? note.json() : { at: null, pages: 0, bytes: 0 };
}

// A copy of a page with its hour, which is the server's: every page carries it.
async function keep(cache, url, answer, user) {
  const text = await answer.text();
  if (!text.includes(`data-user="${user}"`)) return 0;
  const at = text.match(/data-now="([^"]+)"/)?.[1] ?? new Date().toISOString();
  const headers = { "content-type": answer.headers.get("content-type"), "aw-at": at };
  const policy = answer.headers.get("content-security-policy");
  if (policy) headers["content-security-policy"] = policy;
  await cache.put(url, new Response(text, { headers }));
  return text.length;
}

async function marked(kept) {
  const mark = `data-saved="${kept.headers.get("aw-at")}"`;
  return new Response((await kept.text()).replace("<body ", `<body ${mark} `), { headers: kept.headers });
}

// The exact address, else for a record the page of the same enterprise that offers the duty asked for.
async function find(cache, url) {
  const exact = await cache.match(url.href);
  const firm = url.searchParams.get("enterprise");
  if (exact || !firm) return exact;
  const duty = url.searchParams.get("obligation");
  let first;
  for (const request of await cache.keys()) {
    const other = new URL(request.url);
    if (other.pathname !== url.pathname || other.searchParams.get("enterprise") !== firm) continue;
    const kept = await cache.match(request);
    first ??= kept;
    if (duty && (await kept.clone().text()).includes(`id="duty-${duty}"`)) return kept;
  }
  return first;
}

async function renew(name, url, copy) {
  const cache = (await caches.has(name)) && (await caches.open(name));
  if (cache && (await cache.match(url))) await keep(cache, url, copy, userOf(name));
}

async function fresh(event, url, name) {
  const answer = await fetch(event.request);
  if (url.pathname === told.login && answer.ok) await forget();
  if (name && answer.ok && !answer.redirected) {
    const copy = answer.clone();
    // Kept copies are renewed by looking at the page; a page that was not worth keeping is not kept now.
    event.waitUntil(renew(name, url.href, copy));
  }
  return answer;
}

const later = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export async function page(event, url) {
  const name = await mine();
  const kept = name && (await find(await caches.open(name), url));
  const network = fresh(event, url, name).catch(() => null);
  const answer = kept ? await Promise.race([network, later(PATIENCE)]) : await network;
  if (answer && !(kept && answer.status >= 502)) return answer;
  if (!kept) return plain(name);
  event.waitUntil(network);
  return marked(kept);
}

export async function plain(name) {
  const page_ = await offlinePage();
  if (!page_) return Response.error();
  const user = userOf(name) ? ` data-user="${userOf(name)}"` : "";
  return new Response((await page_.text()).replace("<body ", `<body data-unreached${user} `), { status: 503, headers: page_.headers });
}

async function fetchInto(cache, path, user) {
  const answer = await fetch(path, { headers: { "Anwang-Keep": "1", Accept: "text/html" }, redirect: "manual" });
  return answer.ok ? keep(cache, new URL(path, self.location.href).href, answer, user) : 0;
}

// Two at a time: a phone on a weak network stays usable meanwhile.
export async function fill(tell) {
  const answer = await fetch(told.pages, { redirect: "manual" });
  if (!answer.ok) return answer.status === 401 || answer.type === "opaqueredirect" ? forget() : tell({ kind: "state", ...(await state()) });
  const { user, pages, now } = await answer.json();
  await here(user);
  const times = forgotten;
  const cache = await caches.open(nameOf(user));
  const queue = [...pages];
  let [done, bytes] = [0, 0];
  const work = async () => {
    while (queue.length && times === forgotten) {
      bytes += await fetchInto(cache, queue.shift(), user).catch(() => 0);
      done += 1;
      tell({ kind: "filling", done, total: pages.length });
    }
  };
  await Promise.all([work(), work()]);
  // Signed out meanwhile: what was still under way is in a cache that no name leads to any more.
  if (times !== forgotten) return;
  await dropOld(cache, new Set(pages.map((path) => new URL(path, self.location.href).href)));
  const note = { at: now, pages: pages.length, bytes };
  await cache.put(NOTE, new Response(JSON.stringify(note)));
  tell({ kind: "state", ...note });
}

async function dropOld(cache, wanted) {
  for (const request of await cache.keys()) if (!wanted.has(request.url) && !request.url.endsWith(NOTE)) await cache.delete(request);
}
