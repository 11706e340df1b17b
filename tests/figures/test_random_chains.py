"""Pictures of random chains show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.figures import random_chains as figures


def test_a_fan_has_a_line_for_each_chain_and_one_for_the_quarter():
    paths = np.array([[0, -1, -3], [0, -2, -2.5]])
    (axes,) = figures.fan(paths, -0.6).axes
    *thin, quarter = axes.lines
    np.testing.assert_array_equal([line.get_ydata() for line in thin], paths)
    np.testing.assert_allclose(quarter.get_ydata(), [0, -0.6, -1.2])
    assert {line.get_linestyle() for line in thin} != {quarter.get_linestyle()}


def test_a_living_fan_has_room_for_all_paths():
    layer = np.arange(5)
    (axes,) = figures.living_fan(layer, 3, -8).axes
    sizes = {line.get_gid(): len(line.get_xdata()) for line in axes.lines}
    assert [sizes[name] for name in ("paths", "typical", "mean", "rms")] == [18, 5, 5, 5]
    assert axes.get_ylim()[0] == -8
    styles = [line.get_linestyle() for line in axes.lines if line.get_gid() in ("typical", "mean")]
    assert len(set(styles)) == 2


def test_settled_inputs_are_densities():
    z = np.linspace(-4, 4, 41)
    sample = np.random.default_rng(1).normal(size=5000)
    figure = figures.settling(z, [sample, sample + 1], [sample, sample], z * 0 + 0.1, ["a", "b"])
    for axes in figure.axes:
        for outline in axes.patches:
            heights, edges, _ = outline.get_data()
            assert np.sum(heights * np.diff(edges)) == pytest.approx(1)
        assert len(axes.patches) == 2
        np.testing.assert_array_equal(axes.lines[0].get_ydata(), z * 0 + 0.1)


@pytest.mark.parametrize("name", ["estimates", "widths"])
def test_bars_reach_as_far_as_the_errors(name):
    counts, values, errors = [1, 10], [0.2, 0.1], [0.05, 0.01]
    if name == "estimates":
        (axes,) = figures.estimates(counts, values, errors, 0.15).axes
        np.testing.assert_array_equal(axes.lines[0].get_ydata(), [0.15, 0.15])
    else:
        (axes,) = figures.widths([1, 2, 10], [0.3, 0.2, 0.1], counts, values, errors).axes
        np.testing.assert_array_equal(axes.lines[1].get_ydata(), [0.3, 0.2, 0.1])
    (bars,) = axes.collections
    ends = [segment[:, 1] for segment in bars.get_segments()]
    np.testing.assert_allclose(ends, [(0.15, 0.25), (0.09, 0.11)])
    assert axes.get_xscale() == "log"


def test_bars_of_the_bell_are_a_density():
    z = np.linspace(-4, 4, 161)
    sample = np.random.default_rng(2).normal(size=2000).clip(-3.9, 3.9)
    (axes,) = figures.bell(sample, z, z * 0).axes
    area = sum(bar.get_width() * bar.get_height() for bar in axes.patches)
    assert area == pytest.approx(1)


def test_three_powers_are_marked_on_the_curve():
    q, n = np.linspace(0, 2.5, 51), np.arange(4)
    shares = np.array([[1, 1, 0.5, 0.1], [1, 0.9, 2, 0.3]])
    left, right = figures.powers(q, q - 2, 2 * q - 2, n, shares).axes
    marks = [line.get_xydata()[0] for line in left.lines if line.get_marker() == "o"]
    np.testing.assert_allclose(marks, [(0, -2), (1, -1), (2, 0)], atol=1e-12)
    assert [text.get_text() for text in left.texts] == ["typical", "mean", "rms"]
    np.testing.assert_array_equal([line.get_ydata() for line in right.lines[:2]], shares)
    assert right.get_yscale() == "log"


def test_exponents_have_a_named_line_for_each_law():
    w = np.linspace(0.1, 6, 5)
    rows = [w - 3, w - 4]
    (axes,) = figures.exponents(w, rows, ["one", "two"], 1.9).axes
    lines = {line.get_label(): line for line in axes.lines}
    for name, row in zip(["one", "two"], rows, strict=True):
        np.testing.assert_array_equal(lines[name].get_ydata(), row)
    assert axes.lines[1].get_xdata() == [1.9, 1.9]
