"""How many connections the networks have: exact counts, whatever the size of the picture."""

from slopes.autoregressive._kernel import Mask, one_of, reach, sizes


def masked_connections(H: int, W: int, k: int, mask: Mask = "A") -> int:
    """Number of pairs of pixels that a masked convolution connects (:eq:`masked-connections`).

    At the edges of the picture a part of the kernel hangs over and connects
    nothing, so there are fewer than ``H W`` times the ones in the mask. Kernels
    of even size, and kernels larger than the picture, are counted as well.

    Parameters
    ----------
    H, W : int
        Numbers of rows and of columns of the picture.
    k : int
        Number of rows and of columns of the kernel.
    mask : str
        As for `causal_mask`.

    Returns
    -------
    int
        The number of connections, for one channel in and one out.

    Examples
    --------
    >>> masked_connections(28, 28, 3), masked_connections(28, 28, 3, "B")
    (2970, 3754)
    """
    (H, W), (up, left, right) = sizes(H=H, W=W), reach(k)
    itself = one_of("mask", mask, "A", "B") == "B"
    to_the_left = _pairs(W, left)
    across = W + to_the_left + _pairs(W, right)
    return _pairs(H, up) * across + H * to_the_left + itself * H * W


def pixelcnn_connections(H: int, W: int, k: int, d: int, channels: int = 1, inputs: int = 1) -> int:
    """Number of connections of `d` masked layers (:eq:`pixelcnn-connections`).

    The first layer has mask A and turns `inputs` channels into `channels`; the
    others have mask B and keep their number.

    Parameters
    ----------
    H, W : int
        Numbers of rows and of columns of the picture.
    k : int
        Number of rows and of columns of every kernel.
    d : int
        Number of layers.
    channels, inputs : int
        Numbers of channels of each layer, and of the picture.

    Returns
    -------
    int
        The number of connections.

    Examples
    --------
    >>> pixelcnn_connections(28, 28, 3, 7)
    25494
    """
    d, c, inputs = sizes(d=d, channels=channels, inputs=inputs)
    first, later = masked_connections(H, W, k), masked_connections(H, W, k, "B")
    return inputs * c * first + (d - 1) * c * c * later


def mdrnn_connections(H: int, W: int, k: int, d: int = 1, inputs: int = 1) -> int:
    """Number of connections of a two-dimensional recurrent network (:eq:`mdrnn-connections`).

    Every pixel holds `k` hidden units in each of `d` layers. They read the
    layer below at the same pixel, and their own layer at the pixel above and
    at the one to the left, where there is one.

    Parameters
    ----------
    H, W : int
        Numbers of rows and of columns of the picture.
    k : int
        Number of hidden units at a pixel, in one layer.
    d : int
        Number of layers.
    inputs : int
        Number of channels of the picture.

    Returns
    -------
    int
        The number of connections.

    Examples
    --------
    >>> mdrnn_connections(4, 5, k=2, inputs=3)
    244
    """
    H, W, k, d, inputs = sizes(H=H, W=W, k=k, d=d, inputs=inputs)
    from_below = H * W * k * (inputs + (d - 1) * k)
    return from_below + d * k * k * (2 * H * W - H - W)


def _pairs(length: int, most: int) -> int:
    """Pairs of places on a line of `length` that are from 1 to `most` apart."""
    most = min(most, length - 1)
    return most * (2 * length - most - 1) // 2
