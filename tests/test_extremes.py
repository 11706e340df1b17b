"""Where squares, products and exponentials leave the floats, and the answer does not."""

import warnings

import mpmath
import numpy as np
import pytest

from slopes import autoregressive, built, jacobian, meanfield, random_chains, universality
from slopes.activation import RELU, SIGMOID, TANH, Activation, gain
from slopes.chain import Chain, gains, gradient
from slopes.identity import IdentityNeuron, copy_slope

STEEP = 3.6678746e-48  # 1e300 σ'(2400)


def test_gains_keep_a_slope_that_no_float_holds():
    w, a = mpmath.mpf(1e300), mpmath.mpf(8e-298)
    z = w * a
    expected = float(w * mpmath.exp(-z) / (1 + mpmath.exp(-z)) ** 2)
    assert expected == pytest.approx(STEEP, rel=1e-6)
    links = Chain([1e300], 0)
    found = [gain(1e300, 8e-298), gradient(links, 8e-298), gains(links, 8e-298)[0]]
    found.append(copy_slope(IdentityNeuron(1e300, 0, 1, 0), 8e-298))
    found.append(jacobian.layer_jacobian([[1e300]], [float(z)], SIGMOID)[0, 0])
    assert found == pytest.approx([expected] * 5, rel=1e-10)


def correlation(q, c):
    """``E[s(u) s(v)]/E[s²]`` for the slope s of tanh, c = 1/2, by one integral over each."""
    scale, s = mpmath.sqrt(q), lambda z: mpmath.sech(z) ** 2
    rest = 1 - mpmath.mpf(c) ** 2
    density = lambda u, v: mpmath.exp(-(u * u - 2 * c * u * v + v * v) / (2 * q * rest))  # noqa: E731
    step = mpmath.mpf(1) / 8
    line = [k * step for k in range(-120, 121)]
    joint = sum(s(u) * s(v) * density(u, v) for u in line for v in line) * step**2
    alone = sum(s(u) ** 2 * mpmath.exp(-u * u / (2 * q)) for u in line) * step
    return (
        joint
        / (2 * mpmath.pi * q * mpmath.sqrt(rest))
        / (alone / (scale * mpmath.sqrt(2 * mpmath.pi)))
    )


@pytest.mark.parametrize("q", [400, 1e6])
def test_gradients_are_correlated_right_where_slopes_are_spikes(q):
    with mpmath.workdps(15):
        expected = float(correlation(q, 0.5))
    assert meanfield.gradient_correlation(0.5, q) == pytest.approx(expected, rel=1e-9)


def test_both_grids_agree_where_one_takes_over():
    near, far = meanfield.gradient_correlation([0.5, 0.9], [[15.999999], [16.000001]])
    assert near == pytest.approx(far, rel=1e-6)


def test_an_activation_is_known_by_its_functions():
    own = Activation("relu", TANH.value, TANH.slope, TANH.log_slope, 1.0)
    for law in (meanfield.mean_square_gain, meanfield.fixed_variance):
        assert law(1.5, 0.1, own) == law(1.5, 0.1, TANH)
    assert meanfield.correlation_map(0.5, 1, 1, 0, own) == meanfield.correlation_map(0.5, 1)
    with pytest.raises(ValueError, match="give one of them above 0"):
        meanfield.correlation_map(0.5, 1, 0, 0)


@pytest.mark.parametrize("scale", [1e-200, 1e-160, 1.0, 1e160, 1e300])
def test_directions_of_two_do_not_depend_on_the_scale(scale):
    J = np.array([[0.5, 0.2], [-0.1, 0.4]])
    axes = np.linalg.svd(J).Vh
    found = jacobian.extreme_singular_vectors(scale * J)
    assert np.abs(axes[0] @ found.largest) == pytest.approx(1, rel=1e-12)
    assert np.abs(axes[1] @ found.smallest) == pytest.approx(1, rel=1e-12)


