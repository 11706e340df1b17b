"""The claims of the chapter on the speed of learning, and the long run that it shows."""

import learning_speed
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm

from slopes.activation import SIGMOID
from slopes.data import nielsen_speeds, stored
from slopes.meanfield import fixed_variance, mean_square_gain
from slopes.network import CROSS_ENTROPY, STANDARD, build, forward, learning_speeds, train

EXPERIMENT = vars(learning_speed)
FOUND, CONTROLS = stored("learning_speed"), EXPERIMENT["CONTROLS"]
X, Y = EXPERIMENT["first_thousand"]()


def mean_over_normal(function, q):
    """Mean of a function of a normal variable of variance q, by adaptive quadrature."""
    return quad(lambda u: norm.pdf(u) * function(np.array(np.sqrt(q) * u)), -12, 12)[0]


def settled():
    """The variance that Nielsen's layers settle to, without `slopes.meanfield`."""
    excess = lambda q: mean_over_normal(lambda z: SIGMOID.value(z) ** 2, q) + 1 - q  # noqa: E731
    return brentq(excess, 1, 2, xtol=1e-14)


@pytest.mark.claim("nielsen-factor")
@pytest.mark.claim("nielsen-variance")
@pytest.mark.claim("speed-per-layer")
def test_theory_of_nielsens_weights():
    q = settled()
    chi = mean_over_normal(lambda z: SIGMOID.slope(z) ** 2, q)
    assert fixed_variance(1, 1, SIGMOID) == pytest.approx(q, rel=1e-10)
    assert mean_square_gain(1, 1, SIGMOID) == pytest.approx(chi, rel=1e-10)
    # the digits that the chapter prints, cut
    assert [np.floor(1e4 * q), np.floor(1e5 * chi), np.floor(1e3 / chi**0.5)] == [13021, 4195, 4881]


@pytest.fixture(scope="module")
def wide():
    return build([64] + [1200] * 6 + [10], np.random.default_rng(3))


@pytest.mark.claim("nielsen-variance")
def test_wide_layers_settle_to_that_variance(wide):
    z = forward(wide, X[:5]).z[2:-1]
    assert np.mean([np.mean(layer**2) for layer in z]) == pytest.approx(settled(), rel=0.04)


@pytest.mark.claim("speed-per-layer")
def test_errors_of_wide_layers_shrink_by_that_factor(wide):
    single = [learning_speeds(wide, X[[i]], Y[[i]])[1:-1] for i in range(5)]
    ratios = np.mean(np.log(single), axis=0)
    per_layer = np.exp((ratios[-1] - ratios[0]) / (len(ratios) - 1))
    assert per_layer == pytest.approx(4.882, rel=0.03)


def length_back(slopes, delta, draws, rng):
    """Mean square length of ``slopes * (W^T delta)`` over draws of W, and its standard error."""
    k = len(slopes)
    W = rng.normal(0, k**-0.5, (draws, len(delta), k))
    squares = np.sum((slopes * np.einsum("dik,i->dk", W, delta)) ** 2, axis=1)
    return squares.mean(), squares.std() / np.sqrt(draws)


@pytest.mark.claim("one-layer-back")
@pytest.mark.parametrize("behind", [3, 40])
def test_one_layer_back(behind):
    rng = np.random.default_rng(behind)
    slopes, delta = SIGMOID.slope(rng.normal(size=20)), rng.normal(size=behind)
    found, error = length_back(slopes, delta, 4000, rng)
    assert abs(found - np.mean(slopes**2) * (delta @ delta)) < 4 * error


@pytest.mark.claim("at-least-four")
def test_no_slopes_lose_less_than_a_factor_of_four():
    rng = np.random.default_rng(4)
    delta = rng.normal(size=10)
    steepest, error = length_back(SIGMOID.slope(np.zeros(30)), delta, 4000, rng)
    assert steepest == pytest.approx((delta @ delta) / 16, abs=4 * error)  # attained at z = 0
    for _ in range(5):
        some, error = length_back(SIGMOID.slope(rng.normal(0, 3, 30)), delta, 500, rng)
        assert some < (delta @ delta) / 16 + 4 * error


@pytest.mark.claim("nielsen-start-norms")
def test_nielsens_nine_speeds_are_typical():
    for hidden in (2, 3, 4):
        low, high = np.percentile(FOUND[f"starts_{hidden}"], [5, 95], axis=0)
        his = nielsen_speeds(hidden)[0]
        assert FOUND[f"starts_{hidden}"].shape == (200, hidden)
        assert np.all((low < his) & (his < high))


