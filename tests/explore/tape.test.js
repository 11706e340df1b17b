// A tape renews what a slider has changed and what a result needs, and nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";

import { playerOf } from "./tape.js";

// two sliders, a result of each, one of both, and one of none
const LINES = [
  ["slider"],
  ["slider"],
  ["constant", [1, 2]],
  ["multiply", 0, 2],
  ["exp", 1],
  ["add", 3, 4],
  ["negative", 2],
];
const ALL = [...LINES.keys()];

function played() {
  const made = playerOf(LINES);
  made.turn(0, 3);
  made.turn(1, 0);
  made.play(made.plan(ALL));
  return made;
}

const indices = ({ nodes }, some) => [...some].map((node) => nodes.indexOf(node));

test("a plan holds what its results need, in the order of the tape", () => {
  const made = playerOf(LINES);
  assert.deepEqual(indices(made, made.plan([5])), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(indices(made, made.plan([4, 3])), [0, 1, 2, 3, 4]);
  assert.deepEqual(indices(made, made.plan([6])), [2, 6]);
  assert.deepEqual(made.plan([]), []);
});

test("what is played first is all of the plan", () => {
  const made = playerOf(LINES);
  assert.deepEqual(indices(made, made.play(made.plan([6]))), [2, 6]);
  assert.deepEqual([...made.nodes[6].row], [-1, -2]);
});

test("a slider makes stale what depends on it, and only that is played", () => {
  const made = played();
  assert.deepEqual([...made.nodes[5].row], [4, 7]);
  made.turn(0, -1);
  assert.deepEqual(indices(made, made.play(made.plan(ALL))), [0, 3, 5]);
  assert.deepEqual([...made.nodes[5].row], [0, -1]);
  made.turn(1, -Infinity);
  assert.deepEqual(indices(made, made.play(made.plan(ALL))), [1, 4, 5]);
  assert.deepEqual([...made.nodes[5].row], [-1, -2]);
});

test("a slider that stands where it stood makes nothing stale", () => {
  const made = played();
  made.turn(0, 3);
  assert.equal(made.play(made.plan(ALL)).size, 0);
});

test("what another plan left out is still stale when it is wanted", () => {
  const made = played();
  made.turn(0, 2);
  made.turn(1, 1);
  assert.deepEqual(indices(made, made.play(made.plan([4]))), [1, 4]);
  assert.deepEqual([...made.nodes[3].row], [3, 6]);
  assert.deepEqual(indices(made, made.play(made.plan(ALL))), [0, 3, 5]);
  assert.deepEqual([...made.nodes[3].row], [2, 4]);
});

test("a tape without sliders can be played once", () => {
  const made = playerOf([
    ["constant", 2],
    ["square", 0],
  ]);
  assert.equal(made.play(made.plan([1])).size, 2);
  assert.equal(made.play(made.plan([1])).size, 0);
  assert.deepEqual([...made.nodes[1].row], [4]);
});
