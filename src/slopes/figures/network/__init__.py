"""Pictures of networks that learn: speeds of their layers, accuracies, and slopes."""

from slopes.figures.network.descent import Runs, accuracies, cliff, patience, remedies
from slopes.figures.network.gradients import cancelling, curves, moment
from slopes.figures.network.initial import backwards, first_layer, neurons, shrinking, starts
from slopes.figures.network.layers import autocorrelations, slopes_along

__all__ = [
    "Runs",
    "accuracies",
    "autocorrelations",
    "backwards",
    "cancelling",
    "cliff",
    "curves",
    "first_layer",
    "moment",
    "neurons",
    "patience",
    "remedies",
    "shrinking",
    "slopes_along",
    "starts",
]
