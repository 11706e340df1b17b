// Numbers as people type them: digits, powers, products, quotients, per cent; NaN for the rest.

const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const FACTOR = /([*/]?)([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:\^([+-]?\d+\.?\d*))?/y;

const caret = (found) =>
  `^${[...found].map((c) => (c === "⁻" ? "-" : POWERS.indexOf(c))).join("")}`;

function plain(text) {
  const digits = text.replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, caret).replace(/[ \u00a0]/g, "");
  const signs = digits
    .replace(/−/g, "-")
    .replace(/[·×]|\*(?=[^*]|$)/g, "*")
    .replace(/,/g, ".");
  return signs.replace(/\*\*/g, "^").toLowerCase();
}

export function numberOf(text) {
  const typed = plain(text);
  const whole = typed.replace(/%$/, "");
  let number = 1;
  let at = 0;
  do {
    FACTOR.lastIndex = at;
    const found = FACTOR.exec(whole);
    if (!found || !found[1] !== !at) return NaN;
    // a sign before the base belongs to the result: -2^2 is -4
    const size = Math.abs(found[2]) ** (found[3] ?? 1);
    const factor = found[2].startsWith("-") ? -size : size;
    number = found[1] === "/" ? number / factor : number * factor;
    at = FACTOR.lastIndex;
  } while (at < whole.length);
  if (!Number.isFinite(number)) return NaN;
  return typed === whole ? number : number / 100;
}
