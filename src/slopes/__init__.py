"""Slopes of neurons: chains, intervals, Jacobians, networks of steps, networks that learn.

One quantity runs through all modules, the gain ``w σ'(wa + b)`` of a neuron.
They hold NumPy functions alone; the pictures are in `slopes.figures`, the
sliders in `slopes.explore`. A module is loaded when it is first asked for.
"""

from importlib import import_module

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


def __getattr__(name):
    if name in __all__:
        return import_module(f"slopes.{name}")
    raise AttributeError(f"module 'slopes' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__():
    return sorted({*globals(), *__all__})