@pytest.mark.parametrize("law", ["", "_standard"])
@pytest.mark.parametrize("hidden", [1, 2, 3, 4])
def test_stored_starts_come_out_again(hidden, law):
    laws = {"": {}, "_standard": {"law": STANDARD}}
    again = EXPERIMENT["start_speeds"](hidden, range(5), **laws[law])
    np.testing.assert_allclose(again, FOUND[f"starts_{hidden}{law}"][:5], rtol=1e-3)


@pytest.mark.parametrize("hidden", [2, 3, 4])
def test_stored_curves_come_out_again(hidden):
    again = EXPERIMENT["curves"](hidden, 0, epochs=51)
    np.testing.assert_allclose(again[[0, 50]], FOUND[f"first_{hidden}"][:2], rtol=1e-3)
    low, middle, high = FOUND[f"bands_{hidden}"]
    assert low.shape == (500, hidden)
    assert np.all((low <= middle) & (middle <= high))


def test_the_first_layer_keeps_up_for_spreads_from_9_4_to_11_2_alone():
    size = lambda w: mean_square_gain(w, 1, SIGMOID) ** 4.5  # noqa: E731
    inside = [w for w in np.arange(5, 161) / 10 if 1 / 1.5 < size(w) < 1.5]
    assert [inside[0], inside[-1]] == [9.4, 11.2]
    assert size(16) == pytest.approx(7.1, abs=0.05)


def test_medians_before_training_shrink_as_theory_says():
    v = np.median(FOUND["starts_4"], axis=0)
    assert (v[-1] / v[0]) ** (1 / 3) == pytest.approx(4.882, rel=0.05)


def test_first_of_four_layers_is_roughly_a_hundred_times_slower():
    v, ratio = nielsen_speeds(4), FOUND["starts_4"][:, -1] / FOUND["starts_4"][:, 0]
    his = v[:, -1] / v[:, 0]
    assert [his[0], his[-1]] == pytest.approx([95.8, 113], rel=0.005)
    assert [his.argmin(), his.argmax()] == [61, 8]
    assert np.percentile(ratio, [5, 95]) == pytest.approx([80, 197], abs=0.5)
    assert 4.882**3 == pytest.approx(116, abs=0.5)


@pytest.mark.claim("always-slower")
def test_nielsens_layers_keep_their_order():
    expected = {2: (1.2, 5.1), 3: (14, 31), 4: (49, 138)}
    for hidden, (least, most) in expected.items():
        v = nielsen_speeds(hidden)
        assert np.all(np.diff(v, axis=1) > 0)
        ratio = v[:, -1] / v[:, 0]
        assert least == pytest.approx(ratio.min(), rel=0.06) and ratio.min() >= least
        assert most == pytest.approx(ratio.max(), rel=0.02) and ratio.max() <= most


@pytest.mark.claim("plateau-cost")
def test_not_looking_costs_the_entropy_of_the_digits():
    shares = np.full(10, 0.1)
    targets = np.eye(10)
    z = np.log(shares / (1 - shares))
    blind = np.mean(CROSS_ENTROPY.value(np.tile(z, (10, 1)), targets))
    assert blind == pytest.approx(-10 * (0.1 * np.log(0.1) + 0.9 * np.log(0.9)), rel=1e-12)
    assert np.floor(1e4 * blind) == 32508
    rng = np.random.default_rng(0)
    for _ in range(20):  # any other answer costs more
        other = np.tile(z + rng.normal(0, 0.3, 10), (10, 1))
        assert np.mean(CROSS_ENTROPY.value(other, targets)) > blind


@pytest.mark.claim("speeds-cancel")
def test_on_the_plateau_images_pull_but_cancel():
    network = EXPERIMENT["network"](2, 0)
    late = train(network, X, Y, 500, 0.1, 5 / 1000)
    assert late.costs[50] == pytest.approx(3.25, abs=0.005)
    single, together = [
        np.array([measure(net) for net in (network, late.network)])
        for measure in (
            lambda net: np.mean([learning_speeds(net, X[[i]], Y[[i]]) for i in range(100)], axis=0),
            lambda net: learning_speeds(net, X, Y),
        )
    ]
    assert np.all(single[1] / single[0] > 0.4)
    assert np.all(together[1] / together[0] < 0.012)


