"""Neurons that copy: the constructions, their exact errors and optima, stacks, and float limits."""

from itertools import pairwise

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, linprog, minimize

from slopes.activation import gain, sigmoid
from slopes.identity import (
    IdentityNeuron,
    best_identity_neuron_without_bias,
    copy_input,
    copy_slope,
    copy_through,
    identity_error,
    identity_neuron,
)
from slopes.interval import interval_width

GRID = np.linspace(0, 1, 20001)
WEIGHTS = np.array([1e-3, 0.125, 0.5, 1, 2, 5, 8, 40, 700, 1e4])
weights = st.floats(0.01, 50) | st.floats(-50, -0.01)
numbers = st.floats(-30, 30)


def by_hand(neuron, x):
    """The textbook formula, with the digits that mpmath is set to."""
    w1, b, w2, shift = (mp.mpf(float(number)) for number in neuron)
    return w2 / (1 + mp.exp(-(w1 * mp.mpf(x) + b))) + shift


def seen_error(neuron, x=GRID):
    """The worst error on a grid, by the textbook formula."""
    w1, b, w2, shift = (float(number) for number in neuron)
    return np.max(np.abs(w2 * sigmoid(w1 * x + b) + shift - x))


def answers_sign_changes(error, tolerance):
    """The signs of the error at the grid points where it is within `tolerance` of its worst."""
    peaks = error[np.abs(error) > np.max(np.abs(error)) - tolerance]
    signs = np.sign(peaks)
    return signs[np.concatenate([[True], np.diff(signs) != 0])]


# the neuron with an output bias


@pytest.mark.claim("identity-neuron")
@pytest.mark.parametrize("w1", [-8, -0.3, 0.1, 1, 5])
@pytest.mark.parametrize("best", [False, True])
def test_answers_are_those_of_the_textbook_formula(w1, best):
    neuron = identity_neuron(w1, best)
    with mp.workdps(40):
        for x in (0, 0.2, 0.5, 0.9, 1):
            assert copy_input(neuron, x) == pytest.approx(float(by_hand(neuron, x)), abs=1e-14)


@pytest.mark.claim("identity-taylor")
@pytest.mark.parametrize("w1", [-3, 0.7, 2])
def test_taylor_choice_agrees_with_the_line_to_second_order_at_the_centre(w1):
    neuron = identity_neuron(w1)
    with mp.workdps(40):
        at = [mp.diff(lambda x: by_hand(neuron, x), mp.mpf(1) / 2, n) for n in range(4)]
    expected = [0.5, 1, 0, -(w1**2) / 2]
    assert [float(value) for value in at] == pytest.approx(expected, abs=1e-9)


@pytest.mark.claim("identity-taylor-error")
@pytest.mark.parametrize(
    "id", ["identity_bias_taylor_1", "identity_bias_taylor_0.5", "identity_bias_taylor_0.125"]
)
def test_error_of_the_taylor_choice(fact, id):
    known = fact(id)
    neuron = identity_neuron(known.inputs["w1"])
    assert neuron.w2 == known.inputs["w2"]
    assert neuron.shift == known.inputs["b2"]
    assert identity_error(neuron) == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("identity-taylor-error")
@pytest.mark.parametrize("w1", [1e-100, 1e-9, 1e-4, 0.3, 3.9, 4.1, 20, 1e8, -1e-9, -2])
def test_error_of_the_taylor_choice_keeps_its_digits_for_every_weight(w1):
    with mp.workdps(450):
        w = abs(mp.mpf(w1))
        expected = mp.mpf(1) / 2 - 2 / w * mp.tanh(w / 4)
    # a stored w2 is off by an ulp, which the error keeps only where 4/w1 is exact
    allowed = 1e-13 * float(expected) + 1.2e-16 * (w1 * (4 / w1) != 4)
    assert abs(identity_error(identity_neuron(w1)) - float(expected)) <= allowed


@pytest.mark.claim("identity-taylor-error")
@given(w1=weights)
def test_taylor_error_is_below_the_leading_term(w1):
    assert identity_error(identity_neuron(w1)) <= w1**2 / 96 + 1e-16


@pytest.mark.claim("identity-orders")
def test_errors_are_a_96th_and_a_384th_of_the_squared_weight():
    w1 = np.array([0.2, 0.1, 0.05, 0.025])
    for best, order in ((False, 96), (True, 384)):
        ratio = identity_error(identity_neuron(w1, best)) * order / w1**2
        assert np.all(np.abs(ratio - 1) < w1**2 / 10)
        assert (1 - ratio[0]) / (1 - ratio[1]) == pytest.approx(4, rel=0.02)


