"""Pictures of steps, bumps, towers, hats and ridges, and of networks of them."""

from slopes.figures.universality.bumps import bumps, draggable_bumps
from slopes.figures.universality.hats import alternation, hat
from slopes.figures.universality.ridges import ridge_workbench
from slopes.figures.universality.sawtooth import teeth
from slopes.figures.universality.steps import steps
from slopes.figures.universality.target import (
    beside_target,
    curves,
    errors,
    marked_errors,
    network_and_error,
    promises,
)
from slopes.figures.universality.towers import maps, tower

__all__ = [
    "alternation",
    "beside_target",
    "bumps",
    "curves",
    "draggable_bumps",
    "errors",
    "hat",
    "maps",
    "marked_errors",
    "network_and_error",
    "promises",
    "ridge_workbench",
    "steps",
    "teeth",
    "tower",
]
