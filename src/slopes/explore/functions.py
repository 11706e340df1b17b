"""NumPy's functions on traced arrays, each made of what a tape can hold."""

from math import prod

import numpy as np

from slopes.explore.refusal import refuse
from slopes.explore.traced import (
    Traced,
    Tracer,
    extreme_place,
    fold,
    lift,
    record,
    scan,
)

FUNCTIONS = {}


def _traces(*functions):
    def register(rule):
        FUNCTIONS.update(dict.fromkeys(functions, rule))
        return rule

    return register


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


@_traces(np.append)
def _append(tape, array, values, axis=None):
    if axis is None:
        array, values = lift(tape, array).ravel(), lift(tape, values).ravel()
    return np.concatenate([array, values], axis=axis or 0)


@_traces(np.broadcast_arrays)
def _broadcast_arrays(tape, *arrays, subok=False):
    arrays = [lift(tape, each) for each in arrays]
    shape = np.broadcast_shapes(*(each.shape for each in arrays))
    return tuple(np.broadcast_to(each, shape) for each in arrays)


@_traces(np.meshgrid)
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


@_traces(np.take)
def _take(tape, array, indices, axis=None, mode="raise"):
    if isinstance(indices, Traced):
        refuse("indexing by what the controls decide", "use np.where, or a sum with a mask")
    array = lift(tape, array)
    return array.rearranged(np.take(array.places(), indices, axis=axis, mode=mode))


def _folds(name, *functions):
    @_traces(*functions)
    def rule(tape, array, axis=None, dtype=None, out=None, keepdims=False):
        return fold(tape, name, array, axis, keepdims)


_folds("add", np.sum)
_folds("multiply", np.prod)


def _selects(name, *functions):
    @_traces(*functions)
    def rule(tape, array, axis=None, out=None, keepdims=False):
        return fold(tape, name, array, axis, keepdims)


_selects("maximum", np.max)
_selects("minimum", np.min)
_selects("logical_and", np.all)
_selects("logical_or", np.any)


def _scans(name, function):
    @_traces(function)
    def rule(tape, array, axis=None, dtype=None, out=None):
        return scan(tape, name, array, axis)


_scans("add", np.cumsum)
_scans("multiply", np.cumprod)


@_traces(np.argmax)
def _argmax(tape, array, axis=None, out=None, *, keepdims=False):
    return extreme_place(tape, "argmax", array, axis, keepdims)


@_traces(np.argmin)
def _argmin(tape, array, axis=None, out=None, *, keepdims=False):
    return extreme_place(tape, "argmin", array, axis, keepdims)


@_traces(np.mean)
def _mean(tape, array, axis=None, dtype=None, out=None, keepdims=False):
    array = lift(tape, array)
    total = fold(tape, "add", array, axis, keepdims)
    return total / (array.size / total.size)


@_traces(np.average)
def _average(tape, array, axis=None, weights=None):
    if weights is None:
        return np.mean(lift(tape, array), axis=axis)
    array, weights = _broadcast_arrays(tape, array, weights)
    return np.sum(array * weights, axis=axis) / np.sum(weights, axis=axis)


