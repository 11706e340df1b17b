// Numbers as the reader sees them, digit for digit as Python writes them.

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SPEC = /^(\+?)(?:\.(\d+))?([efg]?)$/;

// the mantissa and the exponent, if there is one, of a rounded x; an exact half goes to the even digit
function rounded(write, decimals) {
  const text = write(decimals).split("e");
  const exact = write(100).split("e")[0];
  const rest = exact.slice(text[0].length);
  if (/^\.?50*$/.test(rest) && /[13579]$/.test(text[0])) text[0] = exact.slice(0, text[0].length);
  return text;
}

function fixed(x, decimals) {
  if (Math.abs(x) < 1e21) return rounded((n) => x.toFixed(n), decimals)[0];
  // toFixed gives up, but such a number is whole
  return BigInt(x) + (decimals ? `.${"0".repeat(decimals)}` : "");
}

const scientific = (x, decimals) => rounded((n) => x.toExponential(n), decimals);
const trimmed = (digits) => (digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits);

function general(x, digits) {
  const [mantissa, exponent] = scientific(x, digits - 1);
  if (exponent < -4 || exponent >= digits) return [trimmed(mantissa), exponent];
  return [trimmed(fixed(x, digits - 1 - exponent))];
}

function parts(x, decimals, type) {
  if (type === "f") return [fixed(x, decimals)];
  return type === "e" ? scientific(x, decimals) : general(x, decimals || 1);
}

const raised = (exponent) =>
  `×10${[...`${+exponent}`].map((c) => SUPERSCRIPTS[c] ?? "⁻").join("")}`;

// x by a format such as ".3f", or with four digits where there is none
export function formatted(x, spec) {
  if (Number.isNaN(x)) return "none";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const [, plus, decimals = 6, type] = SPEC.exec(spec || ".4g");
  let [digits, exponent] = parts(x, +decimals, type);
  if (plus && (x > 0 || Object.is(x, 0))) digits = `+${digits}`;
  if (+digits === 0) digits = digits.replace("-", "");
  return digits.replace("-", "−") + (exponent === undefined ? "" : raised(exponent));
}
