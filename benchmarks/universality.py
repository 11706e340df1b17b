"""What do many bumps at many points cost, and many towers on a grid, in time and in memory?"""

import json
import resource
import statistics
import sys
import time

import numpy as np
from peers import in_turns, installed

ROUNDS, CALLS = 3, 3
SLOW = 2  # seconds, from which a peer is measured once
BUMPS = {  # name: (bumps, points, weight per cell)
    "1,000 steep bumps, 100,000 points": (10**3, 10**5, 100),
    "1,000 bumps of w = 3N, 10,000 points": (10**3, 10**4, 3),
    "1,000 soft bumps, 10,000 points": (10**3, 10**4, 0.02),
    "100,000 steep bumps, 1,000,000 points": (10**5, 10**6, 100),
}
TOWERS = {  # name: (towers a side, points a side)
    "400 towers, 400 × 400 points": (20, 400),
    "4,096 towers, 512 × 512 points": (64, 512),
}
PEERS = ("slopes", "one broadcast, NumPy", "a loop, NumPy", "in blocks, jax")
NEEDS = {"in blocks, jax": "jax"}
MOST_WORK = 2 * 10**9  # pairs of neuron and point: more than this would take a peer minutes
MOST_MEMORY = 10**8  # pairs in one broadcast: five arrays of them take 4 GB


def bumps_of(case):
    count, points, steepness = BUMPS[case]
    heights = np.random.default_rng(1).normal(size=count)
    x = np.linspace(-0.05, 1.05, points)
    return np.linspace(0, 1, count + 1), heights, float(steepness * count), x


def towers_of(case):
    count, points = TOWERS[case]
    heights = np.random.default_rng(2).normal(size=(count, count))
    return np.linspace(0, 1, count + 1), heights, 1000.0, 20.0, np.linspace(0, 1, points)


def work(case):
    """Pairs of a neuron and a point, each of which a plain sum evaluates."""
    if case in BUMPS:
        return BUMPS[case][0] * BUMPS[case][1]
    return TOWERS[case][0] ** 2 * TOWERS[case][1] ** 2


def too_much(peer, case):
    """Why `peer` does not run `case`, or nothing."""
    if not installed(peer, NEEDS):
        return f"{NEEDS[peer]} is not installed"
    if peer == "one broadcast, NumPy" and work(case) > MOST_MEMORY:
        return f"its arrays would take {5 * 8 * work(case) / 1e9:.0f} GB"
    if peer != "slopes" and work(case) > MOST_WORK:
        return f"{work(case):.0e} pairs of neuron and point would take minutes"
    return None


def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def bump_sum(peer, edges, heights, w):
    """The function of the points that `peer` would run."""
    low, high = edges[:-1], edges[1:]
    if peer == "slopes":
        from slopes.universality import Bumps, bump_network

        return lambda x: bump_network(Bumps(edges, heights, w), x)
    if peer == "one broadcast, NumPy":
        return lambda x: np.sum(
            heights * (sigmoid(w * (x[:, None] - low)) - sigmoid(w * (x[:, None] - high))), axis=1
        )
    if peer == "a loop, NumPy":

        def loop(x):
            total = np.zeros(x.size)
            for left, right, height in zip(low, high, heights, strict=True):
                total += height * (sigmoid(w * (x - left)) - sigmoid(w * (x - right)))
            return total

        return loop
    jax = _jax()

    def one(x):
        return jax.numpy.sum(
            heights * (jax.nn.sigmoid(w * (x - low)) - jax.nn.sigmoid(w * (x - high)))
        )

    compiled = jax.jit(lambda x: jax.lax.map(one, x, batch_size=1000))
    return lambda x: np.asarray(compiled(x))


