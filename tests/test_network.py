"""Fully connected networks: their gradients by finite differences, and training by a plain loop."""

from dataclasses import replace
from itertools import cycle, product

import numpy as np
import pytest

from slopes.activation import LINEAR, RELU, SIGMOID, TANH
from slopes.chain import Chain, bias_gradients, weight_gradients
from slopes.chain import forward as chain_forward
from slopes.jacobian import residual_jacobian
from slopes.network import (
    BATCH,
    CROSS_ENTROPY,
    GLOROT,
    HE,
    LAYER,
    NIELSEN,
    ORTHOGONAL,
    PLAIN,
    SOFTMAX_CROSS_ENTROPY,
    SQUARED_ERROR,
    STANDARD,
    Network,
    Parameters,
    accuracy,
    average_cost,
    build,
    clipped,
    draw,
    forward,
    gradients,
    learning_speeds,
    one_hot,
    orthogonal,
    predict,
    scaled,
    settle,
    speeds_of,
    squared_error,
    step,
    train,
)

ACTIVATIONS = [SIGMOID, TANH, RELU, LINEAR]
COSTS = [CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY, SQUARED_ERROR, squared_error(SIGMOID)]
NORMALISATIONS = [PLAIN, BATCH, LAYER]
LAWS = [NIELSEN, STANDARD, GLOROT, HE, ORTHOGONAL]
SKIPS = [None, 1.0, 0.5]


def problem(m=7, inputs=4, outputs=3, seed=3):
    """Examples and targets that sum to 1, not all of them 0 or 1."""
    rng = np.random.default_rng(seed)
    y = rng.dirichlet(np.ones(outputs), m)
    y[0] = np.eye(outputs)[0]
    return rng.normal(size=(m, inputs)), y


def flat(parameters):
    return np.concatenate([array.ravel() for group in parameters for array in group])


def unflat(vector, like):
    """Parameters of the shapes of `like` out of one vector."""
    ends = np.cumsum([array.size for group in like for array in group])
    pieces = iter(np.split(vector, ends[:-1]))
    return Parameters(
        *(tuple(next(pieces).reshape(array.shape) for array in group) for group in like)
    )


def differences(network, x, y, h=1e-6):
    """Gradient of the average cost by central differences, one number after the other."""
    base = flat(network.parameters)
    slopes = np.empty_like(base)
    for i in range(base.size):
        sides = []
        for sign in (1, -1):
            moved = base.copy()
            moved[i] += sign * h
            changed = replace(network, parameters=unflat(moved, network.parameters))
            sides.append(average_cost(changed, x, y))
        slopes[i] = (sides[0] - sides[1]) / (2 * h)
    return slopes


def shaken(network, seed=11):
    """The network with scales and biases away from where they start."""
    base = flat(network.parameters)
    noise = np.random.default_rng(seed).normal(0, 0.1, base.size)
    return replace(network, parameters=unflat(base + noise, network.parameters))


KINDS = list(product(ACTIVATIONS, COSTS, NORMALISATIONS, SKIPS))


@pytest.mark.no_cover  # the same lines, many thousand times
@pytest.mark.parametrize(
    "activation, cost, normalisation, skip, law",
    # a law says no more than where a network starts, so the five take turns
    [(*kind, law) for kind, law in zip(KINDS, cycle(LAWS), strict=False)],
    ids=lambda part: str(getattr(part, "name", part)),
)
def test_gradients_are_what_finite_differences_find(activation, cost, normalisation, skip, law):
    x, y = problem(m=5, inputs=3, outputs=2)
    rng = np.random.default_rng(5)
    sizes = (3, 4, 4, 2)
    network = shaken(build(sizes, rng, law, activation, cost, normalisation, skip))
    if activation is RELU:  # no kink within the step of the differences
        assert min(np.abs(z).min() for z in forward(network, x).z[:-1]) > 1e-4
    found, expected = flat(gradients(network, x, y)), differences(network, x, y)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=2e-8 * np.abs(expected).max())


