// Unsent records on another way: out as a ZIP (for the office, or for another phone), and in again on that phone.
import { make, moment, userKey, words } from "../dom.js";
import { own, put, read } from "./base.js";
import { unzip } from "./unzip.js";
import { zip } from "./zip.js";

const FORMAT = "anwang-unsent";
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ABOUT = ["original_sha256", "taken_at", "latitude", "longitude"];
const text = (value) => new TextEncoder().encode(JSON.stringify(value, null, 1));
const about = (photo) => Object.fromEntries(ABOUT.filter((name) => photo[name] !== undefined).map((name) => [name, photo[name]]));

async function packed() {
  const records = await own();
  const files = [["manifest.json", text({ format: FORMAT, version: 1, user: userKey(), made_at: moment(), records: records.map(({ id }) => `${id}.json`) })]];
  for (const { id, user, url, title, at, entries, photos = [] } of records) {
    const listed = photos.map((photo) => ({ id: photo.id, file: `${id}/${photo.id}.${photo.name.split(".").pop()}`, ...about(photo) }));
    files.push([`${id}.json`, text({ id, user, url, title, at, entries, photos: listed })]);
    for (const [n, photo] of photos.entries()) files.push([listed[n].file, new Uint8Array(await photo.blob.arrayBuffer())]);
  }
  return zip(files);
}

export async function exportZip() {
  const link = make("a", { href: URL.createObjectURL(await packed()), download: `anwang-unsent-${moment().slice(0, 10)}.zip` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const parsed = async (files, name) => JSON.parse(new TextDecoder().decode(await files.get(name)()));

async function photosIn(files, listed) {
  const photos = [];
  for (const photo of listed) {
    if (!ID.test(photo.id) || !files.has(photo.file)) throw new Error("zip");
    photos.push({ id: photo.id, name: photo.file.split("/").pop(), blob: new Blob([await files.get(photo.file)()], { type: "image/jpeg" }), ...about(photo) });
  }
  return photos;
}

// A record that this site can have made: an address of ours and pairs of text, nothing else is taken over.
function sound({ id, user, url, entries }) {
  const there = new URL(url, location.href);
  return ID.test(id) && String(user) === userKey() && there.origin === location.origin && there.pathname === "/contacts/new/"
    && Array.isArray(entries) && entries.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string"));
}

// → the number taken in. What is in the outbox already stays as it is there.
export async function importZip(file) {
  let files, names;
  try {
    files = unzip(await file.arrayBuffer());
    const manifest = files.has("manifest.json") ? await parsed(files, "manifest.json") : null;
    if (manifest && manifest.format !== FORMAT) throw new Error("zip");
    if (manifest && String(manifest.user) !== userKey()) throw new Error(words("zipOther"));
    names = manifest?.records ?? [...files.keys()].filter((name) => /^[^/]+\.json$/.test(name));
  } catch (error) {
    throw new Error(error.message === words("zipOther") ? error.message : words("zipBad"));
  }
  let count = 0;
  for (const name of names) {
    try {
      const record = await parsed(files, name);
      if (!sound(record)) throw new Error(words("zipOther"));
      if (await read(record.id)) continue;
      const { id, url, title, at, entries, photos = [] } = record;
      await put({ id, user: userKey(), url, title: String(title), at: String(at), entries, photos: await photosIn(files, photos), state: "waiting" });
      count += 1;
    } catch (error) {
      throw new Error(error.name === "QuotaExceededError" ? words("full") : `${name}：${error.message === words("zipOther") ? error.message : words("zipBad")}`);
    }
  }
  return count;
}
