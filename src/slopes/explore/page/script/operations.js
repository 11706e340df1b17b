// What a node of the tape does. Each operation takes the rows of the nodes that it works on and the
// numbers that steer it, and returns a row and, unless that stays as it is, what renews it.

import { ELEMENTWISE } from "./elementwise.js";
import { constant, gather, join, renewed, spaced, stridedIndices } from "./rows.js";

// a row of one number goes with every element of the others
function elementwise(rows, _, f) {
  const [a, b, c] = rows;
  const [p, q, r] = rows.map((row) => +(row.length > 1));
  const length = Math.max(...rows.map((row) => row.length));
  const row = new Float64Array(length);
  const renew = {
    // most of all work is done here: `renewed` would need half as much time again
    1: () => {
      for (let i = 0; i < length; i++) row[i] = f(a[i * p]);
    },
    2: () => {
      for (let i = 0; i < length; i++) row[i] = f(a[i * p], b[i * q]);
    },
    3: () => {
      for (let i = 0; i < length; i++) row[i] = f(a[i * p], b[i * q], c[i * r]);
    },
  };
  return [row, renew[rows.length]];
}

// one number of each stretch of a row that is `length` numbers long, from left to right
function reduce([row], [length], f) {
  return renewed(row.length / length, (i) => {
    let total = row[i * length];
    for (let k = 1; k < length; k++) total = f(total, row[i * length + k]);
    return total;
  });
}

// every step on the way there
function accumulate([row], [length], f) {
  return renewed(row.length, (i, out) => (i % length ? f(out[i - 1], row[i]) : row[i]));
}

// products of `batch` pairs of matrices, m × k and k × n
function matmul([a, b], [batch, m, k, n]) {
  return renewed(batch * m * n, (i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    const from = Math.floor(row / m) * k * n;
    let total = 0;
    for (let l = 0; l < k; l++) total += a[row * k + l] * b[from + l * n + column];
    return total;
  });
}

function interp([x, xp, fp]) {
  const last = xp.length - 1;
  return renewed(x.length, (i) => {
    if (x[i] <= xp[0]) return fp[0];
    if (x[i] >= xp[last]) return fp[last];
    let [low, high] = [0, last];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (xp[middle] <= x[i]) low = middle;
      else high = middle;
    }
    return fp[low] + ((fp[high] - fp[low]) / (xp[high] - xp[low])) * (x[i] - xp[low]);
  });
}

// all that is not elementwise: how many nodes it works on, before the numbers that steer it
const OPERATIONS = {
  slider: [0, () => [new Float64Array(1)]],
  constant: [0, (_, [data]) => constant(data)],
  spaced: [0, (_, numbers) => spaced(...numbers)],
  stride: [1, ([row], numbers) => gather(row, stridedIndices(numbers))],
  pick: [2, ([row, index]) => gather(row, index)],
  join: [Infinity, join],
  interp: [3, interp],
  matmul: [2, matmul],
  reduce: [1, reduce],
  accumulate: [1, accumulate],
};

// an operation by its name on the tape, such as "sin" or "reduce add": how many nodes, what it does
export function operation(name) {
  const [kind, way = kind] = name.split(" ");
  const [count, make] = OPERATIONS[kind] ?? [Infinity, elementwise];
  return [count, (rows, numbers) => make(rows, numbers, ELEMENTWISE[way])];
}
