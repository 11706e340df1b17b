"""Steps, bumps and towers against closed forms, quadrature and dense sums."""

import math
import tracemalloc
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq, linprog, minimize_scalar
from scipy.special import expit

from slopes.activation import logit, sigmoid, sigmoid_slope
from slopes.universality import (
    Bumps,
    Steps,
    Towers,
    bump,
    bump_network,
    bump_peak,
    bump_total_error,
    bump_worst_error,
    error_bound,
    fit_bumps,
    fit_steps,
    fit_towers,
    nielsen_function,
    rise_width,
    step,
    step_network,
    through_sigmoid,
    tower,
    tower_network,
)

UNIT = np.linspace(0, 1, 4001)
places = st.floats(-3, 3)
weights = st.floats(0.5, 500)


def dense_bumps(bumps, x):
    """The sum of all pairs of steps, each evaluated at each point."""
    low, high = np.asarray(bumps.edges)[:-1], np.asarray(bumps.edges)[1:]
    x = np.asarray(x, dtype=float)[..., None]
    return np.sum(bumps.heights * (expit(bumps.w * (x - low)) - expit(bumps.w * (x - high))), -1)


def dense_steps(steps, x):
    x = np.asarray(x, dtype=float)[..., None]
    return steps.offset + np.sum(steps.jumps * expit(steps.w * (x - steps.at)), axis=-1)


def dense_towers(towers, x, y):
    total = 0.0
    for i, row in enumerate(np.asarray(towers.heights)):
        for j, height in enumerate(row):
            edges = towers.x_edges[i : i + 2], towers.y_edges[j : j + 2]
            total = total + height * tower(x, y, *edges, towers.w, towers.h)
    return total


# --- the target


@pytest.mark.claim("nielsen-function")
def test_nielsen_function_stays_inside_the_unit_interval(fact):
    assert _lowest(nielsen_function) == pytest.approx(fact("nndl_f_min").value, rel=1e-12)
    highest = -_lowest(lambda x: -nielsen_function(x))
    assert highest == pytest.approx(fact("nndl_f_max").value, rel=1e-12)


def test_misprinted_function_leaves_the_unit_interval(fact):
    def misprint(x):
        return 0.2 + 0.4 * x**2 + 0.3 * np.sin(15 * x) + 0.05 * np.cos(50 * x)

    assert _lowest(misprint) == pytest.approx(fact("nndl_f_misprint_min").value, rel=1e-12)
    with pytest.raises(ValueError, match=r"y\[\d+\] is -0\.\d+; give numbers strictly between 0"):
        logit(misprint(UNIT))


def _lowest(f):
    """The least value on [0, 1], by a grid and golden section."""
    near = UNIT[np.argmin(f(UNIT))]
    around = (max(near - 1e-3, 0), min(near + 1e-3, 1))
    return minimize_scalar(f, bounds=around, method="bounded", options={"xatol": 1e-10}).fun


def test_nielsen_function_is_nowhere_steeper_than_seven(fact):
    x = np.linspace(0, 1, 200001)
    f, step_length = nielsen_function(x), x[1] - x[0]
    slope = np.abs(np.diff(f)).max() / step_length
    assert slope == pytest.approx(fact("nndl_f_lipschitz").value, rel=1e-7)
    logit_slope = np.abs(np.diff(logit(f))).max() / step_length
    assert logit_slope == pytest.approx(fact("nndl_logit_lipschitz").value, rel=1e-6)


def test_area_under_nielsen_function(fact):
    area, _ = quad(lambda x: float(nielsen_function(x)), 0, 1, epsabs=1e-14, limit=200)
    assert area == pytest.approx(fact("nndl_f_integral").value, rel=1e-12)


# --- one step


@pytest.mark.claim("step")
def test_step_is_a_neuron_with_bias_minus_w_times_its_place():
    x = np.linspace(-1, 2, 301)
    for w, at in [(10, 0.3), (-25, 1.2), (1000, 0)]:
        np.testing.assert_allclose(step(x, at, w), sigmoid(w * x - w * at), rtol=1e-12)


@pytest.mark.claim("step-moves-left")
@pytest.mark.parametrize(("w", "change"), [(10, 1.0), (10, -2.5), (-4, 0.5)])
def test_a_larger_bias_moves_the_step_by_minus_its_change_over_w(w, change):
    b = -3.0
    before = brentq(lambda x: float(sigmoid(w * x + b)) - 0.5, -50, 50, xtol=1e-14)
    after = brentq(lambda x: float(sigmoid(w * x + b + change)) - 0.5, -50, 50, xtol=1e-14)
    assert after - before == pytest.approx(-change / w, rel=1e-10)


@given(places, places, weights)
def test_step_turned_about_its_place_completes_it_to_one(x, at, w):
    assert step(x, at, w) + step(2 * at - x, at, w) == pytest.approx(1, abs=1e-9)
    assert step(x, at, -w) == pytest.approx(1 - step(x, at, w), abs=1e-15)


def test_step_takes_the_largest_floats_without_a_warning():
    huge = np.finfo(float).max
    assert step(huge, -huge, huge) == 1
    assert step(-huge, huge, huge) == 0
    assert step(huge, -huge, 0) == 0.5


