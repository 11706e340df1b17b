"""Networks of steps as networks to be trained: the same drawing, awake shares, and stacks."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopes.activation import sigmoid_slope
from slopes.built import awake_share, network_of, places, row_exponent, stack_exponent
from slopes.interval import interval_width
from slopes.network import NIELSEN, build, predict
from slopes.universality import Steps, fit_steps, nielsen_function, step_network


@pytest.mark.claim("built-network")
@pytest.mark.parametrize("w", [3, 40, 120, 1000])
def test_the_network_draws_what_the_steps_draw(w):
    steps = fit_steps(nielsen_function, 0, 1, 20, w)
    x = np.linspace(-0.2, 1.2, 500)
    network = network_of(steps)
    np.testing.assert_allclose(
        predict(network, x[:, None])[:, 0], step_network(steps, x), rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(places(network), steps.at, rtol=1e-15, atol=1e-15)
    assert network.sizes == (1, len(steps.at), 1)


def test_places_are_where_neurons_are_half_on():
    network = build([1, 9, 1], np.random.default_rng(1), NIELSEN)
    W, b = network.parameters.weights[0][:, 0], network.parameters.biases[0]
    np.testing.assert_allclose(W * places(network) + b, 0, atol=1e-12)


@pytest.mark.claim("awake-share")
@given(st.floats(0.5, 5000), st.floats(1e-6, 0.24))
def test_awake_share_is_a_width_of_the_steep_interval(w, threshold):
    width = interval_width(w, threshold * w)
    assert awake_share(w, threshold) == pytest.approx(min(1, width), rel=1e-7)
    assert awake_share(-w, threshold) == awake_share(w, threshold)


@pytest.mark.claim("awake-share")
def test_awake_share_is_what_counting_finds():
    x = np.linspace(0, 1, 100_001)
    for w in (20, 120, 1000):
        counted = np.mean(sigmoid_slope(w * (x - 0.4)) >= 0.01)
        assert awake_share(w) == pytest.approx(counted, abs=3e-5)
    assert awake_share(1) * 1 == 1 and w * awake_share(w) == pytest.approx(9.17, abs=1e-3)


def exact_log_slope(x, ratio):
    """``ln Σ_k r σ'(r(x - k))`` to 30 digits, by the Fourier series of the row."""
    with mpmath.workdps(30):
        y, total = 2 * mpmath.pi**2 / ratio, mpmath.mpf(1)
        for m in range(1, 3 + int(60 / float(y))):
            total += 2 * mpmath.cos(2 * mpmath.pi * m * x) * m * y / mpmath.sinh(m * y)
        return mpmath.log(total)


@pytest.mark.claim("stack-exponent")
@pytest.mark.parametrize("ratio", [1, 2, 3.5, 6, 12, 25])
def test_the_slope_between_two_steps_by_its_fourier_series(ratio):
    exact = float(exact_log_slope(mpmath.mpf(1) / 2, mpmath.mpf(ratio)))
    assert stack_exponent(ratio) == pytest.approx(exact, rel=1e-11, abs=2e-15)


@pytest.mark.claim("row-exponent")
@pytest.mark.no_cover  # nearly all of its time is spent in mpmath
@pytest.mark.parametrize("ratio", [2, 3.5, 6, 12])
def test_the_mean_log_slope_by_its_fourier_series(ratio):
    u = [mpmath.mpf(k) / 200 for k in range(200)]
    exact = float(sum(exact_log_slope(x, mpmath.mpf(ratio)) for x in u) / 200)
    assert row_exponent(ratio) == pytest.approx(exact, rel=1e-9, abs=5e-15)


@pytest.mark.claim("row-exponent")
@given(st.floats(0.3, 300))
def test_every_ripple_costs_gradient(ratio):
    assert stack_exponent(ratio) <= row_exponent(ratio) + 1e-14
    assert row_exponent(ratio) <= 1e-14


def test_limits_of_steep_rows():
    r = np.array([50.0, 100.0, 400.0])
    np.testing.assert_allclose(row_exponent(r), np.log(r) - r / 4 - np.pi**2 / (4 * r), atol=1e-9)
    np.testing.assert_allclose(stack_exponent(r), np.log(2 * r) - r / 2, atol=1e-9)


def test_nothing_underflows_in_steep_rows():
    with np.errstate(all="raise", under="ignore"):
        assert np.all(np.isfinite(stack_exponent([1e-2, 1, 1e4])))
        assert np.isfinite(row_exponent(1e3))


def test_shapes_are_kept():
    assert row_exponent([[1, 2]]).shape == stack_exponent([[1, 2]]).shape == (1, 2)
    assert row_exponent(3).shape == () and awake_share([[1, 2]], [[0.1], [0.2]]).shape == (2, 2)


def test_bad_arguments_are_refused():
    with pytest.raises(ValueError, match="w is 0"):
        awake_share(0)
    with pytest.raises(
        ValueError, match=r"threshold is 0\.25; give numbers strictly between 0 and 0\.25"
    ):
        awake_share(1, 0.25)
    for function in (row_exponent, stack_exponent):
        with pytest.raises(ValueError, match=r"ratio\[1\] is 0.*above 0"):
            function([1, 0])
    with pytest.raises(ValueError, match="has 2 inputs; give one with a single input"):
        places(build([2, 3, 1], np.random.default_rng(1)))
    with pytest.raises(ValueError, match="a constant neuron stands nowhere"):
        places(network_of(Steps([0.5], [1], 0, 0)))
    with pytest.raises(ValueError, match="nan"):
        network_of(Steps([np.nan], [1], 0, 10))
