"""Random chains: rates by quadrature against verified digits, integrals, and drawn chains."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp
from scipy.integrate import dblquad, quad
from scipy.special import digamma
from scipy.stats import chi2, norm

from slopes.activation import LINEAR, RELU, SIGMOID, TANH, gain, log_sigmoid_slope, sigmoid
from slopes.chain import Chain, gradient, log_gradient
from slopes.interval import steep_interval
from slopes.random_chains import (
    Estimate,
    Law,
    draw_chains,
    he_log_growth,
    log_gradient_paths,
    log_gradient_variance,
    lyapunov_exponent,
    mean_log_gain,
    mean_log_weight,
    moment_rate,
    rates,
    sampled_exponent,
    sampled_moment_rate,
    stationary_density,
    steep_probability,
)

spreads = st.floats(0.3, 4)
squashing = st.sampled_from([SIGMOID, TANH])


@pytest.mark.claim("mean-log-weight")
def test_mean_logarithm_of_a_weight(fact):
    known = fact("E_log_abs_w")
    assert mean_log_weight() == pytest.approx(known.value, rel=known.rtol)
    by_integral, _ = quad(lambda w: 2 * norm.pdf(w) * np.log(w), 0, 40, limit=200)
    assert mean_log_weight() == pytest.approx(by_integral, rel=1e-9)
    assert mean_log_weight([1, 3]) == pytest.approx([known.value, known.value + np.log(3)])
    critical = fact("sw_critical_tanh_scalar")
    assert np.exp(-mean_log_weight()) == pytest.approx(critical.value, rel=critical.rtol)


@pytest.mark.claim("mean-log-gain")
@pytest.mark.parametrize("id", ["E_log_layer_a0", "E_log_layer_a0.5", "E_log_layer_a1"])
def test_mean_logarithm_of_a_gain(fact, id):
    known = fact(id)
    a = known.inputs["a"]
    assert mean_log_gain(a) == pytest.approx(known.value, rel=known.rtol)
    assert mean_log_gain(-a) == mean_log_gain(a)


@settings(max_examples=30)
@given(st.floats(-1, 1), spreads, st.floats(0, 4), squashing)
def test_mean_logarithm_of_a_gain_by_an_adaptive_integral(a, w_std, b_std, activation):
    law = Law(w_std, b_std, activation)
    scale = np.hypot(w_std * a, b_std)
    mean = lambda t: norm.pdf(t) * activation.log_slope(np.float64(scale * t))  # noqa: E731
    by_integral, _ = quad(mean, -12, 12, points=[0], limit=200)
    expected = mean_log_weight(w_std) + by_integral
    assert mean_log_gain(a, law) == pytest.approx(expected, rel=1e-9)


@pytest.mark.claim("lyapunov-exponent")
@pytest.mark.parametrize(
    ("id", "law"),
    [
        ("lyap_sigmoid_sw1_sb1", Law()),
        ("lyap_sigmoid_sw1_sb0.5", Law(1, 0.5)),
        ("lyap_sigmoid_sw0.5_sb0.5", Law(0.5, 0.5)),
        ("lyap_tanh_sw1_sb1", Law(activation=TANH)),
    ],
)
def test_exponent_agrees_with_verified_digits(fact, id, law):
    known = fact(id)
    assert lyapunov_exponent(law) == pytest.approx(known.value, rel=known.rtol)


def test_exponents_of_other_laws():
    assert lyapunov_exponent(Law(2, 1)) == pytest.approx(-1.78714683006810105, rel=1e-14)
    assert lyapunov_exponent(Law(4, 1)) == pytest.approx(-1.65804440, abs=1e-8)
    assert lyapunov_exponent(Law(1, 2, TANH)) == pytest.approx(-2.97861265095357, rel=1e-13)


@pytest.mark.claim("lyapunov-exponent")
@given(spreads, spreads, squashing)
def test_exponent_is_the_mean_step_under_the_stationary_density(w_std, b_std, activation):
    law = Law(w_std, b_std, activation)
    z, step = np.linspace(-54, 54, 4001, retstep=True)
    by_hand = step * stationary_density(z, law) @ activation.log_slope(z)
    assert lyapunov_exponent(law) == pytest.approx(mean_log_weight(w_std) + by_hand, rel=1e-9)


@pytest.mark.claim("stationary-density")
@given(spreads, spreads, squashing)
def test_one_more_layer_leaves_the_stationary_density(w_std, b_std, activation):
    law = Law(w_std, b_std, activation)
    u, step = np.linspace(-9, 9, 3001, retstep=True)
    u, step = u * np.hypot(w_std, b_std), step * np.hypot(w_std, b_std)
    density = stationary_density(u, law)
    assert step * density.sum() == pytest.approx(1, rel=1e-9)
    z = np.linspace(-5, 5, 11)
    scale = np.hypot(w_std * activation.value(u), b_std)
    after = step * norm.pdf(z[:, None] / scale) / scale @ density
    np.testing.assert_allclose(after, stationary_density(z, law), rtol=1e-9, atol=1e-11)


@pytest.mark.claim("moment-rate")
@pytest.mark.parametrize(("id", "power"), [("annealed_q1", 1), ("annealed_q2", 2)])
def test_moment_rates_agree_with_verified_digits(fact, id, power):
    known = fact(id)
    assert known.inputs["q"] == power
    assert moment_rate(power) == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("moment-rate")
@pytest.mark.parametrize("power", [-0.5, 0.5, 1, 3])
@pytest.mark.parametrize("law", [Law(), Law(3, 1), Law(1, 1, TANH)])
def test_moment_rate_is_the_eigenvalue_of_a_plain_operator(power, law):
    # the same operator on polynomials of the activation, by a sum over weights and biases
    low, high = law.activation.value(np.array([-np.inf, np.inf]))
    log_w, d = np.linspace(-3.6, 2.4, 120, retstep=True)
    w = np.exp(log_w - np.exp(-log_w))  # dense near 0, where |w|^power is not smooth
    jacobian = w * (1 + np.exp(-log_w)) * d
    w = law.w_std * np.concatenate([-w, w])
    chance_w = np.tile(norm.pdf(w[120:], scale=law.w_std) * law.w_std * jacobian, 2)
    b, d = np.linspace(-9, 9, 121, retstep=True)
    chance_b, b = norm.pdf(b) * d, law.b_std * b
    u = np.cos((np.arange(32) + 0.5) * np.pi / 32)
    rows = []
    for a in (low + high) / 2 + (high - low) / 2 * u:
        z = w[:, None] * a + b
        place = (2 * law.activation.value(z) - low - high) / (high - low)
        factor = (np.abs(w) ** power * chance_w)[:, None] * chance_b
        factor = factor * np.exp(power * law.activation.log_slope(z))
        waves = np.polynomial.chebyshev.chebvander(place, 31)
        rows.append(np.einsum("wb,wbk->k", factor, waves))
    operator = np.array(rows) @ np.linalg.inv(np.polynomial.chebyshev.chebvander(u, 31))
    rate = np.max(np.abs(np.linalg.eigvals(operator)))
    assert moment_rate(power, law) == pytest.approx(rate, rel=1e-7)


@pytest.mark.parametrize("power", [-0.5, 0.04, 0.5, 1, 3, 4])
def test_moments_of_a_shifted_normal_number(power):
    shift = np.array([0, 0.3, 2, 10, 24.4, 24.5, 30, 90, 1e4])  # from 24.5 by an expansion
    mean = mp.gamma((1 + power) / 2) / mp.sqrt(mp.pi) * mp.mpf(2) ** (power / 2)
    exact = [float(mean * mp.hyp1f1(-power / 2, 0.5, -(mp.mpf(s) ** 2) / 2)) for s in shift]
    np.testing.assert_allclose(rates._shifted_moment(shift, power), exact, rtol=1e-12)
    np.testing.assert_array_equal(
        rates._shifted_moment(-shift, power), rates._shifted_moment(shift, power)
    )


def test_one_layer_moment_by_a_double_integral():
    density = lambda b, w: norm.pdf(w) * norm.pdf(b) * w * SIGMOID.slope(w * 0.5 + b)  # noqa: E731
    expected = 2 * dblquad(density, 0, 8, -8, 8, epsabs=1e-5, epsrel=1e-5)[0]
    chains = draw_chains(np.random.default_rng(0), 200_000, 1)
    sizes = np.abs(gradient(chains, 0.5))
    assert abs(sizes.mean() - expected) < 4 * sizes.std() / np.sqrt(sizes.size)


@given(spreads, spreads, squashing)
def test_power_zero_has_the_rate_one(w_std, b_std, activation):
    law = Law(w_std, b_std, activation)
    assert moment_rate(0, law) == pytest.approx(1, rel=1e-12)


@pytest.mark.claim("log-gradient-variance")
@pytest.mark.parametrize("law", [Law(), Law(2, 0.5), Law(1, 1, TANH)])
def test_variance_is_that_of_drawn_chains(law):
    paths = log_gradient_paths(draw_chains(np.random.default_rng(7), 40_000, 45, law))
    grown = (paths[:, 45].var() - paths[:, 15].var()) / 30
    assert grown == pytest.approx(log_gradient_variance(law), rel=0.03)


@pytest.mark.claim("log-gradient-variance")
def test_typical_rate_is_the_slope_of_the_logarithm_at_power_zero():
    logs = [np.log(moment_rate(q)) for q in (-0.002, -0.001, 0.001, 0.002)]
    slope = np.dot([1, -8, 8, -1], logs) / 0.012
    assert slope == pytest.approx(lyapunov_exponent(), rel=1e-9)
    bend = (logs[2] + logs[1]) / 0.001**2
    assert bend == pytest.approx(log_gradient_variance(), rel=1e-5)


@pytest.mark.parametrize(
    "law", [Law(), Law(4, 0.4), Law(0.1, 1), Law(1, 0.1, TANH), Law(4, 4, TANH)]
)
def test_rates_do_not_depend_on_the_nodes(law, monkeypatch):
    before = [lyapunov_exponent(law), moment_rate(1, law), moment_rate(4, law)]
    order = np.arange(97)
    angles = (order + 0.5) * np.pi / 97
    waves = np.cos(order[:, None] * angles) * np.where(order > 0, 2, 1)[:, None] / 97
    replaced = {"NODES": 97, "ORDER": order, "ANGLES": angles, "TO_COEFFICIENTS": waves}
    for name, value in replaced.items():
        monkeypatch.setattr(rates, name, value)
    monkeypatch.setattr(rates, "FARTHEST", 11.0)
    after = [lyapunov_exponent(law), moment_rate(1, law), moment_rate(4, law)]
    np.testing.assert_allclose(before, after, rtol=1e-12)


@pytest.mark.claim("draw-chains")
def test_chains_are_drawn_from_the_law():
    chains = draw_chains(np.random.default_rng(1), 400, 500, Law(2, 0.5, TANH))
    assert chains.w.shape == chains.b.shape == (400, 500) and chains.activation is TANH
    for values, spread in ((chains.w, 2), (chains.b, 0.5)):
        assert abs(values.mean()) < 4 * spread / np.sqrt(values.size)
        assert values.std() == pytest.approx(spread, rel=4 / np.sqrt(2 * values.size))
        share = np.mean(np.abs(values) < spread)
        assert share == pytest.approx(norm.cdf(1) - norm.cdf(-1), abs=5e-3)
    pairs = [(chains.w, chains.b), (chains.w[:, 1:], chains.w[:, :-1])]
    for one, other in pairs:
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 4 / np.sqrt(one.size)


def test_the_same_generator_gives_the_same_chains():
    one, other = (draw_chains(np.random.default_rng(5), 3, 4) for _ in range(2))
    assert np.array_equal(one.w, other.w) and np.array_equal(one.b, other.b)
    wider = draw_chains(np.random.default_rng(5), 3, 4, Law(2, 3))
    assert np.array_equal(wider.w, 2 * one.w) and np.array_equal(wider.b, 3 * one.b)


@pytest.mark.claim("random-walk")
def test_paths_sum_the_log_gains():
    chains = draw_chains(np.random.default_rng(2), 50, 20)
    paths = log_gradient_paths(chains, 0.3)
    assert paths.shape == (50, 21) and np.all(paths[:, 0] == 0)
    for n in (1, 7, 20):
        part = Chain(chains.w[:, :n], chains.b[:, :n])
        np.testing.assert_allclose(paths[:, n], log_gradient(part, 0.3)[1], rtol=1e-12)
        np.testing.assert_allclose(np.exp(paths[:, n]), np.abs(gradient(part, 0.3)), rtol=1e-12)


def test_paths_of_dead_chains_end_at_minus_infinity():
    path = log_gradient_paths(Chain([1, -1, 1], 0, RELU), 2)
    assert path.tolist() == [0, 0, -np.inf, -np.inf]


@pytest.mark.parametrize("law", [Law(), Law(2, 1), Law(activation=TANH), Law(1, 0.2, TANH)])
def test_quadrature_and_drawing_agree(law):
    rng = np.random.default_rng(31)
    value, error = sampled_exponent(draw_chains(rng, 10_000, 40, law))
    assert error < 4e-3
    assert abs(value - lyapunov_exponent(law)) < 4 * error
    chains = draw_chains(rng, 200_000, 9, law)
    for power in (0.25, 0.5):
        value, error = sampled_moment_rate(chains, power)
        assert error < 6e-3 * value
        assert abs(value - moment_rate(power, law)) < 4 * error + 1e-3 * value


@pytest.mark.claim("moment-rate")
def test_mean_and_mean_square_of_drawn_chains():
    chains = draw_chains(np.random.default_rng(32), 500_000, 5)
    for power in (1, 2):
        value, error = sampled_moment_rate(chains, power)
        assert error < 0.03 * value
        assert abs(value - moment_rate(power)) < 4 * error


def test_standard_errors_are_those_of_repeated_drawing():
    rng = np.random.default_rng(3)
    found = np.array([sampled_exponent(draw_chains(rng, 200, 12)) for _ in range(300)])
    assert found[:, 1].mean() == pytest.approx(found[:, 0].std(), rel=0.15)
    found = np.array([sampled_moment_rate(draw_chains(rng, 2000, 4), 0.5) for _ in range(300)])
    assert found[:, 1].mean() == pytest.approx(found[:, 0].std(), rel=0.15)


def test_tanh_without_biases_above_the_critical_spread():
    value, error = sampled_exponent(
        draw_chains(np.random.default_rng(4), 4000, 300, Law(2.5, 0, TANH)), skip=100
    )
    assert isinstance(value, float) and value == pytest.approx(-0.848, abs=4 * error + 1e-3)


@pytest.mark.claim("steep-probability")
@pytest.mark.parametrize("id", ["P_prod_ge1_a0", "P_prod_ge1_a0.5", "P_prod_ge1_a1"])
def test_probability_of_a_steep_neuron(fact, id):
    known = fact(id)
    a = known.inputs["a"]
    assert steep_probability(a) == pytest.approx(known.value, rel=1e-12)
    assert steep_probability(-a) == steep_probability(a)


@pytest.mark.claim("steep-probability")
@settings(max_examples=20)
@given(st.floats(-1, 1), st.floats(0.5, 8), st.floats(0.3, 4))
def test_probability_of_a_steep_neuron_by_an_integral_over_the_weight(a, w_std, b_std):
    def chance(w):
        z = np.array(steep_interval(w)) * w  # the bias is 0
        low, high = norm.cdf((z - w * a) / b_std)
        return norm.pdf(w / w_std) / w_std * (high - low)

    edges = [4, 4.5, 5, 7, 10, 20, 60]
    expected = 2 * sum(
        quad(chance, *pair, epsabs=1e-14, limit=200)[0] for pair in itertools.pairwise(edges)
    )
    law = Law(w_std, b_std)
    assert steep_probability(a, law) == pytest.approx(expected, rel=1e-5, abs=1e-11)


@pytest.mark.claim("steep-probability")
@pytest.mark.parametrize(("w_std", "b_std"), [(1, 1), (0.5, 0.5), (10, 0.5), (10, 10)])
@pytest.mark.parametrize("a", [0.5, 1.5, 3])
def test_probability_of_a_steep_neuron_to_many_digits(a, w_std, b_std):
    def share(t):
        w = 4 * mp.cosh(t) ** 2
        low, high = (w * a - 2 * t) / b_std, (w * a + 2 * t) / b_std
        tails = mp.erfc(low / mp.sqrt(2)) - mp.erfc(high / mp.sqrt(2))
        return mp.npdf(w, 0, w_std) * 4 * mp.sinh(2 * t) * tails

    with mp.workdps(25):
        expected = float(mp.quad(share, [mp.mpf(i) / 40 for i in range(60)] + [2, 3, 4]))
    assert steep_probability(a, Law(w_std, b_std)) == pytest.approx(expected, rel=1e-12, abs=0)


def test_steep_neurons_are_counted():
    rng = np.random.default_rng(6)
    w, b = rng.normal(size=(2, 10**6)) * [[4], [2]]
    for a in (0, 0.5, 1):
        share, chance = np.mean(np.abs(gain(w, a, b)) >= 1), steep_probability(a, Law(4, 2))
        assert abs(share - chance) < 4 * np.sqrt(chance / 10**6)


@pytest.mark.claim("he-log-growth")
@pytest.mark.parametrize("width", [1, 2, 3, 10, 100, 700])
def test_growth_of_a_rectified_layer(width):
    m = np.arange(1, width + 1)
    from scipy.stats import binom

    shares = binom.pmf(m, width, 0.5) / (1 - binom.pmf(0, width, 0.5))
    expected = shares @ (digamma(m / 2) + np.log(4 / width)) / 2
    assert he_log_growth(width) == pytest.approx(expected, rel=1e-12)


@pytest.mark.claim("he-log-growth")
@pytest.mark.parametrize("width", [2, 5, 20])
def test_growth_of_drawn_layers(width):
    rng = np.random.default_rng(width)
    W = rng.normal(0, np.sqrt(2 / width), (20_000, width, width))
    h, v = np.abs(rng.normal(size=(2, width)))
    on = W @ h > 0
    # backwards: the transposed weights of the next layer, drawn anew, times the slopes of this one
    back = np.linalg.norm(on * (W[::-1].transpose(0, 2, 1) @ v), axis=1) / np.linalg.norm(v)
    logs = np.log(back[on.any(axis=1)])
    assert abs(logs.mean() - he_log_growth(width)) < 4 * logs.std() / np.sqrt(logs.size)
    squares = back**2
    assert abs(squares.mean() - 1) < 4 * squares.std() / np.sqrt(squares.size)


def test_known_growths():
    found = [he_log_growth(width) for width in (2, 10, 100)]
    assert found == pytest.approx([-0.404132, -0.153731, -0.012710], abs=5e-7)
    assert he_log_growth(1000) * 1000 == pytest.approx(-1.25, abs=3e-3)
    assert chi2.expect(np.log, (3,)) == pytest.approx(digamma(1.5) + np.log(2), rel=1e-6)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"w_std": 0}, ValueError, "w_std is 0.0; give numbers above 0"),
        ({"w_std": -1}, ValueError, "w_std is -1.0; give numbers from 0 up"),
        ({"b_std": -1}, ValueError, "b_std is -1.0; give numbers from 0 up"),
        ({"b_std": np.nan}, ValueError, "b_std is nan; give finite numbers"),
        ({"w_std": [1, 2]}, ValueError, r"w_std has shape \(2,\); give one number"),
        ({"w_std": "1"}, TypeError, "w_std .*give real numbers"),
        ({"activation": "tanh"}, TypeError, "activation is 'tanh'; give an Activation"),
    ],
)
def test_laws_that_are_none_are_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        Law(**arguments)


@pytest.mark.parametrize(
    "rate", [lyapunov_exponent, log_gradient_variance, lambda law: moment_rate(1, law)]
)
def test_rates_of_chains_that_need_not_settle_are_refused(rate):
    for activation in (RELU, LINEAR):
        with pytest.raises(ValueError, match=f"{activation.name} is unbounded.*SIGMOID or TANH"):
            rate(Law(activation=activation))
    with pytest.raises(ValueError, match=r"b_std is 0.*above 0"):
        rate(Law(1, 0))


def test_other_bad_arguments_are_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(
        ValueError, match=r"power is -1.0; give numbers strictly between -1 and inf"
    ):
        moment_rate(-1)
    with pytest.raises(ValueError, match=r"power is -0\.5"):
        sampled_moment_rate(draw_chains(rng, 5, 5), -0.5)
    with pytest.raises(ValueError, match="chains is 0; give a whole number from 1 up"):
        draw_chains(rng, 0, 5)
    with pytest.raises(TypeError, match=r"layers is 2\.5"):
        draw_chains(rng, 2, 2.5)
    with pytest.raises(TypeError, match="rng is 1; give a Generator"):
        draw_chains(1, 2, 3)
    with pytest.raises(ValueError, match="skip is 5 of 5 layers; leave at least one"):
        sampled_exponent(draw_chains(rng, 5, 5))
    with pytest.raises(ValueError, match=r"weights of shape \(3,\); give \(chains, layers\)"):
        sampled_exponent(Chain([1, 2, 3], 0))
    with pytest.raises(ValueError, match="give one with sigmoids and a b_std above 0"):
        steep_probability(0, Law(activation=TANH))
    with pytest.raises(ValueError, match=r"w_std is 0\.0"):
        mean_log_weight(0)
    with pytest.raises(ValueError, match="width is 0"):
        he_log_growth(0)
    with pytest.raises(ValueError, match="z is nan"):
        stationary_density(np.nan)


def test_shapes_are_kept():
    assert mean_log_gain(np.zeros((2, 3))).shape == (2, 3)
    assert stationary_density(np.zeros((2, 3))).shape == (2, 3)
    assert steep_probability(np.zeros((2, 3))).shape == (2, 3)
    assert mean_log_gain([]).shape == (0,)
    assert isinstance(lyapunov_exponent(), float) and isinstance(moment_rate(1), float)
    assert Estimate(1.0, 2.0) == sampled_exponent(Chain([[4] * 3, [4] * 3], -2), skip=0)._replace(
        value=1.0, error=2.0
    )


def test_no_rate_depends_on_warnings():
    with np.errstate(all="raise", under="ignore"):
        for law in (Law(), Law(4, 0.4, TANH), Law(0.1, 10)):
            lyapunov_exponent(law), moment_rate(2, law), log_gradient_variance(law)
        steep_probability([0, 1]), mean_log_gain([0, 1])


def test_logarithm_of_the_slope_is_even_and_falls():
    z = np.linspace(0, 40, 401)
    assert np.all(np.diff(log_sigmoid_slope(z)) < 0) and sigmoid(0) == 0.5
