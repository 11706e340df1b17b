"""Nielsen's experiment for 200 seeds: speeds of learning over 500 epochs, and test accuracies.

The accuracies of graded rates come with their controls: the same grading round the ungraded
mean, and one rate for all layers that is as large as the graded ones are on average.

``python experiments/learning_speed.py`` writes ``src/slopes/data/learning_speed.npz``,
in about half an hour on one core; with names of `PARTS` behind it, it renews these alone.
"""

import sys
from pathlib import Path

import numpy as np
from stacks import Stack

from slopes.activation import RELU, SIGMOID, TANH
from slopes.data import digits
from slopes.network import (
    GLOROT,
    HE,
    NIELSEN,
    STANDARD,
    accuracy,
    build,
    learning_speeds,
    one_hot,
    train,
)

SEEDS, EPOCHS, DEPTHS = 200, 500, (1, 2, 3, 4)
# activation, law of the first weights, and how much faster each layer learns than the next
RECIPES = ((SIGMOID, NIELSEN, 1), (SIGMOID, NIELSEN, 3), (TANH, GLOROT, 1), (RELU, HE, 1))
PATIENCE = (30, 60, 90, 120, 180, 240, 360, 480, 720, 1111)  # epochs; 1,111 are 150,000 updates
# rates of the layers, the output last: graded or one for all, and their geometric mean
CONTROLS = {"graded, mean kept": (3, 1), "uniform, mean raised": (1, 3), "uniform, 1.0": (1, None)}
FASTER = (0.3, 1.0, 3.0)  # one rate for all, each for epochs that keep rate × epochs
FILE = Path(__file__).parents[1] / "src" / "slopes" / "data" / "learning_speed.npz"


def network(hidden, seed, law=NIELSEN, activation=SIGMOID):
    """Hidden layers of 30 neurons, drawn from a seed that depends on their number as well."""
    rng = np.random.default_rng([seed, hidden])
    return build([64] + [30] * hidden + [10], rng, law, activation)


def first_thousand():
    """The examples that speeds are measured on, and their targets."""
    images, labels = digits()
    return images[:1000], one_hot(labels[:1000])


def start_speeds(hidden, seeds, law=NIELSEN):
    """Speeds of the hidden layers before training, a row for each seed."""
    x, y = first_thousand()
    return np.array([learning_speeds(network(hidden, seed, law), x, y)[:-1] for seed in seeds])


def curves(hidden, seed, epochs=EPOCHS):
    """Speeds of the hidden layers before each epoch; Nielsen's rate, and his decay of 5/n."""
    x, y = first_thousand()
    training = train(network(hidden, seed), x, y, epochs, rate=0.1, weight_decay=5 / len(x))
    return training.speeds[:, :-1]


def split(seed=0, training=1350):
    """Places of the training digits and of the others, at random."""
    order = np.random.default_rng(seed).permutation(1797)
    return order[:training], order[training:]


def unseen_accuracy(hidden, recipe, seed, epochs=30):
    """Share of unseen digits that are read correctly after training in batches of 10."""
    activation, law, factor = recipe
    (images, labels), (seen, unseen) = digits(), split()
    rng = np.random.default_rng([seed, hidden, 10])
    start, rates = network(hidden, seed, law, activation), 0.1 * factor ** np.arange(hidden, -1, -1)
    trained = train(start, images[seen], one_hot(labels[seen]), epochs, rates, 1e-4, 10, rng)
    return accuracy(trained.network, images[unseen], labels[unseen])


def control_rates(factor, raised, hidden):
    """Rates of a control: `factor` from layer to layer, ``0.1·raised^(hidden/2)`` as their mean."""
    mean = 1.0 if raised is None else 0.1 * raised ** (hidden / 2)
    return mean * factor ** (hidden / 2 - np.arange(hidden + 1))


def control_accuracies(hidden, rates, epochs, seeds=range(5)):
    """Shares of unseen digits read after each number of epochs; a row for each seed."""
    (images, labels), (seen, unseen) = digits(), split()
    x, y = images[seen], one_hot(labels[seen])
    stack = Stack([64] + [30] * hidden + [10], generators(seeds, hidden), NIELSEN)
    sources, shares = generators(seeds, hidden, 10), []
    for more in np.diff(epochs, prepend=0):
        stack.train(x, y, more, np.broadcast_to(rates, (len(seeds), hidden + 1)), sources)
        shares.append(stack.accuracy(images[unseen], labels[unseen], x))
    return np.transpose(shares)


def generators(seeds, *numbers):
    """A source of randomness for each seed."""
    return [np.random.default_rng([seed, *numbers]) for seed in seeds]


def patient_accuracy(seed, hidden=4):
    """Share of unseen digits read correctly after each number of epochs in `PATIENCE`."""
    (images, labels), (seen, unseen) = digits(), split()
    rng, trained, shares = np.random.default_rng([seed, hidden, 10]), network(hidden, seed), []
    for epochs in np.diff(PATIENCE, prepend=0):
        trained = train(
            trained, images[seen], one_hot(labels[seen]), epochs, 0.1, 1e-4, batch=10, rng=rng
        ).network
        shares.append(accuracy(trained, images[unseen], labels[unseen]))
    return shares


def patience():
    yield "patience", np.array([patient_accuracy(seed) for seed in range(5)])


def starts():
    for hidden in DEPTHS:
        yield f"starts_{hidden}", start_speeds(hidden, range(SEEDS))
        yield f"starts_{hidden}_standard", start_speeds(hidden, range(SEEDS), STANDARD)


def accuracies():
    table = [[[unseen_accuracy(k, r, seed) for seed in range(5)] for k in DEPTHS] for r in RECIPES]
    yield "accuracy", np.array(table)


def controls():
    table = [
        [control_accuracies(k, control_rates(*each, k), [30])[:, 0] for k in DEPTHS]
        for each in CONTROLS.values()
    ]
    yield "controls", np.array(table)


def products():
    rows = [control_accuracies(4, rate, kept_product(rate)) for rate in FASTER]
    yield "products", np.array(rows)


def kept_product(rate):
    """Numbers of epochs that have, with this rate, the products of `PATIENCE` with 0.1."""
    return np.rint(np.array(PATIENCE) * 0.1 / rate).astype(int)


def bands():
    for hidden in DEPTHS[1:]:  # the depths that Nielsen's curves have
        runs = np.array([curves(hidden, seed) for seed in range(SEEDS)])
        yield f"bands_{hidden}", np.percentile(runs, [5, 50, 95], axis=0)
        yield f"first_{hidden}", runs[0, ::50]


PARTS = {part.__name__: part for part in (patience, starts, accuracies, controls, products, bands)}


def main(parts):
    """Compute these parts, or all; the others stay as they are stored."""
    found = {} if not parts else dict(np.load(FILE))
    for part in parts or PARTS:
        found |= {name: rounded(array) for name, array in PARTS[part]()}
    np.savez_compressed(FILE, **found)


def rounded(array, digits=4):
    """The array with so many significant digits, in single precision: it packs better."""
    unit = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(array), 1e-300))) - digits + 1)
    return (np.round(array / unit) * unit).astype(np.float32)


if __name__ == "__main__":
    main(sys.argv[1:])
