"""Ridges, hats, random layers and folds against quadrature, exact counts and dense sums."""

import math
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import linprog
from scipy.special import dawsn, hyp1f1

from slopes.activation import RELU, SIGMOID
from slopes.universality import (
    TENT,
    BrokenLine,
    Hats,
    OneLayer,
    Ridges,
    compose,
    count_pieces,
    dawson,
    fit_hats,
    fit_output,
    fit_ridges,
    gaussian_profile,
    hat_error_bound,
    hat_network,
    nielsen_function,
    one_layer,
    one_layer_line,
    ridge_bound,
    ridge_mean,
    ridge_network,
    ridge_tail,
    sample_hill,
    sawtooth,
    tent,
)


def exact_dawson(x):
    """Dawson's function to 40 digits, by the error function of an imaginary argument."""
    with mpmath.workdps(40):
        x = mpmath.mpf(float(x))
        return mpmath.sqrt(mpmath.pi) / 2 * mpmath.exp(-(x**2)) * mpmath.erfi(x)


def exact_profile(t):
    with mpmath.workdps(40):
        t = mpmath.mpf(float(t))
        return 1 - mpmath.sqrt(2) * t * exact_dawson_at(t / mpmath.sqrt(2))


def exact_dawson_at(x):
    return mpmath.sqrt(mpmath.pi) / 2 * mpmath.exp(-(x**2)) * mpmath.erfi(x)


# --- Dawson's function and the profile


@pytest.mark.claim("dawson")
def test_dawson_is_right_to_the_last_digits():
    x = np.concatenate([np.geomspace(1e-12, 25, 400), np.linspace(0.12, 0.13, 20)])
    exact = np.array([float(exact_dawson(each)) for each in x])
    np.testing.assert_allclose(dawson(x), exact, rtol=2e-15)


def test_dawson_agrees_with_scipy_and_stays_right_far_out():
    x = np.linspace(-60, 60, 100001)
    np.testing.assert_allclose(dawson(x), dawsn(x), rtol=2e-14)
    far = np.geomspace(1e3, 1e300, 1001)
    np.testing.assert_allclose(dawson(far), dawsn(far), rtol=1e-15)
    assert dawson(0) == 0 and dawson([1.7e308, -1.7e308]).tolist() == [
        0.5 / 1.7e308,
        -0.5 / 1.7e308,
    ]


@given(st.floats(-1e6, 1e6))
def test_dawson_is_odd_and_the_profile_even(x):
    assert dawson(-x) == -dawson(x)
    assert gaussian_profile(-x) == gaussian_profile(x)


@pytest.mark.parametrize(("id", "t"), [("gauss_ridge_profile_1", 1), ("gauss_ridge_profile_2", 2)])
def test_profile_takes_the_verified_values(fact, id, t):
    known = fact(id)
    assert gaussian_profile(t) == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("gaussian-profile")
def test_profile_is_the_slope_of_dawson():
    t = np.concatenate([np.linspace(0, 30, 200), [11.999999, 12, 12.000001]])
    exact = np.array([float(exact_profile(each)) for each in t])
    np.testing.assert_allclose(gaussian_profile(t), exact, rtol=1e-13, atol=1.5e-15)
    h, x = 1e-4, t / np.sqrt(2)
    slope = (dawson(x + h) - dawson(x - h)) / (2 * h)
    np.testing.assert_allclose(gaussian_profile(t), slope, atol=1e-7)


def test_wing_of_the_profile_keeps_its_digits():
    t, far = np.linspace(12, 60, 9), np.geomspace(1e9, 1e150, 9)
    exact = [float(exact_profile(each)) for each in t]
    np.testing.assert_allclose(gaussian_profile(t), exact, rtol=1e-15)
    np.testing.assert_allclose(gaussian_profile(far), -1 / far**2, rtol=1e-15)
    assert gaussian_profile(1e200) == 0


@pytest.mark.claim("profile-integral")
@pytest.mark.parametrize("t", [0, 0.5, 1, 2, 3.7])
def test_profile_is_an_integral_over_waves(t):
    waves, _ = quad(lambda s: s * math.exp(-s * s / 2) * math.cos(t * s), 0, 40, limit=200)
    assert gaussian_profile(t) == pytest.approx(waves, abs=1e-12)


