// Looks, before the kernel starts, whether a chapter can run here; says in words what is missing.

import { edits } from "./edits.js";
import { answers, problems } from "./problems.js";

const asked = new URLSearchParams(location.search);
const kind = asked.has("sheet") ? "sheet" : "chapter"; // a sheet is homework
const name = asked.get(kind) ?? "";
const path = `${name}.ipynb`;
const lite = new URL("../lite/", location.href);
const published = new URL(`files/${path}`, lite);
const seen = `slopes published ${published.pathname}`;
const place = (id) => document.getElementById(id);

const fingerprint = (text) => {
  let hash = 0x811c9dc5; // FNV-1a: tells versions apart, guards nothing
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
};

function start(version) {
  if (version) localStorage.setItem(seen, version); // the version that the reader's edits began with
  location.assign(new URL(`notebooks/index.html?path=${path}`, lite));
}

// What the page says where a reader has been here before, by what was opened.
const WORDS = {
  chapter: {
    mine: "You have edited this chapter before.",
    newer: "You have edited this chapter, and a newer version of it has been published since.",
    keep: "Continue with my version",
    reset: "Reset this chapter",
    resetNewer: "Drop my edits and open the new version",
  },
  sheet: {
    mine: "Your answers from last time are here.",
    newer:
      "Your answers from last time are here, and a newer version of this sheet has been published since.",
    keep: "Continue with my answers",
    reset: "Start anew with an empty sheet",
    resetNewer: "Drop my answers and open the new version",
    sure: "This deletes your answers from this browser. Only what you have downloaded is left.",
  },
};

async function main() {
  const words = WORDS[kind];
  const back = kind === "sheet" ? "sheets" : encodeURIComponent(name || "intro");
  place("back").href = `../chapters/${back}.html`;
  document.title = `Run a ${kind} – Slopes`;
  place("heading").textContent = `Run a ${kind} in this browser`;
  const notebook = /^\w+$/.test(name) ? await answers(published) : null;
  if (!notebook?.ok) {
    place("status").textContent = `There is no ${kind} called “${name}” here.`;
    return;
  }
  const version = fingerprint(await notebook.text());
  const found = await problems(lite);
  const mine = await edits("look", lite, path);
  const newer = localStorage.getItem(seen) !== version;
  place("reset").textContent = newer ? words.resetNewer : words.reset;
  place("reset").hidden = !mine;
  place("reset").onclick = async () => {
    if (words.sure && !confirm(words.sure)) return;
    await edits("forget", lite, path);
    start(version);
  };
  place("open").textContent = mine ? words.keep : `Open the ${kind}`;
  place("open").onclick = () => start(mine ? null : version);
  if (found.length) {
    place("status").textContent = `The ${kind} will not run as it is:`;
    place("problems").replaceChildren(
      ...found.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
    );
    place("problems").hidden = false;
    if (!mine) place("open").textContent = "Open it all the same";
    place("choices").hidden = false;
  } else if (mine) {
    place("status").textContent = newer ? words.newer : words.mine;
    place("choices").hidden = false;
  } else {
    place("status").textContent = "Everything is here. Opening…";
    start(version);
  }
}

main();
