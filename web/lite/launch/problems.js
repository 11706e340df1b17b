// What keeps a chapter from running here, each in a sentence.

import { canStore } from "./edits.js";

// the answer to a request, or null where there is none
export async function answers(url, options) {
  try {
    return await fetch(url, { cache: "no-cache", ...options });
  } catch {
    return null;
  }
}

export async function problems(lite) {
  const found = [];
  if (typeof WebAssembly !== "object" || typeof BigInt64Array === "undefined" || !window.Worker)
    found.push(
      "This browser is too old to run Python: update it, or open the page in a current Firefox, Chrome, Edge or Safari.",
    );
  if (!(await canStore()))
    found.push(
      "This browser does not let the page store anything, which the notebook needs: leave private browsing, or allow site data for this address.",
    );
  const lock = await answers(new URL("static/pyodide/pyodide-lock.json", lite));
  if (!lock?.ok) {
    found.push(
      "Python itself did not arrive from this site: look whether you are online, and load this page again.",
    );
    return found;
  }
  const packages = Object.values((await lock.json()).packages);
  const remote = packages.filter(({ file_name }) => file_name.startsWith("https://"));
  const replies = await Promise.all(
    remote.map(({ file_name }) => answers(file_name, { method: "HEAD" })),
  );
  const names = (keep) =>
    remote
      .filter((_, i) => keep(replies[i]))
      .map(({ name }) => name)
      .join(", ");
  const silent = names((reply) => reply === null);
  const refused = names((reply) => reply !== null && !reply.ok);
  if (silent)
    found.push(
      `These packages come from ${new URL(remote[0].file_name).host}, which cannot be reached from here: ${silent}. You may be offline, or the network may block that address.`,
    );
  if (refused) found.push(`The server refused these packages: ${refused}. Try again later.`);
  return found;
}