@pytest.mark.claim("gaussian-of-ridges")
@pytest.mark.parametrize("r", [0, 0.3, 1, 2, 5])
def test_mean_over_all_directions_is_the_hill(r):
    total, _ = quad(lambda a: float(gaussian_profile(r * math.cos(a))), 0, np.pi / 2, epsabs=1e-13)
    assert total * 2 / np.pi == pytest.approx(math.exp(-(r**2) / 2), abs=1e-13)


# --- ridges


@pytest.mark.claim("ridge-mean")
def test_mean_of_ridges_is_what_its_formula_says():
    x, y = np.random.default_rng(0).uniform(-3, 3, (2, 40))
    angles = np.pi * np.arange(5) / 5
    by_hand = np.mean([np.tanh(x * np.cos(a) + y * np.sin(a)) for a in angles], axis=0)
    np.testing.assert_allclose(ridge_mean(np.tanh, x, y, 5), by_hand, atol=1e-15)


@pytest.mark.parametrize(("id", "r"), [("ridge_tail_1_2", 2), ("ridge_tail_1_4", 4)])
def test_tail_takes_the_verified_values(fact, id, r):
    known = fact(id)
    assert ridge_tail(r, 1) == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("ridge-tail")
def test_block_ridges_in_all_directions_leave_the_tail():
    r = np.array([0, 0.5, 0.99, 1.01, 1.5, 2, 4, 40])

    def block(t):
        return (np.abs(t) <= 1) * 1.0

    mean = ridge_mean(block, r, 0, 20001)
    np.testing.assert_allclose(mean, ridge_tail(r), atol=2e-4)
    np.testing.assert_allclose(ridge_tail(3 * r, 3), ridge_tail(r), atol=1e-15)


@pytest.mark.claim("tail-is-the-area")
@pytest.mark.parametrize("wing", [0, 0.5, 1])
def test_far_away_the_mean_is_the_area_over_pi_r(wing):
    def profile(t):
        return (1 - wing * t**2) * np.exp(-(t**2) / 2)

    area, r = np.sqrt(2 * np.pi) * (1 - wing), 300.0
    assert ridge_mean(profile, r, 0, 100_001) == pytest.approx(area / (np.pi * r), abs=1e-7)


def test_profile_has_no_area():
    area, _ = quad(lambda t: float(gaussian_profile(t)), 0, 500, limit=500)
    assert area == pytest.approx(1 / 500, rel=1e-4)  # what the wing beyond takes away


@pytest.mark.claim("ridge-bound")
@pytest.mark.parametrize(("M", "error"), [(6, 2.65e-3), (8, 6.89e-5), (12, 1.13e-8), (16, 4.8e-13)])
def test_directions_miss_the_hill_by_less_than_the_bound(M, error):
    r, angle = np.linspace(0, 3, 61)[:, None], np.linspace(0, np.pi, 97)
    ridges = ridge_mean(gaussian_profile, r * np.cos(angle), r * np.sin(angle), M)
    missed = np.abs(ridges - np.exp(-(r**2) / 2)).max(axis=1)
    assert missed.max() == pytest.approx(error, rel=0.01)
    assert (missed <= ridge_bound(M, r[:, 0]) + 2e-15).all()


@pytest.mark.parametrize(("M", "r"), [(1, 0.5), (3, 2.0), (8, 4.0)])
def test_first_term_of_the_error_is_known_exactly(M, r):
    first = math.factorial(M) / math.factorial(2 * M) * (r**2 / 2) ** M
    assert 2 * first <= ridge_bound(M, r) <= 2 * first * np.exp(r**2 / 2)
    waves = 2 * (-1) ** M * first * hyp1f1(M + 1, 2 * M + 1, -(r**2) / 2)
    missed = ridge_mean(gaussian_profile, r, 0, M) - np.exp(-(r**2) / 2)
    second = math.factorial(2 * M) / math.factorial(4 * M) * (r**2 / 2) ** (2 * M)
    assert abs(missed - waves) <= 2.5 * second + 1e-14


