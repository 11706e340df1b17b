"""The claims of the chapter on cures, its numbers, and the runs that it shows stored."""

import cures
import folds
import mpmath
import numpy as np
import pytest
import shattered
import stacks
from hypothesis import given
from hypothesis import strategies as st

from slopes.activation import RELU, SIGMOID, TANH, Activation
from slopes.chain import Chain, forward
from slopes.data import digits, stored
from slopes.meanfield import (
    correlation_map,
    critical_line,
    fixed_variance,
    mean_square_gain,
    variance_map,
)
from slopes.network import (
    BATCH,
    GLOROT,
    HE,
    LAYER,
    NIELSEN,
    ORTHOGONAL,
    PLAIN,
    accuracy,
    build,
    one_hot,
    scaled,
    train,
)
from slopes.network.gradients import _through_normalisation
from slopes.network.layers import run


def measured_gain(width=200, depth=14, examples=400, seed=0, skip=None, **options):
    """Factor per layer of the mean square of the errors of single examples, in deep layers."""
    images, labels = digits()
    x, y = images[:examples], one_hot(labels[:examples])
    rng = np.random.default_rng(seed)
    net = build([64] + [width] * depth + [10], rng, skip=skip, **options)
    traces, z, _ = run(net, net.parameters, x)
    back, squares = net.cost.slope(z, y) @ net.parameters.weights[-1], []
    for i in reversed(range(1, depth)):
        W, trace = net.parameters.weights[i], traces[i]
        squares.append(np.mean(back**2))
        delta = back * trace.slope
        if net.normalisation.axis is not None:
            delta = _through_normalisation(
                delta * net.parameters.scales[i], trace, net.normalisation.axis
            )
        back = delta @ W + (0 if skip is None else back)
    return (squares[-2] / squares[1]) ** (1 / (len(squares) - 3))


@pytest.mark.claim("normalised-gain")
def test_layer_normalisation_divides_by_the_mean_square():
    expected = mean_square_gain(1, 0, SIGMOID, 1) / variance_map(1, 1, 0, SIGMOID)
    assert expected == pytest.approx(0.1528, abs=5e-5)
    measured = measured_gain(initialisation=scaled(1, 0), normalisation=LAYER)
    assert measured == pytest.approx(expected, rel=0.07)


@pytest.mark.claim("normalised-gain")
@pytest.mark.claim("batch-norm-gain")
def test_batch_normalisation_divides_by_the_variance():
    assert np.pi / (np.pi - 1) == pytest.approx(1.467, abs=5e-4)
    measured = measured_gain(initialisation=HE, activation=RELU, normalisation=BATCH)
    assert measured == pytest.approx(np.pi / (np.pi - 1), rel=0.03)
    # sigmoids are not quite normal over the digits, and grow a little faster
    expected = mean_square_gain(1, 0, SIGMOID, 1) / (variance_map(1, 1, 0, SIGMOID) - 1 / 4)
    assert expected == pytest.approx(1.0336, abs=5e-5)
    measured = measured_gain(initialisation=scaled(1, 0), normalisation=BATCH)
    assert expected - 0.02 < measured < 1.12


def test_normal_biases_make_layer_normalisation_worse_and_hardly_change_batch():
    slopes, square = mean_square_gain(1, 0, SIGMOID, 2), variance_map(2, 1, 0, SIGMOID)
    shared = square * correlation_map(0.5, 2, 1, 0, SIGMOID)
    assert slopes / square == pytest.approx(0.1163, abs=5e-5)
    assert 7.5 * np.log10(slopes / square) == pytest.approx(-7.0, abs=0.05)
    assert slopes / (square - shared) == pytest.approx(1.053, abs=5e-4)
    # the bias is the same for all examples: their mean, bias by bias, by another quadrature
    nodes, mass = np.polynomial.hermite_e.hermegauss(80)
    mass = mass / mass.sum()
    means = SIGMOID.value(nodes + nodes[:, None]) @ mass
    assert mass @ means**2 == pytest.approx(float(shared), rel=1e-6)
    measured = measured_gain(initialisation=NIELSEN, normalisation=LAYER)
    assert measured == pytest.approx(0.1163, rel=0.07)


