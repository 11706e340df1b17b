"""Pictures on narrow screens: where their panels stand, how large their letters are."""

import itertools
import re

import numpy as np
import pytest

from slopes.figures._house import panels
from slopes.figures._narrow import WIDTH, when_narrow


def plain(svg):
    """SVG text without the names that stand for places to a ten-billionth of a point."""
    return re.sub(r"#?p[0-9a-f]{10}", "", svg)


def various():
    """Four panels with words, formulas, legends and a bar of colours."""
    figure, ((a, b), (c, d)) = panels(2, 2, sharey="row")
    x = np.linspace(1, 2, 30)
    a.plot(x, x, label="one line")
    a.set(xlabel="input $x_1$", ylabel="a label that is much longer than the axis it stands along")
    b.plot(x, x**2, label="another")
    b.legend()
    c.bar(["a long name", "a longer one", "the longest name of all"], [1, 2, 3])
    c.set(ylabel="bars")
    image = d.imshow([[1, 2], [3, 4]], aspect="auto")
    figure.colorbar(image, ax=d)
    a.text(1, 1, "a text in a place", fontsize=8)
    a.text(1, 1.5, r"$\sigma'(z)$", fontsize=8)
    figure.legend([*a.lines, *b.lines, *a.lines, *b.lines], [f"{'long' * 4}{i}" for i in range(4)])
    return figure, (a, b, c, d)


def test_a_picture_is_afterwards_what_it_was():
    (figure, _), (untouched, _) = various(), various()
    narrow = figure.narrow_svg()
    wide = untouched.svg()
    assert plain(figure.svg()) == plain(wide) != plain(narrow)


def test_a_narrow_picture_is_the_same_bytes_on_every_run():
    assert various()[0].narrow_svg() == various()[0].narrow_svg()


def test_a_fault_leaves_the_picture_as_it_was():
    (figure, _), (untouched, _) = various(), various()
    with pytest.raises(ZeroDivisionError), figure.narrow():
        raise ZeroDivisionError
    assert plain(figure.svg()) == plain(untouched.svg())


def test_panels_stand_below_each_other_in_the_order_of_reading():
    figure, axes = various()
    with figure.narrow():
        boxes = [each.get_position() for each in axes]
        assert figure.get_figwidth() == WIDTH
    assert all(upper.y0 > lower.y1 for upper, lower in itertools.pairwise(boxes))
    assert max(box.x0 for box in boxes) - min(box.x0 for box in boxes) < 1e-6


def test_many_panels_stand_in_two_rows():
    figure, axes = panels(1, 10, figsize=(6.4, 0.95))
    with figure.narrow():
        places = [each.get_position() for each in axes]
    assert len({round(place.y0, 6) for place in places}) == 2


def test_a_panel_gets_the_label_and_the_numbers_that_it_shares():
    figure, (left, right) = panels(1, 2, sharey=True)
    left.set_ylabel("height")
    with figure.narrow():
        assert right.get_ylabel() == "height"
        assert right.yaxis.get_tick_params()["labelleft"]
    assert right.get_ylabel() == "" and not right.yaxis.get_tick_params()["labelleft"]


def test_a_panel_with_another_scale_gets_no_label():
    figure, (left, right) = panels(1, 2)
    left.set_ylabel("height")
    with figure.narrow():
        assert right.get_ylabel() == ""


def test_letters_and_scripts_are_at_least_eleven_pixels_high():
    figure, (a, *_) = various()
    a.set(yscale="log")
    with figure.narrow():
        figure.svg()
        texts = [text for text in figure.findobj(lambda each: hasattr(each, "get_fontsize"))]
        shown = [text for text in texts if text.get_text()]
        pixels = 366 / (72 * WIDTH)
        assert len(shown) > 20
        for text in shown:
            scripted = re.search(r"\$[^$]*[_^']", text.get_text())
            smallest = text.get_fontsize() * (0.7 if scripted else 1)
            assert smallest * pixels >= 11, text.get_text()


def test_a_label_that_is_longer_than_its_axis_is_broken_outside_of_formulas():
    figure, axes = panels()
    axes.set_ylabel(
        "the size of the gradient $a b c d e f g h$ of a network that is deep, and deeper"
    )
    with figure.narrow():
        first, second = axes.get_ylabel().split("\n")
    assert f"{first} {second}" == axes.get_ylabel() and "a b c d e f g h" in axes.get_ylabel()
    assert first.count("$") in (0, 2)


def test_long_names_slant_and_numbers_do_not():
    figure, (_, _, c, d) = various()
    with figure.narrow():
        assert c.get_xticklabels()[0].get_rotation() == 30
        assert d.get_xticklabels()[0].get_rotation() == 0


def test_a_legend_that_is_too_wide_gets_two_columns():
    figure, axes = panels()
    for i in range(4):
        axes.plot([0, 1], [0, i], label=f"quite a long name {i}")
    axes.legend(ncols=4)
    wide = axes.get_legend()
    with figure.narrow():
        legend = axes.get_legend()
        assert legend is not wide
        assert legend.get_window_extent().width < figure.bbox.width
        assert legend.get_window_extent().y0 >= axes.bbox.y1
    assert axes.get_legend() is wide


def test_a_legend_stands_where_it_covers_least_unless_something_moves():
    for gid in (None, "moving"):
        figure, axes = panels()
        axes.plot([0, 1], [0, 1], label="up", gid=gid)
        axes.legend(loc="upper right")
        with figure.narrow():
            place = axes.get_legend().get_window_extent()
            left = (place.x0 + place.x1) / 2 < (axes.bbox.x0 + axes.bbox.x1) / 2
        assert left == (gid is None)


def test_an_artist_may_differ_when_it_is_narrow():
    figure, axes = panels()
    text = axes.text(0.5, 0.5, "here")
    when_narrow(text, position=(0.1, 0.2))
    when_narrow(axes, ylim=(-5, 5))
    before = axes.get_ylim()
    with figure.narrow():
        assert text.get_position() == (0.1, 0.2) and axes.get_ylim() == (-5, 5)
    assert text.get_position() == (0.5, 0.5) and axes.get_ylim() == before
