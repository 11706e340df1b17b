"""What readers may type, and the place in the book that answers: page, anchor, terms.

Terms that stand in a title need no line here. The build fails where an anchor does not exist.
"""

CONCEPTS = {
    "chain_rule": {
        "link-by-link": "gain, local derivative",
        "vanish-explode-the-product-is-unstable": "vanishing gradient, exploding gradient, "
        "unstable gradient",
        "what-every-weight-learns": "backpropagation, backprop",
    },
    "sigmoid_bounds": {
        "one-curve-three-formulas": "sigmoid, sigmoid function, logistic function, sigma, σ",
        "the-steepest-point": "derivative of the sigmoid, sigmoid derivative, slope of the sigmoid",
        "the-gain-of-a-neuron-and-the-number-four": "w/4, saturation",
        "the-tanh-chain-dying-slowly": "tanh",
    },
    "random_chains": {"the-gradient-is-a-random-walk": "random weights"},
    "recurrent_residual": {
        "from-a-gain-to-a-matrix-of-gains": "jacobian, jacobian matrix",
        "a-ceiling-for-recurrent-networks": "recurrent network, recurrent neural network, rnn",
        "what-the-largest-singular-value-does-not-decide": "singular values, spectral norm",
        "where-the-spectral-radius-decides-a-network-left-to-itself": "spectral radius",
        "the-road-around-the-layer": "resnet, residual network, skip connection",
    },
    "learning_speed": {
        "a-network-that-reads-digits": "digits, mnist, cross-entropy, cross entropy",
        "a-number-for-the-speed-of-a-layer": "speed of learning",
        "what-the-speed-leaves-out": "learning rate",
    },
    "cures": {
        "beginning-well": "initialization, initialisation, xavier initialization, "
        "glorot initialization, he initialization",
        "measuring-inside-the-network": "batch normalization, batch normalisation, batchnorm, "
        "layer normalization, layer normalisation",
        "ways-around-the-layers": "gate, forget gate, lstm, highway network",
        "a-cliff-and-a-parachute": "gradient clipping",
    },
    "universality": {
        "what-is-proven-and-what-is-not": "universal approximation, "
        "universal approximation theorem",
    },
    "one_hidden_layer": {"references": "cybenko"},
    "built_or_learned": {"heights-that-are-fitted": "least squares"},
    "autoregressive": {"does-the-mask-mask": "mask, masked convolution"},
    "errata": {"": "errors in the literature, mistakes in the literature"},
    "notation": {"": "symbols, glossary"},
    "sheets": {"": "homework, assignment"},
}


def entries(page, anchors):
    """The terms of a page, each with its anchor; refused where the page has no such anchor."""
    places = CONCEPTS.get(page, {})
    lost = [anchor for anchor in places if anchor and anchor not in anchors]
    if lost:
        raise LookupError(f"{page} has no {lost}, which pages/concepts.py names")
    return [(term, anchor) for anchor, terms in places.items() for term in terms.split(", ")]
