"""Layers of many neurons: their Jacobians, and how far a product of any length stretches.

A layer of many neurons has a matrix of gains in place of one. How far it
stretches depends on the direction, and the singular values give the extremes.
"""

from slopes.jacobian.depth import (
    gaussian_exponents,
    log_singular_values,
    log_stretch,
    lyapunov_exponents,
    product,
)
from slopes.jacobian.layers import (
    layer_jacobian,
    residual_jacobian,
    resnet_jacobians,
    rnn_jacobians,
)
from slopes.jacobian.stretching import (
    Stretch,
    residual_bounds,
    rnn_bound,
    spectral_radius,
    stretch,
    stretch_directions,
)

__all__ = [
    "Stretch",
    "gaussian_exponents",
    "layer_jacobian",
    "log_singular_values",
    "log_stretch",
    "lyapunov_exponents",
    "product",
    "residual_bounds",
    "residual_jacobian",
    "resnet_jacobians",
    "rnn_bound",
    "rnn_jacobians",
    "spectral_radius",
    "stretch",
    "stretch_directions",
]
