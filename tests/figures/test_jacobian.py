"""Pictures of Jacobians show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.figures import jacobian as figures

TURNS = np.linspace(0, 2 * np.pi, 9)
CIRCLE = np.stack([np.cos(TURNS), np.sin(TURNS)])
LAYERS = np.arange(1, 8)


def named_artists(figure):
    """What can move in a figure, by name."""
    found = figure.findobj(lambda artist: artist.get_gid() is not None)
    names = [artist.get_gid() for artist in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, found, strict=True))


def test_ellipse_shows_the_circle_and_names_what_moves():
    figure = figures.ellipse(CIRCLE, 5)
    (axes,) = figure.axes
    artists = named_artists(figure)
    assert set(artists) == {"image", "longest", "shortest"}
    assert artists["image"].get_xdata().shape == TURNS.shape
    assert artists["longest"].get_xdata().shape == artists["shortest"].get_xdata().shape == (2,)
    np.testing.assert_array_equal(axes.lines[0].get_data(), CIRCLE)
    assert axes.get_xlim() == (-5, 5)
    assert axes.get_aspect() == 1


def test_powers_are_drawn_on_a_logarithmic_axis_with_a_rule_at_1():
    rows = np.log([[0.9, 0.8], [2, 1.5]])
    (axes,) = figures.powers(np.array([1, 2]), rows, ["one", "two"]).axes
    rule, *lines = axes.lines
    assert list(rule.get_ydata()) == [1, 1]
    np.testing.assert_allclose([line.get_ydata() for line in lines], np.exp(rows))
    assert axes.get_yscale() == "log"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["one", "two"]


def test_spectrum_tells_dots_from_lines():
    rows = -np.outer(LAYERS, [1, 2, 3.0])
    (axes,) = figures.spectrum(LAYERS, rows + 1, rows, rows - 1).axes
    drawn = {marker: [] for marker in ("None", "x")}
    for line in axes.lines:
        drawn[line.get_marker()].append(line.get_ydata())
    np.testing.assert_array_equal(np.transpose(drawn["x"]), rows + 1)
    assert len(drawn["None"]) == 6
    np.testing.assert_array_equal(np.transpose(drawn["None"][:3]), rows)
    assert len(axes.get_legend().get_texts()) == 3


def test_exponents_mark_the_critical_gain():
    gains = np.array([0.5, 1, 2])
    figure = figures.exponents(gains, gains - 1, 2 * gains - 2, 1.25)
    (axes,) = figure.axes
    data = [[list(values) for values in line.get_data()] for line in axes.lines]
    assert [1.25, 1.25] in [xs for xs, _ in data]
    assert [[0.5, 1, 2], [-0.5, 0, 1]] in data
    assert [[0.5, 1, 2], [-1, 0, 2]] in data


def test_depth_draws_a_band_of_the_given_factor():
    figure = figures.depth(LAYERS, 10, 4, "ceiling")
    (axes,) = figure.axes
    artists = named_artists(figure)
    assert set(artists) == {"largest", "smallest", "ceiling"}
    (band,) = axes.patches
    assert (band.get_y(), band.get_y() + band.get_height()) == (-1, 1)
    assert axes.get_ylim() == (-4, 4)
    for line in artists.values():
        np.testing.assert_array_equal(line.get_xdata(), LAYERS)


@pytest.mark.parametrize("count", [1, 3])
def test_branches_are_two_lines_and_a_band_each(count):
    high = np.outer(np.arange(1, count + 1), LAYERS)
    (axes,) = figures.branches(LAYERS, -high, high, [f"run {i}" for i in range(count)]).axes
    assert len(axes.lines) == 2 * count
    assert len(axes.collections) == count
    np.testing.assert_array_equal(axes.lines[-2].get_ydata(), -high[-1])
    np.testing.assert_array_equal(axes.lines[-1].get_ydata(), high[-1])
    styles = {(line.get_color(), line.get_linestyle()) for line in axes.lines}
    assert len(styles) == count


def test_windows_are_a_panel_for_each_kind_and_a_line_for_each_network():
    rows = 10 ** np.random.default_rng(1).uniform(-2, 2, (2, 3, 5))
    figure = figures.windows(np.arange(1, 6), rows, 10, ["a", "b", "c"], ["own", "tied"])
    for axes, lines, title in zip(figure.axes, rows, ["own", "tied"], strict=True):
        np.testing.assert_array_equal([line.get_ydata() for line in axes.lines], lines)
        assert axes.get_title() == title and axes.get_yscale() == "log"
        assert len({line.get_linestyle() for line in axes.lines}) == 3
        assert axes.patches[0].get_bbox().y1 == 1
