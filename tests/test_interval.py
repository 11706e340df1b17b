"""The steep inputs of a sigmoid neuron: their interval, its width, the widest, and the map."""

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar

from slopes.activation import gain, sigmoid_slope
from slopes.chain import Chain, forward, gradient
from slopes.interval import Interval, interval_width, steep_interval, steep_region, widest_interval

LARGEST = np.finfo(float).max
WIDEST, GREATEST = widest_interval()

weights = st.floats(4, 1e6)
signs = st.sampled_from([-1, 1])
biases = st.floats(-1e3, 1e3)
thresholds = st.floats(1e-3, 1e3)


def exact_width(w, threshold=1):
    """The width to 60 digits, by the textbook's logarithm."""
    with mpmath.workdps(60):
        u = abs(mpmath.mpf(float(w))) / mpmath.mpf(float(threshold))
        if u < 4:
            return mpmath.mpf(0)
        larger = u * (1 + mpmath.sqrt(1 - 4 / u)) / 2 - 1
        return 2 * mpmath.log(larger) / (u * mpmath.mpf(float(threshold)))


def digits_lost(w, threshold=1):
    """Error of `interval_width` in units in the last place of the exact answer."""
    exact = exact_width(w, threshold)
    with mpmath.workdps(60):
        error = abs(mpmath.mpf(float(interval_width(w, threshold))) - exact)
        return float(error / mpmath.mpf(float(np.spacing(float(exact)))))


def textbook(w):
    return 2 / w * np.log(w * (1 + np.sqrt(1 - 4 / w)) / 2 - 1)


@pytest.mark.claim("interval-width")
@pytest.mark.parametrize(
    "id",
    [
        "width_4p2m50",
        "width_4p2m30",
        "width_4p2m10",
        "width_4.5",
        "width_5",
        "width_6.9",
        "width_8",
        "width_10",
        "width_100",
        "width_1e4",
        "width_1e15",
    ],
)
def test_width_agrees_with_verified_digits(fact, id):
    known = fact(id)
    w = float.fromhex(known.inputs["w_hex"])
    assert interval_width(w) == pytest.approx(known.value, rel=known.rtol, abs=0)
    assert interval_width(-w) == interval_width(w)


@pytest.mark.claim("interval-width-digits")
def test_width_keeps_its_digits_everywhere():
    rng = np.random.default_rng(6894)
    near = 4 + 10 ** rng.uniform(-15, 1, 1000)
    far = 10 ** rng.uniform(0.61, 308.2, 1000)
    edge = [np.nextafter(4, 5), np.nextafter(np.nextafter(4, 5), 5), LARGEST]
    worst = [4.2617760936973825, 4.27060813555147, 4.2809513874754686, 4.2906908453674255]
    inner = rng.uniform(4.2, 4.3, 1000)  # where errors above 2 units have been seen
    assert max(digits_lost(w) for w in [*near, *far, *edge, *worst, *inner]) <= 4


def test_width_keeps_its_digits_for_other_thresholds():
    rng = np.random.default_rng(7)
    for threshold in 10 ** rng.uniform(-290, 290, 200):
        w = 4 * threshold * (1 + 10 ** rng.uniform(-15, 3))
        assert digits_lost(w, threshold) <= 4


@pytest.mark.claim("interval-width-textbook")
def test_width_is_the_textbook_logarithm():
    w = np.linspace(4.5, 1000, 5000)
    np.testing.assert_allclose(interval_width(w), textbook(w), rtol=1e-13)
    for value in (4.001, 6.9, 1e3):
        with mpmath.workdps(40):
            u = mpmath.mpf(value)
            by_arsinh = 4 * mpmath.asinh(mpmath.sqrt(u - 4) / 2) / u
            assert abs(by_arsinh - exact_width(value)) < mpmath.mpf(10) ** -38


