"""All public values and functions, by enumeration: copied, pickled, compared, frozen, refused."""

import copy
import importlib
import inspect
import pickle
from io import BytesIO
from typing import get_type_hints

import joblib
import numpy as np
import pytest

import slopes
from slopes import chain, identity, interval, jacobian, meanfield, network, random_chains
from slopes import universality as u
from slopes.activation import LINEAR, RELU, SIGMOID, TANH, Activation
from slopes.data import digits
from slopes.network import costs, initial, layers

RNG = np.random.default_rng(1)
X, Y = RNG.normal(size=(6, 2)), RNG.uniform(0.1, 0.9, (6, 1))
PLAIN = network.build([2, 3, 3, 1], RNG)
LAYERED = network.build([2, 3, 1], RNG, activation=TANH, normalisation=network.LAYER)
TRAINED = network.train(
    network.build(
        [2, 3, 3, 1],
        RNG,
        network.ORTHOGONAL,
        RELU,
        network.SQUARED_ERROR,
        network.BATCH,
        skip=0.5,
    ),
    X,
    Y,
    3,
    0.1,
)
EDGES = [0, 0.5, 1]
VALUES = [
    *(SIGMOID, TANH, RELU, LINEAR),
    *(network.CROSS_ENTROPY, network.SOFTMAX_CROSS_ENTROPY, network.SQUARED_ERROR),
    network.squared_error(TANH),
    *(network.GLOROT, network.HE, network.NIELSEN, network.ORTHOGONAL, network.STANDARD),
    network.scaled(2, 1),
    *(network.BATCH, network.LAYER, network.PLAIN),
    *(PLAIN, LAYERED, TRAINED, TRAINED.network, TRAINED.network.parameters),
    network.forward(PLAIN, X),
    chain.Chain([1, 2], 0, RELU),
    chain.forward(chain.Chain([1, 2], 0), 0.5),
    interval.steep_interval([3, 8]),
    identity.identity_neuron([1, 2]),
    jacobian.extreme_singular_values(np.eye(2)),
    meanfield.critical_line([0.5, 1]),
    random_chains.Law(2, 1, TANH),
    random_chains.sampled_exponent(random_chains.draw_chains(RNG, 9, 20)),
    u.TENT,
    u.fit_bumps(np.sin, EDGES, 10.0),
    u.fit_hats(np.sin, 0, 1, 4),
    u.fit_steps(np.sin, 0, 1, 4, 30.0),
    u.fit_towers(np.multiply, EDGES, EDGES, 10.0, 10.0),
    u.fit_ridges(np.multiply, -1, 1, 0.5, 3, 4),
    u.sample_hill(RNG, 4, 2, 3.0),
    digits(),
]


def public(kind):
    """What modules of numbers offer: functions, or types."""
    found = {}
    for name in slopes.__all__:
        module = importlib.import_module(f"slopes.{name}")
        names = getattr(module, "__all__", [n for n in vars(module) if not n.startswith("_")])
        for each in (getattr(module, n) for n in names):
            if kind(each) and each.__module__.startswith(f"slopes.{name}"):
                found[f"{name}.{each.__name__}"] = each
    return found


def test_every_public_type_has_a_value_here():
    missing = [name for name, kind in public(inspect.isclass).items() if not instances(kind)]
    assert missing == ["activation.Activation"] * (not instances(Activation))


def instances(kind):
    return [value for value in VALUES if isinstance(value, kind)]


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda value, protocol=protocol: pickle.loads(
            pickle.dumps(value, protocol)
        )
        for protocol in range(2, 6)
    },
}


def through_joblib(value):
    file = BytesIO()
    joblib.dump(value, file)
    file.seek(0)
    return joblib.load(file)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("how", [*COPIES.values(), through_joblib])
def test_copies_are_equal_and_of_one_type(value, how):
    again = how(value)
    assert type(again) is type(value)
    assert again == value
    assert not again != value


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_differ_and_are_hashed_or_refuse(value):
    others = [other for other in VALUES if other is not value and type(other) is type(value)]
    assert all(value != other for other in others)
    try:
        mark = hash(value)
    except TypeError as refusal:
        assert "unhashable" in str(refusal)
    else:
        assert hash(copy.deepcopy(value)) == mark


def test_a_tuple_that_differs_in_one_number_is_another():
    bumps = u.fit_bumps(np.sin, EDGES, 10.0)
    assert bumps != bumps._replace(heights=bumps.heights + np.array([0, 1e-9]))
    assert bumps == tuple(bumps)
    assert bumps != list(bumps)
    assert chain.Chain([1, 2], 0) != chain.Chain([1, 2], 0, TANH)


