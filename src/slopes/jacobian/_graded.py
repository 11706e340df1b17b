"""Products in graded form: lengths as logarithms beside a well-conditioned matrix."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from slopes._arguments import Floats

_SWEEPS = 60  # a Jacobi iteration ends after 3 to 15
_REACH = 1e3  # a column this much longer than its pivot calls for pivoting


def moderate(jacobians: Floats) -> tuple[Floats, Floats]:
    """Jacobians without extreme entries, and the logarithm of what each was divided by."""
    _, powers = np.frexp(np.abs(jacobians).max(axis=(1, 2)))
    shifts = np.where(powers > 1000, 1000 - powers, np.where(powers < -500, -powers, 0))
    if not shifts.any():
        return jacobians, np.zeros(len(shifts))
    return np.ldexp(jacobians, shifts[:, None, None]), -shifts * np.log(2)


def graded(jacobians: Floats) -> tuple[Floats, Floats]:
    """The product as ``Q diag(e^d) U``: its log lengths d, and the rows of U."""
    frame, lengths = np.eye(jacobians.shape[-1]), np.zeros(jacobians.shape[-1])
    rows = frame
    with np.errstate(divide="ignore", over="ignore", invalid="ignore", under="ignore"):
        for J in jacobians:
            frame, lengths, mixing = _one_layer(J @ frame, lengths)
            rows = mixing @ rows
    return lengths, rows


def _one_layer(images: Floats, lengths: Floats) -> tuple[Floats, Floats, Floats]:
    """``images·diag(e^lengths)`` as an orthogonal frame, log lengths, and a mixing of rows."""
    order = np.argsort(-lengths - np.log(np.abs(images).max(axis=0)), kind="stable")
    frame, R = np.linalg.qr(images[:, order])
    logs = np.log(np.abs(R)) + lengths[order]
    if (logs - np.diagonal(logs)[:, None] > np.log(_REACH)).any():
        order = _longest_first(images, lengths)
        frame, R = np.linalg.qr(images[:, order])
        logs = np.log(np.abs(R)) + lengths[order]
    reached = np.diagonal(logs)
    mixing = np.sign(R) * np.exp(logs - reached[:, None])
    mixing = np.where(np.isneginf(reached)[:, None], np.eye(len(R)), mixing)
    return frame, reached, mixing[:, np.argsort(order)]


def _longest_first(images: Floats, lengths: Floats) -> NDArray[np.intp]:
    """The order in which QR with column pivoting takes the columns."""
    rest, order, left = images, [], np.arange(len(lengths))
    while left.size:
        sizes = np.abs(rest[:, left]).max(axis=0)
        pick = left[np.argmax(np.log(sizes) + lengths[left])]
        order.append(pick)
        left = left[left != pick]
        axis = rest[:, pick] / (np.abs(rest[:, pick]).max() or 1)
        axis = axis / (np.linalg.norm(axis) or 1)
        rest = rest - np.outer(axis, axis @ rest)
    return np.array(order)


def orthogonal_lengths(lengths: Floats, rows: Floats) -> Floats:
    """Log singular values of ``diag(e^lengths) rows``: pairs of rows are turned until orthogonal.

    One-sided Jacobi rotations. Rows have length 1 and their true lengths are
    kept as logarithms, so that no rotation overflows. QR decompositions of
    the matrix and its transpose in turn bring the rows near their aim first.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(3):
            _, lengths, rows = _one_layer(rows.T, lengths)
    kept = lengths > -np.inf
    found = np.full(lengths.shape, -np.inf)
    found[kept] = _rotated(*_unit_rows(lengths[kept], rows[kept]))
    return found


def _rotated(lengths: Floats, rows: Floats) -> Floats:
    """Log lengths of the rows once all pairs are orthogonal."""
    for _ in range(_SWEEPS):
        worst = 0.0
        for longer, shorter in _rounds(len(lengths)):
            swap = lengths[longer] < lengths[shorter]
            longer, shorter = np.where(swap, shorter, longer), np.where(swap, longer, shorter)
            ratio = np.exp(lengths[shorter] - lengths[longer])
            cosine = np.sum(rows[longer] * rows[shorter], axis=1)
            worst = max(worst, np.abs(cosine).max(initial=0))
            turned = _turned(rows[longer], rows[shorter], ratio[:, None], cosine[:, None])
            both = np.concatenate([longer, shorter])
            new = _unit_rows(lengths[both], np.concatenate(turned))
            lengths, rows = _with(lengths, both, new[0]), _with(rows, both, new[1])
        if worst <= len(lengths) * np.finfo(float).eps:
            return lengths
    raise np.linalg.LinAlgError(
        f"the rotations left a cosine of {worst:.1e} after {_SWEEPS} sweeps; "
        "look for Jacobians that are singular to rounding"
    )


def _turned(a: Floats, b: Floats, ratio: Floats, cosine: Floats) -> tuple[Floats, Floats]:
    """Rows a and ``ratio·b`` turned until orthogonal, the second divided by `ratio` again."""
    gap = 1 - ratio**2
    root = gap + np.sqrt(gap**2 + (2 * ratio * cosine) ** 2)
    tangent = -2 * cosine / np.where(root > 0, root, 1)  # divided by the ratio
    cos = 1 / np.sqrt(1 + (ratio * tangent) ** 2)
    return cos * (a - ratio**2 * tangent * b), cos * (tangent * a + b)


def _unit_rows(lengths: Floats, rows: Floats) -> tuple[Floats, Floats]:
    norms = np.linalg.norm(rows, axis=1)
    return lengths + np.log(norms), rows / norms[:, None]


def _with(array: Floats, places: NDArray[np.intp], values: Floats) -> Floats:
    array = array.copy()
    array[places] = values
    return array


def _rounds(count: int) -> Iterator[NDArray[np.intp]]:
    """Every pair of rows once, in rounds of disjoint pairs, as at a tournament."""
    seats = np.arange(count + count % 2)
    half = len(seats) // 2
    for _ in range(len(seats) - 1):
        pairs = np.stack([seats[:half], seats[: half - 1 : -1]])
        yield pairs[:, (pairs < count).all(axis=0)]
        seats = np.concatenate([seats[:1], np.roll(seats[1:], 1)])
