"""Products of any length: their singular values and Lyapunov exponents."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, overridable, repaired, square, whole
from slopes.jacobian._graded import graded, moderate, orthogonal_lengths
from slopes.jacobian.singular_values import Extremes, extreme_singular_values


def product(jacobians: ArrayLike) -> Floats:
    """Jacobian of the whole network, ``J_T ⋯ J_2 J_1`` (:eq:`product`).

    Multiplied out as it stands. In a deep network that is 0, infinite, or
    right in its largest singular values only: `log_singular_values` is right
    in all of them.

    Parameters
    ----------
    jacobians : array_like
        Shape (T, n, n) with T at least 1, the first layer first.

    Returns
    -------
    numpy.ndarray
        Shape (n, n); NaN where infinities of both signs met.

    Examples
    --------
    >>> product([[[0, 1], [0, 0]], [[0, 0], [1, 0]]])
    array([[0., 0.],
           [0., 1.]])
    """
    jacobians = _layers(jacobians)
    whole_way = jacobians[0] + 0.0
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for i in range(1, jacobians.shape[0]):
            whole_way = jacobians[i] @ whole_way
    return repaired(whole_way, lambda way: ~np.isfinite(way), lambda: _by_columns(jacobians))


def log_extreme_singular_values(jacobians: ArrayLike) -> Extremes:
    """Logarithms of the smallest and largest singular value after every layer.

    Element t belongs to the product of the first t + 1 Jacobians
    (:eq:`log-extreme-singular-values`). The product is divided by its largest entry as it
    grows or shrinks, which keeps its largest singular value right at any
    depth; the smallest is one over the largest of the inverse.

    Parameters
    ----------
    jacobians : array_like
        Shape (T, n, n) with T at least 1, the first layer first.

    Returns
    -------
    Extremes
        ``smallest`` and ``largest``, natural logarithms of shape (T,);
        ``-inf`` where the singular value is 0.

    Examples
    --------
    >>> [logs.round(2).tolist() for logs in log_extreme_singular_values([[[2, 0], [0, 0.5]]] * 3)]
    [[-0.69, -1.39, -2.08], [0.69, 1.39, 2.08]]
    """
    return Extremes(*log_extremes(_layers(jacobians)))


def log_singular_values(jacobians: ArrayLike) -> Floats:
    """Logarithms of all singular values of a product of Jacobians, at any depth.

    The product is never formed (:eq:`log-singular-values`). It is carried along as
    ``Q diag(e^d) U``, with `Q` orthogonal, the lengths as logarithms `d`, and
    `U` well conditioned, through one QR decomposition a layer; rotations of
    pairs of rows then make ``diag(e^d) U`` orthogonal. The answer is exact
    for Jacobians that differ from the given ones by rounding, about 1e-15 of
    their norm: an error per layer of that times the Jacobian's condition
    number at worst. Equal and clustered values cost no accuracy.

    Parameters
    ----------
    jacobians : array_like
        Shape (T, n, n) with T at least 1, the first layer first.

    Returns
    -------
    numpy.ndarray
        Natural logarithms, shape (n,), the largest first. ``-inf`` stands for
        0, also when a Jacobian has rows or columns of zeros; one that is
        singular in another way counts as the invertible one next to it.

    Raises
    ------
    numpy.linalg.LinAlgError
        If the rotations do not come to rest.

    Notes
    -----
    Products in graded form: Bai, Lee, Li and Xu, Linear Algebra and its
    Applications 435 (2011). Rotations that keep the digits of small singular
    values: Drmač and Veselić, SIAM Journal on Matrix Analysis and
    Applications 29 (2008).

    Examples
    --------
    >>> log_singular_values([[[2, 0], [0, 0.5]]] * 10_000).round(4)
    array([ 6931.4718, -6931.4718])
    """
    jacobians = _layers(jacobians)
    moderated, sizes = moderate(jacobians)
    logs = np.sort(orthogonal_lengths(*graded(moderated)))[::-1] + sizes.sum()
    return np.where(np.arange(len(logs)) < _rank_ceiling(jacobians), logs, -np.inf)


def lyapunov_exponents(jacobians: ArrayLike) -> Floats:
    """Mean growth per layer along the axes of a moving frame (:eq:`lyapunov-exponents`).

    The frame is carried through the layers and made orthogonal again by a QR
    decomposition after each; the exponents are the means of ``ln |R_ii|``.
    They tend to ``(1/T) ln σ_i`` as the depth T grows, but at a finite depth
    they are not the logarithms of the singular values: see
    `log_singular_values`.

    Parameters
    ----------
    jacobians : array_like
        Shape (T, n, n) with T at least 1, the first layer first.

    Returns
    -------
    numpy.ndarray
        Natural logarithm of the growth per layer, shape (n,), the largest
        first; ``-inf`` where a direction is lost.

    Notes
    -----
    Benettin, Galgani, Giorgilli and Strelcyn, Meccanica 15 (1980).

    Examples
    --------
    >>> lyapunov_exponents([[[2, 1], [0, 0.5]]] * 4).round(4)
    array([ 0.6931, -0.6931])
    """
    jacobians = _layers(jacobians)
    moderated, sizes = moderate(jacobians)
    frame, growth = np.eye(jacobians.shape[-1]), sizes.sum()
    for J in moderated:
        frame, R = np.linalg.qr(J @ frame)
        with np.errstate(divide="ignore"):
            growth = growth + np.log(np.abs(np.diagonal(R)))
    return np.sort(growth / jacobians.shape[0])[::-1]


def gaussian_exponents(n: int) -> Floats:
    """Lyapunov exponents of independent Gaussian matrices, exactly.

    For products of n × n matrices with independent entries of mean 0 and
    variance 1/n (:eq:`gaussian-exponents`); a gain g adds ``ln g`` to each.
    The lengths that a QR decomposition finds are chi variables with n, n - 1,
    …, 1 degrees of freedom, and ``E ln χ_k = (ψ(k/2) + ln 2)/2`` with the
    digamma function ψ.

    Parameters
    ----------
    n : int
        Number of rows, at least 1.

    Returns
    -------
    numpy.ndarray
        Natural logarithms, shape (n,), the largest first.

    Notes
    -----
    Newman, Communications in Mathematical Physics 103 (1986).

    Examples
    --------
    >>> gaussian_exponents(2).round(4)
    array([-0.2886, -0.9818])
    """
    n = whole("n", n, 1)
    digamma = np.zeros(n)
    for start, value in ((0, -np.euler_gamma - 2 * np.log(2)), (1, -np.euler_gamma)):
        freedoms = np.arange(start + 1, n - 1, 2)  # ψ(k/2 + 1) = ψ(k/2) + 2/k
        digamma[start::2] = value + np.cumsum([0, *(2 / freedoms)])[: len(digamma[start::2])]
    return (digamma[::-1] + np.log(2 / n)) / 2


def _layers(jacobians: ArrayLike) -> Floats:
    jacobians = square("jacobians", jacobians)
    if jacobians.ndim != 3:
        raise ValueError(
            f"jacobians has shape {jacobians.shape}; give (T, n, n), one matrix per layer"
        )
    return jacobians


def _by_columns(jacobians: Floats) -> Floats:
    """The product, each of its columns with a power of 2 of its own."""
    columns, powers = np.eye(jacobians.shape[-1]), 0
    for J in jacobians:
        _, own = np.frexp(np.abs(J).max())
        columns = np.ldexp(J, -own) @ columns
        _, largest = np.frexp(np.abs(columns).max(axis=0))
        columns, powers = np.ldexp(columns, -largest), powers + largest + own
    with np.errstate(over="ignore", under="ignore"):
        return np.ldexp(columns, powers)


@overridable
def log_extremes(jacobians: Floats) -> tuple[Floats, Floats]:
    """What `log_extreme_singular_values` answers, by the inverses of those that have one."""
    moderated, sizes = moderate(jacobians)
    inverses = _inverses(moderated)
    smallest = np.full(len(jacobians), -np.inf)
    if inverses:
        smallest[: len(inverses)] = -log_largest(inverses)
    for i in range(len(inverses), _invertible(moderated)):  # an inverse is beyond the floats
        smallest[i] = log_singular_values(moderated[: i + 1])[-1]
    return smallest + np.cumsum(sizes), log_largest(moderated) + np.cumsum(sizes)


def log_largest(jacobians: Sequence[Floats] | Floats) -> Floats:
    """Logarithm of the largest singular value of every partial product."""
    partial, sizes, products = np.eye(jacobians[0].shape[-1]), [], []
    for J in jacobians:
        partial = J @ partial
        size = np.max(np.abs(partial))
        partial = partial / np.where(size > 0, size, 1)
        sizes.append(size)
        products.append(partial)
    with np.errstate(divide="ignore"):
        largest = np.log(extreme_singular_values(np.stack(products)).largest)
        return np.cumsum(np.log(np.stack(sizes))) + largest


def _inverses(jacobians: Floats) -> list[Floats]:
    """Transposed inverses of the Jacobians up to the first singular one."""
    found = []
    for J in jacobians:
        if _rank_ceiling(J[None]) < J.shape[-1]:
            break
        try:
            inverse = np.linalg.inv(J).T
        except np.linalg.LinAlgError:
            break
        if not np.isfinite(inverse).all():
            break
        found.append(inverse)
    return found


def _invertible(jacobians: Floats) -> int:
    """The number of layers up to the first that is singular, or looks so."""
    for i, J in enumerate(jacobians):
        scaled = J / np.abs(J).max(axis=1, keepdims=True, initial=1e-323)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            if _rank_ceiling(J[None]) < J.shape[-1] or np.linalg.slogdet(scaled)[0] == 0:
                return i
    return len(jacobians)


def _rank_ceiling(jacobians: Floats) -> int:
    """The rank of the product is at most the number of rows, or columns, that are not zero."""
    used = jacobians != 0
    return min(used.any(axis=-1).sum(axis=-1).min(), used.any(axis=-2).sum(axis=-1).min())