@pytest.mark.claim("rise-width")
@pytest.mark.parametrize("name", ["step_width_1000", "step_width_20"])
def test_rise_width_from_a_tenth_to_nine_tenths(fact, name):
    truth = fact(name)
    assert rise_width(truth.inputs["w"]) == pytest.approx(truth.value, rel=truth.rtol)
    assert rise_width(-truth.inputs["w"]) == pytest.approx(truth.value, rel=truth.rtol)


@given(weights, st.floats(0.01, 0.5), st.floats(0.5, 0.99))
def test_rise_width_is_the_distance_of_the_two_crossings(w, low, high):
    start, end = (brentq(lambda x, y=y: float(step(x, 0, w)) - y, -20, 20) for y in (low, high))
    assert rise_width(w, low, high) == pytest.approx(end - start, abs=1e-10)


# --- one bump


@pytest.mark.claim("bump")
def test_bump_is_two_neurons_of_opposite_output_weight():
    x = np.linspace(-1, 2, 301)
    two = 0.7 * expit(20 * x - 6) - 0.7 * expit(20 * x - 14)
    np.testing.assert_allclose(bump(x, 0.3, 0.7, 20, 0.7), two, atol=1e-15)
    np.testing.assert_allclose(bump(x, 0.7, 0.3, 20, 0.7), -two, atol=1e-15)


@pytest.mark.claim("bump-peak")
@pytest.mark.parametrize("name", ["bump_peak_20_.4", "bump_peak_100_.1"])
def test_bump_peak_is_what_the_bump_reaches_midway(fact, name):
    truth = fact(name)
    w, gap = truth.inputs["w"], float(mpmath.fraction(*map(int, truth.inputs["gap"].split("/"))))
    assert bump_peak(w, gap) == pytest.approx(truth.value, rel=truth.rtol)
    x = np.linspace(-1, 1 + gap, 20001)
    assert bump(x, 0, gap, w).max() <= truth.value * (1 + 1e-14)
    assert bump(gap / 2, 0, gap, w) == pytest.approx(truth.value, rel=1e-13)


@pytest.mark.claim("bump-worst-error")
@pytest.mark.parametrize("name", ["bump_superr_20_.4", "bump_superr_100_.1"])
def test_bump_misses_its_block_by_more_than_half_at_the_edge(fact, name):
    truth = fact(name)
    w, gap = truth.inputs["w"], float(mpmath.fraction(*map(int, truth.inputs["gap"].split("/"))))
    assert bump_worst_error(w, gap) == pytest.approx(truth.value, rel=truth.rtol)
    assert bump_worst_error(w, gap) > 0.5
    outside = np.concatenate([np.linspace(-1, 0, 5001)[:-1], np.linspace(gap, gap + 1, 5001)[1:]])
    inside = np.linspace(0, gap, 5001)
    seen = max(bump(outside, 0, gap, w).max(), (1 - bump(inside, 0, gap, w)).max())
    assert seen == pytest.approx(truth.value, abs=1e-3)


@pytest.mark.claim("bump-total-error")
@pytest.mark.parametrize("name", ["bump_L1_20_.4", "bump_L1_100_.1"])
def test_area_between_bump_and_block(fact, name):
    truth = fact(name)
    w, gap = truth.inputs["w"], float(mpmath.fraction(*map(int, truth.inputs["gap"].split("/"))))
    assert bump_total_error(w, gap) == pytest.approx(truth.value, rel=truth.rtol)

    def miss(x):
        return abs(float(bump(x, 0, gap, w)) - (0 < x < gap))

    pieces = [(-40 / w, 0), (0, gap), (gap, gap + 40 / w)]
    area = sum(quad(miss, *piece, epsabs=1e-13, limit=200)[0] for piece in pieces)
    assert area == pytest.approx(truth.value, rel=1e-9)


@given(st.floats(1e-6, 1e4), st.floats(1e-6, 1e3))
def test_bump_errors_keep_their_digits_for_soft_and_steep_bumps(w, gap):
    with mpmath.workdps(40):
        u = mpmath.mpf(w) * mpmath.mpf(gap)
        peak = mpmath.tanh(u / 4)
        total = 4 / mpmath.mpf(w) * mpmath.log(2 / (1 + mpmath.exp(-u)))
    assert bump_peak(w, gap) == pytest.approx(float(peak), rel=1e-14)
    assert bump_total_error(w, gap) == pytest.approx(float(total), rel=1e-14)


@given(st.floats(0.5, 50), st.floats(0.01, 2))
@settings(max_examples=20)
def test_bump_has_the_area_of_its_block(w, gap):
    reach = 45 / w
    x = np.linspace(-reach, gap + reach, 40001)
    assert np.trapezoid(bump(x, 0, gap, w), x) == pytest.approx(gap, rel=1e-6)


# --- many


@pytest.mark.claim("bump-network")
@pytest.mark.parametrize("w", [3.0, 40.0, 900.0, 1e7])
def test_bump_network_is_the_sum_of_all_bumps(w):
    random = np.random.default_rng(1)
    bumps = Bumps(np.sort(random.normal(size=301)), random.normal(size=300), w)
    x = np.concatenate([random.normal(size=3000), bumps.edges, [-1e300, 1e300]])
    np.testing.assert_allclose(bump_network(bumps, x), dense_bumps(bumps, x), atol=2e-13)


