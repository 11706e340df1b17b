"""The claims of the chapter on random chains, and the numbers in its text and exercises."""

import numpy as np
import pytest
from scipy.stats import norm

from slopes.activation import LINEAR, RELU, SIGMOID, TANH, gain
from slopes.chain import Chain, forward, gradient, log_gradient
from slopes.random_chains import (
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
    steep_probability,
)


def decades(law=None, **draw):
    chains = draw_chains(np.random.default_rng(draw.pop("seed", 1)), *draw.values(), law or Law())
    return log_gradient_paths(chains) / np.log(10)


@pytest.mark.claim("exponent-bracket")
def test_mean_steps_lie_in_the_bracket():
    ends = mean_log_gain([1, 0])
    assert ends == pytest.approx([-2.4406, -2.2472], abs=1.1e-4)
    assert ends[0] > -2.4406 and ends[1] < -2.2472
    assert np.all(np.diff(mean_log_gain(np.linspace(0, 1, 101))) < 0)
    chains = draw_chains(np.random.default_rng(1), 40_000, 12)
    for x in (0, 1):
        steps = np.diff(log_gradient_paths(chains, x), axis=1)
        error = 4 * steps.std(axis=0) / 200
        assert np.all(
            (ends[0] - error < steps.mean(axis=0)) & (steps.mean(axis=0) < ends[1] + error)
        )
    for law in (Law(2, 1), Law(0.5, 2), Law(6, 0.3)):
        low, high = mean_log_gain([1, 0], law)
        assert low < lyapunov_exponent(law) < high


@pytest.mark.claim("decade-per-layer")
def test_a_decade_per_layer(fact):
    known = fact("lyap_sigmoid_sw1_sb1")
    assert lyapunov_exponent() == pytest.approx(known.value, rel=known.rtol)
    assert str(lyapunov_exponent()).startswith("-2.3075847909")
    assert np.exp(lyapunov_exponent()) == pytest.approx(0.0995, abs=5e-5)
    slope_part = np.exp(lyapunov_exponent() - mean_log_weight())
    assert [np.exp(mean_log_weight()), slope_part] == pytest.approx([0.53, 0.19], abs=5e-3)
    w = np.abs(np.random.default_rng(1).normal(size=10**6))
    assert w.mean() == pytest.approx(0.80, abs=5e-3)


def test_the_fan_of_the_first_figure():
    paths = decades(chains=100, layers=30, seed=5)
    assert paths[:, -1].max() < 30 * np.log10(0.25)
    assert np.ptp(paths[:, -1]) == pytest.approx(14, abs=0.5)


@pytest.mark.claim("three-rates")
def test_three_rates(fact):
    for power, id in ((1, "annealed_q1"), (2, "annealed_q2")):
        known = fact(id)
        assert moment_rate(power) == pytest.approx(known.value, rel=known.rtol)
    assert str(moment_rate(1)).startswith("0.15217950796")
    assert str(moment_rate(2)).startswith("0.0375903619")
    rates = [np.exp(lyapunov_exponent()), moment_rate(1), np.sqrt(moment_rate(2))]
    assert rates == pytest.approx([0.0995, 0.1522, 0.193882], abs=5e-5)
    assert (rates[1] / rates[0]) ** 30 == pytest.approx(3.4e5, rel=0.02)
    assert (rates[2] / rates[0]) ** 30 == pytest.approx(5e8, rel=0.05)


def test_the_normal_shortcut_overestimates_the_mean():
    variance = log_gradient_variance()
    assert variance == pytest.approx(1.2567, abs=5e-5)
    assert np.exp(lyapunov_exponent() + variance / 2) == pytest.approx(0.187, abs=5e-4)


def test_the_constant_before_the_mean_is_near_one():
    chains = draw_chains(np.random.default_rng(2), 10**6, 4)
    sizes = np.abs(gradient(chains, 0.5))
    assert sizes.mean() / moment_rate(1) ** 4 == pytest.approx(1, abs=0.01)


