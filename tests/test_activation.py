"""Activation functions: their digits, their shapes, and the facts about their slopes."""

import warnings

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopes.activation import (
    LINEAR,
    RELU,
    SIGMOID,
    TANH,
    gain,
    log_sigmoid_slope,
    logit,
    sigmoid,
    sigmoid_slope,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)
MODERATE = st.floats(-700, 700)
LARGEST = np.finfo(float).max
SMALLEST = np.finfo(float).smallest_subnormal
SIZES = [0.0, 1e-17, 2.3e-308, SMALLEST, 1.0, 37.0, 709.8, 745.2, 1e3, 1e200, LARGEST]
EXTREMES = np.array([SIZES, np.negative(SIZES)])

# enough places for cosh z - 1 to show at z = 1e-300
mp = mpmath.mp.clone()
mp.dps = 650


def exact_sigmoid(z):
    return 1 / (1 + mp.exp(-z))


def exact_sigmoid_slope(z):
    return 1 / (4 * mp.cosh(z / 2) ** 2)


def exact_log_sigmoid_slope(z):
    return -abs(z) - 2 * mp.log1p(mp.exp(-abs(z)))


def exact_tanh_slope(z):
    return 1 / mp.cosh(z) ** 2


def exact_log_tanh_slope(z):
    return -2 * mp.log(mp.cosh(z))


def units_in_the_last_place(value, exact):
    """How many float64 steps lie between `value` and the exact number."""
    step = mp.mpf(float(np.spacing(abs(float(exact)))))
    return float(abs(mp.mpf(float(value)) - exact) / step)


def worst(function, exact, points):
    """The largest error of `function` at `points`, in units in the last place."""
    points = np.asarray(points)
    pairs = zip(function(points), points, strict=True)
    return max(units_in_the_last_place(value, exact(mp.mpf(float(z)))) for value, z in pairs)


def spread(low, high, count=300):
    """Points of either sign, near 0 and far out."""
    random = np.random.default_rng(20)
    sizes = np.concatenate(
        [
            random.uniform(0, min(high, 4), count),
            random.uniform(0, high, count),
            10.0 ** random.uniform(low, np.log10(high), count),
        ]
    )
    return np.concatenate([sizes, -sizes])


@pytest.mark.claim("sigmoid")
def test_sigmoid_keeps_its_digits():
    assert worst(sigmoid, exact_sigmoid, spread(-300, 700)) <= 3


@pytest.mark.claim("sigmoid-slope")
def test_slope_is_within_four_units_up_to_700():
    assert worst(sigmoid_slope, exact_sigmoid_slope, spread(-300, 700)) <= 4
    assert worst(sigmoid_slope, exact_sigmoid_slope, np.linspace(0, 8, 2001)) <= 4


@pytest.mark.claim("log-sigmoid-slope")
def test_log_slope_is_within_two_units_everywhere():
    assert worst(log_sigmoid_slope, exact_log_sigmoid_slope, spread(-300, 1000)) <= 2
    for z in EXTREMES[np.abs(EXTREMES) > 1e100]:
        assert log_sigmoid_slope(z) == -abs(z)


def test_tanh_slope_and_its_log_keep_their_digits():
    assert worst(TANH.slope, exact_tanh_slope, spread(-300, 350)) <= 5
    assert worst(TANH.log_slope, exact_log_tanh_slope, spread(-150, 1000)) <= 6


@pytest.mark.parametrize("id", ["sigp_0", "sigp_0.5", "sigp_5", "sigp_40", "sigp_700"])
@pytest.mark.claim("sigmoid-slope")
def test_slope_has_its_verified_values(fact, id):
    known = fact(id)
    z = known.inputs["z"]
    assert sigmoid_slope(z) == pytest.approx(known.value, rel=known.rtol, abs=0)
    assert sigmoid_slope(-z) == sigmoid_slope(z)
    assert log_sigmoid_slope(z) == pytest.approx(np.log(known.value), rel=known.rtol, abs=0)