@pytest.mark.claim("step-network")
@pytest.mark.parametrize("w", [3.0, 40.0, 900.0, 1e7])
def test_step_network_is_the_sum_of_its_steps_in_any_order(w):
    random = np.random.default_rng(2)
    at = np.concatenate([random.normal(size=200), np.zeros(5)])  # five steps at one place
    steps = Steps(at, random.normal(size=205), 0.3, w)
    x = np.concatenate([random.normal(size=3000), at])
    np.testing.assert_allclose(step_network(steps, x), dense_steps(steps, x), atol=1e-13)


def test_bump_network_is_nearer_the_truth_than_the_dense_sum():
    bumps = fit_bumps(nielsen_function, np.linspace(0, 1, 1001), 20000.0)
    x = np.linspace(0.1, 0.9, 37)
    with mpmath.workdps(40):
        exact = [
            float(
                mpmath.fsum(
                    h
                    * (
                        mpmath.mpf(1) / (1 + mpmath.exp(-20000 * (mpmath.mpf(p) - low)))
                        - mpmath.mpf(1) / (1 + mpmath.exp(-20000 * (mpmath.mpf(p) - high)))
                    )
                    for h, low, high in zip(
                        bumps.heights, bumps.edges[:-1], bumps.edges[1:], strict=True
                    )
                    if abs(p - low) < 0.01
                )
            )
            for p in x
        ]
    assert np.abs(bump_network(bumps, x) - exact).max() < 1e-14


@given(
    st.lists(st.floats(-2, 2), min_size=2, max_size=12, unique=True),
    st.floats(0.5, 1e5),
    st.data(),
)
def test_networks_agree_with_their_dense_sums(edges, w, data):
    edges = np.sort(edges)
    heights = data.draw(
        st.lists(st.floats(-5, 5), min_size=len(edges) - 1, max_size=len(edges) - 1)
    )
    x = np.array(data.draw(st.lists(st.floats(-4, 4), max_size=20)))
    bumps = Bumps(edges, np.array(heights), w)
    np.testing.assert_allclose(bump_network(bumps, x), dense_bumps(bumps, x), atol=1e-13)


def test_networks_keep_the_shape_of_their_input():
    bumps, steps = fit_bumps(np.cos, [0, 1, 2], 9), fit_steps(np.cos, 0, 2, 3, 9)
    for shape in [(), (0,), (3,), (2, 0), (2, 3, 4)]:
        assert bump_network(bumps, np.ones(shape)).shape == shape
        assert step_network(steps, np.ones(shape)).shape == shape


@pytest.mark.parametrize("w", [1e2, 3e5, 1e7])
def test_a_hundred_thousand_bumps_at_a_million_points_fit_in_64_megabytes(w):
    bumps = fit_bumps(np.sin, np.linspace(0, 1, 100_001), w)
    x = np.linspace(-0.1, 1.1, 1_000_000 if w > 1e3 else 100)
    tracemalloc.start()
    try:
        bump_network(bumps, x)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64e6 - x.nbytes


@pytest.mark.claim("half-height")
@pytest.mark.parametrize("count", [5, 50, 1000])
def test_plain_bumps_give_half_the_height_at_both_ends(count):
    bumps = fit_bumps(nielsen_function, np.linspace(0, 1, count + 1), 100.0 * count)
    ends = bump_network(bumps, [0, 1])
    np.testing.assert_allclose(ends, bumps.heights[[0, -1]] / 2, atol=1e-12)
    assert np.abs(ends - nielsen_function([0, 1])).max() > 0.4
    steps = fit_steps(nielsen_function, 0, 1, count, 100.0 * count)
    np.testing.assert_allclose(step_network(steps, [0, 1]), nielsen_function([0, 1]), atol=1e-13)


def test_half_the_logit_heights_miss_at_both_ends():
    bumps = through_sigmoid(fit_bumps(nielsen_function, np.linspace(0, 1, 6), 1000.0))
    np.testing.assert_allclose(
        sigmoid(bump_network(bumps, [0, 1])).round(3), [0.365, 0.645], atol=1e-12
    )


def test_steps_are_asked_for_values_on_the_interval_only():
    steps = fit_steps(np.sqrt, 0, 1, 20, 50)
    assert np.isfinite(step_network(steps, UNIT)).all()


@pytest.mark.parametrize("w", [2.0, 60.0, 1e4])
def test_steps_follow_a_straight_line_at_the_joints(w):
    steps = fit_steps(lambda x: 3 * x - 1, -2, 3, 20, w)
    joints = np.linspace(-2, 3, 21)[5:16]
    error = step_network(steps, joints) - (3 * joints - 1)
    assert np.abs(error).max() < 1e-12 + 3 * np.exp(-w * 5) / w


# --- how good


