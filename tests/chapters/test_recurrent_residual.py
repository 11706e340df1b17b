"""The claims of the chapter on recurrent and residual networks, and its numbers."""

import mpmath
import numpy as np
import pytest

from slopes.activation import RELU, TANH
from slopes.explore import explore, slider
from slopes.explore.trace import Untraceable, record
from slopes.figures import jacobian as figures
from slopes.jacobian import (
    extreme_singular_values,
    extreme_singular_vectors,
    gaussian_exponents,
    layer_jacobian,
    log_extreme_singular_values,
    log_singular_values,
    lyapunov_exponents,
    product,
    residual_bounds,
    resnet_jacobians,
    rnn_jacobians,
    spectral_radius,
)

LN10 = np.log(10)
FACTORS = np.random.default_rng(0).normal(size=(2000, 6, 6)) / 6**0.5
FIFTY = np.random.default_rng(42).normal(size=(50, 50)) / 50**0.5


def turning(gain, angle, skew):
    """The chapter's matrix: a turn seen through skewed axes."""
    cos, sin = np.cos(angle), np.sin(angle)
    rows = [[cos, -skew * sin], [sin / skew, cos]]
    return gain * np.stack([np.stack(row) for row in rows])


def decades(jacobians):
    return np.stack(log_extreme_singular_values(jacobians)) / LN10


def rnn_decades(gain, angle, skew):
    return decades(rnn_jacobians(turning(gain, angle, skew), np.array([0.1, 0]), 40))


def resnet(weights, gain, scale):
    """Decades of both ends, and of the ceiling, for the layers of the explorable."""
    own = np.random.default_rng(3).normal(size=(40, 2, 2)) / 2**0.5
    layers = own.round(3) if weights == "own" else np.tile(own[0], (40, 1, 1))
    run = resnet_jacobians(gain * layers, [0.5, -0.5], scale)
    return decades(run), np.sum(np.log10(residual_bounds(run - np.eye(2)).largest))


def resnet_decades(gain, scale, weights="own"):
    return resnet(weights, gain, scale)[0]


@pytest.mark.parametrize("skew", [1.2, 3, 6])
def test_the_skewed_turn_has_its_gain_as_spectral_radius_whatever_the_skew(skew):
    W = turning(0.7, 1.1, skew)
    assert spectral_radius(W) == pytest.approx(0.7, rel=1e-12)
    assert np.sort(np.angle(np.linalg.eigvals(W))) == pytest.approx([-1.1, 1.1])


def test_the_hump_is_at_most_the_skew_and_can_reach_it():
    for skew in (1, 3, 10):
        logs = log_extreme_singular_values([turning(1, 0.3, skew)] * 60).largest
        assert logs.max() <= np.log(skew) + 1e-12
        quarter = log_extreme_singular_values([turning(1, np.pi / 10, skew)] * 5).largest[-1]
        assert quarter == pytest.approx(np.log(skew), abs=1e-12)
    rows = [
        np.exp(log_extreme_singular_values([turning(0.9, 0.3, skew)] * 60).largest)
        for skew in (1, 3, 10)
    ]
    assert [row.argmax() + 1 for row in rows] == [1, 4, 4]


def test_the_goals_can_be_reached_and_are_not_at_first():
    first, reached = turning(0.9, 0.4, 1.2), turning(0.9, 1.5, 4)
    assert extreme_singular_values(first).largest < 3 < extreme_singular_values(reached).largest
    assert np.abs(rnn_decades(0.8, 0.5, 3)).max() > 1 >= np.abs(rnn_decades(1, 0.5, 3)).max()
    assert np.abs(resnet_decades(2, 1, "tied")).max() > 1 >= np.abs(resnet_decades(2, 0.16)).max()


def test_the_goal_of_the_residual_network_needs_layers_of_their_own():
    met = {
        (weights, gain, scale)
        for weights in ("own", "tied")
        for gain in (1, 2, 4)
        for scale in np.arange(2, 101, 2) / 100
        for ends, ceiling in [resnet(weights, gain, scale)]
        if np.abs(ends).max() <= 1 and ceiling >= 3
    }
    assert {weights for weights, *_ in met} == {"own"}
    assert {gain for _, gain, _ in met} == {1, 2, 4}
    assert min(scale for *_, scale in met) == 0.08  # weak branches do not meet it


