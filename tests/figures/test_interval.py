"""Pictures of steep inputs show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.figures import interval as figures

W = np.linspace(4, 20, 33)
SPREAD = np.geomspace(1e-9, 1e6, 33)


def named_artists(figure):
    """What can move in a figure, by name."""
    found = figure.findobj(lambda artist: artist.get_gid() is not None)
    names = [artist.get_gid() for artist in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, found, strict=True))


def test_counted_widths_are_one_dot_for_each_weight():
    (axes,) = figures.counted(W, W / 50).axes
    (dots,) = axes.lines
    np.testing.assert_array_equal(dots.get_data(), [W, W / 50])
    assert dots.get_marker() == "." and dots.get_linestyle() == "None"


def test_bars_end_where_they_are_told_to():
    z, w, reach = np.linspace(-8, 8, 17), np.array([5, 12, 100]), np.array([1, 2, 5])
    (axes,) = figures.bars(z, np.exp(-np.abs(z)) / 4, w, reach).axes
    hump, *bars = axes.lines
    np.testing.assert_array_equal(hump.get_data(), [z, np.exp(-np.abs(z)) / 4])
    for bar, weight, end in zip(bars, w, reach, strict=True):
        np.testing.assert_allclose(bar.get_data(), [[-end, end], [1 / weight] * 2])
    shown = {text.get_text() for text in axes.texts}
    assert {"$1/5$", "$1/12$", "$1/100$"} < shown
    assert len({(bar.get_color(), bar.get_linestyle()) for bar in bars}) == 3


def test_gain_curve_names_what_moves_and_keeps_its_bar_at_one():
    a = np.linspace(-2, 2, 9)
    figure = figures.steep_inputs(a)
    artists = named_artists(figure)
    assert set(artists) == {"gain", "interval"}
    np.testing.assert_array_equal(artists["gain"].get_xdata(), a)
    (axes,) = figure.axes
    assert [1, 1] in [list(line.get_ydata()) for line in axes.lines if line.get_gid() is None]
    assert axes.get_xlim() == (-2, 2)


def test_width_and_interval_share_one_neuron():
    a = np.linspace(-0.5, 0.5, 9)
    figure = figures.width_and_interval(W, W / 50, a, 0.3)
    left, right = figure.axes
    artists = named_artists(figure)
    assert artists["neuron"].axes is left
    assert artists["gain"].axes is artists["interval"].axes is right
    np.testing.assert_array_equal(left.lines[0].get_data(), [W, W / 50])
    assert list(left.lines[1].get_ydata()) == [0.3, 0.3]
    np.testing.assert_array_equal(artists["gain"].get_xdata(), a)


def test_limits_are_three_lines_on_logarithmic_axes():
    excess = np.geomspace(1e-3, 1e3, 7)
    (axes,) = figures.limits(excess, excess / 9, excess / 8, excess / 7).axes
    assert axes.get_xscale() == axes.get_yscale() == "log"
    drawn = {line.get_linestyle(): line.get_ydata() for line in axes.lines}
    for style, part in (("-", 9), ("--", 8), ("-.", 7)):
        np.testing.assert_array_equal(drawn[style], excess / part)


def test_lost_digits_keep_errors_of_zero_on_the_axis():
    excess, w = np.geomspace(1e-9, 1, 5), np.geomspace(10, 1e8, 4)
    lost, far = np.array([1e-8, 0, 1e-12, 0, 1e-16]), np.array([0, 1e-9, 1e-5, 1e-2])
    left, right = figures.lost_digits(excess, lost, w, far).axes
    for axes, x, y in ((left, excess, lost), (right, w, far)):
        np.testing.assert_array_equal(axes.lines[0].get_xdata(), x)
        drawn = axes.lines[0].get_ydata()
        np.testing.assert_array_equal(drawn[y > 0], y[y > 0])
        assert np.all((drawn[y == 0] > axes.get_ylim()[0]) & (drawn[y == 0] < 1e-16))
    guide = left.lines[1]
    assert guide.get_xdata().min() > 2e-8
    np.testing.assert_allclose(guide.get_ydata() * guide.get_xdata(), 2.0**-52)


def test_explosion_draws_the_line_that_none_can_cross():
    r = np.geomspace(1e-8, 0.5, 7)
    rows = [25 / (1 + r), 625 / (1 + r)]
    (axes,) = figures.explosion(r, rows, ["1 layer", "2"]).axes
    for line, row in zip(axes.lines, rows, strict=False):
        np.testing.assert_array_equal(line.get_data(), [r, row])
    np.testing.assert_allclose(axes.lines[2].get_ydata() * r, 0.5)
    assert list(axes.lines[3].get_ydata()) == [1, 1]
    assert {"1 layer", "2"} < {text.get_text() for text in axes.texts}


def test_windows_are_a_column_of_dots_for_each_depth():
    widths = np.linspace(0, 0.4, 20).reshape(2, 10)
    (axes,) = figures.windows([1, 2], widths, 0.4477).axes
    for line, depth, row in zip(axes.lines, (1, 2), widths, strict=False):
        x, y = line.get_data()
        np.testing.assert_array_equal(y, row)
        assert np.all(np.abs(x - depth) < 0.5)
    assert list(axes.lines[2].get_ydata()) == [0.4477, 0.4477]
    assert axes.texts[0].get_text() == "0.4477"
    assert axes.get_ylim()[0] < 0 < widths.max() < axes.get_ylim()[1]


def test_region_shades_the_steep_inputs():
    w, a = np.linspace(-2, 2, 41), np.linspace(-1, 1, 21)
    steep = w * a[:, None] > 0.5
    (axes,) = figures.region(w, a, steep, w / 4, w / 3).axes
    (shade,) = axes.collections
    inside = shade.get_paths()[0].contains_point
    assert inside((1.8, 0.8)) and inside((-1.8, -0.8))
    assert not inside((1.8, -0.8)) and not inside((0, 0))
    for line, ends in zip(axes.lines, (w / 4, w / 3), strict=True):
        np.testing.assert_array_equal(line.get_data(), [w, ends])


@pytest.mark.parametrize(
    "figure",
    [
        figures.counted(W, W / 50),
        figures.bars(W, W / 100, np.array([5]), np.array([1])),
        figures.steep_inputs(W),
        figures.width_and_interval(W, W / 50, W, 0.3),
        figures.limits(SPREAD, SPREAD, SPREAD, SPREAD),
        figures.lost_digits(SPREAD, SPREAD, SPREAD, SPREAD),
        figures.explosion(SPREAD, [SPREAD], ["1"]),
        figures.windows([1, 2], np.ones((2, 3)) / 5, 0.4477),
        figures.region(W, W, np.tri(33), W, W),
    ],
)
def test_axes_are_named_and_pictures_have_no_title(figure):
    for axes in figure.axes:
        assert axes.get_xlabel()
        assert axes.get_ylabel() or axes is not figure.axes[0]
        assert not axes.get_title()
    assert "<svg" in figure.svg()


def test_printed_and_true_ends_can_move():
    a = np.linspace(-2, 2, 9)
    figure = figures.printed_interval(a)
    (axes,) = figure.axes
    found = figure.findobj(lambda artist: artist.get_gid() is not None)
    assert {artist.get_gid() for artist in found} == {"gain", "interval", "left", "right"}
    assert len(found) == 4
    gain = next(artist for artist in found if artist.get_gid() == "gain")
    np.testing.assert_array_equal(gain.get_xdata(), a)
    assert [1, 1] in [list(line.get_ydata()) for line in axes.lines if line.get_gid() is None]
    assert axes.get_xlim() == (-2, 2) and axes.get_ylim()[1] > 12 / 4
    assert axes.get_xlabel() and axes.get_ylabel() and not axes.get_title()
    assert "<svg" in figure.svg()