def test_samples_lose_the_mean():
    rng = np.random.default_rng(6)
    n = np.array([10, 60])
    drawn = np.array([log_gradient_paths(draw_chains(rng, 2000, 60)) for _ in range(8)])[..., n]
    ratio = np.exp(drawn - n * np.log(moment_rate(1)))
    share = ratio.mean(axis=1)
    assert np.all((0.5 < share[:, 0]) & (share[:, 0] < 3)) and 0.8 < np.median(share[:, 0]) < 1.2
    assert np.median(share[:, 1]) < 0.1
    error = ratio.std(axis=1) / np.sqrt(2000)
    assert np.sum(1 - share[:, 1] > 50 * error[:, 1]) == 7


def test_one_law_with_three_verdicts():
    law = Law(2, 0.2, TANH)
    rates = [np.exp(lyapunov_exponent(law)), moment_rate(1, law), np.sqrt(moment_rate(2, law))]
    assert rates == pytest.approx([0.429, 0.877, 1.241], abs=5e-4)


def test_forty_chains_do_not_show_a_growing_mean_square():
    W, B = np.random.default_rng(2).normal(size=(2, 40, 10)).round(2)
    paths = log_gradient_paths(Chain(2 * W, 0.2 * B, TANH))
    rms = np.log(np.mean(np.exp(2 * paths), axis=0)) / 2
    assert rms[-1] < -2 and moment_rate(2, Law(2, 0.2, TANH)) ** 5 > 8


def test_no_spreads_help_the_sigmoid():
    W, B = np.random.default_rng(2).normal(size=(2, 40, 10)).round(2)

    def lost(activation, w, b):
        return np.mean(log_gradient_paths(Chain(w * W, b * B, activation))[:, -1]) / np.log(10)

    best = max(lost(SIGMOID, w, b) for w in np.linspace(0.1, 6, 60) for b in (0, 0.1, 0.3, 1))
    assert best < -5
    met = [w for w in np.linspace(0.1, 6, 60) if lost(TANH, w, 0.0) > -2.5]
    assert min(met) == pytest.approx(1.1, abs=0.11) and max(met) == pytest.approx(1.9, abs=0.11)
    exponents = {w: lyapunov_exponent(Law(w, 0.02)) for w in np.linspace(2.5, 4, 16)}
    assert max(exponents, key=exponents.get) == pytest.approx(3.2, abs=0.11)
    assert max(exponents.values()) == pytest.approx(-1.45, abs=5e-3)


@pytest.mark.claim("no-typical-explosion")
def test_mean_logarithm_of_the_gradient_is_at_most_that_of_the_range():
    rng = np.random.default_rng(3)
    x = (np.arange(4000) + 0.5) / 4000
    for activation, length in ((SIGMOID, 1), (TANH, 2)):
        for n in (1, 2, 5, 12):
            for spread in (1, 4, 30):
                w = rng.normal(0, spread, n)
                b = rng.choice([0, 1]) * rng.normal(0, 1, n) - rng.choice([0, 0.5]) * w
                log = log_gradient(Chain(w, b, activation), x)[1]
                assert log.mean() <= np.log(length) + 1e-3
    for law in (Law(1.9, 0.1, TANH), Law(3, 3, TANH), Law(10, 0.5), Law(3.2, 0.1)):
        assert lyapunov_exponent(law) < 0


def test_sines_which_fold_the_line_do_explode_typically():
    rng = np.random.default_rng(1)
    a, logs = np.full(20_000, 0.5), []
    for _ in range(60):
        w, b = rng.normal(size=(2, a.size)) * [[5], [1]]
        logs.append(np.log(np.abs(w * np.cos(w * a + b))))
        a = np.sin(w * a + b)
    assert np.mean(logs[20:]) == pytest.approx(0.29, abs=0.006)


