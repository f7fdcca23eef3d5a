// Shares of a whole as an SVG ring with a legend whose entries open their rows. Attributes only: no styles.
import { make } from "../dom.js";
import { colour, legendItem } from "./colours.js";

const SVG = "http://www.w3.org/2000/svg";
const svg = (tag, attributes) => {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

function ring(slices, total) {
  const figure = svg("svg", { viewBox: "0 0 42 42", class: "aw-donut-ring", "aria-hidden": "true" });
  let before = 0;
  for (const [n, slice] of slices.entries()) {
    const share = (slice.value / total) * 100;
    const gap = slices.length > 1 && share > 1 ? 0.6 : 0;
    figure.append(svg("circle", {
      cx: 21, cy: 21, r: 15.9155, fill: "none", stroke: colour(slice.colour, n), "stroke-width": 6.5,
      "stroke-dasharray": `${Math.max(share - gap, 0)} ${100 - Math.max(share - gap, 0)}`, "stroke-dashoffset": 25 - before,
    }));
    before += share;
  }
  const text = svg("text", { x: 21, y: 22.8, "text-anchor": "middle", class: "aw-donut-total" });
  text.textContent = total.toLocaleString("en");
  figure.append(text);
  return figure;
}

export function donut(box, data) {
  const total = data.slices.reduce((sum, slice) => sum + slice.value, 0) || 1;
  const legend = make("ul", { class: "aw-donut-legend" });
  for (const [n, slice] of data.slices.entries()) {
    const name = slice.url ? make("a", { href: slice.url }, slice.name) : slice.name;
    const share = `${((slice.value / total) * 100).toFixed(1)}%`;
    legend.append(make("li", {}, legendItem(slice.colour, n), make("span", {}, name), make("b", { class: "num" }, slice.value.toLocaleString("en")), make("span", { class: "num" }, share)));
  }
  box.classList.add("aw-donut");
  box.removeAttribute("role");
  box.append(ring(data.slices, total), legend);
  box.parentElement.querySelector(".aw-chart-rows")?.remove();
}