def test_bound_is_the_whole_series():
    for M, r in [(1, 0.4), (1, 3.0), (2, 6.0), (5, 2.0)]:
        with mpmath.workdps(30):
            terms = (mpmath.rf(n + 1, n) ** -1 * (r**2 / 2) ** n for n in range(M, 80 * M, M))
            series = 2 * sum(terms)
        assert ridge_bound(M, r) == pytest.approx(float(series), rel=1e-11)


def test_bound_grows_with_the_distance_and_is_zero_at_the_top():
    assert ridge_bound(3, 0) == 0
    assert (np.diff(ridge_bound(5, np.linspace(0.1, 30, 300))) > 0).all()
    assert ridge_bound(2, [0.1, 1e200])[1] == np.inf


def hills(x, y):
    return 0.5 + 0.4 * np.sin(3 * x + 1) * np.cos(5 * y)


@pytest.mark.claim("ridge-network")
def test_layer_of_ridges_is_the_sum_of_its_hills():
    width, places = 0.2, np.arange(-1, 2.1, 0.2)
    ridges = fit_ridges(hills, 0, 1, width, M=40, count=400)
    x, y = np.random.default_rng(1).uniform(0, 1, (2, 30))
    dense = sum(
        hills(np.clip(p, 0, 1), np.clip(q, 0, 1))
        * np.exp(-((x - p) ** 2 + (y - q) ** 2) / (2 * width**2))
        for p in places
        for q in places
    )
    np.testing.assert_allclose(ridge_network(ridges, x, y), dense / (2 * np.pi), atol=2e-3)


@pytest.mark.claim("one-layer-is-enough")
def test_narrower_hills_and_more_ridges_come_closer_everywhere():
    p = np.linspace(0, 1, 61)
    errors = []
    for width, M, count in [(0.2, 15, 40), (0.1, 30, 100), (0.05, 60, 200)]:
        ridges = fit_ridges(hills, 0, 1, width, M, count)
        errors.append(np.abs(ridge_network(ridges, p, p[:, None]) - hills(p, p[:, None])).max())
    assert all(after < 0.7 * before for before, after in pairwise(errors))
    assert errors[-1] < 0.04