def test_product_form_of_the_slope_is_lost_where_the_careful_one_is_not():
    for z, lost in [(30, 1e-4), (36.7, 0.9), (36.8, 1)]:
        s = sigmoid(z)
        slope = sigmoid_slope(z)
        assert abs(s * (1 - s) - slope) >= lost * slope * (1 - 1e-12)
        assert units_in_the_last_place(slope, exact_sigmoid_slope(mp.mpf(z))) <= 4


@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU, LINEAR])
def test_nothing_warns_or_overflows_on_any_finite_float(activation):
    with np.errstate(all="raise", under="ignore"), warnings.catch_warnings():
        warnings.simplefilter("error")
        value = activation.value(EXTREMES)
        slope = activation.slope(EXTREMES)
        log_slope = activation.log_slope(EXTREMES)
    assert np.isfinite(value).all()
    assert ((slope >= 0) & (slope <= activation.steepest)).all()
    assert (log_slope <= np.log(activation.steepest)).all()
    np.testing.assert_array_equal(slope[log_slope > -700] > 0, True)


@pytest.mark.parametrize("function", [sigmoid, sigmoid_slope, log_sigmoid_slope])
@given(z=FINITE)
def test_public_functions_are_finite_and_silent(function, z):
    with np.errstate(all="raise", under="ignore"):
        assert np.isfinite(function(z))


@pytest.mark.parametrize("activation", [SIGMOID, TANH, LINEAR])
def test_slope_is_the_finite_difference_of_the_value(activation):
    z, h = np.linspace(-6, 6, 241), 1e-5
    difference = (activation.value(z + h) - activation.value(z - h)) / (2 * h)
    np.testing.assert_allclose(activation.slope(z), difference, rtol=0, atol=1e-9)
    np.testing.assert_allclose(np.exp(activation.log_slope(z)), activation.slope(z), rtol=1e-12)


def test_relu_slope_is_a_step_and_0_at_the_corner():
    z = np.array([-np.inf, -2, -0.0, 0.0, SMALLEST, 2, np.inf])
    np.testing.assert_array_equal(RELU.slope(z), [0, 0, 0, 0, 1, 1, 1])
    np.testing.assert_array_equal(RELU.log_slope(z), [-np.inf] * 4 + [0.0] * 3)
    np.testing.assert_array_equal(RELU.value(z), [0, 0, 0, 0, SMALLEST, 2, np.inf])


@pytest.mark.parametrize(
    ("activation", "value", "slope", "log_slope"),
    [
        (SIGMOID, (0, 1), (0, 0), (-np.inf, -np.inf)),
        (TANH, (-1, 1), (0, 0), (-np.inf, -np.inf)),
        (RELU, (0, np.inf), (0, 1), (-np.inf, 0)),
        (LINEAR, (-np.inf, np.inf), (1, 1), (0, 0)),
    ],
)
def test_bare_formulas_have_their_limits_at_infinity(activation, value, slope, log_slope):
    ends = np.array([-np.inf, np.inf])
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(activation.value(ends), value)
        np.testing.assert_array_equal(activation.slope(ends), slope)
        np.testing.assert_array_equal(activation.log_slope(ends), log_slope)


@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU, LINEAR])
@given(z=FINITE)
def test_no_slope_exceeds_the_steepest(activation, z):
    assert 0 <= activation.slope(np.float64(z)) <= activation.steepest


@pytest.mark.parametrize("activation", [SIGMOID, TANH])
def test_rounding_lifts_no_slope_above_the_steepest(activation):
    z = np.concatenate([np.linspace(0, 1e-14, 20_001), np.linspace(0, 1e-7, 20_001)])
    assert activation.slope(z).max() == activation.steepest
    assert activation.log_slope(z).max() == np.log(activation.steepest)


