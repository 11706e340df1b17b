"""The original MNIST digits, for those who have the files."""

import gzip
import struct
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from slopes.data.digits import Digits

Part = Literal["train", "test"]
_STEMS = {"train": "train", "test": "t10k"}


def mnist(path: str | Path, part: Part = "train") -> Digits:
    """Digits of 28 × 28 points out of the original MNIST files, which the book does not carry.

    Parameters
    ----------
    path : str or pathlib.Path
        A file ``mnist.npz`` with the arrays ``x_train``, ``y_train``, ``x_test`` and
        ``y_test``, or the folder with the four original files (such as
        ``train-images-idx3-ubyte``, as they are or with the ending ``.gz``).
    part : str
        ``"train"`` for the 60,000 training digits, ``"test"`` for the 10,000 others.

    Returns
    -------
    Digits
        ``images`` of shape (m, 784) with brightness from 0 to 1, ``labels`` of shape (m,).

    Raises
    ------
    FileNotFoundError
        If a file is missing.
    ValueError
        If `part` is neither, or a file does not hold what its name promises.
    """
    if part not in _STEMS:
        raise ValueError(f"part is {part!r}; give 'train' or 'test'")
    read = _original if Path(path).is_dir() else _packed
    images, labels = read(Path(path), part)
    if images.ndim != 3 or labels.shape != images.shape[:1]:
        raise ValueError(
            f"{path} holds images of shape {images.shape} and labels of shape {labels.shape}; "
            "give MNIST, (m, 28, 28) and (m,)"
        )
    return Digits(images.reshape(len(images), -1) / 255, labels.astype(int))


def _packed(path: Path, part: Part) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    with np.load(path) as arrays:
        missing = {f"x_{part}", f"y_{part}"} - set(arrays)
        if missing:
            raise ValueError(f"{path} has no array {sorted(missing)[0]}; give MNIST as mnist.npz")
        return arrays[f"x_{part}"], arrays[f"y_{part}"]


def _original(folder: Path, part: Part) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    stem = _STEMS[part]
    return _idx(folder / f"{stem}-images-idx3-ubyte"), _idx(folder / f"{stem}-labels-idx1-ubyte")


def _idx(path: Path) -> NDArray[np.uint8]:
    """An array in the IDX format: two zeros, the type, the dimensions, their lengths, the bytes."""
    packed = path.with_name(path.name + ".gz")
    with gzip.open(packed) if packed.exists() else path.open("rb") as file:
        content = file.read()
    if len(content) < 4 or content[:3] != b"\x00\x00\x08":
        raise ValueError(f"{path} does not start as an IDX file of bytes does; give MNIST's own")
    start = 4 + 4 * content[3]
    shape = struct.unpack_from(f">{content[3]}i", content, 4) if len(content) >= start else ()
    values = np.frombuffer(content, np.uint8, offset=min(start, len(content)))
    if not shape or values.size != np.prod(shape):
        raise ValueError(f"{path} is cut short or too long; fetch it anew")
    return values.reshape(shape)