@pytest.mark.claim("no-finite-tower")
@given(st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_no_finite_sum_of_sigmoids_dies_out_in_every_direction(n, seed):
    rng = np.random.default_rng(seed)
    angle = np.pi * (np.arange(n) + rng.uniform(0.2, 0.8, n)) / n
    W = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    v = rng.uniform(0.5, 2, n) * rng.choice([-1, 1], n)
    network = OneLayer(W, np.zeros(n), v)
    along = np.array([-W[0, 1], W[0, 0]]) * 1e6  # far along the crest of the first ridge
    across = one_layer(network, along + np.array([[-30.0], [30.0]]) * W[0])
    assert abs(across[1] - across[0]) == pytest.approx(abs(v[0]), abs=1e-6)


# --- hats


@pytest.mark.claim("hat-network")
def test_hat_network_is_the_sum_of_its_neurons():
    rng = np.random.default_rng(2)
    hats = Hats(rng.uniform(-1, 1, 12), rng.standard_normal(12), 0.7)
    x = np.append(np.linspace(-2, 2, 101), hats.at)
    dense = 0.7 + np.sum(hats.bends * np.maximum(x[:, None] - hats.at, 0), axis=1)
    np.testing.assert_allclose(hat_network(hats, x), dense, atol=1e-13)


@pytest.mark.claim("hat")
def test_three_rectified_neurons_are_a_hat():
    x = np.linspace(0, 1, 501)
    hat = np.clip(1 - np.abs(x - 0.5) / 0.2, 0, None)
    bends = np.array([1, -2, 1]) / 0.2
    np.testing.assert_allclose(hat_network(Hats([0.3, 0.5, 0.7], bends, 0), x), hat, atol=1e-14)


def test_fitted_hats_pass_through_their_points():
    hats = fit_hats(nielsen_function, 0, 1, 37)
    at = np.linspace(0, 1, 38)
    np.testing.assert_allclose(hat_network(hats, at), nielsen_function(at), atol=1e-13)
    x = np.random.default_rng(3).uniform(0, 1, 500)
    straight = np.interp(x, at, nielsen_function(at))
    np.testing.assert_allclose(hat_network(hats, x), straight, atol=1e-13)
    assert len(hats.at) == 37


@pytest.mark.claim("hat-error-bound")
@pytest.mark.parametrize("count", [1, 7, 100, 1000])
def test_hats_keep_their_promise(count):
    x = np.linspace(0, 1, 100_001)
    missed = hat_network(fit_hats(nielsen_function, 0, 1, count), x) - nielsen_function(x)
    assert np.abs(missed).max() <= hat_error_bound(171, count)
    parabola = hat_network(fit_hats(np.square, -1, 3, count), 4 * x - 1) - (4 * x - 1) ** 2
    at_middle = hat_error_bound(2, count, length=4)
    assert np.abs(parabola).max() == pytest.approx(at_middle, rel=1e-3)


def test_curvature_of_nielsen_function_is_below_171():
    x, h = np.linspace(0, 1, 20_001), 1e-4
    second = nielsen_function(x + h) - 2 * nielsen_function(x) + nielsen_function(x - h)
    assert 170 < np.abs(second).max() / h**2 < 171


@pytest.mark.claim("hats-halve-twice")
def test_error_of_hats_falls_like_the_square():
    x, counts = np.linspace(0, 1, 100_001), np.array([100, 200, 400, 800])
    errors = [
        np.abs(hat_network(fit_hats(nielsen_function, 0, 1, N), x) - nielsen_function(x)).max()
        for N in counts
    ]
    assert np.polyfit(np.log(counts), np.log(errors), 1)[0] == pytest.approx(-2, abs=0.05)
    best = np.abs(hat_network(fit_hats(nielsen_function, 0, 1, 1000), x) - nielsen_function(x))
    assert best.max() == pytest.approx(2.1e-5, rel=0.02)


# --- which activations work


def best_error(powers, f):
    """The least largest error of a polynomial with these powers, by linear programming."""
    x = np.linspace(0, 1, 401)
    columns = x[:, None] ** np.array(powers)
    ones = np.ones((x.size, 1))
    above, below = np.hstack([columns, -ones]), np.hstack([-columns, -ones])
    bounds = [(None, None)] * len(powers) + [(0, None)]
    goal = np.append(np.zeros(len(powers)), 1)
    sides = np.append(f(x), -f(x))
    return linprog(goal, np.vstack([above, below]), sides, bounds=bounds).fun


def vee(x):
    return np.abs(x - 0.5)


@pytest.mark.claim("line-misses-parabola")
def test_linear_network_misses_the_parabola_by_an_eighth(fact):
    known = fact("affine_best_x2")
    assert best_error([0, 1], np.square) == pytest.approx(known.value, rel=1e-9)
    x = np.linspace(0, 1, 1001)
    assert np.abs(x**2 - (x - 1 / 8)).max() == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("square-misses-corner")
def test_squares_miss_the_corner_by_a_sixteenth(fact):
    known = fact("quadratic_best_abs")
    assert best_error([0, 1, 2], vee) == pytest.approx(known.value, rel=1e-9)
    missed = vee(x := np.linspace(0, 1, 1001)) - (2 * (x - 0.5) ** 2 + 1 / 16)
    assert np.abs(missed).max() == pytest.approx(known.value, rel=1e-13)
    five = vee(x := np.arange(5) / 4) - (2 * (x - 0.5) ** 2 + 1 / 16)
    np.testing.assert_allclose(five, known.value * np.array([-1, 1, -1, 1, -1]), atol=1e-15)


@pytest.mark.claim("difference-witness")
@given(st.integers(1, 50), st.integers(0, 2**32 - 1))
def test_differences_see_no_network_of_squares(n, seed):
    rng = np.random.default_rng(seed)
    W, b, v = rng.standard_normal((n, 1)), *rng.standard_normal((2, n))
    values = one_layer(OneLayer(W, b, v), np.arange(5)[:, None] / 4, np.square)
    assert np.array([1, -4, 6, -4, 1]) @ values == pytest.approx(0, abs=1e-11 * n)
    lines = one_layer(OneLayer(W, b, v), np.arange(3)[:, None] / 2, np.positive)
    assert np.array([1, -2, 1]) @ lines == pytest.approx(0, abs=1e-11 * n)


@pytest.mark.claim("three-neurons-square")
def test_three_sigmoids_square_their_input():
    x, b, h = np.linspace(-1, 1, 101), 1.0, 0.01
    W, biases = np.array([[h], [0], [-h]]), np.full(3, b)
    s = SIGMOID.value(b)
    curvature = s * (1 - s) * (1 - 2 * s)
    v = np.array([1, -2, 1]) / (h**2 * curvature)
    squares = one_layer(OneLayer(W, biases, v), x[:, None])
    assert np.abs(squares - x**2).max() < 1e-4


@pytest.mark.claim("leshno")
@pytest.mark.parametrize("activation", [SIGMOID, RELU, np.sin, np.tanh, np.heaviside])
def test_what_is_no_polynomial_comes_closer_with_more_neurons(activation):
    phi = (lambda z: np.heaviside(z, 0.5)) if activation is np.heaviside else activation
    x, rng = np.linspace(0, 1, 801)[:, None], np.random.default_rng(4)
    errors = []
    for n in (5, 40, 320):
        W = rng.normal(0, 20, (n, 1))
        network = fit_output(W, -W[:, 0] * rng.uniform(0, 1, n), x, vee(x[:, 0]), phi)
        errors.append(np.abs(one_layer(network, x, phi) - vee(x[:, 0])).mean())
    assert errors[2] < errors[0] / 4 and errors[2] < 0.01


@pytest.mark.claim("one-layer")
def test_one_layer_is_the_sum_over_its_neurons():
    rng = np.random.default_rng(5)
    W, x = rng.standard_normal((4, 3)), rng.standard_normal((2, 5, 3))
    b, v = rng.standard_normal((2, 4))
    dense = 0.3 + sum(v[j] * np.tanh(x @ W[j] + b[j]) for j in range(4))
    np.testing.assert_allclose(one_layer(OneLayer(W, b, v, 0.3), x, np.tanh), dense, atol=1e-14)


def test_fitted_output_beats_its_neighbours():
    rng = np.random.default_rng(6)
    W, b = rng.normal(0, 3, (20, 2)), rng.normal(0, 3, 20)
    x = rng.uniform(-1, 1, (300, 2))
    y = np.exp(-np.sum(x**2, axis=1))
    best = fit_output(W, b, x, y)
    least = np.sum((one_layer(best, x) - y) ** 2)
    for j in range(20):
        other = best._replace(v=best.v + 1e-3 * (np.arange(20) == j))
        assert np.sum((one_layer(other, x) - y) ** 2) > least


def test_random_features_follow_the_hill_ever_closer():
    rng = np.random.default_rng(7)
    x = rng.uniform(-3, 3, (1500, 2))
    y = np.exp(-np.sum(x**2, axis=1) / 2)
    errors = []
    for n in (50, 100, 200, 400):
        W, b = rng.normal(0, 2, (n, 2)), rng.uniform(-6, 6, n)
        errors.append(np.abs(one_layer(fit_output(W, b, x, y), x) - y).max())
    assert all(after < before / 4 for before, after in pairwise(errors))


# --- sampled neurons


def points(rng, d, radius, count=300):
    x = rng.standard_normal((count, d))
    return x / np.linalg.norm(x, axis=1)[:, None] * rng.uniform(0, radius, count)[:, None]


@pytest.mark.claim("step-mean")
@pytest.mark.parametrize("d", [1, 3, 20])
def test_sampled_steps_are_the_hill_on_average(d):
    rng = np.random.default_rng(8)
    x = points(rng, d, 2, count=20)
    network = sample_hill(rng, 200_000, d, 2)
    error = one_layer(network, x, lambda z: np.heaviside(z, 0.5)) - np.exp(-np.sum(x**2, 1) / 2)
    assert np.abs(error).max() < 5 * 2 * np.sqrt(2 * d / 200_000)


@pytest.mark.claim("sampled-error")
@pytest.mark.parametrize("d", [1, 4, 16])
def test_sampled_error_is_below_its_bound_and_falls_like_the_root(d):
    rng, counts = np.random.default_rng(9), np.array([100, 1000, 10_000])
    x = points(rng, d, 2)
    y = np.exp(-np.sum(x**2, axis=1) / 2)
    errors = []
    for n in counts:
        tries = [one_layer(sample_hill(rng, n, d, 2), x, lambda z: np.heaviside(z, 0.5)) - y
                 for _ in range(10)]  # fmt: skip
        errors.append(np.sqrt(np.mean(np.square(tries))))
    assert (errors < 2 * np.sqrt(2 * d / counts)).all()
    assert np.polyfit(np.log(counts), np.log(errors), 1)[0] == pytest.approx(-0.5, abs=0.1)


@pytest.mark.claim("barron-rate")
def test_barron_promise_is_kept_by_the_sampled_network():
    # the hill's moment C is the mean length of a Gaussian vector; Barron promises 2rC/√n
    for d in (1, 2, 5, 50, 500):
        moment = math.sqrt(2) * math.exp(math.lgamma((d + 1) / 2) - math.lgamma(d / 2))
        assert math.sqrt(d / 2) < moment < math.sqrt(d)
        lengths = np.linalg.norm(np.random.default_rng(10).standard_normal((20_000, d)), axis=1)
        assert lengths.mean() == pytest.approx(moment, rel=0.02)
        assert 2 * math.sqrt(2 * d) <= 2 * 2 * moment  # our bound lies below his, for r = 2


# --- folds


@pytest.mark.claim("tent")
def test_tent_is_two_rectified_neurons():
    x = np.linspace(0, 1, 257)
    np.testing.assert_array_equal(tent(x), np.where(x < 0.5, 2 * x, 2 - 2 * x))
    two = one_layer(OneLayer([[1], [1]], [0, -0.5], [1.4, -2.8]), x[:, None], RELU)
    np.testing.assert_allclose(tent(x, 0.7), two, atol=1e-15)


@pytest.mark.claim("sawtooth-pieces", "sawtooth")
@pytest.mark.parametrize("k", range(1, 11))
def test_k_folds_have_two_to_the_k_pieces(k):
    line = TENT
    for _ in range(k - 1):
        line = compose(TENT, line)
    assert count_pieces(line) == 2**k
    assert line.at == tuple(Fraction(i, 2**k) for i in range(2**k + 1))
    x = np.arange(2 ** (k + 1) + 1) / 2 ** (k + 1)
    np.testing.assert_array_equal(sawtooth(x, k), np.interp(x, *map(np.float64, line)))
    assert (np.abs(np.diff(sawtooth(x, k))) * 2 ** (k + 1) == 2**k).all()


rationals = st.fractions(-3, 3, max_denominator=12)


@pytest.mark.claim("one-layer-pieces")
@pytest.mark.no_cover  # the same lines, many thousand times
@given(st.lists(st.tuples(rationals, rationals, rationals), min_size=1, max_size=8))
def test_one_layer_has_at_most_a_piece_more_than_neurons(neurons):
    line = one_layer_line(*zip(*neurons, strict=True))
    assert count_pieces(line) <= len(neurons) + 1
    x = Fraction(7, 13)
    exact = sum(v * max(w * x + b, 0) for w, b, v in neurons)
    assert compose(line, BrokenLine((0, 1), (x, x))).values == (exact, exact)


def test_every_neuron_can_bring_a_piece():
    at = [Fraction(i, 9) for i in range(1, 9)]
    assert count_pieces(one_layer_line([1] * 8, [-x for x in at], [1, -1] * 4)) == 9


@pytest.mark.claim("depth-separation")
@pytest.mark.parametrize("k", [2, 4, 6])
def test_too_few_neurons_miss_the_sawtooth_by_a_half(k):
    teeth, rng = np.arange(2**k + 1) / 2**k, np.random.default_rng(11)
    for trial in range(20):
        n = 2**k - 2
        W = rng.choice([-1, 1], (n, 1))
        b = -W[:, 0] * rng.uniform(0, 1, n)
        y = sawtooth(teeth, k)
        network = fit_output(W, b, teeth[:, None], y, RELU)
        assert np.abs(one_layer(network, teeth[:, None], RELU) - y).max() >= 0.5 - 1e-9, trial
    bends = np.where(np.arange(2**k) == 0, 1, 2 * (-1.0) ** np.arange(2**k)) * 2**k
    assert np.abs(hat_network(Hats(teeth[:-1], bends, 0), teeth) - sawtooth(teeth, k)).max() < 1e-12


@pytest.mark.claim("mean-separation")
@given(st.integers(3, 7), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_mean_error_of_few_pieces_is_near_an_eighth(k, pieces, seed):
    N, rng = 2**k, np.random.default_rng(seed)
    x = (np.arange(64 * N) + 0.5) / (64 * N)
    at = np.sort(np.append([0, 1], rng.uniform(0, 1, pieces - 1)))
    g = np.interp(x, at, rng.uniform(-0.5, 1.5, pieces + 1))
    least = 1 / 8 - (pieces + 1) / (4 * N)
    assert np.abs(g - sawtooth(x, k)).mean() >= least - 1e-3


# --- what has no answer


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: dawson([0, np.nan]), ValueError, r"x\[1\] is nan; give finite numbers"),
        (lambda: gaussian_profile("a"), TypeError, "t is 'a', of type str"),
        (lambda: ridge_mean(np.tanh, 0, 0, 0), ValueError, "M is 0; .* from 1 up"),
        (lambda: ridge_mean(np.tanh, [1, 2], [1, 2, 3], 4), ValueError, "broadcast"),
        (lambda: ridge_mean(np.tanh, 0, 0, 2.5), TypeError, "M is 2.5; give a whole number"),
        (lambda: ridge_bound(3, [1, -2]), ValueError, r"r\[1\] is -2.0; give numbers from 0 up"),
        (lambda: ridge_tail(-1), ValueError, "r is -1.0; give numbers from 0 up"),
        (lambda: ridge_tail(1, 0), ValueError, "R is 0.0; give numbers above 0"),
        (lambda: fit_ridges(hills, 1, 0, 0.1, 5, 5), ValueError, "does not exceed"),
        (lambda: fit_ridges(hills, 0, 1, 0, 5, 5), ValueError, "width is 0.0"),
        (lambda: fit_ridges(hills, 0, 1, 0.1, 5, 0), ValueError, "count is 0"),
        (lambda: fit_ridges(lambda x, y: x / 0 * y, 0, 1, 0.5, 5, 5), ValueError, "is nan"),
        (lambda: ridge_network(Ridges([0, 1], [[1, 2, 3]]), 0, 0), ValueError,
         r"heights has shape \(1, 3\) for 2 distances"),
        (lambda: fit_hats(np.sin, 0, 1, 0), ValueError, "count is 0"),
        (lambda: fit_hats(np.sin, 1, 0, 3), ValueError, "does not exceed"),
        (lambda: fit_hats(np.log, -1, 1, 3), ValueError, r"f\(-1.0\) is nan"),
        (lambda: hat_network(Hats([0, 1], [1], 0), 0), ValueError, "at has 2 .* bends 1; give one"),
        (lambda: hat_network(Hats([], [], 0), 0), ValueError, "at has 0 elements"),
        (lambda: hat_error_bound(-1, 3), ValueError, "curvature is -1.0"),
        (lambda: hat_error_bound(1, 0), ValueError, "count is 0.0"),
        (lambda: one_layer(OneLayer([[1, 2]], [0], [1]), [1, 2, 3]), ValueError,
         r"W has shape \(1, 2\), b \(1,\), x \(3,\)"),
        (lambda: one_layer(OneLayer([[1]], [0], [1, 2]), [1]), ValueError, "1 neurons have 2"),
        (lambda: fit_output([[1]], [0], [[1], [2]], [1]), ValueError, "x has 2 rows and y 1"),
        (lambda: sample_hill(np.random.default_rng(), 0, 1, 1), ValueError, "n is 0"),
        (lambda: sample_hill(np.random.default_rng(), 1, 1, 0), ValueError, "radius is 0.0"),
        (lambda: sample_hill(1, 1, 1, 1), TypeError, "rng is 1; give a Generator"),
        (lambda: sawtooth(0, 0), ValueError, "k is 0"),
        (lambda: tent([1, np.inf]), ValueError, r"x\[1\] is inf"),
        (lambda: one_layer_line([1], [0, 1], [1]), ValueError, "w, b and v have 1, 2 and 1"),
        (lambda: one_layer_line([1], [np.nan], [1]), ValueError, r"b\[0\] is nan"),
        (lambda: compose(TENT, BrokenLine((0, 1), (0, 2))), ValueError, "2 is outside"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:invalid value|divide by zero:RuntimeWarning")
def test_what_has_no_answer_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
