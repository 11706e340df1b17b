// What the notebook keeps of a reader's edits in this browser.

export function canStore() {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open("slopes-probe");
      request.onsuccess = () => {
        request.result.close();
        indexedDB.deleteDatabase("slopes-probe");
        resolve(true);
      };
      request.onerror = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
}

// one record a chapter, in two stores; "forget" deletes both
export async function edits(act, lite, path) {
  const database = `JupyterLite Storage - ${lite.pathname}`;
  const known = await indexedDB.databases?.();
  if (known && !known.some((each) => each.name === database)) return undefined;
  return new Promise((resolve) => {
    const request = indexedDB.open(database);
    request.onerror = () => resolve(undefined);
    request.onsuccess = () => {
      const open = request.result;
      const stores = [...open.objectStoreNames].filter((store) =>
        ["files", "checkpoints"].includes(store),
      );
      if (!stores.length) {
        open.close();
        return resolve(undefined);
      }
      const change = open.transaction(stores, "readwrite");
      const kept = stores.includes("files") ? change.objectStore("files").get(path) : null;
      if (act === "forget") for (const store of stores) change.objectStore(store).delete(path);
      change.oncomplete = () => {
        open.close();
        resolve(kept?.result);
      };
    };
  });
}
