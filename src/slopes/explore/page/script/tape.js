// Replays a tape: what an `update` does, as rows of numbers that are made of each other.

import { operation } from "./operations.js";

// a node: its row, what renews it, the nodes that it works on, and the sliders that it depends on
function node([name, ...rest], nodes) {
  const [count, make] = operation(name);
  const inputs = rest.slice(0, count);
  const rows = inputs.map((i) => nodes[i].row);
  const [row, renew] = make(rows, rest.slice(count));
  const needs = name === "slider" ? [nodes.length] : inputs.flatMap((i) => [...nodes[i].needs]);
  return { row, renew, inputs, needs: new Set(needs), stale: true };
}

export function player({ ops, tape }) {
  const nodes = [];
  for (const [code, ...rest] of tape) nodes.push(node([ops[code], ...rest], nodes));

  // the nodes that some results need, in order
  function plan(results) {
    const wanted = new Set();
    const visit = (i) => {
      if (wanted.has(i)) return;
      wanted.add(i);
      nodes[i].inputs.forEach(visit);
    };
    results.forEach(visit);
    return [...wanted].sort((a, b) => a - b).map((i) => nodes[i]);
  }

  // moves a slider; the sliders are the first nodes of a tape
  function turn(slider, value) {
    if (nodes[slider].row[0] === value) return;
    nodes[slider].row[0] = value;
    for (const each of nodes) if (each.needs.has(slider)) each.stale = true;
  }

  // renews what is stale; says which nodes have new numbers
  function play(plan) {
    const stale = plan.filter((each) => each.stale);
    for (const each of stale) {
      each.renew?.();
      each.stale = false;
    }
    return new Set(stale);
  }

  return { nodes, plan, turn, play };
}
