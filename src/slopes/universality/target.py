"""The function that the chapter rebuilds from bumps."""

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, real, repaired


def nielsen_function(x: ArrayLike) -> Floats:
    """Nielsen's target, ``0.2 + 0.4x² + 0.3x sin 15x + 0.05 cos 50x`` (:eq:`nielsen-function`).

    On ``[0, 1]`` it stays between 0.0952 and 0.8529 and is nowhere steeper
    than 6.996. A misprint drops the ``x`` before the sine; that function
    leaves ``(0, 1)``, so that its logit does not exist everywhere.

    Parameters
    ----------
    x : array_like
        Input, any shape.

    Returns
    -------
    numpy.ndarray
        Values, same shape as `x`.

    References
    ----------
    M. A. Nielsen, Neural Networks and Deep Learning (2015), eq. (113).

    Examples
    --------
    >>> nielsen_function([0, 0.5, 1]).round(4)
    array([0.25  , 0.4903, 0.8433])
    """
    x = real("x", x)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        values = 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)
    return repaired(values, np.isnan, lambda: np.full(x.shape, np.inf))
