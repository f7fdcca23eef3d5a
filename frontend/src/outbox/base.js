// What is kept on this phone: records that the server has not taken, and the photos of drafts.
import { openDB } from "idb";
import { userKey } from "../dom.js";

let opened;
const base = () => (opened ??= openDB("anwang", 2, {
  upgrade(db) {
    if (!db.objectStoreNames.contains("unsent")) db.createObjectStore("unsent", { keyPath: "id" });
    if (!db.objectStoreNames.contains("drafts")) db.createObjectStore("drafts", { keyPath: "key" });
  },
  // Another tab brings a newer form of the store: let it.
  blocking: (_old, _new, event) => event.target.close(),
}).catch((error) => { opened = undefined; throw error; }));

const LEASE = 120000;
const others = "BroadcastChannel" in window ? new BroadcastChannel("anwang-unsent") : null;
const heard = new Set();
export const onChange = (then) => heard.add(then);
others?.addEventListener("message", () => heard.forEach((then) => then()));

function changed() {
  others?.postMessage("changed");
  heard.forEach((then) => then());
}

// "strict": on the disk before we say that it is kept.
async function inside(store, work) {
  const transaction = (await base()).transaction(store, "readwrite", { durability: "strict" });
  const result = await work(transaction.store);
  await transaction.done;
  return result;
}

export async function own() {
  const found = await (await base()).getAll("unsent");
  return found.filter((record) => record.user === userKey()).sort((a, b) => (a.at < b.at ? -1 : 1));
}

export const read = async (id) => (await base()).get("unsent", id);

export async function put(record) {
  await inside("unsent", (store) => store.put(record));
  changed();
}

export async function drop(id) {
  await inside("unsent", (store) => store.delete(id));
  changed();
}

// Whoever claims a record sends it; the others leave it alone until it is given back or its sender is gone.
export async function claim(id) {
  const claimed = await inside("unsent", async (store) => {
    const record = await store.get(id);
    const left = record ? (record.busyUntil ?? 0) - Date.now() : 0;
    if (!record || (left > 0 && left <= LEASE)) return null;
    record.busyUntil = Date.now() + LEASE;
    record.state = "sending";
    await store.put(record);
    return record;
  });
  if (claimed) changed();
  return claimed;
}

// The sender's word on a record it has claimed. One that was deleted meanwhile stays so; a store that fails is no
// reason to stop sending, since what was sent already may be sent again.
export async function update(record, change) {
  Object.assign(record, change);
  await inside("unsent", async (store) => { if (await store.get(record.id)) await store.put(record); }).catch(() => {});
  changed();
}

// Drafts lie here as well as in localStorage: that one reaches the disk seconds later, and a phone's browser is killed
// without a word.
export const draft = async (key) => (await (await base()).get("drafts", key)) ?? {};
export const keepDraft = (key, change) => inside("drafts", async (store) => {
  const whole = { key, ...(await store.get(key)), ...change };
  return whole.photos?.length || whole.saved ? store.put(whole) : store.delete(key);
});
export const dropDraftOf = (key) => inside("drafts", (store) => store.delete(key));
export const dropDrafts = (prefix) => inside("drafts", async (store) => {
  for (const key of await store.getAllKeys()) if (key.startsWith(prefix)) await store.delete(key);
});
