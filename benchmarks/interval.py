"""How long does `interval_width` take for ten million weights, and how many digits are right?"""

import json
import resource
import statistics
import sys
import time

import numpy as np
from peers import in_turns, installed

COUNT, ROUNDS, CALLS = 10**7, 3, 5
PEERS = ("slopes", "textbook logarithm, NumPy", "textbook logarithm, torch", "asinh, jax")
NEEDS = {"textbook logarithm, torch": "torch", "asinh, jax": "jax"}


def formula(peer):
    """The function that `peer` would run, from a NumPy array to whatever it returns."""
    if peer == "slopes":
        from slopes.interval import interval_width

        return interval_width
    if peer == "textbook logarithm, NumPy":
        return lambda w: 2 / w * np.log(w * (1 + np.sqrt(1 - 4 / w)) / 2 - 1)
    if peer == "textbook logarithm, torch":
        import torch

        torch.set_num_threads(1)

        def textbook(w):
            w = torch.from_numpy(w)
            return 2 / w * torch.log(w * (1 + torch.sqrt(1 - 4 / w)) / 2 - 1)

        return textbook
    import jax

    jax.config.update("jax_enable_x64", True)
    compiled = jax.jit(lambda w: 4 * jax.numpy.arcsinh(jax.numpy.sqrt(w - 4) / 2) / w)
    return lambda w: compiled(w).block_until_ready()


def samples():
    """Weights whose width is checked: close to 4, and up to the largest floats."""
    rng = np.random.default_rng(4)
    near, far = 4 + 10 ** rng.uniform(-14, 0, 300), 10 ** rng.uniform(0.7, 307, 300)
    return {"near 4": near, "from 5 to 1e307": far}


def measure(peer):
    """In a process of its own: seconds of each call, megabytes added, and the sample's widths."""
    w = np.empty(COUNT)
    np.random.default_rng(1).random(out=w)
    w *= 96
    w += 4
    width = formula(peer)
    width(w[:1000])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = []
    for _ in range(CALLS):
        start = time.perf_counter()
        width(w)
        seconds.append(time.perf_counter() - start)
    added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    with np.errstate(all="ignore"):
        found = {name: np.asarray(width(some)).tolist() for name, some in samples().items()}
    print(json.dumps({"seconds": seconds, "megabytes": added, "found": found}))


def worst_error(w, found):
    """The greatest error, in units in the last place, against 60 digits."""
    import mpmath

    mpmath.mp.dps = 60
    worst = 0.0
    for weight, value in zip(w, found, strict=True):
        exact = 4 * mpmath.asinh(mpmath.sqrt(mpmath.mpf(weight) - 4) / 2) / mpmath.mpf(weight)
        unit = mpmath.mpf(float(np.spacing(float(exact))))
        worst = max(worst, float(abs(value - exact) / unit) if np.isfinite(value) else np.inf)
    return worst


def main():
    here = [peer for peer in PEERS if installed(peer, NEEDS)]
    runs = in_turns(__file__, here, ROUNDS)
    print(__doc__)
    print(f"{'':26} ns each   ratio   MB added   worst error in ulp: {', '.join(samples())}")
    medians = {
        peer: statistics.median(t for one in several for t in one["seconds"])
        for peer, several in runs.items()
    }
    for peer, several in runs.items():
        errors = [worst_error(w, several[0]["found"][name]) for name, w in samples().items()]
        each, ratio = medians[peer] / COUNT * 1e9, medians[peer] / medians["slopes"]
        megabytes = statistics.median(one["megabytes"] for one in several)
        shown = "   ".join(f"{error:.2g}" for error in errors)
        print(f"{peer:26} {each:7.1f} {ratio:7.2f} {megabytes:10.0f}   {shown}")
        if peer == "slopes" and max(errors) > 2:
            raise SystemExit("slopes is wrong by more than 2 units in the last place")
    for peer in PEERS:
        if peer not in here:
            print(f"{peer:26} skipped: {NEEDS[peer]} is not installed")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
