"""Constants of a tape, written short: rows, grids and tables by what they are made of."""

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats
from slopes.explore.trace.operations import Row
from slopes.explore.trace.tape import Tape

_ROUNDING = {name: n * np.finfo(float).eps for name, n in dict(add=8, multiply=8, power=64).items()}


def constant(tape: Tape, array: ArrayLike) -> int:
    """A node of `tape` that holds `array`, short where rounding allows it."""
    array = np.asarray(array, dtype=float)
    core = _once(array)
    node = _short(tape, core)
    indices = np.arange(core.size).reshape(core.shape)
    return tape.gather(node, np.broadcast_to(indices, array.shape))


def _once(array: Floats) -> Floats:
    """`array` with what repeats along an axis kept once."""
    for axis in range(array.ndim):
        if array.shape[axis] > 1:
            first = array.take([0], axis)
            same = np.broadcast_to(first, array.shape).tobytes() == array.tobytes()
            array = first if same else array
    return array


def _short(tape: Tape, core: Floats) -> int:
    """The node of an array in which nothing repeats."""
    long = [axis for axis in range(core.ndim) if core.shape[axis] > 1]
    if tape.exact or not np.isfinite(core).all():
        return _plain(tape, core)
    if len(long) > 1:
        return _table(tape, core.reshape(core.shape[long[0]], -1), core.shape)
    return _spaced(tape, core.ravel())


def _plain(tape: Tape, core: Floats) -> int:
    row = core.ravel()
    if not tape.exact and row.size > 1:
        row = np.array([float(f"{number:.12g}") for number in row])
    return tape.add("constant", size=core.size, data=row)


def _table(tape: Tape, table: Floats, shape: tuple[int, ...]) -> int:
    """A table that is a column plus or times a row, from those; any other one as it is."""
    for name, column, row in (("add", *_as_sum(table)), ("multiply", *_as_product(table))):
        if _near(getattr(np, name)(column[:, None], row), table, name):
            rest = next(axis for axis, length in enumerate(shape) if length > 1) + 1
            first = constant(tape, np.broadcast_to(column[:, None], table.shape))
            second = constant(tape, np.broadcast_to(row, table.shape).reshape(-1, *shape[rest:]))
            return tape.add(name, (first, second), size=table.size)
    return _plain(tape, table)


def _as_sum(table: Floats) -> tuple[Row, Row]:
    """The column and the row whose sum is the table, if it is one."""
    return table[:, 0] - table[0, 0], table[0]


def _as_product(table: Floats) -> tuple[Row, Row]:
    """The column and the row whose product is the table, if it is one."""
    i, j = np.unravel_index(np.abs(table).argmax(), table.shape)
    return table[:, j], table[i] / table[i, j] if table[i, j] else table[i]


def _near(made: Floats, table: Floats, name: str) -> bool:
    """Whether the two agree up to rounding: of the largest number, or of each in a product."""
    size = np.abs(table).max() if name == "add" else np.abs(table)
    zero = (table == 0) & (made == 0)
    signs = np.array_equal(np.signbit(made[zero]), np.signbit(table[zero]))
    return signs and bool(np.all(np.abs(made - table) <= _ROUNDING[name] * size))


def _spaced(tape: Tape, row: Row) -> int:
    if row.size > 4:
        for ratio in (0, 1):
            if ratio and not (row[0] * row[-1] > 0 and row[0] != row[-1]):
                break
            ends = float(row[0]), float(row[-1]), row.size, ratio
            made = spaced(*ends)
            if _near(made, row, "power" if ratio else "add"):
                return tape.add("spaced", numbers=ends, size=row.size, data=made)
    return _plain(tape, row)


def spaced(start: float, stop: float, count: int, ratio: int) -> Row:
    """`count` numbers from `start` to `stop`, by equal steps or (`ratio` is 1) by equal ratios."""
    steps = np.arange(count)
    if ratio:
        row = start * np.exp(steps * (np.log(stop / start) / (count - 1)))
    else:
        row = steps * ((stop - start) / (count - 1)) + start
    row[-1] = stop
    return row
