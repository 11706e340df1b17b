"""How likely a random neuron is to be steep."""

from math import acosh, erfc, sqrt

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, instance, real
from slopes.activation import SIGMOID, same
from slopes.random_chains.law import STANDARD, Law


def steep_probability(a: ArrayLike, law: Law = STANDARD) -> Floats:
    """Probability that ``|wσ'(wa + b)| >= 1`` for a sigmoid neuron with input `a`.

    With ``|w| = 4 cosh² t`` the neuron is steep where ``|wa + b| <= 2t``, so the
    probability is one integral over t (:eq:`steep-probability`). Right to 1e-12
    of itself for standard deviations from 0.5 to 10, wherever it is above 1e-300.

    Parameters
    ----------
    a : array_like
        Input of the neuron, any shape.
    law : Law
        The law of weight and bias, with sigmoids and ``b_std > 0``.

    Returns
    -------
    numpy.ndarray
        Probability, same shape as `a`.

    Raises
    ------
    ValueError
        If the activation is not the sigmoid, or the biases are all 0.

    Examples
    --------
    >>> steep_probability([0, 0.5, 1])
    array([2.00808701e-05, 2.43853765e-06, 4.23713265e-09])
    """
    instance("law", law, Law, "STANDARD")
    a = real("a", a)
    if not same(law.activation, SIGMOID) or law.b_std == 0:
        raise ValueError(f"the law is {law}; give one with sigmoids and a b_std above 0")
    greatest = 4 + 9 * law.w_std  # beyond, less than 1e-17 of the probability is left
    t, step = np.linspace(0, acosh(sqrt(greatest / 4)), 400, retstep=True)
    w = 4 * np.cosh(t) ** 2
    density = np.exp(-((w / law.w_std) ** 2) / 2) / (sqrt(2 * np.pi) * law.w_std)
    centre, reach = np.abs(w * a[..., None]) / law.b_std, 2 * t / law.b_std
    steep = _upper_tail(centre - reach) - _upper_tail(centre + reach)
    return 2 * step * np.sum(density * 4 * np.sinh(2 * t) * steep, axis=-1)


_erfc = np.frompyfunc(erfc, 1, 1)


def _upper_tail(z: Floats) -> Floats:
    """Probability that a standard normal number exceeds z."""
    return np.asarray(_erfc(z / sqrt(2)), dtype=float) / 2
