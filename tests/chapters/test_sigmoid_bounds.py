"""The claims of the chapter on the slope of the sigmoid, and the numbers in its exercises."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar

from slopes.activation import RELU, SIGMOID, TANH, Activation, gain, sigmoid, sigmoid_slope
from slopes.chain import Chain, forward, gains, gradient, gradient_bound, log_gradient
from slopes.interval import steep_interval

WEIGHT = st.floats(-20, 20).filter(lambda w: abs(w) > 1e-3)


def ones(n, activation=SIGMOID):
    """The chain of the homework sheet: weights 1, no biases."""
    return Chain(np.ones(n), 0, activation)


def greatest_gradient(n):
    """The largest slope of n sigmoid layers, found by a search over the input."""
    found = minimize_scalar(
        lambda x: -gradient(ones(n), x), bounds=(-2, 2), method="bounded", options={"xatol": 1e-10}
    )
    return found.x, -found.fun


@pytest.mark.claim("slope-forms")
@given(z=st.floats(-30, 30))
def test_forms_of_the_slope_agree(z):
    s = sigmoid(z)
    # the distance of the activation from 1 is rounded to eps/2
    assert s * (1 - s) == pytest.approx(sigmoid_slope(z), rel=1e-14, abs=2e-16)
    assert 1 / (np.exp(z / 2) + np.exp(-z / 2)) ** 2 == pytest.approx(sigmoid_slope(z), rel=1e-14)
    assert 0.25 / np.cosh(z / 2) ** 2 == pytest.approx(sigmoid_slope(z), rel=1e-14)


@pytest.mark.claim("tanh-from-sigmoid")
@given(z=st.floats(-300, 300))
@example(z=5.5)
def test_tanh_is_a_stretched_sigmoid(z):
    # the sigmoid is rounded in its exponential, sum and quotient, by 2^-52 in all, which
    # doubles; tanh adds 2^-53
    assert 2 * sigmoid(2 * z) - 1 == pytest.approx(np.tanh(z), rel=0, abs=5 * 2**-53)
    assert TANH.slope(z) == pytest.approx(4 * sigmoid_slope(2 * z), rel=3e-15)


@pytest.mark.claim("steepest-at-zero")
@given(z=st.floats(-700, 700).filter(lambda z: abs(z) > 1e-6))
def test_slopes_lie_between_0_and_their_value_at_0(z):
    assert 0 < sigmoid_slope(z) < sigmoid_slope(0) == 0.25
    if abs(z) < 350:
        assert 0 < TANH.slope(z) < TANH.slope(np.float64(0)) == 1
    # any bar above 0 is passed under further out: the lower bound is not attained
    assert sigmoid_slope(z) > sigmoid_slope(abs(z) + 1)


@pytest.mark.claim("four-is-necessary")
@given(w=st.floats(-50, 50), z=st.floats(-50, 50))
def test_a_gain_of_1_needs_a_weight_of_4(w, z):
    g = abs(gain(w, 0, z))
    assert g < 1 or abs(w) >= 4
    assert g <= abs(w) / 4


@pytest.mark.claim("four-is-necessary")
def test_at_weight_4_the_gain_is_1_at_one_input():
    for w in (4.0, -4.0):
        for b in (-3.0, 0.0, 2.0):
            low, high = steep_interval(w, b)
            assert low == high == pytest.approx(-b / w, abs=1e-15)
            assert abs(gain(w, -b / w, b)) == 1
            assert (np.abs(gain(w, -b / w + np.array([-1e-3, 1e-3]), b)) < 1).all()


def test_a_weight_of_100_is_not_enough():
    assert gain(100, 1, 0) == pytest.approx(float(100 * mpmath.exp(-100)), rel=1e-14)
    assert f"{gain(100, 1, 0):.1e}" == "3.7e-42"
    assert gain(100, 0, 0) == 25


@pytest.mark.claim("two-and-three-layers")
def test_two_and_three_layers_stay_below_their_bound(fact):
    x, two = greatest_gradient(2)
    assert two == pytest.approx(fact("ones_sup_n2").value, rel=1e-12)
    assert f"{two:.10f}" == "0.0589589806"
    assert x == pytest.approx(-0.115407, abs=1e-5)
    assert f"{greatest_gradient(3)[1]:.10f}" == "0.0134306288"
    # a search may stop at a lower hill: no input of a fine grid is better
    grid = np.linspace(-30, 30, 60_001)
    for n in (2, 3):
        assert gradient(ones(n), grid).max() <= greatest_gradient(n)[1] < 0.25**n


@pytest.mark.claim("bound-reached")
@given(w=st.lists(WEIGHT, min_size=1, max_size=8), x=st.floats(-5, 5))
def test_the_bound_is_reached_with_every_neuron_at_its_centre(w, x):
    w = np.array(w)
    b = np.concatenate([[-w[0] * x], -w[1:] / 2])
    chain = Chain(w, b)
    assert abs(gradient(chain, x)) == pytest.approx(gradient_bound(chain), rel=1e-12)


@pytest.mark.claim("bound-reached")
@given(
    w=st.lists(WEIGHT, min_size=2, max_size=6),
    nudge=st.lists(st.floats(-3, 3), min_size=6, max_size=6),
    x=st.floats(-5, 5),
)
def test_the_bound_is_not_reached_otherwise(w, nudge, x):
    w = np.array(w)
    plain = Chain(w, 0)
    z = forward(plain, x).z
    if abs(z[1]) > 1e-3:
        assert abs(gradient(plain, x)) < gradient_bound(plain)
    b = np.concatenate([[-w[0] * x], -w[1:] / 2]) + nudge[: w.size]
    if np.abs(nudge[: w.size]).max() > 1e-3:
        assert abs(gradient(Chain(w, b), x)) < gradient_bound(Chain(w, b)) * (1 - 1e-8)


@pytest.mark.claim("sigmoid-chain-rate")
@pytest.mark.parametrize("x", [-1000.0, -5.0, 0.0, 0.3, 5.0, 1000.0])
def test_every_sigmoid_chain_settles_at_the_same_gain(fact, x):
    h, rate = fact("ones_fixed_point"), fact("ones_rate")
    assert brentq(lambda h: sigmoid(h) - h, 0, 1, xtol=1e-15) == pytest.approx(h.value, rel=1e-14)
    assert forward(ones(60), x).a[-1] == pytest.approx(h.value, rel=1e-14)
    assert gains(ones(60), x)[-1] == pytest.approx(rate.value, rel=1e-14)
    assert rate.value == pytest.approx(h.value * (1 - h.value), rel=1e-14)
    if abs(x) <= 5:
        assert np.abs(gains(ones(10), x)[4:] - rate.value).max() < 1e-3
    # each layer brings the activation at least four times closer
    away = np.abs(forward(ones(12), x).a[1:] - h.value)
    assert (away[1:] <= away[:-1] / 4 + 1e-16).all()


def test_a_thousand_sigmoids_leave_46_decades_less_than_the_bound():
    decades = log_gradient(ones(1000), 1)[1] / np.log(10)
    assert round(decades) == -648
    assert round(1000 * np.log10(0.25)) == -602


@pytest.mark.claim("tanh-step")
def test_one_over_h_squared_grows_by_two_thirds_a_layer():
    h = np.geomspace(1e-4, 0.3, 50)
    step = 1 / np.tanh(h) ** 2 - 1 / h**2
    # next term of the series h²/15; below h = 0.01 the difference is rounding
    np.testing.assert_allclose(step, 2 / 3 + h**2 / 15, atol=4e-16 / h.min() ** 2, rtol=1e-3)
    assert np.abs(step - 2 / 3)[h > 0.01] == pytest.approx(
        h[h > 0.01] ** 2 / 15, rel=0.05, abs=1e-9
    )


@pytest.mark.claim("tanh-decay")
@pytest.mark.parametrize("x", [0.1, -0.5, 1.0, 4.0])
def test_tanh_chains_decay_like_the_power_three_halves(x):
    depths = np.array([10_000, 40_000])
    left = np.array([gradient(ones(n, TANH), x) for n in depths]) * depths**1.5
    tops = np.array([forward(ones(n, TANH), x).a[-1] for n in depths])
    assert left[1] / left[0] == pytest.approx(1, abs=0.03)
    assert left[0] > 0
    np.testing.assert_allclose(np.sqrt(2 * depths / 3) * np.abs(tops), 1, atol=0.01)
    # no other power comes to rest
    assert left[1] / left[0] * 4**-0.25 < 0.8


@pytest.mark.claim("tanh-decay")
def test_the_constant_of_the_decay_at_1_and_the_exception_at_0():
    # the error is of order ln n/n, so ten times the depth leaves a tenth of it
    constants = [n**1.5 * gradient(ones(n, TANH), 1) for n in (10_000, 100_000)]
    assert [f"{constant:.3f}" for constant in constants] == ["1.640", "1.641"]
    assert gradient(ones(10_000, TANH), 0) == 1


def test_small_inputs_wait_before_they_vanish():
    x = 0.1
    n = np.arange(1, 1001)
    left = np.cumprod(gains(ones(1000, TANH), x))
    np.testing.assert_allclose(left, (1 + 2 * n * x**2 / 3) ** -1.5, rtol=0.015)
    assert round(3 / (2 * x**2)) == 150
    assert n[left < 0.5][0] == 88
    assert round(150 * (2 ** (2 / 3) - 1), 1) == 88.1


@pytest.mark.claim("tanh-chain-is-sigmoid-chain")
@given(
    w=st.lists(st.floats(-3, 3), min_size=4, max_size=4),
    b=st.lists(st.floats(-3, 3), min_size=4, max_size=4),
    x=st.floats(-2, 2),
)
def test_a_tanh_chain_is_a_sigmoid_chain(w, b, x):
    w, b = np.array(w), np.array(b)
    tanh, twin = Chain(w, b, TANH), Chain(4 * w, 2 * b - 2 * w)
    a, s = forward(tanh, x).a, forward(twin, (1 + x) / 2).a
    np.testing.assert_allclose(a, 2 * s - 1, atol=1e-12)
    assert gradient(twin, (1 + x) / 2) == pytest.approx(gradient(tanh, x), rel=1e-9, abs=1e-15)


@given(
    alpha=st.floats(-2, 2),
    beta=st.floats(0.2, 3),
    gamma=st.floats(-3, -0.2) | st.floats(0.2, 3),
    x=st.floats(-1, 1),
)
def test_any_stretched_sigmoid_is_a_sigmoid_chain(alpha, beta, gamma, x):
    stretched = Activation(
        "stretched",
        lambda z: alpha + beta * SIGMOID.value(gamma * z),
        lambda z: beta * gamma * SIGMOID.slope(gamma * z),
        None,
        beta * abs(gamma) / 4,
    )
    w, b = np.array([0.7, -1.1, 0.4]), np.array([0.1, 0.5, -0.3])
    twin = Chain(beta * gamma * w, gamma * (b + alpha * w))
    expected = np.prod(gains(Chain(w, b, stretched), x))
    assert gradient(twin, (x - alpha) / beta) == pytest.approx(expected, rel=1e-9)


def test_inputs_that_a_neuron_of_weight_100_passes_at_0():
    edge = 2 * np.arccosh(np.sqrt(100) / 2)
    assert round(edge, 4) == 4.5849
    assert abs(gain(100, 0, edge)) == pytest.approx(1, rel=1e-12)


@given(n=st.integers(2, 30), x=st.floats(-10, 10))
def test_a_sharper_bound_holds_for_the_homework_chain(n, x):
    assert gradient(ones(n), x) <= 0.2351 ** (n - 2) / 16
    assert sigmoid_slope(0.5) < 0.2351


def test_the_interval_of_the_exercise_follows_from_the_corrected_inequality():
    w = 8.0
    root = np.sqrt(w**2 - 4 * w)
    ends = np.array([w - 2 - root, w - 2 + root]) / 2
    np.testing.assert_allclose(w * ends / (1 + ends) ** 2, 1, rtol=1e-13)
    assert np.prod(ends) == pytest.approx(1, rel=1e-14)
    middle = np.linspace(*ends, 9)[1:-1]
    assert (w * middle / (1 + middle) ** 2 > 1).all()
    printed = w * middle[middle > 1] / (1 - middle[middle > 1])
    assert (printed < 0).all()
    assert w * 2 / (1 - 2) == -16
    assert gain(w, -np.log(2) / w) == pytest.approx(w * 2 / 9, rel=1e-14)


def test_the_gain_of_equal_tanhs_is_at_most_1_in_the_limit():
    limits = {w: gains(Chain(np.full(2000, w), 0, TANH), 1)[-1] for w in (0.9, 1.1, 2.0)}
    assert [f"{limit:.4f}" for limit in limits.values()] == ["0.9000", "0.8218", "0.1664"]
    for w in np.linspace(1.01, 8, 40):
        h = brentq(lambda h, w=w: np.tanh(w * h) - h, 1e-3, 1)
        assert w * TANH.slope(w * h) < 1


def test_flatter_contact_with_the_diagonal_decays_more_slowly_but_below_1_over_n():
    def left(slope, value, n):
        h, log = 1.0, 0.0
        for _ in range(n):
            log += np.log(slope(h))
            h = value(h)
        return np.exp(log), h

    def softsign(h):
        return h / (1 + h)

    (near, _), (deep, h) = (left(lambda h: (1 + h) ** -2.0, softsign, n) for n in (1000, 10_000))
    assert np.log10(near / deep) == pytest.approx(2, abs=0.01)  # p = 1: the power -2
    assert h * 10_000 == pytest.approx(1, rel=1e-3)


def test_gradients_of_all_depths_have_a_finite_sum():
    x, depth = 1.0, 50
    chain = ones(depth, TANH)

    def gradient_sum(t):
        # depths 0 to depth - 1: the gradient at depth 0 is 1
        return 1 + np.cumprod(gains(chain, t))[:-1].sum()

    integral, _ = quad(gradient_sum, np.tanh(x), x, epsrel=1e-11)
    assert integral == pytest.approx(x - forward(chain, x).a[-1], rel=1e-10)


def test_relu_keeps_the_gradient_on_half_of_its_inputs():
    np.testing.assert_array_equal(gradient(ones(100, RELU), [-1.0, 2.0]), [0, 1])


def test_the_goals_can_be_reached_and_are_not_at_first():
    assert abs(gain(5, 1, 0)) < 2 <= abs(gain(10, 1, -10))
    assert abs(gain(12, 1, 0)) < abs(gain(5, 1, 0))

    def share(activation, w, b, x):
        chain = Chain(np.full(30, w), b, activation)
        return abs(gradient(chain, x)) / gradient_bound(chain)

    assert 0.04 < share(SIGMOID, 1.0, 0.0, 0.5) < 0.05
    assert share(SIGMOID, 4.0, 0.0, 0.5) < 1e-20
    for w in (1.0, 2.0, 4.0):
        assert share(SIGMOID, w, -w / 2, 0.5) == pytest.approx(1, rel=1e-12)
        assert share(TANH, w, 0.0, 0.0) == pytest.approx(1, rel=1e-12)
    assert share(SIGMOID, 1.0, -0.5, -1.0) > 0.5
    assert share(SIGMOID, 4.0, -2.0, 0.2) < 0.1


def test_a_small_input_of_a_tanh_chain_halves_and_falls():
    left = np.cumprod(gains(ones(150, TANH), 0.1))
    assert left[[29, 149]] == pytest.approx([0.76, 0.35], abs=5e-3)
    assert left[86] > 0.5 > left[87] and 2**-1.5 == pytest.approx(0.354, abs=5e-4)
    assert left[149] == pytest.approx(2**-1.5, abs=5e-3)


def test_four_weights_share_a_bound():
    assert 4**4 == 256


def test_limits_of_tanh_chains_near_the_balance():
    limits = []
    for w in (0.9, 1.1, 2):
        h = 1.0 if w > 1 else 0.0
        for _ in range(2000):
            h = np.tanh(w * h)
        limits.append(w * (1 - h**2))
    assert limits == pytest.approx([0.9, 0.8218, 0.1664], abs=5e-5)


def test_three_layers_and_the_constant_of_the_tanh_chain():
    assert greatest_gradient(3)[1] == pytest.approx(0.0134306288, abs=5e-11)
    h, log, n = 1.0, 0.0, 300_000
    for _ in range(n):
        h = math.tanh(h)
        log += math.log1p(-h * h)
    assert 1.641 < math.exp(log + 1.5 * math.log(n)) < 1.642