@pytest.mark.claim("batch-norm-gain")
@given(st.lists(st.floats(-3, 3), min_size=3, max_size=8), st.floats(0.05, 3))
def test_the_variance_never_exceeds_the_mean_square_slope(weights, scale):
    nodes, mass = np.polynomial.hermite_e.hermegauss(150)
    mass = mass / mass.sum()
    at = np.linspace(-2, 2, len(weights))
    bent = np.tanh(scale * (nodes[:, None] - at))
    value = bent @ weights
    slope = scale * (1 - bent**2) @ np.array(weights)
    mean = mass @ value
    variance, steep = mass @ (value - mean) ** 2, mass @ slope**2
    assert variance <= steep * (1 + 1e-3) + 1e-12


@pytest.mark.claim("batch-norm-gain")
def test_hermite_coefficients_give_variance_and_slope():
    nodes, mass = np.polynomial.hermite_e.hermegauss(120)
    mass = mass / mass.sum()
    k = np.arange(60)
    basis = np.polynomial.hermite_e.hermevander(nodes, 59) / np.sqrt(np.cumprod(np.maximum(k, 1.0)))
    a = basis.T @ (mass * np.tanh(nodes))
    assert a[1:] @ a[1:] == pytest.approx(variance_map(1, 1, 0, TANH), rel=1e-4)
    assert (k * a) @ a == pytest.approx(mean_square_gain(1, 0, TANH, 1), rel=1e-3)


@pytest.mark.claim("skip-gain")
def test_a_skip_connection_adds_one():
    width, q = 400, 1.7
    rng = np.random.default_rng(1)
    factors = []
    for _ in range(20):
        W, z = rng.normal(0, 1.3 / width**0.5, (width, width)), rng.normal(0, q**0.5, width)
        error = rng.normal(size=width)
        back = error + W.T @ (SIGMOID.slope(z) * error)
        factors.append(np.sum(back**2) / np.sum(error**2))
    expected = 1 + mean_square_gain(1.3, 0, SIGMOID, q)
    assert np.mean(factors) == pytest.approx(expected, abs=0.01)
    assert 1 < measured_gain(skip=1.0, initialisation=NIELSEN) < 1 + 1 / 16


@pytest.mark.claim("gate-memory")
@given(st.floats(-5, 30))
def test_a_gate_remembers_as_long_as_its_bias_says(b):
    with mpmath.workdps(40):
        bias = mpmath.mpf(b)
        steps = 1 / mpmath.log(1 + mpmath.exp(-bias))
        assert mpmath.exp(bias) < steps < mpmath.exp(bias) + mpmath.mpf(1) / 2


def test_seventeen_of_nielsens_layers_shorten_by_half_a_million_million():
    assert mean_square_gain(1, 1, SIGMOID) ** -8.5 == pytest.approx(0.5e12, rel=0.02)


def test_gates_of_the_prose():
    kept = SIGMOID.value(np.array([4.96, 4.97])) ** 100
    assert kept[0] < 0.5 < kept[1]
    assert -np.log(2 ** (1 / 100) - 1) == pytest.approx(4.968, abs=5e-4)


KINDS = {
    "plain": {},
    "tanh": {"law": GLOROT, "activation": "tanh"},
    "relu": {"law": scaled(2**0.5, 0.3), "activation": "relu"},
    "skip": {"skip": 0.7},
    "batch": {"normalisation": BATCH},
    "layer": {"normalisation": LAYER},
}


def sources(*more, seeds=(0, 1)):
    return [np.random.default_rng([seed, *more]) for seed in seeds]


