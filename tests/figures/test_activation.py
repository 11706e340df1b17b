"""Pictures of activations show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.activation import SIGMOID, TANH
from slopes.figures import activation as figures

LAYER = np.arange(1, 11)


def named_artists(figure):
    """What can move in a figure, by name."""
    found = figure.findobj(lambda artist: artist.get_gid() is not None)
    names = [artist.get_gid() for artist in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, found, strict=True))


def test_slopes_are_drawn_as_given():
    z = np.linspace(-6, 6, 25)
    values, slopes = [SIGMOID.value(z), TANH.value(z)], [SIGMOID.slope(z), TANH.slope(z)]
    left, right = figures.slopes(z, values, slopes).axes
    for axes, rows in ((left, values), (right, slopes)):
        for line, row in zip(axes.lines, rows, strict=True):
            np.testing.assert_array_equal(line.get_data(), [z, row])
        assert {text.get_text() for text in axes.texts} == {"sigmoid", "tanh"}
        low, high = axes.get_ylim()
        assert low <= np.min(rows) and np.max(rows) <= high


def test_map_has_cells_centred_on_its_numbers():
    w, a = np.linspace(-12, 12, 193), np.linspace(-1, 2, 61)
    figure = figures.steep_map(w, a)
    artists = named_artists(figure)
    assert set(artists) == {"gain", "low", "high", "neuron"}
    left, right, bottom, top = artists["gain"].get_extent()
    assert artists["gain"].get_array().shape == (61, 193)
    assert artists["gain"].origin == "lower"
    assert (right - left) / 193 == pytest.approx(w[1] - w[0])
    assert left + (right - left) / 193 / 2 == pytest.approx(w[0])
    assert bottom + (top - bottom) / 61 / 2 == pytest.approx(a[0])
    for name in ("low", "high"):
        np.testing.assert_array_equal(artists[name].get_xdata(), w)


def test_settling_shows_every_chain_and_both_rules():
    rows = np.linspace(0.1, 0.2, 30).reshape(3, 10)
    (axes,) = figures.settling(LAYER, rows, 0.25, 0.2247, ["−5", "0", "5"]).axes
    for line, row in zip(axes.lines, rows, strict=False):
        np.testing.assert_array_equal(line.get_data(), [LAYER, row])
    assert [line.get_ydata()[0] for line in axes.lines[3:]] == [0.25, 0.2247]
    assert [text.get_text() for text in axes.texts] == ["bound 0.25", "limit 0.2247"]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["−5", "0", "5"]


def test_decay_draws_a_line_of_the_given_slope():
    depth = np.arange(1, 1001)
    rows = np.stack([depth**-1.5, 0.1 * depth**-1.5])
    (axes,) = figures.decay(depth, rows, ["1", "2"], 30, -1.5).axes
    *chains, guide = axes.lines
    for line, row in zip(chains, rows, strict=True):
        np.testing.assert_array_equal(line.get_data(), [depth, row])
    x, y = guide.get_data()
    assert x[0] == 30
    np.testing.assert_allclose(np.diff(np.log(y)) / np.diff(np.log(x)), -1.5, rtol=1e-9)
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert [text.get_text() for text in axes.texts] == ["1", "2", "slope −1.5 "]


def test_against_bound_names_its_two_lines():
    figure = figures.against_bound(LAYER)
    artists = named_artists(figure)
    assert set(artists) == {"bound", "passed"}
    for line in artists.values():
        np.testing.assert_array_equal(line.get_xdata(), LAYER)
    assert figure.axes[0].get_yscale() == "log"
    assert artists["bound"].get_linestyle() != artists["passed"].get_linestyle()


@pytest.mark.parametrize(
    "picture",
    [
        figures.steep_map(np.linspace(-1, 1, 5), np.linspace(0, 1, 5)),
        figures.settling(LAYER, np.ones((3, 10)), 1, 0.5, "abc"),
        figures.against_bound(LAYER),
    ],
)
def test_pictures_name_their_axes_and_have_no_title(picture):
    for axes in picture.axes:
        assert axes.get_title() == ""
        assert axes.get_ylabel()
    assert picture.axes[0].get_xlabel()


def test_a_picture_made_twice_is_the_same_to_the_byte():
    w, a = np.linspace(-1, 1, 5), np.linspace(0, 1, 5)
    assert figures.steep_map(w, a).svg() == figures.steep_map(w, a).svg()