def test_a_rectified_neuron_is_flat_at_0():
    network = Network(Parameters(([[1.0]], [[1.0]]), ([0.0], [0.0])), RELU, SQUARED_ERROR)
    gradient = gradients(network, [[0]], [[1]])
    assert [b.item() for b in gradient.biases] == [0, -1]
    assert gradient.biases[0] == -RELU.slope(0)


def test_a_skip_connection_changes_the_network():
    x, _ = problem()
    networks = [build((4, 5, 5, 3), np.random.default_rng(5), skip=skip) for skip in SKIPS]
    outputs = [predict(network, x) for network in networks]
    assert np.abs(outputs[0] - outputs[1]).min() > 1e-4
    assert np.abs(outputs[1] - outputs[2]).min() > 1e-4


@pytest.mark.claim("network-errors")
def test_a_narrow_network_is_a_chain():
    rng = np.random.default_rng(2)
    w, b = rng.normal(size=(2, 5))
    network = Network(
        Parameters([[[number]] for number in w], [[number] for number in b]),
        cost=squared_error(SIGMOID),
    )
    chain = Chain(w, b)
    error = chain_forward(chain, 0.3).a[-1] - 0.8
    found = gradients(network, [[0.3]], [[0.8]])
    np.testing.assert_allclose(
        np.ravel(found.weights), weight_gradients(chain, 0.3, error), rtol=1e-12
    )
    np.testing.assert_allclose(
        np.ravel(found.biases), bias_gradients(chain, 0.3, error), rtol=1e-12
    )


@pytest.mark.claim("network-layer")
def test_a_layer_is_a_sum_over_inputs():
    network = build((3, 4, 2), np.random.default_rng(1), activation=TANH)
    (W, V), (b, c), _ = network.parameters
    x = np.array([0.2, -0.4, 0.7])
    h = [np.tanh(sum(W[j, k] * x[k] for k in range(3)) + b[j]) for j in range(4)]
    z = [sum(V[i, j] * h[j] for j in range(4)) + c[i] for i in range(2)]
    passed = forward(network, [x])
    np.testing.assert_allclose(passed.z[-1][0], z, rtol=1e-14)
    np.testing.assert_allclose(predict(network, [x])[0], SIGMOID.value(np.array(z)), rtol=1e-14)
    np.testing.assert_allclose(passed.h[1][0], h, rtol=1e-14)


def test_skip_connections_have_the_residual_jacobian():
    network = build((4, 4, 4), np.random.default_rng(9), activation=TANH, skip=0.7)
    x, h = np.random.default_rng(0).normal(size=4), 1e-6
    rows = [forward(network, [x + sign * h * e]).h[1][0] for e in np.eye(4) for sign in (1, -1)]
    found = (np.array(rows[::2]) - rows[1::2]).T / (2 * h)
    W, b = network.parameters.weights[0], network.parameters.biases[0]
    np.testing.assert_allclose(found, residual_jacobian(W, W @ x + b, TANH, 0.7), atol=1e-9)


def by_examples(network, x, y):
    """Errors, example by example and neuron by neuron, for sigmoids with cross-entropy."""
    weights, biases, _ = network.parameters
    total = [0 * b for b in biases]
    for example, target in zip(x, y, strict=True):
        a = [example]
        for W, b in zip(weights, biases, strict=True):
            a.append(1 / (1 + np.exp(-(W @ a[-1] + b))))
        delta = a[-1] - target
        total[-1] = total[-1] + delta
        for l in range(len(weights) - 1, 0, -1):  # noqa: E741
            delta = (weights[l].T @ delta) * a[l] * (1 - a[l])
            total[l - 1] = total[l - 1] + delta
    return [array / len(x) for array in total]


@pytest.mark.claim("learning-speeds")
def test_speed_is_the_norm_of_the_mean_over_examples():
    x, y = problem(m=40)
    network = build((4, 6, 6, 3), np.random.default_rng(8))
    means = by_examples(network, x, y)
    expected = [np.sqrt(np.sum(mean**2)) for mean in means]
    np.testing.assert_allclose(learning_speeds(network, x, y), expected, rtol=1e-12)
    np.testing.assert_allclose(speeds_of(gradients(network, x, y)), expected, rtol=1e-12)