@pytest.mark.parametrize("kind", [*KINDS, "gates"])
def test_gradients_of_stacked_networks_agree_with_differences(kind):
    options = {"law": NIELSEN} | (KINDS[kind] if kind in KINDS else {"gates": -2.0})
    stack = stacks.Stack([5, 4, 4, 4, 3], sources(), **options)
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 6, 5)), rng.random((2, 6, 3))
    _, found = stack.gradient(x, y)
    for (name, i), gradient in found.items():
        arrays = getattr(stack, name)[i]
        pairs = zip(arrays, gradient, strict=True) if name == "gates" else [(arrays, gradient)]
        for array, slopes in pairs:
            for place in list(np.ndindex(array.shape))[::5]:
                costs, before = [], array[place]
                for step in (1e-6, -1e-6):
                    array[place] = before + step
                    costs.append(stack.gradient(x, y)[0][place[0]])
                array[place] = before
                assert (costs[0] - costs[1]) / 2e-6 == pytest.approx(slopes[place], abs=1e-8)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("max_norm", [None, 0.1])
def test_stacked_networks_are_trained_as_the_package_trains_them(kind, max_norm):
    (images, labels), options = digits(), {"law": NIELSEN} | KINDS[kind]
    x, y, sizes, rates = images[:300], one_hot(labels[:300]), [64, 12, 12, 12, 10], (0.1, 0.7)
    stack = stacks.Stack(sizes, sources(), **options)
    costs = stack.train(x, y, 2, rates, sources(10), 10, 1e-3, max_norm)
    shares = stack.accuracy(images[300:500], labels[300:500], x)
    activation = stacks.KINDS[options.pop("activation", "sigmoid")]
    law, normal = options.pop("law"), options.pop("normalisation", PLAIN)
    rows = zip(sources(), sources(10), rates, costs, shares, strict=True)
    for start, order, rate, cost, share in rows:
        network = build(sizes, start, law, activation, normalisation=normal, **options)
        training = train(network, x, y, 2, rate, 1e-3, 10, order, max_norm)
        assert cost == pytest.approx(training.costs[-1], rel=1e-9)
        assert share == accuracy(training.network, images[300:500], labels[300:500])


@pytest.mark.parametrize("options", [{}, {"normalisation": BATCH}, {"gates": -2.0}])
def test_frozen_layers_stay_as_they_were_drawn(options):
    (images, labels), sizes = digits(), [64, 8, 8, 8, 10]
    drawn, stack = (stacks.Stack(sizes, sources(), NIELSEN, **options) for _ in range(2))
    stack.train(images[:100], one_hot(labels[:100]), 1, [0.1, 0.1], sources(10), frozen=True)
    pairs = [
        (now, before)
        for name in ("weights", "biases", "scales")
        for now, before in zip(getattr(stack, name), getattr(drawn, name), strict=True)
    ]
    moved = [not np.array_equal(now, before) for now, before in pairs]
    expected = [True, False, False, True] * 2 + [True, False, False] * bool(stack.scales)
    assert moved == expected
    for now, before in zip(stack.gates, drawn.gates, strict=True):
        assert all(np.array_equal(one, other) for one, other in zip(now, before, strict=True))


def test_a_network_that_diverges_is_marked_and_the_others_go_on():
    images, labels = digits()
    x, y, sizes = images[:200], one_hot(labels[:200]), [64] + [30] * 16 + [10]

    def share(seeds, rates):
        stack = stacks.Stack(sizes, sources(seeds=seeds), cures.STEEP, "relu")
        stack.train(x, y, 1, rates, sources(10, seeds=seeds))
        return stack.accuracy(images[200:], labels[200:], x)

    lost, kept = share((0, 1), (3.0, 1e-9))
    assert np.isnan(lost) and kept == share((1,), (1e-9,))[0]


def test_the_chosen_rate_has_the_best_validation_accuracy_and_no_divergence():
    nan = np.nan
    assert cures.best(np.array([[0.5, 0.7], [0.9, nan], [0.8, 0.6], [0.7, 0.7]])) == 2
    assert cures.best(np.array([[0.1, 0.1], [nan, nan]])) == 0
    runs = stored("cures")
    for name in cures.TABLES:
        _, rates = cures.plan(*cures.TABLES[name][1:])
        search = np.where(np.isnan(runs[f"{name}_search"]), -1, runs[f"{name}_search"])
        assert np.array(rates)[search.argmax(axis=1)].tolist() == runs[f"{name}_rates"].tolist()


