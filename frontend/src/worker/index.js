// The service worker: pages of this person's enterprises open without a network, and what they look with.
// Everything works without it. It answers only what it has kept itself, and it keeps nothing of anybody else.
import { file, install, tidy } from "./files.js";
import { fill, forget, here, page, plain, state } from "./pages.js";

const told = self.ANWANG;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(install());
});

self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  // Signing out empties the phone whether or not the server hears of it.
  if (request.method === "POST" && url.pathname === told.logout) {
    event.waitUntil(forget());
    event.respondWith(fetch(request).catch(() => plain()));
  }
  if (request.method !== "GET" || request.headers.has("Anwang-Keep")) return;
  if (url.pathname.startsWith(told.prefix)) event.respondWith(file(request));
  else if (request.mode === "navigate" || request.headers.has("Anwang-Page")) event.respondWith(page(event, url));
});

const tasks = {
  here: ({ user }) => here(user),
  forget: () => forget(),
  fill: (data, tell) => fill(tell),
  state: (data, tell) => state().then((told_) => tell({ kind: "state", ...told_ })),
};

self.addEventListener("message", (event) => {
  const tell = (message) => event.source?.postMessage(message);
  event.waitUntil(Promise.resolve(tasks[event.data.kind]?.(event.data, tell)));
});
