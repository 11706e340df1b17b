"""Numbers that the chapter on pixels states in its prose and its solutions."""

import re
from math import comb

import numpy as np
import pytest

from book import CHAPTERS, prose
from slopes.autoregressive import (
    blind_spot,
    masked_connections,
    mdrnn_connections,
    mdrnn_schedule,
    mdrnn_steps,
    pixelcnn_connections,
    pixelcnn_schedule,
    pixelcnn_steps,
    receptive_field,
)

CHAPTER = CHAPTERS / "autoregressive.ipynb"


def solution(label):
    """The Python code in a worked solution, as a namespace after it has run."""
    text = prose(CHAPTER)
    code = re.search(rf":label: {label}\n.*?```python\n(.*?)```", text, re.S)[1]
    names = {"np": np, "mdrnn_connections": mdrnn_connections}
    exec(code, names)
    return names


def test_two_stacks_see_every_earlier_pixel_within_reach():
    seen_from = solution("sol-two-stacks")["seen_from"]
    seen = seen_from((8, 4), 4)
    assert seen[3:8].all() and seen[8, :4].all()
    assert not seen[:3].any() and not seen[8, 4:].any()
    plain = receptive_field(3, 4)
    assert np.all(seen[4:][plain])  # in the four rows that both reach
    assert np.count_nonzero(seen[4:] & ~plain) == blind_spot(3, 4) == 6


def test_numbers_of_the_homework_s_connections():
    assert pixelcnn_connections(32, 32, 5, 15) == 184526
    assert mdrnn_connections(32, 32, 5, 15) == 1107520
    for channels in (1, 2, 8, 64):
        larger = pixelcnn_connections(32, 32, 5, 15, channels)
        assert larger > mdrnn_connections(32, 32, channels, 15)


def test_nine_pixels():
    assert (masked_connections(3, 3, 3), masked_connections(3, 3, 3, "B")) == (20, 29)
    assert pixelcnn_schedule(3, 3, 3, 1).tolist() == [[1, 2, 3], [3, 4, 5], [5, 6, 7]]


def test_steps_in_the_prose():
    assert [pixelcnn_steps(8, 12, k, 2) for k in (3, 5)] == [52, 66]
    assert mdrnn_steps(8, 12, 2, "draw") == 38
    assert pixelcnn_steps(8, 12, 3, 2, "draw one by one") == 192
    reach = [d for d in range(1, 40) if receptive_field(3, d).shape[0] > 27]
    assert reach[0] == 27
    assert mdrnn_steps(28, 28) == 55
    assert np.bincount(mdrnn_schedule(28, 28).ravel()).max() == 28


def test_the_gradient_in_its_own_direction_decays_like_a_square_root():
    assert comb(30, 15) / 2**30 == pytest.approx(0.1445, abs=5e-5)
    assert comb(60, 30) / 2**60 > 0.1  # the first of 31 by 31 pixels
    assert comb(60, 18) * 0.3**18 * 0.7**42 > 0.1
    assert 1 / np.sqrt(2 * np.pi * 0.25 * 30) == pytest.approx(0.1457, abs=5e-5)
    far = [comb(s, s // 4) / 2**s for s in (400, 800)]
    rate = 0.25 * np.log(0.25 / 0.5) + 0.75 * np.log(0.75 / 0.5)
    assert np.log(far[0] / far[1]) / 400 == pytest.approx(rate, rel=0.01)


def test_shares_in_the_alternative_text_of_the_figure_of_connections():
    peaks = [
        max(masked_connections(n, n, k) / (n * k) ** 2 for k in range(1, 42, 2)) for n in (7, 56)
    ]
    assert peaks == [pytest.approx(0.35, abs=5e-3), pytest.approx(0.46, abs=5e-3)]
    last = [masked_connections(n, n, 41) / (n * 41) ** 2 for n in (7, 56)]
    assert last == [pytest.approx(0.01, abs=5e-3), pytest.approx(0.33, abs=5e-3)]


def test_a_mask_on_four_by_five_pixels():
    before = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) < (0, 0)]
    inside = [
        (y + i, x + j) for y in range(4) for x in range(5) for i, j in before
        if 0 <= y + i < 4 and 0 <= x + j < 5
    ]  # fmt: skip
    assert 7**2 == 49 and len(before) * 20 == 80 and len(inside) == 55 == 80 - 25


def test_numbers_of_pixels_and_of_paths():
    assert 28 * 28 == 784
    assert comb(30, 15) == pytest.approx(155e6, rel=3e-3)
    assert round(comb(30, 15) / 1e6) == 155
    assert np.log10(comb(60, 30)) == pytest.approx(17, abs=0.5)


def test_ends_of_the_lines_of_steps():
    n, depth = 64, 15
    assert n * n * depth == 61440
    assert depth * (n + 2 * (n - 1)) == 2850
    assert depth * (n + n - 1) == 1905
    assert n + n + depth - 2 == 141
    assert pixelcnn_steps(n, n, 3, depth) == 2850
    assert [mdrnn_steps(n, n, depth, "draw"), mdrnn_steps(n, n, depth)] == [1905, 141]
