"""How an endless row of steps answers waves: what softness buys, and what it costs.

The row stands at ``k/count`` for all whole k, so that sums over its neurons are
Fourier series (:eq:`row-of-waves`). A wave ``e^{iωx}`` comes out of a soft row
smaller by ``y/sinh y`` with ``y = πω/w``, and with *aliases*, waves of the
frequencies ``ω + 2πm·count``.
"""

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, positive, together


def wave_gain(frequency: ArrayLike, w: ArrayLike) -> Floats:
    """How much of a wave is left when its input trembles as a step of weight `w` (:eq:`wave-gain`).

    ``y/sinh y`` with ``y = πω/w``, the characteristic function of the logistic
    distribution: 1 for steep steps, ``2y e^{-y}`` for soft ones.

    Parameters
    ----------
    frequency : array_like
        Angular frequency ω of the wave, above 0, in radians per unit of the input.
    w : array_like
        Weight of the steps, above 0, in 1/(unit of the input).

    Returns
    -------
    numpy.ndarray
        From 0 to 1, of the common shape.

    Examples
    --------
    >>> wave_gain(50, [15, 30, 90, 1000]).round(4)
    array([6.000e-04, 5.570e-02, 6.286e-01, 9.959e-01])
    """
    y = _argument(frequency, w)
    return y * _reciprocal_sinh(y)


def alias_share(frequency: ArrayLike, w: ArrayLike, count: ArrayLike) -> Floats:
    """Size of the largest alias of a wave, relative to the wave (:eq:`alias-share`).

    What a row cannot draw, even if the heights of its cells are fitted:
    ``sinh(πω/w)/sinh(π(2π·count − ω)/w)``.

    Parameters
    ----------
    frequency, w : array_like
        As in `wave_gain`; the frequency at most ``π·count``.
    count : array_like
        Cells per unit of the input, above 0.

    Returns
    -------
    numpy.ndarray
        From 0 to 1, of the common shape.

    Raises
    ------
    ValueError
        If a frequency is above ``π·count``: the cells cannot tell it from its alias.

    Examples
    --------
    >>> alias_share(50, [30, 60, 90, 1000], 30).round(4)
    array([1.000e-04, 9.700e-03, 4.420e-02, 3.513e-01])
    """
    y, count = _argument(frequency, w), positive("count", count)
    alias = 2 * np.pi**2 * count / positive("w", w) - y
    if np.any(alias < y):
        raise ValueError(
            f"frequency is {frequency!r} with {count!s} cells per unit; "
            "give at most π times the number of cells"
        )
    return np.exp(y - alias) * np.expm1(-2 * y) / np.expm1(-2 * alias)


def row_condition(ratio: ArrayLike) -> Floats:
    """Condition number of the heights of an endless row of cells (:eq:`row-condition`).

    The constant wave passes whole, the quickest one that the cells can tell,
    of frequency ``π·count``, is drawn smallest: ``(π/2) sinh(v)/v`` with
    ``v = π²/r`` times smaller.

    Parameters
    ----------
    ratio : array_like
        Weight of the steps times the length of a cell, ``r = w/count``, above 0.

    Returns
    -------
    numpy.ndarray
        At least π/2, same shape as `ratio`; infinite beyond the floats.

    Examples
    --------
    >>> row_condition([1, 2, 4, 1000]).round(1)
    array([1538.5,   22.1,    3.7,    1.6])
    """
    v = np.pi**2 / positive("ratio", ratio)
    with np.errstate(over="ignore", divide="ignore"):
        return np.pi / (2 * v * _reciprocal_sinh(v))


def wave_eigenvalue(frequency: ArrayLike, w: ArrayLike, count: ArrayLike) -> Floats:
    """Rate at which gradient descent on the jumps of a row learns a wave (:eq:`wave-eigenvalue`).

    With half the mean squared error over a unit of input as cost, one step of
    the rate η takes the share ``η·count·(π/(w sinh(πω/w)))²`` from the error:
    ``count/ω²`` for steep steps, exponentially less for soft ones.

    Parameters
    ----------
    frequency, w : array_like
        As in `wave_gain`.
    count : array_like
        Steps per unit of the input, above 0.

    Returns
    -------
    numpy.ndarray
        Eigenvalue, of the common shape; its inverse is the number of epochs, times
        the rate, in which the error of the wave falls by the factor e.

    Examples
    --------
    >>> (1 / wave_eigenvalue(50, [30, 90, 1000], 30)).round()
    array([26832.,   211.,    84.])
    """
    y, count = _argument(frequency, w), positive("count", count)
    return count * (np.pi / positive("w", w) * _reciprocal_sinh(y)) ** 2


def _argument(frequency: ArrayLike, w: ArrayLike) -> Floats:
    frequency, w = positive("frequency", frequency), positive("w", w)
    together(frequency=frequency, w=w)
    return np.pi * frequency / w


def _reciprocal_sinh(y: Floats) -> Floats:
    """``1/sinh y`` for y above 0, without overflow."""
    return -2 * np.exp(-y) / np.expm1(-2 * y)
