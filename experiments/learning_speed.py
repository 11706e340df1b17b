"""Nielsen's experiment for 200 seeds: speeds of learning over 500 epochs, and test accuracies.

``python experiments/learning_speed.py`` writes ``src/slopes/data/learning_speed.npz``,
in about half an hour on one core.
"""

from pathlib import Path

import numpy as np

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


def main():
    found = {"patience": np.array([patient_accuracy(seed) for seed in range(5)])}
    for hidden in DEPTHS:
        found[f"starts_{hidden}"] = start_speeds(hidden, range(SEEDS))
        found[f"starts_{hidden}_standard"] = start_speeds(hidden, range(SEEDS), STANDARD)
    found["accuracy"] = np.array(
        [[[unseen_accuracy(k, r, seed) for seed in range(5)] for k in DEPTHS] for r in RECIPES]
    )
    for hidden in DEPTHS[1:]:  # the depths that Nielsen's curves have
        runs = np.array([curves(hidden, seed) for seed in range(SEEDS)])
        found[f"bands_{hidden}"] = np.percentile(runs, [5, 50, 95], axis=0)
        found[f"first_{hidden}"] = runs[0, ::50]
    np.savez_compressed(FILE, **{name: rounded(array) for name, array in found.items()})


def rounded(array, digits=4):
    """The array with so many significant digits, in single precision: it packs better."""
    unit = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(array), 1e-300))) - digits + 1)
    return (np.round(array / unit) * unit).astype(np.float32)


if __name__ == "__main__":
    main()
