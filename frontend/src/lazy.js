// Charts and the signature pad are fetched only by pages that show them.
import { $$ } from "./dom.js";

const asked = {};

function load(name) {
  asked[name] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.body.getAttribute(`data-src-${name}`);
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return asked[name];
}

export function lazy(root) {
  if ($$("[data-chart]", root).length) load("charts").then(() => window.awCharts(root));
  if ($$("[data-sign]", root).length) load("sign").then(() => window.awSign(root));
}
