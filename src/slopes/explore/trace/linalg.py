"""Products of matrices and vectors, and closed forms for 2 × 2 matrices."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Traced
from slopes.explore.trace.errors import refuse
from slopes.explore.trace.registry import implements
from slopes.explore.trace.tape import Tape
from slopes.explore.trace.tracer import Axes, Function, Tracer, lift


@implements(np.matmul)
def _matmul(tape: Tape, a: ArrayLike, b: ArrayLike) -> Tracer:
    a, b = lift(tape, a), lift(tape, b)
    row, column = a.ndim == 1, b.ndim == 1
    product = _matrix_product(tape, a[None] if row else a, b[:, None] if column else b)
    product = product[..., 0, :] if row else product
    return product[..., 0] if column else product


def _matrix_product(tape: Tape, a: Tracer, b: Tracer) -> Tracer:
    """The product of two stacks of matrices, of shapes (..., m, k) and (..., k, n)."""
    if a.ndim < 2 or b.ndim < 2 or a.shape[-1] != b.shape[-2]:
        raise ValueError(f"matmul of shapes {a.shape} and {b.shape}")
    batch = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    (m, k), n, count = a.shape[-2:], b.shape[-1], prod(batch)
    first = lift(tape, np.broadcast_to(a, (*batch, m, k)))
    second = lift(tape, np.broadcast_to(b, (*batch, k, n)))
    node = tape.add("matmul", (first.node, second.node), (count, m, k, n), count * m * n)
    return Tracer(tape, node, (*batch, m, n))


@implements(np.dot)
def _dot(tape: Tape, a: ArrayLike, b: ArrayLike) -> Tracer:
    a, b = lift(tape, a), lift(tape, b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    if b.ndim > 2:
        refuse("np.dot of more than two dimensions", "use @")
    return a @ b


@implements(np.outer)
def _outer(tape: Tape, a: ArrayLike, b: ArrayLike) -> Tracer:
    return lift(tape, a).ravel()[:, None] * lift(tape, b).ravel()


@implements(np.linalg.norm)
def _norm(
    tape: Tape, array: ArrayLike, ord: Any = None, axis: Axes = None, keepdims: bool = False
) -> Tracer:
    if ord is not None:
        refuse(f"numpy.linalg.norm with ord={ord}", "write the closed form")
    squares = np.sum(lift(tape, array) ** 2, axis=axis, keepdims=keepdims)
    return lift(tape, np.sqrt(squares))


def _entries(tape: Tape, matrices: ArrayLike, function: str) -> Iterator[Tracer]:
    """The elements ``a, b, c, d`` of ``[[a, b], [c, d]]``; larger matrices are refused."""
    matrices = lift(tape, matrices)
    if matrices.shape[-2:] != (2, 2):
        refuse(
            f"numpy.linalg.{function} of matrices of shape {matrices.shape}",
            "only 2 × 2 matrices have a closed form: compute it outside update",
        )
    return (matrices[..., i, j] for i in range(2) for j in range(2))


@implements(np.linalg.det)
def _det(tape: Tape, a: ArrayLike) -> Tracer:
    a, b, c, d = _entries(tape, a, "det")
    return a * d - b * c


@implements(np.linalg.svdvals)
def _svdvals(tape: Tape, x: ArrayLike) -> Tracer:
    a, b, c, d = _entries(tape, x, "svdvals")
    total, twist = np.sqrt((a + d) ** 2 + (b - c) ** 2), np.sqrt((a - d) ** 2 + (b + c) ** 2)
    largest = (total + twist) / 2
    smallest = np.abs(a * d - b * c) / np.where(largest > 0, largest, 1)
    return lift(tape, np.stack([largest, smallest], axis=-1))


@implements(np.linalg.svd)
def _svd(tape: Tape, a: ArrayLike, full_matrices: bool = True, compute_uv: bool = True) -> Tracer:
    if compute_uv:
        refuse("the directions of numpy.linalg.svd", "give compute_uv=False")
    return _svdvals(tape, a)


@implements(np.linalg.eigvals)
def _eigvals(tape: Tape, a: ArrayLike) -> "Eigenvalues":
    a, b, c, d = _entries(tape, a, "eigvals")
    half_trace, determinant = (a + d) / 2, a * d - b * c
    spread = half_trace**2 - determinant
    root = np.sqrt(np.maximum(spread, 0))
    sizes = np.stack([half_trace + root, half_trace - root], axis=-1)
    modulus = np.sqrt(np.abs(determinant))[..., None]
    return Eigenvalues(np.where(spread[..., None] >= 0, np.abs(sizes), modulus))


class Eigenvalues(Traced, np.lib.mixins.NDArrayOperatorsMixin):
    """Two numbers, real or conjugate complex, of which a tape can only hold absolute values."""

    def __init__(self, absolute: Tracer):
        self.absolute, self.shape, self.dtype = absolute, absolute.shape, np.dtype(complex)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Tracer:
        if ufunc is np.absolute and method == "__call__" and not options:
            return self.absolute
        return refuse("eigenvalues, which may be complex,", "take np.abs of them first")

    def __array_function__(
        self, function: Function, types: Any, arguments: Sequence[Any], options: Mapping[str, Any]
    ) -> NoReturn:
        refuse("eigenvalues, which may be complex,", "take np.abs of them first")