@pytest.mark.parametrize("activation", [SIGMOID, TANH])
def test_steepest_slope_is_at_0_and_nowhere_else(activation):
    assert activation.slope(np.float64(0)) == activation.steepest
    away = np.concatenate([-np.geomspace(1e-6, 700, 500), np.geomspace(1e-6, 700, 500)])
    assert (activation.slope(away) < activation.steepest).all()


@given(z=MODERATE)
def test_sigmoid_is_symmetric_about_a_half(z):
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1, rel=1e-15)
    assert sigmoid_slope(z) == sigmoid_slope(-z)
    assert log_sigmoid_slope(z) == log_sigmoid_slope(-z)


@given(z=FINITE, step=st.floats(0, 100))
def test_sigmoid_never_falls(z, step):
    assert sigmoid(min(z + step, LARGEST)) >= sigmoid(z)


@given(z=st.floats(-18, 18))
def test_logit_undoes_the_sigmoid(z):
    # near 1 a step of the activation is a step of eps/(1 - σ) of z
    assert logit(sigmoid(z)) == pytest.approx(z, abs=1e-15 * np.exp(abs(z)) + 1e-15)


@pytest.mark.claim("logit")
def test_logit_keeps_its_digits_also_around_a_half():
    random = np.random.default_rng(8)
    y = np.concatenate(
        [
            random.uniform(0.01, 0.99, 500),
            10.0 ** random.uniform(-307, -1, 300),
            0.5 + random.uniform(-1, 1, 300) * 10.0 ** random.uniform(-16, -1, 300),
            1 - 10.0 ** random.uniform(-15, -1, 300),
            [0.25, np.nextafter(0.25, 0), np.nextafter(0.5, 0), SMALLEST, np.nextafter(1, 0)],
        ]
    )
    assert worst(logit, lambda y: mp.log(y / (1 - y)) if y != 0.5 else mp.mpf(0), y) <= 4
    assert logit(0.5) == 0


def test_logit_refuses_what_no_sigmoid_answers():
    for y in (0, 1, -0.2, 1.1):
        with pytest.raises(
            ValueError, match=r"y\[1\] is .*; give numbers strictly between 0 and 1"
        ):
            logit([0.5, y])


@pytest.mark.claim("gain")
@pytest.mark.parametrize("activation", [SIGMOID, TANH, LINEAR])
def test_gain_is_the_finite_difference_of_the_neuron(activation):
    random = np.random.default_rng(3)
    w, a, b = random.normal(0, 3, (3, 200))
    h = 1e-5
    difference = activation.value(w * (a + h) + b) - activation.value(w * (a - h) + b)
    np.testing.assert_allclose(gain(w, a, b, activation), difference / (2 * h), rtol=0, atol=1e-6)


@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU, LINEAR])
@given(w=FINITE, a=FINITE, b=FINITE)
def test_gain_is_finite_and_never_above_the_steepest(activation, w, a, b):
    with np.errstate(all="raise", under="ignore"):
        value = gain(w, a, b, activation)
    assert abs(value) <= abs(w) * activation.steepest
    assert value * np.sign(w) >= 0


def test_gain_at_the_ends_of_the_floats():
    assert gain(1e200, 1e200) == 0
    assert gain(1e200, 1e200, -LARGEST) == 0
    assert gain(LARGEST, 0) == LARGEST / 4
    assert gain(0, LARGEST, 3) == 0
    assert gain(0, [1, 2], [[0], [1]]).tolist() == [[0, 0], [0, 0]]
    assert gain(LARGEST, -LARGEST, activation=RELU) == 0
    assert gain(LARGEST, LARGEST, activation=RELU) == LARGEST
    assert gain(-LARGEST, LARGEST, activation=LINEAR) == -LARGEST


def test_activations_show_their_names():
    assert repr([SIGMOID, TANH, RELU, LINEAR]) == "[SIGMOID, TANH, RELU, LINEAR]"
    assert [one.name for one in (SIGMOID, TANH, RELU, LINEAR)] == [
        "sigmoid",
        "tanh",
        "relu",
        "linear",
    ]