@pytest.mark.parametrize(
    "again", [lambda v: v, lambda v: pickle.loads(pickle.dumps(v)), copy.deepcopy]
)
def test_frozen_arrays_cannot_be_written_to(again):
    links, trained = again(chain.Chain([1.0, 2.0], 0)), again(TRAINED.network)
    arrays = [links.w, links.b, *(a for group in trained.parameters for a in group)]
    arrays += [a for pair in trained.statistics for a in pair]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = np.nan


def test_a_network_keeps_copies():
    W, b = np.array([[1.0, 2.0]]), np.array([0.5])
    kept = network.Network(network.Parameters((W,), (b,)))
    W[0, 0], b[0] = np.nan, np.nan
    assert kept.parameters == network.Parameters((np.array([[1, 2]]),), (np.array([0.5]),))


EDGE = np.array([0.0, 0.5, 1.0])
KEPT = {
    "identity_neuron": lambda a: identity.identity_neuron(a[1:]),
    "fit_bumps": lambda a: u.fit_bumps(np.sin, a, 10.0),
    "fit_towers": lambda a: u.fit_towers(np.multiply, a, a, 10.0, 10.0),
    "fit_output": lambda a: u.fit_output(a[:, None], a, [[0.0], [1.0]], [0, 1]),
    "refit_steps": lambda a: u.refit_steps(u.Steps(a, a, 0, 9), [0, 1], [0, 1]),
    "through_sigmoid": lambda a: u.through_sigmoid(u.Bumps(a, [0.2, 0.3], 9)),
    "product": lambda a: (jacobian.product(a[None, :1, None]),),
    "Chain": lambda a: (chain.Chain(a, a).w, chain.Chain(a, a).b),
}


@pytest.mark.parametrize("name", KEPT)
def test_results_share_no_memory_with_arguments(name):
    values = EDGE.copy()
    for part in KEPT[name](values):
        assert not np.shares_memory(part, values)


OBJECTS = {
    "Activation",
    "Bumps",
    "Chain",
    "Hats",
    "IdentityNeuron",
    "Initialisation",
    "Law",
    "Network",
    "OneLayer",
    "Ridges",
    "Steps",
    "Towers",
    "BrokenLine",
}


def arguments_of_a_kind():
    for name, function in public(inspect.isfunction).items():
        hints = get_type_hints(function)
        for argument in inspect.signature(function).parameters:
            if getattr(hints.get(argument), "__name__", None) in OBJECTS:
                yield pytest.param(function, argument, hints, id=f"{name} {argument}")


@pytest.mark.parametrize(("function", "argument", "hints"), list(arguments_of_a_kind()))
@pytest.mark.parametrize("wrong", [None, "sigmoid", (1, 2), 3])
def test_an_object_of_a_wrong_type_is_refused_by_name(function, argument, hints, wrong):
    given = {
        name: next((v for v in VALUES if type(v) is hints[name]), 1)
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is inspect.Parameter.empty
    }
    for name in given:
        given[name] = {"W": [[1]], "Ws": [[[1]]], "z": [1], "h": [1], "rng": RNG}.get(
            name, given[name]
        )
    given[argument] = wrong
    with pytest.raises(TypeError, match=rf"^{argument} is .*; give "):
        function(**given)


@pytest.mark.parametrize("trained", [PLAIN, LAYERED, TRAINED.network])
def test_a_network_comes_back_from_a_file_without_pickle(trained, tmp_path):
    path = tmp_path / "network.npz"
    network.save_network(trained, path)
    again = network.load_network(path)
    assert again == trained
    np.testing.assert_array_equal(network.predict(again, X), network.predict(trained, X))


def test_files_hold_networks_of_the_package_alone(tmp_path):
    path = tmp_path / "network.npz"
    own = Activation("own", np.tanh, np.ones_like, np.zeros_like, 1.0)
    with pytest.raises(ValueError, match=r"^activation is OWN, not of this package; give one of "):
        network.save_network(network.build([1, 1], RNG, activation=own), path)
    np.savez(path, weights_0=np.eye(2))
    with pytest.raises(ValueError, match="holds no network; give a file that save_network wrote"):
        network.load_network(path)
    np.savez(path, names=["own", "cross entropy", "plain"], skip=[], weights_0=np.eye(2))
    with pytest.raises(ValueError, match="activation is 'own'; it should be one of sigmoid"):
        network.load_network(path)


def test_a_pickled_network_predicts_and_trains_digit_for_digit():
    again = pickle.loads(pickle.dumps(PLAIN))
    assert network.train(again, X, Y, 3, 1.0) == network.train(PLAIN, X, Y, 3, 1.0)
    assert costs.squared_error(TANH) == costs.squared_error(TANH)
    assert initial.scaled(2) != initial.scaled(3)
    assert layers.PLAIN != layers.BATCH
