// When records go: at once where there is a network, else again and again with growing pauses, on coming back online,
// on coming back to the page. One loop over all tabs where the browser has locks; a record's lease guards it anyway.
import { claim, drop, own, update } from "./base.js";
import { send } from "./send.js";

const SHORTEST = 5000;
const LONGEST = 15 * 60000;
// Half to one and a half of the pause, so that phones coming out of one tunnel do not come all at once.
const pause = (tries) => Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 8)) * (0.5 + Math.random());

let timer;
let running = false;
// A tap while a round is under way: one more round, at once.
let wanted = false;
// The first pass of a page: whoever had to sign in may have done so.
let first = true;

// Send a record that nobody else sends; tells what came of it, and stores that.
export async function attempt(id, progress) {
  const record = await claim(id);
  if (!record) return { state: "sending" };
  const outcome = await send(record, progress);
  if (outcome.state === "done") await drop(id);
  else {
    const tries = outcome.state === "waiting" ? (record.tries ?? 0) + 1 : 0;
    const { state, message, differences, errors, url: kept, halt, login } = outcome;
    await update(record, { state, message, differences, errors, kept, halt, login, tries, due: Date.now() + pause(tries), busyUntil: 0 });
  }
  return { ...outcome, taken: record.taken };
}

const waits = (record) => record.state === "waiting" || record.state === undefined || (record.state === "sending" && (record.busyUntil ?? 0) < Date.now());

async function through(force, done) {
  for (const record of (await own()).filter(waits)) {
    // A clock that was set back must not put a record off for years.
    const wait = (record.due ?? 0) - Date.now();
    if (!force && wait > 0 && wait < 2 * LONGEST && !(first && record.halt)) continue;
    const outcome = await attempt(record.id);
    done(outcome, record);
    if (outcome.halt || outcome.unreached) break;
  }
}

async function next(done) {
  clearTimeout(timer);
  const due = (await own()).filter(waits).map((record) => (record.due ?? 0) - Date.now());
  if (due.length) timer = setTimeout(() => sendAll(false, done), Math.min(LONGEST, Math.max(1000, ...[Math.min(...due)])));
}

export async function sendAll(force, done) {
  wanted ||= running && force;
  if (running || (!force && !navigator.onLine)) return running ? undefined : next(done);
  running = true;
  try {
    if (navigator.locks) await navigator.locks.request("anwang-send", { ifAvailable: !force }, (lock) => lock && through(force, done));
    else await through(force, done);
  } finally {
    running = first = false;
  }
  if (!wanted) return next(done);
  wanted = false;
  return sendAll(true, done);
}
