"""Sums, products, extremes and what is made of them, traced."""

import numpy as np

from slopes.explore.refusal import refuse
from slopes.explore.rules import traces
from slopes.explore.traced import extreme_place, fold, lift, scan


def _folds(name, *functions):
    @traces(*functions)
    def rule(tape, array, axis=None, dtype=None, out=None, keepdims=False):
        return fold(tape, name, array, axis, keepdims)


_folds("add", np.sum)
_folds("multiply", np.prod)


def _selects(name, *functions):
    @traces(*functions)
    def rule(tape, array, axis=None, out=None, keepdims=False):
        return fold(tape, name, array, axis, keepdims)


_selects("maximum", np.max)
_selects("minimum", np.min)
_selects("logical_and", np.all)
_selects("logical_or", np.any)


def _scans(name, function):
    @traces(function)
    def rule(tape, array, axis=None, dtype=None, out=None):
        return scan(tape, name, array, axis)


_scans("add", np.cumsum)
_scans("multiply", np.cumprod)


@traces(np.argmax)
def _argmax(tape, array, axis=None, out=None, *, keepdims=False):
    return extreme_place(tape, "argmax", array, axis, keepdims)


@traces(np.argmin)
def _argmin(tape, array, axis=None, out=None, *, keepdims=False):
    return extreme_place(tape, "argmin", array, axis, keepdims)


@traces(np.mean)
def _mean(tape, array, axis=None, dtype=None, out=None, keepdims=False):
    array = lift(tape, array)
    total = fold(tape, "add", array, axis, keepdims)
    return total / (array.size / total.size)


@traces(np.average)
def _average(tape, array, axis=None, weights=None):
    if weights is None:
        return np.mean(lift(tape, array), axis=axis)
    array, weights = np.broadcast_arrays(lift(tape, array), lift(tape, weights))
    return np.sum(array * weights, axis=axis) / np.sum(weights, axis=axis)


@traces(np.var)
def _var(tape, array, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    array = lift(tape, array)
    squares = (array - np.mean(array, axis=axis, keepdims=True)) ** 2
    total = np.sum(squares, axis=axis, keepdims=keepdims)
    return total / (array.size / total.size - ddof)


@traces(np.std)
def _std(tape, array, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return np.sqrt(np.var(lift(tape, array), axis=axis, ddof=ddof, keepdims=keepdims))


@traces(np.ptp)
def _ptp(tape, array, axis=None, out=None, keepdims=False):
    array = lift(tape, array)
    return np.max(array, axis=axis, keepdims=keepdims) - np.min(array, axis=axis, keepdims=keepdims)


@traces(np.count_nonzero)
def _count_nonzero(tape, array, axis=None, *, keepdims=False):
    return np.sum(lift(tape, array) != 0, axis=axis, keepdims=keepdims)


def _skips_gaps(name, function, filler):
    @traces(function)
    def rule(tape, array, axis=None, dtype=None, out=None, keepdims=False):
        array = lift(tape, array)
        return fold(tape, name, np.where(np.isnan(array), filler, array), axis, keepdims)


_skips_gaps("add", np.nansum, 0.0)
_skips_gaps("multiply", np.nanprod, 1.0)


@traces(np.nanmax)
def _nanmax(tape, array, axis=None, out=None, keepdims=False):
    return np.fmax.reduce(lift(tape, array), axis=axis, keepdims=keepdims)


@traces(np.nanmin)
def _nanmin(tape, array, axis=None, out=None, keepdims=False):
    return np.fmin.reduce(lift(tape, array), axis=axis, keepdims=keepdims)


@traces(np.nanmean)
def _nanmean(tape, array, axis=None, dtype=None, out=None, keepdims=False):
    array = lift(tape, array)
    count = np.sum(~np.isnan(array), axis=axis, keepdims=keepdims)
    return np.nansum(array, axis=axis, keepdims=keepdims) / count


@traces(np.linalg.norm)
def _norm(tape, array, ord=None, axis=None, keepdims=False):
    array = lift(tape, array)
    length = array.ndim == 1 or isinstance(axis, int) or ord is None
    if ord == "fro" or (ord in (None, 2) and length):
        return np.sqrt(np.sum(array**2, axis=axis, keepdims=keepdims))
    if length and ord in (1, np.inf):
        combine = np.sum if ord == 1 else np.max
        return combine(np.abs(array), axis=axis, keepdims=keepdims)
    return refuse(f"numpy.linalg.norm with ord={ord}", "write the closed form")


@traces(np.trapezoid)
def _trapezoid(tape, y, x=None, dx=1.0, axis=-1):
    y = np.moveaxis(lift(tape, y), axis, -1)
    steps = dx if x is None else np.diff(x)
    return np.sum(steps * (y[..., 1:] + y[..., :-1]) / 2, axis=-1)
