"""Networks in files of arrays: written and read without running what a file holds."""

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any

import numpy as np

from slopes._arguments import Floats, Kind, instance
from slopes.activation import LINEAR, RELU, SIGMOID, TANH, Activation
from slopes.network.costs import CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY, Cost, squared_error
from slopes.network.layers import BATCH, LAYER, PLAIN, Network, Normalisation, Parameters

_ACTIVATIONS = {each.name: each for each in (SIGMOID, TANH, RELU, LINEAR)}
_SQUARED = [squared_error(each) for each in _ACTIVATIONS.values()]
_COSTS = {each.name: each for each in (CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY, *_SQUARED)}
_NORMALISATIONS = {each.name: each for each in (PLAIN, BATCH, LAYER)}
_GROUPS = ("weights", "biases", "scales", "means", "stds")


def save_network(network: Network, path: str | PathLike[str]) -> None:
    """Writes `network` to an ``.npz`` file, from which `load_network` reads it.

    Functions are stored by their names, so the activation, the cost and the
    normalisation must be those of `slopes`.

    Parameters
    ----------
    network : Network
        The network, trained or not.
    path : str or pathlib.Path
        Name of the file; it ends in ``.npz``.

    Raises
    ------
    ValueError
        If one of its functions is not of this package.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from slopes.network import build
    >>> network = build([2, 3, 1], np.random.default_rng(1))
    >>> with TemporaryDirectory() as folder:
    ...     save_network(network, f"{folder}/network.npz")
    ...     load_network(f"{folder}/network.npz") == network
    True
    """
    instance("network", network, Network, "what build returns")
    names = [
        _name("activation", network.activation, _ACTIVATIONS),
        _name("cost", network.cost, _COSTS),
        _name("normalisation", network.normalisation, _NORMALISATIONS),
    ]
    means, stds = zip(*network.statistics, strict=True) if network.statistics else ((), ())
    groups = zip(_GROUPS, (*network.parameters, means, stds), strict=True)
    arrays = {f"{group}_{i}": array for group, some in groups for i, array in enumerate(some)}
    skip = [] if network.skip is None else [network.skip]
    with open(path, "wb") as file:  # savez would add an ending to a name that has none
        np.savez(file, allow_pickle=False, names=np.array(names), skip=np.array(skip), **arrays)


def load_network(path: str | PathLike[str]) -> Network:
    """The network that `save_network` wrote to `path`.

    Parameters
    ----------
    path : str or pathlib.Path
        Name of the file.

    Returns
    -------
    Network
        Equal to the one that was stored.

    Raises
    ------
    ValueError
        If the file holds something else.
    """
    with np.load(path, allow_pickle=False) as arrays:
        if not {"names", "skip"} <= set(arrays):
            raise ValueError(f"{path} holds no network; give a file that save_network wrote")
        names, skip = arrays["names"].tolist(), arrays["skip"].tolist()
        weights, biases, scales, means, stds = (_group(arrays, group) for group in _GROUPS)
    activation = _known("activation", names[0], _ACTIVATIONS)
    cost = _known("cost", names[1], _COSTS)
    normalisation = _known("normalisation", names[2], _NORMALISATIONS)
    statistics = tuple(zip(means, stds, strict=True)) or None
    parameters = Parameters(weights, biases, scales)
    skip = skip[0] if skip else None
    return Network(parameters, activation, cost, normalisation, skip, statistics)


def _name(role: str, value: Activation | Cost | Normalisation, known: dict[str, Any]) -> str:
    if known.get(value.name) != value:
        raise ValueError(f"{role} is {value!r}, not of this package; give one of {_listed(known)}")
    return value.name


def _known(role: str, name: str, known: Mapping[str, Kind]) -> Kind:
    if name not in known:
        raise ValueError(f"the file's {role} is {name!r}; it should be one of {_listed(known)}")
    return known[name]


def _listed(known: Iterable[str]) -> str:
    return ", ".join(known)


def _group(arrays: Mapping[str, Floats], group: str) -> tuple[Floats, ...]:
    count = sum(name.startswith(f"{group}_") for name in arrays)
    return tuple(arrays[f"{group}_{i}"] for i in range(count))
