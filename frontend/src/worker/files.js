// Style, script and icons of this release, and the page for an address that is not on the phone.
const told = self.ANWANG;
const NAME = `anwang-files-${told.version}`;
// A name with a digest never changes its content.
const LASTING = /\.[0-9a-f]{12}\.\w+$/;

export async function install() {
  const cache = await caches.open(NAME);
  await cache.addAll(told.files);
  // Without cookies: the page that everyone on this phone may see says nothing about anyone.
  await cache.put(told.offline, await fetch(told.offline, { credentials: "omit" }));
}

export async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("anwang-files-") && name !== NAME) await caches.delete(name);
}

export async function file(request) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && LASTING.test(new URL(request.url).pathname)) await cache.put(request, answer.clone());
  return answer;
}

export const offlinePage = async () => (await caches.open(NAME)).match(told.offline);
