"""Curves that were computed before: Nielsen's, and the results of our own long runs."""

import json
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slopes._arguments import Floats, whole

_NOT_OURS = ("digits", "nielsen")


def nielsen_speeds(hidden: int) -> Floats:
    """Speed of learning of each hidden layer as Nielsen stored it, before each of 500 epochs.

    Parameters
    ----------
    hidden : int
        Number of hidden layers: 2, 3 or 4.

    Returns
    -------
    numpy.ndarray
        Shape (500, hidden): a row for each epoch, a column for each hidden layer.

    Notes
    -----
    M. Nielsen, code samples for *Neural Networks and Deep Learning* (MIT licence,
    in the README beside the data).

    Examples
    --------
    >>> nielsen_speeds(2)[0].round(4)
    array([0.0657, 0.3092])
    """
    hidden = whole("hidden", hidden)
    if hidden not in (2, 3, 4):
        raise ValueError(f"hidden is {hidden}; Nielsen stored curves for 2, 3 and 4 hidden layers")
    return _read(f"nielsen_norms_{hidden}_hidden_layers.json")


def nielsen_first_gradient() -> Floats:
    """Gradient of the first six biases in both hidden layers of Nielsen's net, before training.

    Returns
    -------
    numpy.ndarray
        Shape (2, 6): the numbers behind the bars at the start of his chapter 5.

    Examples
    --------
    >>> nielsen_first_gradient()[:, 0].round(4)
    array([-0.004 ,  0.0415])
    """
    return _read("nielsen_initial_gradient.json")


def stored(name: str) -> dict[str, Floats]:
    """Result of a long run, as ``experiments/<name>.py`` wrote it.

    Parameters
    ----------
    name : str
        Name of the experiment.

    Returns
    -------
    dict
        Name → array, from ``<name>.npz`` or ``<name>.json``; NaN for a run without result.

    Raises
    ------
    ValueError
        If there is no such result; the message lists those there are.
    """
    folder = files("slopes.data")
    names = sorted(
        path.name
        for path in folder.iterdir()
        if path.name.endswith((".npz", ".json")) and not path.name.startswith(_NOT_OURS)
    )
    if f"{name}.npz" in names:
        with (folder / f"{name}.npz").open("rb") as file, np.load(file) as arrays:
            return {key: _full(array) for key, array in arrays.items()}
    if f"{name}.json" in names:
        content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return {key: _full(np.array(value)) for key, value in content.items()}
    there = ", ".join(known.partition(".")[0] for known in names)
    raise ValueError(f"there is no stored result {name!r}; there are: {there}")


def _full(array: NDArray[Any]) -> NDArray[Any]:
    """The array in double precision, if it was packed in single or holds nulls, which are NaN."""
    return array.astype(float) if array.dtype in (np.float32, object) else array


def _read(name: str) -> Floats:
    return np.array(json.loads((files("slopes.data") / name).read_text(encoding="utf-8")))
