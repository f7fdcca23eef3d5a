// The same numbers as a table: for screen readers, for checking, for copying; and the legend above the drawing.
import { make } from "../dom.js";
import { legendItem } from "./colours.js";

const cell = (tag, value, number) => make(tag, number ? { class: "num" } : {}, value == null ? "–" : String(value));

export function rowsOf(data) {
  const heads = ["", ...data.series.map((series) => series.name)];
  const head = make("thead", {}, make("tr", {}, ...heads.map((text, n) => cell("th", text, n > 0))));
  const rows = data.categories.map((name, n) => make("tr", {}, cell("th", name), ...data.series.map((series) => cell("td", series.data[n], true))));
  return make("table", { class: "aw-table" }, head, make("tbody", {}, ...rows));
}

export function legendOf(data) {
  return make("ul", { class: "aw-legend" }, ...data.series.map((series, n) => make("li", {}, legendItem(series.colour, n), series.name)));
}
