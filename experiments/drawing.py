"""What four methods make of one row of steps, from four starts: errors, weights, and how far.

``python experiments/drawing.py`` writes ``src/slopes/data/drawing.json``, in about two minutes on
one core. The network has 49 hidden sigmoids and a linear output, the target is Nielsen's function
at 101 points, the cost half the mean squared error. Every method may ask for 3,000 gradients. The
rate of a descent is the one of `RATES` that ends with the smallest cost, for each seed anew.
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from slopes.network import NIELSEN, SQUARED_ERROR, build
from slopes.universality import fit_steps, nielsen_function

HIDDEN, CELLS, SEEDS, BUDGET = 49, 30, 5, 3000
RATES = {
    "descent": (0.01, 0.03, 0.1, 0.3, 1.0),
    "momentum": (0.003, 0.01, 0.03, 0.1, 0.3),
    "adam": (0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
}
FILE = Path(__file__).parents[1] / "src" / "slopes" / "data" / "drawing.json"
POINTS = np.linspace(0, 1, 101)
BETWEEN = np.linspace(0, 1, 20_001)


def nielsen(seed):
    """Weights and biases drawn by Nielsen's recipe."""
    law = np.random.default_rng(seed)
    weights, biases = build([1, HIDDEN, 1], law, NIELSEN, cost=SQUARED_ERROR).parameters[:2]
    return joined(weights[0][:, 0], biases[0], weights[1][0], biases[1][0])


def built(seed):
    """The row of steps with sampled heights, 120 steep; the seed does not matter."""
    steps = fit_steps(nielsen_function, 0, 1, CELLS, 120)
    return joined(np.full(HIDDEN, 120.0), -120 * steps.at, steps.jumps, steps.offset)


def random_edges(w):
    """Steps of weight w at random places, that draw a constant."""

    def start(seed):
        at = np.random.default_rng(seed).uniform(-0.05, 1.05, HIDDEN)
        return joined(np.full(HIDDEN, float(w)), -w * at, np.zeros(HIDDEN), 0.4)

    return start


STARTS = {
    "nielsen": nielsen,
    "built": built,
    "random_30": random_edges(30),
    "random_90": random_edges(90),
}


def joined(w, b, jumps, offset):
    """All parameters in one row."""
    return np.concatenate([w, b, jumps, [offset]])


def drawn(parameters, x):
    """Activations of the hidden layer, a row for each x, and the drawing."""
    w, b, jumps = parameters[:-1].reshape(3, HIDDEN)
    a = (1 + np.tanh((x[:, None] * w + b) / 2)) / 2
    return a, a @ jumps + parameters[-1]


def cost_and_gradient(parameters):
    """Half the mean squared error at the points, and its gradient."""
    a, g = drawn(parameters, POINTS)
    error = (g - nielsen_function(POINTS)) / len(POINTS)
    delta = error[:, None] * a * (1 - a) * parameters[2 * HIDDEN : -1]
    gradient = joined(POINTS @ delta, delta.sum(axis=0), error @ a, error.sum())
    return len(POINTS) * error @ error / 2, gradient


def descent(start, rate, momentum=0.0):
    """Plain gradient descent, or with the share `momentum` of the last step added."""
    parameters, velocity = start.copy(), np.zeros_like(start)
    for _ in range(BUDGET):
        velocity = momentum * velocity - rate * cost_and_gradient(parameters)[1]
        parameters = parameters + velocity
    return parameters


def with_momentum(start, rate):
    """Gradient descent with momentum 0.9."""
    return descent(start, rate, 0.9)


def adam(start, rate):
    """Kingma and Ba (2015), with their constants; the rate falls to 0 in the last third."""
    parameters, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for k in range(1, BUDGET + 1):
        gradient = cost_and_gradient(parameters)[1]
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        step = mean / (1 - 0.9**k) / (np.sqrt(square / (1 - 0.999**k)) + 1e-8)
        parameters = parameters - rate * min(1, 3 * (1 - k / BUDGET)) * step
    return parameters


def quasi_newton(start):
    """L-BFGS, with a memory of 30 steps."""
    options = {"maxfun": BUDGET, "maxiter": BUDGET, "maxcor": 30, "ftol": 0.0, "gtol": 0.0}
    return minimize(cost_and_gradient, start, jac=True, method="L-BFGS-B", options=options).x


METHODS = {"descent": descent, "momentum": with_momentum, "adam": adam}
COLUMNS = (*METHODS, "lbfgs", "fitted")
FACTS = ("mean_error", "largest_error", "weight", "jump", "moved", "rate")


def best(method, start):
    """What the method finds at the rate that serves it best, and that rate."""
    if method == "fitted":
        return fitted(start), np.nan
    if method == "lbfgs":
        return quasi_newton(start), np.nan
    found = [(METHODS[method](start, rate), rate) for rate in RATES[method]]
    costs = [cost_and_gradient(parameters)[0] for parameters, _ in found]
    return found[int(np.nanargmin(costs))]


def fitted(start):
    """The start with its output weights solved for."""
    a, _ = drawn(start, POINTS)
    table = np.hstack([a, np.ones((len(POINTS), 1))])
    output = np.linalg.lstsq(table, nielsen_function(POINTS), rcond=1e-12)[0]
    return joined(start[:HIDDEN], start[HIDDEN : 2 * HIDDEN], output[:-1], output[-1])


def run(start, method, seed):
    """The `FACTS` of one training; errors are taken between the points too."""
    first = STARTS[start](seed)
    with np.errstate(all="ignore"):
        parameters, rate = best(method, first)
    miss = np.abs(drawn(parameters, BETWEEN)[1] - nielsen_function(BETWEEN))
    (w, b, jumps), (v, c, _) = (each[:-1].reshape(3, HIDDEN) for each in (parameters, first))
    moved = np.median(np.abs(b / w - c / v))
    return miss.mean(), miss.max(), np.abs(w).max(), np.abs(jumps).max(), moved, rate


def main():
    """All runs: for each fact a table of starts, methods and seeds."""
    runs = [
        [[run(start, method, seed) for seed in range(SEEDS)] for method in COLUMNS]
        for start in STARTS
    ]
    tables = np.moveaxis(np.array(runs), -1, 0)
    FILE.write_text(json.dumps({f: rounded(t) for f, t in zip(FACTS, tables, strict=True)}) + "\n")


def rounded(table):
    """Six digits of each number, none where there is none."""
    return [
        [[None if np.isnan(x) else float(f"{x:.6g}") for x in row] for row in rows]
        for rows in table
    ]


if __name__ == "__main__":
    main()
