// Looks, before the kernel starts, whether a chapter can run here; says in words what is missing.

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

async function answers(url, options) {
  try {
    const answer = await fetch(url, { cache: "no-cache", ...options });
    return answer;
  } catch {
    return null;
  }
}

async function problems() {
  const found = [];
  if (typeof WebAssembly !== "object" || typeof BigInt64Array === "undefined" || !window.Worker)
    found.push("This browser is too old to run Python: update it, or open the page in a current Firefox, Chrome, Edge or Safari.");
  if (!(await storage()))
    found.push("This browser does not let the page store anything, which the notebook needs: leave private browsing, or allow site data for this address.");
  const lock = await answers(new URL("static/pyodide/pyodide-lock.json", lite));
  if (!lock?.ok) {
    found.push("Python itself did not arrive from this site: look whether you are online, and load this page again.");
    return found;
  }
  const packages = Object.values((await lock.json()).packages);
  const remote = packages.filter(({ file_name }) => file_name.startsWith("https://"));
  const replies = await Promise.all(remote.map(({ file_name }) => answers(file_name, { method: "HEAD" })));
  const names = (keep) => remote.filter((_, i) => keep(replies[i])).map(({ name }) => name).join(", ");
  const silent = names((reply) => reply === null);
  const refused = names((reply) => reply !== null && !reply.ok);
  if (silent)
    found.push(`These packages come from ${new URL(remote[0].file_name).host}, which cannot be reached from here: ${silent}. You may be offline, or the network may block that address.`);
  if (refused) found.push(`The server refused these packages: ${refused}. Try again later.`);
  return found;
}

function storage() {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open("slopes-probe");
      request.onsuccess = () => { request.result.close(); indexedDB.deleteDatabase("slopes-probe"); resolve(true); };
      request.onerror = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
}

// What the notebook keeps of a reader's edits: one record a chapter, in two stores.
async function edits(act) {
  const database = `JupyterLite Storage - ${lite.pathname}`;
  const known = await indexedDB.databases?.();
  if (known && !known.some((each) => each.name === database)) return undefined;
  return new Promise((resolve) => {
    const request = indexedDB.open(database);
    request.onerror = () => resolve(undefined);
    request.onsuccess = () => {
      const open = request.result;
      const stores = [...open.objectStoreNames].filter((store) => ["files", "checkpoints"].includes(store));
      if (!stores.length) { open.close(); return resolve(undefined); }
      const change = open.transaction(stores, "readwrite");
      const kept = stores.includes("files") ? change.objectStore("files").get(path) : null;
      if (act === "forget") stores.forEach((store) => change.objectStore(store).delete(path));
      change.oncomplete = () => { open.close(); resolve(kept?.result); };
    };
  });
}

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
    newer: "Your answers from last time are here, and a newer version of this sheet has been published since.",
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
  const found = await problems();
  const mine = await edits("look");
  const newer = localStorage.getItem(seen) !== version;
  place("reset").textContent = newer ? words.resetNewer : words.reset;
  place("reset").hidden = !mine;
  place("reset").onclick = async () => {
    if (words.sure && !confirm(words.sure)) return;
    await edits("forget");
    start(version);
  };
  place("open").textContent = mine ? words.keep : `Open the ${kind}`;
  place("open").onclick = () => start(mine ? null : version);
  if (found.length) {
    place("status").textContent = `The ${kind} will not run as it is:`;
    place("problems").replaceChildren(...found.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
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
