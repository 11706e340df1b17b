"""Accuracy on unseen digits against depth, for each remedy that made deep networks trainable.

``python experiments/cures.py`` writes ``src/slopes/data/cures.json``, in about a quarter of an
hour on one core; with names of `TABLES` behind it, it renews these alone. Every remedy is
trained whole, and those of `FROZEN` once more with hidden layers from the second on that stay as
they were drawn. For each depth two seeds try the rates of `RATES`; the rate that reads most of the
validation digits is given to five seeds. A network whose numbers grew beyond the floats has no
accuracy (null). Deep training amplifies rounding: where matrix products round otherwise, single
accuracies of deep networks differ.
"""

import json
import sys
from pathlib import Path

import numpy as np
from stacks import Stack

from slopes.data import digits
from slopes.network import BATCH, GLOROT, HE, LAYER, NIELSEN, ORTHOGONAL, one_hot, scaled

DEPTHS, SEEDS, SEARCHED, EPOCHS = (1, 2, 4, 8, 16, 32), 5, 2, 20
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
WEIGHT_DECAY, MAX_NORM = 1e-4, 1.0
STEEP = scaled(2.5)  # ReLU multiplies the mean square of a gradient by 3.1 a layer
REMEDIES = {
    "nielsen": {},
    "nielsen_clipped": {"max_norm": MAX_NORM},
    "sigmoid_glorot": {"law": GLOROT},
    "layer": {"normalisation": LAYER},
    "skip": {"skip": 1.0},
    "batch": {"normalisation": BATCH},
    "tanh_orthogonal": {"law": ORTHOGONAL, "activation": "tanh"},
    "tanh_glorot": {"law": GLOROT, "activation": "tanh"},
    "relu_he": {"law": HE, "activation": "relu"},
    "relu_steep": {"law": STEEP, "activation": "relu"},
    "relu_steep_clipped": {"law": STEEP, "activation": "relu", "max_norm": MAX_NORM},
    "gates_2": {"gates": -2.0},
    "gates_3": {"gates": -3.0},
}
WIDTH, WIDER = 30, 120
FROZEN = ("nielsen", "skip", "batch", "gates_3", "tanh_orthogonal", "tanh_glorot", "relu_he")
WIDE = ("tanh_glorot",)  # ten times the work: fewer depths and rates
FROZEN_DEPTHS, WIDE_DEPTHS, WIDE_RATES = (2, 8, 32), (8, 32), (0.003, 0.01, 0.03, 0.1)
FILE = Path(__file__).parents[1] / "src" / "slopes" / "data" / "cures.json"


def split(seed=0, training=1100, validation=250):
    """Places of the digits for training, for the choice of a rate, and unseen ones, at random."""
    order = np.random.default_rng(seed).permutation(1797)
    return np.split(order, [training, training + validation])


def trained(remedy, depth, seeds, rates, frozen=False, width=WIDTH, epochs=EPOCHS):
    """Shares of validation and of unseen digits read, one for each pair of a seed and a rate."""
    (images, labels), (seen, chosen, unseen) = digits(), split()
    options = {"law": NIELSEN} | REMEDIES[remedy]
    max_norm = options.pop("max_norm", None)
    starts, orders = (
        [np.random.default_rng([seed, depth, *more]) for seed in seeds] for more in ([], [10])
    )
    x, y = images[seen], one_hot(labels[seen])
    stack = Stack([64] + [width] * depth + [10], starts, **options)
    stack.train(x, y, epochs, rates, orders, 10, WEIGHT_DECAY, max_norm, frozen)
    return [stack.accuracy(images[some], labels[some], x) for some in (chosen, unseen)]


def searched(remedy, depth, frozen, width, rates):
    """Validation accuracies, a row for each rate, and unseen ones of the seeds that searched."""
    seeds, each = np.tile(range(SEARCHED), len(rates)), np.repeat(rates, SEARCHED)
    found = trained(remedy, depth, seeds, each, frozen, width)
    return [shares.reshape(len(rates), SEARCHED) for shares in found]


def best(shares):
    """Place of the rate with the best mean; one that diverged once is out, ties take the lower."""
    means = np.where(np.isnan(shares).any(axis=1), -1, np.mean(shares, axis=1))
    return int(np.argmax(means))


def tried(remedy, depth, frozen=False, width=WIDTH, rates=RATES):
    """Accuracies of all seeds at the best rate, that rate, and what the search has seen."""
    shares, unseen = searched(remedy, depth, frozen, width, rates)
    place = best(shares)
    seeds = range(SEARCHED, SEEDS)
    others = trained(remedy, depth, seeds, np.full(len(seeds), rates[place]), frozen, width)[1]
    return [*unseen[place], *others], rates[place], shares.mean(axis=1)


def plan(frozen, width):
    """The depths and the rates of a table."""
    if width == WIDER:
        return WIDE_DEPTHS, WIDE_RATES
    return (FROZEN_DEPTHS if frozen else DEPTHS), RATES


def table(remedy, frozen, width):
    """Accuracies of a remedy at all depths, the rates that were chosen, and what chose them."""
    depths, rates = plan(frozen, width)
    rows = (tried(remedy, depth, frozen, width, rates) for depth in depths)
    shares, chosen, search = zip(*rows, strict=True)
    return rounded(shares), chosen, rounded(search)


TABLES = (
    {name: (name, False, WIDTH) for name in REMEDIES}
    | {f"{name}_frozen": (name, True, WIDTH) for name in FROZEN}
    | {f"{name}_{WIDER}": (name, False, WIDER) for name in WIDE}
)


def rounded(rows):
    """Four digits of each accuracy, none where a network diverged."""
    return [[None if np.isnan(a) else round(float(a), 4) for a in row] for row in rows]


def main(names):
    """Compute these of the `TABLES`, or all; the others stay as they are stored."""
    for name in names or TABLES:
        shares, chosen, search = table(*TABLES[name])
        found = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
        found |= {"depths": DEPTHS, "frozen_depths": FROZEN_DEPTHS, "tried": RATES}
        found |= {"wide_depths": WIDE_DEPTHS, "wide_tried": WIDE_RATES}
        found |= {name: shares, f"{name}_rates": chosen, f"{name}_search": search}
        FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")
        print(name, np.round(np.nanmean(np.array(shares, float), axis=1), 3), chosen, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
