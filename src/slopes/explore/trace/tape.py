"""A tape: the operations that an `update` did, in order, on flat rows of numbers.

A node of the tape is one row. The first nodes are the sliders; every other
node names an operation and the nodes it works on. Shapes are gone: where
NumPy broadcasts, transposes or indexes, the tape gathers elements by their
indices in the row. The script of the page replays a tape in the browser,
`replay` in NumPy.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from slopes.explore.trace.operations import OPERATIONS, Row, strided_indices


class Node(NamedTuple):
    """One operation: its name, the nodes it works on, and numbers that steer it.

    A constant has its row as `data`.
    """

    op: str
    inputs: tuple[int, ...] = ()
    numbers: tuple[float, ...] = ()
    data: Row | None = None

    @property
    def key(self) -> tuple[str, tuple[int, ...], tuple[float, ...], bytes | None]:
        """What two equal nodes have in common, to the last bit."""
        data = None if self.data is None else self.data.tobytes()
        return self.op, self.inputs, self.numbers, data


class Tape:
    """Nodes in the order of their making; equal ones are made once.

    An `exact` tape keeps every constant to its last bit; others keep 12 digits.
    """

    def __init__(self, exact: bool = False):
        self.nodes: list[Node] = []
        self.sizes: list[int] = []
        self.exact = exact
        self._known: dict[object, int] = {}
        self._gathered: dict[int, tuple[int, NDArray[np.int_]]] = {}

    def add(
        self,
        op: str,
        inputs: tuple[int, ...] = (),
        numbers: tuple[float, ...] = (),
        size: int = 1,
        data: Row | None = None,
    ) -> int:
        """The number of a node, which is new only if there is no equal one."""
        node = Node(op, inputs, numbers, data)
        if node.key not in self._known:
            self._known[node.key] = len(self.nodes)
            self.nodes.append(node)
            self.sizes.append(size)
        return self._known[node.key]

    def gather(self, node: int, indices: NDArray[np.int_]) -> int:
        """The elements of `node` at `indices`, an array of any shape."""
        if node in self._gathered:
            node, inner = self._gathered[node]
            indices = inner[indices]
        if np.array_equal(indices.ravel(), np.arange(self.sizes[node])):
            return node
        new = self._gather(node, indices)
        self._gathered[new] = node, indices.ravel()
        return new

    def _gather(self, node: int, indices: NDArray[np.int_]) -> int:
        strides = _strides(indices)
        if strides is not None:
            return self.add("stride", (node,), strides, size=indices.size)
        row = self.add("constant", size=indices.size, data=indices.ravel().astype(float))
        return self.add("pick", (node, row), size=indices.size)

    def slim(self, outputs: Iterable[int]) -> tuple[list[Node], dict[int, int]]:
        """The sliders and the nodes that `outputs` need, and the new number of each of them."""
        sliders = {i for i, node in enumerate(self.nodes) if node.op == "slider"}
        order = sorted(needed(self.nodes, outputs) | sliders)
        renumbered = {old: new for new, old in enumerate(order)}
        nodes = [self.nodes[old] for old in order]
        nodes = [node._replace(inputs=tuple(renumbered[i] for i in node.inputs)) for node in nodes]
        return nodes, renumbered


def _strides(indices: NDArray[np.int_]) -> tuple[int, ...] | None:
    """Indices as ``(start, length, stride, length, stride, …)``; None if they are irregular."""
    if indices.size == 0:
        return None
    start = int(indices.flat[0])
    pairs = [
        (length, int(np.moveaxis(indices, axis, 0)[1].flat[0]) - start)
        for axis, length in enumerate(indices.shape)
        if length > 1
    ]
    numbers = (start, *(number for pair in _merged(pairs) for number in pair))
    return numbers if np.array_equal(strided_indices(*numbers), indices.ravel()) else None


def _merged(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of lengths and strides, with axes that continue each other as one."""
    merged: list[tuple[int, int]] = []
    for length, stride in pairs:
        if merged and merged[-1][1] == stride * length:
            length *= merged.pop()[0]
        merged.append((length, stride))
    return merged


def needed(nodes: Sequence[Node], outputs: Iterable[int]) -> set[int]:
    """The numbers of all nodes that `outputs` are made of."""
    found: set[int] = set()
    waiting = list(outputs)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(nodes[node].inputs)
    return found


def replay(
    nodes: Sequence[Node], values: Sequence[float], wanted: Iterable[int] | None = None
) -> dict[int, Row]:
    """Each node's row of numbers when the sliders stand at `values`.

    Parameters
    ----------
    nodes : sequence of Node
        A tape, in order.
    values : sequence of float
        One number for each slider, in the order of the controls.
    wanted : iterable of int, optional
        The nodes to compute, with all that they need; every node otherwise.

    Returns
    -------
    dict of numpy.ndarray
        The rows, by the numbers of their nodes.
    """
    rows: dict[int, Row] = {}
    with np.errstate(all="ignore"):
        for i in range(len(nodes)) if wanted is None else sorted(wanted):
            rows[i] = np.asarray(_row(nodes[i], rows, values), dtype=float).ravel()
    return rows


def _row(node: Node, rows: dict[int, Row], values: Sequence[float]) -> Row | float:
    if node.op == "slider":
        return values[int(node.numbers[0])]
    if node.data is not None:
        return node.data
    return OPERATIONS[node.op]([rows[i] for i in node.inputs], *node.numbers)
