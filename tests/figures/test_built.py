"""Pictures of built and learned networks show the numbers they are given."""

import numpy as np

from slopes.figures import built as figures

X = np.linspace(0, 1, 11)


def labelled(axes):
    return {line.get_label(): line for line in axes.lines}


def test_drawings_lie_over_their_target():
    (axes,) = figures.drawings(X, X**2, [X, X / 2], ["built", "learned"]).axes
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), X**2)
    lines = labelled(axes)
    np.testing.assert_array_equal(lines["built"].get_ydata(), X)
    np.testing.assert_array_equal(lines["learned"].get_ydata(), X / 2)
    assert lines["built"].get_linestyle() != lines["learned"].get_linestyle()


def test_each_part_has_a_line_over_the_epochs():
    shares = np.array([[3, 0], [1, 0.2], [0.9, 0.1]])
    (axes,) = figures.parts(np.array([0, 10, 100]), shares, ["constant", "wave"]).axes
    lines = labelled(axes)
    np.testing.assert_array_equal(lines["constant"].get_ydata(), [3, 1, 0.9])
    np.testing.assert_array_equal(lines["wave"].get_ydata(), [0, 0.2, 0.1])
    low, high = axes.get_ylim()
    assert low < 0 and high > 3


def test_refitted_rows_show_errors_and_jumps():
    w = np.array([10, 100])
    left, right = figures.refitted(w, [w / 1e3, w / 1e4], [w / w, w], ["sampled", "fitted"]).axes
    np.testing.assert_array_equal(labelled(left)["fitted"].get_ydata(), w / 1e4)
    np.testing.assert_array_equal(labelled(right)["fitted"].get_ydata(), w)
    assert left.get_yscale() == right.get_yscale() == "log"


def test_found_waves_lie_beside_their_law():
    epochs, shares = np.array([10, 100]), np.array([[[0.1, 0.9], [0.0, 0.2]]])
    left, right = figures.found(epochs, shares, shares / 2, ["row"]).axes
    law, measured = right.lines
    np.testing.assert_array_equal(law.get_ydata(), [0.0, 0.1])
    np.testing.assert_array_equal(measured.get_ydata(), [0.0, 0.2])
    assert law.get_linestyle() == "--" and left.get_xscale() == "log"


def test_jumps_can_move_with_their_drawing():
    at = np.linspace(0, 1, 5)
    left, right = figures.heights(X, X**2, at).axes
    (drawing,) = [line for line in left.lines if line.get_gid() == "drawing"]
    np.testing.assert_array_equal(drawing.get_xdata(), X)
    (jumps,) = right.lines
    assert jumps.get_gid() == "jumps" and len(jumps.get_xdata()) == 5


def test_methods_have_a_line_for_each_start():
    errors = np.array([[0.1, 0.01], [0.2, 0.02]])
    (axes,) = figures.methods(errors, ["here", "there"], ["descent", "Adam"]).axes
    np.testing.assert_array_equal(labelled(axes)["there"].get_ydata(), [0.2, 0.02])
    assert [text.get_text() for text in axes.get_xticklabels()] == ["descent", "Adam"]


def test_travel_shows_measured_points_below_a_bound():
    w = np.array([10, 100])
    (axes,) = figures.travel(w, 0.5 / w**2, 1.3 / w**2).axes
    lines = labelled(axes)
    np.testing.assert_array_equal(lines["measured"].get_ydata(), 0.5 / w**2)
    np.testing.assert_array_equal(lines["bound"].get_ydata(), 1.3 / w**2)
    assert axes.get_xscale() == axes.get_yscale() == "log"


def test_losses_have_a_named_line_each():
    ratio = np.geomspace(1.5, 100, 4)
    (axes,) = figures.loss(ratio, [ratio / 4, ratio / 2], ["one row", "copies"]).axes
    lines = labelled(axes)
    np.testing.assert_array_equal(lines["one row"].get_ydata(), ratio / 4)
    np.testing.assert_array_equal(lines["copies"].get_ydata(), ratio / 2)
