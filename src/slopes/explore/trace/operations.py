"""The operations that a tape can hold, each with what it does to flat rows of numbers.

The script of the page has the same table. Every entry takes a list of rows,
then the whole numbers that steer it, and returns a row.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]

ELEMENTWISE = frozenset(
    """absolute add arccos arccosh arcsin arcsinh arctan arctan2 ceil cos cosh divide equal exp
    expm1 floor greater greater_equal heaviside isfinite isnan less less_equal log log10 log1p
    logical_and logical_not logical_or maximum minimum multiply negative not_equal power remainder
    rint sign sin sinh sqrt square subtract tan tanh where""".split()
)
REDUCTIONS = frozenset("add multiply maximum minimum logical_and logical_or".split())


def strided_indices(start: int, *pairs: int) -> NDArray[np.int_]:
    """Indices ``start + i₁ stride₁ + i₂ stride₂ …`` for ``(length, stride)`` pairs, in one row."""
    indices = np.array([start])
    for length, stride in zip(pairs[::2], pairs[1::2], strict=True):
        indices = (indices[:, None] + stride * np.arange(length)).ravel()
    return indices


def _elementwise(name: str) -> Callable[[list[Row]], Row]:
    return lambda rows: np.asarray(getattr(np, name)(*rows))


def _where(rows: list[Row]) -> Row:
    condition, yes, no = rows
    return np.where(condition != 0, yes, no)


def _reduce(name: str) -> Callable[[list[Row], int], Row]:
    return lambda rows, length: getattr(np, name).reduce(rows[0].reshape(-1, length), axis=1)


def _accumulate(name: str) -> Callable[[list[Row], int], Row]:
    return lambda rows, length: getattr(np, name).accumulate(rows[0].reshape(-1, length), axis=1)


def _matmul(rows: list[Row], batch: int, m: int, k: int, n: int) -> Row:
    return rows[0].reshape(batch, m, k) @ rows[1].reshape(batch, k, n)


OPERATIONS: dict[str, Callable[..., Row]] = {
    **{name: _elementwise(name) for name in ELEMENTWISE},
    "where": _where,
    **{f"reduce {name}": _reduce(name) for name in REDUCTIONS},
    **{f"accumulate {name}": _accumulate(name) for name in REDUCTIONS},
    "stride": lambda rows, *numbers: rows[0][strided_indices(*numbers)],
    "pick": lambda rows: rows[0][rows[1].astype(int)],
    "join": lambda rows: np.concatenate(rows),
    "interp": lambda rows: np.asarray(np.interp(*rows)),
    "matmul": _matmul,
}
