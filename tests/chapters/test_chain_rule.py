"""Numbers that the chapter on the chain rule states, by other means than its cells."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from slopes.chain import Chain, forward, gradient
from slopes.random_chains import Law, lyapunov_exponent

EIGHT = Chain([1.3, -0.7, 0.4, 1.8, -1.1, 0.6, 2.2, -0.9], [0.2, -0.5, 0.1, -0.8, 0.4, 0, -1, 0.3])


def test_slopes_and_gains_of_four_neurons():
    a = forward(Chain([1, 2, 3, 4], 0), 0.5).a[1:]
    slopes = a * (1 - a)
    assert slopes[[0, -1]] == pytest.approx([0.235, 0.025], abs=5e-4)
    assert slopes * [1, 2, 3, 4] == pytest.approx([0.235, 0.347, 0.243, 0.099], abs=5e-4)


def test_a_push_of_a_hundredth_through_thirty_layers():
    a, slope = 0.5, 0.01
    for _ in range(30):
        a = 1 / (1 + np.exp(-a))
        slope *= a * (1 - a)
    assert slope == pytest.approx(4e-22, rel=0.05)
    assert gradient(Chain(np.ones(30), 0), 0.5) == pytest.approx(100 * slope, rel=1e-9)
    assert 1.25**30 == pytest.approx(800, rel=0.02)


def test_output_of_the_chain_of_eight():
    a = 0.5
    for w, b in zip(EIGHT.w, EIGHT.b, strict=True):
        a = 1 / (1 + np.exp(-w * a - b))
    assert a == pytest.approx(0.449, abs=5e-4)


def test_where_products_of_a_deep_chain_leave_the_floats():
    a = forward(Chain(np.ones(1000), 0), 0.5).a[1:]
    factors = a * (1 - a)
    assert np.log10(factors).sum() == pytest.approx(-648, abs=0.5)
    for kind, last in ((np.float64, 499), (np.float32, 69)):
        products = np.cumprod(factors.astype(kind))
        assert products[last - 1] > 0 == products[last]


def test_negative_weights_are_more_forgiving_by_the_quotient_of_the_shares():
    w, b = np.meshgrid(np.linspace(-8, 8, 161), np.linspace(-6, 6, 121))
    kept = gradient(Chain(w[..., None] * np.ones(30), b[..., None]), 0.3)
    kept = np.abs(kept) > 0.001
    assert kept[w < 0].mean() / kept[w > 0].mean() == pytest.approx(27, abs=0.5)


def test_the_greatest_ratio_of_sigmoids_without_biases():
    found = minimize_scalar(lambda z: -z / (1 + np.exp(z)), bounds=(0, 5), method="bounded")
    assert -found.fun == pytest.approx(0.2785, abs=5e-5)
    assert found.x == pytest.approx(1.2785, abs=5e-5)
    assert 1 + np.exp(-1.2785) == pytest.approx(1.2785, abs=1e-4)


def test_the_slowest_decay_of_a_scan():
    assert lyapunov_exponent(Law(3.25, 0.01)) == pytest.approx(-1.45, abs=5e-3)


def test_gains_of_the_live_chain_at_its_start():
    a, slope = 0.5, 1.0
    for _ in range(4):
        a = 1 / (1 + np.exp(-a))
        slope *= a * (1 - a)
    assert slope == pytest.approx(0.0027, abs=5e-5)


def test_ends_of_the_four_lines_over_depth():
    assert 30 * np.log10(100 / 4) == pytest.approx(42, abs=0.5)
    assert lyapunov_exponent() == pytest.approx(-2.31, abs=5e-3)


def test_the_least_float():
    least = np.nextafter(0, 1)
    assert least == 5e-324 and np.log10(least) == pytest.approx(-324, abs=1)


def test_steps_at_which_twenty_layers_do_not_move_the_output():
    def output(x):
        for _ in range(20):
            x = 1 / (1 + np.exp(-x))
        return x

    h = np.geomspace(1e-9, 1e-3, 1201)
    moves = h[output(0.5 + h) != output(0.5 - h)]
    assert moves.min() == pytest.approx(4e-5, rel=0.5)
