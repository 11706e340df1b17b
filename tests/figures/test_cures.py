"""Pictures of the cures show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.figures import cures as figures


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


def test_accuracies_are_means_in_percent_with_the_range_of_seeds():
    depths = np.array([1, 2, 4])
    rows = np.array([[0.9, 0.8], [0.5, 0.7], [0.1, 0.1]])
    figure = figures.accuracies(depths, [{"one": rows, "two": rows}, {"three": rows / 2}])
    (axes,) = figure.axes
    _, one, two, three = axes.lines
    assert one.get_ydata() == pytest.approx([85, 60, 10])
    assert three.get_ydata() == pytest.approx([42.5, 30, 5])
    assert one.get_linestyle() == two.get_linestyle() != three.get_linestyle()
    assert one.get_marker() != two.get_marker()
    np.testing.assert_allclose(one.get_xdata(), depths, rtol=0.1)
    ranges = axes.collections[0].get_segments()
    heights = [end[:, 1] for end in ranges]
    np.testing.assert_allclose(heights, [(80, 90), (50, 70), (10, 10)])


def test_memory_has_a_line_that_moves():
    steps = np.arange(101)
    (axes,) = figures.memory(steps).axes
    (kept,) = [line for line in axes.lines if line.get_gid() == "kept"]
    np.testing.assert_array_equal(kept.get_xdata(), steps)


def test_cliff_shows_every_point_of_both_descents():
    b = np.linspace(-3, -1, 5)
    tracks, costs = [b[:3], b[1:]], [b[:3] ** 2, b[1:] ** 2]
    figure = figures.cliff(b, b**2, tracks, costs, ["wild", "tame"])
    for axes, track, cost in zip(figure.axes, tracks, costs, strict=True):
        curve, path, end = axes.lines
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