@_traces(np.var)
def _var(tape, array, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    array = lift(tape, array)
    squares = (array - np.mean(array, axis=axis, keepdims=True)) ** 2
    total = np.sum(squares, axis=axis, keepdims=keepdims)
    return total / (array.size / total.size - ddof)


@_traces(np.std)
def _std(tape, array, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return np.sqrt(_var(tape, array, axis, ddof=ddof, keepdims=keepdims))


@_traces(np.ptp)
def _ptp(tape, array, axis=None, out=None, keepdims=False):
    array = lift(tape, array)
    return np.max(array, axis=axis, keepdims=keepdims) - np.min(array, axis=axis, keepdims=keepdims)


@_traces(np.count_nonzero)
def _count_nonzero(tape, array, axis=None, *, keepdims=False):
    return np.sum(lift(tape, array) != 0, axis=axis, keepdims=keepdims)


def _skips_gaps(name, function, filler):
    @_traces(function)
    def rule(tape, array, axis=None, dtype=None, out=None, keepdims=False):
        array = lift(tape, array)
        return fold(tape, name, np.where(np.isnan(array), filler, array), axis, keepdims)


_skips_gaps("add", np.nansum, 0.0)
_skips_gaps("multiply", np.nanprod, 1.0)


@_traces(np.nanmax)
def _nanmax(tape, array, axis=None, out=None, keepdims=False):
    return np.fmax.reduce(lift(tape, array), axis=axis, keepdims=keepdims)


@_traces(np.nanmin)
def _nanmin(tape, array, axis=None, out=None, keepdims=False):
    return np.fmin.reduce(lift(tape, array), axis=axis, keepdims=keepdims)


@_traces(np.nanmean)
def _nanmean(tape, array, axis=None, dtype=None, out=None, keepdims=False):
    array = lift(tape, array)
    count = np.sum(~np.isnan(array), axis=axis, keepdims=keepdims)
    return np.nansum(array, axis=axis, keepdims=keepdims) / count


@_traces(np.linalg.norm)
def _norm(tape, array, ord=None, axis=None, keepdims=False):
    array = lift(tape, array)
    length = array.ndim == 1 or isinstance(axis, int) or ord is None
    if ord == "fro" or (ord in (None, 2) and length):
        return np.sqrt(np.sum(array**2, axis=axis, keepdims=keepdims))
    if length and ord in (1, np.inf):
        combine = np.sum if ord == 1 else np.max
        return combine(np.abs(array), axis=axis, keepdims=keepdims)
    return refuse(f"numpy.linalg.norm with ord={ord}", "write the closed form")


@_traces(np.where)
def _where(tape, condition, *values):
    if len(values) != 2:
        refuse("np.where with one argument", "give the values for yes and for no")
    condition, yes, no = (lift(tape, each) for each in (condition, *values))
    return record(tape, "where", [condition, yes, no], np.result_type(yes.dtype, no.dtype))


@_traces(np.select)
def _select(tape, conditions, values, default=0):
    chosen = default
    for condition, value in reversed(list(zip(conditions, values, strict=True))):
        chosen = _where(tape, condition, value, chosen)
    return chosen


@_traces(np.clip)
def _clip(tape, array, a_min=None, a_max=None, out=None, *, min=None, max=None):
    array = lift(tape, array)
    low, high = a_min if min is None else min, a_max if max is None else max
    array = array if low is None else np.maximum(array, low)
    return array if high is None else np.minimum(array, high)


@_traces(np.round, np.around)
def _round(tape, array, decimals=0, out=None):
    array = lift(tape, array)
    return np.rint(array * 10.0**decimals) / 10.0**decimals if decimals else np.rint(array)


@_traces(np.nan_to_num)
def _nan_to_num(tape, array, copy=True, nan=0.0, posinf=None, neginf=None):
    array, most = lift(tape, array), np.finfo(float).max
    low, high = -most if neginf is None else neginf, most if posinf is None else posinf
    array = _where(tape, array == np.inf, high, array)
    return _where(tape, np.isnan(array), nan, _where(tape, array == -np.inf, low, array))


@_traces(np.isclose)
def _isclose(tape, a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = lift(tape, a), lift(tape, b)
    near = np.isfinite(b) & (np.abs(a - b) <= atol + rtol * np.abs(b)) | (a == b)
    return near | (np.isnan(a) & np.isnan(b)) if equal_nan else near


@_traces(np.allclose)
def _allclose(tape, a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return np.all(_isclose(tape, a, b, rtol, atol, equal_nan))


@_traces(np.ones_like)
def _ones_like(tape, array, dtype=None, *_, shape=None, **__):
    return np.ones(array.shape if shape is None else shape, dtype or array.dtype)


@_traces(np.zeros_like, np.empty_like)
def _zeros_like(tape, array, dtype=None, *_, shape=None, **__):
    return np.zeros(array.shape if shape is None else shape, dtype or array.dtype)


@_traces(np.full_like)
def _full_like(tape, array, fill_value, *_, shape=None, **__):
    shape = np.shape(array) if shape is None else shape
    return np.broadcast_to(lift(tape, fill_value), shape)


FUNCTIONS[np.shape] = lambda tape, array: array.shape
FUNCTIONS[np.ndim] = lambda tape, array: array.ndim
FUNCTIONS[np.size] = lambda tape, array, axis=None: (
    array.size if axis is None else array.shape[axis]
)
FUNCTIONS[np.iscomplexobj] = lambda tape, array: False


@_traces(np.diff)
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


@_traces(np.trapezoid)
def _trapezoid(tape, y, x=None, dx=1.0, axis=-1):
    y = np.moveaxis(lift(tape, y), axis, -1)
    steps = dx if x is None else np.diff(x)
    return np.sum(steps * (y[..., 1:] + y[..., :-1]) / 2, axis=-1)


@_traces(np.gradient)
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


@_traces(np.interp)
def _interp(tape, x, xp, fp, left=None, right=None, period=None):
    if left is not None or right is not None or period is not None:
        refuse("np.interp with left, right or period", "use np.where beside it")
    x, xp, fp = (lift(tape, each) for each in (x, xp, fp))
    node = tape.add("interp", (x.node, xp.node, fp.node), size=x.size)
    return Tracer(tape, node, x.shape)


@_traces(np.linspace)
def _linspace(tape, start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if retstep or axis:
        refuse("np.linspace with retstep or axis", "drop them")
    start, stop = (lift(tape, each)[None] for each in (start, stop))
    share = np.arange(num) / max(num - 1 if endpoint else num, 1)
    share = share.reshape((num,) + (1,) * (max(start.ndim, stop.ndim) - 1))
    return start + (stop - start) * share


@_traces(np.logspace)
def _logspace(tape, start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    return base ** _linspace(tape, start, stop, num, endpoint)


@_traces(np.geomspace)
def _geomspace(tape, start, stop, num=50, endpoint=True, dtype=None, axis=0):
    start, stop = lift(tape, start), lift(tape, stop)
    return start * np.exp(_linspace(tape, 0.0, np.log(stop / start), num, endpoint))


@_traces(np.matmul)
def _matmul(tape, a, b):
    a, b = lift(tape, a), lift(tape, b)
    row, column = a.ndim == 1, b.ndim == 1
    a, b = a[None] if row else a, b[:, None] if column else b
    if a.ndim < 2 or b.ndim < 2 or a.shape[-1] != b.shape[-2]:
        raise ValueError(f"matmul of shapes {a.shape} and {b.shape}")
    batch = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    (m, k), n = a.shape[-2:], b.shape[-1]
    a, b = np.broadcast_to(a, (*batch, m, k)), np.broadcast_to(b, (*batch, k, n))
    count = prod(batch)
    node = tape.add("matmul", (a.node, b.node), (count, m, k, n), count * m * n)
    result = Tracer(tape, node, (*batch, m, n))
    result = result[..., 0, :] if row else result
    return result[..., 0] if column else result


@_traces(np.dot)
def _dot(tape, a, b, out=None):
    a, b = lift(tape, a), lift(tape, b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    if b.ndim > 2:
        refuse("np.dot of more than two dimensions", "use @")
    return _matmul(tape, a, b)


@_traces(np.matvec)
def _matvec(tape, a, b):
    return _matmul(tape, a, lift(tape, b)[..., None])[..., 0]


@_traces(np.vecmat)
def _vecmat(tape, a, b):
    return _matmul(tape, lift(tape, a)[..., None, :], b)[..., 0, :]


@_traces(np.inner, np.vdot, np.vecdot)
def _inner(tape, a, b):
    return np.sum(lift(tape, a) * lift(tape, b), axis=-1)


@_traces(np.outer)
def _outer(tape, a, b, out=None):
    return lift(tape, a).ravel()[:, None] * lift(tape, b).ravel()


@_traces(np.trace)
def _trace(tape, array, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return np.sum(np.diagonal(lift(tape, array), offset, axis1, axis2), axis=-1)


@_traces(np.einsum)
def _einsum(tape, subscripts, *arrays, **_):
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    terms = inputs.split(",")
    if not arrow or "." in subscripts or any(len(set(term)) < len(term) for term in terms):
        refuse(f"np.einsum({subscripts!r})", "name every axis once and give '->', or use @")
    letters = output + "".join(sorted(set("".join(terms)) - set(output)))
    product = 1.0
    for term, array in zip(terms, arrays, strict=True):
        order = sorted(range(len(term)), key=lambda k: letters.index(term[k]))
        key = tuple(slice(None) if letter in term else None for letter in letters)
        product = product * lift(tape, array).transpose(order)[key]
    return np.sum(product, axis=tuple(range(len(output), len(letters))))


@_traces(np.polyval)
def _polyval(tape, coefficients, x):
    value = 0.0
    for coefficient in coefficients:
        value = value * lift(tape, x) + coefficient
    return value


@_traces(np.searchsorted)
def _searchsorted(tape, a, v, side="left", sorter=None):
    a, v = lift(tape, a), lift(tape, v)
    before = np.less if side == "left" else np.less_equal
    return np.sum(before(a, v[..., None]), axis=-1)


@_traces(np.vander)
def _vander(tape, x, N=None, increasing=False):
    powers = np.arange(len(x) if N is None else N)
    return lift(tape, x)[:, None] ** (powers if increasing else powers[::-1])


@_traces(np.sinc)
def _sinc(tape, x):
    angle = np.pi * np.where(lift(tape, x) == 0, 1e-20, x)
    return np.sin(angle) / angle
