"""Answers that are wrong and plausible: the sources', and others that one is tempted to give.

Each names its sheet, the answer cell it replaces, and what stands there instead.
"""

WRONG = {
    # slopes
    "σ' without its square": (  # the first of five sources
        "slopes",
        "slope",
        """
def slope(z, height, steepness):
    e = np.exp(-steepness * z)
    return height * steepness * e / (1 + e)
""",
    ),
    "the inner factor forgotten": (
        "slopes",
        "slope",
        """
def slope(z, height, steepness):
    e = np.exp(-np.abs(steepness * z))
    return height * e / (1 + e) ** 2
""",
    ),
    "σ' as s(1 - s), which is 0 too early": (
        "slopes",
        "slope",
        """
def slope(z, height, steepness):
    s = 1 / (1 + np.exp(-steepness * np.asarray(z)))
    return height * steepness * s * (1 - s)
""",
    ),
    "σ' greatest at z = 0.5": (
        "slopes",
        "steepest",
        """
steepest_input = (0.5 - my_bias) / my_weight
steepest_gain = my_weight / (4 * np.cosh(0.25) ** 2)
""",
    ),
    "σ' 0.25 at z = 0.5": (
        "slopes",
        "steepest",
        """
steepest_input = (0.5 - my_bias) / my_weight
steepest_gain = my_weight / 4
""",
    ),
    "the gain without its sign": (
        "slopes",
        "steepest",
        """
steepest_input = -my_bias / my_weight
steepest_gain = abs(my_weight) / 4
""",
    ),
    "slopes taken at the activations": (
        "slopes",
        "gradient",
        """
def gradient(weights, biases, activations, x):
    product, a = 1.0, x
    for w, b, name in zip(weights, biases, activations):
        a = np.tanh(w * a + b) if name == "tanh" else 1 / (1 + np.exp(-w * a - b))
        s = 1 / (1 + np.exp(-a))
        product *= w * (1 - np.tanh(a) ** 2 if name == "tanh" else s * (1 - s))
    return product
""",
    ),
    "the product without the weights": (
        "slopes",
        "gradient",
        """
def gradient(weights, biases, activations, x):
    product, a = 1.0, x
    for w, b, name in zip(weights, biases, activations):
        a = np.tanh(w * a + b) if name == "tanh" else 1 / (1 + np.exp(-w * a - b))
        product *= 1 - a**2 if name == "tanh" else a * (1 - a)
    return product
""",
    ),
    "every layer a sigmoid": (
        "slopes",
        "gradient",
        """
def gradient(weights, biases, activations, x):
    product, a = 1.0, x
    for w, b in zip(weights, biases):
        a = 1 / (1 + np.exp(-w * a - b))
        product *= w * a * (1 - a)
    return product
""",
    ),
    "the weight of the layer before": (
        "slopes",
        "learning",
        """
def weight_slopes(weights, biases, x, target):
    a = [x]
    for w, b in zip(weights, biases):
        a.append(1 / (1 + np.exp(-(w * a[-1] + b))))
    error, slopes = a[-1] - target, []
    for i in reversed(range(len(weights))):
        slopes.append(error * a[i])
        error *= weights[i - 1] * a[i] * (1 - a[i])
    return slopes[::-1]
""",
    ),
    "∂z/∂w forgotten": (
        "slopes",
        "learning",
        """
def weight_slopes(weights, biases, x, target):
    a = [x]
    for w, b in zip(weights, biases):
        a.append(1 / (1 + np.exp(-(w * a[-1] + b))))
    error, slopes = a[-1] - target, []
    for i in reversed(range(len(weights))):
        slopes.append(error)
        error *= weights[i] * a[i] * (1 - a[i])
    return slopes[::-1]
""",
    ),
    "the second slope repeated, the third missing": (
        "slopes",
        "learning",
        """
def weight_slopes(weights, biases, x, target):
    a = [x]
    for w, b in zip(weights, biases):
        a.append(1 / (1 + np.exp(-(w * a[-1] + b))))
    error, slopes = a[-1] - target, []
    for i in reversed(range(len(weights))):
        slopes.append(error * a[i])
        error *= weights[i] * a[i] * (1 - a[i])
    slopes[2:3] = slopes[1:2]
    return slopes[::-1]
""",
    ),
    "0.25 a layer": ("slopes", "rate", "def settled_gain(w):\n    return 0.25"),
    "w/4 a layer": ("slopes", "rate", "def settled_gain(w):\n    return w / 4"),
    "w² ln(2/…)": (
        "slopes",
        "interval",
        """
def steep_share(w, b):
    w = abs(w)
    if w < 4:
        return 0
    return w**2 * np.log(2 / (w * (1 + np.sqrt(1 - 4 / w))) - 1)
""",
    ),
    "the width alone, where the interval sticks out": (
        "slopes",
        "interval",
        """
def steep_share(w, b):
    w = abs(w)
    return 0 if w < 4 else 2 / w * np.log(w * (1 + np.sqrt(1 - 4 / w)) / 2 - 1)
""",
    ),
    "the centre at -b/|w|": (
        "slopes",
        "interval",
        """
def steep_share(w, b):
    size = abs(w)
    if size < 4:
        return 0
    reach = np.log(size * (1 + np.sqrt(1 - 4 / size)) / 2 - 1) / size
    return max(0, min(1, reach - b / size) - max(0, -reach - b / size))
""",
    ),
    "the width 1/|w|": ("slopes", "interval", "def steep_share(w, b):\n    return 1 / abs(w)"),
    "the identity neuron without a bias": (
        "slopes",
        "copy",
        """
def copier(low, high, error):
    w1 = np.sqrt(48 * error / (high - low) ** 3)
    return [w1, -w1 * (low + high) / 2, 4 / w1, 0]
""",
    ),
    "the identity neuron of the mirrored sigmoid": (
        "slopes",
        "copy",
        """
def copier(low, high, error):
    w1 = np.sqrt(48 * error / (high - low) ** 3)
    return [w1, -w1 / 2, -4 / w1, 2 / w1 + 0.5]
""",
    ),
    "the identity neuron of the unit interval": (
        "slopes",
        "copy",
        """
def copier(low, high, error):
    w1 = np.sqrt(48 * error)
    return [w1, -w1 / 2, 4 / w1, 0.5 - 2 / w1]
""",
    ),
    "as small a weight as possible": (
        "slopes",
        "copy",
        """
def copier(low, high, error):
    w1, middle = 1e-9, (low + high) / 2
    return [w1, -w1 * middle, 4 / w1, middle - 2 / w1]
""",
    ),
    # layers
    "the logarithm of a product that is 0": (
        "layers",
        "first",
        """
def first_weight(weights, biases, x):
    product, a = x / weights[0], x
    for w, b in zip(weights, biases):
        a = 1 / (1 + np.exp(-w * a - b))
        product *= w * a * (1 - a)
    return np.log10(abs(product))
""",
    ),
    "the natural logarithm": (
        "layers",
        "first",
        """
def first_weight(weights, biases, x):
    total, a = np.log(abs(x / weights[0])), x
    for w, b in zip(weights, biases):
        z = w * a + b
        a = (1 + np.tanh(z / 2)) / 2
        total += np.log(abs(w)) - abs(z) - 2 * np.log1p(np.exp(-abs(z)))
    return total
""",
    ),
    "the slope for the input instead of the weight": (
        "layers",
        "first",
        """
def first_weight(weights, biases, x):
    total, a = 0, x
    for w, b in zip(weights, biases):
        z = w * a + b
        a = (1 + np.tanh(z / 2)) / 2
        total += np.log(abs(w)) - abs(z) - 2 * np.log1p(np.exp(-abs(z)))
    return total / np.log(10)
""",
    ),
    "one rate for all three": (
        "layers",
        "shrink",
        """
def shrink(gains):
    return [np.exp(np.log(np.abs(gains)).mean())] * 3
""",
    ),
    "means of the gains, not of the gradients": (
        "layers",
        "shrink",
        """
def shrink(gains):
    g = np.abs(gains)
    return [np.exp(np.log(g).mean()), g.mean(), np.sqrt((g**2).mean())]
""",
    ),
    "rates of products that left the floats": (
        "layers",
        "shrink",
        """
def shrink(gains):
    n = np.shape(gains)[1]
    with np.errstate(all="ignore"):
        g = np.abs(np.prod(gains, axis=1))
        return [np.exp(np.log(g).mean() / n), g.mean() ** (1 / n), (g**2).mean() ** (0.5 / n)]
""",
    ),
    "weights of mean 1": (
        "layers",
        "balance",
        "balance = (1 - my_chance * my_small) / (1 - my_chance)",
    ),
    "the two weights each other's inverse": ("layers", "balance", "balance = 1 / my_small"),
    "(1/2)^n": (
        "layers",
        "ceiling",
        """
def ceiling(W, steepest, n):
    return (steepest * np.linalg.norm(W, 2)) ** n
""",
    ),
    "0.25^n": (
        "layers",
        "ceiling",
        "def ceiling(W, steepest, n):\n    return steepest ** (n - 1)",
    ),
    "the spectral radius for the largest singular value": (
        "layers",
        "ceiling",
        """
def ceiling(W, steepest, n):
    return (steepest * np.abs(np.linalg.eigvals(W)).max()) ** (n - 1)
""",
    ),
    "states without the tanh": (
        "layers",
        "recurrent",
        """
def memory(W, h, signals):
    W, h = np.array(W), np.array(h)
    product = np.eye(len(h))
    for signal in signals:
        h = W @ h + signal
        product = (1 - h**2)[:, None] * W @ product
    return product
""",
    ),
    "the product in the wrong order": (
        "layers",
        "recurrent",
        """
def memory(W, h, signals):
    W, h = np.array(W), np.array(h)
    product = np.eye(len(h))
    for signal in signals:
        h = np.tanh(W @ h + signal)
        product = product @ ((1 - h**2)[:, None] * W)
    return product
""",
    ),
    "slopes that multiply columns": (
        "layers",
        "recurrent",
        """
def memory(W, h, signals):
    W, h = np.array(W), np.array(h)
    product = np.eye(len(h))
    for signal in signals:
        h = np.tanh(W @ h + signal)
        product = W * (1 - h**2) @ product
    return product
""",
    ),
    "a singular W instead of a singular I + W": (
        "layers",
        "forgetful",
        "forgetful = [[my_entry, my_link], [2 * my_entry, 2 * my_link]]",
    ),
    "W = -I in the second row only": (
        "layers",
        "forgetful",
        "forgetful = [[my_entry, my_link], [1, -1]]",
    ),
    "the ceiling without the floor": (
        "layers",
        "branch",
        """
def branch_scale(size, layers, factor):
    return (factor ** (1 / layers) - 1) / size
""",
    ),
    "one over the square root of the depth": (
        "layers",
        "branch",
        """
def branch_scale(size, layers, factor):
    return 1 / layers**0.5 / size
""",
    ),
    "terms above 1 are never 0": (
        "layers",
        "branch",
        "def branch_scale(size, layers, factor):\n    return 1 / size",
    ),
    # any function
    "the step on the wrong side": (
        "any_function",
        "step",
        """
def step_neuron(at, rise, share):
    w = 2 * np.log((1 - share) / share) / rise
    return [w, w * at]
""",
    ),
    "half the rise": (
        "any_function",
        "step",
        """
def step_neuron(at, rise, share):
    w = np.log((1 - share) / share) / rise
    return [w, -w * at]
""",
    ),
    "always from 0.1 to 0.9": (
        "any_function",
        "step",
        """
def step_neuron(at, rise, share):
    w = 2 * np.log(9) / rise
    return [w, -w * at]
""",
    ),
    "both steps up": (
        "any_function",
        "bumps",
        """
def bumps(edges, heights, w):
    places = [*edges[:-1], *edges[1:]]
    return {"weights": [w] * len(places), "biases": [-w * e for e in places],
            "outputs": [*heights, *heights], "offset": 0}
""",
    ),
    "the same steep neurons for every w": (
        "any_function",
        "bumps",
        """
def bumps(edges, heights, w):
    places = [*edges[:-1], *edges[1:]]
    return {"weights": [1000] * len(places), "biases": [-1000 * e for e in places],
            "outputs": [*heights, *[-h for h in heights]], "offset": 0}
""",
    ),
    "ideal steps for free": (
        "any_function",
        "count",
        """
def cells_needed(lipschitz, error, w):
    return int(np.ceil(lipschitz / (2 * error)))
""",
    ),
    "a cell too few": (
        "any_function",
        "count",
        """
def cells_needed(lipschitz, error, w):
    left = error / lipschitz - 2 * np.log(2) / w
    return 0 if left <= 0 else int(1 / (2 * left))
""",
    ),
    "a number of cells below 0": (
        "any_function",
        "count",
        """
def cells_needed(lipschitz, error, w):
    return int(np.ceil(1 / (2 * (error / lipschitz - 2 * np.log(2) / w))))
""",
    ),
    "the rate from the two ends": (
        "any_function",
        "order",
        """
def order(counts, errors):
    return np.log(errors[0] / errors[-1]) / np.log(counts[-1] / counts[0])
""",
    ),
    "the slope with its sign": (
        "any_function",
        "order",
        """
def order(counts, errors):
    return np.polyfit(np.log(counts), np.log(errors), 1)[0]
""",
    ),
    "a step at 0 and a step at 1": (
        "any_function",
        "ends",
        """
def table(values, w):
    levels = np.log(values) - np.log1p(-np.array(values))
    edges = np.arange(len(values) + 1) / len(values)
    return {"weights": [w] * len(edges), "biases": list(-w * edges),
            "outputs": list(np.diff([0, *levels, 0])), "offset": 0}
""",
    ),
    "values where their logits belong": (
        "any_function",
        "ends",
        """
def table(values, w):
    edges = np.arange(1, len(values)) / len(values)
    return {"weights": [w] * len(edges), "biases": list(-w * edges),
            "outputs": list(np.diff(values)), "offset": values[0]}
""",
    ),
    "the bias -3h/2 in every dimension": (
        "any_function",
        "tower",
        """
def tower(low, high, w, h):
    rows = (w * np.eye(len(low))).tolist()
    return {"weights": rows + rows, "biases": [-w * e for e in [*low, *high]],
            "outputs": [h] * len(low) + [-h] * len(low), "offset": -1.5 * h}
""",
    ),
    "towers without a threshold": (
        "any_function",
        "tower",
        """
def tower(low, high, w, h):
    rows = (w * np.eye(len(low))).tolist()
    return {"weights": rows + rows, "biases": [-w * e for e in [*low, *high]],
            "outputs": [h] * len(low) + [-h] * len(low), "offset": 0}
""",
    ),
    "tanh in the place of the sigmoid, and nothing else": (
        "any_function",
        "tanh",
        "def with_tanh(network):\n    return network",
    ),
    "the constants forgotten": (
        "any_function",
        "tanh",
        """
def with_tanh(network):
    half = {key: [x / 2 for x in network[key]] for key in ("weights", "biases", "outputs")}
    return half | {"offset": network["offset"]}
""",
    ),
}