@pytest.mark.claim("no-typical-explosion")
def test_an_input_in_the_middle_of_steep_tanhs_is_the_exception():
    chains = draw_chains(np.random.default_rng(2), 400, 300, Law(4, 0, TANH))
    growth = [log_gradient(chains, x)[1].mean() / 300 for x in (0, 0.3)]
    assert growth[0] == pytest.approx(mean_log_weight(4), abs=0.02) and growth[1] < -1


@pytest.mark.claim("no-typical-explosion")
def test_a_steeper_activation_is_a_larger_weight():
    w, a, b, c = 1.3, 0.4, -0.2, 7
    difference = 1e-6
    steep = lambda a: SIGMOID.value(c * (w * a + b))  # noqa: E731
    slope = (steep(a + difference) - steep(a - difference)) / (2 * difference)
    assert slope == pytest.approx(gain(c * w, a, c * b), rel=1e-6)


@pytest.mark.claim("tanh-without-biases")
def test_tanh_without_biases_has_the_exponent_of_its_weights(fact):
    critical = fact("sw_critical_tanh_scalar")
    assert np.exp(-mean_log_weight()) == pytest.approx(critical.value, rel=critical.rtol)
    rng = np.random.default_rng(8)
    for spread in (0.5, 1, 1.5):
        value, error = sampled_exponent(draw_chains(rng, 2000, 600, Law(spread, 0, TANH)), skip=300)
        assert abs(value - mean_log_weight(spread)) < 4 * error
    for spread in (2, 2.5, 4):
        value, error = sampled_exponent(draw_chains(rng, 2000, 300, Law(spread, 0, TANH)), skip=100)
        assert value + 4 * error < 0 < mean_log_weight(spread)


@pytest.mark.claim("relu-chains-die")
def test_random_relu_chains_die():
    for x in (-3, 0.5, 20):
        relu = draw_chains(np.random.default_rng(9), 100_000, 10, Law(activation=RELU))
        alive = np.sum(gradient(relu, x) != 0)
        assert abs(alive - 100_000 / 2**10) < 4 * np.sqrt(98)


@pytest.mark.claim("balanced-chain-spreads")
def test_the_balanced_chain_spreads_like_the_root_of_its_depth():
    law = Law(np.exp(-mean_log_weight()), 0, LINEAR)
    logs = log_gradient_paths(draw_chains(np.random.default_rng(10), 40_000, 100, law))[
        :, [25, 100]
    ]
    assert np.abs(logs.mean(axis=0)).max() < 4 * 11.1 / 200
    assert logs.std(axis=0) == pytest.approx([np.pi * np.sqrt(n / 8) for n in (25, 100)], rel=0.02)
    assert np.mean(np.abs(logs[:, 1]) < np.log(10)) == pytest.approx(0.16, abs=0.012)


def test_width_calms_the_walk():
    assert [np.expm1(he_log_growth(N)) for N in (1, 100)] == pytest.approx(
        [-0.25, -0.0126], abs=1e-3
    )
    assert 1000 * he_log_growth(1000) == pytest.approx(-5 / 4, abs=3e-3)
    rng = np.random.default_rng(12)
    logs = np.log(rng.chisquare(rng.binomial(200, 0.5, 100_000)) * 2 / 200) / 2
    assert logs.var() == pytest.approx(5 / 4 / 200, rel=0.03)


@pytest.mark.claim("steep-is-rare")
def test_steep_neurons_are_rare(fact):
    for a, id, stated in (
        (0, "P_prod_ge1_a0", 2.0e-5),
        (0.5, "P_prod_ge1_a0.5", 2.4e-6),
        (1, "P_prod_ge1_a1", 4.2e-9),
    ):
        assert steep_probability(a) == pytest.approx(fact(id).value, rel=1e-9)
        assert steep_probability(a) == pytest.approx(stated, rel=0.02)
    large = fact("P_absw_ge4")
    assert 2 * norm.sf(4) == pytest.approx(large.value, rel=large.rtol)
    assert large.value == pytest.approx(6.3e-5, abs=0.05e-5)