@given(weights, signs, biases)
def test_width_is_the_distance_between_two_roots(w, sign, b):
    assume(w > 4.01)
    centre = -b / (sign * w)
    far = 2 * np.log(2 * w) / w  # there the gain is below 1
    excess = lambda shift: w * sigmoid_slope(w * shift) - 1  # noqa: E731
    root = brentq(excess, 0, far, xtol=1e-16, rtol=1e-14)
    assert interval_width(sign * w) == pytest.approx(2 * root, rel=1e-9)
    low, high = steep_interval(sign * w, b)
    assert low == pytest.approx(centre - root, rel=1e-9, abs=1e-12)
    assert high == pytest.approx(centre + root, rel=1e-9, abs=1e-12)


def test_width_is_what_counting_finds():
    a = np.linspace(-2, 2, 400_001)
    for w, b in [(4.5, 1), (6.9, -3.45), (-20, 10), (100, 0)]:
        counted = np.count_nonzero(np.abs(gain(w, a, b)) >= 1) * (a[1] - a[0])
        assert counted == pytest.approx(interval_width(w), abs=1.1e-5)


def test_width_is_zero_for_flat_neurons():
    assert np.all(interval_width([0, 1, -3.999, 4, -4, np.nextafter(4, 0)]) == 0)


def test_width_warns_of_nothing_and_is_finite_everywhere():
    w = np.array([0, 5e-324, 4, LARGEST, -LARGEST])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.all(np.isfinite(interval_width(w)))
        assert np.all(interval_width(w, 1e308) == [0, 0, 0, 0, 0])
        assert np.all(np.isfinite(interval_width(w, 2e-300)))


@given(st.floats(4 + 1e-5, 1e6), signs, thresholds)  # nearer to 4, rounding moves the width more
@pytest.mark.claim("interval-width-threshold")
def test_width_for_another_threshold_is_the_same_width_rescaled(w, sign, threshold):
    rescaled = interval_width(w) / threshold
    assert interval_width(sign * w * threshold, threshold) == pytest.approx(
        rescaled, rel=1e-6, abs=0
    )


@pytest.mark.claim("interval-width-threshold")
def test_no_neuron_is_steep_on_more_than_its_share():
    w = np.geomspace(1e-3, 1e6, 100_001)
    for threshold in (0.01, 1, 40):
        widths = interval_width(w, threshold)
        assert widths.max() <= GREATEST / threshold * (1 + 1e-15)
        assert widths.max() == pytest.approx(GREATEST / threshold, rel=1e-6)


def test_width_of_many_values_is_the_width_of_each():
    rng = np.random.default_rng(1)
    w = rng.normal(0, 10, (3, 20_001))
    some = np.s_[:, ::97]
    each = [[interval_width(v) for v in row] for row in w[some]]
    assert np.array_equal(interval_width(w)[some], each)
    assert np.array_equal(interval_width(w[:, ::-2]), interval_width(w)[:, ::-2])
    assert interval_width(w.T, np.ones(3)).shape == (20_001, 3)
    assert interval_width(np.empty((0, 3))).shape == (0, 3)
    assert interval_width(6).shape == ()
    assert interval_width([6, 7]).dtype == np.float64


@pytest.mark.claim("steep-interval")
@pytest.mark.parametrize("id", ["interval_lo_w8_b3", "interval_lo_wm8_b3"])
def test_low_end_agrees_with_verified_digits(fact, id):
    known = fact(id)
    end = steep_interval(known.inputs["w"], known.inputs["b"]).low
    assert end == pytest.approx(known.value, rel=known.rtol, abs=0)


@pytest.mark.claim("steep-interval")
@pytest.mark.parametrize("id", ["interval_hi_w8_b3", "interval_hi_wm8_b3"])
def test_high_end_agrees_with_verified_digits(fact, id):
    known = fact(id)
    end = steep_interval(known.inputs["w"], known.inputs["b"]).high
    assert end == pytest.approx(known.value, rel=known.rtol, abs=0)