@pytest.mark.claim("identity-best-gain")
@pytest.mark.parametrize(
    "id", ["identity_bias_w2opt_1", "identity_bias_w2opt_0.5", "identity_bias_w2opt_0.125"]
)
def test_best_output_weight(fact, id):
    known = fact(id)
    assert identity_neuron(known.inputs["w1"], best=True).w2 == pytest.approx(
        known.value, rel=known.rtol
    )


@pytest.mark.claim("identity-best-error")
@pytest.mark.parametrize(
    "id", ["identity_bias_E_1", "identity_bias_E_0.5", "identity_bias_E_0.125"]
)
def test_error_of_the_best_output_weight(fact, id):
    known = fact(id)
    neuron = identity_neuron(known.inputs["w1"], best=True)
    assert identity_error(neuron) == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("identity-best-gain")
@pytest.mark.parametrize("w1", [1e-12, 1e-3, 0.7, 3, -11, 60, 1e5, 1e300])
def test_best_gain_solves_the_balance_to_the_last_digits(w1):
    with mp.workdps(50):
        v = abs(mp.mpf(w1)) / 4

        def balance(t):
            return mp.cosh(t) ** 2 * (mp.tanh(t) + mp.tanh(v)) - t - v

        low, high = mp.mpf(0), min(v, mp.log(4 * v + 10))
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (low, middle) if balance(middle) > 0 else (middle, high)
        w2 = 4 * mp.cosh(low) ** 2 / mp.mpf(w1)
    assert identity_neuron(w1, best=True).w2 == pytest.approx(float(w2), rel=3e-14)


@pytest.mark.claim("identity-best-gain")
@pytest.mark.parametrize("w1", [0.5, 1, 4, 12])
def test_best_output_weight_is_that_of_a_linear_program(w1):
    """Minimise E over (w2, shift, E) with ``|w2 σ + shift - x| <= E`` at 801 inputs."""
    x = (1 - np.cos(np.linspace(0, np.pi, 801))) / 2
    columns = np.stack([sigmoid(w1 * x - w1 / 2), np.ones_like(x)], axis=1)
    above = np.column_stack([columns, -np.ones_like(x)])
    below = np.column_stack([-columns, -np.ones_like(x)])
    found = linprog(
        [0, 0, 1], np.concatenate([above, below]), np.concatenate([x, -x]), bounds=(None, None)
    ).x
    neuron = identity_neuron(w1, best=True)
    # between grid points 1/800 apart the program sees the peaks a little too low
    assert found[2] == pytest.approx(identity_error(neuron), rel=1e-4)
    assert found[0] == pytest.approx(neuron.w2, rel=1e-3)
    assert found[1] == pytest.approx(neuron.shift, abs=1e-3 * neuron.w2)


@pytest.mark.claim("identity-best-for-weight")
@pytest.mark.no_cover  # the same lines, many thousand times
@pytest.mark.parametrize("w1", [1, 4, 9])
def test_no_bias_and_output_beat_the_best_choice_for_a_weight(w1):
    """Nelder-Mead over (b, w2, shift), in units of the best choice, from scattered starts."""
    rng = np.random.default_rng(8)
    neuron = identity_neuron(w1, best=True)
    best = float(identity_error(neuron))

    def error(p):
        centre, w2, level = 0.5 + p[0], neuron.w2 * (1 + p[1]), 0.5 + p[2]
        return float(identity_error(IdentityNeuron(w1, -w1 * centre, w2, level - w2 / 2)))

    options = {"maxiter": 4000, "maxfev": 4000, "xatol": 1e-9, "fatol": 1e-12, "adaptive": True}
    starts = 0.2 * rng.standard_normal((4, 3))
    found = [minimize(error, p, method="Nelder-Mead", options=options).fun for p in starts]
    assert min(found) >= best * (1 - 1e-6)
    assert min(found) <= best * (1 + 0.02)


@pytest.mark.claim("identity-best-for-weight")
@pytest.mark.parametrize("w1", [-3, 0.5, 1, 8, 100])
def test_error_of_the_best_choice_alternates_at_four_inputs(w1):
    neuron = identity_neuron(w1, best=True)
    error = copy_input(neuron, GRID) - GRID
    assert list(answers_sign_changes(error, 1e-6)) == [1, -1, 1, -1]
    assert error[-1] == pytest.approx(-identity_error(neuron), rel=1e-10)


@pytest.mark.claim("identity-best-slope")
@pytest.mark.parametrize("w1", [0.1, 0.5, 1])
def test_best_choice_is_steeper_at_the_centre_by_a_64th_of_the_squared_weight(w1):
    neuron = identity_neuron(w1, best=True)
    assert copy_slope(neuron, 0.5) - 1 == pytest.approx(w1**2 / 64, rel=w1**2 / 10)
    assert 1 - copy_slope(neuron, 1) == pytest.approx(3 * w1**2 / 64, rel=w1**2 / 10)
    assert 1 - copy_slope(identity_neuron(w1), 1) == pytest.approx(w1**2 / 16, rel=w1**2 / 10)


