"""When each pixel is done, if all that can be computed at the same time is.

One step computes one layer, at any number of pixels: those that have
everything they need. While a network is trained the whole picture is known.
While it draws, a pixel can be read only after it has been drawn.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from slopes._arguments import room
from slopes.autoregressive._kernel import one_of, reach, sizes

KnownTask = Literal["train", "draw"]
Task = KnownTask | Literal["draw one by one"]


def pixelcnn_schedule(H: int, W: int, k: int, d: int, task: Task = "draw") -> NDArray[np.int_]:
    """The step at which each pixel of a PixelCNN's picture is done (:eq:`pixelcnn-schedule`).

    Parameters
    ----------
    H, W : int
        Numbers of rows and of columns of the picture.
    k : int
        Number of rows and of columns of the kernels.
    d : int
        Number of layers.
    task : str
        ``"draw"`` as early as the kernels allow, and keep what is computed;
        ``"draw one by one"`` in reading order; or ``"train"``: compute the
        layers for a picture that is known.

    Returns
    -------
    numpy.ndarray
        Numbers of steps, counted from 1, shape (H, W).

    Examples
    --------
    >>> pixelcnn_schedule(3, 4, k=3, d=1)
    array([[1, 2, 3, 4],
           [3, 4, 5, 6],
           [5, 6, 7, 8]])
    """
    (H, W, d), columns = sizes(H=H, W=W, d=d), reach(k).right
    _representable(H, W, pixelcnn_steps(H, W, k, d, task))
    i, j = np.indices((H, W))
    if one_of("task", task, "draw", "draw one by one", "train") == "train":
        return np.full((H, W), d)
    if task == "draw one by one":
        return d * (W * i + j + 1)
    if k == 1:
        return np.full((H, W), d)  # no pixel sees another
    return d * (i * (min(columns, W - 1) + 1) + j + 1)


def pixelcnn_steps(H: int, W: int, k: int, d: int, task: Task = "draw") -> int:
    """The number of steps until a PixelCNN's picture is done (:eq:`pixelcnn-steps`).

    Parameters
    ----------
    H, W, k, d, task
        As for `pixelcnn_schedule`.

    Returns
    -------
    int
        ``d`` to train, ``H W d`` to draw one by one, and
        ``d (W + (min(r, W - 1) + 1)(H - 1))`` to draw as early as possible,
        with ``r = k - 1 - k // 2`` and `k` at least 2.

    Examples
    --------
    >>> [pixelcnn_steps(28, 28, 3, 15, task) for task in ("draw one by one", "draw", "train")]
    [11760, 1230, 15]
    """
    (H, W, d), columns = sizes(H=H, W=W, d=d), reach(k).right
    if one_of("task", task, "draw", "draw one by one", "train") == "draw one by one":
        return H * W * d
    if task == "train" or k == 1:
        return d
    return d * (W + (min(columns, W - 1) + 1) * (H - 1))


def mdrnn_schedule(H: int, W: int, d: int = 1, task: KnownTask = "train") -> NDArray[np.int_]:
    """The step at which each pixel of a recurrent network is done (:eq:`mdrnn-schedule`).

    A pixel waits for the one above and the one to the left, so the work
    crosses the picture as a front, diagonal after diagonal.

    Parameters
    ----------
    H, W : int
        Numbers of rows and of columns of the picture.
    d : int
        Number of layers.
    task : str
        ``"train"`` to compute the layers for a picture that is known, or
        ``"draw"`` to draw it: the input at a pixel is then what has been
        drawn above it and on its left.

    Returns
    -------
    numpy.ndarray
        Numbers of steps, counted from 1, shape (H, W).

    Examples
    --------
    >>> mdrnn_schedule(3, 4)
    array([[1, 2, 3, 4],
           [2, 3, 4, 5],
           [3, 4, 5, 6]])
    """
    H, W, d = sizes(H=H, W=W, d=d)
    _representable(H, W, mdrnn_steps(H, W, d, task))
    i, j = np.indices((H, W))
    draws = one_of("task", task, "train", "draw") == "draw"
    return d * (i + j + 1) if draws else i + j + d


def mdrnn_steps(H: int, W: int, d: int = 1, task: KnownTask = "train") -> int:
    """The number of steps of a two-dimensional recurrent network (:eq:`mdrnn-steps`).

    Parameters
    ----------
    H, W, d, task
        As for `mdrnn_schedule`.

    Returns
    -------
    int
        ``H + W + d - 2`` to train, ``d (H + W - 1)`` to draw.

    Examples
    --------
    >>> mdrnn_steps(28, 28), mdrnn_steps(28, 28, 15, "draw")
    (55, 825)
    """
    H, W, d = sizes(H=H, W=W, d=d)
    draws = one_of("task", task, "train", "draw") == "draw"
    return d * (H + W - 1) if draws else H + W + d - 2


def _representable(H: int, W: int, steps: int) -> None:
    """Refuses pictures beyond any memory, and steps beyond NumPy's whole numbers."""
    room(H * W, H=H, W=W)
    if steps > np.iinfo(int).max:
        raise ValueError(f"the schedule takes {steps} steps, above 2^63; give smaller sizes")
