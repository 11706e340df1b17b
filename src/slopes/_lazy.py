"""Packages whose modules are loaded when they are first asked for."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType


def lazy(
    package: str, public: list[str]
) -> tuple[Callable[[str], ModuleType], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` of a package, by which it has modules not loaded yet.

    What is `public` is a module of the package, unless the package defines it.
    """

    def attribute(name: str) -> ModuleType:
        if name in public:
            return import_module(f"{package}.{name}")
        names = ", ".join(public)
        raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {names}")

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *public})

    return attribute, names