@given(w1=weights, best=st.booleans())
def test_weight_of_either_sign_makes_the_same_copy(w1, best):
    plus, minus = identity_neuron(w1, best), identity_neuron(-w1, best)
    x = GRID[::1000]
    assert copy_input(plus, x) == pytest.approx(copy_input(minus, x), abs=1e-14)
    assert identity_error(plus) == pytest.approx(identity_error(minus), rel=1e-12, abs=1e-16)


@given(w1=weights, best=st.booleans())
def test_copies_are_symmetric_about_the_centre(w1, best):
    neuron = identity_neuron(w1, best)
    x = GRID[::100]
    assert copy_input(neuron, 1 - x) + copy_input(neuron, x) == pytest.approx(1, abs=1e-13)


@given(w1=weights)
def test_best_choice_is_no_worse_than_taylor(w1):
    best, taylor = (identity_error(identity_neuron(w1, best)) for best in (True, False))
    assert best <= taylor + 2e-16


def test_a_very_steep_neuron_is_a_step_and_its_best_error_a_quarter():
    assert identity_error(identity_neuron(1e9, best=True)) == pytest.approx(0.25, rel=1e-7)
    assert identity_error(identity_neuron(1e9)) == pytest.approx(0.5, rel=1e-7)


def test_many_neurons_at_once():
    many = identity_neuron(WEIGHTS[:, None], best=True)
    assert many.w2.shape == (len(WEIGHTS), 1)
    assert copy_input(many, GRID[::100]).shape == (len(WEIGHTS), 201)
    each = [identity_error(identity_neuron(w, best=True)) for w in WEIGHTS]
    assert identity_error(many)[:, 0] == pytest.approx(each, rel=1e-15)


# the exact error


@pytest.mark.claim("identity-error")
@given(w1=numbers, b=numbers, w2=numbers, shift=numbers)
def test_error_is_the_worst_on_a_grid(w1, b, w2, shift):
    """The grid sees at least the sup less what the error can rise in half a step."""
    neuron = IdentityNeuron(w1, b, w2, shift)
    exact, seen = float(identity_error(neuron)), seen_error(neuron)
    slope = 1 + abs(w1 * w2) / 4
    assert seen - 1e-12 <= exact <= seen + slope * 0.5 / 20000 + 1e-12


@pytest.mark.claim("identity-error")
def test_error_is_attained_where_the_slope_is_one():
    neuron = IdentityNeuron(6, -2.5, 1.1, 0.02)
    error = lambda x: copy_input(neuron, x) - x  # noqa: E731
    slope = lambda x: 6 * 1.1 * sigmoid(6 * x - 2.5) * (1 - sigmoid(6 * x - 2.5)) - 1  # noqa: E731
    inner = [brentq(slope, 0, 2.5 / 6, xtol=1e-15), brentq(slope, 2.5 / 6, 1, xtol=1e-15)]
    worst = max(abs(float(error(x))) for x in [0, 1, *inner])
    assert identity_error(neuron) == pytest.approx(worst, rel=1e-13)


def test_error_of_flat_neurons():
    assert identity_error(IdentityNeuron(0, 3, 0, 0.5)) == 0.5
    assert identity_error(IdentityNeuron(0, 0, 1, 0)) == 0.5
    assert identity_error(IdentityNeuron(5, 0, 0, 0)) == 1
    assert identity_error(IdentityNeuron(5, 1, -3, 0)) > 1


def test_error_of_extreme_neurons_is_a_number():
    big = np.array([1e300, -1e300, 1e-300])
    neuron = IdentityNeuron(big[:, None], -big[:, None] / 2, big, 0.5 - big / 2)
    assert np.isfinite(identity_error(neuron)).all()


@given(w1=weights, low=st.floats(-3, 3), length=st.floats(0.01, 5))
def test_error_over_an_interval_is_the_worst_there(w1, low, length):
    neuron = identity_neuron(w1, best=True)
    x = np.linspace(low, low + length, 4001)
    exact, seen = identity_error(neuron, low, low + length), seen_error(neuron, x)
    slope = 1 + float(abs(neuron.w1 * neuron.w2)) / 4
    noise = 1e-14 * (1 + abs(float(neuron.w2)))
    assert seen - noise <= exact <= seen + slope * length / 8000 + noise


# without an output bias


@pytest.mark.claim("best-identity-neuron-without-bias")
def test_best_neuron_without_bias(fact):
    neuron = best_identity_neuron_without_bias()
    w1, error = fact("identity_nobias_w1"), fact("identity_nobias_E")
    b, x1 = fact("identity_nobias_b"), fact("identity_nobias_x1")
    assert neuron.w1 == pytest.approx(w1.value, rel=w1.rtol)
    assert neuron.b == pytest.approx(b.value, rel=b.rtol)
    assert (neuron.w2, neuron.shift) == (1, 0)
    assert identity_error(neuron) == pytest.approx(error.value, rel=error.rtol)
    assert sigmoid(-neuron.w1 / 2) == pytest.approx(error.value, rel=error.rtol)
    assert 0.5 - interval_width(neuron.w1) / 2 == pytest.approx(x1.value, rel=x1.rtol)