def tower_sum(peer, edges, heights, w, h):
    """The function of the points of one side that `peer` would run, on the whole grid."""
    if peer == "slopes":
        from slopes.universality import Towers, tower_network

        return lambda x: tower_network(Towers(edges, edges, heights, w, h), x[:, None], x)
    if peer == "in blocks, jax":
        jax = _jax()

        def compute(x):
            up = jax.nn.sigmoid(w * (x[:, None] - edges))
            up = up[:, :-1] - up[:, 1:]

            def row(u):
                every = jax.nn.sigmoid(h * (u[:, None, None] + up.T[None] - 1.5))
                return jax.numpy.sum(heights[:, :, None] * every, axis=(0, 1))

            return jax.lax.map(row, up)

        compiled = jax.jit(compute)
        return lambda x: np.asarray(compiled(x))

    def loop(x):
        up = sigmoid(w * (x[:, None] - edges))
        up = up[:, :-1] - up[:, 1:]
        total = np.zeros((x.size, x.size))
        for i, j in np.ndindex(heights.shape):
            total += heights[i, j] * sigmoid(h * (up[:, i, None] + up[:, j] - 1.5))
        return total

    return loop


def _jax():
    import jax

    jax.config.update("jax_enable_x64", True)
    return jax


def truth(case):
    """A few points, of a grid those on its diagonal, and the plain sum there in extended digits."""
    edges, heights, w, *h, x = bumps_of(case) if case in BUMPS else towers_of(case)
    places = np.random.default_rng(3).integers(x.size, size=40)
    up = sigmoid(np.longdouble(w) * (x[places, None].astype(np.longdouble) - edges))
    up = up[:, :-1] - up[:, 1:]
    if case in BUMPS:
        return places.tolist(), (heights * up).sum(axis=1)
    every = sigmoid(h[0] * (up[:, :, None] + up[:, None, :] - 1.5))
    return places.tolist(), (heights * every).sum(axis=(1, 2))


def _timed(function, x):
    start = time.perf_counter()
    function(x)
    return time.perf_counter() - start


def measure(peer, case):
    """In a process of its own: seconds of each call, megabytes added, and some values."""
    *network, x = bumps_of(case) if case in BUMPS else towers_of(case)
    function = (bump_sum if case in BUMPS else tower_sum)(peer, *network)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    values = function(x)
    seconds = [time.perf_counter() - start]
    if seconds[0] < SLOW or peer in NEEDS:  # a compiler's first call is not counted
        seconds = [_timed(function, x) for _ in range(CALLS)]
    added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    places, _ = truth(case)
    found = values[places] if case in BUMPS else values[places, places]
    print(json.dumps({"seconds": seconds, "megabytes": added, "found": found.tolist()}))


def slow(reports):
    return any(min(one["seconds"]) > SLOW for one in reports)


def compare(case):
    here = [peer for peer in PEERS if not too_much(peer, case)]
    if case in TOWERS:
        here = [peer for peer in here if peer != "one broadcast, NumPy"]
    runs = in_turns(__file__, here, ROUNDS, case, enough=slow)
    _, exact = truth(case)
    medians = {
        peer: statistics.median(t for one in several for t in one["seconds"])
        for peer, several in runs.items()
    }
    print(f"\n{case:40}        ms    ratio   MB added   greatest error")
    for peer, several in runs.items():
        error = float(np.abs(np.array(several[0]["found"]) - exact).max())
        megabytes = statistics.median(one["megabytes"] for one in several)
        ratio = medians[peer] / medians["slopes"]
        print(
            f"  {peer:38} {medians[peer] * 1e3:9.1f} {ratio:8.2f} {megabytes:10.0f}   {error:.1e}"
        )
        if peer == "slopes" and error > 1e-12:
            raise SystemExit("slopes misses the sum by more than 1e-12")
    for peer in PEERS:
        if reason := too_much(peer, case):
            print(f"  {peer:38} skipped: {reason}")


def main():
    print(__doc__)
    for case in (*BUMPS, *TOWERS):
        compare(case)
    print("\nSoft bumps leave nothing to skip: there slopes saves memory, not time.")


if __name__ == "__main__":
    measure(*sys.argv[1:]) if len(sys.argv) > 1 else main()
