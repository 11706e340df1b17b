"""Gradients between the pixels of a recurrent network: many paths, each a product of gains."""

import numpy as np

from slopes._arguments import Floats, positive, room, together
from slopes.autoregressive._kernel import sizes


def log_pixel_gradient(H: int, W: int, up: float, left: float) -> Floats:
    """Natural logarithm of the last pixel's gradient, for each pixel (:eq:`pixel-gradient`).

    From a pixel ``m`` rows above and ``n`` columns to the left of the last one
    there are ``(m + n)! / (m! n!)`` paths, and each multiplies `m` gains `up`
    and `n` gains `left`. As a logarithm their sum has its digits however far
    the picture reaches.

    Parameters
    ----------
    H, W : int
        Numbers of rows and of columns of the picture.
    up, left : float
        Gains of the connections to the pixel above and to the one on the left,
        above 0 and the same at every pixel.

    Returns
    -------
    numpy.ndarray
        Logarithms of the gradients, shape (H, W). The last one is 0.

    Examples
    --------
    >>> np.exp(log_pixel_gradient(3, 3, up=1, left=1)).round()
    array([[6., 3., 1.],
           [3., 2., 1.],
           [1., 1., 1.]])
    """
    H, W = sizes(H=H, W=W)
    room(H * W, H=H, W=W)
    above, before = positive("up", up), positive("left", left)
    if together(up=above, left=before) != ():
        raise ValueError(
            f"up has shape {above.shape}, left has shape {before.shape}; give single gains"
        )
    m, n = np.arange(H)[::-1, None], np.arange(W)[::-1]
    factorial = np.concatenate([[0], np.cumsum(np.log(np.arange(1, H + W)))])
    paths = factorial[m + n] - factorial[m] - factorial[n]
    return paths + m * np.log(above) + n * np.log(before)
