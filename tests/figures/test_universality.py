"""The pictures of steps, bumps, ridges and hats: what can be moved, what the axes are called."""

import numpy as np
import pytest

from slopes.figures import universality as figures

X = np.linspace(0, 1, 11)
ROW = X**2
PICTURES = {
    "steps": lambda: figures.steps(X, [ROW, 1 - ROW], ["one", "two"]),
    "bumps": lambda: figures.bumps(X, [ROW, 1 - ROW], ["one", "two"], 0.2, 0.6),
    "draggable_bumps": lambda: figures.draggable_bumps(X, ROW, np.array([0.2, 0.5])),
    "beside_target": lambda: figures.beside_target(X, ROW, [1 - ROW], ["one"]),
    "errors": lambda: figures.errors(1 + X, [1 + ROW], ["one"], "number of cells"),
    "network_and_error": lambda: figures.network_and_error(X, ROW),
    "tower": lambda: figures.tower(X, X, 0.5),
    "curves": lambda: figures.curves(X, [ROW, 1 - ROW], ["one", "two"], "t", "height", X),
    "marked_errors": lambda: figures.marked_errors(1 + X, [1 + ROW, 2 - ROW], ["one", "two"], "M"),
    "promises": lambda: figures.promises(1 + X, [1 + ROW], [2 + ROW], ["one"], "n", "error"),
    "ridge_workbench": lambda: figures.ridge_workbench(X - 0.5, 0.3),
    "hat": lambda: figures.hat(X, [ROW, X, -X], ["one", "two", "three"], ROW),
    "alternation": lambda: figures.alternation(X, ROW, X - 1 / 8, X[[0, 5, 10]], 1 / 8),
    "teeth": lambda: figures.teeth(X),
    "maps": lambda: figures.maps(X, X, [np.outer(X, X), 1 - np.outer(X, X)], ["one", "two"]),
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


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ("draggable_bumps", {"network", "tops"}),
        ("network_and_error", {"network", "error"}),
        ("tower", {"height", "profile"}),
        ("ridge_workbench", {"ridges", "profile", "cut"}),
        ("teeth", {"output"}),
    ],
)
def test_movable_artists_have_their_names(picture, expected):
    assert names(PICTURES[picture]()) == expected


def test_lines_show_the_numbers_given():
    for axes in (PICTURES["steps"]().axes[0], PICTURES["bumps"]().axes[0]):
        one, two = (line for line in axes.lines if line.get_label() in ("one", "two"))
        np.testing.assert_array_equal(one.get_ydata(), ROW)
        np.testing.assert_array_equal(two.get_ydata(), 1 - ROW)
        assert one.get_linestyle() != two.get_linestyle()


def test_maps_show_the_numbers_given_in_one_range_of_colours():
    left, right = (axes.images[0] for axes in PICTURES["maps"]().axes[:2])
    np.testing.assert_array_equal(left.get_array(), np.outer(X, X))
    np.testing.assert_array_equal(right.get_array(), 1 - np.outer(X, X))
    assert left.get_clim() == right.get_clim() == (0, 1)
    assert left.get_extent() == pytest.approx((-0.05, 1.05, -0.05, 1.05))


@pytest.mark.parametrize("name", ["curves", "marked_errors"])
def test_lines_of_curves_and_errors_show_the_numbers_given(name):
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