@pytest.mark.claim("logistic-jitter")
@pytest.mark.parametrize("w", [12.0, 90.0])
def test_network_is_the_mean_of_its_table_at_a_jittered_input(w):
    steps = fit_steps(nielsen_function, 0, 1, 8, w)
    levels = steps.offset + np.concatenate([[0], np.cumsum(steps.jumps)])
    order = np.argsort(steps.at)
    for x in (0.0, 0.31, 0.5, 0.93):

        def table_times_density(t, x=x):
            level = levels[np.searchsorted(steps.at[order], x + t)]
            return level * w * float(sigmoid_slope(w * t))

        joints = np.concatenate([[-45 / w], steps.at[order] - x, [45 / w]])
        joints = np.unique(np.clip(joints, -45 / w, 45 / w))
        mean = sum(quad(table_times_density, a, b, epsabs=1e-13)[0] for a, b in pairwise(joints))
        assert step_network(steps, x) == pytest.approx(mean, abs=1e-10)


def test_mean_size_of_the_jitter(fact):
    truth = fact("logistic_abs_mean").value
    mean, _ = quad(lambda t: 2 * t * float(sigmoid_slope(t)), 0, 60, epsabs=1e-14, limit=200)
    assert mean == pytest.approx(truth, rel=1e-10)
    assert error_bound(1, 1e300, 1) == pytest.approx(truth, rel=1e-14)


@pytest.mark.claim("error-bound")
def test_error_bound_in_numbers(fact):
    truth = fact("bump_theorem_50_1000")
    bound = error_bound(truth.inputs["L"], truth.inputs["N"], truth.inputs["w"])
    assert bound == pytest.approx(truth.value, rel=truth.rtol)
    assert error_bound(2, 10, 30, length=4) == pytest.approx(2 * (0.2 + math.log(4) / 30))


@pytest.mark.claim("steps-follow-the-function")
@pytest.mark.parametrize("count", [5, 20, 100, 1000])
@pytest.mark.parametrize("ratio", [0.3, 3, 20, 1000])
def test_no_network_of_steps_misses_by_more_than_the_bound(fact, count, ratio):
    steps = fit_steps(nielsen_function, 0, 1, count, ratio * count)
    missed = np.abs(step_network(steps, UNIT) - nielsen_function(UNIT)).max()
    bound = error_bound(fact("nndl_f_lipschitz").value, count, ratio * count)
    assert 0.005 * bound < missed <= bound


@given(st.integers(1, 30), st.floats(0.2, 300), st.lists(st.floats(-1, 1), min_size=2, max_size=8))
def test_the_bound_holds_for_any_broken_line(count, w, slopes):
    knots = np.linspace(0, 1, len(slopes) + 1)
    heights = np.concatenate([[0], np.cumsum(slopes)]) / len(slopes)

    def broken_line(x):
        return np.interp(x, knots, heights)

    network = step_network(fit_steps(broken_line, 0, 1, count, w), UNIT[::20])
    missed = np.abs(network - broken_line(UNIT[::20])).max()
    assert missed <= error_bound(np.abs(slopes).max(), count, w) + 1e-12


@pytest.mark.claim("every-continuous-function")
@pytest.mark.parametrize(
    "f", [np.sqrt, lambda x: np.abs(x - 0.3) ** 0.25, lambda x: np.abs(np.cos(40 * x))]
)
def test_continuous_functions_without_a_steepest_slope_are_followed_too(f):
    errors = [
        np.abs(step_network(fit_steps(f, 0, 1, n, 20.0 * n), UNIT) - f(UNIT)).max()
        for n in (10, 1000, 100_000)
    ]
    assert errors[2] < 0.05
    assert errors[2] < errors[1] < errors[0]


def test_no_continuous_output_follows_a_function_that_keeps_swinging():
    network = fit_steps(lambda x: np.sin(1 / x), 1e-6, 1, 1000, 1e4)
    x = 1 / (np.pi * (np.arange(1000, 1100) + 0.5))
    assert np.abs(step_network(network, x) - np.sin(1 / x)).max() > 0.99


@pytest.mark.parametrize(("ratio", "count"), [(20, 212), (4, 52)])
def test_cells_that_a_largest_error_of_a_hundredth_takes(ratio, count):
    x = np.linspace(0, 1, 40001)

    def missed(n):
        steps = fit_steps(nielsen_function, 0, 1, n, ratio * n)
        return np.abs(step_network(steps, x) - nielsen_function(x)).max()

    assert missed(count) < 0.01
    assert all(missed(n) > 0.01 for n in range(count - 25, count))
    assert error_bound(6.996, 399, 20 * 399) < 0.01 < error_bound(6.996, 398, 20 * 398)


def test_fifty_cells_reach_the_goal_between_two_weights():
    x = np.linspace(0, 1, 401)

    def reached(w):
        steps = fit_steps(nielsen_function, 0, 1, 50, w)
        return np.abs(step_network(steps, x) - nielsen_function(x)).max() < 0.015

    assert [reached(w) for w in (130, 140, 240, 325, 340)] == [False, True, True, True, False]


@pytest.mark.claim("error-halves")
def test_error_of_steep_steps_falls_like_one_over_their_number():
    x = np.linspace(0, 1, 40001)
    counts = np.array([50, 100, 200, 400, 800])
    errors = [
        np.abs(
            step_network(fit_steps(nielsen_function, 0, 1, n, 20 * n), x) - nielsen_function(x)
        ).max()
        for n in counts
    ]
    slope = np.polyfit(np.log(counts), np.log(errors), 1)[0]
    assert slope == pytest.approx(-1, abs=0.01)