@pytest.mark.claim("identity-scalar-equation")
def test_best_weight_solves_the_scalar_equation_with_60_digits():
    with mp.workdps(60):
        t = mp.findroot(
            lambda t: mp.tanh(t) - t * mp.sech(t) ** 2 + mp.tanh(mp.cosh(t) ** 2) - 1, 0.6
        )
        w1 = 4 * mp.cosh(t) ** 2
        assert best_identity_neuron_without_bias().w1 == pytest.approx(float(w1), rel=7e-16)


@pytest.mark.claim("identity-alternation")
def test_error_without_bias_alternates_at_the_ends_and_the_ends_of_the_steep_interval():
    neuron = best_identity_neuron_without_bias()
    half = interval_width(neuron.w1) / 2
    x = np.array([0, 0.5 - half, 0.5 + half, 1])
    worst = identity_error(neuron)
    assert copy_input(neuron, x) - x == pytest.approx(worst * np.array([1, -1, 1, -1]), abs=3e-16)
    assert gain(neuron.w1, x[1:3], neuron.b) == pytest.approx(1, rel=1e-14)
    assert list(answers_sign_changes(copy_input(neuron, GRID) - GRID, 1e-7)) == [1, -1, 1, -1]


@pytest.mark.claim("identity-no-bias")
@pytest.mark.no_cover  # the same lines, many thousand times
def test_no_search_finds_a_better_neuron_without_bias():
    rng = np.random.default_rng(3)
    best = float(identity_error(best_identity_neuron_without_bias()))
    found = []
    for _ in range(12):
        guess = np.array([4, -2, 1]) * np.exp(0.6 * rng.standard_normal(3))
        result = minimize(
            lambda p: float(identity_error(IdentityNeuron(*p, 0))),
            guess,
            method="Nelder-Mead",
            options={"maxiter": 3000, "maxfev": 3000, "xatol": 1e-9, "fatol": 1e-12},
        )
        found.append(result.fun)
    assert min(found) >= best * (1 - 1e-9)
    assert min(found) == pytest.approx(best, rel=1e-6)


@pytest.mark.claim("identity-no-bias")
@given(w1=numbers, b=numbers, w2=numbers)
def test_every_neuron_without_bias_errs_by_more_than_a_twentieth(w1, b, w2):
    assert identity_error(IdentityNeuron(w1, b, w2, 0)) >= 0.0560503844411513


@pytest.mark.claim("identity-no-bias")
@given(w1=st.floats(5.5, 5.8), b=st.floats(-2.9, -2.75), w2=st.floats(0.98, 1.02))
def test_no_neighbour_of_the_best_neuron_does_better(w1, b, w2):
    assert identity_error(IdentityNeuron(w1, b, w2, 0)) >= 0.0560503844411513


@pytest.mark.claim("identity-zero-count")
@given(
    w=st.tuples(weights, weights),
    b=st.tuples(numbers, numbers),
    w2=st.tuples(st.floats(0.1, 5), st.floats(0.1, 5)),
)
def test_two_neurons_without_bias_cross_at_most_twice(w, b, w2):
    """Signs of ``1/f - 1/g`` on a grid, where the difference stands clear of rounding."""
    x = np.linspace(-2, 2, 4001)
    with np.errstate(over="ignore", invalid="ignore"):
        one, two = ((1 + np.exp(-w[i] * x - b[i])) / w2[i] for i in (0, 1))
        clear = np.abs(one - two) > 1e-12 * (one + two)
    signs = np.sign((one - two)[clear])
    assert np.count_nonzero(np.diff(signs)) <= 2


@pytest.mark.claim("identity-small-weight")
@given(w1=st.floats(-20, 20), b=numbers, w2=st.floats(-50, 50))
def test_error_without_bias_is_at_least_sigma_of_minus_w1(w1, b, w2):
    bound = float(sigmoid(-abs(w1)))
    assert identity_error(IdentityNeuron(w1, b, w2, 0)) >= bound - 1e-12


@pytest.mark.claim("identity-small-weight")
def test_bound_for_small_weights_is_neared_by_very_negative_biases():
    """As b → −∞ the neuron is an exponential, and with w2 fitted it reaches the bound."""
    for w1 in (0.01, 0.1, 1.0):
        w2 = 1 / (sigmoid(-30) + sigmoid(-30 + w1))  # so that f(0) + f(1) = 1
        error = identity_error(IdentityNeuron(w1, -30, w2, 0))
        assert error == pytest.approx(sigmoid(-w1), rel=1e-11)


