"""Pictures of chains show the numbers they are given, and name what can move."""

import numpy as np
import pytest

from slopes.activation import RELU, SIGMOID, TANH, sigmoid_slope
from slopes.chain import Chain, forward, gains, gradient, log_gains
from slopes.explore import choice, explore, slider
from slopes.figures import chain as figures

CHAIN = Chain([1, -2, 3, 4], 0)


def neurons(live=False):
    z, a = forward(CHAIN, 0.5)
    return figures.neurons(z, a, CHAIN.w, sigmoid_slope(z), live=live)


def texts(figure):
    return {text.get_gid(): text.get_text() for text in figure.axes[0].texts if text.get_gid()}


def test_every_number_of_a_chain_is_written_where_it_belongs():
    z, a = forward(CHAIN, 0.5)
    shown = texts(neurons())
    for i in range(5):
        assert shown[f"a{i}"] == f"{a[i]:.3f}"
    for i in range(4):
        assert shown[f"z{i + 1}"] == f"{z[i]:.3f}".replace("-", "−")
        assert shown[f"w{i + 1}"] == ["1.00", "−2.00", "3.00", "4.00"][i]
        assert shown[f"slope{i + 1}"] == f"{sigmoid_slope(z[i]):.3f}"
        assert shown[f"gain{i + 1}"] == f"{gains(CHAIN, 0.5)[i]:.3f}".replace("-", "−")


def test_a_live_chain_leaves_its_numbers_open():
    assert set(texts(neurons(live=True))) == set(texts(neurons()))
    assert all(text.startswith("{:.") for text in texts(neurons(live=True)).values())


def test_lines_against_depth_end_where_their_numbers_end():
    depth = np.arange(1, 6)
    rows = np.array([[-1.0, -2, -3, -4, -5], [0, 1, 2, -np.inf, -np.inf]])
    (axes,) = figures.against_depth(depth, rows, ["down", "ends"], (-6, 3)).axes
    lines = [line for line in axes.lines if np.size(line.get_xdata()) == 5]
    for line, row in zip(lines, rows, strict=True):
        np.testing.assert_array_equal(line.get_data(), [depth, row])
    assert {text.get_text(): text.xy for text in axes.texts} == {"down": (5, -5), "ends": (3, 2)}
    assert axes.get_ylim() == (-6, 3)
    assert axes.yaxis.get_major_formatter()(-3, 0) == "$10^{-3}$"


def test_gains_are_bars_that_an_explorable_can_move():
    def update(activation, w):
        log = log_gains(Chain(w * np.ones(5), 0, activation), 0.3)[1] / np.log(10)
        back = np.append(np.cumsum(log[::-1])[::-1], 0)
        return {"gains": log, "gradient": back, "goal": back[0] > -1}

    figure = figures.gains_of_layers(5)
    shown = explore(
        figure,
        update,
        goal="Make it large.",
        activation=choice(SIGMOID, TANH, RELU),
        w=slider(-4, 4, 1, 0.5),
    )
    for activation in (SIGMOID, TANH, RELU):
        assert "<svg" in shown.svg(activation=activation, w=-0.5)


def test_chain_of_numbers_is_an_explorable():
    def update(x):
        (z, a), g = forward(CHAIN, x), gains(CHAIN, x)
        return {"a4": a[4], "z1": z[0], "gain2": g[1], "gradient": gradient(CHAIN, x)}

    svg = explore(neurons(live=True), update, x=slider(0, 1, 0.5, 0.1)).svg(x=0)
    assert f"{gains(CHAIN, 0)[1]:.3f}".replace("-", "−") in svg


@pytest.mark.parametrize("shift, bars", [(-0.2, 0), (0.2, 1)])
def test_gradients_of_layers_are_bars_on_a_logarithmic_axis(shift, bars):
    heights = np.array([[1e-6, 1e-3, 0.1], [1e-5, 1e-2, 1]])
    (axes,) = figures.gradients_of_layers(*heights).axes
    row = axes.containers[bars]
    assert [bar.get_height() for bar in row] == list(heights[bars])
    assert [bar.get_x() + 0.2 - shift for bar in row] == pytest.approx([1, 2, 3])
    assert axes.get_yscale() == "log"


def test_difference_errors_are_drawn_as_given():
    steps, errors = np.logspace(-9, -1, 9), np.outer([1, 10], np.logspace(-9, -1, 9))
    (axes,) = figures.difference_errors(steps, errors, ["2", "10"]).axes
    for line, row in zip(axes.lines, errors, strict=True):
        np.testing.assert_array_equal(line.get_data(), [steps, row])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["2", "10"]


def test_memory_has_a_line_that_moves():
    steps = np.arange(101)
    (axes,) = figures.memory(steps).axes
    (kept,) = [line for line in axes.lines if line.get_gid() == "kept"]
    np.testing.assert_array_equal(kept.get_xdata(), steps)


def test_both_faces_can_move():
    layer, x = np.arange(31), np.linspace(0, 1, 11)
    left, right = figures.two_faces(layer, x, x**2).axes
    (gradient,) = [line for line in left.lines if line.get_gid() == "gradient"]
    np.testing.assert_array_equal(gradient.get_data(), [layer, np.ones(31)])
    target, drawing = right.lines
    assert drawing.get_gid() == "drawing"
    np.testing.assert_array_equal(target.get_data(), [x, x**2])
