"""Counts, schedules and gradients of networks that draw, each against an explicit graph."""

from functools import cache
from itertools import pairwise, product
from math import comb, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopes.autoregressive import (
    blind_spot,
    causal_mask,
    log_pixel_gradient,
    masked_connections,
    masked_convolution,
    mdrnn_connections,
    mdrnn_schedule,
    mdrnn_steps,
    pixelcnn_connections,
    pixelcnn_schedule,
    pixelcnn_steps,
    receptive_field,
)

SMALL = list(product(range(1, 6), range(1, 6)))  # heights and widths of pictures
size = st.integers(1, 40)


def pixels(H, W):
    return list(product(range(H), range(W)))


def sees(p, q, k, mask):
    """Whether a kernel at pixel `p` reads pixel `q`: within its reach, and earlier in reading."""
    down, across = q[0] - p[0], q[1] - p[1]
    reached = all(-(k // 2) <= step < k - k // 2 for step in (down, across))
    return reached and (q < p or (mask == "B" and q == p))


def connected(H, W, k, mask):
    return [(p, q) for p in pixels(H, W) for q in pixels(H, W) if sees(p, q, k, mask)]


@cache
def finished(H, W, k, d, task):
    """When each pixel of a PixelCNN is done, by following every arrow of its graph."""

    @cache
    def done(layer, p):
        if layer == 0:  # the pixel itself: known, or drawn once its last layer is done
            return 0 if task == "train" else done(d, p)
        mask = "A" if layer == 1 else "B"
        read = [done(layer - 1, q) for q in pixels(H, W) if sees(p, q, k, mask)]
        return 1 + max(read, default=0)

    return np.array([done(d, p) for p in pixels(H, W)]).reshape(H, W)


def crossed(H, W, d, task):
    """When each pixel of a recurrent network is done, by following every arrow of its graph."""

    @cache
    def done(layer, p):
        before = [q for q in ((p[0] - 1, p[1]), (p[0], p[1] - 1)) if min(q) >= 0]
        read = [done(layer, q) for q in before]
        if layer > 1:
            read.append(done(layer - 1, p))
        elif task == "draw":
            read += [done(d, q) for q in before]
        return 1 + max(read, default=0)

    return np.array([done(d, p) for p in pixels(H, W)]).reshape(H, W)


@pytest.mark.parametrize("mask", ["A", "B"])
@pytest.mark.parametrize("k", range(1, 12))
def test_mask_keeps_what_is_read_before(k, mask):
    middle = k // 2
    expected = [[sees((middle, middle), (i, j), k, mask) for j in range(k)] for i in range(k)]
    np.testing.assert_array_equal(causal_mask(k, mask), expected)
    if k % 2:
        assert causal_mask(k, mask).sum() == (k * k + (1 if mask == "B" else -1)) / 2


@pytest.mark.claim("masked-connections")
@pytest.mark.parametrize("mask", ["A", "B"])
def test_connections_are_the_pairs_that_see_each_other(mask):
    for (H, W), k in product(SMALL, range(1, 13)):
        assert masked_connections(H, W, k, mask) == len(connected(H, W, k, mask)), (H, W, k)


@given(size, size, st.integers(0, 40))
@pytest.mark.claim("odd-connections")
def test_connections_of_odd_kernels_are_half_of_a_product(H, W, r):
    k = 2 * r + 1
    pairs = (k * H - r * (r + 1)) * (k * W - r * (r + 1))
    if r <= min(H, W):
        assert masked_connections(H, W, k) == (pairs - H * W) / 2
        assert masked_connections(H, W, k, "B") == (pairs + H * W) / 2
        assert 2 * pixelcnn_connections(H, W, k, 5) == 5 * pairs + 3 * H * W


@pytest.mark.claim("odd-connections")
def test_the_product_counts_too_much_beyond_the_picture():
    H, W, r = 3, 4, 5
    k = 2 * r + 1
    pairs = (k * H - r * (r + 1)) * (k * W - r * (r + 1))
    assert masked_connections(H, W, k) != (pairs - H * W) / 2


@given(size, size, st.integers(1, 99))
def test_a_kernel_that_covers_the_picture_connects_every_pair_once(H, W, more):
    k = 2 * max(H, W) + more
    assert masked_connections(H, W, k) == H * W * (H * W - 1) / 2


@given(size, size, st.integers(1, 99))
def test_masks_differ_by_the_pixels_themselves(H, W, k):
    assert masked_connections(H, W, k, "B") - masked_connections(H, W, k) == H * W
    assert masked_connections(H, W, k) <= H * W * causal_mask(k).sum()
    if k % 2:
        assert masked_connections(H, W, k) == masked_connections(W, H, k)


@pytest.mark.claim("pixelcnn-connections")
@pytest.mark.no_cover  # the same lines, many thousand times
def test_channels_of_a_stack_are_connected_in_pairs():
    for (H, W), k, d, c, inputs in product(SMALL, (1, 2, 3, 6), (1, 2, 3), (1, 2), (1, 3)):
        first, later = len(connected(H, W, k, "A")), len(connected(H, W, k, "B"))
        counted = sum(1 for _ in product(range(first), range(c), range(inputs)))
        for _ in range(1, d):
            counted += sum(1 for _ in product(range(later), range(c), range(c)))
        assert pixelcnn_connections(H, W, k, d, c, inputs) == counted


@pytest.mark.claim("mdrnn-connections")
def test_connections_of_recurrent_networks_are_the_arrows_of_their_graph():
    for (H, W), k, d, inputs in product(SMALL, (1, 2, 3), (1, 2, 3), (1, 3)):
        arrows = 0
        for (i, j), layer in product(pixels(H, W), range(d)):
            arrows += k * (inputs if layer == 0 else k)
            arrows += k * k * ((i > 0) + (j > 0))
        assert mdrnn_connections(H, W, k, d, inputs) == arrows


@pytest.mark.parametrize(
    ("id", "count"),
    [
        ("pix_maskA_28x28_k3_d7", lambda H, W, k, d: masked_connections(H, W, k)),
        ("pix_maskA_32x32_k5_d15", lambda H, W, k, d: masked_connections(H, W, k)),
        ("pix_maskA_5x7_k7_d2", lambda H, W, k, d: masked_connections(H, W, k)),
        ("pix_total_28x28_k3_d7", pixelcnn_connections),
        ("pix_total_32x32_k5_d15", pixelcnn_connections),
        ("pix_total_5x7_k7_d2", pixelcnn_connections),
        ("pix_sampling_4x5_k3_d2", pixelcnn_steps),
        ("pix_sampling_5x6_k3_d3", pixelcnn_steps),
        ("mdrnn_conn_4x5_D3_k2_d1", lambda H, W, D, k, d: mdrnn_connections(H, W, k, d, D)),
        ("mdrnn_conn_6x6_D1_k8_d3", lambda H, W, D, k, d: mdrnn_connections(H, W, k, d, D)),
        ("mdrnn_steps_4x5_D3_k2_d1", lambda H, W, D, k, d: mdrnn_steps(H, W, d)),
        ("mdrnn_steps_6x6_D1_k8_d3", lambda H, W, D, k, d: mdrnn_steps(H, W, d)),
    ],
)
def test_verified_counts(fact, id, count):
    verified = fact(id)
    assert count(**verified.inputs) == verified.value


@pytest.mark.claim("pixelcnn-schedule", "pixelcnn-steps", "fastest-drawing")
@pytest.mark.no_cover  # the same lines, many thousand times
@pytest.mark.parametrize("task", ["draw", "train"])
def test_no_pixelcnn_can_be_faster_than_its_longest_path(task):
    for (H, W), k, d in product(SMALL, range(1, 8), (1, 2, 3)):
        expected = finished(H, W, k, d, task)
        np.testing.assert_array_equal(pixelcnn_schedule(H, W, k, d, task), expected)
        assert pixelcnn_steps(H, W, k, d, task) == expected.max()


@pytest.mark.claim("mdrnn-schedule", "mdrnn-steps")
@pytest.mark.parametrize("task", ["draw", "train"])
def test_no_recurrent_network_can_be_faster_than_its_longest_path(task):
    for (H, W), d in product(product(range(1, 8), range(1, 8)), (1, 2, 3, 4)):
        expected = crossed(H, W, d, task)
        np.testing.assert_array_equal(mdrnn_schedule(H, W, d, task), expected)
        assert mdrnn_steps(H, W, d, task) == expected.max()


@given(size, size, st.integers(1, 9))
@pytest.mark.claim("pixelcnn-steps")
def test_drawing_one_by_one_takes_every_layer_at_every_pixel(H, W, d):
    table = pixelcnn_schedule(H, W, 3, d, "draw one by one")
    np.testing.assert_array_equal(np.diff(table.ravel()), d)
    assert table[0, 0] == d
    assert table[-1, -1] == pixelcnn_steps(H, W, 3, d, "draw one by one")


@given(size, size, st.integers(1, 99), st.integers(1, 9))
@pytest.mark.claim("fastest-drawing")
def test_schedules_agree_with_their_lengths_and_with_each_other(H, W, k, d):
    tables = [pixelcnn_schedule(H, W, k, d, task) for task in ("train", "draw", "draw one by one")]
    for quick, slow in pairwise(tables):
        assert np.all(quick <= slow)
    assert pixelcnn_steps(H, W, k, d) == tables[1].max()
    assert mdrnn_steps(H, W, d) == mdrnn_schedule(H, W, d).max()
    assert mdrnn_steps(H, W, d) <= mdrnn_steps(H, W, d, "draw")
    if k > 1:
        assert mdrnn_steps(H, W, d, "draw") <= pixelcnn_steps(H, W, k, d)


@pytest.mark.claim("fastest-drawing")
def test_wide_kernels_are_drawn_one_by_one():
    for H, W, d in product(range(2, 6), range(2, 6), (1, 2, 3)):
        assert pixelcnn_steps(H, W, 2 * W - 1, d) == H * W * d
        assert pixelcnn_steps(H, W, 2 * W - 3, d) < H * W * d


@pytest.mark.parametrize("mask", ["A", "B"])
@pytest.mark.parametrize("k", [1, 2, 3, 4, 5, 9])
def test_convolution_is_the_sum_over_the_pairs(k, mask):
    rng = np.random.default_rng(k)
    image, kernel = rng.normal(size=(2, 4, 6)), rng.normal(size=(k, k))
    expected = np.zeros((2, 4, 6))
    for p, q in connected(4, 6, k, mask):
        tap = q[0] - p[0] + k // 2, q[1] - p[1] + k // 2
        expected[:, *p] += kernel[tap] * image[:, *q]
    np.testing.assert_allclose(masked_convolution(image, kernel, mask), expected, atol=1e-12)


def stack(kernels):
    """A network of masked layers with tanh between them."""

    def network(image):
        for i, kernel in enumerate(kernels):
            image = np.tanh(masked_convolution(image, kernel, "AB"[min(i, 1)]))
        return image

    return network


def jacobian(network, image):
    """Finite differences of every output (last two axes) by every pixel (first axis)."""
    moves = 1e-3 * np.eye(image.size).reshape(-1, *image.shape)
    return (network(image + moves) - network(image - moves)) / 2e-3


@pytest.mark.claim("masked-connections")
@pytest.mark.parametrize("k", [2, 3, 5, 8])
def test_jacobian_has_one_entry_for_each_connection(k):
    rng = np.random.default_rng(k)
    moved = jacobian(stack([rng.uniform(0.1, 0.3, (k, k))]), rng.normal(0, 0.1, (4, 6)))
    assert np.count_nonzero(moved) == masked_connections(4, 6, k)
    assert not np.tril(moved.reshape(24, 24)).any()  # no pixel moves itself, or one before it


@pytest.mark.claim("receptive-field")
@pytest.mark.parametrize(("k", "d"), [(1, 2), (2, 3), (3, 1), (3, 4), (4, 3), (5, 2), (6, 2)])
def test_field_is_where_the_jacobian_is_not_zero(k, d):
    field, rng = receptive_field(k, d), np.random.default_rng(k)
    image = rng.normal(0, 0.1, (field.shape[0] + 1, field.shape[1] + 2))
    kernels = rng.uniform(0.1, 0.3, (d, k, k))
    moved = jacobian(stack(kernels), image)[:, -2, d * (k // 2) + 1].reshape(image.shape)
    np.testing.assert_array_equal(moved[:-1, 1:-1] != 0, field)
    assert not moved[-1].any() and not moved[:, [0, -1]].any()


@pytest.mark.claim("receptive-field", "blind-spot")
def test_field_grows_as_masks_are_added():
    for k, d in product(range(1, 8), range(1, 6)):
        up, left, right = k // 2, k // 2, k - 1 - k // 2
        reached = {(0, 0)}
        for layer in range(d):
            taps = np.argwhere(causal_mask(k, "AB"[min(layer, 1)])) - k // 2
            reached = {(i + m, j + n) for i, j in reached for m, n in taps}
        box = list(product(range(-d * up, 1), range(-d * left, d * right + 1)))
        field = np.array([place in reached for place in box])
        np.testing.assert_array_equal(receptive_field(k, d).ravel(), field)
        earlier = [place for place in box if place < (0, 0)]
        assert len(earlier) - field.sum() == blind_spot(k, d)


@given(st.integers(1, 60), st.integers(1, 60))
@pytest.mark.claim("blind-spot-share")
def test_share_of_the_blind_spot_stays_below_a_quarter(r, d):
    k = 2 * r + 1
    box = 2 * r * d * (r * d + 1)
    share = blind_spot(k, d) / box
    assert share == pytest.approx((d - 1) / (4 * (r * d + 1)), rel=1e-12)
    assert share < 1 / (4 * r)
    assert box - blind_spot(k, d) == receptive_field(k, d).sum()


def test_the_blind_spot_of_small_kernels_comes_close_to_a_quarter():
    assert [blind_spot(3, d) / (2 * d * (d + 1)) for d in (10, 1000)] == [
        pytest.approx(0.2045, abs=1e-4),
        pytest.approx(0.2495, abs=1e-4),
    ]


def states(x, up, left, activation=np.tanh):
    """A recurrent network over a picture, pixel after pixel; the states on a frame of zeros."""
    H, W, n = x.shape
    h = np.zeros((H + 1, W + 1, n))
    for i, j in pixels(H, W):
        h[i + 1, j + 1] = activation(x[i, j] + up @ h[i, j + 1] + left @ h[i + 1, j])
    return h[1:, 1:]


@pytest.mark.claim("pixel-gradient")
def test_gradient_of_a_linear_network_by_finite_differences():
    H, W, up, left = 5, 7, 0.8, 0.45
    x = np.random.default_rng(3).normal(size=(H, W, 1))
    moved = np.empty((H, W))
    for p in pixels(H, W):
        push = np.zeros_like(x)
        push[p] = 1
        change = [states(x + s * push, [[up]], [[left]], lambda z: z)[-1, -1, 0] for s in (1, -1)]
        moved[p] = (change[0] - change[1]) / 2
    np.testing.assert_allclose(np.exp(log_pixel_gradient(H, W, up, left)), moved, rtol=1e-10)


@given(st.integers(1, 30), st.integers(1, 30), st.floats(0.01, 3), st.floats(0.01, 3))
@pytest.mark.claim("pixel-gradient")
def test_gradient_is_counted_path_by_path(H, W, up, left):
    table = log_pixel_gradient(H, W, up, left)
    m, n = H - 1, W - 1
    logs = np.log(comb(m + n, m)) + m * np.log(up) + n * np.log(left)
    assert table[0, 0] == pytest.approx(logs, rel=1e-10, abs=1e-10)
    assert table[-1, -1] == 0


@given(st.integers(1, 40), st.floats(0.01, 3), st.floats(0.01, 3))
@pytest.mark.claim("diagonal-total")
def test_total_over_a_diagonal_is_a_power_of_the_sum_of_gains(N, up, left):
    table = log_pixel_gradient(N, N, up, left)[::-1, ::-1]
    for s in range(N):
        diagonal = [table[m, s - m] for m in range(s + 1)]
        assert np.logaddexp.reduce(diagonal) == pytest.approx(s * np.log(up + left), abs=1e-9)


@pytest.mark.claim("diagonal-total")
def test_total_of_a_vector_network_is_bounded_by_the_sum_of_stretches():
    rng = np.random.default_rng(5)
    H, W, n = 4, 5, 3
    for _ in range(20):
        up, left, x = rng.normal(size=(n, n)), rng.normal(size=(n, n)), rng.normal(size=(H, W, n))
        sum_of_stretches = np.linalg.norm(up, 2) + np.linalg.norm(left, 2)
        totals = np.zeros(H + W - 1)
        for i, j in pixels(H, W):
            columns = []
            for unit in range(n):
                push = np.zeros_like(x)
                push[i, j, unit] = 1e-6
                ends = [states(x + s * push, up, left)[-1, -1] for s in (1, -1)]
                columns.append((ends[0] - ends[1]) / 2e-6)
            distance = (H - 1 - i) + (W - 1 - j)
            totals[distance] += np.linalg.norm(np.transpose(columns), 2)
        assert np.all(totals <= sum_of_stretches ** np.arange(H + W - 1) * (1 + 1e-6))


def test_paths_through_layers_are_counted_by_a_multinomial():
    @cache
    def paths(m, n, layers):
        """Paths from an input to a state `m` rows, `n` columns and `layers` layers away."""
        if min(m, n) < 0 or layers < 1:
            return 0
        if m == n == 0 and layers == 1:
            return 1
        return paths(m - 1, n, layers) + paths(m, n - 1, layers) + paths(m, n, layers - 1)

    for m, n, d in product(range(5), range(5), range(1, 5)):
        counted = factorial(m + n + d - 1) // factorial(m) // factorial(n) // factorial(d - 1)
        assert paths(m, n, d) == counted


def test_paths_of_a_masked_stack_multiply_its_taps():
    paths = masked_convolution(np.pad([[1.0]], 9), np.ones((3, 3)))
    for d in range(2, 6):
        paths = masked_convolution(paths, np.ones((3, 3)), "B")
        assert paths.sum() == 4 * 5 ** (d - 1)


COUNTS = [
    (masked_connections, {"H": 4, "W": 5, "k": 3}),
    (pixelcnn_connections, {"H": 4, "W": 5, "k": 3, "d": 2, "channels": 2, "inputs": 3}),
    (mdrnn_connections, {"H": 4, "W": 5, "k": 3, "d": 2, "inputs": 3}),
    (pixelcnn_schedule, {"H": 4, "W": 5, "k": 3, "d": 2}),
    (pixelcnn_steps, {"H": 4, "W": 5, "k": 3, "d": 2}),
    (mdrnn_schedule, {"H": 4, "W": 5, "d": 2}),
    (mdrnn_steps, {"H": 4, "W": 5, "d": 2}),
    (receptive_field, {"k": 3, "d": 2}),
    (blind_spot, {"k": 3, "d": 2}),
    (causal_mask, {"k": 3}),
    (log_pixel_gradient, {"H": 4, "W": 5, "up": 1, "left": 1}),
]


@pytest.mark.parametrize(("function", "numbers"), COUNTS)
def test_sizes_out_of_range_are_refused(function, numbers):
    for name in numbers.keys() - {"up", "left"}:
        for bad in (0, -3):
            with pytest.raises(ValueError, match=f"{name} is {bad}; give a whole number from 1 up"):
                function(**numbers | {name: bad})
        for bad in (2.5, "3", None, np.nan, [3]):
            with pytest.raises(TypeError, match=f"{name} is .*; give a whole number"):
                function(**numbers | {name: bad})
        assert np.array_equal(
            function(**numbers), function(**numbers | {name: np.int16(numbers[name])})
        )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: causal_mask(3, "C"), "mask is 'C'; give 'A' or 'B'"),
        (lambda: masked_connections(4, 5, 3, None), "mask is None; give 'A' or 'B'"),
        (lambda: pixelcnn_steps(4, 5, 3, 2, "sing"), "task is 'sing'; give 'draw' or 'draw one"),
        (lambda: pixelcnn_schedule(4, 5, 3, 2, 7), "task is 7; give 'draw' or"),
        (lambda: mdrnn_steps(4, 5, 2, "draw one by one"), "task is .*; give 'train' or 'draw'"),
        (lambda: mdrnn_schedule(4, 5, 2, ["draw"]), "task is .*; give 'train' or 'draw'"),
        (lambda: masked_convolution([1, 2], np.ones((3, 3))), "image has shape .*give a matrix"),
        (lambda: masked_convolution([[1]], np.ones((2, 3))), "kernel .*as many rows as columns"),
        (lambda: masked_convolution([[np.nan]], np.ones((3, 3))), "image.* is nan; give finite"),
        (lambda: log_pixel_gradient(3, 3, 0, 1), "up is 0.0; give numbers above 0"),
        (lambda: log_pixel_gradient(3, 3, 1, [1, 2]), r"left has shape \(2,\); give single gains"),
    ],
)
def test_what_has_no_answer_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_counts_of_huge_pictures_do_not_overflow():
    H = W = 10**12
    assert masked_connections(H, W, 3) == ((3 * H - 2) * (3 * W - 2) - H * W) // 2
    assert (
        pixelcnn_steps(np.int32(60_000), np.int32(60_000), 3, 9, "draw one by one") == 324 * 10**8
    )
