"""Pictures of networks that learn show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.figures import network as figures

RNG = np.random.default_rng(30)


def named_artists(figure):
    """What can move in a figure, by name."""
    found = figure.findobj(lambda artist: artist.get_gid() is not None)
    names = [artist.get_gid() for artist in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, found, strict=True))


def heights(axes):
    return [bar.get_height() for bar in axes.patches]


def test_bars_of_neurons_have_one_scale():
    ours, his = RNG.normal(size=(2, 30)), RNG.normal(size=(2, 6))
    figure = figures.neurons(ours, his)
    first, his_first, second, his_second = figure.axes
    for axes, values in zip((first, second, his_first, his_second), (*ours, *his), strict=True):
        np.testing.assert_allclose(heights(axes), values)
        assert axes.get_ylim() == first.get_ylim()


def test_starts_show_bands_and_crosses():
    bands = [np.sort(RNG.random((3, k)), axis=0) for k in (2, 3)]
    his = [RNG.random(2), RNG.random(3)]
    for axes, band, speeds in zip(figures.starts(bands, his).axes, bands, his, strict=True):
        (container,) = axes.containers
        np.testing.assert_allclose(container.lines[0].get_ydata(), band[1])
        segments = np.array(container.lines[2][0].get_segments())
        np.testing.assert_allclose(segments[:, :, 1].T, band[[0, 2]])
        np.testing.assert_array_equal(axes.lines[-1].get_ydata(), speeds)
        assert axes.get_yscale() == "log"


def test_shrinking_speeds_and_the_line_of_theory():
    back, rows = np.arange(4), RNG.random((3, 4))
    (axes,) = figures.shrinking(back, rows, ["a", "b", "c"], 5.0**-back).axes
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), 5.0**-back)
    for line, row in zip(axes.lines[1:], rows, strict=True):
        np.testing.assert_array_equal(line.get_data(), [back, row])
    assert len({line.get_marker() for line in axes.lines[1:]}) == 3


def test_bars_of_errors_can_move():
    figure = figures.backwards(10)
    assert set(named_artists(figure)) == {f"sizes[{i}]" for i in range(10)}
    assert figure.axes[0].get_ylim() == (-8, 2)


def test_curves_lie_on_their_bands():
    epochs = np.arange(6)
    bands = [np.sort(RNG.random((3, 6, k)), axis=0) for k in (2, 4)]
    his = [RNG.random((6, k)) for k in (2, 4)]
    theory = [RNG.random(k) for k in (2, 4)]
    places = figures.curves(epochs, bands, his, theory).axes
    for axes, band, speeds, start in zip(places, bands, his, theory, strict=True):
        *lines, marks = axes.lines
        middles, lines = lines[::2], lines[1::2]
        assert len(axes.collections) == speeds.shape[1]
        np.testing.assert_array_equal(marks.get_data(), [0 * start, start])
        for layer, (line, area) in enumerate(zip(lines, axes.collections, strict=True)):
            np.testing.assert_array_equal(line.get_data(), [epochs, speeds[:, layer]])
            x, y = middles[layer].get_data()
            np.testing.assert_array_equal(y, band[1, x, layer])
            edge = area.get_paths()[0].vertices[:, 1]
            assert edge.min() == pytest.approx(band[0, :, layer].min())
            assert edge.max() == pytest.approx(band[2, :, layer].max())
        assert len({line.get_linestyle() for line in lines}) == speeds.shape[1]


def test_a_moment_can_be_chosen():
    figure = figures.moment(np.arange(0, 500, 5))
    names = {f"layer{layer}" for layer in range(1, 5)} | {"moment", "speeds"}
    assert set(named_artists(figure)) == names
    assert len(named_artists(figure)["speeds"].get_ydata()) == 4


def test_cancelling_tells_single_pictures_from_the_mean():
    epochs, single, together = np.arange(5), RNG.random((5, 2)), RNG.random((5, 2))
    (axes,) = figures.cancelling(epochs, single, together).axes
    drawn = [line.get_ydata() for line in axes.lines]
    expected = [single[:, 0], together[:, 0], single[:, 1], together[:, 1]]
    np.testing.assert_array_equal(drawn, expected)
    words = [text.get_text() for text in axes.texts]
    assert words == [f"{who}, layer {k}" for k in (1, 2) for who in ("one image", "the mean")]


def test_accuracies_show_means_and_seeds():
    depths, rows = np.arange(1, 5), RNG.random((4, 4, 5))
    names = ["a", "b", "c", "d"]
    (axes,) = figures.accuracies(depths, rows, names, np.full(4, 0.96)).axes
    lines = {line.get_label(): line for line in axes.lines}
    for name, row in zip(names, rows, strict=True):
        np.testing.assert_allclose(lines[name].get_ydata(), 100 * row.mean(axis=1))
    dots = [line.get_ydata() for line in axes.lines if line.get_marker() == "."]
    np.testing.assert_allclose(dots, 100 * rows.reshape(16, 5))


def test_patience_shows_means_every_run_and_every_mark():
    products, shares = np.array([10, 100, 1000]), RNG.random((2, 5, 3))
    (axes,) = figures.patience(products, shares, [0.1, 1.0], {50: "here", 1000: "there"}).axes
    means = {line.get_label(): line.get_ydata() for line in axes.lines}
    for rate, row in zip((0.1, 1.0), shares, strict=True):
        np.testing.assert_allclose(means[f"rate {rate}"], 100 * row.mean(axis=0))
    dots = [line.get_ydata() for line in axes.lines if line.get_marker() == "."]
    np.testing.assert_allclose(dots, 100 * shares.reshape(10, 3))
    assert [line.get_xdata()[0] for line in axes.lines[-2:]] == [50, 1000]
    assert [text.get_text() for text in axes.texts] == ["here", "there"]


def test_first_layers_are_bars_in_decades():
    (axes,) = figures.first_layer(["slow", "equal", "fast"], [1e-5, 1, 1e3]).axes
    assert [bar.get_width() for bar in axes.patches] == pytest.approx([-5, 0, 3])
    heights = [bar.get_y() for bar in axes.patches]
    assert heights == sorted(heights, reverse=True)
    assert [text.get_text() for text in axes.texts] == ["slow", "equal", "fast"]
    colours = {tuple(bar.get_facecolor()) for bar in axes.patches}
    assert len(colours) == 2
    low, high = axes.get_xlim()
    assert low < -5 and high > 3


def test_remedies_are_means_in_percent_with_frozen_wide_and_diverged_ones():
    depths, nan = np.array([1, 2, 4]), np.nan
    rows = np.array([[0.9, 0.8], [0.5, nan], [nan, nan]])
    runs = figures.Runs(depths, rows, (depths[:2], rows[:2] / 2), (depths[1:], rows[:2] / 4))
    figure = figures.remedies({"one": {"a": runs}, "two": {"b": figures.Runs(depths, rows / 2)}})
    left, right = figure.axes
    _, mean, lost, frozen, lost_frozen, wide, _ = left.lines
    np.testing.assert_allclose(mean.get_ydata(), [85, 50, nan])
    assert lost.get_xdata().tolist() == [2, 4] and set(lost.get_ydata()) == {-10}
    np.testing.assert_allclose(frozen.get_ydata(), [42.5, 25])
    assert lost_frozen.get_xdata().tolist() == [2]
    np.testing.assert_allclose(wide.get_ydata(), [21.25, 12.5])
    assert len({line.get_linestyle() for line in (mean, frozen, wide)}) == 3
    heights = left.collections[0].get_segments()[0][:, 1]
    np.testing.assert_allclose(heights, [80, 90])
    assert "diverged" in [label.get_text() for label in left.get_yticklabels()]
    assert [axes.get_title() for axes in (left, right)] == ["one", "two"]


def test_cliff_shows_every_point_of_both_descents():
    b = np.linspace(-3, -1, 5)
    tracks, costs = [b[:3], b[1:]], [b[:3] ** 2, b[1:] ** 2]
    figure = figures.cliff(b, b**2, tracks, costs, ["wild", "tame"], (-2.5, -2.0))
    for axes, track, cost in zip(figure.axes, tracks, costs, strict=True):
        curve, path, end = axes.lines[:3]
        (inset,) = axes.child_axes
        assert inset.get_xlim() == (-2.5, -2.0) and len(inset.lines) == 3
        np.testing.assert_array_equal(curve.get_data(), [b, b**2])
        np.testing.assert_array_equal(path.get_data(), [track, cost])
        np.testing.assert_array_equal(end.get_data(), [track[-1:], cost[-1:]])
    assert [axes.get_title() for axes in figure.axes] == ["wild", "tame"]


def test_slopes_are_in_units_of_their_root_mean_square():
    x = np.linspace(-2, 2, 5)
    rows = [np.array([1.0, -1, 1, -1, 1]), np.array([3.0, 3, 3, 3, 3])]
    figure = figures.slopes_along(x, rows, ["noise", "level"])
    assert len(figure.axes) == 2
    for axes, row, label in zip(figure.axes, rows, ["noise", "level"], strict=True):
        np.testing.assert_allclose(axes.lines[0].get_ydata(), row / np.abs(row).max())
        assert axes.texts[0].get_text() == label


def test_autocorrelations_show_means_errors_and_predictions():
    depths = np.array([1, 10])
    rows = np.array([[0.8, 0.6], [0.1, 0.3]])
    figure = figures.autocorrelations(
        depths, [rows, rows], [np.array([0.9, 0.8]), None], ["a", "b"]
    )
    (axes,) = figure.axes
    dots = axes.containers[0]
    assert dots[0].get_ydata() == pytest.approx([0.7, 0.2])
    (low, high), _ = (segment[:, 1] for segment in dots[2][0].get_segments())
    assert (high - low) / 2 == pytest.approx(2 * 0.1)
    predicted = [line for line in axes.lines if list(line.get_xdata()) == [1, 2]]
    assert len(predicted) == 1 and list(predicted[0].get_ydata()) == [0.9, 0.8]
