"""How long do 100 epochs of Nielsen's experiment take, and are the speeds of the layers right?"""

import json
import resource
import statistics
import sys
import time

import numpy as np
from peers import in_turns, installed

SIZES, EXAMPLES, EPOCHS, RATE, DECAY = (64, 30, 30, 30, 10), 1000, 100, 0.1, 5 / 1000
ROUNDS, CLOSE = 3, 1e-9  # a relative error above that counts as wrong
PEERS = ("slopes", "a loop over samples", "torch", "jax, compiled")
NEEDS = {"torch": "torch", "jax, compiled": "jax"}


def problem():
    """First weights and biases, the digits and their targets: the same for all peers."""
    from slopes.data import digits
    from slopes.network import build, one_hot

    images, labels = digits()
    network = build(SIZES, np.random.default_rng(1))
    return network, images[:EXAMPLES], one_hot(labels[:EXAMPLES])


def with_slopes():
    from slopes.network import train

    def speeds(network, x, y, epochs):
        return train(network, x, y, epochs, RATE, DECAY).speeds

    return speeds


def sample_by_sample():
    """As in Nielsen's program: backpropagation for one image at a time, columns of numbers."""

    def sigmoid(z):
        return 1.0 / (1.0 + np.exp(-z))

    def backpropagate(weights, biases, x, y):
        activations, inputs = [x], []
        for W, b in zip(weights, biases, strict=True):
            inputs.append(W @ activations[-1] + b)
            activations.append(sigmoid(inputs[-1]))
        delta = activations[-1] - y
        by_bias, by_weight = [delta], [delta @ activations[-2].T]
        for i in range(2, len(SIZES)):
            slope = sigmoid(inputs[-i]) * (1 - sigmoid(inputs[-i]))
            delta = (weights[-i + 1].T @ delta) * slope
            by_bias.insert(0, delta)
            by_weight.insert(0, delta @ activations[-i - 1].T)
        return by_bias, by_weight

    def speeds(network, x, y, epochs):
        weights = network.parameters.weights
        biases = [b[:, None] for b in network.parameters.biases]
        pairs = [(a[:, None], t[:, None]) for a, t in zip(x, y, strict=True)]
        found = []
        for _ in range(epochs):
            by_bias, by_weight = [0] * len(biases), [0] * len(biases)
            for image, target in pairs:
                some_bias, some_weight = backpropagate(weights, biases, image, target)
                by_bias = [a + b for a, b in zip(by_bias, some_bias, strict=True)]
                by_weight = [a + b for a, b in zip(by_weight, some_weight, strict=True)]
            found.append([np.linalg.norm(g) / len(pairs) for g in by_bias])
            step, keep = RATE / len(pairs), 1 - RATE * DECAY
            weights = [keep * W - step * g for W, g in zip(weights, by_weight, strict=True)]
            biases = [b - step * g for b, g in zip(biases, by_bias, strict=True)]
        return np.array(found)

    return speeds


def with_torch():
    import torch

    torch.set_num_threads(1)

    def speeds(network, x, y, epochs):
        groups = network.parameters.weights, network.parameters.biases
        weights, biases = ([torch.tensor(a, requires_grad=True) for a in g] for g in groups)
        x, y, found = torch.from_numpy(x), torch.from_numpy(y), []
        cost = torch.nn.BCEWithLogitsLoss(reduction="sum")
        for _ in range(epochs):
            h = x
            for W, b in zip(weights[:-1], biases[:-1], strict=True):
                h = torch.sigmoid(torch.nn.functional.linear(h, W, b))
            z = torch.nn.functional.linear(h, weights[-1], biases[-1])
            slopes = torch.autograd.grad(cost(z, y) / len(x), [*weights, *biases])
            found.append([g.norm().item() for g in slopes[len(weights) :]])
            with torch.no_grad():
                for W, g in zip(weights, slopes, strict=False):
                    W.mul_(1 - RATE * DECAY).sub_(g, alpha=RATE)
                for b, g in zip(biases, slopes[len(weights) :], strict=True):
                    b.sub_(g, alpha=RATE)
        return np.array(found)

    return speeds


def with_jax():
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def cost(parameters, x, y):
        (*weights, last), (*biases, end) = parameters
        h = x
        for W, b in zip(weights, biases, strict=True):
            h = jax.nn.sigmoid(h @ W.T + b)
        z = h @ last.T + end
        return jnp.sum(jnp.logaddexp(0, z) - y * z) / len(x)

    def epoch(parameters, x, y):
        by_weight, by_bias = jax.grad(cost)(parameters, x, y)
        weights, biases = parameters
        keep = 1 - RATE * DECAY
        weights = [keep * W - RATE * g for W, g in zip(weights, by_weight, strict=True)]
        biases = [b - RATE * g for b, g in zip(biases, by_bias, strict=True)]
        return (weights, biases), jnp.stack([jnp.linalg.norm(g) for g in by_bias])

    @jax.jit
    def run(parameters, x, y):
        return jax.lax.scan(lambda p, _: epoch(p, x, y), parameters, None, length=EPOCHS)[1]

    def speeds(network, x, y, epochs):
        parameters = list(network.parameters.weights), list(network.parameters.biases)
        return np.asarray(run(parameters, x, y))[:epochs]

    return speeds


FUNCTIONS = dict(zip(PEERS, (with_slopes, sample_by_sample, with_torch, with_jax), strict=True))


def measure(peer):
    """In a process of its own: processor seconds of a second run, speeds, and memory added."""
    speeds, given = FUNCTIONS[peer](), problem()
    epochs = 5 if peer == "a loop over samples" else EPOCHS  # each takes as long as the next
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    speeds(*given, epochs)  # the first call also compiles, where there is a compiler
    start = time.process_time()
    answer = speeds(*given, epochs)
    seconds = (time.process_time() - start) * EPOCHS / epochs
    added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"seconds": seconds, "answer": answer.tolist(), "megabytes": added}))


def main():
    here = [peer for peer in PEERS if installed(peer, NEEDS)]
    runs = in_turns(__file__, here, ROUNDS)
    exact = np.array(runs["a loop over samples"][0]["answer"])
    own = statistics.median(one["seconds"] for one in runs["slopes"])
    print(__doc__)
    print(f"{'':22}{'milliseconds':>14}{'ratio':>8}{'error of the speeds':>22}   MB added")
    for peer, several in runs.items():
        seconds = statistics.median(one["seconds"] for one in several)
        megabytes = statistics.median(one["megabytes"] for one in several)
        error = np.abs(np.array(several[0]["answer"])[: len(exact)] / exact - 1).max()
        print(f"{peer:22}{1e3 * seconds:14.0f}{seconds / own:7.1f}×{error:22.1e}{megabytes:11.0f}")
        if peer == "slopes" and error > CLOSE:
            raise SystemExit("slopes is wrong")
    for peer in PEERS:
        if peer not in here:
            print(f"{peer:22} skipped: {NEEDS[peer]} is not installed")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
