"""Autocorrelation of a deep network's slope along its input, measured and predicted.

``python experiments/shattered.py`` writes ``src/slopes/data/shattered.json``, in about
a minute on one core. The networks are those of the teaching notebook that replicates
Balduzzi et al. (2017): one input from -2 to 2, layers of 200 ReLU neurons, one output,
weights *and* biases of one variance, ``kept/200``.
"""

import json
from pathlib import Path

import numpy as np

from slopes.activation import RELU
from slopes.network import Initialisation, build, forward

WIDTH, SEEDS, LAG = 200, 20, 0.25
DEPTHS = (1, 2, 4, 7, 10, 16, 24, 34, 50)
LAWS = {"halved": (1, 1), "kept": (2, 1), "unbiased": (2, 0), "residual": (2, 1)}
X = np.linspace(-2, 2, 129)
FILE = Path(__file__).parents[1] / "src" / "slopes" / "data" / "shattered.json"


def network(kept, biases, depth, rng, skip=None):
    """ReLU layers with weights of variance ``kept/WIDTH``, biases of that or of none."""
    std = np.sqrt(kept / WIDTH)
    law = Initialisation("alike", lambda rng, m, n: rng.normal(0, std, (m, n)), biases * std)
    return build([1] + [WIDTH] * depth + [1], rng, law, RELU, skip=skip)


def slopes(network, x):
    """Derivative of the output's weighted input with respect to the input, at every x."""
    z, _ = forward(network, x[:, None])
    first, *hidden, last = network.parameters.weights
    grown = RELU.slope(z[0]) * first[:, 0]
    for W, each in zip(hidden, z[1:], strict=False):
        branch = RELU.slope(each) * (grown @ W.T)
        grown = branch if network.skip is None else grown + network.skip * branch
    return grown @ last[0]


def autocorrelation(slope, lag):
    """Mean product of slopes `lag` points apart, over their mean square."""
    return np.mean(slope[lag:] * slope[:-lag]) / np.mean(slope**2)


def measured(name, depth, seeds=range(SEEDS)):
    """Autocorrelation at the lag of 0.25 for each seed."""
    kept, biases = LAWS[name]
    skip = depth**-0.5 if name == "residual" else None
    lag = round(LAG / (X[1] - X[0]))
    draws = (np.random.default_rng([seed, depth]) for seed in seeds)
    return [
        autocorrelation(slopes(network(kept, biases, depth, rng, skip), X), lag) for rng in draws
    ]


def predicted(kept, biases, depth, lag=LAG):
    """The same for infinitely wide layers, after each layer: the mean over x.

    The covariance K(x, y) of a wide layer's weighted inputs is pushed through the
    layers, and with it the derivatives: the covariance of slopes is ∂²K/∂x∂y.
    """
    x = np.linspace(X[0], X[-1] - lag, 400)
    y, unit = x + lag, kept / WIDTH
    b = unit * biases
    xx, yy, xy = unit * x * x + b, unit * y * y + b, unit * x * y + b
    dxx, dyy, dx, dy, both = 2 * unit * x, 2 * unit * y, unit * y, unit * x, unit + 0 * x
    alone, rows = unit, []
    for _ in range(depth):
        area = np.sqrt(np.maximum(xx * yy - xy**2, 1e-300))
        angle = np.arctan2(area, xy)
        on = kept * (np.pi - angle) / (2 * np.pi)  # derivative by xy
        bend = kept / (2 * np.pi * area)
        both = on * both + bend * (
            dx * dy - xy * (dxx * dy / xx + dyy * dx / yy) / 2 + dxx * dyy / 4
        )
        alone = kept * alone / 2
        rows.append(np.mean(both) / alone)
        tilt = kept * area / (4 * np.pi)
        dx, dy = on * dx + tilt * dxx / xx, on * dy + tilt * dyy / yy
        xy = kept * (area + (np.pi - angle) * xy) / (2 * np.pi) + b
        xx, yy = kept * xx / 2 + b, kept * yy / 2 + b
        dxx, dyy = kept * dxx / 2, kept * dyy / 2
    return np.array(rows)


def main():
    found = {"depths": DEPTHS}
    for name in LAWS:
        found[name] = [np.round(measured(name, depth), 4).tolist() for depth in DEPTHS]
        print(name, [round(float(np.mean(row)), 2) for row in found[name]], flush=True)
    # rounding drowns the law that halves after 20 layers, when it has long settled
    found["halved_predicted"] = predicted(1, 1, 20).round(4).tolist()
    found["kept_predicted"] = predicted(2, 1, 50).round(4).tolist()
    FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
