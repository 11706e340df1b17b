"""Layers of many neurons: their Jacobians, and how far a product of any length stretches.

A layer of many neurons has a matrix of gains in place of one. How far it
stretches depends on the direction, and the singular values give the extremes.
"""

from slopes.jacobian.depth import (
    gaussian_exponents,
    log_extreme_singular_values,
    log_singular_values,
    lyapunov_exponents,
    product,
)
from slopes.jacobian.layers import (
    layer_jacobian,
    residual_jacobian,
    resnet_jacobians,
    rnn_jacobians,
)
from slopes.jacobian.singular_values import (
    Extremes,
    extreme_singular_values,
    extreme_singular_vectors,
    residual_bounds,
    rnn_bound,
    spectral_radius,
)

__all__ = [
    "Extremes",
    "extreme_singular_values",
    "extreme_singular_vectors",
    "gaussian_exponents",
    "layer_jacobian",
    "log_extreme_singular_values",
    "log_singular_values",
    "lyapunov_exponents",
    "product",
    "residual_bounds",
    "residual_jacobian",
    "resnet_jacobians",
    "rnn_bound",
    "rnn_jacobians",
    "spectral_radius",
]
