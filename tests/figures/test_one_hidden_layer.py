"""The pictures of ridges, hats and folds: what can be moved, and that the axes are named."""

import numpy as np
import pytest

from slopes.figures import one_hidden_layer as figures

X = np.linspace(0, 1, 11)
ROW = X**2
PICTURES = {
    "curves": lambda: figures.curves(X, [ROW, 1 - ROW], ["one", "two"], "t", "height", X),
    "ridge_workbench": lambda: figures.ridge_workbench(X - 0.5, 0.3),
    "errors": lambda: figures.errors(1 + X, [1 + ROW, 2 - ROW], ["one", "two"], "M"),
    "promises": lambda: figures.promises(1 + X, [1 + ROW], [2 + ROW], ["one"], "n", "error"),
    "hat": lambda: figures.hat(X, [ROW, X, -X], ["one", "two", "three"], ROW),
    "alternation": lambda: figures.alternation(X, ROW, X - 1 / 8, X[[0, 5, 10]], 1 / 8),
    "teeth": lambda: figures.teeth(X),
}


def names(figure):
    return {artist.get_gid() for artist in figure.findobj(lambda artist: artist.get_gid())}


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES)
def test_picture_is_drawn_and_its_axes_named(make):
    picture = make()
    assert picture.svg().startswith("<?xml")
    assert any(axes.get_xlabel() for axes in picture.axes)
    assert any(axes.get_ylabel() for axes in picture.axes)
    assert all(axes.get_title() == "" for axes in picture.axes)


def test_movable_artists_have_their_names():
    assert names(PICTURES["ridge_workbench"]()) == {"ridges", "profile", "cut"}
    assert names(PICTURES["teeth"]()) == {"output"}


@pytest.mark.parametrize("name", ["curves", "errors"])
def test_lines_show_the_numbers_given_in_different_styles(name):
    (axes,) = PICTURES[name]().axes
    one, two = (line for line in axes.lines if line.get_label() in ("one", "two"))
    np.testing.assert_array_equal(one.get_ydata(), ROW if name == "curves" else 1 + ROW)
    assert one.get_linestyle() != two.get_linestyle()


def test_marks_and_bound_share_a_colour():
    bound, marks = PICTURES["promises"]().axes[0].lines
    np.testing.assert_array_equal(marks.get_ydata(), 1 + ROW)
    np.testing.assert_array_equal(bound.get_ydata(), 2 + ROW)
    assert bound.get_color() == marks.get_color()


def test_zero_is_the_middle_of_the_colours_where_values_may_be_negative():
    (ridges,) = PICTURES["ridge_workbench"]().axes[0].images
    assert ridges.get_clim() == (-1, 1)
