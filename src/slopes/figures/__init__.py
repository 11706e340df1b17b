"""Pictures of the book: numbers in, a matplotlib figure out.

A module here draws what the module of the same name in `slopes` computes. It
is loaded when it is first asked for.
"""

from importlib import import_module
from types import ModuleType

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


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"slopes.figures.{name}")
    raise AttributeError(f"module 'slopes.figures' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