@pytest.mark.claim("ripple")
@pytest.mark.parametrize("ratio", [1.5, 3, 10])
def test_steps_on_a_straight_line_ripple_by_the_aliasing_sum(ratio):
    count = 10
    w = ratio * count
    at = np.arange(-60, 71) / count
    steps = Steps(at, np.full(131, 1 / count), -6 - 0.5 / count, w)
    x = np.linspace(0.4, 0.6, 201)
    y = 2 * np.pi**2 * count / w
    m = np.arange(1, 40)[:, None]
    waves = np.sin(2 * np.pi * m * count * x) / (np.pi * m * count) * (m * y / np.sinh(m * y))
    error = step_network(steps, x) - x
    np.testing.assert_allclose(error, waves.sum(axis=0), atol=1e-12)


@pytest.mark.claim("steeper-is-not-better")
def test_three_cells_wide_steps_beat_ideal_ones():
    x = np.linspace(0, 1, 40001)

    def missed(ratio, count=1000):
        steps = fit_steps(nielsen_function, 0, 1, count, ratio * count)
        return np.abs(step_network(steps, x) - nielsen_function(x)).max()

    assert missed(100) == pytest.approx(3.1e-3, rel=0.01)
    assert missed(3) == pytest.approx(6.1e-5, rel=0.01)
    assert missed(1e4) > 50 * missed(3)
    least = min(missed(ratio) for ratio in np.geomspace(0.5, 1000, 40)[:20])
    assert missed(1000) / least == pytest.approx(58, abs=0.5)


@pytest.mark.claim("soft-steps-bend")
def test_bias_of_steps_on_a_curve():
    count = 40
    for ratio in (1.0, 2.0):
        w = ratio * count
        at = np.arange(-200, 240) / count
        middles = (np.arange(-201, 240) + 0.5) / count
        heights = middles**2
        steps = Steps(at, np.diff(heights), heights[0], w)
        error = step_network(steps, np.array([0.5])) - 0.25
        expected = 2 * (1 / (24 * count**2) + np.pi**2 / (6 * w**2))
        y = 2 * np.pi**2 / ratio
        ripple = y / np.sinh(y) / (np.pi * count)
        assert error[0] == pytest.approx(expected, abs=ripple + 1e-9)


def test_five_bumps_with_chosen_edges_come_below_four_hundredths():
    x = np.linspace(0, 1, 301)
    edges, heights = [-0.1, 0.25, 0.45, 0.65, 0.85, 1.1], [0.22, 0.18, 0.45, 0.25, 0.82]
    good = np.abs(bump_network(Bumps(edges, heights, 50), x) - nielsen_function(x)).mean()
    assert good < 0.031
    assert _least_mean_error([0, 0.2, 0.4, 0.6, 0.8, 1], 50, x) > 0.07


def _least_mean_error(edges, w, x):
    """The smallest mean error of bumps with these edges, by linear programming."""
    columns = np.stack([bump(x, a, b, w) for a, b in pairwise(edges)], 1)
    f, size, count = nielsen_function(x), x.size, columns.shape[1]
    costs = np.concatenate([np.zeros(count), np.full(size, 1 / size)])
    sides = np.block([[columns, -np.eye(size)], [-columns, -np.eye(size)]])
    bounds = [(None, None)] * count + [(0, None)] * size
    return linprog(costs, sides, np.concatenate([f, -f]), bounds=bounds).fun


# --- through a sigmoid


@pytest.mark.claim("logit")
@given(st.floats(0.001, 0.999))
def test_sigmoid_undoes_the_logit(height):
    assert sigmoid(logit(height)) == pytest.approx(height, rel=1e-12)


@pytest.mark.claim("quarter")
@given(st.floats(-30, 30), st.floats(0.001, 0.999))
def test_a_sigmoid_output_shrinks_the_error_at_least_four_times(g, f):
    assert abs(sigmoid(g) - f) <= abs(g - logit(f)) / 4 + 1e-12


def test_logit_heights_reach_the_heights_through_a_sigmoid():
    bumps = fit_bumps(nielsen_function, np.linspace(0, 1, 21), 2000.0)
    middles = (bumps.edges[:-1] + bumps.edges[1:]) / 2
    output = sigmoid(bump_network(through_sigmoid(bumps), middles))
    np.testing.assert_allclose(output, bumps.heights, rtol=1e-12)


@pytest.mark.parametrize("bad", [0.0, 1.0, -0.1106, 1.2])
def test_one_height_outside_the_unit_interval_is_refused(bad):
    with pytest.raises(ValueError, match=rf"heights\[1\] is {bad}; .* strictly between 0 and 1"):
        through_sigmoid(Bumps([0, 1, 2, 3], [0.5, bad, 0.5], 10))


# --- towers


@pytest.mark.claim("tower")
def test_tower_is_a_threshold_on_two_bumps():
    x, y = np.meshgrid(np.linspace(0, 1, 23), np.linspace(0, 1, 17))
    both = bump(x, 0.2, 0.5, 60) + bump(y, 0.4, 0.9, 60)
    value = tower(x, y, [0.2, 0.5], [0.4, 0.9], 60, 12)
    np.testing.assert_allclose(value, expit(12 * both - 18), rtol=1e-12)


