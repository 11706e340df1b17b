"""Jacobians against finite differences, and products of them against high precision."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import digamma

from slopes.activation import LINEAR, RELU, SIGMOID, TANH
from slopes.jacobian import (
    extreme_singular_values,
    gaussian_exponents,
    layer_jacobian,
    log_extreme_singular_values,
    log_singular_values,
    lyapunov_exponents,
    product,
    residual_bounds,
    residual_jacobian,
    resnet_jacobians,
    rnn_bound,
    rnn_jacobians,
    spectral_radius,
)

SMOOTH = pytest.mark.parametrize("activation", [SIGMOID, TANH, LINEAR], ids=repr)
NILPOTENT = np.array([[0, 10.0], [0, 0]])


def gaussian(seed, *shape):
    """Matrices with independent entries of variance 1/n."""
    return np.random.default_rng(seed).normal(size=shape) / np.sqrt(shape[-1])


def numerical_jacobian(f, x, step=1e-6):
    """Central differences, a column per input."""
    columns = [(f(x + step * e) - f(x - step * e)) / (2 * step) for e in np.eye(len(x))]
    return np.stack(columns, axis=-1)


def exact_log_singular_values(jacobians, digits):
    """The same by brute force: the product and its SVD in `digits` decimal digits."""
    with mpmath.workdps(digits):
        whole = mpmath.eye(jacobians.shape[-1])
        for J in jacobians:
            whole = mpmath.matrix(J.tolist()) * whole
        values = mpmath.svd_r(whole, compute_uv=False)
        return np.sort([float(mpmath.log(value)) for value in values])[::-1]


# Layers


@pytest.mark.claim("layer-jacobian")
@SMOOTH
def test_layer_jacobian_is_the_derivative_of_the_layer(activation):
    W, h = gaussian(1, 3, 4), gaussian(2, 4)
    expected = numerical_jacobian(lambda h: activation.value(W @ h), h)
    assert np.allclose(layer_jacobian(W, W @ h, activation), expected, rtol=0, atol=1e-9)


def test_layer_jacobian_keeps_the_rows_of_living_rectifiers():
    W = [[1, 2], [3, 4]]
    assert layer_jacobian(W, [1, -1], RELU).tolist() == [[1, 2], [0, 0]]


def test_layer_jacobian_of_a_stack_is_the_stack_of_layer_jacobians():
    W, z = gaussian(3, 5, 3, 3), gaussian(4, 2, 5, 3)
    together = layer_jacobian(W, z)
    assert together.shape == (2, 5, 3, 3)
    assert np.array_equal(together[1, 4], layer_jacobian(W[4], z[1, 4]))


@pytest.mark.claim("residual-jacobian")
@SMOOTH
def test_residual_jacobian_is_the_derivative_of_the_layer(activation):
    W, h = gaussian(5, 4, 4), gaussian(6, 4)
    expected = numerical_jacobian(lambda h: h + 0.3 * activation.value(W @ h), h)
    found = residual_jacobian(W, W @ h, activation, scale=0.3)
    assert np.allclose(found, expected, rtol=0, atol=1e-9)


def test_residual_jacobian_takes_a_scale_for_each_matrix():
    W, z, scale = gaussian(7, 3, 2, 2), gaussian(8, 3, 2), [0, 1, 2]
    found = residual_jacobian(W, z, scale=scale)
    assert np.array_equal(found[0], np.eye(2))
    assert np.allclose(found[2], np.eye(2) + 2 * layer_jacobian(W[2], z[2]), rtol=1e-15)


@pytest.mark.claim("rnn-jacobians", "product")
@SMOOTH
def test_product_of_rnn_jacobians_is_the_derivative_of_the_last_state(activation):
    W, h = 1.3 * gaussian(9, 3, 3), gaussian(10, 3)

    def last(h):
        for _ in range(7):
            h = activation.value(W @ h)
        return h

    found = product(rnn_jacobians(W, h, 7, activation))
    assert np.allclose(found, numerical_jacobian(last, h), rtol=0, atol=1e-8)


@pytest.mark.claim("resnet-jacobians")
@SMOOTH
def test_product_of_resnet_jacobians_is_the_derivative_of_the_output(activation):
    Ws, h, scales = gaussian(11, 6, 3, 3), gaussian(12, 3), np.linspace(0.1, 1, 6)

    def output(h):
        for W, scale in zip(Ws, scales, strict=True):
            h = h + scale * activation.value(W @ h)
        return h

    found = product(resnet_jacobians(Ws, h, scales, activation))
    assert np.allclose(found, numerical_jacobian(output, h), rtol=0, atol=1e-7)


def test_one_scale_serves_all_residual_layers():
    Ws, h = gaussian(13, 4, 2, 2), gaussian(14, 2)
    one, many = resnet_jacobians(Ws, h, 0.5), resnet_jacobians(Ws, h, [0.5] * 4)
    assert np.array_equal(one, many)


# One Jacobian: how far it stretches


@pytest.mark.claim("extreme-singular-values")
def test_extreme_singular_values_are_reached_by_unit_vectors_and_never_left():
    J, angles = gaussian(15, 2, 2), np.linspace(0, 2 * np.pi, 100_001)
    lengths = np.linalg.norm(J @ [np.cos(angles), np.sin(angles)], axis=0)
    smallest, largest = extreme_singular_values(J)
    assert smallest * (1 - 1e-12) <= lengths.min() <= smallest * (1 + 1e-6)
    assert largest * (1 - 1e-6) <= lengths.max() <= largest * (1 + 1e-12)


def test_extreme_singular_values_are_the_same_for_gradients_that_go_back():
    J = gaussian(16, 5, 4, 4)
    back = extreme_singular_values(J.swapaxes(-1, -2))
    assert np.allclose(extreme_singular_values(J), back, rtol=1e-12)


def test_extreme_singular_values_of_a_known_matrix(fact):
    known = fact("rnn_smax_A")
    largest = extreme_singular_values(known.inputs["W"]).largest
    assert largest == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("spectral-radius")
def test_spectral_radius_is_the_growth_of_high_powers():
    W = gaussian(17, 4, 4)
    growth = log_extreme_singular_values([W] * 5000).largest[-1] / 5000
    assert growth == pytest.approx(np.log(spectral_radius(W)), abs=1e-3)
    assert spectral_radius(W) <= extreme_singular_values(W).largest


@pytest.mark.claim("nilpotent-memory")
def test_a_nilpotent_network_with_singular_value_10_forgets_all_in_two_steps():
    assert extreme_singular_values(NILPOTENT).largest == 10
    assert spectral_radius(NILPOTENT) == 0
    for h in np.random.default_rng(18).normal(size=(20, 2)):
        assert np.array_equal(product(rnn_jacobians(NILPOTENT, h, 2)), np.zeros((2, 2)))


@pytest.mark.claim("singular-values-of-products")
@given(arrays(float, (2, 3, 3), elements=st.floats(-10, 10)))
def test_singular_values_of_products_and_sums_stay_between_their_bounds(pair):
    A, B = pair
    (low_a, high_a), (low_b, high_b) = extreme_singular_values(A), extreme_singular_values(B)
    slack = 1e-12 * (1 + high_a) * (1 + high_b)
    assert extreme_singular_values(A @ B).largest <= high_a * high_b + slack
    assert extreme_singular_values(A @ B).smallest >= low_a * low_b - slack
    assert extreme_singular_values(A + B).smallest >= low_a - high_b - slack
    assert extreme_singular_values(A + B).largest <= high_a + high_b + slack


# Bounds


@pytest.mark.claim("rnn-bound", "recurrent-ceiling")
@settings(deadline=None)
@given(
    W=arrays(float, (3, 3), elements=st.floats(-2, 2)),
    h=arrays(float, 3, elements=st.floats(-2, 2)),
    steps=st.integers(1, 12),
    activation=st.sampled_from([SIGMOID, TANH, RELU]),
)
def test_no_recurrent_network_stretches_beyond_its_bound(W, h, steps, activation):
    largest = extreme_singular_values(product(rnn_jacobians(W, h, steps, activation))).largest
    assert largest <= rnn_bound(W, steps, activation) * (1 + 1e-12) + 1e-300


@pytest.mark.claim("recurrent-ceiling")
def test_the_bound_is_reached_so_the_exponent_n_is_one_too_many(fact):
    known = fact("rnn_bound_n10")
    n, W = known.inputs["n"], known.inputs["smax"] * np.eye(2)
    reached = extreme_singular_values(product(rnn_jacobians(W, [0, 0], n - 1))).largest
    assert reached == known.value == rnn_bound(W, n - 1)
    assert reached > known.inputs["smax"] ** n


@pytest.mark.claim("residual-bounds", "residual-floor")
@given(arrays(float, (3, 3), elements=st.floats(-3, 3)))
def test_residual_bounds_hold(G):
    smallest, largest = extreme_singular_values(np.eye(3) + G)
    floor, ceiling = residual_bounds(G)
    assert floor - 1e-12 <= smallest <= largest <= ceiling + 1e-12


@pytest.mark.claim("residual-floor")
@pytest.mark.parametrize("size", [0.3, 1, 2.5])
def test_residual_floor_is_reached_by_a_branch_that_takes_away(size):
    G = -size * np.eye(3)
    smallest = extreme_singular_values(np.eye(3) + G).smallest
    assert smallest == pytest.approx(residual_bounds(G).smallest, abs=1e-15)


def test_residual_floor_is_zero_for_singular_values_on_both_sides_of_one():
    G = np.diag([0.5, -1, 2])
    assert residual_bounds(G).smallest == extreme_singular_values(np.eye(3) + G).smallest == 0


@pytest.mark.claim("residual-zero")
def test_a_residual_layer_can_have_the_jacobian_zero():
    assert np.array_equal(residual_jacobian(-np.eye(3), np.zeros(3)), np.zeros((3, 3)))


@pytest.mark.claim("residual-vanishing")
def test_floors_of_a_thousand_residual_layers_multiply_to_nothing(fact):
    known = fact("resnet_lower_eps.1_n1000")
    shrink, n = known.inputs["eps"], known.inputs["n"]
    floor = residual_bounds(-shrink * np.eye(2)).smallest
    assert floor**n == pytest.approx(known.value, rel=known.rtol)
    logs = log_singular_values(np.tile((1 - shrink) * np.eye(2), (n, 1, 1)))
    assert np.allclose(np.exp(logs), known.value, rtol=1e-12)


@pytest.mark.claim("branch-scale")
@pytest.mark.parametrize(("depth", "size"), [(1, 0.5), (10, 1), (100, 2), (1000, 3)])
def test_branches_of_size_one_over_the_depth_stay_within_fixed_bounds(depth, size):
    Ws = gaussian(19, depth, 3, 3)
    Ws = size * Ws / extreme_singular_values(Ws).largest[:, None, None]
    smallest, largest = log_extreme_singular_values(resnet_jacobians(Ws, [0.1, 0, 0], 1 / depth))
    assert largest.max() <= size
    if size < depth:
        assert smallest.min() >= depth * np.log1p(-size / depth)


@pytest.mark.claim("branch-scale-random")
@pytest.mark.parametrize("depth", [25, 100])
def test_random_branches_at_one_over_the_root_of_the_depth_grow_to_e_squared_gain(depth):
    gain, n, rng = 0.8, 4, np.random.default_rng(20)
    u = np.tile(np.eye(n)[0], (5000, 1))
    for _ in range(depth):
        G = gain * rng.normal(size=(len(u), n, n)) / np.sqrt(n)
        u = np.einsum("kij,kj->ki", np.eye(n) + G / np.sqrt(depth), u)
    squares = (u**2).sum(axis=1)
    expected = (1 + gain**2 / depth) ** depth
    assert abs(squares.mean() - expected) < 4 * squares.std() / np.sqrt(len(u))
    assert expected < np.exp(gain**2)


# Products of any depth


@pytest.mark.claim("log-singular-values", "log-extreme-singular-values")
@pytest.mark.no_cover  # the same lines, many thousand times
@pytest.mark.parametrize(("n", "depth", "gain"), [(2, 2000, 0.5), (2, 2000, 3), (3, 2000, 1)])
def test_log_singular_values_agree_with_a_thousand_digits(n, depth, gain):
    jacobians = gain * gaussian(n, depth, n, n)
    expected = exact_log_singular_values(jacobians, digits=2500)
    assert np.allclose(log_singular_values(jacobians), expected, rtol=0, atol=1e-10)
    ends = [logs[-1] for logs in log_extreme_singular_values(jacobians)]
    assert np.allclose(ends, expected[[-1, 0]], rtol=0, atol=1e-10)


@pytest.mark.claim("log-singular-values")
def test_the_multiplied_product_is_zero_infinite_or_wrong_where_the_logarithms_are_right():
    jacobians = gaussian(21, 2000, 4, 4)
    assert np.array_equal(product(0.1 * jacobians), np.zeros((4, 4)))
    assert not np.isfinite(product(10 * jacobians)).any()
    plain = np.log(np.linalg.svd(product(jacobians[:80]), compute_uv=False))
    assert abs(plain - exact_log_singular_values(jacobians[:80], 200)).max() > 1
    for gain in (0.1, 10):
        shifted = log_singular_values(gain * jacobians) - 2000 * np.log(gain)
        assert np.allclose(shifted, log_singular_values(jacobians), rtol=0, atol=1e-9)


@pytest.mark.parametrize("n", [1, 2, 3, 6, 7, 40])
def test_log_singular_values_of_one_layer_are_those_of_the_matrix(n):
    J = gaussian(22, n, n)
    expected = np.log(np.linalg.svd(J, compute_uv=False))
    assert np.allclose(log_singular_values([J]), expected, rtol=0, atol=1e-11)


@given(arrays(float, (4, 3, 3), elements=st.floats(-3, 3).map(lambda x: round(x, 2))))
def test_log_singular_values_agree_with_the_svd_of_a_short_product(jacobians):
    jacobians = jacobians + 4 * np.eye(3)
    expected = np.linalg.svd(product(jacobians), compute_uv=False)
    found = np.exp(log_singular_values(jacobians))
    assert np.allclose(found, expected, rtol=0, atol=1e-12 * expected[0])


def test_equal_and_clustered_singular_values_keep_their_digits():
    turns = np.linalg.qr(gaussian(23, 300, 6, 6))[0]
    assert np.allclose(log_singular_values(turns), 0, rtol=0, atol=1e-12)
    logs = np.array([3e-4, 2e-4, 2e-4, 1e-4, 0, -1e-4])
    jacobians = np.concatenate([turns, np.diag(np.exp(logs))[None], turns])
    assert np.allclose(log_singular_values(jacobians), logs, rtol=0, atol=1e-12)


@pytest.mark.parametrize("first", ["shrinks", "grows"])
def test_a_direction_that_turns_from_the_shortest_to_the_longest_is_followed(first):
    shrinking, growing = [np.diag([1e-10, 1.0])] * 50, [np.diag([1e12, 1.0])] * 50
    jacobians = shrinking + growing if first == "shrinks" else growing + shrinking
    assert np.allclose(log_singular_values(jacobians), [100 * np.log(10), 0], rtol=0, atol=1e-9)


def test_the_order_of_the_layers_does_not_matter_to_the_transpose():
    jacobians = gaussian(24, 500, 5, 5)
    backwards = jacobians[::-1].swapaxes(1, 2)
    forwards = log_singular_values(jacobians)
    assert np.allclose(forwards, log_singular_values(backwards), rtol=0, atol=1e-10)


def test_the_sum_of_the_logarithms_is_the_log_determinant():
    jacobians = gaussian(25, 3000, 8, 8)
    determinants = np.linalg.slogdet(jacobians).logabsdet.sum()
    assert log_singular_values(jacobians).sum() == pytest.approx(determinants, rel=1e-12)


@pytest.mark.parametrize(
    ("jacobians", "finite"),
    [
        (np.zeros((3, 2, 2)), []),
        ([NILPOTENT], [np.log(10)]),
        ([NILPOTENT, NILPOTENT], []),
        ([np.diag([1.0, 0, 3])] * 5, [5 * np.log(3), 0]),
        ([np.diag([1.0, 0]), np.diag([0, 1.0])], []),
        ([[[1, 2, 3], [0, 0, 0], [0, 0, 0]]] * 4, [0.5 * np.log(14)]),
        ([[[1, 1, 0], [0, 0, 1], [0, 0, 0]]], [0.5 * np.log(2), 0]),
    ],
)
def test_singular_values_of_zero_have_the_logarithm_minus_infinity(jacobians, finite):
    logs = log_singular_values(jacobians)
    assert np.allclose(logs[: len(finite)], finite, rtol=0, atol=1e-12)
    assert np.isneginf(logs[len(finite) :]).all()
    smallest, largest = (logs[-1] for logs in log_extreme_singular_values(jacobians))
    assert largest == pytest.approx(logs[0], abs=1e-12)
    assert smallest == (-np.inf if len(finite) < len(logs) else pytest.approx(logs[-1], abs=1e-12))


def test_a_singular_jacobian_without_zeros_counts_as_its_invertible_neighbour():
    jacobians = [[[1, 1], [1, 1]]]
    largest, smallest = log_singular_values(jacobians)
    assert largest == pytest.approx(np.log(2), abs=1e-12)
    assert smallest <= np.log(4 * np.finfo(float).eps)  # -inf, where nothing was rounded
    smallest, largest = log_extreme_singular_values(jacobians)
    assert largest == pytest.approx([np.log(2)], abs=1e-12) and smallest == [-np.inf]


def test_dead_rectifiers_take_their_singular_values_to_zero():
    rng = np.random.default_rng(26)
    alive = np.where(np.arange(6)[:, None] < [6, 5, 3, 4], 1.0, -1.0).T
    jacobians = layer_jacobian(rng.normal(size=(4, 6, 6)), alive, RELU)
    logs = log_singular_values(jacobians)
    expected = np.linalg.svd(product(jacobians), compute_uv=False)[:3]
    assert np.allclose(np.exp(logs[:3]), expected, rtol=1e-11)
    assert np.isneginf(logs[3:]).all()


def test_extreme_numbers_neither_overflow_nor_vanish():
    jacobians = [np.diag([1e300, 1e-300]), np.diag([1e300, 1e-300])]
    expected = np.log(10) * np.array([600, -600])
    assert np.allclose(log_singular_values(jacobians), expected, rtol=1e-14)
    assert np.allclose(
        log_extreme_singular_values(jacobians), np.cumsum([expected[::-1] / 2] * 2, axis=0).T
    )
    assert np.allclose(2 * lyapunov_exponents(jacobians), expected, rtol=1e-14)
    assert np.allclose(log_singular_values([[[5e-324]]]), np.log(5e-324), rtol=1e-14)
    largest = np.full((1, 3, 3), np.finfo(float).max)
    expected = np.log(3) + np.log(largest[0, 0, 0])
    assert log_singular_values(largest)[0] == pytest.approx(expected, rel=1e-14)
    assert log_extreme_singular_values(largest).largest[0] == pytest.approx(expected, rel=1e-14)


def test_rotations_that_do_not_come_to_rest_are_reported(monkeypatch):
    rotations = log_singular_values.__globals__["orthogonal_lengths"]
    monkeypatch.setitem(rotations.__globals__, "_SWEEPS", 1)
    with pytest.raises(np.linalg.LinAlgError, match="rotations"):
        log_singular_values([gaussian(27, 20, 20)])


def test_log_extreme_singular_values_follow_the_product_layer_by_layer():
    jacobians = gaussian(28, 12, 3, 3)
    smallest, largest = log_extreme_singular_values(jacobians)
    for t in range(12):
        logs = log_singular_values(jacobians[: t + 1])
        assert largest[t] == pytest.approx(logs[0], abs=1e-12)
        assert smallest[t] == pytest.approx(logs[-1], abs=1e-11)


# Lyapunov exponents


@pytest.mark.claim("gaussian-exponents")
@pytest.mark.parametrize(
    ("name", "i"),
    [("ginibre_N2_i1", 1), ("ginibre_N6_i1", 1), ("ginibre_N6_i6", 6), ("ginibre_N100_i1", 1)],
)
def test_gaussian_exponents_are_exact(fact, name, i):
    known = fact(name)
    found = gaussian_exponents(known.inputs["N"])[i - 1]
    assert found == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.parametrize("n", [1, 2, 3, 50, 101])
def test_gaussian_exponents_agree_with_the_digamma_function(n):
    i = np.arange(1, n + 1)
    expected = (digamma((n - i + 1) / 2) + np.log(2 / n)) / 2
    assert np.allclose(gaussian_exponents(n), expected, rtol=0, atol=1e-13)


def test_the_critical_gain_of_a_random_linear_network_is_above_one(fact):
    known = fact("ginibre_gc_N10")
    critical = np.exp(-gaussian_exponents(known.inputs["N"])[0])
    assert critical == pytest.approx(known.value, rel=known.rtol)


@pytest.mark.claim("lyapunov-exponents", "gaussian-exponents")
def test_lyapunov_exponents_of_random_matrices_are_the_exact_ones():
    depth, n = 20_000, 6
    k = n - np.arange(n)
    spread = np.sqrt([float(mpmath.psi(1, j / 2)) / 4 / depth for j in k])
    found = lyapunov_exponents(gaussian(29, depth, n, n))
    assert (abs(found - gaussian_exponents(n)) < 4 * spread).all()


@pytest.mark.claim("lyapunov-exponents")
def test_lyapunov_sums_are_not_log_singular_values_but_have_the_same_total():
    jacobians = gaussian(30, 400, 5, 5)
    sums, logs = 400 * lyapunov_exponents(jacobians), log_singular_values(jacobians)
    assert abs(sums - logs).max() > 0.1
    assert sums.sum() == pytest.approx(logs.sum(), rel=1e-12)
    exponents = lyapunov_exponents(gaussian(31, 5000, 2, 2))
    limit = log_singular_values(gaussian(31, 5000, 2, 2)) / 5000
    assert np.allclose(exponents, limit, rtol=0, atol=2e-3)


@pytest.mark.claim("origin-exponent")
@pytest.mark.parametrize("method", ["exponents", "singular values"])
def test_a_network_that_falls_to_the_origin_shrinks_by_the_spectral_radius(fact, method):
    known = fact("rnn_lyap_origin_A")
    W = known.inputs["W"]
    assert np.log(spectral_radius(W)) == pytest.approx(known.value, rel=known.rtol)
    jacobians = rnn_jacobians(W, [1e-6, 0], 4000)
    if method == "exponents":
        found = lyapunov_exponents(jacobians)[0]
    else:
        found = log_extreme_singular_values(jacobians).largest[-1] / 4000
    assert found == pytest.approx(known.value, abs=1e-9)


@pytest.mark.claim("origin-exponent")
def test_the_spectral_radius_rules_also_where_a_single_step_stretches():
    W = 0.8 * gaussian(32, 30, 30)
    assert extreme_singular_values(W).largest > 1 > spectral_radius(W)
    jacobians = rnn_jacobians(W, gaussian(33, 30), 4000)
    found = log_extreme_singular_values(jacobians).largest[-1] / 4000
    assert found == pytest.approx(np.log(spectral_radius(W)), abs=2e-3)


@pytest.mark.parametrize("name", ["relu_he_N2", "relu_he_N10"])
def test_living_rectifiers_shrink_a_vector_by_the_exact_mean(fact, name):
    known = fact(name)
    n, rng = known.inputs["N"], np.random.default_rng(34)
    m = np.arange(1, n + 1)
    alive = np.array([mpmath.binomial(n, int(k)) for k in m], dtype=float) / (2.0**n - 1)
    exact = alive @ (digamma(m / 2) + np.log(4 / n)) / 2
    assert exact == pytest.approx(known.value, rel=known.rtol)
    W = rng.normal(size=(40_000, n, n)) * np.sqrt(2 / n)
    h, u = np.eye(n)[0], np.full(n, n**-0.5)  # a vector, and another that rides along
    growth = np.linalg.norm(layer_jacobian(W, W @ h, RELU) @ (u - h * u[0]), axis=1)
    logs = np.log(growth[growth > 0] / np.linalg.norm(u - h * u[0]))
    assert abs(logs.mean() - known.value) < 4 * logs.std() / np.sqrt(len(logs))


def test_a_lost_direction_has_the_exponent_minus_infinity():
    assert lyapunov_exponents([np.diag([1.0, 0])] * 3).tolist() == [0, -np.inf]


# What has no answer


@pytest.mark.parametrize(
    "function",
    [extreme_singular_values, spectral_radius, residual_bounds, lambda W: rnn_bound(W, 2)],
)
@pytest.mark.parametrize("bad", [1, [1, 2], np.ones((2, 3)), np.ones((0, 0))])
def test_what_is_not_a_square_matrix_is_refused(function, bad):
    with pytest.raises(ValueError, match="has shape"):
        function(bad)


@pytest.mark.parametrize(
    "function", [product, log_extreme_singular_values, log_singular_values, lyapunov_exponents]
)
@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (np.ones((2, 2)), r"give \(T, n, n\)"),
        (np.ones((1, 2, 2, 2)), r"give \(T, n, n\)"),
        (np.ones((0, 2, 2)), "has shape"),
        (np.ones((3, 2, 3)), "has shape"),
        ([[[np.nan]]], r"jacobians\[0, 0, 0\] is nan"),
        ([[[1, np.inf], [0, 1]]], r"jacobians\[0, 0, 1\] is inf"),
    ],
)
def test_what_is_not_a_row_of_jacobians_is_refused(function, bad, message):
    with pytest.raises(ValueError, match=message):
        function(bad)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: layer_jacobian(np.eye(2), [1, 2, 3]), "one number per row"),
        (lambda: layer_jacobian(np.eye(2), 1), "one number per row"),
        (lambda: layer_jacobian(np.ones((3, 2, 2)), np.ones((4, 2))), "broadcast"),
        (lambda: layer_jacobian(np.eye(2), [np.nan, 0]), r"z\[0\] is nan"),
        (lambda: residual_jacobian(np.ones((2, 3)), [1, 2]), "must be equal"),
        (lambda: residual_jacobian(np.eye(2), [1, 2], scale=np.inf), "scale is inf"),
        (lambda: residual_jacobian(np.ones((3, 2, 2)), [1, 2], scale=[1, 2]), "broadcast"),
        (lambda: rnn_jacobians(np.eye(2), [1, 2, 3], 2), r"give \(n, n\) and \(n,\)"),
        (lambda: rnn_jacobians(np.ones((1, 2, 2)), [1, 2], 2), r"give \(n, n\) and \(n,\)"),
        (lambda: rnn_jacobians(np.eye(2), [1, 2], 0), "steps is 0"),
        (lambda: rnn_jacobians(1e200 * np.eye(2), [1, 2], 3, LINEAR), "beyond the floats"),
        (lambda: resnet_jacobians(np.eye(2), [1, 2]), r"give \(T, n, n\) and \(n,\)"),
        (lambda: resnet_jacobians([np.eye(2)] * 3, [1, 2], [1, 2]), "broadcast"),
        (lambda: rnn_bound(np.eye(2), -1), "steps is -1"),
        (lambda: gaussian_exponents(0), "n is 0"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: rnn_jacobians(np.eye(2), [1, 2], 2.5),
        lambda: extreme_singular_values([["a", "b"], ["c", "d"]]),
        lambda: product([[[1j]]]),
        lambda: gaussian_exponents(2.0),
    ],
)
def test_arguments_of_the_wrong_kind_are_refused(call):
    with pytest.raises(TypeError):
        call()
