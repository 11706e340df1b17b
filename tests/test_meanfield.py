"""Mean-field theory against other quadratures, closed forms and wide random networks."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm

from slopes.activation import LINEAR, RELU, SIGMOID, TANH, Activation
from slopes.explore import choice, explore, slider
from slopes.explore.trace import record
from slopes.figures._house import panels
from slopes.meanfield import (
    CriticalLine,
    correlation_map,
    critical_line,
    depth_scale,
    fixed_variance,
    gradient_correlation,
    mean_square_gain,
    variance_map,
)

BOUNDED = (SIGMOID, TANH)
ALL = (SIGMOID, TANH, RELU, LINEAR)
PRECISE = {
    "sigmoid": (lambda z: 1 / (1 + mpmath.exp(-z)), lambda z: mpmath.sech(z / 2) ** 2 / 4),
    "tanh": (mpmath.tanh, lambda z: mpmath.sech(z) ** 2),
    "relu": (lambda z: max(z, 0), lambda z: 1 if z > 0 else 0),
    "linear": (lambda z: z, lambda z: 1),
}
SIGMOID_CRITICAL = 10.1493
spreads = st.floats(0.01, 50)


def precise_mean(function, spread):
    """Mean of ``function(spread ξ)²`` by Gauss and Legendre on pieces, to 20 digits."""
    with mpmath.workdps(25):
        bends = [k / mpmath.mpf(spread) for k in (0.5, 1, 2, 4, 8, 16, 40)]
        ends = sorted({x for x in [*bends, 1, 2, 4, 8, 14] if x <= 14})
        ends = [-x for x in reversed(ends)] + [mpmath.mpf(0)] + ends
        return mpmath.quad(lambda x: function(spread * x) ** 2 * mpmath.npdf(x), ends)


@pytest.mark.claim("variance-map")
@pytest.mark.no_cover  # nearly all of its time is spent in mpmath
@pytest.mark.parametrize("activation", ALL, ids=repr)
@pytest.mark.parametrize("q", [1e-6, 0.3, 4, 100, 1e6])
def test_variance_map_agrees_with_a_precise_quadrature(activation, q):
    value, _ = PRECISE[activation.name]
    expected = 1.7**2 * float(precise_mean(value, q**0.5)) + 0.3**2
    assert variance_map(q, 1.7, 0.3, activation) == pytest.approx(expected, rel=1e-14)


@pytest.mark.claim("mean-square-gain")
@pytest.mark.no_cover  # nearly all of its time is spent in mpmath
@pytest.mark.parametrize("activation", ALL, ids=repr)
@pytest.mark.parametrize("q", [1e-6, 0.3, 4, 100, 1e5])
def test_mean_square_gain_agrees_with_a_precise_quadrature(activation, q):
    _, slope = PRECISE[activation.name]
    expected = 1.7**2 * float(precise_mean(slope, q**0.5))
    found = mean_square_gain(1.7, 0.3, activation, q)
    assert found == pytest.approx(expected, rel=1e-14)


def test_gauss_and_hermite_keep_three_digits_where_a_neuron_is_steep():
    x, w = np.polynomial.hermite_e.hermegauss(100)
    by_gauss = w @ np.tanh(3 * x) ** 2 / w.sum()
    assert 1e-4 < abs(by_gauss / variance_map(9, 1, 0, TANH) - 1) < 1e-3


@pytest.mark.claim("fixed-variance")
@pytest.mark.claim("mean-square-gain")
@pytest.mark.no_cover  # nearly all of its time is spent in mpmath
def test_nielsens_initialisation_by_another_quadrature():
    sigmoid, slope = PRECISE["sigmoid"]
    with mpmath.workdps(20):
        q = mpmath.mpf(1.3)
        for _ in range(12):
            q = precise_mean(sigmoid, mpmath.sqrt(q)) + 1
        chi = precise_mean(slope, mpmath.sqrt(q))
        shrink = 1 / mpmath.sqrt(chi)
    assert float(q) == pytest.approx(1.3021, abs=5e-5)
    assert float(chi) == pytest.approx(0.04196, abs=5e-6)
    assert float(shrink) == pytest.approx(4.882, abs=5e-4)
    assert fixed_variance(1, 1, SIGMOID) == pytest.approx(float(q), rel=1e-14)
    assert mean_square_gain(1, 1, SIGMOID) == pytest.approx(float(chi), rel=1e-14)


@pytest.mark.claim("fixed-variance")
@given(spreads, spreads, st.sampled_from(BOUNDED))
def test_fixed_variance_is_fixed_and_reached_from_both_sides(w, b, activation):
    q = fixed_variance(w, b, activation)
    assert variance_map(q, w, b, activation) == pytest.approx(q, rel=1e-12)
    below, above = variance_map([0.9 * q, 1.1 * q], w, b, activation)
    assert 0.9 * q < below < q < above < 1.1 * q


@pytest.mark.claim("fixed-variance")
@pytest.mark.parametrize("activation", BOUNDED, ids=repr)
def test_iteration_settles_to_the_fixed_variance(activation):
    w, b = np.array([0.5, 1, 2, 6]), 0.7
    q = np.full(4, 3.0)
    for _ in range(200):
        q = variance_map(q, w, b, activation)
    np.testing.assert_allclose(q, fixed_variance(w, b, activation), rtol=1e-12)


def test_tanh_without_biases_dies_up_to_one_and_lives_beyond():
    assert np.array_equal(fixed_variance([0, 0.5, 1], 0, TANH), np.zeros(3))
    # just above, E tanh² = q - 2q² + (17/3)q³ gives q = (1 - 1/w²)/2 to leading order
    w = 1 + np.array([1e-4, 1e-3])
    expected = (1 - 1 / w**2) / 2
    np.testing.assert_allclose(fixed_variance(w, 0, TANH), expected, rtol=1e-2)
    root = brentq(lambda q: variance_map(q, 1.5, 0, TANH) - q, 0.1, 2, xtol=1e-14)
    assert fixed_variance(1.5, 0, TANH) == pytest.approx(root, rel=1e-12)


@pytest.mark.claim("stretching-variance")
def test_layers_that_stretch_have_a_geometric_series():
    for activation, kept in ((RELU, 0.5), (LINEAR, 1)):
        q = 1.0
        for _ in range(400):
            q = variance_map(q, 0.9, 0.4, activation)
        expected = 0.4**2 / (1 - kept * 0.9**2)
        assert q == pytest.approx(expected, rel=1e-12)
        assert fixed_variance(0.9, 0.4, activation) == pytest.approx(expected, rel=1e-14)
    assert fixed_variance([2, 1.5, 1], [1, 0, 0], LINEAR).tolist() == [np.inf, np.inf, 1]
    critical = np.nextafter(2**0.5, 0)
    assert fixed_variance(critical, 0, RELU) == 0
    assert variance_map(1, 2**0.5, 0, RELU) == pytest.approx(1, rel=1e-15)


@pytest.mark.claim("relu-half")
@given(st.floats(1e-6, 1e6))
def test_relu_halves_the_mean_square(q):
    assert variance_map(q, 1, 0, RELU) == pytest.approx(q / 2, rel=1e-14)
    assert mean_square_gain(1, 0, RELU, q) == 0.5
    assert mean_square_gain(2**0.5, 0, RELU) == pytest.approx(1, rel=1e-15)


@pytest.mark.claim("sigmoid-is-tanh")
@given(spreads, st.floats(0, 50))
def test_sigmoid_layers_are_tanh_layers_of_other_deviations(w, b):
    w_tanh, b_tanh = w / 4, np.hypot(b / 2, w / 4)
    q = fixed_variance(w, b, SIGMOID)
    assert q / 4 == pytest.approx(fixed_variance(w_tanh, b_tanh, TANH), rel=1e-11)
    chi = mean_square_gain(w, b, SIGMOID)
    assert chi == pytest.approx(mean_square_gain(w_tanh, b_tanh, TANH), rel=1e-10)


@pytest.mark.claim("critical-line")
@pytest.mark.parametrize("activation", BOUNDED, ids=repr)
def test_gradients_neither_grow_nor_shrink_on_the_critical_line(activation):
    q = np.array([20.0, 50, 100, 1000])
    w, b = critical_line(q, activation)
    at = np.isfinite(b)
    assert at.sum() >= 3
    np.testing.assert_allclose(fixed_variance(w[at], b[at], activation), q[at], rtol=1e-10)
    np.testing.assert_allclose(mean_square_gain(w[at], b[at], activation), 1, rtol=1e-10)
    # more weight explodes, more bias vanishes
    assert np.all(mean_square_gain(1.01 * w[at], b[at], activation) > 1)
    assert np.all(mean_square_gain(w[at], 1.01 * b[at], activation) < 1)


def test_critical_weights_of_layers_that_stretch():
    assert critical_line([0, 2], LINEAR).w_std.tolist() == [1, 1]
    w, b = critical_line([0, 1, 2], RELU)
    np.testing.assert_allclose(w, 2**0.5, rtol=1e-15)
    assert b.tolist() == [0, 0, 0]
    assert isinstance(critical_line(1), CriticalLine)


def test_the_critical_line_of_tanh_starts_at_one():
    q = np.array([1e-3, 1e-4])
    w, b = critical_line(q)
    np.testing.assert_allclose(w, 1 + q, rtol=1e-5)
    np.testing.assert_allclose(b**2, 4 / 3 * q**3, rtol=1e-2)
    assert np.allclose(critical_line(0), (1, 0), rtol=0, atol=1e-15)


@pytest.mark.claim("sigmoid-critical")
def test_sigmoids_are_critical_only_from_ten_up():
    q = brentq(_bias_left, 20, 60, xtol=1e-12)
    assert 45.62 < q < 45.63  # where the chapter says that the line begins
    w = critical_line(q * (1 + 1e-12), SIGMOID).w_std
    assert w == pytest.approx(SIGMOID_CRITICAL, abs=5e-4)
    q = np.geomspace(1e-3, 1e5, 20_001)
    w, b = critical_line(q, SIGMOID)
    assert w[np.isfinite(b)].min() >= SIGMOID_CRITICAL - 1e-3


def _bias_left(q):
    """Square of the bias spread at which sigmoids settle to `q` with χ = 1."""
    w_squared = 1 / mean_square_gain(1, 0, SIGMOID, q)
    return q - w_squared * variance_map(q, 1, 0, SIGMOID)


@pytest.mark.claim("depth-scale")
def test_depth_scale_is_where_a_factor_has_become_e():
    for chi in (0.04196, 0.9, 1.1, 3):
        grown = chi ** depth_scale(chi)
        assert grown == pytest.approx(np.e if chi > 1 else 1 / np.e, rel=1e-12)
    assert depth_scale(1) == np.inf


def wide_layer(c, q, activation, n=4000, samples=50):
    """Products of values and of slopes over a wide layer with given variance and correlation."""
    rng = np.random.default_rng(7)
    u, v = rng.normal(size=(2, n * samples))
    u, v = np.sqrt(q) * u, np.sqrt(q) * (c * u + np.sqrt(1 - c * c) * v)
    return (
        np.mean(activation.value(u) * activation.value(v)),
        np.mean(activation.slope(u) * activation.slope(v)),
    )


@pytest.mark.claim("correlation-map")
@pytest.mark.claim("gradient-correlation")
@pytest.mark.parametrize("activation", ALL, ids=repr)
@pytest.mark.parametrize("c", [-0.6, 0.2, 0.95])
def test_correlations_agree_with_a_sample(activation, c):
    q, w, b = 1.6, 1.4, 0.3
    values, slopes = wide_layer(c, q, activation)
    expected = (w**2 * values + b**2) / variance_map(q, w, b, activation)
    assert correlation_map(c, q, w, b, activation) == pytest.approx(expected, abs=0.015)
    alike = slopes / mean_square_gain(1, 0, activation, q)
    assert gradient_correlation(c, q, activation) == pytest.approx(alike, abs=0.015)


@pytest.mark.claim("correlation-map")
@pytest.mark.claim("gradient-correlation")
@pytest.mark.parametrize("activation", BOUNDED, ids=repr)
@pytest.mark.parametrize(("c", "q"), [(0.3, 1), (-0.8, 4), (0.9, 25)])
def test_correlations_agree_with_an_other_quadrature(activation, c, q):
    x, weights = np.polynomial.legendre.leggauss(500)
    x, weights = 9 * x, 9 * weights * norm.pdf(9 * x)

    def product(function):
        u, v = np.sqrt(q) * x, np.sqrt(q) * (c * x[:, None] + np.sqrt(1 - c * c) * x)
        return weights @ (function(u)[:, None] * function(v)) @ weights

    shared = product(activation.value) / variance_map(q, 1, 0, activation)
    assert correlation_map(c, q, 1, 0, activation) == pytest.approx(shared, abs=1e-10)
    alike = product(activation.slope) / mean_square_gain(1, 0, activation, q)
    assert gradient_correlation(c, q, activation) == pytest.approx(alike, abs=1e-10)


@pytest.mark.parametrize("activation", ALL, ids=repr)
@given(c=st.floats(-1, 1), q=st.floats(0.01, 25))
def test_equal_inputs_stay_equal_and_correlations_stay_in_range(activation, c, q):
    assert correlation_map(1, q, 1.3, 0.2, activation) == pytest.approx(1, rel=1e-10)
    assert gradient_correlation(1, q, activation) == pytest.approx(1, rel=1e-9)
    assert -1 - 1e-10 <= correlation_map(c, q, 1.3, 0.2, activation) <= 1 + 1e-10
    assert -1e-9 <= gradient_correlation(c, q, activation) <= 1 + 1e-9


@pytest.mark.claim("chi-separates")
@pytest.mark.parametrize("activation", BOUNDED, ids=repr)
@pytest.mark.parametrize(("w", "b"), [(0.8, 0.3), (1.5, 0.2), (3, 1)])
def test_correlation_near_one_changes_by_the_mean_square_gain(activation, w, b):
    q = fixed_variance(w, b, activation)
    apart = 1e-4
    grown = (1 - correlation_map(1 - apart, q, w, b, activation)) / apart
    assert grown == pytest.approx(mean_square_gain(w, b, activation), rel=2e-3)


@pytest.mark.claim("relu-likeness")
def test_correlation_of_relu_layers_closes_like_the_square_of_depth():
    c, angles = 0.0, []
    for _ in range(4000):
        c = correlation_map(c, 1, 2**0.5, 0, RELU)
        angles.append(np.arccos(np.minimum(c, 1)))
    layers = np.arange(1, 4001)
    assert angles[-1] * layers[-1] / (3 * np.pi) == pytest.approx(1, abs=0.01)


def test_layers_whose_limit_is_not_known_are_refused():
    steep = Activation(
        "steep", lambda z: 100 * np.tanh(z), lambda z: 100 * TANH.slope(z), TANH.log_slope, 100
    )
    q = np.full(3, 2.0)
    for _ in range(300):
        q = variance_map(q, 0.01, [0.1, 0.2, 1], steep)
    np.testing.assert_allclose(q, fixed_variance(1, [0.1, 0.2, 1], TANH), rtol=1e-10)
    for refuse in (fixed_variance, mean_square_gain):
        with pytest.raises(ValueError, match=r"where layers of 'steep' settle.*repeat variance"):
            refuse(0.01, 0.1, steep)
    found = mean_square_gain(0.01, 0.1, steep, q)
    np.testing.assert_allclose(found, mean_square_gain(1, [0.1, 0.2, 1], TANH), rtol=1e-9)


def test_arguments_are_refused():
    for call, message in (
        (lambda: variance_map(-1), r"q is -1.0; give numbers from 0 up"),
        (lambda: variance_map(1, [1, -2]), r"w_std\[1\] is -2.0; give numbers from 0 up"),
        (lambda: fixed_variance(1, np.nan), "b_std is nan; give finite numbers"),
        (lambda: fixed_variance([1, 2], [1, 2, 3]), "give shapes that broadcast together"),
        (lambda: mean_square_gain(1, 1, TANH, -1), "q is -1.0; give numbers from 0 up"),
        (lambda: depth_scale([1, 0]), r"chi\[1\] is 0.0; give numbers above 0"),
        (lambda: critical_line(-1), "q is -1.0; give numbers from 0 up"),
        (lambda: correlation_map(1.1, 1), "c is 1.1; give numbers from -1 to 1"),
        (lambda: correlation_map(0, 0), "q is 0.0; give numbers above 0"),
        (lambda: gradient_correlation([0, -2], 1), r"c\[1\] is -2.0; give numbers from -1 to 1"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(TypeError, match=r"w_std is '1'.*give real numbers"):
        fixed_variance("1")


@pytest.mark.parametrize("activation", ALL, ids=repr)
def test_arrays_keep_their_shape(activation):
    w, b = np.full((3, 1), 0.8), np.full(4, 0.5)
    assert fixed_variance(w, b, activation).shape == (3, 4)
    assert mean_square_gain(w, b, activation).shape == (3, 4)
    assert variance_map(1, w, b, activation).shape == (3, 4)
    assert correlation_map(np.zeros((2, 1, 1)), 1, w, b, activation).shape == (2, 3, 4)
    assert gradient_correlation(np.zeros(2), np.ones((3, 1)), activation).shape == (3, 2)


def test_all_of_it_can_be_traced():
    figure, axes = panels()
    axes.plot(np.zeros(8), gid="numbers")
    at = np.array([0.1, 0.7])

    def update(w, b, activation):
        q = fixed_variance(w, b, activation)
        chi = mean_square_gain(w, b, activation)
        alike = correlation_map(0.5, q, w, b, activation)
        line = critical_line(at * w, activation)
        rows = [
            variance_map(q + at, w, b, activation),
            line.w_std,
            [q, chi],
            [alike, depth_scale(chi)],
        ]
        return {"numbers": np.concatenate([np.stack(row) for row in rows])}

    controls = {
        "w": slider(0.5, 1.3, 1.2),
        "b": slider(0.1, 1, 0.5),
        "activation": choice(*ALL[:3]),
    }
    assert record(explore(figure, update, **controls)).nodes
