"""Which singular values of a deep network's Jacobian does a method find, and what does it cost?"""

import json
import resource
import statistics
import sys
import time

import numpy as np
from peers import in_turns, installed

N, ROUNDS, CLOSE = 128, 3, 1e-3  # a logarithm that far off counts as wrong
CASES = {  # name: (gain, layers)
    "gain 0.5, 1,100 layers": (0.5, 1100),
    "gain 1.5, 100 layers": (1.5, 100),
    "gain 1.5, 400 layers": (1.5, 400),
}
PEERS = (
    "slopes",
    "slopes, both ends only",
    "one QR sweep",
    "alternating QR sweeps",
    "product, then SVD",
    "torch",
    "jax, compiled",
)
NEEDS = {"torch": "torch", "jax, compiled": "jax"}


def network(gain):
    """Weights and start of a recurrent tanh network, the same for all peers."""
    rng = np.random.default_rng(1)
    return gain * rng.normal(size=(N, N)) / N**0.5, rng.normal(size=N)


def with_slopes(W, h, layers):
    from slopes.jacobian import log_singular_values, rnn_jacobians

    return log_singular_values(rnn_jacobians(W, h, layers))


def both_ends(W, h, layers):
    from slopes.jacobian import log_extreme_singular_values, rnn_jacobians

    smallest, largest = log_extreme_singular_values(rnn_jacobians(W, h, layers))
    return np.array([largest[-1], *[np.nan] * (N - 2), smallest[-1]])


def one_sweep(W, h, layers):
    from slopes.jacobian import lyapunov_exponents, rnn_jacobians

    return layers * lyapunov_exponents(rnn_jacobians(W, h, layers))


def alternating_sweeps(W, h, layers):
    """Forward, then backward through the transposes, until still to 1e-9; at most ten times."""
    from slopes.jacobian import rnn_jacobians

    jacobians = rnn_jacobians(W, h, layers)
    frame, last = np.eye(N), np.inf
    for _ in range(10):
        logs = np.zeros(N)
        for J in jacobians:
            frame, R = np.linalg.qr(J @ frame)
            logs += np.log(np.abs(np.diagonal(R)))
        if np.abs(logs - last).max() < 1e-9:
            break
        last = logs
        for J in jacobians[::-1]:
            frame, _ = np.linalg.qr(J.T @ frame)
    return np.sort(logs)[::-1]


def multiplied(W, h, layers):
    from slopes.jacobian import product, rnn_jacobians

    return _logs(product(rnn_jacobians(W, h, layers)))


def with_torch(W, h, layers):
    import torch

    torch.set_num_threads(1)
    weights = torch.from_numpy(W)

    def last(state):
        for _ in range(layers):
            state = torch.tanh(weights @ state)
        return state

    return _logs(torch.autograd.functional.jacobian(last, torch.from_numpy(h)).numpy())


def with_jax(W, h, layers):
    import jax

    jax.config.update("jax_enable_x64", True)

    def step(state, _):
        return jax.numpy.tanh(W @ state), None

    @jax.jit
    def jacobian(state):
        return jax.jacfwd(lambda x: jax.lax.scan(step, x, None, layers)[0])(state)

    return _logs(np.asarray(jacobian(h)))


def _logs(J):
    if not np.isfinite(J).all():
        return np.full(N, np.nan)
    with np.errstate(divide="ignore"):
        return np.log(np.linalg.svd(J, compute_uv=False))


FUNCTIONS = (
    with_slopes,
    both_ends,
    one_sweep,
    alternating_sweeps,
    multiplied,
    with_torch,
    with_jax,
)


def measure(peer):
    """In a process of its own: processor seconds and logarithms for each case."""
    function, found = FUNCTIONS[PEERS.index(peer)], {}
    function(*network(1.0), 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, (gain, layers) in CASES.items():
        W, h = network(gain)
        start = time.process_time()
        logs = function(W, h, layers)
        found[name] = [time.process_time() - start, [str(value) for value in logs]]
    added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"found": found, "megabytes": added}))


def check(right):
    """Three independent tests of the logarithms that the others are held against."""
    import mpmath

    from slopes.jacobian import log_extreme_singular_values, log_singular_values, rnn_jacobians

    for name, (gain, layers) in CASES.items():
        jacobians = rnn_jacobians(*network(gain), layers)
        determinants = np.linalg.slogdet(jacobians).logabsdet.sum()
        _must(np.isclose(right[name].sum(), determinants, rtol=1e-11, atol=0))
        ends = [logs[-1] for logs in log_extreme_singular_values(jacobians)]
        _must(np.allclose(ends, right[name][[-1, 0]], rtol=0, atol=1e-6))
    small = np.random.default_rng(2).normal(size=(1500, 4, 4))
    with mpmath.workdps(3000):
        whole = mpmath.eye(4)
        for J in small:
            whole = mpmath.matrix(J.tolist()) * whole
        exact = [float(mpmath.log(value)) for value in mpmath.svd_r(whole, compute_uv=False)]
    _must(np.allclose(log_singular_values(small), np.sort(exact)[::-1], rtol=0, atol=1e-9))


def _must(hold):
    if not hold:
        raise SystemExit("slopes is wrong")


def cell(several, name, right):
    """Milliseconds a layer, and how many of the logarithms are right."""
    seconds = statistics.median(one["found"][name][0] for one in several)
    logs = np.array([float(value) for value in several[0]["found"][name][1]])
    count = (np.abs(logs - right[name]) < CLOSE).sum()
    return f"{1e3 * seconds / CASES[name][1]:.3g} ({count} of {N})"


def main():
    here = [peer for peer in PEERS if installed(peer, NEEDS)]
    runs = in_turns(__file__, here, ROUNDS)
    own = runs["slopes"][0]["found"]
    right = {name: np.array([float(value) for value in own[name][1]]) for name in CASES}
    check(right)
    print(__doc__)
    print(
        f"{'milliseconds a layer (right)':30}" + "".join(f"{n:>28}" for n in CASES) + "   MB added"
    )
    for peer, several in runs.items():
        cells = "".join(f"{cell(several, name, right):>28}" for name in CASES)
        megabytes = statistics.median(one["megabytes"] for one in several)
        print(f"{peer:30}{cells}{megabytes:11.0f}")
    for peer in PEERS:
        if peer not in here:
            print(f"{peer:30}skipped: {NEEDS[peer]} is not installed")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
