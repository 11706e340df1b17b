"""Masked convolutions: their kernels, what they compute, and how far a stack of them sees."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopes._arguments import Floats, matrix, room
from slopes.autoregressive._kernel import Mask, one_of, reach, sizes


def causal_mask(k: int, mask: Mask = "A") -> NDArray[np.int_]:
    """Which taps of a kernel look at pixels that come earlier (1), and which do not (0).

    Mask A belongs to the first layer and leaves out the pixel itself, which
    the network is to predict. Mask B belongs to the layers behind it, whose
    input at the pixel has not seen the pixel, and takes it in.

    Parameters
    ----------
    k : int
        Number of rows and of columns of the kernel. The pixel itself is at
        row and column ``k // 2``, for an even `k` too.
    mask : str
        ``"A"`` without the pixel itself, ``"B"`` with it.

    Returns
    -------
    numpy.ndarray
        Ones and zeros, shape (k, k).

    Examples
    --------
    >>> causal_mask(3)
    array([[1, 1, 1],
           [1, 0, 0],
           [0, 0, 0]])
    """
    up, left, right = reach(k)
    room(k * k, k=k)
    itself = one_of("mask", mask, "A", "B") == "B"
    order = np.arange((left + right + 1) ** 2).reshape(left + right + 1, -1)
    return (order < order[up, left] + itself).astype(int)


def masked_convolution(image: ArrayLike, kernel: ArrayLike, mask: Mask = "A") -> Floats:
    """Every pixel's weighted sum of the pixels before it that the kernel reaches.

    Beyond the edges of the picture there is nothing to add. The cost is that
    of the ones in the mask alone.

    Parameters
    ----------
    image : array_like
        Pixels, shape (..., H, W).
    kernel : array_like
        Weights, shape (k, k). Those that the mask leaves out are not used.
    mask : str
        As for `causal_mask`.

    Returns
    -------
    numpy.ndarray
        Sums, shape (..., H, W).

    Examples
    --------
    >>> masked_convolution([[1, 2], [4, 8]], [[1, 1, 1], [1, 1, 1], [1, 1, 1]])
    array([[0., 1.],
           [3., 7.]])
    """
    image, kernel = matrix("image", image), matrix("kernel", kernel)
    if kernel.ndim != 2 or kernel.shape[0] != kernel.shape[1]:
        raise ValueError(f"kernel has shape {kernel.shape}; give as many rows as columns")
    k = kernel.shape[0]
    up, left, right = reach(k)
    rows, columns = image.shape[-2:]
    around = [(0, 0)] * (image.ndim - 2) + [(up, k - 1 - up), (left, right)]
    wide = np.pad(image, around)
    total = np.zeros(image.shape)
    for down, across in np.argwhere(causal_mask(k, mask)):
        shifted = wide[..., down : down + rows, across : across + columns]
        total = total + kernel[down, across] * shifted
    return total


def receptive_field(k: int, d: int) -> NDArray[np.bool_]:
    """Which pixels reach the output at one pixel through `d` masked layers.

    A path to the right has to come from above: with every row it climbs it can
    reach ``k - 1 - k // 2`` columns further (:eq:`receptive-field`).

    Parameters
    ----------
    k : int
        Number of rows and of columns of the kernels.
    d : int
        Number of layers, the first with mask A, the others with mask B.

    Returns
    -------
    numpy.ndarray
        Booleans, a row for each row of the picture from the farthest one in
        reach down to the pixel's own, a column for each column in reach to
        either side. The pixel itself is in the last row, ``d * (k // 2)``
        columns from the left.

    Examples
    --------
    >>> receptive_field(3, 2).astype(int)
    array([[1, 1, 1, 1, 1],
           [1, 1, 1, 1, 0],
           [1, 1, 0, 0, 0]])
    """
    up, left, right = reach(k)
    (d,) = sizes(d=d)
    room((d * up + 1) * (d * (left + right) + 1), k=k, d=d)
    above = np.arange(d * up, -1, -1)[:, None]
    across = np.arange(-d * left, d * right + 1)
    return np.where(above == 0, across < 0, across <= right * np.minimum(above, d))


def blind_spot(k: int, d: int) -> int:
    """Number of earlier pixels within a stack's reach that it does not see.

    They lie above and to the right: row ``m`` above the pixel is seen only up
    to ``r m`` columns to its right, although the stack reaches ``r d`` columns
    (:eq:`blind-spot`).

    Parameters
    ----------
    k : int
        Number of rows and of columns of the kernels.
    d : int
        Number of layers.

    Returns
    -------
    int
        The number of pixels, ``r d (d - 1) / 2`` with ``r = k - 1 - k // 2``.

    Examples
    --------
    >>> blind_spot(3, 2), blind_spot(3, 15)
    (1, 105)
    """
    (d,) = sizes(d=d)
    return reach(k).right * d * (d - 1) // 2