@pytest.mark.parametrize("name", cures.TABLES)
def test_stored_accuracies_are_those_of_the_script(name):
    runs, (remedy, frozen, width) = stored("cures"), cures.TABLES[name]
    depths, _ = cures.plan(frozen, width)
    assert runs[name].shape == (len(depths), cures.SEEDS)
    if width == cures.WIDTH:
        rate, depth = runs[f"{name}_rates"][0], depths[0]
        right = cures.trained(remedy, depth, [4], [rate], frozen)[1][0]
        # 4 of 447 digits may fall the other way where matrix products round otherwise
        assert right == pytest.approx(runs[name][0, 4], abs=4 / 447 + 1e-4)


def test_stored_results_are_those_of_the_tables():
    runs = stored("cures")
    assert runs["depths"].tolist() == list(cures.DEPTHS)
    assert runs["frozen_depths"].tolist() == list(cures.FROZEN_DEPTHS)
    assert runs["wide_depths"].tolist() == list(cures.WIDE_DEPTHS)
    names = {name + ending for name in cures.TABLES for ending in ("", "_rates", "_search")}
    given = {"depths", "frozen_depths", "wide_depths", "tried", "wide_tried"}
    assert set(runs) == names | given


def shares_of(name, depth):
    """Stored accuracies of all seeds, in percent."""
    runs, (_, frozen, width) = stored("cures"), cures.TABLES[name]
    return 100 * runs[name][cures.plan(frozen, width)[0].index(depth)]


@pytest.mark.parametrize(
    "name, depth, stated",
    [
        ("nielsen", 4, 49),
        ("sigmoid_glorot", 4, 34),
        ("sigmoid_glorot", 8, 9),
        ("layer", 4, 96),
        ("gates_3", 32, 97),
        ("gates_3", 16, 98),
        ("skip", 32, 96),
        ("batch", 32, 92),
        ("gates_3_frozen", 32, 96),
        ("skip_frozen", 32, 17),
        ("batch_frozen", 32, 52),
        ("tanh_glorot", 32, 57),
        ("relu_he", 32, 47),
        ("tanh_glorot_120", 32, 94),
        ("tanh_orthogonal", 32, 94),
        ("tanh_orthogonal_frozen", 32, 98),
        ("tanh_glorot_frozen", 32, 94),
        ("relu_he_frozen", 32, 55),
        ("relu_steep", 8, 76),
        ("relu_steep_clipped", 8, 94),
        ("relu_steep_clipped", 16, 51),
        ("relu_steep_clipped", 32, 14),
        ("gates_2", 16, 97),
        ("gates_2", 32, 54),
    ],
)
def test_accuracies_of_the_prose(name, depth, stated):
    assert shares_of(name, depth).mean() == pytest.approx(stated, abs=0.51)


def test_what_fails_fails_at_each_rate_and_what_explodes_diverges():
    runs, eight = stored("cures"), cures.DEPTHS.index(8)
    for name in ("nielsen", "nielsen_clipped", "layer"):
        assert runs[f"{name}_search"].shape == (6, 7)
        assert np.all(runs[f"{name}_search"][eight:] < 0.2)
        assert all(shares_of(name, depth).mean() < 12 for depth in (8, 16, 32))
    assert np.isnan([shares_of("relu_steep", depth) for depth in (16, 32)]).all()
    assert np.isnan(runs["relu_steep_search"][4:]).all()


def test_depth_gains_nothing_on_the_digits():
    best = max(shares_of(name, 2).mean() for name in cures.REMEDIES)
    assert best == pytest.approx(98.7, abs=0.05)
    for name, (_, frozen, width) in cures.TABLES.items():
        deep = [depth for depth in cures.plan(frozen, width)[0] if depth > 2]
        assert not any(shares_of(name, depth).mean() > best for depth in deep)


def test_numbers_beside_the_accuracies():
    assert mean_square_gain(1, 0, SIGMOID) == pytest.approx(0.056, abs=5e-4)
    assert mean_square_gain(2.5, 0, RELU) == pytest.approx(3.1, abs=0.05)
    memory = -1 / np.log(SIGMOID.value(np.array([2, 3, 4])))
    assert memory == pytest.approx([7.9, 20.6, 55.1], abs=0.05)


