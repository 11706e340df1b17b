"""Pictures of networks that draw show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.figures import autoregressive as figures

TABLE = np.arange(12).reshape(3, 4)
STEPS = np.arange(9)


def named_artists(figure):
    """What can move in a figure, by name."""
    found = figure.findobj(lambda artist: artist.get_gid() is not None)
    names = [artist.get_gid() for artist in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, found, strict=True))


def test_masks_write_their_taps_and_outline_the_pixel():
    tables = [np.tri(3, dtype=int), np.tri(4, dtype=int)]
    figure = figures.masks(tables, ["A", "B"])
    for axes, table, label in zip(figure.axes, tables, ["A", "B"], strict=True):
        np.testing.assert_array_equal(axes.images[0].get_array(), table)
        assert [text.get_text() for text in axes.texts] == [str(tap) for tap in table.ravel()]
        assert axes.get_xlabel() == label
        outline = axes.lines[-1]
        assert (
            np.mean(outline.get_xdata()[:4]) == np.mean(outline.get_ydata()[:4]) == len(table) // 2
        )


def test_schedules_write_their_steps_and_share_their_colours():
    figure = figures.schedules([TABLE, 2 * TABLE], ["one", "other"])
    for axes, table in zip(figure.axes, (TABLE, 2 * TABLE), strict=True):
        np.testing.assert_array_equal(axes.images[0].get_array(), table)
        assert {str(step) for step in table.ravel()} < {text.get_text() for text in axes.texts}
    assert len({axes.images[0].get_clim() for axes in figure.axes}) == 1


def test_counts_are_a_line_for_each_size():
    rows = [STEPS / 20, STEPS / 30]
    (axes,) = figures.counted(STEPS, rows, ["28", "14"]).axes
    for line, row in zip(axes.lines, rows, strict=False):
        np.testing.assert_array_equal(line.get_data(), [STEPS, row])
    assert list(axes.lines[2].get_ydata()) == [0.5, 0.5]
    assert [text.get_text() for text in axes.texts] == ["28", "14"]
    assert [text.get_position()[1] for text in axes.texts] == [row[-1] for row in rows]


def test_wavefront_names_what_moves_and_what_the_colours_mean():
    figure = figures.wavefront(3, 4, STEPS)
    artists = named_artists(figure)
    assert set(artists) == {"pixels", "progress", "now"}
    assert artists["pixels"].get_array().shape == (3, 4)
    np.testing.assert_array_equal(artists["progress"].get_xdata(), STEPS)
    assert artists["progress"].axes.get_ylim()[1] > 12
    plan = artists["pixels"].axes
    assert [text.get_text() for text in plan.texts] == ["waiting", "now", "done"]
    colours = artists["pixels"].cmap(artists["pixels"].norm([0, 1, 2]))
    lightness = colours[:, :3] @ [0.3, 0.6, 0.1]
    assert np.all(np.diff(lightness) < -0.15)


def test_step_counts_end_in_their_names():
    size = np.arange(4, 65)
    (axes,) = figures.step_counts(size, [size**2, 3 * size], ["square", "line"], 7, "level").axes
    assert axes.get_xscale() == axes.get_yscale() == "log"
    np.testing.assert_array_equal(axes.lines[0].get_data(), [size, size**2])
    assert list(axes.lines[2].get_ydata()) == [7, 7]
    assert [text.get_text() for text in axes.texts] == ["square", "line", "level"]
    heights = [text.get_position()[1] for text in axes.texts]
    assert heights == [64**2, 3 * 64, 7]


def test_gradients_between_pixels_can_move():
    figure = figures.between_pixels(5, 6, STEPS)
    artists = named_artists(figure)
    assert set(artists) == {"gradient", "total", "row"}
    assert artists["gradient"].get_array().shape == (5, 6)
    assert artists["gradient"].get_clim() == (-6, 6)
    assert artists["total"].get_linestyle() != artists["row"].get_linestyle()


def test_fields_tell_seen_from_blind_from_later():
    seen = np.array([[True, True, False], [True, False, False]])
    (axes,) = figures.fields([seen, seen], ["one", "two"]).axes[:1]
    np.testing.assert_array_equal(axes.images[0].get_array(), [[2, 2, 1], [2, 0, 0]])


@pytest.mark.parametrize(
    "figure",
    [
        figures.masks([np.tri(3)] * 2, ["A", "B"]),
        figures.schedules([TABLE, TABLE], ["one", "other"]),
        figures.counted(STEPS, [STEPS / 20], ["28"]),
        figures.wavefront(3, 4, STEPS),
        figures.step_counts(STEPS + 4, [STEPS + 5], ["line"], 7, "level"),
        figures.between_pixels(5, 6, STEPS),
        figures.fields([np.tri(3, dtype=bool)] * 2, ["one", "two"]),
    ],
)
def test_pictures_have_no_title(figure):
    assert not any(axes.get_title() for axes in figure.axes)
    assert any(axes.get_xlabel() for axes in figure.axes)
    assert "<svg" in figure.svg()
