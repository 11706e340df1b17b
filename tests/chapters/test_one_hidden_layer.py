"""What the chapter on one hidden layer states beyond its cells: theorems on width, solutions."""

import numpy as np
import pytest
from mpmath import mp
from scipy.integrate import quad

from slopes.activation import sigmoid
from slopes.universality import (
    Hats,
    fit_output,
    fit_steps,
    gaussian_profile,
    hat_network,
    one_layer,
    ridge_mean,
    ridge_tail,
    sawtooth,
    step_network,
)


def deep(x, rng, n, layers, activation):
    """A random network of `layers` layers of `n` neurons each, at the columns of `x`."""
    a = np.concatenate([x, np.zeros((n - x.shape[0], x.shape[1]))])
    for _ in range(layers):
        a = activation(rng.standard_normal((n, n)) @ a + rng.standard_normal((n, 1)))
    return rng.standard_normal(n) @ a


def disc(radius, rings=40, spokes=100, edge=20_000):
    """Points inside a disc, and points on its edge."""
    turn = np.linspace(0, 2 * np.pi, edge)
    circle = radius * np.stack([np.cos(turn), np.sin(turn)])
    inner = circle[:, :: edge // spokes, None] * np.linspace(0, 0.98, rings)
    return inner.reshape(2, -1), circle


@pytest.mark.claim("no-peaks")
@pytest.mark.parametrize("activation", [np.tanh, sigmoid, lambda z: np.maximum(z, 0)])
@pytest.mark.parametrize("layers", [1, 4])
def test_narrow_networks_are_highest_on_the_edge(activation, layers):
    inner, edge = disc(1)
    for seed in range(40):
        values = deep(np.hstack([inner, edge]), np.random.default_rng(seed), 2, layers, activation)
        inside, outside = np.split(values, [inner.shape[1]])
        assert inside.max() <= outside.max() + 1e-5 * np.ptp(values)


def test_one_neuron_more_makes_a_peak():
    inner, edge = disc(1)
    angle = 2 * np.pi * np.arange(3) / 3
    ridges = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    for points, low in ((inner[:, 1:], 0), (edge, 0.8)):
        height = -np.maximum(ridges @ points, 0).sum(axis=0)
        assert (height[np.hypot(*points) > 0] < -low).all()


@pytest.mark.claim("hill-needs-width")
def test_narrow_networks_miss_the_hill_by_a_half_less_a_hundredth():
    inner, edge = disc(3, edge=4000)
    points = np.hstack([np.zeros((2, 1)), inner, edge])
    hill, least = np.exp(-np.sum(points**2, axis=0) / 2), (1 - np.exp(-4.5)) / 2
    assert least == pytest.approx(0.4944, abs=1e-4)
    best = []
    for seed in range(60):
        raw = deep(points, np.random.default_rng(seed), 2, 3, np.tanh)
        for scale in np.linspace(-2, 2, 41):
            error = scale * raw - hill
            best.append((error.max() - error.min()) / 2)  # with the best offset
    assert min(best) >= least - 1e-6
    assert max(abs(0.5 - hill)) == pytest.approx(0.5)  # no worse than one half: a constant


def test_a_chain_neither_rises_nor_falls_twice():
    x = np.linspace(-2, 2, 4001)[None]
    for seed in range(50):
        rises = np.diff(deep(x, np.random.default_rng(seed), 1, 5, np.tanh))
        assert (rises >= 0).all() or (rises <= 0).all()


@pytest.mark.claim("hats-follow-the-function")
@pytest.mark.parametrize("x", [0.1, 0.25, 0.4])
def test_error_of_a_line_is_half_a_second_derivative_times_a_product(x):
    f, low, high = np.exp, 0.0, 0.5
    error = f(x) - (f(low) + (f(high) - f(low)) * (x - low) / (high - low))
    second = 2 * error / ((x - low) * (x - high))
    assert f(low) < second < f(high)  # the value of f'' at some place between


@pytest.mark.claim("few-directions")
@pytest.mark.parametrize("M", [2, 5, 9])
def test_directions_keep_the_waves_of_multiples_of_twice_their_number(M):
    theta = np.pi * np.arange(M) / M
    for n in range(1, 4 * M):
        mean = np.mean(np.cos(2 * n * (0.7 - theta)))
        kept = np.cos(2 * n * 0.7) if n % M == 0 else 0
        assert mean == pytest.approx(kept, abs=1e-13)


# --- solutions of the exercises


def test_the_broken_line_of_the_warm_up():
    at = np.array([0, 0.25, 0.5, 1])
    line = hat_network(Hats([0, 0.25, 0.5], [4, -8, 6], 0), at)
    np.testing.assert_allclose(line, [0, 1, 0, 1], atol=1e-15)


def test_steps_in_all_directions_tend_to_a_half():
    angle, R = 2 * np.pi * (np.arange(20_000) + 0.5) / 20_000, 1.0
    for r in (0.5, 1.5, 4.0, 100.0):
        share = np.mean(r * np.cos(angle) > -R)
        outside = 0.5 + np.arcsin(R / max(r, R)) / np.pi
        assert share == pytest.approx(outside, abs=2e-4)
        assert 2 * share - 1 == pytest.approx(ridge_tail(r, R), abs=4e-4)


def test_lowered_lines_have_half_the_error():
    x = np.linspace(0, 1, 10_001)
    line = np.interp(x, np.linspace(0, 1, 6), np.linspace(0, 1, 6) ** 2)
    bound = 2 * 0.2**2 / 16
    assert np.abs(x**2 - (line - bound)).max() == pytest.approx(bound, rel=1e-3)


def test_numbers_of_the_squaring_neurons():
    x, s = np.linspace(-1, 1, 201), sigmoid(1)
    curvature = s * (1 - s) * (1 - 2 * s)
    assert curvature == pytest.approx(-0.0909, abs=1e-4)

    def error(h):
        squares = (sigmoid(1 + h * x) - 2 * s + sigmoid(1 - h * x)) / (h**2 * curvature)
        return np.abs(squares - x**2).max()

    assert error(0.1) == pytest.approx(0.00113, rel=0.02)
    assert 5e-4 < error(1e-6) < 5e-3
    h = np.geomspace(1e-7, 1, 200)
    errors = [error(each) for each in h]
    assert 1e-4 < h[np.argmin(errors)] < 1e-3 and 1e-9 < min(errors) < 1e-7


def test_profile_of_three_inputs_is_the_bell_with_wing_one():
    for r in (0.5, 1, 3):
        mean, _ = quad(lambda u, r=r: (1 - (r * u) ** 2) * np.exp(-((r * u) ** 2) / 2), 0, 1)
        assert mean == pytest.approx(np.exp(-(r**2) / 2), abs=1e-12)


def polar(rings, turns, radius=3):
    r, psi = np.linspace(0, radius, rings)[:, None], np.linspace(0, np.pi, turns)
    return r * np.cos(psi), r * np.sin(psi), np.exp(-(r**2) / 2)


def test_prices_of_a_hill():
    x, y, hill = polar(31, 73)
    steps = fit_steps(gaussian_profile, -3, 3, 32, 32)
    assert len(steps.at) == 45
    ridges = ridge_mean(lambda t: step_network(steps, t), x, y, 6)
    assert np.abs(ridges - hill).max() == pytest.approx(0.0098, abs=5e-5)
    assert 6 * len(steps.at) == 270
    rng, side = np.random.default_rng(0), np.linspace(-3, 3, 41)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    W, b = rng.normal(0, 2, (100, 2)), rng.uniform(-6, 6, 100)
    target = np.exp(-np.sum(grid**2, axis=1) / 2)
    assert np.abs(one_layer(fit_output(W, b, grid, target), grid) - target).max() < 0.015


def test_the_goal_of_the_fold_needs_high_peaks():
    x = np.arange(1025) / 1024
    crossings = {
        peak: int(np.sum(np.diff((sawtooth(x, 6, peak) > 0.5) * 1.0) != 0))
        for peak in (0.7, 0.95, 1)
    }
    assert crossings[1] == 64 and crossings[0.95] < 60 and crossings[0.7] < 30
    steepest = 1024 * np.abs(np.diff(sawtooth(x, 6, 0.9))).max()
    assert steepest == pytest.approx(1.8**6, rel=1e-9)


def test_where_the_exact_profile_crosses_zero():
    t = np.linspace(0, 6, 60_001)
    assert t[np.argmax(gaussian_profile(t) < 0)] == pytest.approx(1.3, abs=0.05)
    assert 12 * 80 == 960


def test_prices_of_sixteen_inputs():
    assert (20 * np.exp(-0.5) * np.sqrt(16)) ** 16 == pytest.approx(1e27, rel=0.2)
    assert 60 - 1 == 59  # each neuron of one layer adds one piece, and one crossing at most


def test_drawn_neurons_at_the_ends_of_their_rows():
    rng = np.random.default_rng(5)
    found = []
    for n, tries in ((100, 40), (3000, 5)):
        row = []
        for d in (1, 16):
            u = rng.standard_normal((100, d))
            u *= (rng.uniform(0, 2, 100) / np.linalg.norm(u, axis=1))[:, None]
            f, squares = np.exp(-np.sum(u**2, axis=1) / 2), []
            for _ in range(tries):
                k, tau = rng.standard_normal((n, d)), rng.uniform(0, 2, n)
                s = np.linalg.norm(k, axis=1)
                on = u @ (k / s[:, None]).T > tau
                g = 1 - 4 * np.mean(s * np.sin(s * tau) * on, axis=1)
                squares.append(np.mean((g - f) ** 2))
            row.append(np.sqrt(np.mean(squares)))
        found.append(row)
    assert found[0] == pytest.approx([0.13, 0.23], rel=0.15)
    assert found[1] == pytest.approx([0.02, 0.04], rel=0.25)


def test_towers_for_sixteen_inputs_as_a_power_of_ten():
    assert round(16 * np.log10(20 * np.exp(-0.5) * 4)) == 27
    assert 10.0**27 == pytest.approx((80 * np.exp(-0.5)) ** 16, rel=0.2)


def test_the_error_of_a_square_of_three_neurons():
    with mp.workdps(40):
        second, fourth = (float(mp.diff(lambda z: 1 / (1 + mp.exp(-z)), 1, n)) for n in (2, 4))
    assert [second, fourth] == pytest.approx([-0.0909, 0.1235], abs=5e-5)
    assert abs(fourth / second) / 12 == pytest.approx(0.113, abs=5e-4)
    h = (1e-16 / 0.09 / 0.113) ** 0.25
    assert h == pytest.approx(3e-4, rel=0.1)
    assert 0.113 * h**2 + 1e-16 / (0.09 * h**2) == pytest.approx(3e-8, rel=0.3)