@pytest.mark.parametrize("remedy", folds.REMEDIES)
def test_stored_boards_are_those_of_the_script(remedy):
    board = stored("folds")
    assert board[remedy].shape == (len(folds.DEPTHS), folds.SEEDS)
    assert board[f"{remedy}_frozen"].shape == (len(folds.FROZEN_DEPTHS), folds.SEEDS)
    right = folds.trained(remedy, 1, [3], [board[f"{remedy}_rates"][0]])[1][0]
    assert right == pytest.approx(board[remedy][0, 3], abs=0.05)


def test_a_board_is_folded_in_the_middle_twice():
    x, colours = folds.board(2000, np.random.default_rng(1))
    places = (x + 2) / 4
    twice = np.where((places * 4 % 2) < 1, places * 4 % 1, 1 - places * 4 % 1)
    np.testing.assert_allclose(folds.folded(places), twice, atol=1e-12)
    assert np.array_equal(colours, ((twice[:, 0] > 0.5) == (twice[:, 1] > 0.5)).astype(int))
    assert 0.45 < colours.mean() < 0.55


def test_on_the_board_depth_pays_where_it_is_trained():
    found = stored("folds")
    board = {name: 100 * rows.mean(axis=1) for name, rows in found.items() if rows.ndim == 2}
    relu, frozen = board["relu_he"], board["relu_he_frozen"]
    assert [*relu, *frozen] == pytest.approx([60, 78, 83, 84, 69, 67], abs=0.51)
    assert np.all(np.diff(relu) > 0) and np.all(frozen < relu[2:] - 10)
    others = [board["relu_batch"][3], board["relu_skip"][3], board["relu_skip_frozen"][1]]
    assert others == pytest.approx([75, 88, 63], abs=0.51)


def test_the_wall_of_the_cliff_stands_where_the_chapter_says():
    b = np.array([-2.63, -2.58, -2.57])
    chain = Chain(np.full((3, 50), 6), np.tile(b[:, None], 50))
    off = forward(chain, 0).a[:, -1] - 0.15
    cost = off**2 / 2
    assert cost[0] < 1e-4 and cost[1] < 0.01 and cost[2] > 0.3
    assert fixed_variance(1.5, 0, TANH) == pytest.approx(0.79, abs=0.005)
    assert np.sqrt(np.pi / (np.pi - 1)) == pytest.approx(1.21, abs=0.005)
    funnel = [784 * 2 / 814, 30 * 2 / 40, 30 * 2 / 814, 10 * 2 / 40]
    assert funnel == pytest.approx([1.926, 1.5, 0.0737, 0.5], abs=5e-4)
    assert variance_map(1, 1, 0, SIGMOID) - 1 / 4 == pytest.approx(0.0434, abs=5e-5)


def test_gates_of_minus_2_need_their_rate():
    runs, sixteen = stored("cures"), cures.DEPTHS.index(16)
    at = runs["gates_2_search"][sixteen][cures.RATES.index(0.1)]
    assert 100 * at == pytest.approx(57, abs=0.5)
    rates = [runs["gates_2_rates"][sixteen:], runs["gates_3_rates"][-1:]]
    assert np.concatenate(rates).tolist() == [1.0, 1.0, 1.0]


def test_training_validation_and_unseen_digits_are_apart():
    parts = cures.split()
    assert [len(part) for part in parts] == [1100, 250, 447]
    assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(1797))


@pytest.mark.parametrize("law", shattered.LAWS)
def test_stored_autocorrelations_are_those_of_the_script(law):
    runs = stored("shattered")
    assert runs["depths"].tolist() == list(shattered.DEPTHS)
    at = shattered.DEPTHS.index(10)
    again = shattered.measured(law, 10, range(2))
    np.testing.assert_allclose(again, runs[law][at, :2], rtol=0, atol=1e-3)


