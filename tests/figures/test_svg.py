"""Light SVG: what it leaves out does not show."""

import re
from xml.etree.ElementTree import fromstring

import numpy as np
import pytest

from slopes.figures._house import panels
from slopes.figures._svg import light


def example():
    figure, axes = panels()
    axes.plot(np.linspace(0, 1, 40), np.linspace(0, 1, 40) ** 2)
    axes.plot(np.linspace(0, 1, 40), np.linspace(0, 1, 40), "s", color="#33aa11")
    axes.set(xlabel="input $x_1$")
    return figure.svg()


def places(path):
    """The points of a path, in places of the picture."""
    here, found = np.zeros(2), []
    for letter, numbers in re.findall(r"([MLl])([^MLlz]*)", path):
        row = np.array(re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers), dtype=float).reshape(-1, 2)
        for point in row:
            here = here + point if letter == "l" else point
            found.append(here)
    return np.array(found)


def test_a_light_picture_is_half_as_long():
    svg = example()
    assert len(light(svg)) < 0.6 * len(svg)


def test_lines_stay_in_place():
    svg = example()
    full = re.findall(r' d="(M [-\d.]+ [-\d.]+\s+L[^"QC]*)"', svg)
    short = [d for d in re.findall(r' d="([^"]*)"', light(svg)) if "Q" not in d]
    longest = max(full, key=len), max(short, key=len)
    assert len(places(longest[0])) == 40
    np.testing.assert_allclose(places(longest[1]), places(longest[0]), atol=0.0051)


def test_markers_and_letters_stay_in_place():
    svg, short = example(), light(example())
    uses = re.findall(r'<use xlink:href="#m\w+" x="([\d.]+)" y="([\d.]+)"', svg)
    kept = re.findall(r'<use href="#g-\d+" x="([\d.]+)" y="([\d.]+)"', short)
    np.testing.assert_allclose(
        np.array(kept[-40:], float), np.array(uses[-40:], float), atol=0.0051
    )
    moved = re.findall(r'transform="translate\(([\d.]+) 0\)"', svg)
    assert moved and all(f'x="{round(float(each), 2):g}"' in short for each in moved)


def test_a_row_of_markers_says_once_how_it_looks():
    text = light(example())
    assert text.count("<use") > 40 and text.count("fill:#3a1") == 1


def test_every_name_in_a_light_picture_is_used():
    figure, axes = panels()
    figure.colorbar(axes.imshow([[1, 2], [3, 4]]), label="$x_1$")
    text = light(figure.svg())
    root = fromstring(text)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert ids and all(f"#{each}" in text for each in ids)


@pytest.mark.parametrize("d", ["M1 1Q2 2 3 3L4 4z", "M0 0z"])
def test_curves_keep_their_course(d):
    text = light(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{d}"/></svg>')
    assert d in text
