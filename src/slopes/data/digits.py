"""Eight by eight handwritten digits, small enough to travel with the book."""

from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from slopes._arguments import Floats
from slopes._values import by_value

_HASH = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"


@by_value
class Digits(NamedTuple):
    """Images of handwritten digits, one a row.

    Attributes
    ----------
    images : numpy.ndarray
        Brightness from 0 (paper) to 1 (ink), shape (m, points): the rows of each image,
        one after the other.
    labels : numpy.ndarray
        The digit that was meant, whole numbers from 0 to 9, shape (m,).
    """

    images: Floats
    labels: NDArray[np.int_]


def digits() -> Digits:
    """All 1,797 digits of 8 × 8 points, in the order of scikit-learn's ``load_digits``.

    Returns
    -------
    Digits
        ``images`` of shape (1797, 64), ``labels`` of shape (1797,).

    Raises
    ------
    ValueError
        If the file is not the one that the book was made with.

    Notes
    -----
    From E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*,
    UCI Machine Learning Repository, 1998, https://doi.org/10.24432/C50P49.

    Examples
    --------
    >>> images, labels = digits()
    >>> images.shape, labels[:5]
    ((1797, 64), array([0, 1, 2, 3, 4]))
    """
    with (files("slopes.data") / "digits.npz").open("rb") as file, np.load(file) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    return checked(images, labels)


def checked(images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> Digits:
    """The digits as floats and whole numbers, if their bytes are those of the original."""
    found = sha256(images.tobytes() + labels.tobytes()).hexdigest()
    if found != _HASH:
        raise ValueError(f"the digits have SHA-256 {found}, not {_HASH}; install the book anew")
    return Digits(images / 16, labels.astype(int))
