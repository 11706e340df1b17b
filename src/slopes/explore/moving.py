"""Functions that put elements elsewhere, traced: NumPy itself moves their places."""

import numpy as np

from slopes._arguments import Traced
from slopes.explore.refusal import refuse
from slopes.explore.rules import FUNCTIONS, traces
from slopes.explore.traced import Tracer, lift


def _moves(function):
    """A function that only moves elements: let NumPy move their places."""

    def rule(tape, array, *arguments, **options):
        array = lift(tape, array)
        return array.rearranged(function(array.places(), *arguments, **options))

    FUNCTIONS[function] = rule


for _function in (
    np.reshape, np.transpose, np.moveaxis, np.swapaxes, np.broadcast_to, np.expand_dims,
    np.squeeze, np.ravel, np.flip, np.flipud, np.fliplr, np.rot90, np.roll, np.repeat, np.tile,
    np.atleast_1d, np.atleast_2d, np.atleast_3d, np.diagonal, np.delete, np.resize, np.copy,
    np.rollaxis,
):  # fmt: skip
    _moves(_function)


def _moves_and_fills(function):
    """A function that moves elements and fills what is left with zeros."""

    def rule(tape, array, *arguments, **options):
        array = lift(tape, array)
        filled = _joined(tape, [lift(tape, 0.0), array])
        return filled.rearranged(function(array.places() + 1, *arguments, **options))

    FUNCTIONS[function] = rule


for _function in (np.diag, np.tril, np.triu, np.diagflat):
    _moves_and_fills(_function)


def _joined(tape, arrays):
    """All elements of some arrays in one row."""
    node = tape.add("join", tuple(a.node for a in arrays), size=sum(a.size for a in arrays))
    dtype = np.result_type(*(a.dtype for a in arrays))
    return Tracer(tape, node, (sum(a.size for a in arrays),), dtype)


def _joins(function):
    """A function that puts arrays together: let NumPy put their places together."""

    def rule(tape, arrays, *arguments, **options):
        arrays = [lift(tape, each) for each in arrays]
        starts = np.cumsum([0, *(each.size for each in arrays)])
        places = [each.places() + start for each, start in zip(arrays, starts, strict=False)]
        return _joined(tape, arrays).rearranged(function(places, *arguments, **options))

    FUNCTIONS[function] = rule


for _function in (np.concatenate, np.stack, np.vstack, np.hstack, np.dstack, np.column_stack):
    _joins(_function)


@traces(np.append)
def _append(tape, array, values, axis=None):
    if axis is None:
        array, values = lift(tape, array).ravel(), lift(tape, values).ravel()
    return np.concatenate([array, values], axis=axis or 0)


@traces(np.broadcast_arrays)
def _broadcast_arrays(tape, *arrays, subok=False):
    arrays = [lift(tape, each) for each in arrays]
    shape = np.broadcast_shapes(*(each.shape for each in arrays))
    return tuple(np.broadcast_to(each, shape) for each in arrays)


@traces(np.meshgrid)
def _meshgrid(tape, *rows, indexing="xy", sparse=False, copy=True):
    rows = [lift(tape, row).ravel() for row in rows]
    order = list(range(len(rows)))
    if indexing == "xy" and len(rows) > 1:
        order[:2] = 1, 0
    spread = [
        row[tuple(slice(None) if axis == at else None for axis in range(len(rows)))]
        for row, at in zip(rows, order, strict=True)
    ]
    return tuple(spread) if sparse else _broadcast_arrays(tape, *spread)


@traces(np.take)
def _take(tape, array, indices, axis=None, mode="raise"):
    if isinstance(indices, Traced):
        refuse("indexing by what the controls decide", "use np.where, or a sum with a mask")
    array = lift(tape, array)
    return array.rearranged(np.take(array.places(), indices, axis=axis, mode=mode))


@traces(np.ones_like)
def _ones_like(tape, array, dtype=None, *_, shape=None, **__):
    return np.ones(array.shape if shape is None else shape, dtype or array.dtype)


@traces(np.zeros_like, np.empty_like)
def _zeros_like(tape, array, dtype=None, *_, shape=None, **__):
    return np.zeros(array.shape if shape is None else shape, dtype or array.dtype)


@traces(np.full_like)
def _full_like(tape, array, fill_value, *_, shape=None, **__):
    shape = np.shape(array) if shape is None else shape
    return np.broadcast_to(lift(tape, fill_value), shape)


FUNCTIONS[np.shape] = lambda tape, array: array.shape
FUNCTIONS[np.ndim] = lambda tape, array: array.ndim
FUNCTIONS[np.size] = lambda tape, array, axis=None: (
    array.size if axis is None else array.shape[axis]
)
FUNCTIONS[np.iscomplexobj] = lambda tape, array: False


@traces(np.diff)
def _diff(tape, array, n=1, axis=-1, prepend=None, append=None):
    array = lift(tape, array)
    edge = tuple(1 if k == axis % array.ndim else n for k, n in enumerate(array.shape))
    parts = [lift(tape, each) for each in (prepend, array, append) if each is not None]
    parts = [part if part.shape else np.broadcast_to(part, edge) for part in parts]
    array = np.concatenate(parts, axis=axis)
    for _ in range(n):
        ends = np.moveaxis(array, axis, 0)
        array = np.moveaxis(ends[1:] - ends[:-1], 0, axis)
    return array
