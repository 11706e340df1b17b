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
    count = {"q": 2, "c": 3}
    for letter, numbers in re.findall(r"([MLQClqc])([^MLQClqcz]*)", path):
        row = np.array(re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers), dtype=float).reshape(-1, 2)
        for i, point in enumerate(row, 1):
            found.append(here + point if letter.islower() else point)
            if i % count.get(letter, 1) == 0:
                here = found[-1]
    return np.array(found)


def test_a_light_picture_is_half_as_long():
    svg = example()
    assert len(light(svg)) < 0.6 * len(svg)


def test_lines_stay_in_place():
    svg = example()
    full = re.findall(r' d="(M [-\d.]+ [-\d.]+\s+L[^"QC]*)"', svg)
    short = [d for d in re.findall(r' d="([^"]*)"', light(svg)) if "q" not in d.lower()]
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


@pytest.mark.parametrize(
    ("d", "short"),
    [
        ("M 1 1 Q 2 2 3 3 L 4 4 z", "M1 1q1 1 2 2l1 1z"),
        ("M 0 0 z M 1.255 -2 L 0 0 L 1 0.5", "M0 0zM1.25-2l-1.25 2 1 .5"),
        ("M 9 9 C 8 8 7 7 6 6 C 5 5 4 4 3 3", "M9 9c-1-1-2-2-3-3-1-1-2-2-3-3"),
        ("M 12345.67 1 L 12345.68 1", "M12345.67 1l.01 0"),
        ("M 1 1 A 2 2 0 0 1 3.14159 3", "M1 1A2 2 0 0 1 3.14 3"),
    ],
)
def test_paths_go_by_steps_where_their_commands_are_known(d, short):
    text = light(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{d}"/></svg>')
    assert f'd="{short}"' in text


def test_letters_keep_their_shapes():
    def shapes(svg):
        return [places(each) for each in re.findall(r' d="(M[^"]*Q[^"]*|M[^"]*q[^"]*)"', svg)]

    full, short = shapes(example()), shapes(light(example()))
    assert len(short) > 5
    for shape in short:
        near = [
            each for each in full if each.shape == shape.shape and np.abs(each - shape).max() < 0.01
        ]
        assert near
