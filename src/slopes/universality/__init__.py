"""How neurons build functions: steps, bumps and towers, ridges and hats, and networks of them.

A steep sigmoid is a step, two steps make a bump, four neurons a tower, and a
row of bumps any continuous function on an interval. One hidden layer does it
for two inputs too, with ridges; rectified neurons make broken lines, and a
tent in every layer doubles their pieces.
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
from slopes.universality.hats import Hats, fit_hats, hat_error_bound, hat_network
from slopes.universality.layer import OneLayer, fit_output, one_layer, sample_hill
from slopes.universality.profiles import dawson, gaussian_profile
from slopes.universality.ridges import (
    Ridges,
    fit_ridges,
    ridge_bound,
    ridge_mean,
    ridge_network,
    ridge_tail,
)
from slopes.universality.sawtooth import (
    TENT,
    BrokenLine,
    compose,
    count_pieces,
    one_layer_line,
    sawtooth,
    tent,
)
from slopes.universality.steps import (
    Steps,
    error_bound,
    fit_steps,
    refit_steps,
    rise_width,
    step,
    step_network,
)
from slopes.universality.target import nielsen_function
from slopes.universality.towers import Towers, fit_towers, tower, tower_network
from slopes.universality.waves import alias_share, row_condition, wave_eigenvalue, wave_gain

__all__ = [
    "TENT",
    "BrokenLine",
    "Bumps",
    "Hats",
    "OneLayer",
    "Ridges",
    "Steps",
    "Towers",
    "alias_share",
    "bump",
    "bump_network",
    "bump_peak",
    "bump_total_error",
    "bump_worst_error",
    "compose",
    "count_pieces",
    "dawson",
    "error_bound",
    "fit_bumps",
    "fit_hats",
    "fit_output",
    "fit_ridges",
    "fit_steps",
    "fit_towers",
    "gaussian_profile",
    "hat_error_bound",
    "hat_network",
    "nielsen_function",
    "one_layer",
    "one_layer_line",
    "refit_steps",
    "ridge_bound",
    "ridge_mean",
    "ridge_network",
    "ridge_tail",
    "rise_width",
    "row_condition",
    "sample_hill",
    "sawtooth",
    "step",
    "step_network",
    "tent",
    "through_sigmoid",
    "tower",
    "tower_network",
    "wave_eigenvalue",
    "wave_gain",
]
