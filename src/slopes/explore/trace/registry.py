"""What of NumPy can be traced: an empty table, which the modules beside it fill."""

from collections.abc import Callable
from typing import Any, TypeVar

Implementation = TypeVar("Implementation", bound=Callable[..., Any])

IMPLEMENTATIONS: dict[Callable[..., Any] | str, Callable[..., Any]] = {}


def implements(*targets: Callable[..., Any] | str) -> Callable[[Implementation], Implementation]:
    """Register the decorated function as what tracers do in place of `targets`.

    Parameters
    ----------
    *targets : callable or str
        Functions of NumPy such as ``np.sum``, or ways to call any ufunc:
        ``"__call__"``, ``"reduce"``, ``"accumulate"``, ``"outer"``.

    Returns
    -------
    callable
        A decorator. The function takes the tape, then the ufunc if the target
        is a way to call one, then NumPy's arguments. An argument that it does
        not name is refused before it is called.
    """

    def register(implementation: Implementation) -> Implementation:
        IMPLEMENTATIONS.update(dict.fromkeys(targets, implementation))
        return implementation

    return register
