"""Slopes of neurons: chains, intervals, identities, Jacobians, and networks of steps.

One quantity runs through all modules, the gain ``w σ'(wa + b)`` of a neuron.
They hold NumPy functions alone; the pictures are in `slopes.figures`, the
sliders in `slopes.explore`, and neither is imported here.
"""

from slopes import activation, chain, identity, interval, jacobian, universality

__all__ = ["activation", "chain", "identity", "interval", "jacobian", "universality"]