@pytest.mark.parametrize("cost", COSTS, ids=lambda cost: cost.name)
def test_cost_is_the_textbook_formula(cost):
    z = np.random.default_rng(1).normal(size=(6, 3))
    y = np.random.default_rng(2).dirichlet([1, 1, 1], 6)
    a = cost.output(z)
    if cost is CROSS_ENTROPY:
        textbook = -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a), axis=1)
    elif cost is SOFTMAX_CROSS_ENTROPY:
        textbook = -np.sum(y * np.log(a), axis=1)
    else:
        textbook = np.sum((a - y) ** 2, axis=1) / 2
    np.testing.assert_allclose(cost.value(z, y), textbook, rtol=1e-12)


@pytest.mark.parametrize("cost", COSTS[:2], ids=lambda cost: cost.name)
def test_cost_is_finite_where_the_outputs_are_0_and_1(cost):
    z = np.array([[800.0, -800.0, 0.0]])
    wrong = cost.value(z, np.array([[0.0, 1.0, 0.0]]))
    assert wrong == pytest.approx(1600, rel=1e-3)
    assert np.isfinite(cost.slope(z, np.array([[0.0, 1.0, 0.0]]))).all()
    assert cost.value(z, np.array([[1.0, 0.0, 0.0]])) < 1


def test_softmax_outputs_sum_to_one():
    z = np.random.default_rng(3).normal(0, 100, (5, 4))
    np.testing.assert_allclose(SOFTMAX_CROSS_ENTROPY.output(z).sum(axis=1), 1, rtol=1e-14)


@pytest.mark.parametrize(
    "law, weight, bias",
    [
        (NIELSEN, 1 / 20, 1),
        (STANDARD, 1, 1),
        (GLOROT, np.sqrt(2 / 700), 0),
        (HE, np.sqrt(2) / 20, 0),
        (scaled(3, 0.5), 3 / 20, 0.5),
        (orthogonal(2, 0.3), 2 / 20, 0.3),
    ],
    ids=lambda part: getattr(part, "name", ""),
)
def test_spread_of_the_first_weights_and_biases(law, weight, bias):
    (W, _), (b, c) = draw(law, (400, 300, 2000), np.random.default_rng(4))
    assert W.shape == (300, 400)
    assert W.std() == pytest.approx(weight, rel=0.02)
    assert abs(W.mean()) < 4 * weight / np.sqrt(W.size)
    assert np.concatenate([b, c]).std() == pytest.approx(bias, rel=0.06, abs=1e-15)


@pytest.mark.parametrize("shape", [(6, 6), (4, 9), (9, 4)])
def test_orthogonal_weights_keep_lengths(shape):
    W = orthogonal(1.5).weights(np.random.default_rng(0), *shape)
    assert W.shape == shape
    np.testing.assert_allclose(np.linalg.svd(W, compute_uv=False), 1.5, rtol=1e-12)


def test_the_same_seed_gives_the_same_training():
    x, y = problem(m=20)
    twice = [
        train(
            build((4, 5, 3), np.random.default_rng(1)),
            x,
            y,
            3,
            0.1,
            batch=4,
            rng=np.random.default_rng(2),
        )
        for _ in range(2)
    ]
    np.testing.assert_array_equal(*(flat(one.network.parameters) for one in twice))


@pytest.mark.parametrize("normalisation", NORMALISATIONS, ids=str)
def test_normalised_inputs_have_mean_0_and_spread_1(normalisation):
    x, _ = problem(m=50)
    network = build((4, 8, 8, 3), np.random.default_rng(1), HE, RELU, normalisation=normalisation)
    z = forward(network, x).z[1]  # scales are 1 and biases 0 at the start
    axis = normalisation.axis if normalisation.axis is not None else 0
    flat_mean = np.abs(z.mean(axis=axis)).max() < 1e-12
    assert flat_mean == (normalisation is not PLAIN)
    if normalisation is not PLAIN:
        np.testing.assert_allclose(z.std(axis=axis), 1, atol=1e-3)


