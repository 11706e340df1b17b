"""Pictures of the book: numbers in, a matplotlib figure out.

A module here draws what the module of the same name in `slopes` computes. It
is loaded when it is first asked for. A picture of your own begins with
`panels`.
"""

from slopes._lazy import lazy
from slopes.figures._house import name_bars, panels

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
    "name_bars",
    "network",
    "panels",
    "random_chains",
    "universality",
]

__getattr__, __dir__ = lazy(__name__, __all__)
