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

// The CSRF cookie may be HttpOnly one day, so the token is read from a form of the page first.
export function csrf() {
  const field = $("input[name=csrfmiddlewaretoken]");
  if (field) return field.value;
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
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
