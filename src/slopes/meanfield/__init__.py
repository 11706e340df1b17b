"""Layers of very many random neurons: what becomes of variances, of slopes and of correlations.

With weights drawn from ``N(0, w_std²/n)`` for layers of n neurons and biases
from ``N(0, b_std²)``, the weighted inputs of a wide layer are normally
distributed. Their variance q then says all there is to say about the layer,
and a deep network becomes an iteration of one number.
"""

from slopes.meanfield.correlation import correlation_map, gradient_correlation
from slopes.meanfield.variance import (
    CriticalLine,
    critical_line,
    depth_scale,
    fixed_variance,
    mean_square_gain,
    variance_map,
)

__all__ = [
    "CriticalLine",
    "correlation_map",
    "critical_line",
    "depth_scale",
    "fixed_variance",
    "gradient_correlation",
    "mean_square_gain",
    "variance_map",
]