@pytest.mark.claim("tower-levels")
def test_top_plateau_and_ground_of_a_tower(fact):
    h, edges = fact("tower_top_h10").inputs["h"], [0.4, 0.6]
    top, plateau = fact("tower_top_h10"), fact("tower_plateau_h10")
    assert tower(0.5, 0.5, edges, edges, 1e4, h) == pytest.approx(top.value, rel=top.rtol)
    assert tower(0.5, 0, edges, edges, 1e4, h) == pytest.approx(plateau.value, rel=1e-13)
    assert tower(0, 0, edges, edges, 1e4, h) == pytest.approx(expit(-1.5 * h), rel=1e-13)


@pytest.mark.claim("tower-network")
@pytest.mark.parametrize(("w", "h"), [(3.0, 4.0), (80.0, 10.0), (5000.0, 300.0), (1e9, 1e5)])
def test_tower_network_is_the_sum_of_all_towers(w, h):
    random = np.random.default_rng(3)
    towers = Towers(
        np.sort(random.uniform(size=8)), np.sort(random.uniform(size=6)),
        random.normal(size=(7, 5)), w, h,
    )  # fmt: skip
    x, y = np.linspace(-0.2, 1.2, 41)[:, None], np.linspace(-0.3, 1.1, 37)
    np.testing.assert_allclose(tower_network(towers, x, y), dense_towers(towers, x, y), atol=1e-13)
    scattered = random.uniform(-0.5, 1.5, size=(2, 200))
    np.testing.assert_allclose(
        tower_network(towers, *scattered), dense_towers(towers, *scattered), atol=1e-13
    )


@pytest.mark.claim("corner-holes")
@pytest.mark.parametrize("w", [100.0, 1e5])
@pytest.mark.parametrize("h", [10.0, 30.0])
def test_four_towers_leave_a_hole_where_they_meet(w, h):
    towers = Towers([0, 1, 2], [0, 1, 2], np.ones((2, 2)), w, h)
    middle, edge, corner = tower_network(towers, [0.5, 1, 1], [0.5, 0.5, 1])
    assert corner == pytest.approx(4 * expit(-h / 2), rel=1e-9)
    assert middle == pytest.approx(1, abs=4 * expit(-h / 2))
    assert edge == pytest.approx(1, abs=4 * expit(-h / 2))


@pytest.mark.claim("corner-holes")
@pytest.mark.parametrize("w", [0.1, 1.0, 5.0, 20.0])
def test_soft_steps_do_not_fill_the_hole_where_four_towers_meet(w):
    for h in (0.5, 10.0, 30.0):
        towers = Towers([0, 1, 2], [0, 1, 2], np.ones((2, 2)), w, h)
        assert tower_network(towers, 1, 1) <= 4 * expit(-h / 2) * (1 + 1e-12)


def test_shifted_grids_of_towers_fill_each_others_holes():
    x = np.linspace(3, 4, 401)

    def grid_of_ones(shift):
        edges = np.arange(-1, 9) + shift
        return Towers(edges, edges, np.ones((9, 9)), 5000.0, 40.0)

    one = tower_network(grid_of_ones(0.0), x[:, None], x)
    four = sum(tower_network(grid_of_ones(m / 4), x[:, None], x) for m in range(4)) / 4
    assert one.min() < 0.01
    assert four.min() == pytest.approx(0.75, abs=0.01)


def test_towers_carry_the_heights_of_a_function_of_two_inputs():
    def hill(x, y):
        return x * (1 - y)

    edges = np.linspace(0, 1, 11)
    towers = fit_towers(hill, edges, edges, w=1e4, h=60)
    middles = (edges[:-1] + edges[1:]) / 2
    value = tower_network(towers, middles[:, None], middles)
    np.testing.assert_allclose(value, hill(middles[:, None], middles), atol=1e-11)


def test_tower_network_accepts_empty_input():
    towers = Towers([0, 1], [0, 1], [[1.0]], 10, 10)
    assert tower_network(towers, np.ones((0, 3)), np.ones(3)).shape == (0, 3)


# --- which activations make steps


@pytest.mark.claim("two-limits")
@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        (np.tanh, -1, 1),
        (np.arctan, -np.pi / 2, np.pi / 2),
        (lambda z: (z > 0) * 1.0, 0, 1),
        (lambda z: np.where(z < 0, 3, 2 + np.cos(z) / (1 + z**2)), 3, 2),
    ],
)
def test_two_different_limits_are_enough_for_a_step(function, low, high):
    x, at, w = np.array([0.1, 0.29, 0.31, 0.9]), 0.3, 1e5
    rescaled = (function(w * (x - at)) - low) / (high - low)
    np.testing.assert_allclose(rescaled, [0, 0, 1, 1], atol=1e-3)


def spiky(z):
    """Bounded, discontinuous, with the limits 3 and 2, and far from both near 0."""
    return np.where(z < 0, 3.0, 2 + np.cos(z) / (1 + z**2)) + 40.0 * (np.abs(z) < 1)


