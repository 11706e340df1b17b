"""Pictures of copies show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.figures import identity as figures

X = np.linspace(0, 1, 21)
ROWS = [X**2, 0.9 * X, X**3 / 2]


def test_copies_stand_beside_the_line():
    (axes,) = figures.copies(X, ROWS, ["a", "b", "c"]).axes
    perfect, *lines = axes.lines
    np.testing.assert_array_equal(perfect.get_data(), [X, X])
    for line, row, label in zip(lines, ROWS, "abc", strict=True):
        np.testing.assert_array_equal(line.get_data(), [X, row])
        assert line.get_label() == label
    shown = [text.get_text() for text in axes.get_legend().get_texts()]
    assert shown == ["$y = x$", "a", "b", "c"]
    assert len({line.get_linestyle() for line in lines}) == 3


@pytest.mark.parametrize("draw", [figures.errors, figures.floors, figures.stacks])
def test_rows_are_drawn_as_given_and_told_apart_without_colour(draw):
    x = X + 0.01
    (axes,) = draw(x, ROWS, ["a", "b", "c"]).axes
    lines = [line for line in axes.lines if line.get_label() in "abc"]
    for line, row in zip(lines, ROWS, strict=True):
        np.testing.assert_array_equal(line.get_data(), [x, row])
    assert len({line.get_linestyle() for line in lines}) == 3
    logarithmic = draw is not figures.errors
    assert (axes.get_xscale() == axes.get_yscale() == "log") == logarithmic


def test_bound_is_shaded_below():
    (axes,) = figures.over_weights(X + 0.1, ROWS[0], ROWS[1]).axes
    error, bound = axes.lines
    np.testing.assert_array_equal(error.get_ydata(), ROWS[0])
    np.testing.assert_array_equal(bound.get_ydata(), ROWS[1])
    (shade,) = axes.collections
    low, high = shade.get_paths()[0].get_extents().intervaly
    assert (low, high) == (0, ROWS[1].max())


def test_alternation_marks_the_inputs_where_the_error_is_worst():
    touches, heights = np.array([0, 0.3, 0.7, 1]), np.array([1, -1, 1, -1]) * 0.05
    left, right = figures.alternation(X, ROWS[0], ROWS[1] / 20, touches, heights).axes
    np.testing.assert_array_equal(left.lines[1].get_data(), [X, ROWS[0]])
    upper, lower, error, marks = right.lines
    assert (upper.get_ydata()[0], lower.get_ydata()[0]) == (0.05, -0.05)
    np.testing.assert_array_equal(error.get_data(), [X, ROWS[1] / 20])
    np.testing.assert_array_equal(marks.get_data(), [touches, heights])
    (span,) = right.patches
    assert (span.get_x(), span.get_width()) == pytest.approx((0.3, 0.4))


def test_workbench_names_what_can_move():
    figure = figures.workbench(X, 0.2)
    found = figure.findobj(lambda artist: artist.get_gid() is not None)
    names = {artist.get_gid(): artist for artist in found}
    assert len(found) == 3
    assert set(names) == {"answer", "error", "worst"}
    for name in ("answer", "error"):
        np.testing.assert_array_equal(names[name].get_xdata(), X)
    assert figure.axes[1].get_ylim() == (-0.2, 0.2)