def test_settled_predictions_do_not_depend_on_their_company():
    x, _ = problem(m=30)
    network = build((4, 8, 3), np.random.default_rng(1), normalisation=BATCH)
    alone = predict(network, x[:2])
    assert np.abs(alone - predict(network, x)[:2]).max() > 1e-3
    network = settle(network, x)
    np.testing.assert_allclose(predict(network, x[:1]), predict(network, x)[:1], rtol=1e-12)
    plain = build((4, 8, 3), np.random.default_rng(1))
    assert settle(plain, x) is plain


def by_a_loop(network, x, y, epochs, rate, decay):
    """Full-batch descent in Nielsen's order: decay and gradient from the weights before."""
    for _ in range(epochs):
        slopes = unflat(differences(network, x, y), network.parameters)
        weights = [
            (1 - rate * decay) * W - rate * g
            for W, g in zip(network.parameters.weights, slopes.weights, strict=True)
        ]
        biases = [
            b - rate * g for b, g in zip(network.parameters.biases, slopes.biases, strict=True)
        ]
        network = replace(network, parameters=Parameters(weights, biases))
    return network


@pytest.mark.claim("descent-step")
def test_descent_moves_against_the_gradient_and_shrinks_weights_alone():
    x, y = problem()
    network = build((4, 5, 3), np.random.default_rng(0))
    before = flat(network.parameters)
    training = train(network, x, y, 4, rate=0.5, weight_decay=0.1)
    loop = by_a_loop(network, x, y, 4, 0.5, 0.1)
    np.testing.assert_allclose(
        flat(training.network.parameters), flat(loop.parameters), rtol=1e-6, atol=1e-8
    )
    np.testing.assert_array_equal(flat(network.parameters), before)  # nothing changed in place


def test_training_is_one_step_after_the_other():
    x, y = problem()
    network = build((4, 5, 5, 3), np.random.default_rng(0))
    training = train(network, x, y, 3, rate=0.3, weight_decay=0.2)
    for epoch in range(3):
        gradient = gradients(network, x, y)
        assert training.costs[epoch] == pytest.approx(average_cost(network, x, y), rel=1e-12)
        np.testing.assert_allclose(training.speeds[epoch], learning_speeds(network, x, y))
        network = step(network, gradient, 0.3, 0.2)
    np.testing.assert_allclose(
        flat(training.network.parameters), flat(network.parameters), rtol=1e-12
    )


def test_small_batches_use_every_example_once_an_epoch():
    seen = []
    rng = np.random.default_rng(6)
    x = np.arange(10.0)[:, None]
    watched = SQUARED_ERROR._replace(
        slope=lambda z, y: seen.append(y[:, 0]) or SQUARED_ERROR.slope(z, y)
    )
    network = Network(Parameters(([[0.1]],), ([0.0],)), cost=watched)
    train(network, x, x, 2, rate=1e-3, batch=4, rng=rng)
    assert [len(some) for some in seen] == [4, 4, 2, 4, 4, 2]
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    np.testing.assert_array_equal(np.sort(first), x[:, 0])
    np.testing.assert_array_equal(np.sort(second), x[:, 0])
    assert (first != second).any()


@pytest.mark.parametrize(
    ("normalisation", "m", "sizes"),
    [(PLAIN, 7, (3, 3, 1)), (LAYER, 7, (3, 3, 1)), (BATCH, 7, (3, 4)), (BATCH, 8, (3, 3, 2))],
    ids=str,
)
def test_a_left_over_example_joins_the_batch_before_it_if_batches_normalise(
    normalisation, m, sizes
):
    x, y = problem(m)
    network = build((4, 5, 3), np.random.default_rng(0), normalisation=normalisation)
    trained = train(network, x, y, 1, 0.3, batch=3, rng=np.random.default_rng(8)).network
    order = np.random.default_rng(8).permutation(m)
    for some in np.split(order, np.cumsum(sizes)[:-1]):
        network = step(network, gradients(network, x[some], y[some]), 0.3)
    np.testing.assert_array_equal(flat(trained.parameters), flat(network.parameters))


