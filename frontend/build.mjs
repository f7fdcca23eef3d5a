// One command builds everything the browser gets: node build.mjs (after npm ci).
// --watch rebuilds on change. Sizes are printed so that a regression is seen at once.
import { build, context } from "esbuild";
import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { slimCharts } from "./build/slim.mjs";
import { trimTabler } from "./build/trim.mjs";
import { writeSprite } from "./build/icons.mjs";
import { writeIcons } from "./build/png.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../src/anwang/web/static/dist");
const watch = process.argv.includes("--watch");

const options = {
  absWorkingDir: here,
  entryPoints: {
    head: "src/head.js",
    app: "src/app.js",
    charts: "src/charts.js",
    sign: "src/sign.js",
    sw: "src/worker/index.js",
    "app-styles": "src/css/app.css",
  },
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "iife",
  target: ["chrome86", "safari15"],
  charset: "utf8",
  legalComments: "none",
  outdir: out,
  loader: { ".svg": "dataurl" },
  plugins: [slimCharts, trimTabler],
  logLevel: "warning",
};

function report() {
  for (const name of ["head.js", "app.js", "app-styles.css", "charts.js", "sign.js", "sw.js", "icons.svg", "icon-192.png"]) {
    const path = resolve(out, name);
    const raw = statSync(path).size;
    const gzip = gzipSync(readFileSync(path), { level: 9 }).length;
    console.log(`${name.padEnd(16)} ${(raw / 1024).toFixed(1).padStart(8)} KB ${(gzip / 1024).toFixed(1).padStart(8)} KB gzip`);
  }
}

if (!watch) rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeSprite(here, resolve(out, "icons.svg"));
writeIcons(out);
if (watch) {
  await (await context(options)).watch();
} else {
  await build(options);
  report();
}
