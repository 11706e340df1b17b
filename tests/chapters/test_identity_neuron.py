"""Numbers that the chapter on the identity neuron states, by other means than its cells."""

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def worst_error(w1, kind=np.float64):
    """Largest error of the Taylor neuron, as the textbook formula computes it in a precision."""
    x = np.linspace(0, 1, 4001).astype(kind)
    w, one = kind(w1), kind(1)
    b, w2 = -w / 2, 4 / w
    y = w2 / (one + np.exp(-(w * x + b))) + kind(0.5) - w2 / 2
    return float(np.abs(y - x).max())


def test_taylor_of_a_sigmoid():
    z = 0.01
    assert (sigmoid(z) - 0.5 - z / 4) / -(z**3) == pytest.approx(1 / 48, rel=1e-4)


def test_steep_parts_of_three_copies():
    assert [0.5 - 2 / 16, 0.5 + 2 / 16] == [0.375, 0.625]


def test_error_of_a_small_weight_without_output_bias():
    assert sigmoid(-0.1) == pytest.approx(0.475, abs=5e-4)


def test_the_left_side_of_the_equation_for_the_best_weight():
    def left(t):
        return np.tanh(t) - t / np.cosh(t) ** 2 + np.tanh(np.cosh(t) ** 2)

    assert left(0) == pytest.approx(0.76, abs=5e-3)
    assert np.all(np.diff(left(np.linspace(0, 9, 900))) >= 0) and left(9.0) == pytest.approx(2)
    w1 = 4 * np.cosh(brentq(lambda t: left(t) - 1, 0, 3)) ** 2
    ends = sigmoid(np.array([-w1 / 2, w1 / 2]))
    assert ends == pytest.approx([0.056, 0.944], abs=5e-4)
    assert sigmoid(np.array([-2, 2])) == pytest.approx([0.119, 0.881], abs=5e-4)


def test_floors_of_two_precisions():
    w1 = np.geomspace(3e-6, 3e-4, 60)
    floor = min(worst_error(w) for w in w1)
    assert floor == pytest.approx(2e-11, rel=0.5)
    for digits, best in ((52, 2.8e-5), (23, 0.023)):
        found = brentq(lambda w, digits=digits: w**3 - 96 * 2.0**-digits, 0, 1, xtol=1e-12)
        assert found == pytest.approx(best, rel=0.03)


def test_slopes_through_stacks_of_four_thousand():
    def through(w2, x, k=4000):
        slope = 1.0
        for _ in range(k):
            a = sigmoid(0.5 * (x - 0.5))
            slope *= w2 * 0.5 * a * (1 - a)
            x = w2 * (a - 0.5) + 0.5
        return slope

    best = 8.03119319258253  # the minimax weight for w1 = 1/2
    assert through(8, 0.0) == pytest.approx(0.0036, abs=5e-5)
    assert through(best, 0.5) == pytest.approx(5.8e6, rel=0.01)
    assert through(best, 0.0) == pytest.approx(2e-14, rel=0.3)
    assert best * 0.5 / 4 == pytest.approx(1.0039, abs=5e-5)


def test_what_a_neuron_with_weight_one_keeps():
    a = 0.5
    for _ in range(100):
        a = sigmoid(a)
    assert a * (1 - a) == pytest.approx(0.2247, abs=5e-5)


def test_a_copy_to_order():
    w1 = 0.6197
    x = np.linspace(0, 1, 20_001)

    def worst(w2):
        return np.abs(w2 * (sigmoid(w1 * (x - 0.5)) - 0.5) + 0.5 - x).max()

    least = minimize_scalar(worst, bounds=(4 / w1, 4.2 / w1), method="bounded").fun
    assert least == pytest.approx(0.000994, abs=1e-6)


def test_the_two_parts_in_half_precision():
    w1 = (96 * 2.0**-10) ** (1 / 3)
    assert w1 == pytest.approx(0.45, abs=5e-3)
    assert 3 * w1**2 / 96 == pytest.approx(0.0064, abs=5e-5)


def test_the_cost_along_the_valley():
    d = np.linspace(-0.5, 0.5, 200_001)
    rest = (d**3 - 3 / 20 * d) / 12
    assert 1 / np.trapezoid(rest**2, d) == pytest.approx(403200, rel=1e-6)
    assert 403200 * 20 / 4 == 2016000
    for tau, w1 in ((1e7, 0.568), (1e8, 0.387)):
        assert (2016000 / 6 / tau) ** (1 / 6) == pytest.approx(w1, abs=5e-4)
    assert 336000 / 0.02**6 == pytest.approx(5e15, rel=0.06)
