"""Products of matrices and vectors, traced."""

from math import prod

import numpy as np

from slopes.explore.refusal import refuse
from slopes.explore.rules import traces
from slopes.explore.traced import Tracer, lift


@traces(np.matmul)
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


@traces(np.dot)
def _dot(tape, a, b, out=None):
    a, b = lift(tape, a), lift(tape, b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    if b.ndim > 2:
        refuse("np.dot of more than two dimensions", "use @")
    return _matmul(tape, a, b)


@traces(np.matvec)
def _matvec(tape, a, b):
    return _matmul(tape, a, lift(tape, b)[..., None])[..., 0]


@traces(np.vecmat)
def _vecmat(tape, a, b):
    return _matmul(tape, lift(tape, a)[..., None, :], b)[..., 0, :]


@traces(np.inner, np.vdot, np.vecdot)
def _inner(tape, a, b):
    return np.sum(lift(tape, a) * lift(tape, b), axis=-1)


@traces(np.outer)
def _outer(tape, a, b, out=None):
    return lift(tape, a).ravel()[:, None] * lift(tape, b).ravel()


@traces(np.trace)
def _trace(tape, array, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return np.sum(np.diagonal(lift(tape, array), offset, axis1, axis2), axis=-1)


@traces(np.einsum)
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