def test_products_and_logarithms_beyond_the_floats():
    np.testing.assert_array_equal(
        jacobian.product([np.diag([1e308, 1.0])] * 3), [[np.inf, 0], [0, 1]]
    )
    smallest, largest = jacobian.log_extreme_singular_values([np.diag([1, 1e-310])] * 2)
    assert largest == pytest.approx([0, 0])
    assert smallest == pytest.approx(np.log(1e-310) * np.array([1, 2]), rel=1e-9)


def test_sampled_rates_shift_by_the_largest_logarithm():
    chains = random_chains.draw_chains(np.random.default_rng(1), 50, 400)
    logs = [
        [mpmath.mpf(x) for x in column]
        for column in np.transpose(random_chains.log_gradient_paths(chains)[:, -2:])
    ]
    before, after = (mpmath.fsum(map(mpmath.exp, column)) for column in logs)
    found = random_chains.sampled_moment_rate(chains, 1)
    assert found.value == pytest.approx(float(after / before), rel=1e-9)


def test_a_dead_chain_has_the_exponent_minus_infinity():
    dead = random_chains.draw_chains(
        np.random.default_rng(1), 1000, 55, random_chains.Law(activation=RELU)
    )
    assert random_chains.sampled_exponent(dead).value == -np.inf


def test_moments_beyond_the_floats_are_refused():
    for power in (300, 745):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(ValueError, match=r"^power is .* leave the floats; give a smaller"):
                random_chains.moment_rate(power)


def test_offsets_are_one_number():
    for network, value in [
        (universality.step_network, universality.Steps([0.2], [1], [1, 2], 9)),
        (universality.hat_network, universality.Hats([0.2], [1], [1, 2])),
        (lambda steps, x: built.network_of(steps), universality.Steps([0.2], [1], [1, 2], 9)),
    ]:
        with pytest.raises(ValueError, match=r"^offset has shape \(2,\); give one number$"):
            network(value, 0.5)


def test_networks_of_steps_hold_real_numbers():
    for at in (["0.2"], np.array([1], "M8[s]"), np.ma.array([0.2], mask=[True])):
        with pytest.raises(TypeError, match=r"^at"):
            built.network_of(universality.Steps(at, [1], 0, 9))


def test_schedules_do_not_wrap():
    with pytest.raises(ValueError, match=r"takes 18446744073709551616 steps"):
        autoregressive.pixelcnn_schedule(2, 2, 3, 2**62)
    with pytest.raises(ValueError, match=r"steps"):
        autoregressive.mdrnn_schedule(2, 2, 2**62, "draw")
    with pytest.raises(ValueError, match=r"^k = 1000000 ask for"):
        autoregressive.causal_mask(10**6)


def test_rows_of_steps_have_limits():
    np.testing.assert_array_equal(built.row_exponent([1e-9, 1e-320]), [0, 0])
    assert built.row_exponent(1000.1) == pytest.approx(built.row_exponent(999.9), abs=0.1)
    below, above = built.row_exponent([1000.0, 1000.0000001])
    assert above == pytest.approx(below, abs=1e-6)
    assert built.row_exponent(1e9) == pytest.approx(np.log(1e9) - 1e9 / 4)


def test_far_inputs_have_far_values():
    with np.errstate(all="raise"):
        assert universality.nielsen_function(1e200) == np.inf
        assert universality.tent(1e308) == -np.inf
        assert universality.tent(1e308, 0.25) == -5e307
        assert built.awake_share(1e-320) == 1


def test_messages_name_what_was_passed():
    for call, name in [
        (lambda: universality.bump(0, np.inf, 1, 1), "left"),
        (lambda: universality.tower(0, np.nan, [0, 1], [0, 1], 1, 1), "y"),
        (lambda: universality.rise_width(1, low=0), "low"),
    ]:
        with pytest.raises(ValueError, match=f"^{name} is "):
            call()