def covariance(x, y, kept, biases, depth):
    """Covariance of the outputs for inputs x and y in wide ReLU layers, after each layer."""
    unit = kept / shattered.WIDTH
    b = unit * biases
    xx, yy, xy, rows = unit * x * x + b, unit * y * y + b, unit * x * y + b, []
    for _ in range(depth):
        scale = np.sqrt(xx * yy)
        c = np.clip(xy / scale, -1, 1)
        # both variances count: the map of correlations holds for equal ones, the root for all
        xy = scale * correlation_map(c, 1, np.sqrt(kept), 0, RELU) * kept / 2
        rows.append(xy)
        xx, yy, xy = kept * xx / 2 + b, kept * yy / 2 + b, xy + b
    return np.array(rows)


@pytest.mark.parametrize(("kept", "depth"), [(1, 8), (2, 50)])
def test_predicted_autocorrelation_is_the_mixed_derivative_of_the_covariance(kept, depth):
    x, e = np.linspace(-2, 2 - shattered.LAG, 400), 1e-3
    y = x + shattered.LAG

    def at(i, k):
        return covariance(x + i * e, y + k * e, kept, 1, depth)

    mixed = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * e * e)
    alone = kept / shattered.WIDTH * (kept / 2) ** np.arange(1, depth + 1)
    expected = mixed.mean(axis=1) / alone
    found = shattered.predicted(kept, 1, depth)
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-4)
    name = "kept_predicted" if kept == 2 else "halved_predicted"
    np.testing.assert_allclose(stored("shattered")[name][:depth], found, rtol=0, atol=1e-4)


def likeness_of_errors(kept, depth, width, rng):
    """Products of the errors of x = 1 and 1.25 after some layers, over their squares."""
    h, spread, masks = np.array([[1.0], [1.25]]), np.sqrt(kept / width), []
    for inputs in [1] + [width] * (depth - 1):
        z = h @ rng.normal(0, spread, (inputs, width)) + rng.normal(0, spread, width)
        h, masks = RELU.value(z), [*masks, RELU.slope(z)]
    back = np.tile(rng.normal(size=width), (2, 1))
    for mask in reversed(masks[1:]):
        back = (back * mask) @ rng.normal(0, spread, (width, width))
    back = back * masks[0]
    return back[0] @ back[1], back[0] @ back[0]


@pytest.mark.claim("gradient-correlation")
@pytest.mark.parametrize(("kept", "stated"), [(1, 0.86), (2, 0.76)])
def test_errors_of_relu_layers_lose_their_likeness_as_the_chapter_says(kept, stated):
    rng = np.random.default_rng(8)
    rows = np.array([likeness_of_errors(kept, 10, 300, rng) for _ in range(30)])
    alike, alone = rows.sum(axis=0)
    assert alike / alone == pytest.approx(stated, abs=0.03)


def test_slopes_agree_with_differences():
    for skip in (None, 0.3):
        net = shattered.network(2, 1, 5, np.random.default_rng(2), skip)
        x = np.array([-1.3, 0.2, 1.7])
        sides = [run(net, net.parameters, (x + h)[:, None])[1][:, 0] for h in (-1e-7, 1e-7)]
        found = shattered.slopes(net, x)
        np.testing.assert_allclose(found, (sides[1] - sides[0]) / 2e-7, atol=1e-6)


def test_pooled_autocorrelation_comes_near_the_prediction_for_half_the_variance():
    lag, depth = 8, 24
    nets = (shattered.network(1, 1, depth, np.random.default_rng([s, depth])) for s in range(20))
    slopes = np.array([shattered.slopes(net, shattered.X) for net in nets])
    pooled = np.sum(slopes[:, lag:] * slopes[:, :-lag]) / np.sum(slopes**2) * 129 / 121
    assert pooled == pytest.approx(0.71, abs=5e-3)
    assert shattered.predicted(1, 1, 20)[-1] == pytest.approx(0.74, abs=5e-3)


