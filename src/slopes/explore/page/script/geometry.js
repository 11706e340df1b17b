// What all artists are drawn of: positions in the picture, paths and boxes. NaN is a gap.

export const FAR = 1e6; // px: beyond what any browser draws

// from a number of the data to its place along one axis of the picture
export function scale([log, slope, offset]) {
  return (value) => {
    if (!Number.isFinite(value)) return NaN;
    const along = log ? Math.log(Math.max(value, 0)) : value;
    return Math.max(-FAR, Math.min(FAR, slope * along + offset));
  };
}

// from such a place back to the number
export function inverse([log, slope, offset]) {
  return (place) => {
    const along = (place - offset) / slope;
    return log ? Math.exp(along) : along;
  };
}

export const hundredths = (x) => Math.round(x * 100) / 100;

// through `count` points, whose positions two functions tell; a gap lifts the pen
export function path(count, x, y) {
  let [text, pen] = ["", "M"];
  for (let i = 0; i < count; i++) {
    const [a, b] = [x(i), y(i)];
    if (Number.isFinite(a) && Number.isFinite(b)) {
      text += `${pen}${hundredths(a)} ${hundredths(b)}`;
      pen = " ";
    } else pen = "M";
  }
  return text;
}

// around a rectangle, empty where a side of it is a gap
export function box(left, right, bottom, top) {
  const corners = [
    [left, bottom],
    [left, top],
    [right, top],
    [right, bottom],
  ];
  if (!corners.flat().every(Number.isFinite)) return "";
  return polygon(corners);
}

// through all points, [x, y], and back to the first
export function polygon(points) {
  const outline = path(
    points.length,
    (i) => points[i][0],
    (i) => points[i][1],
  );
  return `${outline}z`;
}

export function set(element, attributes) {
  for (const key in attributes) element.setAttribute(key, attributes[key]);
}
