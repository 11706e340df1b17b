"""Traces an `update`: what NumPy does in it is recorded on a tape, which a page replays.

`record` runs an `update` with tracers, arrays without numbers. NumPy hands
what is done to a tracer to the function that the `registry` has for it, and
that function writes nodes on a `tape`. The modules named after families of
NumPy's functions fill the registry: `elementwise`, `reductions`,
`manipulation`, `creation` and `linalg`. So does `algorithms`, for those of
slopes that no tape can hold.
"""

from slopes.explore.trace import (  # noqa: F401  importing them fills the registry
    algorithms,
    creation,
    elementwise,
    linalg,
    manipulation,
    reductions,
)
from slopes.explore.trace.errors import Untraceable
from slopes.explore.trace.recording import record

__all__ = ["Untraceable", "record"]