@given(weights, signs, biases)
@pytest.mark.claim("steep-interval")
def test_gain_is_one_at_the_ends_above_one_inside_and_below_one_outside(w, sign, b):
    assume(w > 4.001)
    w = sign * w
    low, high = steep_interval(w, b)
    assert low < high
    slack = 1e-9 + 1e-13 * abs(b)
    assert np.abs(gain(w, [low, high], b)) == pytest.approx(1, rel=slack)
    inside, outside = 0.02 * low + 0.98 * high, 1.02 * high - 0.02 * low
    assert abs(gain(w, inside, b)) > 1 > abs(gain(w, outside, b))


@given(weights, signs, biases, thresholds)
def test_ends_lie_around_the_centre(w, sign, b, threshold):
    w = sign * w * threshold * (1 + 1e-12)
    low, high = steep_interval(w, b, threshold)
    assert (low + high) / 2 == pytest.approx(-b / w, rel=1e-9, abs=1e-9 / threshold)
    assert high - low == pytest.approx(interval_width(w, threshold), rel=1e-6, abs=1e-12 * abs(low))


def test_interval_is_a_point_at_four_and_empty_below():
    assert steep_interval(4, 2) == Interval(-0.5, -0.5)
    assert steep_interval(-4, 2) == Interval(0.5, 0.5)
    assert np.isnan(steep_interval([0, np.nextafter(4, 0), -3.9], 1)).all()
    assert steep_interval(2, 1, threshold=0.5) == Interval(-0.5, -0.5)


def test_ends_warn_of_nothing_and_stay_finite():
    with np.errstate(invalid="raise", divide="raise", over="raise"):
        low, high = steep_interval([LARGEST, -LARGEST, 4, 5, 0], [1, 1, LARGEST, -LARGEST, 1])
    assert np.all(np.isfinite(low[:4])) and np.all(low[:4] <= high[:4])
    assert np.isnan(low[4]) and np.isnan(high[4])


def test_ends_do_not_carry_a_negative_zero():
    for w in (4, -4):
        assert not np.signbit(steep_interval(w)).any()


def test_ends_broadcast():
    ends = steep_interval(np.full((3, 1), 8), np.arange(4))
    assert ends.low.shape == ends.high.shape == (3, 4)


def test_widest_interval_agrees_with_verified_digits(fact):
    w, width = fact("width_w_star"), fact("width_max")
    assert pytest.approx(w.value, rel=w.rtol, abs=0) == WIDEST
    assert pytest.approx(width.value, rel=width.rtol, abs=0) == GREATEST


@pytest.mark.claim("widest-interval")
def test_widest_interval_solves_its_equation(fact):
    t, s = fact("width_t_star"), fact("width_s_star")
    found = np.arccosh(np.sqrt(WIDEST) / 2)
    assert found == pytest.approx(t.value, rel=1e-14)
    assert 2 * found == pytest.approx(s.value, rel=1e-14)
    root = brentq(lambda t: 2 * t * np.tanh(t) - 1, 0.1, 3, xtol=1e-15, rtol=1e-15)
    assert root == pytest.approx(t.value, rel=t.rtol * 4)
    assert s.value * np.tanh(s.value / 2) == pytest.approx(1, rel=1e-15)


@pytest.mark.claim("widest-steep-interval")
def test_widest_interval_is_the_greatest_of_all(fact):
    s = fact("width_s_star").value
    assert 4 * s**2 / (s**2 - 1) == pytest.approx(WIDEST, rel=1e-14)
    assert np.sinh(np.log(s)) == pytest.approx(GREATEST, rel=1e-15)
    w = np.concatenate([np.linspace(4, 50, 200_001), np.geomspace(51, 1e300, 1000)])
    assert interval_width(w).max() <= GREATEST * (1 + 1e-15)
    left, right = interval_width(w[w <= WIDEST]), interval_width(w[w >= WIDEST])
    assert np.all(np.diff(left[left < GREATEST - 1e-9]) > 0)
    assert np.all(np.diff(right[right < GREATEST - 1e-9]) < 0)
    search = minimize_scalar(lambda w: -interval_width(w), bounds=(4, 20), method="bounded")
    assert search.x == pytest.approx(WIDEST, rel=1e-5)
    assert -search.fun == pytest.approx(GREATEST, rel=1e-10)


