"""A task on which depth pays: fields of a board, whose colour is a composed function.

``python experiments/folds.py`` writes ``src/slopes/data/folds.json``, in about two minutes on
one core; with names of `REMEDIES` behind it, it renews these alone. Each coordinate of a point of
the square is folded twice in the middle; the point is red if both ends lie in the same half.
Layers of ten neurons learn it, whole and frozen as in ``cures.py``, which also tells how the rate
is chosen.
"""

import json
import sys
from pathlib import Path

import numpy as np
from cures import best, rounded
from stacks import Stack

from slopes.network import BATCH, HE, one_hot

DEPTHS, FROZEN_DEPTHS, SEEDS, SEARCHED = (1, 2, 4, 8), (4, 8), 5, 2
WIDTH, EPOCHS, MINI_BATCH, RATES = 10, 200, 20, (0.03, 0.1, 0.3, 1.0)
REMEDIES = {
    "relu_he": {"law": HE, "activation": "relu"},
    "relu_batch": {"law": HE, "activation": "relu", "normalisation": BATCH},
    "relu_skip": {"law": HE, "activation": "relu", "skip": 0.5},
}
FILE = Path(__file__).parents[1] / "src" / "slopes" / "data" / "folds.json"


def folded(x, times=2):
    """The tent map, applied to numbers from 0 to 1 so many times."""
    for _ in range(times):
        x = np.minimum(2 * x, 2 - 2 * x)
    return x


def board(count, rng):
    """Points of the square from -2 to 2, and their colours, 0 or 1."""
    x = rng.random((count, 2))
    upper = folded(x) > 0.5
    return 4 * x - 2, (upper[:, 0] == upper[:, 1]).astype(int)


def trained(remedy, depth, seeds, rates, frozen=False, epochs=EPOCHS):
    """Shares of validation and of unseen points, one for each pair of a seed and a rate."""
    law = np.random.default_rng(0)
    (x, labels), *others = (board(count, law) for count in (1000, 500, 2000))
    starts, orders = (
        [np.random.default_rng([seed, depth, *more]) for seed in seeds] for more in ([], [10])
    )
    stack = Stack([2] + [WIDTH] * depth + [2], starts, **REMEDIES[remedy])
    stack.train(x, one_hot(labels, 2), epochs, rates, orders, MINI_BATCH, 0.0, frozen=frozen)
    return [stack.accuracy(points, colours, x) for points, colours in others]


def tried(remedy, depth, frozen):
    """Accuracies of all seeds at the best rate, and that rate."""
    seeds, each = np.tile(range(SEARCHED), len(RATES)), np.repeat(RATES, SEARCHED)
    shares, unseen = (
        found.reshape(len(RATES), SEARCHED) for found in trained(remedy, depth, seeds, each, frozen)
    )
    place, more = best(shares), range(SEARCHED, SEEDS)
    others = trained(remedy, depth, more, np.full(len(more), RATES[place]), frozen)[1]
    return [*unseen[place], *others], RATES[place]


def main(remedies):
    """Compute these remedies, or all; the others stay as they are stored."""
    for remedy in remedies or REMEDIES:
        found = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
        found |= {"depths": DEPTHS, "frozen_depths": FROZEN_DEPTHS}
        for name, depths in ((remedy, DEPTHS), (f"{remedy}_frozen", FROZEN_DEPTHS)):
            rows = (tried(remedy, depth, name != remedy) for depth in depths)
            shares, chosen = zip(*rows, strict=True)
            found |= {name: rounded(shares), f"{name}_rates": chosen}
            print(name, np.round(np.mean(shares, axis=1), 3), chosen, flush=True)
        FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
