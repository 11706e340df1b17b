// What a guess is told, by the cases that Python's replies are tested with.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { numberOf } from "../../src/slopes/explore/page/script/numeral.js";
import { reply } from "../../src/slopes/explore/page/script/reply.js";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));

test("numbers are read as Python reads them", () => {
  for (const { typed, number } of read("guesses.json")) {
    assert.equal(numberOf(typed), number ?? NaN, typed);
  }
});

test("a guess is told what Python tells it", () => {
  for (const { guess, truth, scale, mistakes = {}, reply: words } of read("replies.json")) {
    const pairs = Object.entries(mistakes).map(([value, text]) => [+value, text]);
    const spec = { truth, ratio: scale !== "difference", mistakes: pairs };
    assert.equal(reply(spec, guess), words);
  }
});
