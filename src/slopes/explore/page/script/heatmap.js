// Draws a table of numbers as colours, on a canvas where the picture has a still image.

function canvas(spec, image, picture) {
  const [width, height] = picture.querySelector("svg").getAttribute("viewBox").split(" ").slice(2);
  const share = (key, whole) => `${(100 * image.getAttribute(key)) / whole}%`;
  const { columns, rows } = spec;
  const made = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
  Object.assign(made.style, {
    left: share("x", width),
    top: share("y", height),
    width: share("width", width),
    height: share("height", height),
  });
  made.setAttribute("aria-hidden", "true");
  picture.prepend(made);
  image.style.display = "none";
  return made.getContext("2d");
}

// the colour of a number, of which the last is that of a gap
function palette({ colours, log, low, high }) {
  const bytes = Uint8Array.from(atob(colours), (c) => c.charCodeAt(0));
  const all = new Uint32Array(bytes.buffer);
  const count = all.length - 1;
  const steps = count / (high - low);
  return (value) => {
    const level = Math.floor(((log ? Math.log(value) : value) - low) * steps);
    if (!Number.isFinite(level)) return all[count];
    return all[level < 0 ? 0 : level < count ? level : count - 1];
  };
}

export function heat(spec, groups, picture) {
  const context = canvas(spec, groups[0].querySelector("image"), picture);
  const colour = palette(spec);
  const { rows, columns, upturned, mirrored } = spec;
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  return (values) => {
    for (let row = 0, i = 0; row < rows; row++) {
      const start = (upturned ? rows - 1 - row : row) * columns;
      for (let column = 0; column < columns; column++, i++) {
        pixels[start + (mirrored ? columns - 1 - column : column)] = colour(values[i]);
      }
    }
    context.putImageData(image, 0, 0);
  };
}
