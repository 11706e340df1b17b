"""Explorables made for the tests: one with every kind of artist, and smaller ones."""

import numpy as np

from slopes.activation import SIGMOID, TANH, gain
from slopes.explore import choice, explore, slider
from slopes.figures import name_bars, panels

UNTRACEABLE = """
import numpy as np
from slopes.explore import explore, slider
from slopes.figures import panels
x = np.linspace(0, 1, 20)
figure, axes = panels()
line, = axes.plot(x, x, gid="line")
explore(figure, lambda w: {"line": np.sort(w * x), "end": w * 10}, w=slider(-1, 1, 0.5))
"""

X = np.linspace(-1, 2, 60)
LAYERS = np.arange(1, 7)
GRID = np.linspace(0, 1, 12)


def every_kind():
    """Lines, markers, bars, a band, rules, spans, a label and two heat maps; linear and log."""
    figure, ((left, right), (low, last)) = panels(2, 2)
    left.plot(X, 0 * X, gid="gain")
    left.plot([0, 0.5, 1], [0, 0, 0], "o", gid="tops")
    left.axvline(0, gid="rule")
    left.axhline(0, gid="level")
    left.axvspan(0, 1, alpha=0.2, gid="span")
    left.axhspan(0, 1, alpha=0.2, gid="strip")
    left.fill_between(X, 0 * X, 0 * X + 1, alpha=0.3, gid="band")
    left.text(0, 1, r"$w_1$ is {:.2f} <", gid="label")
    left.text(0.5, 0.9, "{}", transform=left.transAxes, gid="corner")
    left.set(xlim=(-1, 2), ylim=(-3, 3))
    right.pcolormesh(GRID, GRID, np.ones((12, 12)), vmin=-1, vmax=1, gid="heat")
    name_bars(low.bar(LAYERS, 1.0 * LAYERS, bottom=0.01), "bars")
    low.set(yscale="log", ylim=(1e-4, 1e2))
    last.plot(X, X**2 + 1, "o--", gid="both", markersize=3)
    last.imshow(np.ones((5, 7)), gid="image", vmin=0, vmax=2, extent=(0.1, 10, 0, 1), aspect="auto")
    last.set(xlim=(-1, 12), ylim=(-1, 9))

    def update(w, b, activation):
        y = gain(w, X, b, activation)
        return {
            "gain": y,
            "tops": np.stack([w / 4, b / 4, 0.5]),
            "rule": w / 4,
            "level": b / 4,
            "span": (w / 4, w / 4 + 0.2),
            "strip": (b / 4 - 0.1, b / 4),
            "band": (y - 0.5, y + 0.5),
            "label": (w / 8, b / 8, w),
            "corner": w * b,
            "heat": activation.value(w * GRID[:, None] + b * GRID),
            "bars": np.abs(w) ** (3.0 - LAYERS),
            "both": (X + w / 10, X**2 + b),
            "image": np.abs(np.sin(w + np.arange(35).reshape(5, 7))) + b / 8,
            "area <&> \"'": np.sum(y),
            "is_steep": np.max(np.abs(y)) >= 1,
            "goal": (w > 2) & (b < -1),
        }

    return explore(
        figure,
        update,
        goal='w above 2, b < −1 & "both" at once, $w_1$',
        drags={"tops": ("w", "b", "b")},
        w=slider(-8, 8, 1.5),
        b=slider(-4, 4, 0.75),
        activation=choice(SIGMOID, TANH),
    )


def one_line(update=None, **controls):
    """A line through X, straight unless told otherwise."""
    figure, axes = panels()
    axes.plot(X, X, gid="line")
    axes.set(xlim=(-1, 2), ylim=(-3, 3))
    controls = controls or {"w": slider(-2, 2, 1)}
    return explore(figure, update or (lambda w: {"line": w * X, "end": 2 * w}), **controls)
