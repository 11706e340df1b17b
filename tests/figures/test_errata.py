"""The picture of the errata names what moves."""

import numpy as np

from slopes.figures.errata import printed_interval


def test_printed_and_true_ends_can_move():
    a = np.linspace(-2, 2, 9)
    figure = printed_interval(a)
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
