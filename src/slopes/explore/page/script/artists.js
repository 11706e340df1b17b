// For each kind of artist: from what is known of it, to a function that draws its rows of numbers.

import { formatted } from "./format.js";
import { box, FAR, hundredths, path, polygon, scale, set } from "./geometry.js";
import { heat } from "./heatmap.js";

function line(spec, groups) {
  const [x, y] = [scale(spec.x), scale(spec.y)];
  const line = spec.line && groups[0].querySelector("path");
  const marks = spec.mark && groups[0].querySelector("g");
  return (xs, ys) => {
    const [a, b] = [(i) => x(xs[i]), (i) => y(ys[i])];
    if (line) line.setAttribute("d", path(ys.length, a, b));
    if (marks) mark(marks, ys.length, a, b);
  };
}

// as many markers as there are points; one in a gap lies out of sight
function mark(marks, count, x, y) {
  while (marks.children.length > count) marks.lastChild.remove();
  while (marks.children.length < count) marks.append(marks.lastChild.cloneNode());
  for (let i = 0; i < count; i++) {
    set(marks.children[i], at(x(i), y(i), -FAR));
  }
}

function at(x, y, gap) {
  const seen = Number.isFinite(x) && Number.isFinite(y);
  return seen ? { x: hundredths(x), y: hundredths(y) } : { x: gap, y: gap };
}

function rule(spec, groups) {
  const [low, high] = spec.across;
  const along = scale(spec.along);
  const line = groups[0].querySelector("path");
  return ([value]) => {
    const [ends, here] = [(i) => (i ? high : low), () => along(value)];
    line.setAttribute("d", spec.vertical ? path(2, here, ends) : path(2, ends, here));
  };
}

function span(spec, groups) {
  const along = scale(spec.along);
  const area = groups[0].querySelector("path");
  return ([low], [high]) => {
    const ends = [along(low), along(high)];
    const sides = spec.vertical ? [...ends, ...spec.across] : [...spec.across, ...ends];
    area.setAttribute("d", box(...sides));
  };
}

function band(spec, groups) {
  const [x, y] = [scale(spec.x), scale(spec.y)];
  const area = groups[0].querySelector("path");
  return (xs, lows, highs) => {
    const runs = [[]];
    for (let i = 0; i < xs.length; i++) {
      const point = [x(xs[i]), y(lows[i]), y(highs[i])];
      if (point.every(Number.isFinite)) runs[runs.length - 1].push(point);
      else runs.push([]);
    }
    area.setAttribute("d", runs.map(outline).join(""));
  };
}

// along the lower ends of a run, and back along the upper ones
function outline(run) {
  const lower = run.map(([x, low]) => [x, low]);
  const upper = run.map(([x, , high]) => [x, high]);
  return run.length ? polygon([...lower, ...upper.reverse()]) : "";
}

function bars(spec, groups) {
  const y = scale(spec.y);
  const bars = groups.map((group) => group.querySelector("path"));
  return (heights) =>
    bars.forEach((bar, i) => {
      const [left, right, base] = spec.bars[i];
      bar.setAttribute("d", box(left, right, y(base), y(base + heights[i])));
    });
}

function text(spec, groups) {
  const [x, y] = [scale(spec.x), scale(spec.y)];
  const element = groups[0].querySelector("text");
  return ([a], [b], [number]) => {
    const [left, top] = [x(a), y(b)];
    const seen = Number.isFinite(left) && Number.isFinite(top);
    element.textContent = seen ? spec.before + formatted(number, spec.format) + spec.after : "";
    set(element, at(left, top, 0));
  };
}

const KINDS = { line, rule, span, band, bars, text, heat };

// by the name of each artist in the picture, what draws it
export function artists(specs, picture) {
  const groups = [...picture.querySelectorAll("[data-artist]")];
  const made = Object.entries(specs).map(([name, spec]) => {
    const own = groups.filter((group) => group.dataset.artist === name);
    return [name, KINDS[spec.kind](spec, own, picture)];
  });
  return Object.fromEntries(made);
}