@pytest.mark.claim("accuracy-by-depth")
def test_accuracies_are_those_of_the_table():
    table = [
        [97.4, 95.6, 51.9, 9.3],
        [98.2, 98.3, 96.6, 84.3],
        [98.3, 98.8, 98.4, 98.4],
        [97.9, 98.9, 98.7, 98.3],
    ]
    np.testing.assert_allclose(100 * FOUND["accuracy"].mean(axis=2), table, atol=0.05)


@pytest.mark.parametrize("recipe, hidden", [(0, 1), (1, 2), (2, 4), (3, 1)])
def test_stored_accuracies_come_out_again(recipe, hidden):
    again = EXPERIMENT["unseen_accuracy"](hidden, EXPERIMENT["RECIPES"][recipe], 0)
    assert again == pytest.approx(FOUND["accuracy"][recipe, hidden - 1, 0], abs=0.02)


@pytest.mark.claim("patience")
def test_a_deep_sigmoid_network_learns_in_time():
    shares = FOUND["patience"]
    assert EXPERIMENT["PATIENCE"][0] * 135 == 4050
    assert EXPERIMENT["PATIENCE"][-1] * 135 == pytest.approx(150_000, abs=68)
    assert np.all(shares[:, 0] < 0.1)
    assert np.all((0.96 < shares[:, -1]) & (shares[:, -1] < 0.98))
    np.testing.assert_allclose(shares[:, 0], FOUND["accuracy"][0, 3], atol=1e-4)


@pytest.mark.claim("rate-times-updates")
def test_rate_times_updates_decides_up_to_a_rate_of_a_third():
    shares = np.array([FOUND["patience"], *FOUND["products"]])
    assert shares[1:3, :, -1].min() > 0.97 > shares[3].max()
    products = 0.1 * 135 * np.array(EXPERIMENT["PATIENCE"])
    half = [np.interp(0.5, row, products) for row in shares.mean(axis=1)]
    assert half == pytest.approx([1300, 1500, 2300, 8500], abs=50)
    for rate in EXPERIMENT["FASTER"]:  # the columns have the same products, to a rounded epoch
        epochs = EXPERIMENT["kept_product"](rate)
        np.testing.assert_allclose(rate * 135 * epochs, products, rtol=0, atol=rate * 68)


@pytest.mark.parametrize("rate, name, seed", [(0.3, "products", 0), (1.0, "products", 3)])
def test_stored_products_come_out_again(rate, name, seed):
    epochs = EXPERIMENT["kept_product"](rate)[:1]
    again = EXPERIMENT["control_accuracies"](4, rate, epochs, [seed])
    row = EXPERIMENT["FASTER"].index(rate)
    assert again[0, 0] == pytest.approx(FOUND[name][row, seed, 0], abs=0.02)


def test_control_rates_keep_or_raise_the_geometric_mean():
    rates = {name: EXPERIMENT["control_rates"](*each, 4) for name, each in CONTROLS.items()}
    means = [np.exp(np.mean(np.log(each))) for each in rates.values()]
    assert means == pytest.approx([0.1, 0.9, 1.0])
    assert rates["graded, mean kept"][:-1] == pytest.approx(3 * rates["graded, mean kept"][1:])
    assert np.ptp(rates["uniform, mean raised"]) == np.ptp(rates["uniform, 1.0"]) == 0
    graded = 0.1 * 3.0 ** np.arange(4, -1, -1)
    assert np.exp(np.mean(np.log(graded))) == pytest.approx(0.9)


def test_the_controls_refute_the_story_of_graded_rates():
    mean = 100 * FOUND["controls"].mean(axis=2)
    one, graded = 100 * FOUND["accuracy"][:2].mean(axis=2)
    assert [one[3], graded[3], *mean[:, 3]] == pytest.approx([9.3, 84.3, 14.0, 85.7, 88.9], abs=0.1)
    assert [one[2], graded[2], *mean[:, 2]] == pytest.approx([51.9, 96.6, 63.4, 97.2, 98], abs=0.1)
    kept = 100 * FOUND["controls"][0, 2]
    assert [kept.min(), kept.max()] == pytest.approx([32, 76], abs=0.5)


@pytest.mark.parametrize("control, hidden", [(0, 1), (1, 2), (2, 2)])
def test_stored_controls_come_out_again(control, hidden):
    rates = EXPERIMENT["control_rates"](*list(CONTROLS.values())[control], hidden)
    again = EXPERIMENT["control_accuracies"](hidden, rates, [30], [0])
    assert again[0, 0] == pytest.approx(FOUND["controls"][control, hidden - 1, 0], abs=0.02)


