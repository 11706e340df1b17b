"""How steep neurons build functions: steps, bumps, towers, and networks of them.

A steep sigmoid is a step, two steps make a bump, four neurons a tower, and a
row of bumps any continuous function on an interval.
"""

from slopes.universality.bumps import (
    Bumps,
    bump,
    bump_network,
    bump_peak,
    bump_total_error,
    bump_worst_error,
    fit_bumps,
    through_sigmoid,
)
from slopes.universality.steps import (
    Steps,
    error_bound,
    fit_steps,
    rise_width,
    step,
    step_network,
)
from slopes.universality.target import nielsen_function
from slopes.universality.towers import Towers, fit_towers, tower, tower_network

__all__ = [
    "Bumps",
    "Steps",
    "Towers",
    "bump",
    "bump_network",
    "bump_peak",
    "bump_total_error",
    "bump_worst_error",
    "error_bound",
    "fit_bumps",
    "fit_steps",
    "fit_towers",
    "nielsen_function",
    "rise_width",
    "step",
    "step_network",
    "through_sigmoid",
    "tower",
    "tower_network",
]
