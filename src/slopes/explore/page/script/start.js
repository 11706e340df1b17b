// Brings the explorables and the questions of a page to life.

import { bring } from "./explorable.js";
import { ask } from "./question.js";

// each in a task of its own: in between, the page can answer its reader
function start() {
  document.querySelectorAll(".question").forEach(ask);
  document.querySelectorAll(".explorable").forEach((root, i) => {
    if (i) setTimeout(bring, 0, root);
    else bring(root);
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
