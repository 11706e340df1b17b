"""Chains of neurons: their gradients against closed forms, exact arithmetic and differences."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from slopes import chain as chain_module
from slopes.activation import LINEAR, RELU, SIGMOID, TANH, sigmoid_slope
from slopes.chain import (
    Chain,
    bias_gradients,
    forward,
    gains,
    gradient,
    gradient_bound,
    gradient_shortfall,
    log_bias_gradients,
    log_gains,
    log_gradient,
    log_gradient_bound,
    log_weight_gradients,
    weight_gradients,
)

EXPLODING = Chain([100] * 4, -50)


def ones(n, activation=SIGMOID):
    return Chain(np.ones(n), 0, activation)


def random_chain(seed, *shape, scale=1.0, activation=SIGMOID):
    rng = np.random.default_rng(seed)
    return Chain(scale * rng.normal(size=shape), scale * rng.normal(size=shape), activation)


def exact_errors(chain, x):
    """Output, and ``∂a_n/∂z_i`` of one sigmoid chain, in 60 digits."""
    with mp.workdps(60):
        a, slopes = mp.mpf(x), []
        for w, b in zip(chain.w, chain.b, strict=True):
            decay = mp.exp(-(mp.mpf(w) * a + mp.mpf(b)))
            a, slopes = 1 / (1 + decay), [*slopes, decay / (1 + decay) ** 2]
        errors = [slopes[-1]]
        for w, slope in zip(chain.w[:0:-1], slopes[-2::-1], strict=True):
            errors.insert(0, errors[0] * mp.mpf(w) * slope)
        return a, errors


def exact_gradient(chain, x):
    with mp.workdps(60):
        return exact_errors(chain, x)[1][0] * mp.mpf(chain.w[0])


def differences(function, point, step=1e-6):
    """Central differences of `function` along each element of `point`."""
    steps = step * np.eye(point.size)
    return np.array([function(point + s) - function(point - s) for s in steps]) / (2 * step)


small = st.floats(-4, 4)
sizes = st.integers(1, 12)


@st.composite
def chains(draw, activation=SIGMOID):
    n = draw(sizes)
    return Chain(
        draw(arrays(float, n, elements=small)), draw(arrays(float, n, elements=small)), activation
    )


# the forward pass


@pytest.mark.claim("chain-forward")
def test_forward_pass_follows_the_recursion():
    chain = random_chain(1, 6)
    z, a = forward(chain, 0.3)
    assert a[0] == 0.3
    assert np.array_equal(z, chain.w * a[:-1] + chain.b)
    assert np.allclose(a[1:], 1 / (1 + np.exp(-z)), rtol=1e-15)


@pytest.mark.parametrize("id", ["chain_y_1234", "chain_y_w100x4"])
def test_output_of_known_chains(fact, id):
    known = fact(id)
    bias = -50 if id == "chain_y_w100x4" else 0
    output = forward(Chain(known.inputs["weights"], bias), known.inputs["x"]).a[-1]
    assert output == pytest.approx(known.value, rel=known.rtol)


def test_chains_with_weights_1_settle(fact):
    settled, rate = fact("ones_fixed_point"), fact("ones_rate")
    for x in (-100, 0.5, 100):
        assert forward(ones(60), x).a[-1] == pytest.approx(settled.value, rel=settled.rtol)
        assert gains(ones(60), x)[-1] == pytest.approx(rate.value, rel=rate.rtol)


def test_leading_axes_are_separate_chains():
    w, b = np.random.default_rng(2).normal(size=(2, 3, 1, 5))
    x = np.linspace(0, 1, 4)
    z, a = forward(Chain(w, b), x)
    assert z.shape == (3, 4, 5)
    assert a.shape == (3, 4, 6)
    for i, j in np.ndindex(3, 4):
        alone = Chain(w[i, 0], b[i, 0])
        assert np.array_equal(a[i, j], forward(alone, x[j]).a)
        for function in (gains, gradient, weight_gradients, bias_gradients, gradient_shortfall):
            assert np.array_equal(function(Chain(w, b), x)[i, j], function(alone, x[j])), (
                function.__name__
            )


@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU, LINEAR])
@pytest.mark.parametrize("scale", [0.1, 1, 5, 30])
@pytest.mark.parametrize("n", [1000, 1023, 1024, 5000])
def test_side_by_side_is_layer_by_layer(activation, scale, n):
    chain = random_chain(n, n, scale=scale, activation=activation)
    with np.errstate(over="ignore", invalid="ignore"):
        z, a = chain_module._layer_by_layer(chain.w, chain.b, np.array(0.3), activation.value)
    if np.isnan(z).any():
        pytest.skip("this chain overflows")
    found = forward(chain, 0.3)
    assert np.allclose(found.z, z, rtol=1e-15, atol=1e-15)
    assert np.allclose(found.a, a, rtol=1e-15, atol=1e-15)


def test_side_by_side_knows_when_it_has_not_settled():
    counter = Chain(np.ones(2000), 1, LINEAR)  # never forgets its start
    assert chain_module._side_by_side(counter.w, counter.b, np.array(3.0), np.positive) is None
    assert np.array_equal(forward(counter, 3).a, np.arange(3, 2004))
    doubler = Chain(np.full(1500, 2.0), 0, LINEAR)  # overflows, and keeps the powers of 2
    with np.errstate(over="ignore"):
        assert np.array_equal(forward(doubler, 1).a, 2.0 ** np.arange(1501))


def test_side_by_side_serves_batches():
    chain = random_chain(5, 3, 1200)
    x = np.array([0.0, 0.5, 7.0])
    for i in range(3):
        alone = chain_module._layer_by_layer(chain.w[i], chain.b[i], x[i], SIGMOID.value)
        assert np.allclose(forward(chain, x).z[i], alone[0], rtol=1e-15, atol=1e-15)
        assert np.allclose(forward(chain, x).a[i], alone[1], rtol=1e-15, atol=1e-15)


@given(chains(), small)
def test_any_sigmoid_chain_agrees_with_60_digits(chain, x):
    a, errors = exact_errors(chain, x)
    assert forward(chain, x).a[-1] == pytest.approx(float(a), rel=1e-12)
    assert bias_gradients(chain, x) == pytest.approx([float(e) for e in errors], rel=1e-10)


# gains and their product


@pytest.mark.claim("gains")
def test_gains_are_weight_times_slope():
    chain = random_chain(3, 7)
    z = forward(chain, -0.4).z
    s = 1 / (1 + np.exp(-z))
    assert np.allclose(gains(chain, -0.4), chain.w * s * (1 - s), rtol=1e-14)


@pytest.mark.claim("gains")
def test_logarithms_of_gains_outlast_the_gains():
    chain = Chain([-3, 0.5, 2], [1, -2, 0])
    sign, log = log_gains(chain, 0.3)
    assert sign * np.exp(log) == pytest.approx(gains(chain, 0.3), rel=1e-14)
    saturated = Chain([1000, 1000], 0)
    assert np.array_equal(gains(saturated, 1), [0, 0])
    assert log_gains(saturated, 1)[1] == pytest.approx(np.log(1000) - 1000, rel=1e-15)


@pytest.mark.claim("gradient")
@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU, LINEAR])
def test_gradient_agrees_with_finite_differences(activation):
    chain = Chain([0.8, -1.5, 2.0, 1.1], [0.3, 0.9, 0.5, 0.2], activation)
    x = np.array([0.4])
    slope = differences(lambda p: forward(chain, p[0]).a[-1], x)
    assert gradient(chain, 0.4) == pytest.approx(slope[0], rel=1e-7)


@pytest.mark.claim("gradient")
@given(chains(TANH), chains(TANH), small)
def test_gradient_of_two_halves_multiplies(first, second, x):
    whole = Chain(np.append(first.w, second.w), np.append(first.b, second.b), TANH)
    middle = forward(first, x).a[-1]
    product = gradient(first, x) * gradient(second, middle)
    assert gradient(whole, x) == pytest.approx(product, rel=1e-12, abs=1e-300)


def test_gradient_of_exploding_chain_is_exactly_390625():
    assert np.array_equal(gains(EXPLODING, 0.5), [25, 25, 25, 25])
    assert gradient(EXPLODING, 0.5) == 390625


def test_gradient_survives_detours_out_of_the_floats():
    w = np.repeat([1e10, -1e-10], 100)  # the product passes 1e1000 on its way to 1
    assert gradient(Chain(w, 0, LINEAR), 1e-300) == pytest.approx(1, rel=1e-12)
    assert gradient(Chain(w[::-1], 0, LINEAR), 1e-300) == pytest.approx(1, rel=1e-12)
    assert gradient(Chain([1e308, 1e-300], [-750e0, 0]), 0) == pytest.approx(
        float(exact_gradient(Chain([1e308, 1e-300], [-750, 0]), 0)), rel=1e-12
    )  # here σ' alone is 0 in floating point


def test_gradient_beyond_the_floats_is_0_or_infinite():
    assert gradient(Chain([1] * 600, 0), 0) == 0
    assert gradient(Chain([25] * 300, 0, LINEAR), 1) == np.inf
    assert gradient(Chain([-25] * 301, 0, LINEAR), 1) == -np.inf


@pytest.mark.claim("log-gradient")
@pytest.mark.parametrize("id", ["chain_log_1234", "chain_log_ones50", "chain_log_w100x4"])
def test_log_gradient_of_known_chains(fact, id):
    known = fact(id)
    bias = -50 if id == "chain_log_w100x4" else 0
    weights = [1.0] * 50 if id == "chain_log_ones50" else known.inputs["weights"]
    sign, log = log_gradient(Chain(weights, bias), known.inputs["x"])
    assert sign == 1
    assert log == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("log-gradient")
def test_log_gradient_is_right_where_the_product_is_0():
    chain = random_chain(7, 2000)
    exact = exact_gradient(chain, 0.5)
    sign, log = log_gradient(chain, 0.5)
    assert np.prod(gains(chain, 0.5)) == 0
    assert sign == mp.sign(exact)
    assert log == pytest.approx(float(mp.log(abs(exact))), rel=1e-13)


@pytest.mark.claim("log-gradient")
def test_log_gradient_at_a_million_layers(fact):
    sign, log = log_gradient(ones(10**6), 0.5)
    assert sign == 1
    with mp.workdps(30):  # the rate, and what the first layers do otherwise
        start = exact_gradient(ones(60), 0.5)
        rate = mp.mpf(fact("ones_rate").digits)
        exact = mp.log(start) + (10**6 - 60) * mp.log(rate)
    assert log == pytest.approx(float(exact), rel=1e-13)
    sign, log = log_gradient(Chain(np.full(10**6 + 1, -100), 50), 0.5)
    assert sign == -1
    assert log == pytest.approx((10**6 + 1) * np.log(25), rel=1e-13)


def test_weight_0_stops_the_gradient():
    chain = Chain([2, 0, 3], [0.1, 0.2, 0.3])
    assert gradient(chain, 0.5) == 0
    assert log_gradient(chain, 0.5) == (0, -np.inf)
    assert gradient_bound(chain) == 0
    assert log_gradient_bound(chain) == -np.inf
    below = weight_gradients(chain, 0.5)
    assert below[0] == 0
    assert (below[1:] > 0).all()  # the stopping weight itself still learns
    assert bias_gradients(chain, 0.5)[0] == 0


def test_dead_relu_stops_the_gradient():
    chain = Chain([1, 1, 1], [0, -10, 0], RELU)
    assert log_gradient(chain, 0.5) == (0, -np.inf)
    assert np.array_equal(bias_gradients(chain, 0.5), [0, 0, 0])


@given(chains(TANH), small)
def test_sign_and_logarithm_make_the_gradient(chain, x):
    sign, log = log_gradient(chain, x)
    assert sign * np.exp(log) == pytest.approx(gradient(chain, x), rel=1e-12)


@pytest.mark.parametrize("activation", [SIGMOID, TANH])
def test_variation_of_a_chain_is_below_the_range_of_its_output(activation):
    chain = Chain([8, -7, 9], [-4, 3, -4], activation)
    x = np.linspace(0, 1, 20001)
    output = forward(chain, x).a[..., -1]
    total = np.trapezoid(np.abs(gradient(chain, x)), x)
    assert total == pytest.approx(abs(output[-1] - output[0]), rel=1e-6)


# weights and biases


@pytest.mark.claim("bias-gradients")
@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU, LINEAR])
def test_bias_gradients_agree_with_finite_differences(activation):
    w, b = np.array([0.8, -1.5, 2.0, 1.1]), np.array([0.3, 0.9, 0.5, 0.2])
    slopes = differences(lambda b: forward(Chain(w, b, activation), 0.4).a[-1], b)
    assert bias_gradients(Chain(w, b, activation), 0.4) == pytest.approx(slopes, rel=1e-7)


@pytest.mark.claim("weight-gradients")
@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU, LINEAR])
def test_weight_gradients_agree_with_finite_differences(activation):
    w, b = np.array([0.8, -1.5, 2.0, 1.1]), np.array([0.3, 0.9, 0.5, 0.2])
    slopes = differences(lambda w: forward(Chain(w, b, activation), 0.4).a[-1], w)
    assert weight_gradients(Chain(w, b, activation), 0.4) == pytest.approx(slopes, rel=1e-7)


@pytest.mark.claim("weight-gradients")
@pytest.mark.claim("bias-gradients")
def test_cost_gradients_agree_with_finite_differences():
    w, b, x, y = np.array([1.2, -0.7, 2.1]), np.array([0.1, 0.4, -0.3]), 0.6, 0.9

    def cost(w, b):
        return (forward(Chain(w, b), x).a[-1] - y) ** 2 / 2

    chain = Chain(w, b)
    slope = forward(chain, x).a[-1] - y
    assert slope < 0
    by_weights = differences(lambda w: cost(w, b), w)
    by_biases = differences(lambda b: cost(w, b), b)
    assert weight_gradients(chain, x, slope) == pytest.approx(by_weights, rel=1e-7)
    assert bias_gradients(chain, x, slope) == pytest.approx(by_biases, rel=1e-7)


@pytest.mark.claim("neighbouring-layers")
def test_neighbouring_weight_gradients_differ_by_one_exact_factor():
    chain = random_chain(11, 9)
    z, a = forward(chain, 0.7)
    by_weights = weight_gradients(chain, 0.7)
    factor = chain.w[1:] * sigmoid_slope(z[:-1]) * a[:-2] / a[1:-1]
    assert by_weights[:-1] / by_weights[1:] == pytest.approx(factor, rel=1e-12)
    by_biases = bias_gradients(chain, 0.7)
    factor = chain.w[1:] * sigmoid_slope(z[:-1])
    assert by_biases[:-1] / by_biases[1:] == pytest.approx(factor, rel=1e-12)


def test_first_layers_gradients_join_the_gradient():
    chain = random_chain(12, 5)
    assert bias_gradients(chain, 0.2)[0] * chain.w[0] == pytest.approx(gradient(chain, 0.2))


def test_input_0_gives_the_first_weight_nothing_to_learn_from():
    explode = Chain(np.full(400, 30.0), 0, LINEAR)  # and the factors behind it overflow
    assert weight_gradients(explode, 0)[0] == 0
    assert bias_gradients(explode, 0)[0] == np.inf


def test_cost_slope_0_stops_every_gradient():
    assert np.array_equal(weight_gradients(EXPLODING, 0.5, 0), np.zeros(4))
    assert np.array_equal(bias_gradients(EXPLODING, 0.5, [0, -1])[0], np.zeros(4))


@pytest.mark.parametrize("depth", [6, 900])
def test_logarithms_of_slopes_are_products_to_many_digits(depth):
    chain, x, cost_slope = random_chain(17, depth), 0.5, -0.3
    (z, a), bias, weight = forward(chain, x), mp.mpf(cost_slope), {}
    for i in reversed(range(depth)):
        bias *= mp.exp(-abs(mp.mpf(z[i]))) / (1 + mp.exp(-abs(mp.mpf(z[i])))) ** 2
        weight[i] = [bias, bias * mp.mpf(a[i])]
        bias *= mp.mpf(chain.w[i])
    for position, logs in enumerate((log_bias_gradients, log_weight_gradients)):
        expected = [weight[i][position] for i in range(depth)]
        sign, log = logs(chain, x, cost_slope)
        assert sign.tolist() == [float(mp.sign(slope)) for slope in expected]
        assert log == pytest.approx([float(mp.log(abs(slope))) for slope in expected], rel=1e-12)
    assert depth == 6 or not weight_gradients(chain, x, cost_slope)[0]


def test_logarithms_of_slopes_that_are_0():
    sign, log = log_weight_gradients(EXPLODING, 0)
    assert sign.tolist() == [0, 1, 1, 1] and log[0] == -np.inf
    sign, log = log_bias_gradients(EXPLODING, 0.5, 0)
    assert np.all(sign == 0) and np.all(log == -np.inf)


def test_what_the_first_layer_hears_of_the_last():
    chain = Chain(
        [1.3, -0.7, 0.4, 1.8, -1.1, 0.6, 2.2, -0.9], [0.2, -0.5, 0.1, -0.8, 0.4, 0, -1, 0.3]
    )
    slopes = np.abs(weight_gradients(chain, 0.5))
    assert slopes[0] / slopes[-1] == pytest.approx(2e-5, rel=0.15)


@given(st.lists(st.floats(0.01, 50), min_size=2, max_size=6), st.floats(-10, 20))
def test_law_of_sigmoids_without_biases(w, x):
    steps = np.diff(np.log(w) + log_weight_gradients(Chain(w, 0), x)[1])
    assert np.all(steps[1:] >= np.log(3.59))
    assert x < 0 or steps[0] >= np.log(3.59)


def test_law_of_sigmoids_does_not_hold_for_the_first_layer_at_negative_inputs():
    slopes = weight_gradients(Chain([1, 1, 1], 0), -5)
    assert slopes[0] / slopes[1] == pytest.approx(-4.97, abs=5e-3)


def test_deep_gradients_are_never_nan():
    for scale in (0.1, 1, 10, 100):
        for activation in (SIGMOID, TANH, RELU):
            chain = random_chain(13, 1500, scale=scale, activation=activation)
            w = np.where(np.arange(1500) == 700, 0, chain.w)
            broken = Chain(w, chain.b, activation)
            for function in (weight_gradients, bias_gradients, gradient):
                assert not np.isnan(function(broken, 0.0)).any()
            assert (weight_gradients(broken, 0.5)[:700] == 0).all()


# bounds


@pytest.mark.claim("gradient-bound")
@given(chains(), small)
def test_no_gradient_exceeds_its_bound(chain, x):
    smallest = 5e-324  # the grid on which numbers near 0 lie
    assert abs(gradient(chain, x)) <= gradient_bound(chain) * (1 + 1e-12) + smallest
    assert gradient_shortfall(chain, x) >= 0


@pytest.mark.claim("gradient-bound")
def test_bound_is_reached_where_every_neuron_is_steepest():
    assert gradient(EXPLODING, 0.5) == gradient_bound(EXPLODING) == 390625
    assert gradient_shortfall(EXPLODING, 0.5) == 0
    assert gradient(Chain([3, -2], 0, TANH), 0) == -6 == -gradient_bound(Chain([3, -2], 0, TANH))


def test_bound_of_1000_sigmoids(fact):
    known = fact("max_log10_grad_1000")
    log = log_gradient_bound(ones(1000))
    assert log / np.log(10) == pytest.approx(known.value, rel=1e-13)
    assert gradient_bound(ones(1000)) == 0
    assert gradient_bound(Chain(np.full(1000, 100), 0)) == np.inf


def test_two_layers_of_weights_1_stay_below_their_bound(fact):
    known = fact("ones_sup_n2")
    with mp.workdps(30):  # a second way: where the logarithm of the product is level
        a = lambda x: 1 / (1 + mp.exp(-x))  # noqa: E731
        top = mp.findroot(lambda x: (1 - 2 * a(x)) + a(x) * (1 - a(x)) * (1 - 2 * a(a(x))), -0.1)
        peak = a(top) * (1 - a(top)) * a(a(top)) * (1 - a(a(top)))
    assert float(peak) == pytest.approx(known.value, rel=known.rtol)
    assert gradient(ones(2), float(top)) == pytest.approx(known.value, rel=known.rtol)
    x = np.linspace(-2, 2, 40001)
    best = gradient(ones(2), x).max()
    assert best == pytest.approx(known.value, rel=1e-8)
    assert best < gradient_bound(ones(2)) == 1 / 16


@given(chains(), small)
def test_shortfall_is_the_distance_of_the_logarithms(chain, x):
    w = np.where(chain.w == 0, 1, chain.w)
    chain = Chain(w, chain.b)
    distance = log_gradient_bound(chain) - log_gradient(chain, x)[1]
    assert gradient_shortfall(chain, x) == pytest.approx(distance, rel=1e-9, abs=1e-9)


# floats


@pytest.mark.claim("float-range")
@pytest.mark.parametrize(
    "id, number, end",
    [
        ("float64_underflow_n", np.float64(0.25), 0),
        ("float32_underflow_n", np.float32(0.25), 0),
        ("float64_overflow_25n", np.float64(25), np.inf),
    ],
)
def test_depth_at_which_a_product_leaves_the_floats(fact, id, number, end):
    with np.errstate(over="ignore", under="ignore"):
        products = np.cumprod(np.full(600, number), dtype=number.dtype)
    assert np.argmax(products == end) + 1 == fact(id).value


# differences


@pytest.mark.claim("difference-error")
@pytest.mark.parametrize("w", [[1, 2, 3, 4], [1] * 6, [9, -8, 7]])
def test_error_of_a_difference_stays_below_its_two_causes(w):
    chain, x = Chain(w, 0), 0.5

    def output(x):
        for weight in w:
            x = 1 / (1 + mp.exp(-weight * x))
        return x

    exact = float(exact_gradient(chain, x))
    with mp.workdps(40):
        third = max(abs(mp.diff(output, x + mp.mpf(d) / 50, 3)) for d in range(-5, 6))
    for h in 10.0 ** -np.arange(1, 13):
        ends = np.array([x + h, x - h])
        above, below = forward(chain, ends).a[..., -1]
        with mp.workdps(40):
            wrong = max(abs(output(mp.mpf(ends[0])) - above), abs(output(mp.mpf(ends[1])) - below))
        step = (ends[0] - ends[1]) / 2  # x ± h are rounded themselves
        error = abs((above - below) / (2 * step) - exact)
        assert error <= h**2 / 6 * float(third) * (1 + 1e-3) + float(wrong) / h + 1e-15


@pytest.mark.claim("difference-error")
def test_differences_of_deep_and_of_steep_chains_are_worthless():
    deep = forward(ones(30), np.array([0.5 + 1e-5, 0.5 - 1e-5])).a[:, -1]
    assert deep[0] == deep[1]
    assert gradient(ones(30), 0.5) > 0
    steep = forward(EXPLODING, np.array([0.5 + 1e-5, 0.5 - 1e-5])).a[:, -1]
    assert (steep[0] - steep[1]) / 2e-5 < 0.2 * gradient(EXPLODING, 0.5)


# numbers that the chapter states


@pytest.mark.parametrize(
    "activation, w, b, power",
    [
        (SIGMOID, 1, 0, -19.4),
        (SIGMOID, 4, -2, -0.9),
        (SIGMOID, 5, -2.5, -5.4),
        (TANH, 1, 0, np.log10(0.21)),
        (RELU, 1, 0, 0),
        (RELU, 0.8, 0, -2.9),
        (RELU, 1.25, 0, 2.9),
    ],
)
def test_what_thirty_layers_leave(activation, w, b, power):
    log = log_gradient(Chain(np.full(30, w), b, activation), 0.3)[1]
    assert log / np.log(10) == pytest.approx(power, abs=0.05)


def test_negative_weights_keep_gradients_more_often():
    w, b = np.meshgrid(np.linspace(-8, 8, 161), np.linspace(-6, 6, 121))
    chains = Chain(w[..., None] * np.ones(30), b[..., None])
    kept = log_gradient(chains, 0.3)[1] > np.log(0.001)
    assert kept[w < 0].mean() == pytest.approx(0.109, abs=5e-4)
    assert kept[w > 0].mean() == pytest.approx(0.004, abs=5e-4)


def test_first_weight_cannot_be_heard_through_seven_layers():
    chain = Chain(
        [1.3, -0.7, 0.4, 1.8, -1.1, 0.6, 2.2, -0.9], [0.2, -0.5, 0.1, -0.8, 0.4, 0, -1, 0.3]
    )

    def costs(i):
        w = np.tile(chain.w, (1001, 1))
        w[:, i] = np.linspace(-100, 100, 1001)
        return (forward(Chain(w, chain.b), 0.5).a[:, -1] - 0.1) ** 2 / 2

    assert (forward(chain, 0.5).a[-1] - 0.1) ** 2 / 2 == pytest.approx(0.060842, abs=5e-7)
    assert costs(0).min() == pytest.approx(0.060839, abs=5e-7)
    assert np.ptp(costs(0)) == pytest.approx(1e-5, rel=0.1)
    assert costs(7).min() == pytest.approx(3e-6, abs=5e-7)


# what is refused


@pytest.mark.parametrize(
    "w, b, message",
    [
        ([1, np.nan], 0, r"w\[1\] is nan"),
        ([1, 2], [np.inf, 0], r"b\[0\] is inf"),
        ([1, 2], [1, 2, 3], "broadcast"),
        ([], [], "one number per layer"),
        (1, 2, "one number per layer"),
    ],
)
def test_impossible_chains_are_refused(w, b, message):
    with pytest.raises(ValueError, match=message):
        Chain(w, b)


def test_what_is_no_number_or_activation_is_refused():
    with pytest.raises(TypeError, match="real numbers"):
        Chain(["a"], 0)
    with pytest.raises(TypeError, match="give an Activation"):
        Chain([1], 0, "sigmoid")
    with pytest.raises(ValueError, match="x is nan"):
        forward(EXPLODING, np.nan)
    with pytest.raises(ValueError, match="broadcast"):
        forward(Chain(np.ones((2, 3)), 0), [1, 2, 3])
    with pytest.raises(ValueError, match="cost_slope"):
        weight_gradients(EXPLODING, 0, np.nan)
    with pytest.raises(ValueError, match="overflow"):
        forward(Chain([1e300, 1e300, 0], 0, LINEAR), 1)


def test_chain_keeps_its_own_numbers():
    w = np.ones(3)
    chain = Chain(w, 0)
    w[0] = 5
    assert np.array_equal(chain.w, [1, 1, 1])
    with pytest.raises(AttributeError):
        chain.w = w
