"""Choices, limits, grids and other functions with a short formula, traced."""

import numpy as np

from slopes.explore.refusal import refuse
from slopes.explore.rules import traces
from slopes.explore.traced import Tracer, lift, record


@traces(np.where)
def _where(tape, condition, *values):
    if len(values) != 2:
        refuse("np.where with one argument", "give the values for yes and for no")
    condition, yes, no = (lift(tape, each) for each in (condition, *values))
    return record(tape, "where", [condition, yes, no], np.result_type(yes.dtype, no.dtype))


@traces(np.select)
def _select(tape, conditions, values, default=0):
    chosen = default
    for condition, value in reversed(list(zip(conditions, values, strict=True))):
        chosen = _where(tape, condition, value, chosen)
    return chosen


@traces(np.clip)
def _clip(tape, array, a_min=None, a_max=None, out=None, *, min=None, max=None):
    array = lift(tape, array)
    low, high = a_min if min is None else min, a_max if max is None else max
    array = array if low is None else np.maximum(array, low)
    return array if high is None else np.minimum(array, high)


@traces(np.round, np.around)
def _round(tape, array, decimals=0, out=None):
    array = lift(tape, array)
    return np.rint(array * 10.0**decimals) / 10.0**decimals if decimals else np.rint(array)


@traces(np.nan_to_num)
def _nan_to_num(tape, array, copy=True, nan=0.0, posinf=None, neginf=None):
    array, most = lift(tape, array), np.finfo(float).max
    low, high = -most if neginf is None else neginf, most if posinf is None else posinf
    array = _where(tape, array == np.inf, high, array)
    return _where(tape, np.isnan(array), nan, _where(tape, array == -np.inf, low, array))


@traces(np.isclose)
def _isclose(tape, a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = lift(tape, a), lift(tape, b)
    near = np.isfinite(b) & (np.abs(a - b) <= atol + rtol * np.abs(b)) | (a == b)
    return near | (np.isnan(a) & np.isnan(b)) if equal_nan else near


@traces(np.allclose)
def _allclose(tape, a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return np.all(_isclose(tape, a, b, rtol, atol, equal_nan))


@traces(np.gradient)
def _gradient(tape, array, *spacing, axis=None, edge_order=1):
    array = lift(tape, array)
    if array.ndim != 1 or len(spacing) > 1 or edge_order != 1:
        refuse("np.gradient of this kind", "write the differences with slices")
    x = np.asarray(spacing[0] if spacing else 1.0, dtype=float)
    x = x * np.arange(array.size) if x.ndim == 0 else x
    left, right = x[1:-1] - x[:-2], x[2:] - x[1:-1]
    slope = np.diff(array) / np.diff(x)
    inner = (right * slope[:-1] + left * slope[1:]) / (left + right)
    return np.concatenate([slope[:1], inner, slope[-1:]])


@traces(np.interp)
def _interp(tape, x, xp, fp, left=None, right=None, period=None):
    if left is not None or right is not None or period is not None:
        refuse("np.interp with left, right or period", "use np.where beside it")
    x, xp, fp = (lift(tape, each) for each in (x, xp, fp))
    node = tape.add("interp", (x.node, xp.node, fp.node), size=x.size)
    return Tracer(tape, node, x.shape)


@traces(np.linspace)
def _linspace(tape, start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if retstep or axis:
        refuse("np.linspace with retstep or axis", "drop them")
    start, stop = (lift(tape, each)[None] for each in (start, stop))
    share = np.arange(num) / max(num - 1 if endpoint else num, 1)
    share = share.reshape((num,) + (1,) * (max(start.ndim, stop.ndim) - 1))
    return start + (stop - start) * share


@traces(np.logspace)
def _logspace(tape, start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    return base ** _linspace(tape, start, stop, num, endpoint)


@traces(np.geomspace)
def _geomspace(tape, start, stop, num=50, endpoint=True, dtype=None, axis=0):
    start, stop = lift(tape, start), lift(tape, stop)
    return start * np.exp(_linspace(tape, 0.0, np.log(stop / start), num, endpoint))


@traces(np.polyval)
def _polyval(tape, coefficients, x):
    value = 0.0
    for coefficient in coefficients:
        value = value * lift(tape, x) + coefficient
    return value


@traces(np.searchsorted)
def _searchsorted(tape, a, v, side="left", sorter=None):
    a, v = lift(tape, a), lift(tape, v)
    before = np.less if side == "left" else np.less_equal
    return np.sum(before(a, v[..., None]), axis=-1)


@traces(np.vander)
def _vander(tape, x, N=None, increasing=False):
    powers = np.arange(len(x) if N is None else N)
    return lift(tape, x)[:, None] ** (powers if increasing else powers[::-1])


@traces(np.sinc)
def _sinc(tape, x):
    angle = np.pi * np.where(lift(tape, x) == 0, 1e-20, x)
    return np.sin(angle) / angle
