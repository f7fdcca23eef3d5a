// What every page loads. Each module looks for its own data attributes and does nothing without them.
import "./htmx.js";
import { batch } from "./batch.js";
import { columns } from "./columns.js";
import { copying } from "./copy.js";
import { dialogs } from "./dialogs.js";
import { drafts } from "./drafts.js";
import { drops } from "./drop.js";
import { duties } from "./duties.js";
import { guard } from "./guard.js";
import { keys } from "./keys.js";
import { lazy } from "./lazy.js";
import { look } from "./look.js";
import { menus } from "./menus.js";
import { offline } from "./offline.js";
import { outbox } from "./outbox.js";
import { photos } from "./photos.js";
import { messages } from "./toast.js";
import { trees } from "./tree.js";

const everywhere = [offline, duties, look, menus, messages, dialogs, keys, guard, copying, outbox, trees];
const perFragment = [batch, columns, photos, drafts, drops, lazy];

function start() {
  for (const module of everywhere) module();
  for (const module of perFragment) module(document);
  document.body.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) for (const module of perFragment) module(event.detail.elt);
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