@pytest.mark.claim("two-limits-suffice")
@pytest.mark.parametrize(
    ("function", "low", "high"), [(np.arctan, -np.pi / 2, np.pi / 2), (spiky, 3, 2)]
)
def test_bounded_activations_with_two_limits_follow_any_continuous_function(function, low, high):
    def target(t):
        return np.sqrt(np.abs(t - 0.4))

    z = np.linspace(-50, 50, 200_001)
    B = np.abs((function(z) - low) / (high - low) - (z > 0)).max()
    worst = []
    for count in (50, 400, 3200):
        steps = fit_steps(target, 0, 1, count, 1e9)
        epsilon = max(np.abs(steps.jumps).max(), np.sqrt(1 / count))
        x = np.concatenate([(np.arange(997) + 0.5) / 997, steps.at[2:-2], [0.4]])
        x = x[(x >= 0) & (x <= 1)]
        w = 100 * count * np.abs(steps.jumps).sum() / epsilon
        levels = (function(w * (x[:, None] - steps.at)) - low) / (high - low)
        error = np.abs(steps.offset + levels @ steps.jumps - target(x)).max()
        assert error < (B + 2) * epsilon
        worst.append(error)
    assert worst[0] > 1.5 * worst[1] > 2 * worst[2]


@pytest.mark.claim("soft-steps-follow")
@pytest.mark.claim("soft-error-bound")
@pytest.mark.parametrize("ratio", [1.5, 2.5, 4, 10, 100])
@pytest.mark.parametrize("count", [10, 40])
def test_soft_steps_keep_their_faster_promise(ratio, count):
    w, m = ratio * count, np.arange(1, 400)
    at, x = np.arange(-60 * count, 61 * count) / count, np.linspace(0, 1 / count, 41)
    y = 2 * np.pi**2 / ratio
    with np.errstate(over="ignore"):
        ripple = np.sum(y / np.sinh(m * y)) / (np.pi * count)
    spread = np.pi**2 / 3 / ratio**2 + 2 * np.log(2) / ratio + 0.25
    for f, L, M in ((np.sin, 1, 1), (lambda t: np.sin(5 * t + 1) / 5, 1, 5)):
        up = expit(w * (x[:, None] - at))
        drawn = (up[:, :-1] - up[:, 1:]) @ f((at[:-1] + at[1:]) / 2)
        bound = L * ripple + M / 2 / count**2 * spread
        assert np.abs(drawn - f(x)).max() <= bound * (1 + 1e-12)


def test_the_faster_promise_falls_like_the_square_of_a_logarithm():
    def promise(N):
        y, m = np.log(N), np.arange(1, 300)
        with np.errstate(over="ignore"):
            ripple = np.sum(y / np.sinh(m * y)) / np.pi / N
        r = 2 * np.pi**2 / y
        return ripple + (np.pi**2 / 3 / r**2 + 2 * np.log(2) / r + 0.25) / 2 / N**2

    for N in (1e4, 1e8, 1e16):
        y = np.log(N)
        share = 1 / (24 * np.pi**2) + (2 / np.pi + np.log(2) / 2 / np.pi**2) / y + 1 / 8 / y**2
        assert promise(N) * N**2 / y**2 == pytest.approx(share, rel=2 / N)
    assert promise(1e8) / promise(1e9) > 75


@pytest.mark.claim("tuned-rate")
def test_a_digit_costs_four_times_the_neurons():
    x = np.linspace(0, 1, 20_001)

    def largest(N, ratio):
        steps = fit_steps(nielsen_function, 0, 1, N, ratio * N)
        return np.abs(step_network(steps, x) - nielsen_function(x)).max()

    best = [
        min(largest(N, r) for r in (2.4, 2.6, 3.0, 3.2, 3.8, 4.2)) for N in (50, 100, 300, 1000)
    ]
    assert best == pytest.approx([1.0e-2, 3.1e-3, 4.5e-4, 5.3e-5], rel=0.04)
    slope = np.log(best[0] / best[-1]) / np.log(20)
    assert slope == pytest.approx(1.76, abs=0.01) and 10 ** (1 / slope) == pytest.approx(
        3.7, abs=0.03
    )


