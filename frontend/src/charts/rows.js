// The same numbers as a table: for screen readers, for checking, for copying.
import { make } from "../dom.js";

const cell = (tag, value, number) => make(tag, number ? { class: "num" } : {}, value == null ? "–" : String(value));
const row = (head, values) => make("tr", {}, cell("th", head), ...values.map((value) => cell("td", value, true)));

function table(heads, rows) {
  const head = make("thead", {}, make("tr", {}, ...heads.map((text, n) => cell("th", text, n > 0))));
  return make("table", { class: "aw-table" }, head, make("tbody", {}, ...rows));
}

export function rowsOf(kind, data) {
  if (kind === "pie") return table(["", data.name ?? ""], data.slices.map((slice) => row(slice.name, [slice.value])));
  if (kind === "heatmap") {
    const at = new Map(data.values.map(([x, y, value]) => [`${x},${y}`, value]));
    return table(["", ...data.x], data.y.map((name, y) => row(name, data.x.map((_, x) => at.get(`${x},${y}`)))));
  }
  return table(["", ...data.series.map((series) => series.name)], data.categories.map((name, n) => row(name, data.series.map((series) => series.data[n]))));
}