def test_theory_of_the_weights_of_the_text():
    chi = mean_square_gain(30**0.5, 1, SIGMOID)
    q = brentq(lambda q: 30 * mean_over_normal(lambda z: SIGMOID.value(z) ** 2, q) + 1 - q, 1, 40)
    twin = 30 * mean_over_normal(lambda z: SIGMOID.slope(z) ** 2, q)
    assert chi == pytest.approx(twin, rel=1e-8)
    assert chi**-0.5 == pytest.approx(1.377, abs=5e-4)


def test_the_draw_decides_when_a_network_learns_not_whether():
    three = FOUND["accuracy"][0, 2]
    assert [100 * three.min(), 100 * three.max()] == pytest.approx([31, 65], abs=0.5)
    for last in (FOUND["patience"][:, -1], FOUND["accuracy"][2, 3]):
        assert 100 * np.ptp(last) == pytest.approx(1.4, abs=0.06)


@pytest.mark.claim("text-weights")
def test_the_weights_of_the_text_hardly_slow_a_layer():
    for hidden in (2, 3, 4):
        v = np.median(FOUND[f"starts_{hidden}_standard"], axis=0)
        assert np.all((1.4 < v[1:] / v[:-1]) & (v[1:] / v[:-1] < 1.9))


def test_wide_layers_with_the_weights_of_the_text_explode():
    wide = build([64] + [400] * 5 + [10], np.random.default_rng(0), STANDARD)
    single = np.mean([learning_speeds(wide, X[[i]], Y[[i]])[:-1] for i in range(10)], axis=0)
    assert single.argmax() == 0 and single[0] > 5 * single[-1]
    assert mean_square_gain(20, 1, SIGMOID) ** 0.5 == pytest.approx(1.39, abs=0.005)


def test_small_batches_make_the_speeds_larger_and_keep_their_order():
    network, rng = EXPERIMENT["network"](2, 0), np.random.default_rng(1)
    smooth = train(network, X, Y, 1250, 0.1, 5 / 1000).speeds[::50, :-1]
    noisy = []
    for _ in range(25):
        noisy.append(learning_speeds(network, X, Y)[:-1])
        network = train(network, X, Y, 1, 0.1, 5 / 1000, 20, rng).network
    assert np.all(np.diff(noisy) > 0)
    start, rough, even = noisy[0], np.mean(noisy[1:], axis=0), smooth[1:].mean(axis=0)
    ratios = [rough[1] / rough[0], start[1] / start[0], even[1] / even[0], *(rough / even)]
    assert ratios == pytest.approx([3.8, 4.4, 2.1, 2.0, 3.6], abs=0.06)


def test_numbers_beside_the_pictures():
    assert mean_square_gain(1, 0, SIGMOID) ** -0.5 == pytest.approx(4.24, abs=0.005)
    assert 4.5 * np.log10(mean_square_gain(1, 1, SIGMOID)) == pytest.approx(-6.2, abs=0.05)
    medians = [np.median(FOUND[f"starts_4{law}"], axis=0) for law in ("", "_standard")]
    assert medians[0][0] == pytest.approx(0.0023, abs=5e-5)
    relative = [v[0] / v[-1] for v in medians]
    assert relative == pytest.approx([0.0085, 0.23], abs=0.005)
    assert 0.1 * 135 * 180 == 2430
    products = np.array([FOUND["patience"], *FOUND["products"]]).mean(axis=1)
    assert products[:2, 4].min() > 0.9 > 0.5 > products[2, 3]


def test_rates_of_the_solutions():
    graded = 0.1 * 3.0 ** np.arange(4, -1, -1)
    assert graded == pytest.approx([8.1, 2.7, 0.9, 0.3, 0.1])
    assert 0.1 * 3**1.5 == pytest.approx(0.52, abs=0.005)
    assert 0.1 * 4.882**4 == pytest.approx(57, abs=0.5)
    speeds = learning_speeds(EXPERIMENT["network"](2, 0), X, Y)
    assert speeds == pytest.approx([0.0715, 0.3134, 1.4585], abs=5e-5)
    assert speeds[1:][::-1] / speeds[:-1][::-1] == pytest.approx([4.65, 4.38], abs=0.005)