@pytest.mark.claim("hyperbolic-width")
def test_width_is_t_over_cosh_squared():
    t = np.linspace(0.05, 300, 10_001)
    np.testing.assert_allclose(interval_width(4 * np.cosh(t) ** 2), t / np.cosh(t) ** 2, rtol=1e-12)


@pytest.mark.claim("interval-width-limits")
def test_width_opens_like_a_square_root():
    excess = np.array([2.0**-6, 2.0**-9, 2.0**-12])
    series = np.sqrt(excess) / 2 * (1 - 7 / 24 * excess + 149 / 1920 * excess**2)
    remainder = np.abs(interval_width(4 + excess) / series - 1)
    assert np.all(remainder < 0.03 * excess**3 + 1e-15)
    exact_excess = 2.0 ** np.arange(-40, -10)
    leading = np.sqrt(exact_excess) / 2
    assert np.all(interval_width(4 + exact_excess) < leading)
    np.testing.assert_allclose(
        interval_width(4 + exact_excess), leading * (1 - 7 / 24 * exact_excess), rtol=1e-6
    )


@pytest.mark.claim("interval-width-limits")
def test_width_closes_like_a_logarithm_over_the_weight():
    w = np.geomspace(1e2, 1e10, 9)
    assert np.all(interval_width(w) < 2 * np.log(w) / w)
    rest = interval_width(w) * w / 2 - (np.log(w) - 2 / w)
    assert np.all(np.abs(rest) < 4 / w**2 + 1e-14)
    assert interval_width(1e15) == pytest.approx(2 * np.log(1e15) / 1e15, rel=1e-15)


@pytest.mark.claim("root-product")
def test_the_two_roots_are_reciprocal():
    for w in (4, 4.5, 6.9, 100, 1e8):
        with mpmath.workdps(50):
            u = mpmath.mpf(w)
            root = mpmath.sqrt(u * u - 4 * u)
            smaller, larger = (u - 2 - root) / 2, (u - 2 + root) / 2
            assert abs(smaller * larger - 1) < mpmath.mpf(10) ** -30
            for x in (smaller, larger):
                assert abs(u * x / (1 + x) ** 2 - 1) < mpmath.mpf(10) ** -30
    w = np.array([5.0, 20.0, 100.0])
    for sign in (-1, 1):
        x = (w - 2 + sign * np.sqrt(w * w - 4 * w)) / 2
        np.testing.assert_allclose(w * sigmoid_slope(-np.log(x)), 1, rtol=1e-9)


@pytest.mark.claim("steep-region")
@given(st.floats(-1e4, 1e4), st.floats(-50, 50), st.floats(-1e3, 1e3), thresholds)
def test_region_is_where_the_gain_reaches_the_threshold(w, a, b, threshold):
    size = abs(gain(w, a, b))
    assume(abs(size / threshold - 1) > 1e-9)
    assert steep_region(w, a, b, threshold) == (size >= threshold)


def test_region_holds_the_interval():
    w, b = np.array([[8], [-8], [100], [3]]), 3
    low, high = steep_interval(w, b)
    a = np.linspace(-1, 1, 1001)
    assert np.array_equal(steep_region(w, a, b), (low <= a) & (a <= high))


