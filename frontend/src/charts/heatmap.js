// A heat map is a table whose cells are shaded in five steps: it prints, is read aloud, and needs no canvas.
import { make } from "../dom.js";

const step = (value, top) => (value ? Math.min(5, Math.max(1, Math.ceil((value / top) * 5))) : 0);

export function heatmap(box, data) {
  const top = data.max ?? Math.max(1, ...data.values.map((value) => value[2]));
  const at = new Map(data.values.map(([x, y, value, url]) => [`${x},${y}`, [value, url]]));
  const head = make("tr", {}, make("td"), ...data.x.map((name) => make("th", { scope: "col" }, name)));
  const rows = data.y.map((name, y) => make("tr", {}, make("th", { scope: "row" }, name), ...data.x.map((_, x) => {
    const [value, url] = at.get(`${x},${y}`) ?? [null, null];
    const text = value == null ? "–" : String(value);
    return make("td", { class: `aw-heat-${step(value, top)}` }, url ? make("a", { href: url }, text) : text);
  })));
  box.classList.add("aw-heat");
  box.setAttribute("role", "region");
  box.tabIndex = 0;
  box.append(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
  box.parentElement.querySelector(".aw-chart-rows")?.remove();
}
