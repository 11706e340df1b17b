"""Accuracy on unseen digits against depth, for each remedy that made deep networks trainable.

``python experiments/cures.py`` writes ``src/slopes/data/cures.json``, in about a
quarter of an hour on one core. For every remedy and depth the first seed is trained at two
learning rates; the one that ends with the smaller cost on the training digits is kept.
Deep training amplifies rounding: where matrix products round otherwise, single accuracies
of deep networks differ.
"""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from slopes.activation import RELU, SIGMOID, TANH
from slopes.data import digits
from slopes.network import (
    BATCH,
    CROSS_ENTROPY,
    GLOROT,
    HE,
    LAYER,
    NIELSEN,
    ORTHOGONAL,
    accuracy,
    build,
    one_hot,
    scaled,
    train,
)

DEPTHS, SEEDS, EPOCHS = (1, 2, 4, 8, 16, 32), 3, 20
RATES, WEIGHT_DECAY, WIDTH, MAX_NORM = (0.1, 0.01), 1e-4, 30, 1.0
STEEP = scaled(2.5)  # ReLU multiplies the mean square of a gradient by 3.1 a layer
REMEDIES = {
    "skip": {"skip": 1.0},
    "batch": {"normalisation": BATCH},
    "layer": {"normalisation": LAYER},
    "gates": {"gates": -2.0},
    "gates_shut": {"gates": -4.0},
    "relu_he": {"initialisation": HE, "activation": RELU},
    "tanh_glorot": {"initialisation": GLOROT, "activation": TANH},
    "tanh_orthogonal": {"initialisation": ORTHOGONAL, "activation": TANH},
    "relu_steep": {"initialisation": STEEP, "activation": RELU},
    "relu_steep_clipped": {"initialisation": STEEP, "activation": RELU, "max_norm": MAX_NORM},
    "nielsen": {},
    "sigmoid_glorot": {"initialisation": GLOROT},
    "nielsen_clipped": {"max_norm": MAX_NORM},
}
FILE = Path(__file__).parents[1] / "src" / "slopes" / "data" / "cures.json"


def split(seed=0, training=1350):
    """Places of the training digits and of the others, at random."""
    order = np.random.default_rng(seed).permutation(1797)
    return order[:training], order[training:]


def trained(remedy, depth, seed, rate, epochs=EPOCHS):
    """Cost of the last epoch and accuracy on unseen digits, for `depth` hidden layers."""
    (images, labels), (seen, unseen) = digits(), split()
    options = dict(REMEDIES[remedy])
    max_norm, gates = options.pop("max_norm", None), options.pop("gates", None)
    x, y = images[seen], one_hot(labels[seen])
    start, rng = np.random.default_rng([seed, depth]), np.random.default_rng([seed, depth, 10])
    if gates is not None:
        network = Highway.draw([64] + [WIDTH] * depth + [10], start, gates)
        cost = network.train(x, y, epochs, rate, rng)
        right = np.mean(network.outputs(images[unseen]).argmax(axis=1) == labels[unseen])
        return cost, right
    network = build([64] + [WIDTH] * depth + [10], start, **({"initialisation": NIELSEN} | options))
    training = train(network, x, y, epochs, rate, WEIGHT_DECAY, 10, rng, max_norm)
    if not np.isfinite(training.costs[-1]):
        return np.inf, 0.1  # not a number reads one digit for all
    return training.costs[-1], accuracy(training.network, images[unseen], labels[unseen])


def tried(remedy, depth):
    """Accuracies of the seeds at the better of the two rates, and that rate."""
    first = [(*trained(remedy, depth, 0, rate), rate) for rate in RATES]
    _, right, rate = min(first)
    return [right, *(trained(remedy, depth, seed, rate)[1] for seed in range(1, SEEDS))], rate


class Highway:
    """Sigmoid layers with gates: ``h <- t∘σ(Wh + b) + (1 - t)∘h``, ``t = σ(Vh + c)``.

    The first layer has another number of inputs than neurons, and no gate. The
    gates' biases c start below 0, so that most of h is handed on (Srivastava et al. 2015).
    """

    def __init__(self, parameters):
        self.parameters = parameters

    @classmethod
    def draw(cls, sizes, rng, shut):
        layers = []
        for n, m in pairwise(sizes):
            layer = [rng.normal(0, n**-0.5, (m, n)), rng.normal(size=m)]
            if n == m:
                layer += [rng.normal(0, n**-0.5, (m, n)), np.full(m, float(shut))]
            layers.append(layer)
        return cls(layers)

    def forward(self, x):
        """Weighted inputs of the output, and what each hidden layer was given and made of it."""
        traces, h = [], x
        for W, b, *gate in self.parameters[:-1]:
            a = SIGMOID.value(h @ W.T + b)
            t = SIGMOID.value(h @ gate[0].T + gate[1]) if gate else np.ones_like(a)
            traces.append((h, a, t))
            h = t * a + (1 - t) * h if gate else a
        W, b = self.parameters[-1]
        return h @ W.T + b, h, traces

    def outputs(self, x):
        return SIGMOID.value(self.forward(x)[0])

    def gradient(self, x, y):
        """Average cost, and its gradient in the shape of the parameters."""
        z, h, traces = self.forward(x)
        delta = CROSS_ENTROPY.slope(z, y) / len(x)
        found, back = [[delta.T @ h, delta.sum(axis=0)]], delta @ self.parameters[-1][0]
        for (W, _, *gate), (h, a, t) in zip(self.parameters[-2::-1], reversed(traces), strict=True):
            delta = back * t * a * (1 - a)
            layer = [delta.T @ h, delta.sum(axis=0)]
            if gate:
                shut = back * (a - h) * t * (1 - t)
                layer += [shut.T @ h, shut.sum(axis=0)]
                back = delta @ W + shut @ gate[0] + back * (1 - t)
            else:
                back = delta @ W
            found.append(layer)
        return np.mean(CROSS_ENTROPY.value(z, y)), found[::-1]

    def train(self, x, y, epochs, rate, rng, batch=10):
        """Descend as `slopes.network.train` does; the average cost of the last epoch."""
        for _ in range(epochs):
            costs = []
            for some in np.split(rng.permutation(len(x)), range(batch, len(x), batch)):
                cost, gradient = self.gradient(x[some], y[some])
                costs.append(cost)
                for layer, change in zip(self.parameters, gradient, strict=True):
                    for i in range(0, len(layer), 2):
                        layer[i] = (1 - rate * WEIGHT_DECAY) * layer[i] - rate * change[i]
                        layer[i + 1] = layer[i + 1] - rate * change[i + 1]
        return np.mean(costs)


def main():
    found = {"depths": DEPTHS}
    for remedy in REMEDIES:
        rows, rates = zip(*(tried(remedy, depth) for depth in DEPTHS), strict=True)
        found[remedy] = [[round(float(a), 4) for a in row] for row in rows]
        found[f"{remedy}_rates"] = rates
        print(remedy, np.round(100 * np.mean(rows, axis=1), 1), rates, flush=True)
        FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
