"""Stored runs drawn at random and computed anew: ``python experiments/check.py COUNT [SEED]``.

``make experiments SAMPLE=COUNT`` calls it. Each run is one training, or one network; the
difference that is allowed grows with the depth, which amplifies how sums are rounded.
"""

import sys
from itertools import cycle, islice

import cures
import drawing
import folds
import learning_speed
import numpy as np
import shattered

from slopes.data import stored


def run_of_cures(rng):
    """A remedy at a depth, trained again for one seed at the rate that was chosen."""
    found, name = stored("cures"), str(rng.choice(list(cures.TABLES)))
    remedy, frozen, width = cures.TABLES[name]
    depths, _ = cures.plan(frozen, width)
    row, seed = rng.integers(len(depths)), int(rng.integers(cures.SEEDS))
    rate, depth = found[f"{name}_rates"][row], depths[row]
    again = cures.trained(remedy, depth, [seed], [rate], frozen, width)[1][0]
    return f"{name}, {depth} layers, seed {seed}", found[name][row, seed], again, allowed(depth)


def run_of_folds(rng):
    """A network on the board, trained again."""
    found, remedy = stored("folds"), str(rng.choice(list(folds.REMEDIES)))
    frozen = bool(rng.integers(2))
    name = f"{remedy}_frozen" if frozen else remedy
    depths = folds.FROZEN_DEPTHS if frozen else folds.DEPTHS
    row, seed = rng.integers(len(depths)), int(rng.integers(folds.SEEDS))
    rate, depth = found[f"{name}_rates"][row], depths[row]
    again = folds.trained(remedy, depth, [seed], [rate], frozen)[1][0]
    return f"{name}, {depth} layers, seed {seed}", found[name][row, seed], again, 0.25


def run_of_learning_speed(rng):
    """A control of the graded rates, trained again."""
    row, hidden = rng.integers(len(learning_speed.CONTROLS)), int(rng.integers(1, 5))
    name, seed = list(learning_speed.CONTROLS)[row], int(rng.integers(5))
    rates = learning_speed.control_rates(*learning_speed.CONTROLS[name], hidden)
    again = learning_speed.control_accuracies(hidden, rates, [30], [seed])[0, 0]
    kept = stored("learning_speed")["controls"][row, hidden - 1, seed]
    return f"{name}, {hidden} layers, seed {seed}", kept, again, 0.02 if hidden < 3 else 0.25


def run_of_drawing(rng):
    """A drawing of 49 sigmoids, found again; the error may differ by half."""
    start, method = str(rng.choice(list(drawing.STARTS))), str(rng.choice(drawing.COLUMNS))
    seed = int(rng.integers(drawing.SEEDS))
    place = list(drawing.STARTS).index(start), drawing.COLUMNS.index(method), seed
    kept, again = stored("drawing")["mean_error"][place], drawing.run(start, method, seed)[0]
    return f"{start}, {method}, seed {seed}", kept, again, kept / 2


def run_of_shattered(rng):
    """The likeness of two slopes in one random network."""
    law, row = str(rng.choice(list(shattered.LAWS))), rng.integers(len(shattered.DEPTHS))
    depth, kept = shattered.DEPTHS[row], stored("shattered")[law][row, 0]
    return f"{law}, {depth} layers", kept, shattered.measured(law, depth, range(1))[0], 1e-3


RUNS = {
    "cures": run_of_cures,
    "folds": run_of_folds,
    "learning_speed": run_of_learning_speed,
    "drawing": run_of_drawing,
    "shattered": run_of_shattered,
}


def allowed(depth):
    """How far an accuracy may lie from the stored one."""
    return 0.03 if depth <= 4 else 0.1 if depth <= 8 else 0.35


def agrees(kept, again, tolerance):
    """Whether both diverged, or both numbers are near one another."""
    return np.isnan(kept) == np.isnan(again) and not abs(kept - again) > tolerance


def main(count, seed=0):
    """Compute so many runs anew, by turns from each experiment; the number that do not agree."""
    rng, wrong = np.random.default_rng(seed), 0
    for name in islice(cycle(RUNS), count):
        what, kept, again, tolerance = RUNS[name](rng)
        wrong += not agrees(kept, again, tolerance)
        verdict = "" if agrees(kept, again, tolerance) else "  DIFFERS"
        print(f"{name}: {what}: stored {kept:.4g}, again {again:.4g}{verdict}", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:])), 1))