def test_windows_of_the_recurrent_and_of_the_residual_network():
    def window(within, values):
        inside = [value for value in values if np.abs(within(value)).max() <= 1]
        return round(float(inside[0]), 2), round(float(inside[-1]), 2)

    gains, scales = np.arange(0.5, 1.5, 0.01), np.arange(0.02, 1.005, 0.01)
    assert window(lambda g: rnn_decades(g, 0.5, 1), gains) == (0.95, 1.09)
    assert window(lambda g: rnn_decades(g, 0.5, 3), gains) == (0.97, 1.04)
    ends = {("own", 2): 0.16, ("own", 4): 0.11, ("tied", 2): 0.12, ("tied", 4): 0.09}
    for (weights, gain), last in ends.items():
        within = lambda s: resnet_decades(gain, s, weights)  # noqa: B023, E731
        assert window(within, scales) == (0.02, last)
        if weights == "tied":
            assert resnet(weights, gain, last)[1] < 1.1
    assert [resnet("own", 2, 0.16)[1], resnet("tied", 2, 1)[0].min()] == pytest.approx(
        [4.66, -8.3], abs=0.01
    )
    final = rnn_decades(0.8, 0.5, 3)[:, -1]
    assert final == pytest.approx([-4.32, -3.43], abs=0.01)


def test_what_the_explorables_compute_can_be_replayed_and_is_what_numpy_computes():
    circle = np.stack([np.cos(np.linspace(0, 6, 9)), np.sin(np.linspace(0, 6, 9))])

    def ellipse(gain, angle, skew):
        W = turning(gain, angle, skew)
        ends = np.stack(extreme_singular_vectors(W)) @ W.T
        shortest, longest = ends[..., None] * np.array([0, 1])
        return {
            "image": tuple(W @ circle),
            "shortest": tuple(shortest),
            "longest": tuple(longest),
            "sigma_max": extreme_singular_values(W).largest,
            "sigma_min": extreme_singular_values(W).smallest,
            "rho": spectral_radius(W),
        }

    def depth(gain, scale):
        jacobians = resnet_jacobians(gain * FACTORS[:7, :2, :2], [0.5, -0.5], scale)
        smallest, largest = np.stack(log_extreme_singular_values(jacobians))
        ceiling = np.cumsum(np.log(residual_bounds(jacobians - np.eye(2)).largest))
        return {"smallest": smallest, "largest": largest, "ceiling": ceiling}

    sliders = {"gain": slider(0.1, 0.95, 0.9), "angle": slider(0.1, 1.5, 0.4)}
    shown = explore(figures.ellipse(circle, 5), ellipse, skew=slider(1.2, 6, 1.2), **sliders)
    assert record(shown).nodes
    picture = figures.depth(np.arange(1, 8), 10, 4, "ceiling")
    assert record(explore(picture, depth, gain=slider(1, 4, 2), scale=slider(0, 1, 1))).nodes


def test_larger_matrices_have_no_closed_form_to_replay():
    def update(gain):
        return {"most": extreme_singular_values(gain * np.eye(3)).largest}

    picture = figures.depth(np.arange(1, 8), 10, 4, "ceiling")
    with pytest.raises(Untraceable, match="only 2 × 2"):
        record(explore(picture, update, gain=slider(1, 4, 2)))


@pytest.mark.parametrize("n", [2, 5])
def test_directions_are_stretched_as_far_as_they_should_be(n):
    J = np.random.default_rng(3).normal(size=(7, n, n))
    pairs = zip(extreme_singular_vectors(J), extreme_singular_values(J), strict=True)
    for direction, expected in pairs:
        assert np.linalg.norm(direction, axis=-1) == pytest.approx(np.ones(7), abs=1e-14)
        lengths = np.linalg.norm(J @ direction[..., None], axis=(1, 2))
        assert lengths == pytest.approx(expected, rel=1e-12)


def test_the_multiplied_product_follows_down_to_16_decades_and_no_further():
    for layers, wrong in ((24, 0), (60, 2), (100, 3)):
        plain = np.linalg.svd(product(FACTORS[:layers]), compute_uv=False)
        off = np.abs(np.log10(plain) - log_singular_values(FACTORS[:layers]) / LN10)
        assert (off > 0.3).sum() == wrong
    assert product(0.5 * FACTORS).max() == 0
    assert np.isinf(product(3 * FACTORS)).all()
    assert log_singular_values(FACTORS[:100])[-1] / LN10 == pytest.approx(-68.2, abs=0.05)