def test_numbers_of_the_exercises():
    assert np.sqrt(2 / 1.0625) == pytest.approx(1.372, abs=5e-4)
    q = np.linspace(0.01, 1, 10_001)
    line = critical_line(q)
    assert np.interp(0.2, line.b_std, q) == pytest.approx(0.512, abs=5e-4)
    assert np.interp(0.2, line.b_std, line.w_std) == pytest.approx(1.304, abs=5e-4)
    chi = mean_square_gain(1, 0.2)
    assert chi == pytest.approx(0.779, abs=5e-4)
    assert fixed_variance(1, 0.2) == pytest.approx(0.170, abs=5e-4)
    assert 2 * np.log(10) / -np.log(chi) == pytest.approx(18.4, abs=0.05)
    batch = mean_square_gain(1, 0, TANH, 1) / variance_map(1, 1, 0, TANH)
    assert batch == pytest.approx(1.178, abs=5e-4)
    assert 2 * np.log(1000) / np.log(np.pi / (np.pi - 1)) == pytest.approx(36.1, abs=0.05)
    soft = 0.01 * mean_square_gain(1, 0, TANH, 0.01) / variance_map(0.01, 1, 0, TANH)
    assert 1 < soft == pytest.approx(1.0001, abs=1e-4)
    signal, back = 784 * 30 * (2 / 814) * (2 / 40), 30 * 10 * (2 / 814) * (2 / 40)
    assert [signal, back] == pytest.approx([2.889, 0.0369], abs=5e-4)
    assert np.sqrt([signal, back]) == pytest.approx([1.70, 0.19], abs=5e-3)


HALF = Activation("half", lambda z: SIGMOID.value(z) - 0.5, SIGMOID.slope, SIGMOID.log_slope, 0.25)


@pytest.mark.parametrize(
    ("remedy", "rate", "least"),
    [
        ({"activation": TANH, "initialisation": scaled(1, 0)}, 0.01, 0.88),
        ({"activation": HALF, "initialisation": scaled(1, 0)}, 0.1, 0.5),
        ({"skip": 1.0}, 0.1, 0.88),
    ],
    ids=["tanh", "half", "skip"],
)
def test_what_rescues_layer_normalisation(remedy, rate, least):
    # how matrix products round moves these by several points, and the second by more
    (images, labels), order = digits(), np.random.default_rng(0).permutation(1797)
    seen, unseen = order[:1350], order[1350:]
    options = {"initialisation": NIELSEN, "normalisation": LAYER} | remedy
    network = build([64] + [30] * 16 + [10], np.random.default_rng([0, 16]), **options)
    rng = np.random.default_rng([0, 16, 10])
    end = train(network, images[seen], one_hot(labels[seen]), 10, rate, 1e-4, 10, rng).network
    assert accuracy(end, images[unseen], labels[unseen]) > least


def test_random_biases_spoil_layer_normalisation():
    for activation, mean, stated in ((TANH, 0, 0.67), (SIGMOID, 0.5, 0.54)):
        square = variance_map(2, 1, 0, activation) - mean**2
        chi = mean_square_gain(1, 0, activation, 2) / square
        assert chi == pytest.approx(stated, abs=5e-3)


def test_a_scaled_tanh_with_scaled_weights_is_the_same_network():
    steep = Activation(
        "steep", lambda z: 100 * np.tanh(z), lambda z: 100 * TANH.slope(z), TANH.log_slope, 100
    )
    q = np.array([0.1, 1, 3])
    np.testing.assert_allclose(variance_map(q, 0.01, 0, steep), variance_map(q, 1), rtol=1e-12)
    np.testing.assert_allclose(
        mean_square_gain(0.01, 0, steep, q), mean_square_gain(1, 0, TANH, q), rtol=1e-12
    )


def test_orthogonal_layers_have_the_mean_square_gain_of_gaussian_ones():
    rng = np.random.default_rng(3)
    W = ORTHOGONAL.weights(rng, 50, 50)
    z = rng.normal(size=(2000, 50))
    error = rng.normal(size=(2000, 50))
    back = (TANH.slope(z) * error) @ W
    assert np.mean(back**2) == pytest.approx(mean_square_gain(1, 0, TANH, 1), rel=0.02)
