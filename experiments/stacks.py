"""Networks of one shape that are trained side by side: a matrix product serves all of them.

`Stack.train` makes the steps of `slopes.network.train`, in a fraction of the time. It knows two
things more: gates, and layers that stay as they were drawn. A network whose numbers grow beyond
the floats has diverged; it is marked as such and stands still, and the others go on.
"""

import numpy as np

from slopes.activation import RELU, SIGMOID, TANH
from slopes.network import PLAIN, build

VALUES = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}
SLOPES = {  # by the value, which the way back has at hand
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a * a,
    "relu": lambda a: (a > 0).astype(float),
}
KINDS = {"sigmoid": SIGMOID, "tanh": TANH, "relu": RELU}
FLOOR = 1e-5  # of a variance, as in slopes.network


class Stack:
    """Networks drawn as `slopes.network.build` draws them, one for each source of randomness.

    With `gates`, a layer with as many neurons as inputs hands on ``t∘σ(Wh + b) + (1 - t)∘h``,
    ``t = σ(Vh + c)``; all of ``c`` start at that number (Srivastava et al. 2015).
    """

    def __init__(
        self, sizes, sources, law, activation="sigmoid", normalisation=PLAIN, skip=None, gates=None
    ):
        self.activation, self.axis, self.skip = activation, normalisation.axis, skip
        self.gated = gates is not None
        drawn = [
            build(sizes, rng, law, KINDS[activation], normalisation=normalisation).parameters
            for rng in sources
        ]
        self.weights = [np.stack([W.T for W in layer]) for layer in stacked(drawn, "weights")]
        self.biases = [np.stack(layer)[:, None] for layer in stacked(drawn, "biases")]
        self.scales = [np.stack(layer)[:, None] for layer in stacked(drawn, "scales")]
        self.gates = [self._gate(W, sources, gates) for W in self.weights[:-1]]
        self.diverged = np.zeros(len(drawn), bool)

    def _gate(self, W, sources, start):
        """Weights and biases of a layer's gates, none where there are none."""
        count, n, m = W.shape
        if not self.gated or n != m:
            return []
        return [
            np.stack([rng.normal(0, n**-0.5, (n, n)) for rng in sources]),
            np.full((count, 1, n), float(start)),
        ]

    def forward(self, h, statistics=None):
        """Weighted inputs of the output, what it is given, and what the way back needs."""
        traces = []
        for i, (W, b) in enumerate(zip(self.weights[:-1], self.biases[:-1], strict=True)):
            z, normal, known, gate = h @ W, None, None, None
            if self.axis is not None:
                normal, known = self._normalised(z, statistics and statistics[i])
                z = self.scales[i] * normal
            a = VALUES[self.activation](z + b)
            if self.gates[i]:
                gate = VALUES["sigmoid"](h @ self.gates[i][0] + self.gates[i][1])
            traces.append((h, a, normal, known, gate))
            if gate is not None:
                h = gate * a + (1 - gate) * h
            else:
                h = h + self.skip * a if self._skips(W) else a
        return h @ self.weights[-1] + self.biases[-1], h, traces

    def _skips(self, W):
        return self.skip is not None and W.shape[1] == W.shape[2]

    def _normalised(self, z, known):
        axis = -2 if self.axis == 0 else -1  # over the examples, or over the neurons
        if known is None:
            spread = np.sqrt(z.var(axis=axis, keepdims=True) + FLOOR)
            known = z.mean(axis=axis, keepdims=True), spread
        return (z - known[0]) / known[1], known

    def gradient(self, x, y, frozen=False):
        """Cost of each network, and its gradient by each array of parameters, in their order."""
        z, last, traces = self.forward(x)
        delta = (VALUES["sigmoid"](z) - y) / x.shape[-2]
        found = {("weights", -1): turned(last) @ delta, ("biases", -1): added(delta)}
        back = delta @ turned(self.weights[-1])
        for i in reversed(range(len(traces))):
            (h, a, normal, known, gate), W = traces[i], self.weights[i]
            moves = not frozen or i == 0
            around = 0
            if gate is not None:
                shut = back * (a - h) * gate * (1 - gate)
                if moves:
                    found["gates", i] = [turned(h) @ shut, added(shut)]
                around = shut @ turned(self.gates[i][0]) + back * (1 - gate)
                back = back * gate
            elif self._skips(W):
                around, back = back, self.skip * back
            delta = back * SLOPES[self.activation](a)
            if moves:
                found["biases", i] = added(delta)
            if normal is not None:
                if moves:
                    found["scales", i] = added(delta * normal)
                delta = self._through(delta * self.scales[i], normal, known[1])
            if moves:
                found["weights", i] = turned(h) @ delta
            if i:
                back = delta @ turned(W) + around
        cost = np.sum(np.logaddexp(0, z) - y * z, axis=-1).mean(axis=-1)
        return cost, found

    def _through(self, delta, normal, spread):
        axis = -2 if self.axis == 0 else -1
        along = np.mean(delta * normal, axis=axis, keepdims=True)
        return (delta - delta.mean(axis=axis, keepdims=True) - normal * along) / spread

    def move(self, found, rates, decay, max_norm):
        """One step of descent; `rates` has a row for each network and a column for each layer."""
        share = self._shortening(found, max_norm) if max_norm else 1.0
        for (name, i), gradient in found.items():
            rate = (share * rates[:, i])[:, None, None]
            shrink = 1 - decay * rates[:, i, None, None]
            target = getattr(self, name)[i]
            if name == "gates":
                target[0] *= shrink
                target[0] -= rate * gradient[0]
                target[1] -= rate * gradient[1]
            else:
                if name == "weights":
                    target *= shrink
                target -= rate * gradient

    def _shortening(self, found, max_norm):
        length = np.sqrt(sum(np.sum(g * g, axis=(1, 2)) for g in flat(found)))
        return np.where(length > max_norm, max_norm / length, 1.0)

    def train(
        self, x, y, epochs, rates, sources, batch=10, decay=1e-4, max_norm=None, frozen=False
    ):
        """Descend; the average cost of each network in the last epoch, NaN if it diverged.

        `rates` has a row for each network: one number, or one for each layer.
        """
        count = len(self.diverged)
        rates = np.broadcast_to(np.reshape(rates, (count, -1)), (count, len(self.weights)))
        with np.errstate(all="ignore"):
            for _ in range(epochs):
                order, costs = np.stack([rng.permutation(len(x)) for rng in sources]), []
                for cut in range(0, len(x), batch):
                    some = order[:, cut : cut + batch]
                    cost, found = self.gradient(x[some], y[some], frozen)
                    self._halt(cost, found)
                    costs.append(cost)
                    self.move(found, rates, decay, max_norm)
        return np.where(self.diverged, np.nan, np.mean(costs, axis=0))

    def _halt(self, cost, found):
        """Mark the networks whose cost is not finite, and put 0 for all their numbers."""
        lost = ~np.isfinite(cost)
        if lost.any():
            self.diverged |= lost
            gates = [array for gate in self.gates for array in gate]
            for array in flat(found) + self.weights + self.biases + self.scales + gates:
                array[lost] = 0

    def _settled(self, seen):
        """Means and spreads of the weighted inputs over these examples, for `forward`."""
        if self.axis != 0:
            return None
        _, _, traces = self.forward(self._for_each(seen))
        return [known for _, _, _, known, _ in traces]

    def _for_each(self, x):
        return np.broadcast_to(x, (len(self.diverged), *x.shape))

    def accuracy(self, x, labels, seen):
        """Share of examples read correctly, NaN where diverged; statistics are those of `seen`."""
        with np.errstate(all="ignore"):
            z, _, _ = self.forward(self._for_each(x), self._settled(seen))
        right = np.mean(z.argmax(axis=-1) == labels, axis=-1)
        return np.where(self.diverged | ~np.isfinite(z).all(axis=(1, 2)), np.nan, right)


def stacked(parameters, name):
    """For each layer, the arrays of all networks."""
    return zip(*(getattr(each, name) for each in parameters), strict=True)


def flat(found):
    """The arrays of a gradient in one list."""
    return [g for each in found.values() for g in (each if isinstance(each, list) else [each])]


def turned(array):
    """Each matrix transposed."""
    return np.swapaxes(array, -1, -2)


def added(delta):
    """The sum over the examples."""
    return delta.sum(axis=-2, keepdims=True)