@pytest.mark.parametrize("normalisation", NORMALISATIONS, ids=str)
def test_every_layer_can_have_its_own_rate(normalisation):
    x, y = problem()
    network = build((4, 5, 5, 3), np.random.default_rng(0), normalisation=normalisation)
    gradient, rates = gradients(network, x, y), [0.4, 0.2, 0.1]
    after = train(network, x, y, 1, rates, weight_decay=0.5).network.parameters
    for before, found, slopes, shrink in zip(
        network.parameters, after, gradient, (0.5, 0, 0), strict=True
    ):
        for rate, old, new, slope in zip(rates, before, found, slopes, strict=False):
            np.testing.assert_allclose(new, (1 - rate * shrink) * old - rate * slope, atol=1e-15)
    same = train(network, x, y, 2, [0.3] * 3, weight_decay=0.5).network
    alike = train(network, x, y, 2, 0.3, weight_decay=0.5).network
    np.testing.assert_array_equal(flat(same.parameters), flat(alike.parameters))


def test_momentum_adds_a_share_of_the_last_step():
    x, y = problem()
    network = build((4, 3), np.random.default_rng(0))
    g0 = flat(gradients(network, x, y))
    p0 = flat(network.parameters)
    p1 = p0 - 0.1 * g0
    g1 = flat(gradients(replace(network, parameters=unflat(p1, network.parameters)), x, y))
    p2 = p1 - 0.1 * (g1 + 0.9 * g0)
    training = train(network, x, y, 2, rate=0.1, momentum=0.9)
    np.testing.assert_allclose(flat(training.network.parameters), p2, rtol=1e-12)


def test_clipping_keeps_the_direction():
    x, y = problem()
    gradient = gradients(build((4, 5, 3), np.random.default_rng(0)), x, y)
    length = np.linalg.norm(flat(gradient))
    short = clipped(gradient, length / 3)
    np.testing.assert_allclose(flat(short), flat(gradient) / 3, rtol=1e-12)
    np.testing.assert_array_equal(flat(clipped(gradient, 2 * length)), flat(gradient))
    np.testing.assert_array_equal(flat(clipped(Parameters((), (np.zeros(2),)), 1)), 0)


def test_clipped_training_never_moves_farther_than_allowed():
    x, y = problem()
    network = build((4, 5, 3), np.random.default_rng(0), STANDARD)
    moved = train(network, x, y, 1, rate=0.5, max_norm=1e-3).network
    distance = np.linalg.norm(flat(moved.parameters) - flat(network.parameters))
    assert distance == pytest.approx(0.5e-3, rel=1e-9)


def test_training_that_leaves_the_floats_stops_with_the_last_finite_network():
    x, y = problem()
    network = build((4, 5, 5, 3), np.random.default_rng(0), activation=LINEAR, cost=SQUARED_ERROR)
    training = train(network, x, y, 60, rate=100)
    assert np.isfinite(training.costs[0]) and np.isnan(training.costs[-1])
    assert np.isnan(training.speeds[-1]).all()
    assert np.isfinite(flat(training.network.parameters)).all()


@pytest.mark.parametrize("normalisation", NORMALISATIONS, ids=str)
def test_training_learns(normalisation):
    rng = np.random.default_rng(1)
    x = rng.normal(size=(200, 2))
    labels = (x[:, 0] * x[:, 1] > 0).astype(int)
    network = build(
        (2, 16, 16, 2), rng, GLOROT, TANH, SOFTMAX_CROSS_ENTROPY, normalisation, skip=1.0
    )
    training = train(network, x, one_hot(labels, 2), 100, 0.3, batch=20, rng=rng)
    assert training.costs[-1] < 0.5 * training.costs[0]
    assert accuracy(training.network, x, labels) > 0.88  # 0.5 is chance


def test_a_network_shows_its_shape_and_kinds_alone():
    network = build((2, 3, 1), np.random.default_rng(0), HE, RELU, SQUARED_ERROR, LAYER, 0.5)
    assert repr(network) == (
        "Network(sizes=(2, 3, 1), activation=RELU, cost=SQUARED_ERROR, "
        "normalisation=LAYER, skip=0.5)"
    )


