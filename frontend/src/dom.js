// Small helpers. `once` makes a module safe to run again over the same element after an htmx swap.
export const $$ = (selector, root = document) => {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches && root.matches(selector)) found.unshift(root);
  return found;
};
export const $ = (selector, root = document) => root.querySelector(selector);

const seen = new WeakMap();
export function once(element, name) {
  const names = seen.get(element) || new Set();
  if (names.has(name)) return false;
  seen.set(element, names.add(name));
  return true;
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export const words = (name) => document.getElementById("words")?.dataset[name] ?? "";

// The cookie first: after signing in anew it holds, and the token in a page kept since before does not.
export const csrfCookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
export const csrf = () => csrfCookie() || ($("input[name=csrfmiddlewaretoken]")?.value ?? "");

// A random UUID: crypto.randomUUID is missing before Chromium 92 and without HTTPS.
export function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// The moment on this clock with its zone, as the server wants it.
export function moment(at = new Date()) {
  const minutes = -at.getTimezoneOffset();
  const two = (n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const local = new Date(at.getTime() + minutes * 60000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

export const store = {
  get(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
  },
  drop(key) {
    try { localStorage.removeItem(key); } catch { /* refused storage holds nothing */ }
  },
  keys(prefix) {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
  },
};

export const userKey = () => document.body.dataset.user ?? "-";
