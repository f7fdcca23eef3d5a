// [data-photos]: photos chosen or taken are made smaller here, shown, kept with the draft, and can be taken out again.
// Without this script the plain file field sends them as they are. Photos and their place are never asked for.
import { $, $$, identifier, make, moment, once, words } from "./dom.js";
import { keyOf, restored } from "./drafts.js";
import { draft, keepDraft } from "./outbox/base.js";
import { toast } from "./toast.js";

const LONGEST = 2048;
const QUALITY = 0.82;
const BIGGEST = 15e6;
const chosen = new WeakMap();
const places = new WeakMap();

export const photosOf = (form) => (chosen.get(form) ?? []).map((photo) => ({ ...photo, ...(places.get(form) ?? {}) }));

async function digest(file) {
  if (!window.crypto?.subtle) return undefined;
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function picture(url) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = url;
  });
}

// An <img> turns a photo as its EXIF says, in every browser that we know; drawn, it is turned for good.
async function smaller(file) {
  const url = URL.createObjectURL(file);
  try {
    const image = await picture(url);
    const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = make("canvas", { width: Math.max(1, Math.round(image.naturalWidth * scale)), height: Math.max(1, Math.round(image.naturalHeight * scale)) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
    return blob ?? file;
  } catch {
    return file; // HEIC in a browser that cannot show it: the server can
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function taken(file) {
  const blob = await smaller(file);
  if (blob.size > BIGGEST) throw new Error(`${words("tooBig")} 15 MB：${file.name}`);
  const id = identifier();
  const name = blob === file ? file.name : `${id}.jpg`;
  return { id, blob, name, original_sha256: await digest(file), taken_at: moment(new Date(file.lastModified || Date.now())) };
}

function show(form, box) {
  const list = $("[data-photos-list]", box);
  for (const image of $$("img", list)) URL.revokeObjectURL(image.src);
  list.replaceChildren(...chosen.get(form).map((photo, n) => {
    const out = make("button", { type: "button", class: "aw-photo-out", "aria-label": `${words("photoOut")} ${n + 1}` }, "✕");
    out.addEventListener("click", () => keep(form, box, chosen.get(form).filter((each) => each !== photo)));
    const image = make("img", { src: URL.createObjectURL(photo.blob), alt: `${words("photo")} ${n + 1}` });
    image.addEventListener("error", () => image.replaceWith(make("span", { class: "aw-photo-name" }, photo.name)));
    return make("li", { class: "aw-photo" }, image, make("small", {}, `${Math.max(1, Math.round(photo.blob.size / 1024))} KB`), out);
  }));
}

async function keep(form, box, photos) {
  chosen.set(form, photos);
  show(form, box);
  if (form.dataset.draft) await keepDraft(keyOf(form), { photos }).catch(() => toast(words("full"), "error"));
}

// What a record that was sent back had with it.
export const putPhotos = (form, photos) => { const box = $("[data-photos]", form); if (box) keep(form, box, photos); };

async function add(form, box, files) {
  const most = Number(box.dataset.photosMax || 9);
  box.setAttribute("aria-busy", "true");
  for (const file of files) {
    if (chosen.get(form).length >= most) { toast(words("photosMost").replace("%n", most), "warning"); break; }
    try {
      const photo = await taken(file);
      const again = chosen.get(form).some((each) => photo.original_sha256 && each.original_sha256 === photo.original_sha256);
      if (!again) await keep(form, box, [...chosen.get(form), photo]);
    } catch (error) {
      toast(error.message || words("failed"), "error");
    }
  }
  box.removeAttribute("aria-busy");
}

// One reading, at the tap, shown as it will be sent; unticked, it is gone.
function place(form, tick) {
  const said = make("small", { class: "aw-muted d-block", role: "status" });
  tick.closest("label")?.after(said);
  tick.addEventListener("change", () => {
    places.delete(form);
    said.textContent = tick.checked ? words("placeAsked") : "";
    if (!tick.checked) return;
    const fail = () => { tick.checked = false; said.textContent = words("placeNone"); };
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      if (!tick.checked) return;
      const found = { latitude: coords.latitude.toFixed(5), longitude: coords.longitude.toFixed(5) };
      places.set(form, found);
      said.textContent = `${found.latitude}, ${found.longitude}（±${Math.round(coords.accuracy)} m）`;
    }, fail, { timeout: 15000, maximumAge: 0 });
  });
}

function setUp(box) {
  const form = box.closest("form");
  const input = $("input[type=file]", box);
  chosen.set(form, []);
  const button = make("label", { class: "btn", for: input.id }, `＋ ${words("photoAdd")}`);
  input.classList.replace("form-control", "aw-file");
  input.after(button);
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = ""; // the photos are ours now, smaller; the field would send them as they were
    add(form, box, files);
  });
  const tick = $("[data-photo-place]", box);
  if (tick) { tick.closest("label").hidden = false; place(form, tick); }
  if (form.dataset.draft && !location.hash.startsWith("#unsent=")) draft(keyOf(form)).then(({ photos }) => {
    if (!photos?.length || chosen.get(form).length) return;
    chosen.set(form, photos);
    show(form, box);
    restored(form, "", () => location.reload());
  }).catch(() => {});
}

// Without a store and an outbox to send from, the plain field does it.
export function photos(root) {
  if (!window.indexedDB || !HTMLCanvasElement.prototype.toBlob) return;
  for (const box of $$("[data-photos]", root)) if (once(box, "photos") && box.closest("form[data-outbox]")) setUp(box);
}