def test_tanh_gains_a_factor_of_two_not_four():
    sigmoid, tanh = (np.exp(lyapunov_exponent(Law(activation=each))) for each in (SIGMOID, TANH))
    assert [sigmoid, tanh, tanh / sigmoid] == pytest.approx([0.0995, 0.194, 1.95], abs=5e-3)


def test_answers_to_reading_the_fan():
    per_layer = lyapunov_exponent() / np.log(10)
    assert 15 * per_layer > -16 > 16 * per_layer
    spread = np.sqrt(100 * log_gradient_variance()) / np.log(10)
    ends = [100 * per_layer - 1.96 * spread, 100 * per_layer + 1.96 * spread]
    assert np.round(ends).tolist() == [-110, -91]
    mean = np.log10(moment_rate(1))
    assert 19 * mean > -16 > 20 * mean


def test_answers_to_the_slides():
    assert lyapunov_exponent(Law(20, 1)) == pytest.approx(-6.2, abs=0.05)


def test_answers_to_uniform_weights():
    rng = np.random.default_rng(1)
    w = rng.uniform(-(3**0.5), 3**0.5, (20_000, 60))
    value, error = sampled_exponent(Chain(w, rng.normal(size=w.shape)))
    assert [value, error] == pytest.approx([-2.1243, 0.0010], abs=5e-5)
    assert np.log(np.sqrt(3)) - 1 == pytest.approx(-0.4507, abs=5e-5)


def test_answers_to_chains_for_the_mean():
    drift, rarity = {}, {}
    for q in (1, 2):
        low, high = np.log(moment_rate(q - 0.01)), np.log(moment_rate(q + 0.01))
        drift[q] = (high - low) / 0.02
        rarity[q] = q * drift[q] - np.log(moment_rate(q))
    assert [drift[1], rarity[1], rarity[2]] == pytest.approx([-1.582, 0.301, 0.791], abs=5e-4)
    wanted = [np.exp(n * rarity[1]) for n in (10, 30, 60)] + [np.exp(10 * rarity[2])]
    assert wanted == pytest.approx([20, 8000, 7e7, 2700], rel=0.05)


def test_rates_are_ordered():
    grown = [np.log(moment_rate(q)) / q for q in (0.25, 0.5, 1, 2, 4)]
    assert np.all(np.diff([lyapunov_exponent(), *grown]) > 0)
    logs = [np.log(moment_rate(q)) for q in np.linspace(-0.5, 4, 19)]
    assert np.all(np.diff(logs, 2) > 0)


def test_matched_biases_make_a_tanh_chain():
    rng = np.random.default_rng(1)
    w = rng.normal(0, 6, (5, 8))
    a = 0.3
    u = 2 * a - 1
    sigmoid_log = log_gradient(Chain(w, -w / 2), a)[1]
    np.testing.assert_allclose(sigmoid_log, log_gradient(Chain(w / 4, 0, TANH), u)[1], rtol=1e-9)
    w = np.random.default_rng(1).normal(0, 6, (2000, 400))
    value, error = sampled_exponent(Chain(w, -w / 2), x=0.3, skip=200)
    assert [value, error] == pytest.approx([-0.232, 0.002], abs=5e-4)
    assert np.log(6 / 4) + mean_log_weight() == pytest.approx(-0.2297, abs=5e-5)
    assert 4 * np.exp(-mean_log_weight()) == pytest.approx(7.5495, abs=5e-5)


def test_constants_of_the_logarithm_of_a_normal_number():
    assert np.euler_gamma == pytest.approx(0.5772, abs=5e-5)
    assert np.pi**2 / 8 == pytest.approx(1.2337, abs=5e-5)
    assert np.pi * np.sqrt(1 / 8) == pytest.approx(1.11, abs=5e-3)