# --- what has no answer


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: step(np.nan, 0, 1), ValueError, "x is nan; give finite numbers"),
        (lambda: step([1, 2], [1, 2, 3], 1), ValueError, "give shapes that broadcast"),
        (lambda: step("a", 0, 1), TypeError, "x is 'a', of type str; give real numbers"),
        (lambda: step(1j, 0, 1), TypeError, "complex"),
        (lambda: rise_width([3, 0]), ValueError, r"w\[1\] is 0.0; .*: a flat neuron never rises"),
        (lambda: rise_width(3, 0.9, 0.1), ValueError, "low = 0.9 exceeds high = 0.1"),
        (lambda: rise_width(3, 0.1, 1), ValueError, "strictly between 0 and 1"),
        (lambda: bump(0, 1, 2, 3, np.inf), ValueError, "height is inf"),
        (lambda: bump([1, 2], 0, 1, 3, [1, 2, 3]), ValueError, "give shapes that broadcast"),
        (lambda: bump_peak(0, 1), ValueError, "w is 0.0; give numbers above 0"),
        (lambda: bump_worst_error(1, -1), ValueError, "gap is -1.0; give numbers above 0"),
        (lambda: bump_total_error([1, 2], [1, 2, 3]), ValueError, "broadcast"),
        (lambda: fit_bumps(np.sin, [0, 1], 0), ValueError, "w is 0.0; give numbers above 0"),
        (lambda: fit_bumps(np.sin, [0, 1], -5), ValueError, "w is -5.0; give numbers above 0"),
        (lambda: fit_bumps(np.sin, [0, 1], [5, 6]), ValueError, r"w has shape \(2,\); give one"),
        (lambda: fit_bumps(np.sin, [0, 2, 1], 9), ValueError, r"edges\[2\] = 1.0 does not exceed"),
        (lambda: fit_bumps(np.sin, [0, 1, 1], 9), ValueError, "drop repeated ones"),
        (lambda: fit_bumps(np.sin, [], 9), ValueError, "edges has 0 elements"),
        (lambda: fit_bumps(np.sin, [1], 9), ValueError, "edges has 1 elements"),
        (lambda: fit_bumps(lambda x: np.full(x.shape, np.nan), [0, 1], 9), ValueError,
         r"f\(0.5\) is nan; give a function that is finite there"),
        (lambda: fit_bumps(math.sin, [0, 1, 2], 9), TypeError, r"give np.vectorize\(f\)"),
        (lambda: fit_bumps(lambda x: 1 if x > 0 else 0, [0, 1, 2], 9), TypeError, "vectorize"),
        (lambda: fit_bumps(np.sum, [0, 1, 2], 9), ValueError, r"f returns shape \(\) for points"),
        (lambda: fit_bumps(lambda x: x + 1j, [0, 1, 2], 9), TypeError, "f returns complex128"),
        (lambda: bump_network(Bumps([0, 1, 2], [1.0], 9), 0), ValueError,
         "1 heights for 3 edges; give one height between"),
        (lambda: bump_network(Bumps([0, 1], [np.nan], 9), 0), ValueError, r"heights\[0\] is nan"),
        (lambda: bump_network(Bumps([0, 1], [1], 9), np.inf), ValueError, "x is inf"),
        (lambda: bump_network(Bumps([0, 1, 2], [1.7e308, -1.7e308], 9), 0), ValueError,
         "difference of two neighbouring levels"),
        (lambda: fit_steps(np.sin, 1, 0, 5, 9), ValueError, "does not exceed"),
        (lambda: fit_steps(np.sin, 0, 1, 0, 9), ValueError, "count is 0; .* from 1 up"),
        (lambda: fit_steps(np.sin, 0, 1, 2.5, 9), TypeError, "count is 2.5; give a whole number"),
        (lambda: fit_steps(np.sin, 1e16, 1e16 + 4, 64, 9), ValueError, "does not exceed"),
        (lambda: fit_steps(np.sin, -1.7e308, 1.7e308, 4, 9), ValueError, "high - low is inf"),
        (lambda: fit_steps(np.log, -1, 1, 4, 9), ValueError, r"f\(-0.75\) is nan"),
        (lambda: step_network(Steps([0, 1], [1.0], 0, 9), 0), ValueError, "2 elements and jumps 1"),
        (lambda: step_network(Steps([0, 1], [1e308, 1e308], 0, 9), 0), ValueError, "sum of the"),
        (lambda: step_network(Steps([0, 1], [1, 1], 0, -9), 0), ValueError, "w is -9.0"),
        (lambda: error_bound(-1, 5, 9), ValueError, "lipschitz is -1.0; give numbers from 0 up"),
        (lambda: error_bound(1, 0, 9), ValueError, "count is 0.0"),
        (lambda: tower(0, 0, [0, 1, 2], [0, 1], 9, 9), ValueError, "x_edges has 3 elements"),
        (lambda: tower(0, 0, [0, 1], [1, 0], 9, 9), ValueError, r"y_edges\[1\] = 0.0 does not"),
        (lambda: tower([1, 2], [1, 2, 3], [0, 1], [0, 1], 9, 9), ValueError, "broadcast"),
        (lambda: tower_network(Towers([0, 1], [0, 1], [[1, 2]], 9, 9), 0, 0), ValueError,
         r"heights has shape \(1, 2\); these edges need one for each rectangle, \(1, 1\)"),
        (lambda: tower_network(Towers([0, 1], [0, 1], [[1]], 9, 0), 0, 0), ValueError, "h is 0.0"),
        (lambda: fit_towers(lambda x, y: np.log(y - x), [0, 1], [0, 1, 2], 9, 9), ValueError,
         r"f\(0.5, 0.5\) is -inf"),
        (lambda: nielsen_function([0, np.nan]), ValueError, r"x\[1\] is nan"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:invalid value|divide by zero:RuntimeWarning")
def test_what_has_no_answer_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_integers_lists_and_scalars_are_welcome():
    assert step(1, 1, 5) == 0.5
    assert bump([0, 1], 0, 1, 50).shape == (2,)
    assert fit_bumps(lambda x: np.ones_like(x, dtype=int), [0, 1, 2], 5).heights.dtype == float
    assert step_network(Steps([0], [2], 1, 50), 10) == 3
