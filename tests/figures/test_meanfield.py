"""Pictures of mean-field theory show the numbers they are given, and name what can move."""

import numpy as np

from slopes.figures import meanfield as figures
from slopes.meanfield import CriticalLine


def named_artists(figure):
    found = figure.findobj(lambda artist: artist.get_gid() is not None)
    names = [artist.get_gid() for artist in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, found, strict=True))


def test_variance_maps_are_drawn_with_their_fixed_points():
    q = np.linspace(0, 3, 7)
    (axes,) = figures.variance_maps(q, [q / 2, 1 + q / 3], [0, 1.5], ["half", "third"]).axes
    diagonal, first, at, second, beside = axes.lines
    np.testing.assert_array_equal(diagonal.get_data(), [q, q])
    np.testing.assert_array_equal(first.get_data(), [q, q / 2])
    np.testing.assert_array_equal(second.get_data(), [q, 1 + q / 3])
    assert [at.get_xdata()[0], beside.get_ydata()[0]] == [0, 1.5]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["half", "third"]


def test_phases_lie_where_their_axes_say():
    scale = np.arange(12.0).reshape(3, 4)
    line = CriticalLine(np.array([1, 2]), np.array([0, 0.5]))
    figure = figures.phases(
        [(0, 3), (0, 15)], [(0, 1), (0, 5)], [scale, -scale], [line, line], "ab"
    )
    left, right, _ = figure.axes
    for axes, values, ends in ((left, scale, [0, 3, 0, 1]), (right, -scale, [0, 15, 0, 5])):
        np.testing.assert_array_equal(axes.images[0].get_array(), values)
        assert list(axes.images[0].get_extent()) == ends and axes.images[0].origin == "lower"
        np.testing.assert_array_equal(axes.lines[0].get_data(), [line.w_std, line.b_std])
    assert [left.get_title(), right.get_title()] == ["a", "b"]


def test_plane_names_what_moves_and_shows_the_goal():
    layers = np.arange(101)
    figure = figures.plane(layers, reach=2)
    artists = named_artists(figure)
    assert set(artists) == {"critical", "network", "gradient"}
    np.testing.assert_array_equal(artists["gradient"].get_xdata(), layers)
    band = figure.axes[1].patches[0]
    assert (band.get_y(), band.get_height()) == (-2, 4)