def test_thirty_layers_in_decades():
    drift, spread = lyapunov_exponent() / np.log(10), np.sqrt(log_gradient_variance())
    assert drift == pytest.approx(-1.0022, abs=5e-5)
    assert 30 * drift == pytest.approx(-30.1, abs=0.05)
    assert spread * np.sqrt(30) / np.log(10) == pytest.approx(2.7, abs=0.05)
    assert norm.cdf(1.96) - norm.cdf(-1.96) == pytest.approx(95 / 100, abs=1e-3)
    assert np.log10(0.1522) == pytest.approx(-0.8177, abs=5e-4)


def test_ends_of_the_curves_of_the_figures():
    assert np.log(moment_rate(1)) == pytest.approx(-1.88, abs=5e-3)
    assert 10 * np.log10(moment_rate(1)) == pytest.approx(-8.5, abs=0.5)
    near, far = ([lyapunov_exponent(Law(w, b)) for w in np.linspace(0.1, 6, 60)] for b in (0.1, 1))
    assert [max(near), max(far)] == pytest.approx([-1.45, -1.63], abs=0.015)
    assert np.linspace(0.1, 6, 60)[np.argmax(near)] == pytest.approx(3.3, abs=0.3)
    tanh = [lyapunov_exponent(Law(w, 1, TANH)) for w in np.linspace(0.1, 6, 60)]
    assert max(tanh) == pytest.approx(-1.56, abs=5e-3)


def test_nodes_are_as_many_as_the_chapter_says():
    assert rates.NODES == 64


def test_drift_of_the_chains_that_carry_the_mean():
    slope = (np.log(moment_rate(1.01)) - np.log(moment_rate(0.99))) / 0.02
    assert slope == pytest.approx(-1.582, abs=5e-4)


def test_the_top_of_the_bell_of_weighted_inputs():
    chains = draw_chains(np.random.default_rng(8), 400_000, 4)
    z = chains.w[:, 3] * forward(chains, 2).a[:, 3] + chains.b[:, 3]
    assert np.mean(np.abs(z) < 0.1) / 0.2 == pytest.approx(0.355, abs=1.5e-3)


def test_estimates_of_the_last_row_are_near():
    rng = np.random.default_rng(11)  # the draws of the cell
    for count in (30, 100, 300, 1000, 3000, 10_000):
        value, _ = sampled_exponent(draw_chains(rng, count, 60))
    assert abs(value - lyapunov_exponent()) == pytest.approx(0.0002, abs=5e-5)


def test_ranges_after_a_hundred_layers():
    assert 16 * 1.0022 == pytest.approx(16.04, abs=5e-3)
    assert 100 * lyapunov_exponent() / np.log(10) == pytest.approx(-100.2, abs=0.05)
    spread = 10 * np.sqrt(log_gradient_variance())
    assert [spread, np.log(10)] == pytest.approx([11.21, 2.303], abs=5e-3)
    assert np.log(10) == pytest.approx(2.303, abs=5e-4)
    assert spread / np.log(10) == pytest.approx(4.87, abs=5e-3)
    assert 1.96 * spread / np.log(10) == pytest.approx(9.5, abs=0.05)
    mean = -np.log10(moment_rate(1))
    assert [20 * mean, 19 * mean] == pytest.approx([16.35, 15.5], abs=0.05)
    assert 20 * 0.8177 == pytest.approx(16.35, abs=5e-3)


def test_differences_of_the_uniform_law():
    assert -2.1243 - lyapunov_exponent() == pytest.approx(0.183, abs=5e-4)
    assert np.log(3**0.5) - 1 - mean_log_weight() == pytest.approx(0.1845, abs=5e-5)


def test_drift_and_rate_of_the_mean():
    assert 1.582 / np.log(10) == pytest.approx(0.69, abs=5e-3)
    assert -np.log(moment_rate(1)) == pytest.approx(1.883, abs=5e-4)
