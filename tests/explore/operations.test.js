// Each operation of the tape where it is hard: signs, halves, gaps, ends, ties and single numbers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { result } from "./tape.js";

const [inf, nan] = [Infinity, NaN];

// what NumPy says of several inputs, each given as a list: one element of the result for each
// biome-ignore format: an operation is a line
const ELEMENTWISE = {
  absolute: [[-2, -0, -inf, nan], [2, 0, inf, nan]],
  add: [[1, inf, nan], [2, -inf, 1], [3, nan, nan]],
  divide: [[1, -1, 0, 1], [0, 0, 0, -inf], [inf, -inf, nan, -0]],
  equal: [[1, nan, -0], [1, nan, 0], [1, 0, 1]],
  exp: [[0, -inf, 1e3], [1, 0, inf]],
  greater: [[2, 1, nan, inf], [1, 1, 1, nan], [1, 0, 0, 0]],
  greater_equal: [[2, 1, nan], [1, 1, 1], [1, 1, 0]],
  heaviside: [[-2, 0, 2, nan], [0.5, 0.5, 0.5, 0.5], [0, 0.5, 1, nan]],
  isfinite: [[1, nan, inf, -inf], [1, 0, 0, 0]],
  isnan: [[1, nan, inf], [0, 1, 0]],
  less: [[1, 1, nan], [2, 1, 1], [1, 0, 0]],
  less_equal: [[1, 1, nan], [2, 1, 1], [1, 1, 0]],
  log: [[1, 0, -1], [0, -inf, nan]],
  log1p: [[0, 1e-20, -1], [0, 1e-20, -inf]],
  logical_and: [[1, 1, 0, nan, nan], [2, 0, nan, 1, nan], [1, 0, 0, 1, 1]],
  logical_not: [[0, -0, 2, nan], [1, 1, 0, 0]],
  logical_or: [[1, 0, 0, nan], [0, 0, nan, 0], [1, 0, 1, 1]],
  maximum: [[1, nan, -inf], [2, 2, 0], [2, nan, 0]],
  minimum: [[1, nan, -inf], [2, 2, 0], [1, nan, -inf]],
  multiply: [[2, 0, -inf], [3, inf, 2], [6, nan, -inf]],
  negative: [[1, -inf, nan], [-1, inf, nan]],
  not_equal: [[1, nan, 2], [1, nan, 1], [0, 1, 1]],
  power: [[2, 1, -1, 0, -8, nan], [3, nan, inf, 0, 1 / 3, 0], [8, 1, 1, 1, nan, 1]],
  remainder: [[7, -7, 7, -7, 5, -5, 1], [3, 3, -3, -3, inf, inf, 0], [1, 2, -2, -1, 5, inf, nan]],
  rint: [[0.5, 1.5, 2.5, -1.5, -2.5, 2.4, inf, nan], [0, 2, 2, -2, -2, 2, inf, nan]],
  sign: [[-3, 2, nan, -inf], [-1, 1, nan, -1]],
  sqrt: [[4, -1, inf], [2, nan, inf]],
  square: [[-3, -inf], [9, inf]],
  subtract: [[3, inf], [1, inf], [2, nan]],
  tanh: [[0, inf, -1e3], [0, 1, -1]],
  where: [[1, 0, nan], [10, 20, 30], [-1, -2, -3], [10, -2, 30]],
};

test("every elementwise function does what NumPy's does", () => {
  const entries = Object.entries(ELEMENTWISE);
  const expected = entries.map(([name, rows]) => [name, rows[rows.length - 1]]);
  const found = entries.map(([name, rows]) => {
    const constants = rows.slice(0, -1).map((row) => ["constant", row]);
    return [name, result([...constants, [name, ...constants.keys()]])];
  });
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
});

test("a row of one number goes with every element of the others, on either side", () => {
  const [row, one] = [
    ["constant", [5, 6, 7]],
    ["constant", 2],
  ];
  assert.deepEqual(result([row, one, ["subtract", 0, 1]]), [3, 4, 5]);
  assert.deepEqual(result([row, one, ["subtract", 1, 0]]), [-3, -4, -5]);
  assert.deepEqual(result([row, one, ["where", 1, 0, 1]]), [5, 6, 7]);
  assert.deepEqual(result([row, one, ["where", 1, 1, 1]]), [2]);
});

