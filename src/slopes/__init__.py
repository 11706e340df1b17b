"""Slopes of neurons: chains, intervals, Jacobians, networks of steps, networks that learn.

One quantity runs through all modules, the gain ``w σ'(wa + b)`` of a neuron.
They hold NumPy functions alone; the pictures are in `slopes.figures`, the
sliders in `slopes.explore`. A module is loaded when it is first asked for.

Arguments are finite real numbers, alone or in arrays and sequences of any real
type; those of one call have shapes that broadcast. They become float64, and
none is changed in place. Whatever else is given is refused: by a `TypeError`
what is no real number, by a `ValueError` what is NaN, infinite or outside the
range that the parameter names, and shapes that do not fit. The message names
the argument, its value and the remedy. The *Raises* of a function says what
else it refuses.

Chains and networks hold copies that nobody can write to. All values are equal
where their numbers are; those whose arrays can be written to have no hash.
"""

from importlib.metadata import version

from slopes._lazy import lazy

__all__ = [
    "activation",
    "autoregressive",
    "built",
    "chain",
    "data",
    "identity",
    "interval",
    "jacobian",
    "meanfield",
    "network",
    "random_chains",
    "universality",
]

__version__ = version(__name__)

__getattr__, __dir__ = lazy(__name__, __all__)