@pytest.mark.claim("identity-exact-at-centre")
@given(b=st.floats(-20, 20))
def test_value_and_slope_right_at_the_centre_need_a_weight_above_two(b):
    """Any z0 at the centre: w2 σ = 1/2 and slope 1 force w1 = 2/(1 − σ(z0)) > 2."""
    w1 = 2 / sigmoid(-b)
    neuron = IdentityNeuron(w1, b - w1 / 2, 0.5 / sigmoid(b), 0)
    assert copy_input(neuron, 0.5) == pytest.approx(0.5, rel=1e-7)
    assert copy_slope(neuron, 0.5) == pytest.approx(1, rel=1e-6)
    assert w1 > 2


def test_error_of_the_tangent_choice_without_bias(fact):
    known = fact("identity_nobias_centre_only_err")
    neuron = IdentityNeuron(known.inputs["w1"], known.inputs["b"], known.inputs["w2"], 0)
    assert identity_error(neuron) == pytest.approx(known.value, rel=1e-14)


@pytest.mark.claim("identity-interval")
@pytest.mark.no_cover  # the same lines, many thousand times
@pytest.mark.parametrize("low, high", [(0.5, 1.5), (1.5, 2.5), (0.2, 0.9), (10, 11), (0, 3)])
def test_best_neuron_on_an_interval_alternates_and_no_search_beats_it(low, high):
    neuron = best_identity_neuron_without_bias(low, high)
    x = np.linspace(low, high, 40001)
    worst = identity_error(neuron, low, high)
    error = copy_input(neuron, x) - x
    assert list(answers_sign_changes(error, worst * 1e-5)) == [1, -1, 1, -1]
    result = minimize(
        lambda p: float(identity_error(IdentityNeuron(*p, 0), low, high)),
        np.array([neuron.w1, neuron.b, neuron.w2]) * [1.1, 0.95, 1.05],
        method="Nelder-Mead",
        options={"maxiter": 3000, "maxfev": 3000, "xatol": 1e-9, "fatol": 1e-13},
    )
    assert result.fun >= worst * (1 - 1e-9)


@pytest.mark.claim("identity-interval")
def test_error_away_from_zero_falls_with_the_square_of_the_distance():
    assert identity_error(best_identity_neuron_without_bias(0.5, 1.5), 0.5, 1.5) == pytest.approx(
        0.011118367877294, rel=1e-12
    )
    assert identity_error(best_identity_neuron_without_bias(1.5, 2.5), 1.5, 2.5) == pytest.approx(
        0.0026456, abs=5e-8
    )
    centre = np.array([4.0, 16, 64])
    error = identity_error(
        best_identity_neuron_without_bias(centre - 0.5, centre + 0.5), centre - 0.5, centre + 0.5
    )
    assert error * 12 * centre**2 / 0.5**3 == pytest.approx(1, abs=0.02)


@pytest.mark.claim("identity-interval")
@given(length=st.floats(1e-6, 1e6))
def test_error_from_zero_up_grows_in_proportion_to_the_interval(length):
    neuron = best_identity_neuron_without_bias(0, length)
    assert identity_error(neuron, 0, length) == pytest.approx(
        0.0560503844411514 * length, rel=1e-12
    )


def test_intervals_broadcast():
    low, length = np.array([[0.0], [1.0]]), np.array([1.0, 2.0, 3.0])
    neuron = best_identity_neuron_without_bias(low, low + length)
    assert neuron.w1.shape == neuron.shift.shape == (2, 3)
    assert neuron.w1[1, 2] == best_identity_neuron_without_bias(1, 4).w1


# the next layer's bias


@pytest.mark.claim("identity-absorbed")
@given(w1=weights, w_next=numbers, b_next=numbers)
def test_the_next_bias_absorbs_the_constant(w1, w_next, b_next):
    neuron = identity_neuron(w1)
    x = GRID[::500]
    two_layers = w_next * neuron.w2 * sigmoid(w1 * x - w1 / 2) + b_next + w_next * (0.5 - 2 / w1)
    worst = abs(w_next) * identity_error(neuron)
    assert np.max(np.abs(two_layers - (w_next * x + b_next))) <= worst + 1e-14 * (
        1 + abs(b_next) + abs(w_next / w1)
    )


# floating point


@pytest.mark.claim("copy-input")
@pytest.mark.parametrize("w1", [1e-300, -1e-100, 1e-12, 1e-8, 3e-5, 0.01])
def test_copy_has_no_floor(w1):
    x = np.linspace(0, 1, 401)
    error = copy_input(identity_neuron(w1), x) - x
    assert np.max(np.abs(error)) <= w1**2 / 96 + 1.2e-16


