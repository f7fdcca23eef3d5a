// Reads a ZIP by its directory: stored entries, and deflated ones where the browser can (another program may have
// packed it anew). Limits come before any byte is unpacked.
const MOST_FILES = 6000;
const MOST_BYTES = 300 * 1048576;

function directory(view) {
  const lowest = Math.max(0, view.byteLength - 65557);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
  }
  throw new Error("zip");
}

async function inflate(bytes, size) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const whole = new Uint8Array(await new Response(stream).arrayBuffer());
  if (whole.length !== size) throw new Error("zip");
  return whole;
}

// → Map of name → () => bytes. Throws on anything that is not a plain, small archive.
export function unzip(buffer) {
  const view = new DataView(buffer);
  const [count, start] = directory(view);
  const files = new Map();
  let [at, total] = [start, 0];
  if (count > MOST_FILES) throw new Error("zip");
  for (let n = 0; n < count; n += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error("zip");
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [title, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const name = new TextDecoder().decode(new Uint8Array(buffer, at + 46, title));
    const head = view.getUint32(at + 42, true);
    total += size;
    if (flags & 1 || ![0, 8].includes(method) || total > MOST_BYTES || (method === 0 && packed !== size)) throw new Error("zip");
    files.set(name, () => {
      const from = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
      const bytes = new Uint8Array(buffer, from, packed);
      return method ? inflate(bytes, size) : bytes;
    });
    at += 46 + title + extra + comment;
  }
  return files;
}
