"""What `explore` takes and what it refuses."""

import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from explore.examples import GRID, X, every_kind, one_line
from slopes.activation import SIGMOID, TANH
from slopes.explore import choice, explore, slider
from slopes.explore.page.html import html
from slopes.explore.page.template import Template
from slopes.figures import name_bars, panels


def refused(error, match, draw, update, **options):
    """`explore` refuses `update` for the figure that `draw` makes."""
    figure, axes = panels()
    draw(axes)
    with pytest.raises(error, match=match):
        explore(figure, update, **(options or {"w": slider(0, 1, 0.5)}))


def line(axes):
    axes.plot(X, X, gid="line")


def test_text_says_where_the_controls_stand():
    assert repr(one_line(w=slider(-2, 2, 0.5))) == "Explorable(w=0.5)"
    update = lambda w, f: {"line": f.value(w * X)}  # noqa: E731
    controls = {"w": slider(-2, 2, 1), "f": choice(SIGMOID, TANH)}
    assert repr(one_line(update, **controls)) == "Explorable(w=1.0, f=sigmoid)"


def test_a_bundle_carries_the_widget_the_page_and_text():
    bundle = one_line()._repr_mimebundle_()
    kinds = {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert set(bundle) == kinds
    assert bundle["text/plain"] == "Explorable(w=1.0)"


def test_the_figure_is_left_as_it_was():
    explorable = every_kind()
    picture = lambda: _coarse(explorable.figure.svg())  # noqa: E731
    before = picture()
    explorable.svg(w=3)
    html(explorable)
    Template(explorable.figure, explorable.template.artists, "again")
    assert picture() == before


def _coarse(svg):
    """An SVG without the last digits and the ids that matplotlib makes of them."""
    svg = re.sub(r"\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", svg)
    return re.sub(r"p[0-9a-f]{10}", "id", svg)


UNKNOWN = "'lines', which is neither one number nor an artist of the figure .*; did you mean 'line'"


@pytest.mark.parametrize(
    ("error", "match", "update"),
    [
        (TypeError, UNKNOWN, lambda w: {"lines": w * X}),
        (TypeError, r"'zeta', which is neither .*\(line\)$", lambda w: {"zeta": w * X}),
        (ValueError, r"heights of shape \(3,\); give shape \(60,\)", lambda w: {"line": X[:3]}),
        (ValueError, "'line' is given a tuple of 3; give y, or", lambda w: {"line": (X, X, X)}),
        (TypeError, "heights of type <U1; give numbers", lambda w: {"line": "a"}),
        (TypeError, "update returns None; return a dictionary", lambda w: None),
        (TypeError, "return a dictionary of names", lambda w: {1: 2}),
        (TypeError, r"update\(v\) does not take the controls w", lambda v: {"line": X}),
        (TypeError, r"update\(w, b\) does not take .* w: .*'b'", lambda w, b: {"line": X}),
        (ValueError, "given no goal in words", lambda w: {"line": X, "goal": w > 0}),
        (TypeError, "update is 3; give the function", 3),
    ],
)  # fmt: skip
def test_an_update_that_does_not_fit_is_refused(error, match, update):
    refused(error, match, line, update)


def test_a_goal_in_words_needs_a_condition():
    refused(
        ValueError,
        "returns no 'goal'",
        line,
        lambda w: {"line": w * X},
        goal="Up.",
        w=slider(0, 1, 0),
    )


def test_controls_must_be_controls():
    refused(TypeError, "w is 3; give slider", line, lambda w: {"line": w * X}, w=3)
    figure, axes = panels()
    line(axes)
    with pytest.raises(ValueError, match="no controls"):
        explore(figure, lambda: {"line": X})


def test_a_figure_that_is_no_picture_is_refused():
    figure, axes = plt.subplots()
    plt.close(figure)
    line(axes)
    match = r"^figure is <Figure.*>; give a Picture, such as what slopes\.figures\.panels returns$"
    with pytest.raises(TypeError, match=match):
        explore(figure, lambda w: {"line": w * X}, w=slider(0, 1, 0.5))


def test_the_picture_in_the_guide_has_a_slider():
    guide = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(import numpy.*?\n)explore\((.*?)\)\n```", guide, re.DOTALL)
    names = {}
    exec(code[0], names)
    explorable = eval(f"explore({code[1]})", names)
    shown = explorable.state(frequency=2).artists["wave"][1]
    np.testing.assert_array_equal(shown, np.sin(2 * names["x"]))
    assert explorable.svg(frequency=2) != explorable.svg() and "explorable-controls" in html(
        explorable
    )


CELLS, UNIT = np.ones((2, 2)), {"vmin": 0, "vmax": 1, "gid": "it"}
CANNOT_MOVE = [
    (lambda axes: axes.scatter(X, X, gid="it"), X, "a PathCollection that cannot move"),
    (lambda axes: axes.vlines([0], 0, 1, gid="it"), X, "a LineCollection that cannot move"),
    (lambda axes: axes.annotate("a {}", (0, 0), gid="it"), 1, "an? Annotation that cannot move"),
    (lambda axes: axes.bar([0], [1])[0].set_gid("it"), 1, "with name_bars"),
    (lambda axes: axes.plot(0.5, 0.5, transform=axes.transAxes, gid="it"), 1, "Line2D that cannot"),
    (lambda axes: axes.imshow(CELLS, gid="it", norm="symlog"), CELLS, "use Normalize or LogNorm"),
]
MISFIT = [
    (lambda axes: axes.step(X, X, gid="it"), X, "repeat its points"),
    (lambda axes: axes.plot(X, X, markevery=3, gid="it"), X, "has markevery"),
    (lambda axes: axes.text(0, 0, "no number", gid="it"), 1, "give it one number"),
    (lambda axes: axes.text(0, 0, "{} {}", gid="it"), 1, "give it one number"),
    (lambda axes: axes.text(0, 0, "{:x}", gid="it"), 1, "give it one number"),
    (lambda axes: axes.text(0, 0, "{}", rotation=9, gid="it"), 1, "draw it plain"),
    (lambda axes: axes.fill_between(X, X, X * np.nan, gid="it"), (X, X), "in 0 pieces"),
    (lambda axes: axes.fill_between(X, X, X, gid="it"), X, r"give \(low, high\)"),
    (lambda axes: axes.axvspan(0, 1, gid="it"), 1, r"give \(low, high\)"),
    (lambda axes: axes.axvline(0, gid="it"), X, r"its place of shape \(60,\)"),
    (lambda axes: name_bars(axes.bar([0, 1], [1, 1]), "it"), X, r"give shape \(2,\)"),
    (lambda axes: axes.imshow(CELLS, gid="it"), CELLS, "give vmin and vmax"),
    (lambda axes: axes.imshow(np.ones((2, 2, 3)), **UNIT), CELLS, "give rows and columns"),
    (lambda axes: axes.pcolormesh([0, 1, 3], GRID[:3], CELLS, **UNIT), CELLS, "unequal size"),
    (lambda axes: axes.pcolormesh(CELLS, shading="gouraud", **UNIT), CELLS, "shaded smoothly"),
    (lambda axes: (axes.set_yscale("symlog"), axes.plot(X, X, gid="it")), X, "linear or log"),
    (lambda axes: (axes.imshow(CELLS, **UNIT), axes.set_xlim(0, 1)), CELLS, "beyond its axes"),
]


@pytest.mark.parametrize(("draw", "value", "match"), CANNOT_MOVE)
def test_an_artist_that_cannot_move_is_refused(draw, value, match):
    refused(TypeError, match, draw, lambda w: {"it": value})


@pytest.mark.parametrize(("draw", "value", "match"), MISFIT)
def test_an_artist_and_its_value_must_fit(draw, value, match):
    refused(ValueError, match, draw, lambda w: {"it": value})


def test_two_artists_of_one_name_are_refused():
    def twice(axes):
        axes.plot(X, X, gid="line")
        axes.plot(X, X, gid="line")

    refused(ValueError, "two artists of the figure have the gid 'line'", twice, lambda w: {})


@pytest.mark.parametrize(
    ("drags", "match"),
    [
        ({"line": ("w", "v")}, "give a line with markers"),
        ({"nothing": ("w", "v")}, "drags names 'nothing'"),
        ({"dots": ("w",)}, "has 2 points and drags gives 1 sliders"),
        ({"dots": ("w", "f")}, "'f', which is not a slider"),
    ],
)
def test_drags_that_do_not_fit_are_refused(drags, match):
    def draw(axes):
        line(axes)
        axes.plot([0, 1], [0, 1], "o", gid="dots")

    def update(w, v, f):
        return {"line": X, "dots": np.stack([w, v])}

    controls = {"w": slider(0, 1, 0), "v": slider(0, 1, 0), "f": choice(1, 2)}
    refused(ValueError, match, draw, update, drags=drags, **controls)


def test_a_still_artist_with_a_name_may_stay():
    figure, axes = panels()
    axes.plot(X, X, gid="line")
    axes.scatter(X, X, gid="still")
    explorable = explore(figure, lambda w: {"line": w * X}, w=slider(0, 1, 0.5))
    assert 'data-artist="line"' in explorable.svg() and "still" not in explorable.svg()


NOTEBOOK = """
height = 1.0

def raised(y):
    return y + height

def update(w, *, times=2.0):
    return {"line": raised(times * w * X), "height": raised(height)}
"""


def test_later_cells_do_not_change_an_earlier_figure():
    space = {"X": X}
    exec(NOTEBOOK, space)
    explorable = one_line(space["update"], w=slider(-2, 2, 1))
    before, state = explorable.svg(w=0.5), explorable.state(w=0.5)
    exec("height, X = 5.0, -X", space)
    assert explorable.svg(w=0.5) == before
    assert explorable.state(w=0.5).numbers == state.numbers == {"height": 2.0}