@pytest.mark.claim("copy-input")
@given(w1=weights, best=st.booleans(), x=st.floats(-5, 5))
def test_centred_form_equals_the_textbook_formula_with_60_digits(w1, best, x):
    neuron = identity_neuron(w1, best)
    with mp.workdps(60):
        w, w2 = mp.mpf(float(neuron.w1)), mp.mpf(float(neuron.w2))
        expected = mp.mpf(1) / 2 + w2 * (1 / (1 + mp.exp(-w * (mp.mpf(x) - 0.5))) - mp.mpf(1) / 2)
    allowed = 4e-16 * (1 + float(abs(w1 * neuron.w2)) * abs(x) / 4)
    assert abs(float(copy_input(neuron, x)) - float(expected)) <= allowed


def test_any_other_neuron_is_evaluated_as_it_stands():
    neuron = IdentityNeuron(3, -1, 2, 0.25)
    assert copy_input(neuron, [0, 1]) == pytest.approx(2 * sigmoid([-1, 2]) + 0.25, rel=1e-15)
    tail = copy_input(IdentityNeuron(1, 0, 1e10, 0), -40)
    assert tail == pytest.approx(1e10 * np.exp(-40), rel=1e-14)


@pytest.mark.claim("identity-floor")
def test_textbook_formula_has_a_floor_that_grows_as_the_weight_shrinks():
    x = np.linspace(0, 1, 2001)
    w1 = 10.0 ** np.arange(-12, 0.01, 0.1)
    naive = [seen_error(identity_neuron(w), x) for w in w1]
    assert 1e-5 < w1[np.argmin(naive)] < 1e-4
    assert 0.5e-11 < min(naive) < 4e-11
    bound = 3 * np.finfo(float).eps / w1 + w1**2 / 96 + 1e-16
    assert np.all(naive <= bound)
    small = w1 < 1e-6
    assert np.median(np.array(naive)[small] / bound[small]) > 0.3
    assert 3e-8 < seen_error(identity_neuron(1e-8), GRID) < 6e-8


@pytest.mark.claim("identity-floor")
def test_float32_has_its_best_weight_near_a_fortieth():
    x = np.linspace(0, 1, 2001, dtype=np.float32)

    def naive(w):
        w1, half = np.float32(w), np.float32(0.5)
        w2 = np.float32(4) / w1
        answer = w2 / (1 + np.exp(w1 * half - w1 * x)) + (half - w2 / 2)
        assert answer.dtype == np.float32
        return np.max(np.abs(answer - x))

    w1 = 10.0 ** np.arange(-4, 0.01, 0.05)
    error = [naive(w) for w in w1]
    assert 0.01 < w1[np.argmin(error)] < 0.05
    assert 0.8e-5 < min(error) < 3e-5


# stacks


@pytest.mark.claim("copy-through")
@given(w1=weights, best=st.booleans(), k=st.integers(0, 12))
def test_stack_is_the_neuron_applied_again_and_again(w1, best, k):
    neuron, x = identity_neuron(w1, best), GRID[::2000]
    answers = copy_through(neuron, x, k)
    assert answers.shape == (k + 1, 11)
    for before, after in pairwise(answers):
        assert (copy_input(neuron, before) == after).all()
    assert (answers[0] == x).all()


@pytest.mark.claim("identity-stack-taylor")
@pytest.mark.parametrize("w1", [0.05, 0.3, 1, 4, 9])
@pytest.mark.parametrize("k", [1, 10, 500])
def test_taylor_stack_shrinks_between_its_two_square_roots(w1, k):
    x = np.array([0.01, 0.2, 0.4, 0.7, 1])
    start, left = x - 0.5, copy_through(identity_neuron(w1), x, k)[-1] - 0.5
    slow = np.abs(start) / np.sqrt(1 + k * w1**2 * start**2 / 6)
    fast = np.abs(start) / np.sqrt(1 + k * w1**2 * start**2 / 4)
    assert np.all(left * start > 0)
    assert np.all(fast - 1e-13 <= np.abs(left))
    assert np.all(np.abs(left) <= slow + 1e-13)


@pytest.mark.claim("identity-stack-error")
@given(w1=st.floats(0.02, 6), k=st.integers(1, 60))
def test_error_of_a_taylor_stack_is_at_most_k_times_that_of_one(w1, k):
    neuron, x = identity_neuron(w1), GRID[::200]
    worst = np.max(np.abs(copy_through(neuron, x, k)[-1] - x))
    assert worst <= k * identity_error(neuron) * (1 + 1e-12) + 1e-15 * k
    # and the worst input is an end
    assert worst == pytest.approx(0.5 - (copy_through(neuron, 1, k)[-1] - 0.5), abs=1e-14)