def test_no_epochs_change_nothing():
    x, y = problem()
    network = build((4, 3), np.random.default_rng(0))
    training = train(network, x, y, 0, 0.1)
    np.testing.assert_array_equal(flat(training.network.parameters), flat(network.parameters))
    assert training.costs.shape == (0,) and training.speeds.shape == (0, 1)


def test_batch_normalisation_never_meets_a_batch_of_one():
    x, y = problem(m=9)
    network = build((4, 5, 3), np.random.default_rng(0), normalisation=BATCH)
    training = train(network, x, y, 2, 0.1, batch=4, rng=np.random.default_rng(0))
    assert np.isfinite(training.costs).all()
    with pytest.raises(ValueError, match="batch of 1"):
        train(network, x, y, 1, 0.1, batch=1, rng=np.random.default_rng(0))


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda n, x, y: forward(n, x[:, :3]), ValueError, r"x has shape \(7, 3\); give examples"),
        (lambda n, x, y: forward(n, x[0]), ValueError, "x has shape"),
        (lambda n, x, y: gradients(n, x, y[:5]), ValueError, "x has 7 rows and y has 5"),
        (lambda n, x, y: gradients(n, x * np.nan, y), ValueError, r"x\[0, 0\] is nan"),
        (lambda n, x, y: build((4, 0), np.random.default_rng()), ValueError, r"sizes\[1\] is 0"),
        (lambda n, x, y: build((4,), np.random.default_rng()), ValueError, "sizes has 1"),
        (lambda n, x, y: build((4, 2), 1), TypeError, "rng is 1; give a Generator"),
        (
            lambda n, x, y: build((4, 2), np.random.default_rng(), TANH),
            TypeError,
            "give an Initialisation, such as GLOROT",
        ),
        (lambda n, x, y: step(n, Parameters((), ()), 1), ValueError, "gradient has other shapes"),
        (lambda n, x, y: replace(n, activation="tanh"), TypeError, "activation is 'tanh'"),
        (lambda n, x, y: replace(n, cost=None), TypeError, "cost is None; give a Cost"),
        (lambda n, x, y: replace(n, normalisation=BATCH), ValueError, "scales have lengths"),
        (lambda n, x, y: replace(n, skip=np.nan), ValueError, "skip is nan"),
        (lambda n, x, y: Network(Parameters((), ())), ValueError, "0 weight matrices"),
        (lambda n, x, y: Network(Parameters(([[1, 2]],), ([1, 2],))), ValueError, r"give \(2, 2\)"),
        (lambda n, x, y: train(n, x, y, 1, rate=0), ValueError, "rate is 0.0; give"),
        (lambda n, x, y: train(n, x, y, 1, [1, 2, 3]), ValueError, r"rate has shape \(3,\)"),
        (lambda n, x, y: train(n, x, y, 1, 1, 1), ValueError, "weight_decay is 1.0; give"),
        (lambda n, x, y: train(n, x, y, 1, 1, -1), ValueError, "weight_decay is -1.0; give"),
        (lambda n, x, y: train(n, x, y, 1, 1, momentum=1), ValueError, "momentum is 1.0; give"),
        (lambda n, x, y: train(n, x, y, 1, 1, max_norm=0), ValueError, "max_norm is 0.0; give"),
        (lambda n, x, y: train(n, x, y, -1, 1), ValueError, "epochs is -1; give"),
        (lambda n, x, y: train(n, x, y, 1, 1, batch=2), TypeError, "rng is None; give"),
        (lambda n, x, y: accuracy(n, x, [1]), ValueError, "x has 7 rows and labels has 1"),
        (lambda n, x, y: one_hot([0, 3], 3), ValueError, "labels holds 3.0; give"),
        (lambda n, x, y: one_hot([0.5], 3), ValueError, "labels holds 0.5; give"),
        (lambda n, x, y: scaled(-1), ValueError, "w_std is -1.0; give"),
        (lambda n, x, y: orthogonal(1, np.inf), ValueError, "b_std is inf"),
    ],
)
def test_strange_arguments_are_refused(call, error, message):
    x, y = problem()
    with pytest.raises(error, match=message):
        call(build((4, 5, 3), np.random.default_rng(0)), x, y)
