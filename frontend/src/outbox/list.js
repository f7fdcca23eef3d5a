// The records that are still on the phone: what each waits for, and what its person can do.
import { ask } from "../dialogs.js";
import { $, identifier, make, words } from "../dom.js";
import { drop, own, put, read } from "./base.js";

const button = (text, then, kind = "") => {
  const made = make("button", { type: "button", class: `btn btn-sm ${kind}` }, text);
  made.addEventListener("click", then);
  return made;
};

const when = (at) => new Date(at).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

function standing({ state = "waiting", message = "", photos = [], taken }) {
  const had = photos.filter((photo) => photo.had).length;
  const pictures = photos.length ? ` · ${words("photo")} ${had}/${photos.length}` : "";
  const text = { sending: words("sending"), waiting: words("waiting"), refused: words("refused"), differs: words("differs") }[state];
  const colour = { sending: "grey", waiting: "yellow", refused: "red", differs: "red" }[state];
  const light = make("span", { class: `aw-light aw-light-${colour}` }, text);
  return [light, make("small", {}, `${taken ? words("taken") : ""}${message ?? ""}${pictures}`)];
}

function comparison({ differences }) {
  const rows = differences.map(({ label, kept, sent }) => make("tr", {}, make("th", { scope: "row" }, label), make("td", {}, kept || "—"), make("td", {}, sent || "—")));
  const head = make("tr", {}, make("th", {}), make("th", { scope: "col" }, words("onServer")), make("th", { scope: "col" }, words("onPhone")));
  return make("table", { class: "aw-differs" }, make("thead", {}, head), make("tbody", {}, ...rows));
}

async function asNew(id) {
  const record = await read(id);
  const fresh = identifier();
  const entries = record.entries.map(([name, value]) => [name, name === "client_id" ? fresh : value]);
  const photos = (record.photos ?? []).map(({ had, refused, ...photo }) => ({ ...photo, id: identifier() }));
  await put({ ...record, id: fresh, entries, photos, taken: false, state: "waiting", message: "", differences: undefined, tries: 0, due: 0, busyUntil: 0 });
  await drop(id);
}

function choices(record, send) {
  const away = (text) => () => ask(text.replace("%s", record.title), () => drop(record.id));
  if (record.state === "differs") return [
    button(words("keepServer"), away(words("dropSame"))),
    button(words("saveNew"), () => asNew(record.id).then(send)),
  ];
  if (record.state === "sending") return [];
  const edit = button(words("edit"), () => location.assign(`${record.url}#unsent=${record.id}`), record.state === "refused" ? "btn-primary" : "");
  const gone = button(words("dropLocal"), away(record.taken ? words("dropTaken") : words("dropLost")));
  return record.taken ? [gone] : [edit, gone];
}

function item(record, send) {
  const title = make("div", { class: "aw-rows-main" }, record.title, make("small", {}, when(record.at)));
  const body = make("li", { class: "aw-unsent-row" }, title, make("div", { class: "aw-unsent-state" }, ...standing(record)));
  if (record.state === "differs" && record.differences) body.append(comparison(record));
  const row = choices(record, send);
  if (record.login) row.unshift(make("a", { class: "btn btn-sm btn-primary", href: record.login }, words("signIn")));
  if (row.length) body.append(make("div", { class: "aw-unsent-choices" }, ...row));
  return body;
}

export async function list(send) {
  const host = $("[data-unsent-list]");
  if (!host) return;
  const records = await own().catch(() => []);
  host.replaceChildren(...records.map((record) => item(record, send)));
  const none = $("[data-unsent-none]");
  if (none) none.hidden = records.length > 0;
  for (const each of ["[data-unsent-send]", "[data-unsent-export]", "[data-unsent-some]"]) if ($(each)) $(each).hidden = records.length === 0;
}