@pytest.mark.claim("copy-slope")
@given(w1=weights, best=st.booleans(), x=st.floats(0, 1))
def test_slope_is_the_derivative_of_the_answer(w1, best, x):
    neuron = identity_neuron(w1, best)
    step = 1e-4 / (1 + abs(w1))
    beside = copy_input(neuron, [x - step, x + step])
    finite = (beside[1] - beside[0]) / (2 * step)
    slope = copy_slope(neuron, x)
    assert slope == pytest.approx(finite, abs=1e-6 * (1 + abs(w1)))
    assert slope == pytest.approx(neuron.w2 * gain(neuron.w1, x, neuron.b), rel=1e-13)


@pytest.mark.claim("identity-stack-slope")
@pytest.mark.parametrize("w1, k", [(0.1, 1000), (0.3, 100), (1, 50)])
def test_slope_through_a_taylor_stack_is_one_at_the_centre_and_a_power_law_at_the_ends(w1, k):
    neuron = identity_neuron(w1)
    answers = copy_through(neuron, [0.5, 1], k)
    centre, end = np.prod(copy_slope(neuron, answers[:-1]), axis=0)
    assert centre == 1
    law = (1 + k * w1**2 / 24) ** -1.5
    assert end == pytest.approx(law, rel=w1**2 / 2)
    step = 1e-5
    ends = copy_through(neuron, [1 - step, 1 + step], k)[-1]
    assert end == pytest.approx((ends[1] - ends[0]) / (2 * step), rel=1e-6)


@pytest.mark.claim("identity-stack-best")
def test_stack_of_best_neurons_settles_at_two_levels():
    """All inputs flow to 1/2 ± √3/4 (to leading order), and the slope at 1/2 explodes."""
    neuron = identity_neuron(0.5, best=True)
    answers = copy_through(neuron, [0, 0.1, 0.45, 0.5, 0.55, 0.9, 1], 4000)
    level = np.sqrt(3) / 4
    assert answers[-1] - 0.5 == pytest.approx(level * np.array([-1, -1, -1, 0, 1, 1, 1]), abs=2e-3)
    slope = np.prod(copy_slope(neuron, answers[:-1]), axis=0)
    assert slope[3] == pytest.approx((neuron.w1 * neuron.w2 / 4) ** 4000, rel=1e-9)
    assert slope[3] > 1e6 and slope[0] < 1e-10


def test_gradient_flow_shrinks_the_weight_like_the_sixth_root_of_time():
    """Mean square of the error over [0, 1] by Gauss quadrature, all four numbers free."""
    x, share = np.polynomial.legendre.leggauss(8)
    x, share = (x + 1) / 2, share / 2

    def flow(_, numbers):
        w1, b, w2, shift = numbers
        a = sigmoid(w1 * x + b)
        error, slope = w2 * a + shift - x, w2 * a * (1 - a)
        directions = np.stack([slope * x, slope, a, np.ones_like(x)])
        return -2 * directions @ (share * error)

    times = np.array([1e7, 1e8])
    path = solve_ivp(
        flow, (0, 1e8), [2, -1, 2, -0.5], method="BDF", rtol=1e-5, atol=1e-8, t_eval=times
    ).y
    assert path[0].round(3) == pytest.approx([0.571, 0.388])
    assert path[0] == pytest.approx((336000 / times) ** (1 / 6), rel=6e-3)
    assert (path[0] * path[2] / 4)[1] == pytest.approx(1, abs=3e-3)
    u, by = np.polynomial.legendre.leggauss(8)
    assert np.sum(by / 2 * ((u / 2) ** 3 - 3 / 20 * u / 2) ** 2) == pytest.approx(1 / 2800)


def test_half_precision_has_its_best_weight_near_two_fifths():
    x = np.float16(np.linspace(0, 1, 201))[:, None]
    w1 = np.float16(np.linspace(0.1, 2, 96))
    one, half = np.float16(1), np.float16(0.5)
    w2 = np.float16(4) / w1
    answer = w2 / (one + np.exp(half * w1 - w1 * x)) + (half - w2 / 2)
    assert answer.dtype == np.float16
    error = np.max(np.abs(answer - x), axis=0)
    assert 0.3 < w1[np.argmin(error)] < 0.6
    assert 0.003 < np.min(error) < 0.006


def test_errors_of_copies_to_order():
    assert 9.9e-4 < identity_error(identity_neuron(0.3098)) < 1e-3
    assert 9.9e-4 < identity_error(identity_neuron(0.6197, best=True)) < 1e-3


@pytest.mark.parametrize("w1", [0.1, 0.5])
def test_tanh_copies_signed_numbers_without_a_bias(w1):
    x = np.linspace(-1, 1, 4001)
    taylor = np.max(np.abs(np.tanh(w1 * x) / w1 - x))
    assert taylor == pytest.approx(1 - np.tanh(w1) / w1, rel=1e-9)
    assert taylor == pytest.approx(2 * identity_error(identity_neuron(4 * w1)), rel=1e-9)
    assert taylor < w1**2 / 3
    twin = identity_neuron(4 * w1, best=True)
    best = np.max(np.abs(twin.w2 * np.tanh(w1 * x) - x))
    assert best == pytest.approx(2 * identity_error(twin), rel=1e-4)
    assert best == pytest.approx(w1**2 / 12, rel=0.2)


