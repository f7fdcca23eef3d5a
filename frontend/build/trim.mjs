// Leaves out of Tabler what this product never shows: brand and party colours (red, orange, yellow, green and blue
// are kept for risk and progress), the 1400 px step, and widgets that have their own component here.
import { readFileSync } from "node:fs";

const COLOURS = "facebook|twitter|x|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler"
  + "|blue|azure|indigo|purple|pink|red|orange|yellow|lime|green|teal|cyan|gray(?:-\\d+)?";
const WIDGETS = "navbar|nav-(?:pills|underline|segmented|bordered|fill|justified)|offcanvas|carousel|toast|popover|tooltip|bs-popover|bs-tooltip|ribbon|avatar"
  + "|markdown|calendar|apexcharts|ts-|tomselect|jvm|noUi|chat|payment|flag|placeholder|star|modal|dropdown|dropend|dropstart|dropup|plyr|dropzone|dz-"
  + "|fslightbox|hugerte|tox|fc-|signature|litepicker|form-(?:imagecheck|colorinput|colorcheck|selectgroup|floating)|switch-icon|progressbg|tracking|chip|segmented|social|layout-|list-group|accordion|divide|object-|columns-|offset-|pagination|page|status|steps?\\b|step-|timeline|tag\\b|tags\\b|img-|figure|nav\\b|nav-|float-|order-|breadcrumb|icon-|hr-|space-|grid\\b|g-col|g-start|datagrid|empty|cursor-|loader|dimmer|legend|animated|ratio|user-select|tracking|input-icon|card-(?:link|img|rotate|tab|stamp|group|cover|progress|status|avatar|sponsor)|btn-(?:ghost|outline|pill|loading|floating|animate|app|action|actions|toolbar|icon)";
const GONE = [
  new RegExp(`\\.[a-z-]*-(?:${COLOURS})(?:-(?:lt|fg|subtle|emphasis|darken))?(?![\\w-])`),
  new RegExp(`\\.(?:${WIDGETS})`),
  /\.[a-z-]+-(?:xxl|sm)-[a-z0-9-]+/,
  /\[dir=rtl\]/,
];
const gone = (selector) => GONE.some((pattern) => pattern.test(selector));

function* blocks(css) {
  let start = 0;
  let depth = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === "{") depth += 1;
    else if (css[at] === "}") {
      depth -= 1;
      if (depth === 0) {
        yield css.slice(start, at + 1);
        start = at + 1;
      }
    } else if (css[at] === ";" && depth === 0) {
      yield css.slice(start, at + 1);
      start = at + 1;
    }
  }
}

// Commas inside :not(…) and :is(…) do not part selectors.
const parted = (head) => head.split(/,(?![^(]*\))/);

export function trim(css) {
  let kept = "";
  for (const block of blocks(css)) {
    const brace = block.indexOf("{");
    const head = block.slice(0, brace).trim();
    if (brace < 0 || /^@(?:-webkit-)?(?:keyframes|font-face)/.test(head)) kept += block;
    else if (head.startsWith("@media") && /min-width:\s*1400px/.test(head)) continue;
    else if (head.startsWith("@")) kept += `${head}{${trim(block.slice(brace + 1, -1))}}`;
    else {
      const selectors = parted(head).filter((selector) => !gone(selector));
      if (selectors.length) kept += selectors.join(",") + block.slice(brace);
    }
  }
  return kept;
}

export const trimTabler = {
  name: "trim-tabler",
  setup(build) {
    build.onLoad({ filter: /tabler(\.min)?\.css$/ }, (args) => ({
      contents: trim(readFileSync(args.path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "")),
      loader: "css",
    }));
  },
};
