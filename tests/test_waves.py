"""Waves through an endless row of steps, against rows that are added up and trained."""

import mpmath
import numpy as np
import pytest

from slopes.activation import sigmoid
from slopes.universality import alias_share, row_condition, wave_eigenvalue, wave_gain

EDGES = np.arange(-200, 230)  # far enough beyond the unit interval for every weight tried


def drawn(x, frequency, w, count):
    """What a row draws whose heights are samples of ``e^(iωx)``, by adding its bumps."""
    middles = (EDGES[:-1] + 0.5) / count
    up = sigmoid(w * (x[:, None] - EDGES / count))
    return (up[:, :-1] - up[:, 1:]) @ np.exp(1j * frequency * middles)


def coefficients(frequency, w, count, orders):
    """Fourier coefficients of what a row draws, over one cell."""
    x = (np.arange(256) + 0.5) / 256 / count
    shapes = drawn(x, frequency, w, count) * np.exp(-1j * frequency * x)
    return [np.mean(shapes * np.exp(-2j * np.pi * m * count * x)) for m in orders]


@pytest.mark.claim("row-of-waves")
@pytest.mark.parametrize(("frequency", "w", "count"), [(50, 30, 30), (15, 60, 30), (20, 40, 10)])
def test_a_row_draws_a_wave_and_its_aliases(frequency, w, count):
    orders = np.array([-2, -1, 0, 1, 2])
    y = np.pi * (frequency + 2 * np.pi * orders * count) / w
    formula = 2 * np.pi * count / w * np.sin(frequency / 2 / count) / np.sinh(y)
    measured = coefficients(frequency, w, count, orders)
    assert np.abs(np.array(measured) - formula).max() < 1e-12


@pytest.mark.claim("fitted-heights")
@pytest.mark.claim("alias-share")
@pytest.mark.parametrize("w", [15, 30, 90, 300])
def test_the_largest_alias_of_fitted_heights(w):
    wave, first, second = coefficients(50, w, 30, [0, -1, 1])
    assert abs(first / wave) == pytest.approx(alias_share(50, w, 30), rel=1e-6, abs=1e-12)
    assert abs(second) < abs(first)
    larger = (50 / 60) / np.sin(50 / 60) / wave_gain(50, w)
    assert abs(wave) * larger == pytest.approx(1, rel=1e-9)


def test_aliases_are_one_at_the_quickest_wave_and_refused_beyond():
    assert alias_share(np.pi * 30, [10, 100], 30) == pytest.approx([1, 1])
    with pytest.raises(ValueError, match=r"^frequency is 95 with 30\.0 cells per unit; give"):
        alias_share(95, 10, 30)


@pytest.mark.claim("row-condition")
@pytest.mark.parametrize("ratio", [1, 2, 6, 50])
def test_the_condition_number_is_that_of_a_long_row(ratio):
    n, N = 64, 1  # a circle of 64 cells: the wave of frequency π alternates
    x = (np.arange(64 * n) + 0.5) / 64
    around = (x[:, None] - EDGES[None]) * ratio
    up = sigmoid(around)
    bumps = (up[:, :-1] - up[:, 1:])[:, : 6 * n].reshape(len(x), 6, n).sum(axis=1)
    waves = [bumps @ np.cos(frequency * np.arange(n)) for frequency in (0.0, np.pi)]
    basic = [np.ones(len(x)), np.cos(np.pi * (x - 0.5) * N)]
    # the part of each that is the wave itself, without aliases
    sizes = [abs(np.mean(g * b)) / np.mean(b * b) for g, b in zip(waves, basic, strict=True)]
    alternating = sizes[1] / 2  # at the quickest wave its alias is as large, and falls on it
    assert sizes[0] / alternating == pytest.approx(row_condition(ratio), rel=1e-6)


@pytest.mark.claim("wave-gain")
def test_the_trembling_of_a_wave_is_a_beta_integral():
    for frequency, w in ((50, 30), (3, 10), (15, 2.5)):
        s = mpmath.mpf(frequency) / w
        exact = mpmath.quad(lambda u, s=s: mpmath.cos(s * mpmath.log(u / (1 - u))), [0, 0.5, 1])
        assert wave_gain(frequency, w) == pytest.approx(float(exact), abs=1e-8)
        gamma = mpmath.gamma(1 + 1j * s) * mpmath.gamma(1 - 1j * s)
        assert wave_gain(frequency, w) == pytest.approx(float(gamma.real), rel=1e-13)


@pytest.mark.claim("descent-of-a-wave")
@pytest.mark.claim("jump-gradient")
@pytest.mark.parametrize(("frequency", "w"), [(15, 30), (50, 60), (50, 400)])
def test_one_step_of_descent_takes_its_share_of_a_wave(frequency, w):
    count, reach = 30, 40  # steps to the unit, units on either side
    k = np.arange(-reach * count, reach * count)
    t = (np.arange(-2 * 4000, 2 * 4000) + 0.5) / 4000  # listening: each step hears its own place
    hears = np.mean(np.exp(1j * frequency * t) * w * sigmoid(w * t) * sigmoid(-w * t)) * 4
    gradient = -hears / (1j * frequency) * np.exp(1j * frequency * k / count)  # by parts
    x = (np.arange(3000) + 0.5) / 3000 / count
    slope = w * sigmoid(w * (x[:, None] - k / count)) * sigmoid(-w * (x[:, None] - k / count))
    change = slope @ -gradient  # of the derivative of the drawing, at the rate 1
    share = np.mean(change * np.exp(-1j * frequency * x)) / (1j * frequency)
    assert share == pytest.approx(-wave_eigenvalue(frequency, w, count), rel=1e-6)


def test_the_eigenvalues_of_a_finite_row_follow_the_law():
    x, count = (np.arange(1000) + 0.5) / 1000, 60
    at = (np.arange(-30, 90) + 0.5) / count
    orders = np.array([4, 6, 8, 12, 16])
    for w, near in ((60, 0.1), (120, 0.05)):
        table = np.hstack([sigmoid(w * (x[:, None] - at)), np.ones((1000, 1))])
        values = np.linalg.svd(table / np.sqrt(1000), compute_uv=False) ** 2
        law = wave_eigenvalue(orders * np.pi, w, count)
        assert np.log10(values[orders] / values[4]) == pytest.approx(
            np.log10(law / law[0]), abs=near
        )


def test_nothing_overflows_or_warns_where_waves_are_far_too_quick():
    assert wave_eigenvalue(1e6, 1, 30) == 0 and wave_gain(1e6, 1) == 0
    assert row_condition(1e-6) == np.inf
    assert wave_eigenvalue(1, 1e9, 30) == pytest.approx(30)
    for bad in (0, -1, np.nan):
        with pytest.raises(ValueError, match="w is"):
            wave_gain(1, bad)
