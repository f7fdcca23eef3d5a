// Pages of my enterprises without a network: the service worker, where there is one, keeps them. It is asked to on the
// first page, when the last time is hours ago and the network costs nothing, or at the tap of 离线使用：更新.
import { hour, inZone, setClock, today } from "./clock.js";
import { $, $$, csrfCookie, make, store, userKey, words } from "./dom.js";
import { dropAllDrafts } from "./drafts.js";

const AGAIN = 6 * 3600000;
const saved = () => document.body.dataset.saved;

function sayOffline() {
  const text = saved() ? words("savedAt").replace("%t", hour(Date.parse(saved()))) : words("notKept");
  const again = make("button", { type: "button", class: "btn btn-sm" }, words("again"));
  again.addEventListener("click", () => location.reload());
  const bar = make("div", { class: "aw-offline", role: "status" }, make("span", {}, text), again);
  $(".aw-top")?.after(bar);
  document.querySelectorAll(".aw-messages").forEach((old) => old.remove());
}

// A kept form was drawn on another day: the day it proposes is today, its token is the one that holds now, and the
// identifier it came with may be that of a record made with it before.
function freshen() {
  for (const field of $$("form[data-outbox] input[name=client_id]")) field.value = "";
  const then = inZone(Date.parse(saved())).slice(0, 10);
  for (const field of $$("input[type=date]")) {
    if (field.max === then) field.max = today();
    if (field.defaultValue === then && field.value === then) field.value = today();
  }
  document.addEventListener("submit", (event) => {
    const token = event.target.elements?.csrfmiddlewaretoken;
    if (token && csrfCookie()) token.value = csrfCookie();
  }, true);
}

const free = () => {
  const link = navigator.connection;
  return !link || !(link.saveData || link.type === "cellular" || /2g/.test(link.effectiveType ?? ""));
};

function tell(message) {
  navigator.serviceWorker.ready.then((registration) => registration.active?.postMessage(message));
}

function progress(data) {
  const places = $$("[data-offline-note]");
  const say = (text) => places.forEach((place) => { place.textContent = text; });
  if (data.kind === "filling") say(`${data.done} / ${data.total}`);
  else if (data.at) {
    store.set(`aw-filled:${userKey()}`, Date.parse(data.at));
    say(words("filledAt").replace("%n", data.pages).replace("%t", hour(Date.parse(data.at))));
  } else say("");
}

function fillByItself() {
  const last = store.get(`aw-filled:${userKey()}`) ?? 0;
  const old = Math.abs(Date.now() - last) > AGAIN;
  if (location.pathname === "/" && old && free()) setTimeout(() => tell({ kind: "fill" }), 2500);
}

function worker() {
  const signedIn = userKey() !== "-";
  if (!("serviceWorker" in navigator)) return;
  if (!saved() && !("unreached" in document.body.dataset)) navigator.serviceWorker.controller?.postMessage({ kind: "here", user: signedIn ? userKey() : "" });
  if (!signedIn || !("keep" in document.body.dataset)) return;
  navigator.serviceWorker.register("/sw.js", { scope: "/" }).then(() => {
    $$("[data-offline-update]").forEach((button) => { button.hidden = false; });
    navigator.serviceWorker.addEventListener("message", (event) => progress(event.data));
    tell({ kind: "state" });
    if (!saved()) fillByItself();
  }).catch(() => { /* without one everything works in plain form */ });
}

// The browser's own offer to install would come by itself; here it waits in the menu for whoever wants it.
function installing() {
  let offer = null;
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    $$("[data-install]").forEach((button) => { button.hidden = false; });
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-install]")) offer?.prompt(); });
}

// Whoever signed out without a network is signed out as soon as there is one.
function leave() {
  const leaving = store.get("aw-leaving");
  store.drop("aw-leaving");
  if (leaving && leaving === userKey()) $("form[data-logout]")?.submit();
}

export function offline() {
  setClock();
  if (!saved() && !("unreached" in document.body.dataset)) leave();
  if (saved() || "unreached" in document.body.dataset) sayOffline();
  if (saved()) freshen();
  worker();
  installing();
  document.addEventListener("click", (event) => { if (event.target.closest("[data-offline-update]")) tell({ kind: "fill" }); });
  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("data-logout") || event.defaultPrevented) return;
    store.drop(`aw-filled:${userKey()}`);
    store.set("aw-leaving", userKey());
    dropAllDrafts();
    navigator.serviceWorker?.controller?.postMessage({ kind: "forget" });
  });
}
