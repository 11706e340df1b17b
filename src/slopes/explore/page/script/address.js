// The values of controls in the address of the page: a link leads to what a reader has set.

const name = (key, control) => `${key}.${control.name}`;

export function restore(controls, key) {
  const query = new URLSearchParams(location.search);
  for (const each of controls.all) {
    const text = query.get(name(key, each));
    if (text !== null) controls.restore(each, text);
  }
}

export function save({ all, values, starts }, key) {
  const query = new URLSearchParams(location.search);
  for (const each of all) {
    if (values.get(each) === starts.get(each)) query.delete(name(key, each));
    else query.set(name(key, each), values.get(each));
  }
  const text = query.toString();
  const address = (text ? `?${text}` : location.pathname) + location.hash;
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // a page that is opened from a folder has no address to change
  }
}
