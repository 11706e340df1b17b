// Rows of numbers, and what renews them.

// a new row, and what computes each of its elements anew
export function renewed(length, element) {
  const row = new Float64Array(length);
  const renew = () => {
    for (let i = 0; i < length; i++) row[i] = element(i, row);
  };
  return [row, renew];
}

// numbers that stay, as a tape writes them; null is NaN
export function constant(data) {
  return [Float64Array.from(Array.isArray(data) ? data : [data], (x) => x ?? NaN)];
}

// numbers that stay, in equal steps or equal ratios
export function spaced(start, stop, count, ratio) {
  const step = (ratio ? Math.log(stop / start) : stop - start) / (count - 1);
  const at = (i) => (ratio ? start * Math.exp(i * step) : i * step + start);
  return [Float64Array.from({ length: count }, (_, i) => (i < count - 1 ? at(i) : stop))];
}

export function gather(row, index) {
  return renewed(index.length, (i) => row[index[i]]);
}

// indices from `start` on, for pairs of a length and a stride, of which the last turns fastest
export function stridedIndices([start, ...pairs]) {
  let indices = [start];
  for (let k = 0; k < pairs.length; k += 2) {
    const steps = Array.from({ length: pairs[k] }, (_, i) => i * pairs[k + 1]);
    indices = indices.flatMap((at) => steps.map((step) => at + step));
  }
  return Int32Array.from(indices);
}

export function join(rows) {
  const joined = new Float64Array(rows.reduce((total, row) => total + row.length, 0));
  const renew = () => {
    let at = 0;
    for (const row of rows) {
      joined.set(row, at);
      at += row.length;
    }
  };
  return [joined, renew];
}
