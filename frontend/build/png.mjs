// The icon of static/icons/anwang.svg as PNG, for home screens that take no SVG: the same shield and tick, drawn here
// from the distance of each point to the lines, four samples a pixel. It fills the square, so it can be masked.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { crc32, deflateSync } from "node:zlib";

const BLUE = [0x12, 0x3f, 0x7c];
// [x, y] starts a line or goes straight; [x1, y1, x2, y2, x, y] is a cubic curve. Units of the 64 × 64 drawing.
const SHIELD = [[32, 10], [39, 15, 45, 16.5, 50, 16.5], [50, 32], [50, 43, 42.5, 50.5, 32, 54], [21.5, 50.5, 14, 43, 14, 32], [14, 16.5], [19, 16.5, 25, 15, 32, 10]];
const TICK = [[23, 32], [29.5, 38.5], [42, 26]];
const STROKES = [[points(SHIELD), 2], [points(TICK), 2.25]];

function points(path) {
  const line = [path[0]];
  for (const step of path.slice(1)) {
    const [x0, y0] = line[line.length - 1];
    if (step.length === 2) line.push(step);
    else for (let n = 1; n <= 12; n += 1) {
      const [t, u] = [n / 12, 1 - n / 12];
      const at = (a, b, c, d) => u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
      line.push([at(x0, step[0], step[2], step[4]), at(y0, step[1], step[3], step[5])]);
    }
  }
  return line;
}

function away(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

const white = (x, y) => STROKES.some(([line, half]) => line.some((end, n) => n && away(x, y, line[n - 1], end) <= half));

function pixel(column, row, size) {
  let hits = 0;
  for (const dx of [0.25, 0.75]) for (const dy of [0.25, 0.75]) if (white(((column + dx) * 64) / size, ((row + dy) * 64) / size)) hits += 1;
  return BLUE.map((part) => Math.round(part + ((255 - part) * hits) / 4));
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function png(size) {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let row = 0; row < size; row += 1) for (let column = 0; column < size; column += 1) rows.set(pixel(column, row, size), row * (size * 3 + 1) + 1 + column * 3);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

export function writeIcons(out) {
  for (const size of [192, 512]) writeFileSync(resolve(out, `icon-${size}.png`), png(size));
}
