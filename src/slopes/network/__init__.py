"""Fully connected networks, small enough to train while the reader waits.

A whole batch goes through a layer as one matrix product, forwards and back.
Laws for the first weights, costs, normalisation, skip connections and clipping
are chosen one by one, so that each can be tried alone.
"""

from slopes.network.costs import (
    CROSS_ENTROPY,
    SOFTMAX_CROSS_ENTROPY,
    SQUARED_ERROR,
    Cost,
    squared_error,
)
from slopes.network.descent import Training, accuracy, one_hot, step, train
from slopes.network.gradients import (
    average_cost,
    clipped,
    gradients,
    learning_speeds,
    speeds_of,
)
from slopes.network.initial import (
    GLOROT,
    HE,
    NIELSEN,
    ORTHOGONAL,
    STANDARD,
    Initialisation,
    draw,
    orthogonal,
    scaled,
)
from slopes.network.layers import (
    BATCH,
    LAYER,
    PLAIN,
    Network,
    Normalisation,
    Parameters,
    Pass,
    build,
    forward,
    predict,
    settle,
)
from slopes.network.storage import load_network, save_network

__all__ = [
    "BATCH",
    "CROSS_ENTROPY",
    "GLOROT",
    "HE",
    "LAYER",
    "NIELSEN",
    "ORTHOGONAL",
    "PLAIN",
    "SOFTMAX_CROSS_ENTROPY",
    "SQUARED_ERROR",
    "STANDARD",
    "Cost",
    "Initialisation",
    "Network",
    "Normalisation",
    "Parameters",
    "Pass",
    "Training",
    "accuracy",
    "average_cost",
    "build",
    "clipped",
    "draw",
    "forward",
    "gradients",
    "learning_speeds",
    "load_network",
    "one_hot",
    "orthogonal",
    "predict",
    "save_network",
    "scaled",
    "settle",
    "speeds_of",
    "squared_error",
    "step",
    "train",
]
