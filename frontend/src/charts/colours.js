// One accent and its relatives; the colours of risk and of progress only by name.
const ACCENTS = ["#1b57a6", "#6fa3dc", "#0f8b8d", "#8a6fb0", "#9aa6b2", "#b5651d"];
const NAMED = {
  green: "#1f8a4c", yellow: "#d99a00", red: "#c8251f", grey: "#9aa6b2", accent: "#1b57a6",
  major: "#d0211c", larger: "#ee7b0d", general: "#f2c500", low: "#2f6fd6",
};

export const colour = (name, n) => NAMED[name] ?? ACCENTS[n % ACCENTS.length];

export function legendItem(name, n) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  box.setAttribute("class", "aw-swatch");
  box.setAttribute("aria-hidden", "true");
  for (const [key, value] of Object.entries({ width: "100%", height: "100%", rx: 2, fill: colour(name, n) })) rect.setAttribute(key, value);
  box.append(rect);
  return box;
}