@pytest.mark.parametrize("a, x", [(0.8, 0.801), (0.3, 0.299)])
def test_printed_quadratic_term_lacks_a_half(a, x):
    """The solution sheet's expansion of ``w2/(1 + exp(w1 x + b))``, with 40 digits."""
    with mp.workdps(40):
        w1, w2, b, a, x = (mp.mpf(str(n)) for n in (1, -4, -0.5, a, x))
        decay = mp.exp(w1 * a + b)
        linear = w2 / (1 + decay) - w1 * w2 * decay / (decay + 1) ** 2 * (x - a)
        printed = w1**2 * w2 * decay * (decay - 1) / (decay + 1) ** 3 * (x - a) ** 2
        rest = w2 / (1 + mp.exp(w1 * x + b)) - linear
        assert float(rest / printed) == pytest.approx(0.5, abs=2e-3)


@given(w1=weights)
def test_the_flipped_convention_copies_the_mirror_image(w1):
    mirrored = IdentityNeuron(w1, -w1 / 2, -4 / w1, 0.5 + 2 / w1)
    x = GRID[::1000]
    straight = copy_input(identity_neuron(w1), 1 - x)
    assert copy_input(mirrored, x) == pytest.approx(straight, abs=1e-15 * (10 + 20 / abs(w1)))


# hostile inputs


@pytest.mark.parametrize("best", [False, True])
@pytest.mark.parametrize(
    "w1, message",
    [
        (0, r"w1 is 0\.0; give numbers other than 0: the output weight is near 4/w1"),
        (-0.0, "w1 is -0.0"),
        ([1, 0], r"w1\[1\] is 0\.0"),
        (np.nan, "w1 is nan; give finite numbers"),
        ([[1, np.inf]], r"w1\[0, 1\] is inf"),
        (5e-324, "4/w1 is inf; give finite numbers"),
    ],
)
def test_weights_without_an_answer_are_refused(w1, best, message):
    with pytest.raises(ValueError, match=message):
        identity_neuron(w1, best)


@pytest.mark.parametrize("w1", ["1", 1j, None, [1, None], object()])
def test_what_is_no_number_is_refused(w1):
    with pytest.raises(TypeError, match="w1"):
        identity_neuron(w1)
    with pytest.raises(TypeError, match="x"):
        copy_input(identity_neuron(1), w1)
    with pytest.raises(TypeError, match="low"):
        best_identity_neuron_without_bias(w1, 2)


@pytest.mark.parametrize("function", [copy_input, copy_slope])
def test_functions_of_a_neuron_refuse_what_is_none(function):
    with pytest.raises(TypeError, match="give an IdentityNeuron"):
        function(3.0, 0.5)
    with pytest.raises(TypeError, match="give an IdentityNeuron"):
        function((1, -0.5, 4, -1.5), 0.5)
    with pytest.raises(ValueError, match="w2 is nan"):
        function(IdentityNeuron(1, 0, np.nan, 0), 0.5)
    with pytest.raises(ValueError, match="broadcast"):
        function(identity_neuron([1, 2]), [0, 0.5, 1])


@pytest.mark.parametrize("k, error", [(-1, ValueError), (1.5, TypeError), ("2", TypeError)])
def test_depths_that_are_no_count_are_refused(k, error):
    with pytest.raises(error, match="k is"):
        copy_through(identity_neuron(1), 0.5, k)


@pytest.mark.parametrize(
    "low, high, message",
    [
        (1, 1, r"high is 1\.0 where low is 1\.0; give low < high"),
        ([0, 2], 1, r"high is 1\.0 where low is 2\.0"),
        (-0.1, 1, r"low is -0\.1; give numbers from 0 up"),
        (0, np.inf, "high is inf"),
        ([0, 1], [1, 2, 3], "give shapes that broadcast"),
        (0, 5e-324, "the weight w1 for this interval"),
    ],
)
def test_intervals_without_an_answer_are_refused(low, high, message):
    with pytest.raises(ValueError, match=message):
        best_identity_neuron_without_bias(low, high)


def test_errors_over_no_interval_are_refused():
    with pytest.raises(ValueError, match="give low < high"):
        identity_error(identity_neuron(1), 1, 0)


def test_lists_integers_and_scalars_are_welcome():
    assert identity_error(identity_neuron(1)) == identity_error(identity_neuron(np.float32(1)))
    assert copy_input(identity_neuron([1, 2]), 1).shape == (2,)
    assert copy_input(identity_neuron(1), []).shape == (0,)
    assert identity_error(identity_neuron([])).shape == (0,)
