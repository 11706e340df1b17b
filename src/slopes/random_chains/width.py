"""What many neurons side by side do to the fluctuations: a layer of rectified neurons."""

from math import comb

import numpy as np

from slopes._arguments import Floats, whole


def he_log_growth(width: int) -> float:
    """Mean of ``ln(|J v|/|v|)`` for one layer of ReLUs with He's weights, where it is not 0.

    The weights of the `width` inputs of each of `width` neurons are normal with
    variance ``2/width``, the biases 0. With probability ``2^-width`` no neuron is
    active; this is the mean over all other cases (:eq:`he-log-growth`).

    Parameters
    ----------
    width : int
        Neurons in a layer, from 1 up.

    Returns
    -------
    float
        Natural logarithm, negative: a long vector of mean square 1 is typically shorter.

    Examples
    --------
    >>> [round(he_log_growth(width), 4) for width in (1, 10, 100)]
    [-0.2886, -0.1537, -0.0127]
    """
    width = whole("width", width, 1)
    active = np.arange(1, width + 1)
    shares = np.array([comb(width, m) / (2**width - 1) for m in active.tolist()])
    # digamma at m/2, from its values at 1/2 and 1 by steps of 1
    digamma = np.empty(width)
    digamma[0::2] = -np.euler_gamma - 2 * np.log(2) + _sum_before(2 / active[0::2])
    digamma[1::2] = -np.euler_gamma + _sum_before(2 / active[1::2])
    return float(shares @ (digamma + np.log(4 / width)) / 2)


def _sum_before(terms: Floats) -> Floats:
    return np.cumsum(terms) - terms
