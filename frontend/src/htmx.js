// htmx with the CSRF header, and a sentence instead of silence when an answer does not come.
import htmx from "htmx.org";
import { csrf, words } from "./dom.js";
import { sentenceOf } from "./answer.js";
import { toast } from "./toast.js";

window.htmx = htmx;

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrf();
});
document.addEventListener("htmx:sendError", () => toast(words("offline"), "error"));
document.addEventListener("htmx:timeout", () => toast(words("timeout"), "error"));
document.addEventListener("htmx:responseError", (event) => {
  toast(sentenceOf(event.detail.xhr.responseText) || words("failed"), "error");
});
// A focused field keeps its focus and a fragment that brings an error takes it.
document.addEventListener("htmx:afterSwap", (event) => event.detail.target.querySelector("[data-focus]")?.focus());
