"""Dawson's function, and its slope: the profile of ridges that add up to a round hill."""

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, real

SPACING = 0.25  # a power of 2, so that multiples of it are exact; the sum is then wrong by 1e-17
ODD = range(1, 28, 2)  # beyond these the terms are below 1e-19
FAR = 1e8  # from here on Dawson's function is 1/(2x) to the last digit
WINGS = 12.0  # from here on the profile is taken from its series in 1/t²


def dawson(x: ArrayLike) -> Floats:
    """Dawson's function, ``D(x) = e^(-x²) ∫₀ˣ e^(t²) dt`` (:eq:`dawson`).

    The solution of ``D' = 1 - 2xD`` that starts at 0: it rises to 0.541 near
    0.924 and falls like ``1/(2x)``. Computed by Rybicki's sum over the odd
    multiples of a small spacing, whose error falls like ``e^(-(π/2h)²)``.

    Parameters
    ----------
    x : array_like
        Input, any shape.

    Returns
    -------
    numpy.ndarray
        Values, same shape as `x`, to a relative error of about ``1e-15``.

    References
    ----------
    G. B. Rybicki, Dawson's integral and the sampling theorem, Computers in
    Physics 3 (1989), 85-87.

    Examples
    --------
    >>> dawson([0, 1, -1, 100]).round(5)
    array([ 0.     ,  0.53808, -0.53808,  0.005  ])
    """
    x = real("x", x)
    size = np.abs(x)
    return np.sign(x) * np.where(size < FAR, _sampled(np.minimum(size, FAR)), _falling(size))


def gaussian_profile(t: ArrayLike) -> Floats:
    """Profile whose mean over all directions is ``e^(-r²/2)``, ``1 - √2 t D(t/√2)``.

    The slope ``D'(t/√2)`` of Dawson's function (:eq:`gaussian-profile`): 1 in
    the middle, 0 at 1.307, and a wing of about ``-1/t²`` on either side, so
    that the area under it is 0.

    Parameters
    ----------
    t : array_like
        Distance from the crest of the ridge, in widths of the hill, any shape.

    Returns
    -------
    numpy.ndarray
        Values from -0.285 to 1, same shape as `t`, to about ``1e-15``.

    Examples
    --------
    >>> gaussian_profile([0, 1, 2, -20]).round(4)
    array([ 1.    ,  0.2752, -0.28  , -0.0025])
    """
    t = real("t", t)
    size = np.abs(t)
    near, far = np.minimum(size, WINGS), np.maximum(size, WINGS)
    slope = 1 - np.sqrt(2) * near * _sampled(near / np.sqrt(2))
    return np.where(size < WINGS, slope, _wing(far))


def _sampled(x: Floats) -> Floats:
    """Rybicki's sum about the multiple of the spacing next to `x`, from 0 to 1e8.

    Terms n steps to either side are taken together, which keeps the digits of a small `x`.
    """
    middle = 2 * np.rint(x / (2 * SPACING))
    rest = x - middle * SPACING
    total = 0.0
    for n in ODD:
        above, below = 1 / (middle + n), 1 / (middle - n)
        z = 2 * n * SPACING * rest
        pair = np.cosh(z) * (above + below) + np.sinh(z) * (above - below)
        total = total + np.exp(-((n * SPACING) ** 2)) * pair
    return np.exp(-(rest**2)) * total / np.sqrt(np.pi)


def _falling(size: Floats) -> Floats:
    return 0.5 / np.maximum(size, FAR)


def _wing(t: Floats) -> Floats:
    """``-1/t² - 3/t⁴ - 15/t⁶ - …``, which is exact to the last digits for large `t`."""
    with np.errstate(under="ignore"):
        inverse = (1 / t) ** 2
        series: Floats | float = 1.0
        for n in range(31, 1, -2):
            series = 1 + n * inverse * series
        return -inverse * series
