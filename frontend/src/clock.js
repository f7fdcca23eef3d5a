// The server's day, as far as this phone knows it: its own clock may be off by a day or by years.
import { store } from "./dom.js";

// settings.TIME_ZONE: China has one zone, without summer time.
const ZONE = 8 * 3600000;
const KEY = "aw-clock";

export const inZone = (at) => new Date(at + ZONE).toISOString();

// Every page carries the server's hour. Only a later one than any before says something: a page that comes out of the
// browser's memory is days old and would set the clock back.
export function setClock() {
  const { now, saved } = document.body.dataset;
  const server = saved ? NaN : Date.parse(now ?? "");
  if (server > (store.get(KEY)?.server ?? 0)) store.set(KEY, { server, device: Date.now() });
}

function corrected() {
  const known = store.get(KEY);
  return Date.now() + (known ? known.server - known.device : 0);
}

export const today = () => inZone(corrected()).slice(0, 10);

// "09:30", on another day "11-10 09:30".
export function hour(at) {
  const text = inZone(at);
  return text.slice(0, 10) === today() ? text.slice(11, 16) : text.slice(5, 16).replace("T", " ");
}