@pytest.mark.claim("gaussian-rates")
def test_diagonals_of_gaussian_triangles_are_chi_variables():
    n, draws = 4, 100_000
    R = np.linalg.qr(np.random.default_rng(1).normal(size=(draws, n, n)) / n**0.5).R
    logs = np.log(np.abs(np.diagonal(R, axis1=1, axis2=2)))
    error = logs.std(axis=0) / draws**0.5
    assert (np.abs(logs.mean(axis=0) - gaussian_exponents(n)) < 4 * error).all()
    freedoms = n - np.arange(n)
    spread = [float(mpmath.psi(1, k / 2)) / 4 for k in freedoms]
    assert logs.var(axis=0) == pytest.approx(spread, rel=0.03)


def test_the_first_exponent_is_the_growth_of_the_first_axis():
    total = 60 * lyapunov_exponents(FACTORS[:60])[0]
    assert total == pytest.approx(np.log(np.linalg.norm(product(FACTORS[:60])[:, 0])), abs=1e-9)
    gap = 2000 * lyapunov_exponents(FACTORS) - log_singular_values(FACTORS)
    assert gap[0] == pytest.approx(-1.35, abs=0.005)
    assert gap.sum() == pytest.approx(0, abs=1e-8)


def test_fifty_random_neurons_vanish_at_gain_1_and_are_chaotic_at_2_point_4():
    assert 1 / spectral_radius(FIFTY) == pytest.approx(1.0103, abs=5e-5)
    assert extreme_singular_values(FIFTY).largest == pytest.approx(1.95, abs=0.005)
    exponents = [
        lyapunov_exponents(rnn_jacobians(gain * FIFTY, np.ones(50), 400))[0]
        for gain in (1, 1.2, 1.4, 2.4)
    ]
    assert exponents[0] < -0.01
    assert abs(exponents[1]) < 0.01 < exponents[2]
    # chaos: the number depends on rounding
    assert 0.15 < exponents[3] < 0.25
    assert np.log(2.4 * spectral_radius(FIFTY)) == pytest.approx(0.87, abs=0.005)


def test_three_scales_of_the_branch():
    weights = np.random.default_rng(0).normal(size=(100, 20, 20)) / 20**0.5
    ends = [
        decades(resnet_jacobians(weights, np.ones(20), scale)) for scale in (1, 100**-0.5, 0.01)
    ]
    assert np.round([end[:, -1] for end in ends], 2).tolist() == [
        [-2.84, 2.39],
        [-0.37, 0.37],
        [-0.04, 0.04],
    ]
    assert np.abs(ends[1]).max() < np.log10(3)


@pytest.mark.claim("tied-branches")
@pytest.mark.claim("tied-growth")
def test_an_eigenvalue_of_tied_branches_grows_with_the_root_of_the_depth():
    for a, b in ((0.7, -0.4), (-0.5, 1.1), (0.0, 0.8)):
        G = np.array([[a, -b], [b, a]])
        for depth in (10_000, 160_000):
            for scale, expected in (
                (depth**-0.5, a * depth**0.5 + (b * b - a * a) / 2),
                (1 / depth, a),
            ):
                log = log_singular_values(np.tile(np.eye(2) + scale * G, (100, 1, 1))) / 100
                assert depth * log == pytest.approx([expected] * 2, abs=2 / depth**0.5)


def test_tied_branches_at_the_root_spread_with_depth_and_others_do_not():
    rng, rows = np.random.default_rng(0), []
    for depth in (25, 100, 400):
        own = rng.normal(size=(depth, 20, 20)) / 20**0.5
        rows.append(
            [
                np.abs(decades(resnet_jacobians(each, np.ones(20), scale))[:, -1]).max()
                for scale in (depth**-0.5, 1 / depth)
                for each in (own, np.tile(own[0], (depth, 1, 1)))
            ]
        )
    root, tied_root, one, tied_one = np.transpose(rows)
    assert root.max() < 0.45 and tied_one.max() < 0.45
    assert np.all(np.diff(tied_root) > 0.4) and tied_root[2] > 2.5
    assert np.all(np.diff(one) < 0)


def test_plain_layers_come_nowhere_near_and_residual_ones_do():
    plain, root = [], []
    for seed in range(5):
        draws = np.random.default_rng(seed).normal(size=(40, 2, 2)) / 2**0.5
        for gain in np.linspace(0.3, 4, 19):
            h, run = np.array([0.5, -0.5]), []
            for W in gain * draws:
                run.append(layer_jacobian(W, W @ h))
                h = np.tanh(W @ h)
            plain.append(np.abs(decades(run)).max())
            residual = resnet_jacobians(gain * draws, [0.5, -0.5], 40**-0.5)
            root.append(np.abs(decades(residual)).max())
    assert min(plain) > 11 and np.median(root) < 1 < np.max(root)
    assert np.mean(np.array(root) <= 1) == pytest.approx(0.82, abs=0.005)
    medians = np.median(np.reshape(plain, (5, 19)), axis=0)
    assert [medians.min(), medians.max()] == pytest.approx([14, 89], abs=0.6)