test("constants are one number or many; null is a gap, a huge one infinite", () => {
  assert.deepEqual(result([["constant", 3]]), [3]);
  assert.deepEqual(result([["constant", JSON.parse("[1, null, -1e999]")]]), [1, nan, -inf]);
});

test("numbers in equal steps or ratios end exactly where they should", () => {
  assert.deepEqual(result([["spaced", -1, 2, 4, 0]]), [-1, 0, 1, 2]);
  assert.equal(result([["spaced", 0.1, 0.7, 7, 0]])[6], 0.7);
  const ratios = result([["spaced", 1, 1000, 4, 1]]);
  assert.equal(ratios[3], 1000);
  assert.ok([1, 10, 100].every((x, i) => Math.abs(ratios[i] / x - 1) < 1e-14));
});

// rows by one line of a tape after constants
function of(line, ...rows) {
  return result([...rows.map((row) => ["constant", row]), line]);
}

test("strides lead to the places that NumPy's broadcasting, transposing and slicing do", () => {
  const row = [0, 1, 2, 3, 4, 5];
  assert.deepEqual(of(["stride", 0, 4], row), [4]);
  assert.deepEqual(of(["stride", 0, 5, 6, -1], row), [5, 4, 3, 2, 1, 0]);
  assert.deepEqual(of(["stride", 0, 0, 3, 1, 2, 3], row), [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(of(["stride", 0, 2, 2, 0, 2, 1], row), [2, 3, 2, 3]);
});

test("picking takes elements in any order, and again", () => {
  assert.deepEqual(of(["pick", 0, 1], [10, nan, 30], [2, 0, 1, 2]), [30, 10, nan, 30]);
});

test("joining puts rows one after the other", () => {
  assert.deepEqual(of(["join", 0, 1, 2, 0], [1, 2], [3], [nan]), [1, 2, 3, nan, 1, 2]);
});

test("interpolation holds its ends, goes through its points and keeps gaps", () => {
  const [xp, fp] = [
    [-2, 0, 1],
    [3, 1, 2],
  ];
  const x = [-9, -2, -1, 0, 0.5, 1, 9, -inf, inf, nan];
  const expected = [3, 3, 2, 1, 1.5, 2, 2, 3, 2, nan];
  assert.deepEqual(of(["interp", 0, 1, 2], x, xp, fp), expected);
  assert.deepEqual(of(["interp", 0, 1, 2], [-1, 0, 1], [0], [7]), [7, 7, 7]);
});

test("matrices are multiplied one pair after the other", () => {
  const [a, b] = [
    [1, 2, 3, 4, 5, 6],
    [1, 0, 2, -1, 1, 3],
  ];
  assert.deepEqual(of(["matmul", 0, 1, 1, 2, 3, 2], a, b), [8, 7, 20, 13]);
  assert.deepEqual(of(["matmul", 0, 1, 2, 1, 3, 1], a, b), [7, 19]);
  assert.deepEqual(of(["matmul", 0, 1, 1, 1, 2, 1], [0, 1], [inf, 1]), [nan]);
});

test("a reduction makes one number of each stretch, from left to right", () => {
  assert.deepEqual(of(["reduce add", 0, 3], [1e16, 1, -1e16, 1, 2, 3]), [0, 6]);
  assert.deepEqual(of(["reduce multiply", 0, 2], [2, 3, inf, 0]), [6, nan]);
  assert.deepEqual(of(["reduce maximum", 0, 3], [1, nan, 3]), [nan]);
  assert.deepEqual(of(["reduce minimum", 0, 1], [4, 5]), [4, 5]);
});

test("an accumulation keeps every step of a reduction, and starts anew in each stretch", () => {
  assert.deepEqual(of(["accumulate add", 0, 3], [1, 2, 3, 4, nan, 6]), [1, 3, 6, 4, nan, nan]);
  assert.deepEqual(of(["accumulate maximum", 0, 2], [2, 1, 0, 5]), [2, 2, 0, 5]);
});
