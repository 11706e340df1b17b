"""Chains whose weights and biases are drawn at random, and how fast their gradients shrink.

The logarithm of the gradient is a random walk. Its drift is the Lyapunov
exponent; the mean and the mean square of the gradient shrink at rates of their
own. All are computed by quadrature, and drawn.
"""

from slopes.random_chains.law import Law, draw_chains, log_gradient_paths
from slopes.random_chains.rates import (
    log_gradient_variance,
    lyapunov_exponent,
    mean_log_gain,
    mean_log_weight,
    moment_rate,
    stationary_density,
)
from slopes.random_chains.sampling import Estimate, sampled_exponent, sampled_moment_rate
from slopes.random_chains.steep import steep_probability
from slopes.random_chains.width import he_log_growth

__all__ = [
    "Estimate",
    "Law",
    "draw_chains",
    "he_log_growth",
    "log_gradient_paths",
    "log_gradient_variance",
    "lyapunov_exponent",
    "mean_log_gain",
    "mean_log_weight",
    "moment_rate",
    "sampled_exponent",
    "sampled_moment_rate",
    "stationary_density",
    "steep_probability",
]
