// What this browser remembers of its reader, and tells nobody.

const KEY = "slopes";

export function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {}; // storage denied, or not ours
  }
}

export function remember(kind, name, what) {
  const all = remembered();
  all[kind] = { ...all[kind], [name]: what };
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // storage denied or full: the page works without
  }
}
