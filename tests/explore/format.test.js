// Numbers as the page writes them, by the cases that Python's are tested with.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { formatted } from "../../src/slopes/explore/page/script/format.js";

const CASES = JSON.parse(readFileSync(new URL("numbers.json", import.meta.url), "utf8"));

test("numbers are written as Python writes them", () => {
  const written = CASES.map((each) => formatted(Number(each.number), each.format));
  assert.deepEqual(
    CASES.map((each, i) => ({ ...each, text: written[i] })),
    CASES,
  );
});