def test_region_is_right_where_slopes_underflow():
    w, a = 1e300, 690 / 1e300
    assert steep_region(w, a)
    assert not steep_region(w, 700 / 1e300)
    # at the largest weight the farthest steep input has a slope below every normal number
    farthest = 2 * np.arccosh(np.sqrt(LARGEST) / 2)
    assert steep_region(LARGEST, farthest / LARGEST * (1 - 1e-12))
    assert not steep_region(LARGEST, farthest / LARGEST * (1 + 1e-12))


def test_region_is_empty_below_four_and_one_point_at_four():
    assert not steep_region([0, 3.9, -3.9], 0).any()
    assert steep_region([4, -4], 0).all()
    assert not steep_region(4, 0.01)
    with np.errstate(all="raise"):
        assert not steep_region(LARGEST, LARGEST, -LARGEST)


@given(st.floats(-3.999999, 3.999999), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_small_weights_are_nowhere_steep(w, a, b):
    assert abs(gain(w, a, b)) < 1
    assert not steep_region(w, a, b)


@pytest.mark.parametrize("function", [interval_width, steep_interval])
@pytest.mark.parametrize(
    ("w", "error", "message"),
    [
        (np.nan, ValueError, "w is nan; give finite numbers"),
        ([5, np.inf], ValueError, r"w\[1\] is inf; give finite numbers"),
        ("5", TypeError, "w .*give real numbers"),
        (5 + 0j, TypeError, "w .*complex.*give real numbers"),
        ([[5], [5, 6]], ValueError, "w has rows of unequal length"),
        (None, TypeError, "w .*None.*give real numbers"),
    ],
)
def test_bad_weights_are_refused(function, w, error, message):
    with pytest.raises(error, match=message):
        function(w)


@pytest.mark.parametrize("threshold", [0, -1, 1e-301, [1, 0]])
def test_thresholds_that_are_not_positive_are_refused(threshold):
    for call in (
        lambda: interval_width(5, threshold),
        lambda: steep_interval(5, 0, threshold),
        lambda: steep_region(5, 0, 0, threshold),
    ):
        with pytest.raises(ValueError, match=r"threshold.*strictly between 1e-300 and inf"):
            call()


def test_shapes_that_do_not_broadcast_are_refused():
    with pytest.raises(ValueError, match=r"w has shape \(2,\), b has shape \(3,\)"):
        steep_interval([5, 6], [1, 2, 3])
    with pytest.raises(ValueError, match="give shapes that broadcast"):
        interval_width([5, 6], [1, 2, 3])
    with pytest.raises(ValueError, match="give shapes that broadcast"):
        steep_region([5, 6], [1, 2, 3])


def test_integers_lists_and_scalars_are_welcome():
    assert interval_width(8) == interval_width([8])[0] == interval_width(np.float32(8))
    assert steep_region([8], True) == steep_region(8, 1.0)


any_chain = st.lists(st.tuples(st.floats(-200, 200), st.floats(-200, 200)), min_size=1, max_size=6)


@given(any_chain, st.floats(-3, 3), st.floats(0.01, 3))
@pytest.mark.claim("total-gradient")
def test_integral_of_the_gradient_is_the_change_of_the_output(layers, low, length):
    w, b = np.array(layers).T
    chain = Chain(w, b)
    ends = forward(chain, np.array([low, low + length])).a[..., -1]
    change = abs(ends[1] - ends[0])
    assert change <= 1
    # between inputs that follow each other the output moves one way only
    fine = forward(chain, np.linspace(low, low + length, 2001)).a[..., -1]
    assert np.abs(np.diff(fine)).sum() == pytest.approx(change, rel=1e-9, abs=1e-12)


@pytest.mark.claim("total-gradient")
def test_integral_of_the_gradient_by_quadrature():
    for w, b in [([3, -5, 8], [1, 2, -4]), ([6, 6], [-3, -3]), ([-9], [2])]:
        chain = Chain(w, b)
        total, error = quad(lambda a, c=chain: abs(gradient(c, a)), -1, 2, limit=200)
        ends = forward(chain, np.array([-1.0, 2.0])).a[..., -1]
        assert total == pytest.approx(abs(ends[1] - ends[0]), abs=1e-9 + error)
        assert total < 1


@pytest.mark.claim("total-gradient")
def test_deeper_chains_have_even_less_gradient_to_give():
    rng = np.random.default_rng(3)
    for w, b in rng.normal(0, 10, (200, 2, 3)):
        ends = forward(Chain(w, b), np.array([-1e3, 1e3])).a[..., -1]
        assert abs(ends[1] - ends[0]) <= np.tanh(abs(w[-1]) / 4) * (1 + 1e-12)


@pytest.mark.claim("steep-measure")
def test_steep_inputs_of_a_chain_are_few():
    rng = np.random.default_rng(5)
    a = np.linspace(0, 1, 20_001)
    for w, b in rng.normal(0, 20, (100, 2, 3)):
        grown = np.abs(gradient(Chain(w, b), a))
        for threshold in (0.1, 1, 10):
            assert np.mean(grown >= threshold) < 1 / threshold + 2e-3


@pytest.mark.claim("steep-measure")
def test_four_steep_layers_are_steep_on_two_hundred_thousandths():
    chain = Chain([100] * 4, [-50] * 4)
    assert gradient(chain, 0.5) == pytest.approx(25**4, rel=1e-12)
    edge = brentq(lambda r: gradient(chain, 0.5 + r) - 1, 0, 1e-4, xtol=1e-18)
    assert 2 * edge == pytest.approx(1.9e-5, abs=0.05e-5)
    ends = forward(chain, np.array([0.0, 1.0])).a[..., -1]
    assert ends[1] - ends[0] == pytest.approx(1, abs=1e-15)


@pytest.mark.claim("steep-measure")
def test_one_neuron_stays_below_half_of_what_the_theorem_allows():
    assert GREATEST < 0.5
    for threshold in (0.5, 1, 7):
        w = np.geomspace(4 * threshold, 1e5, 10_001)
        assert np.all(interval_width(w, threshold) < 1 / threshold)


def test_the_textbook_logarithm_loses_half_of_its_digits_near_four():
    w = 4 + np.geomspace(1e-8, 1e-7, 201)
    assert 1e-9 < np.abs(textbook(w) / interval_width(w) - 1).max() < 1e-8


def test_the_difference_of_two_logarithms_keeps_two_digits_at_a_hundred_million():
    w = np.geomspace(0.9e8, 1e8, 201)
    root = np.sqrt(w * w - 4 * w)
    by_difference = (np.log((w - 2 + root) / 2) - np.log((w - 2 - root) / 2)) / w
    assert 1e-3 < np.abs(by_difference / interval_width(w) - 1).max() < 0.03


def window(chain, threshold, centre=0.5):
    """Width of the window around `centre` with the gradient at the threshold, by root finding."""
    excess = lambda a: np.abs(gradient(chain, a)) - threshold  # noqa: E731
    if excess(centre) <= 0:
        return 0.0
    return brentq(excess, centre, centre + 100) - brentq(excess, centre - 100, centre)


def random_chain(rng, n):
    """A chain of `n` neurons, roughly centred at the input 1/2, where each is steep."""
    w = rng.choice([-1, 1], n) * 10 ** rng.uniform(-1, 2, n)
    return Chain(w, -w / 2 + rng.normal(0, 0.3, n))


@pytest.mark.claim("one-window")
def test_no_chain_has_a_wider_window_than_the_best_neuron():
    rng = np.random.default_rng(11)
    for n in rng.integers(1, 9, 100):
        chain = random_chain(rng, n)
        peak = np.abs(gradient(chain, 0.5))
        for threshold in (0.01, 0.3, 1, peak / 2):
            assert window(chain, threshold) <= GREATEST / threshold * (1 + 1e-9)


@pytest.mark.claim("one-window")
def test_the_steep_inputs_of_a_chain_form_one_window():
    rng = np.random.default_rng(12)
    a = np.linspace(-2, 3, 2001)
    for n in rng.integers(1, 9, 300):
        grown = np.abs(gradient(random_chain(rng, n), a))
        for threshold in (0.01, 1, grown.max() / 2):
            assert np.count_nonzero(np.diff(grown >= threshold)) <= 2


@pytest.mark.claim("one-window")
def test_inverse_square_root_of_the_gradient_is_convex():
    rng = np.random.default_rng(13)
    a = np.linspace(0.3, 0.7, 401)
    for n in rng.integers(1, 7, 300):
        grown = np.abs(gradient(random_chain(rng, n), a))
        u = 1 / np.sqrt(grown[grown > 1e-200])
        u /= u.max(initial=1e-300)
        assert np.all(u[:-2] + u[2:] - 2 * u[1:-1] > -1e-12)


@pytest.mark.claim("one-window")
def test_chains_of_every_depth_come_close_to_the_widest_window():
    small = 0.01
    w, b = [WIDEST], [0.0]
    for _ in range(3):
        first = w[0] * 4 / small
        w, b = [small, first, *w[1:]], [0.0, b[0] - first / 2, *b[1:]]
        assert window(Chain(w, b), 1, 0.0) == pytest.approx(GREATEST, abs=5e-5)


def test_two_neurons_in_one_layer_have_two_windows():
    a = np.linspace(-2, 3, 500_001)
    steep = gain(WIDEST, a) + gain(WIDEST, a, -WIDEST) >= 1
    assert np.count_nonzero(np.diff(steep)) == 4
    assert 5 * np.mean(steep) == pytest.approx(0.91, abs=0.005)


def test_tanh_neurons_are_steep_on_up_to_twice_as_much():
    w = np.linspace(1, 5, 4001)
    a = np.linspace(-2, 2, 200_001)
    widths = interval_width(2 * w, 0.5)
    assert w[widths.argmax()] == pytest.approx(1.7235, abs=1e-3)
    assert widths.max() == pytest.approx(0.8955, abs=5e-5)
    counted = 4 * np.mean(1.7235 * (1 - np.tanh(1.7235 * a) ** 2) >= 1)
    assert counted == pytest.approx(0.8955, abs=1e-4)


def test_comparing_widths_finds_half_of_the_digits_of_the_best_weight():
    bend = (GREATEST - interval_width(WIDEST + 1e-3)) / GREATEST / 1e-6
    assert bend == pytest.approx(0.018, abs=5e-4)
    assert interval_width(WIDEST + 3e-8) == pytest.approx(GREATEST, rel=2e-16)
    w = np.linspace(4, 60, 5601)
    assert w[interval_width(w).argmax()] == pytest.approx(6.89)
    assert 2 * np.log(60) / 60 < 0.14


def test_the_interval_of_the_first_exercise():
    assert np.round(steep_interval(-5, 2), 4) == pytest.approx([0.2075, 0.5925])


def test_the_sheets_interval_misses_every_steep_input_of_a_negative_weight():
    assert abs(gain(-8, -3 / 8, 3)) == pytest.approx(0.02, abs=5e-4)
    wrong, right = steep_interval(8, 3), steep_interval(-8, 3)
    assert wrong.high < right.low


def test_the_answers_logarithm_is_taken_of_negative_numbers():
    w = np.geomspace(4, 1e12, 100_001)
    assert np.all(2 / w * (1 + np.sqrt(1 - 4 / w)) - 1 < 0)
    assert np.all(2 / w * (1 + 1 - 4 / w) - 1 < 0)


def test_where_the_steepest_of_four_chains_falls_below_one():
    def excess(r):
        return gradient(Chain([100] * 4, -50), 0.5 + r) - 1

    assert brentq(excess, 1e-8, 1e-3) == pytest.approx(9.3e-6, abs=5e-8)
