"""How long does the logarithm of a chain's gradient take at depth 10 to 10⁶, and is it right?"""

import json
import math
import resource
import statistics
import sys
import time

import numpy as np
from peers import in_turns, installed

DEPTHS = (10, 100, 1000, 10**4, 10**5, 10**6)
ROUNDS, ENOUGH = 3, 1.5  # seconds; a peer that takes longer is not asked for deeper chains
PEERS = ("slopes", "Python, product", "Python, logarithms", "autograd", "torch", "jax, compiled")
NEEDS = {"autograd": "autograd", "torch": "torch", "jax, compiled": "jax"}


def with_slopes():
    from slopes.chain import Chain, log_gradient

    return lambda w, b: log_gradient(Chain(w, b), 0.5)[1]


def with_a_product():
    def log_gradient(w, b):
        a, product = 0.5, 1.0
        for weight, bias in zip(w.tolist(), b.tolist(), strict=True):
            a = 1 / (1 + math.exp(-weight * a - bias))
            product *= weight * a * (1 - a)
        return math.log(abs(product)) if product else -math.inf

    return log_gradient


def with_logarithms():
    def log_gradient(w, b):
        a, log = 0.5, 0.0
        for weight, bias in zip(w.tolist(), b.tolist(), strict=True):
            a = 1 / (1 + math.exp(-weight * a - bias))
            log += math.log(abs(weight * a * (1 - a)))
        return log

    return log_gradient


def with_autograd():
    import autograd
    import autograd.numpy as anp

    def output(x, w, b):
        for weight, bias in zip(w, b, strict=True):
            x = 1 / (1 + anp.exp(-weight * x - bias))
        return x

    return lambda w, b: _log(autograd.grad(output)(0.5, w, b))


def with_torch():
    import torch

    torch.set_num_threads(1)

    def log_gradient(w, b):
        x = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
        a = x
        for weight, bias in zip(torch.from_numpy(w), torch.from_numpy(b), strict=True):
            a = torch.sigmoid(weight * a + bias)
        a.backward()
        return _log(x.grad.item())

    return log_gradient


def with_jax():
    import jax

    jax.config.update("jax_enable_x64", True)

    def layer(a, parameters):
        return jax.nn.sigmoid(parameters[0] * a + parameters[1]), None

    @jax.jit
    def slope(w, b):
        return jax.grad(lambda x: jax.lax.scan(layer, x, (w, b))[0])(0.5)

    return lambda w, b: _log(float(slope(w, b)))


def _log(gradient):
    return math.log(abs(gradient)) if gradient else -math.inf


FUNCTIONS = dict(
    zip(
        PEERS,
        (with_slopes, with_a_product, with_logarithms, with_autograd, with_torch, with_jax),
        strict=True,
    )
)


def chain(depth):
    """Weights and biases of the chain of that depth: standard normal, the same for all peers."""
    return np.random.default_rng(depth).normal(size=(2, depth))


def measure(peer):
    """In a process of its own: median processor seconds and answer for each depth."""
    log_gradient, found = FUNCTIONS[peer](), {}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for depth in DEPTHS:
        w, b = chain(depth)
        start = time.process_time()
        answer = float(
            log_gradient(w, b)
        )  # the first call also compiles, where there is a compiler
        first = time.process_time() - start
        seconds = [first]
        if first < ENOUGH or depth <= 1000:
            seconds = []
            while len(seconds) < 3 or (sum(seconds) < 0.2 and len(seconds) < 50):
                start = time.process_time()
                log_gradient(w, b)
                seconds.append(time.process_time() - start)
        found[depth] = [statistics.median(seconds), answer]
        if min(seconds) > ENOUGH:
            break
    added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"found": found, "megabytes": added}))


def right_answers():
    """The logarithms in 50 digits, for the depths where that does not take long."""
    import mpmath

    mpmath.mp.dps = 50
    answers = {}
    for depth in DEPTHS[:5]:
        a, log = mpmath.mpf(0.5), mpmath.mpf(0)
        for weight, bias in zip(*chain(depth), strict=True):
            a = 1 / (1 + mpmath.exp(-mpmath.mpf(weight) * a - mpmath.mpf(bias)))
            log += mpmath.log(abs(mpmath.mpf(weight) * a * (1 - a)))
        answers[str(depth)] = float(log)
    return answers


def cell(depth, several, exact, fastest):
    """Milliseconds at one depth, their ratio to `slopes`, and a mark if the answer is wrong."""
    if not all(depth in one["found"] for one in several):
        return "too slow"
    seconds = statistics.median(one["found"][depth][0] for one in several)
    answer = several[0]["found"][depth][1]
    wrong = depth in exact and not math.isclose(answer, exact[depth], rel_tol=1e-10)
    return f"{1e3 * seconds:.3g} ({seconds / fastest[depth]:.2g}×)" + (" wrong" if wrong else "")


def main():
    here = [peer for peer in PEERS if installed(peer, NEEDS)]
    runs = in_turns(__file__, here, ROUNDS)
    exact = right_answers()
    exact["1000000"] = runs["Python, logarithms"][0]["found"]["1000000"][1]
    depths = [str(depth) for depth in DEPTHS]
    own = runs["slopes"]
    fastest = {d: statistics.median(one["found"][d][0] for one in own) for d in depths}
    print(__doc__)
    print(f"{'milliseconds at depth':22}" + "".join(f"{d:>22}" for d in depths) + "   MB added")
    for peer, several in runs.items():
        cells = [cell(depth, several, exact, fastest) for depth in depths]
        megabytes = statistics.median(one["megabytes"] for one in several)
        print(f"{peer:22}" + "".join(f"{c:>22}" for c in cells) + f"{megabytes:11.0f}")
        if peer == "slopes" and any("wrong" in c for c in cells):
            raise SystemExit("slopes is wrong")
    for peer in PEERS:
        if peer not in here:
            print(f"{peer:22} skipped: {NEEDS[peer]} is not installed")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
