// Tapes for tests: lines such as ["add", 0, 1], as they are before a page numbers the names.

import { player } from "../../src/slopes/explore/page/script/tape.js";

export function playerOf(lines) {
  const ops = [...new Set(lines.map(([name]) => name))];
  return player({ ops, tape: lines.map(([name, ...rest]) => [ops.indexOf(name), ...rest]) });
}

// the row of the last line, when all has been played
export function result(lines) {
  const { nodes, plan, play } = playerOf(lines);
  play(plan([lines.length - 1]));
  return [...nodes[lines.length - 1].row];
}
