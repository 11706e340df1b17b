// What a guess is told, as Python tells it.

import { formatted } from "./format.js";

export function reply({ truth, ratio, mistakes }, number) {
  const said = `You said ${formatted(number)}; it is ${formatted(truth)}.`;
  const near = mistakes.find(([value]) => takes(number, value, truth, ratio));
  return `${said} Your guess is ${distance(number, truth, ratio)}.${near ? ` ${near[1]}` : ""}`;
}

// whether a guess lies so near a mistake that it was probably made
function takes(number, mistake, truth, ratio) {
  const logs = ratio && Math.min(number * mistake, mistake * truth) > 0;
  const [guessed, wrong, right] = [number, mistake, truth].map((x) =>
    logs ? Math.log(Math.abs(x)) : x,
  );
  return Math.abs(guessed - wrong) <= Math.abs(wrong - right) / 10;
}

// how far a guess is from the truth, in words that fit the scale
function distance(guess, truth, ratio) {
  if (guess === truth) return "exactly right";
  if (!ratio || !truth) {
    const side = guess > truth ? "high" : "low";
    return `too ${side} by ${formatted(Math.abs(guess - truth), ".2g")}`;
  }
  if (!guess || guess < 0 !== truth < 0) return guess ? "of the wrong sign" : "0, which it is not";
  return apart(Math.log10(Math.abs(guess)) - Math.log10(Math.abs(truth)));
}

// words for a ratio of 10 to this power
function apart(powers) {
  const side = `too ${powers > 0 ? "large" : "small"}`;
  const size = Math.abs(powers);
  if (size >= 3) return `${formatted(size, ".0f")} powers of ten ${side}`;
  const factor = formatted(10 ** size, size >= 1 ? ".0f" : ".2g");
  if (size > Math.log10(2)) return `a factor of ${factor} ${side}`;
  const percent = 100 * Math.abs(10 ** powers - 1);
  return percent >= 1 ? `${formatted(percent, ".0f")} % ${side}` : "right to less than 1 %";
}
