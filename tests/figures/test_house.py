"""How a picture shows itself."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from slopes.figures._house import heat_map, panels


@pytest.mark.parametrize(("count", "decimals"), [(50, 2), (9000, 1)])
def test_paths_keep_two_decimals_or_one_and_stay_in_place(count, decimals):
    figure, axes = panels()
    x = np.linspace(0, 1, count)
    y = np.sin(9 * x)
    with plt.rc_context({"path.simplify": False}):  # all points, so that each can be looked for
        axes.plot(x, y, gid="wave")
        path = re.search(r'<g id="wave">\s*<path d="([^"]*)"', figure.svg())[1]
    numbers = re.findall(r"-?\d+\.?\d*", path)
    assert max(len(each.partition(".")[2]) for each in numbers) == decimals
    shown = np.array(numbers, float).reshape(-1, 2)
    figure.set_dpi(72)
    places = axes.transData.transform(np.column_stack([x, y]))
    near = 2 * 10.0**-decimals
    np.testing.assert_allclose(shown[:, 0] - shown[0, 0], places[:, 0] - places[0, 0], atol=near)
    np.testing.assert_allclose(shown[0, 1] - shown[:, 1], places[:, 1] - places[0, 1], atol=near)


def test_a_picture_is_the_same_bytes_on_every_run():
    figure, axes = panels()
    axes.plot([0, 1], [0, 1 / 3])
    assert figure.svg() == figure.svg()


def test_a_cell_of_a_heat_map_stands_around_its_pair():
    _, axes = panels()
    image = heat_map(axes, [0.0, 0.5, 1.0], [2.0, 3.0], [[0, 0, 1], [0, 0, 0]], low=-1)
    assert tuple(image.get_extent()) == (-0.25, 1.25, 1.5, 3.5)
    assert axes.get_xlim() == (-0.25, 1.25) and axes.get_ylim() == (1.5, 3.5)
    assert image.get_clim() == (-1, 1) and image.origin == "lower"
    shown = image.get_array()
    assert shown[0, 2] == 1 and shown.sum() == 1  # the lowest row belongs to the first of y
