// One SVG sprite of the Tabler icons that are used: those of icons.txt and those that templates and Python name.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const NAMED = [/<c-icon\s+name="([a-z0-9-]+)"/g, /\bicon="([a-z0-9-]+)"/g, /"icon":\s*"([a-z0-9-]+)"/g];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["static", "locale", "__pycache__", "migrations"].includes(entry.name)) yield* files(path);
    } else if (/\.(html|py)$/.test(entry.name)) yield path;
  }
}

function usedNames(here) {
  const lines = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/);
  const names = new Set(lines.filter((line) => line && !line.startsWith("#")));
  for (const path of files(resolve(here, "../src/anwang"))) {
    const text = readFileSync(path, "utf8");
    for (const pattern of NAMED) for (const hit of text.matchAll(pattern)) names.add(hit[1]);
  }
  return [...names].sort();
}

function symbol(here, name) {
  const kind = name.endsWith("-filled") ? ["filled", name.slice(0, -7)] : ["outline", name];
  const path = join(here, "node_modules/@tabler/icons/icons", kind[0], `${kind[1]}.svg`);
  if (!existsSync(path)) throw new Error(`no such Tabler icon: ${name}`);
  const body = readFileSync(path, "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1]
    .replace(/\s*<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s+/g, " ")
    .trim();
  const paint = kind[0] === "filled" ? 'fill="currentColor" stroke="none"' : 'fill="none" stroke="currentColor"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint} stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
}

export function writeSprite(here, target) {
  const symbols = usedNames(here).map((name) => symbol(here, name));
  writeFileSync(target, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}