def test_numbers_beside_the_pictures():
    assert extreme_singular_values(turning(0.9, 1.5, 6)).largest == pytest.approx(5.4, abs=0.05)
    bound = np.array([0.8, 1]) * extreme_singular_values(FIFTY).largest
    assert bound == pytest.approx([1.56, 1.95], abs=0.005)


@pytest.mark.claim("skip-path")
def test_what_follows_the_addition_multiplies_the_identity_too():
    rng = np.random.default_rng(4)
    W, h, slopes = rng.normal(size=(3, 3)), rng.normal(size=3), np.array([0.5, 2, 1.5])

    def block(h):
        return slopes * (h + np.tanh(W @ h))

    numerical = [(block(h + e) - block(h - e)) / 2e-6 for e in 1e-6 * np.eye(3)]
    J = np.diag(slopes) @ (np.eye(3) + layer_jacobian(W, W @ h))
    assert np.transpose(numerical) == pytest.approx(J, abs=1e-8)


@pytest.mark.claim("clean-path")
def test_a_rectifier_or_a_normalisation_on_the_path_breaks_it():
    rng = np.random.default_rng(5)
    G, z = 0.1 * rng.normal(size=(4, 4)), np.array([1, -1, 2, 3])
    assert extreme_singular_values(np.eye(4) + G).smallest > 0.5
    assert extreme_singular_values(layer_jacobian(np.eye(4) + G, z, RELU)).smallest < 1e-15
    # batch normalisation of input plus branch, both of variance 1
    batch = rng.normal(size=(100_000, 2)).sum(axis=1)
    assert 1 / batch.std() == pytest.approx(2**-0.5, rel=0.01)
    normalised = np.tile(2**-0.5 * np.eye(2), (40, 1, 1))
    assert np.exp(log_singular_values(normalised)) == pytest.approx([2**-20, 2**-20], rel=1e-12)


def test_forty_rectifiers_on_the_path_leave_some_directions_only():
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(100, 20, 20)) / 20**0.5
    h, gated = rng.normal(size=20), []
    clean = np.eye(20) + weights[:40] / 40**0.5
    for step in clean:
        gated.append(layer_jacobian(step, step @ h, RELU))
        h = RELU.value(step @ h)
    assert np.isfinite(log_singular_values(gated)).sum() == 12
    assert np.isfinite(log_singular_values(clean)).all()


def test_the_printed_derivative_of_tanh_is_another_function():
    z = np.linspace(-2, 2, 9)
    corrected = 4 / (np.exp(2 * z) + 2 + np.exp(-2 * z))
    assert corrected == pytest.approx(TANH.slope(z), rel=1e-13)
    printed = 4 / (np.exp(2 * z + 2) + np.exp(-2 * z))
    assert np.abs(printed / corrected - 1).min() > 0.03
    assert 4 / (np.exp(3) + np.exp(-1)) == pytest.approx(0.1956, abs=5e-5)


def test_numbers_of_the_exercises():
    critical = [np.exp(-gaussian_exponents(n)[0]) for n in (2, 10, 100)]
    assert np.round(critical, 4).tolist() == [1.3346, 1.0530, 1.0050]
    draws = np.random.default_rng(0).normal(size=(10, 10, 10)) / 10**0.5
    inverse = 1 / spectral_radius(draws)
    assert np.round([inverse.min(), inverse.max()], 2).tolist() == [0.76, 1.61]
    rates = gaussian_exponents(50)
    assert rates[0] - rates[-1] == pytest.approx(2.58, abs=0.005)


def test_spreads_of_gaussian_orthogonal_and_residual_layers():
    rng, spreads = np.random.default_rng(6), {}
    for depth in (40, 160):
        draws = rng.normal(size=(depth, 50, 50)) / 50**0.5
        turns = np.linalg.qr(draws).Q
        residual = np.eye(50) + draws / depth**0.5
        spreads[depth] = [
            np.ptp(np.stack(log_extreme_singular_values(layers))[:, -1])
            for layers in (draws, turns, residual)
        ]
    assert spreads[160][0] / spreads[40][0] == pytest.approx(4, rel=0.1)
    assert max(spreads[40][1], spreads[160][1]) < 1e-11
    assert spreads[160][2] == pytest.approx(spreads[40][2], rel=0.15)
    assert spreads[160][2] == pytest.approx(2.9, abs=0.4)
