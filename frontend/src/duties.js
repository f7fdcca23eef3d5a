// The contact page without a network. With one, the server draws the part that the form, the day and the ticked duties
// decide; without, the page does what it can with what it brought: all questions of its form, the pages kept of other
// forms, and by their rules the duties of periods that began after it was drawn. The server judges when it hears of it.
import { batch } from "./batch.js";
import { today } from "./clock.js";
import { $, $$, words } from "./dom.js";
import { toast } from "./toast.js";

const saved = () => "saved" in document.body.dataset;
const spareOf = (form) => form && $("template[data-spare]", form);

function wanted(form) {
  const ticked = $$("input[name=duty]:checked", form);
  return [...new Set(ticked.flatMap((box) => (box.dataset.answers ?? "").split(" ").filter(Boolean)))];
}

function late(form) {
  const day = form.elements.occurred_on?.value ?? "";
  return $$("input[name=duty]:checked", form).some((box) => box.dataset.due && box.dataset.due < day);
}

// What is asked now, in order; what was answered stays answered.
function questions(form) {
  const part = $("#duties", form);
  let host = $("[data-questions]", part);
  if (!host) part.append((host = document.createElement("section")));
  host.dataset.questions = "";
  const ids = [...wanted(form).map((code) => `f-answer_${code}`), ...(late(form) ? ["f-late_reason"] : [])];
  for (const old of $$("[id^='f-answer_'], #f-late_reason", host)) if (!ids.includes(old.id)) old.remove();
  for (const id of ids) {
    const there = $(`[id="${id}"]`, host) ?? $(`[id="${id}"]`, spareOf(form).content)?.cloneNode(true);
    if (there) host.append(there);
  }
  batch(part); // new choices show that they are on
  $$(".aw-choices", part).forEach((group) => group.dispatchEvent(new Event("change")));
}

// A period that began since the page was drawn: its duty goes by the name of its rule.
function periods(form, first) {
  const day = form.elements.occurred_on?.value ?? "";
  const group = $("#f-duty .aw-choices", form);
  if (!group) return;
  for (const made of $$("[data-coming]", spareOf(form).content)) {
    const box = $("input", made);
    const there = $(`label[data-coming] input[value="${box.value}"]`, group);
    const due = made.dataset.coming < day;
    if (there && !due) there.closest("label").remove();
    if (there || !due) continue;
    const label = made.cloneNode(true);
    const old = $(`input[data-rule="${box.value}"]:checked`, group);
    if (first && old) [old.checked, $("input", label).checked] = [false, true];
    group.prepend(label);
  }
}

// The kept page of another form; its duties and questions are what the server would have drawn that day.
async function otherForm(form) {
  const kind = $("input[name=form]:checked", form)?.value;
  try {
    const answer = await fetch(`${form.getAttribute("action")}&form=${kind}`, { headers: { "Anwang-Page": "1", Accept: "text/html" } });
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const part = $("#duties", page);
    if (!part || $("input[name=form]:checked", page)?.value !== kind) throw new Error(kind);
    $("#duties", form).replaceWith(document.importNode(part, true));
    spareOf(form).replaceWith(document.importNode($("template[data-spare]", page), true));
    window.htmx.process($("#duties", form));
    periods(form, true);
  } catch {
    toast(words("serverChecks"), "warning");
  }
}

async function redraw(form, field) {
  if (field?.name === "form") await otherForm(form);
  if (field?.name === "occurred_on") periods(form, false);
  questions(form);
}

const ours = (event) => (event.detail.target?.id === "duties" ? event.detail.elt.closest("form") : null);

export function duties() {
  const form = $("template[data-spare]")?.closest("form");
  if (form && saved()) {
    if (form.elements.occurred_on?.value === today()) periods(form, true);
    questions(form);
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    const place = ours(event);
    if (!spareOf(place) || (!saved() && navigator.onLine)) return;
    event.preventDefault();
    redraw(place, event.detail.requestConfig.triggeringEvent?.target);
  });
  document.addEventListener("htmx:sendError", (event) => {
    const place = ours(event);
    if (spareOf(place)) redraw(place, event.detail.requestConfig.triggeringEvent?.target);
  });
}
