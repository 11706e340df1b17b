"""The picture of an explorable: matplotlib's own, with slots."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from explore.examples import X, every_kind, one_line
from slopes.explore import explore, slider
from slopes.explore.page.html import html
from slopes.figures._house import panels


def test_a_line_lies_where_matplotlib_draws_it():
    figure, axes = panels()
    (drawn,) = axes.plot(X, X, gid="line")
    axes.set(xlim=(-1, 2), ylim=(-30, 30), xscale="linear")
    explorable = explore(figure, lambda w: {"line": np.sin(w * X) * 20}, w=slider(0, 9, 5))
    ours = re.search(r'data-artist="line"><path d="M([^"]*)"', explorable.svg())[1]
    drawn.set_ydata(np.sin(5 * X) * 20)
    theirs = re.search(r'<g id="line">\s*<path d="([^"]*)"', figure.svg())[1]
    ours, theirs = (
        np.array(re.findall(r"-?\d+\.?\d*", each), dtype=float).reshape(-1, 2)
        for each in (ours, theirs)
    )
    assert np.abs(ours - theirs).max() <= 0.006


@pytest.mark.parametrize("example", [every_kind, one_line])
def test_ids_are_the_explorable_s_own_and_all_of_them_used(example):
    explorable = example()
    text = explorable.svg()
    assert not re.search(r'id="(?!explorable)', html(explorable))
    ids = re.findall(r'id="([^"]*)"', text)
    used = set(re.findall(r"#(explorable[^)\"]*)", text))
    assert all(each.startswith(explorable.prefix + "-") for each in ids)
    assert len(ids) == len(set(ids)) and used == set(ids)


def test_there_is_nothing_in_the_picture_but_the_picture():
    text = every_kind().svg()
    assert not re.search(r"<style|<metadata|<!--|xlink|\ue000", text)
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img" and root.get("aria-label") == ""


def test_numbers_are_rounded_to_hundredths():
    text = re.sub(r'(transform|href|style)="[^"]*"|>[^<]*<', "", every_kind().svg())
    assert not re.search(r"\d\.\d{3}", text)


def test_heat_maps_are_images_the_right_way_up():
    explorable = every_kind()
    by_name = {artist.name: artist for artist in explorable.template.artists}
    assert by_name["heat"].flips == (0, 1)  # the first row of a mesh is the lowest
    assert by_name["image"].flips == (0, 0)  # the first row of an image is the highest
