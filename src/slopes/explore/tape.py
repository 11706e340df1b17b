"""A tape: the operations that an `update` did, in order, on flat rows of numbers.

A node of the tape is one row. The first nodes are the sliders; every other
node names an operation and the nodes it works on. Shapes are gone: where
NumPy broadcasts, transposes or indexes, the tape gathers elements by their
places. `page.js` replays a tape in the browser, `replay` in NumPy.
"""

from typing import NamedTuple

import numpy as np

ELEMENTWISE = set(
    """absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh cbrt ceil copysign cos cosh
    divide equal exp exp2 expm1 floor floor_divide fmax fmin greater greater_equal heaviside hypot
    isfinite isinf isnan less less_equal log log10 log1p log2 logaddexp logical_and logical_not
    logical_or logical_xor maximum minimum multiply negative not_equal power remainder rint sign
    sin sinh sqrt square subtract tan tanh trunc where""".split()
)
FOLDS = {"add", "multiply", "maximum", "minimum", "logical_and", "logical_or", "logaddexp"}
FOLDS |= {"fmax", "fmin"}


class Node(NamedTuple):
    """One operation: its name, the nodes it works on, and whole numbers that steer it."""

    op: str
    inputs: tuple = ()
    numbers: tuple = ()
    data: object = None


class Tape:
    """Nodes in the order of their making; equal ones are made once.

    An `exact` tape keeps every constant to its last bit; others keep 12 digits.
    """

    def __init__(self, exact=False):
        self.nodes, self.sizes, self.exact = [], [], exact
        self._known, self._gathered = {}, {}

    def add(self, op, inputs=(), numbers=(), size=1, data=None):
        """The place of a node, which is new only if there is no equal one."""
        key = (op, inputs, numbers, None if data is None else data.tobytes())
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(Node(op, inputs, numbers, data))
            self.sizes.append(size)
        return self._known[key]

    def gather(self, node, places):
        """The elements of `node` at `places`, an array of whole numbers."""
        if node in self._gathered:
            node, inner = self._gathered[node]
            places = inner[places]
        if np.array_equal(places.ravel(), np.arange(self.sizes[node])):
            return node
        strides = _strides(places)
        if strides is None:
            index = self.add("constant", size=places.size, data=places.ravel().astype(float))
            new = self.add("pick", (node, index), size=places.size)
        else:
            new = self.add("stride", (node,), strides, size=places.size)
        self._gathered[new] = node, places.ravel()
        return new

    def used(self, outputs):
        """The tape with only the nodes that `outputs` need, and where each of them went."""
        wanted = needed(self.nodes, outputs)
        sliders = {i for i, node in enumerate(self.nodes) if node.op == "slider"}
        order = sorted(wanted | sliders)
        moved = {old: new for new, old in enumerate(order)}
        slim = [self.nodes[old] for old in order]
        slim = [node._replace(inputs=tuple(moved[i] for i in node.inputs)) for node in slim]
        return slim, moved


def _strides(places):
    """Places as ``(start, length, stride, length, stride, …)``, or None if they are irregular."""
    if places.size == 0:
        return None
    start = int(places.flat[0])
    steps = []
    for axis, length in enumerate(places.shape):
        if length > 1:
            second = places[tuple(int(k == axis) for k in range(places.ndim))]
            steps.append((length, int(second) - start))
    grid = np.array(start)
    for length, stride in steps:
        grid = grid[..., None] + stride * np.arange(length)
    if not np.array_equal(grid.ravel(), places.ravel()):
        return None
    merged = []
    for length, stride in steps:
        if merged and merged[-1][1] == stride * length:
            merged[-1] = (merged[-1][0] * length, stride)
        else:
            merged.append((length, stride))
    return (start, *(number for pair in merged for number in pair))


def needed(nodes, outputs):
    """The places of all nodes that `outputs` are made of."""
    found, waiting = set(), list(outputs)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(nodes[node].inputs)
    return found


def replay(nodes, values, wanted=None):
    """Each node's row of numbers when the sliders stand at `values`; None for one not wanted."""
    rows = [None] * len(nodes)
    with np.errstate(all="ignore"):
        for place in range(len(nodes)) if wanted is None else sorted(wanted):
            node = nodes[place]
            slides = node.op == "slider"
            row = values[node.numbers[0]] if slides else _run(node, [rows[i] for i in node.inputs])
            rows[place] = np.asarray(row, dtype=float).ravel()
    return rows


def _run(node, rows):
    if node.data is not None:
        return node.data
    if node.op in ELEMENTWISE:
        first = rows[0] != 0 if node.op == "where" else rows[0]
        return getattr(np, node.op)(first, *rows[1:])
    return _STRUCTURE[node.op](rows, *node.numbers)


def _stride(rows, start, *pairs):
    places = np.array(start)
    for length, step in zip(pairs[::2], pairs[1::2], strict=True):
        places = places[..., None] + step * np.arange(length)
    return rows[0][places]


def _interp(rows):
    return np.interp(*rows)


def _matmul(rows, batch, m, k, n):
    return rows[0].reshape(batch, m, k) @ rows[1].reshape(batch, k, n)


def _fold(name):
    return lambda rows, length: getattr(np, name).reduce(rows[0].reshape(-1, length), axis=1)


def _scan(name):
    return lambda rows, length: getattr(np, name).accumulate(rows[0].reshape(-1, length), axis=1)


_STRUCTURE = {
    "stride": _stride,
    "pick": lambda rows: rows[0][rows[1].astype(int)],
    "join": lambda rows: np.concatenate(rows),
    "interp": _interp,
    "matmul": _matmul,
    "argmax": lambda rows, length: rows[0].reshape(-1, length).argmax(axis=1),
    "argmin": lambda rows, length: rows[0].reshape(-1, length).argmin(axis=1),
    **{f"fold {name}": _fold(name) for name in FOLDS},
    **{f"scan {name}": _scan(name) for name in FOLDS},
}
