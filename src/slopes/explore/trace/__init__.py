"""Traces an `update`: what NumPy does in it is recorded on a tape, which a page replays.

`record` runs an `update` with tracers, arrays without numbers. NumPy hands
what is done to a tracer to the function that the `registry` has for it, and
that function writes nodes on a `tape`. The modules named after families of
NumPy's functions fill the registry: `elementwise`, `reductions`,
`manipulation`, `creation` and `linalg`. So does `algorithms`, for those of
slopes that no tape can hold.
"""

from slopes.explore.trace import algorithms, creation, elementwise, linalg, manipulation, reductions
from slopes.explore.trace.errors import Untraceable
from slopes.explore.trace.recording import Recording, record

# importing them fills the registry
FAMILIES = (elementwise, reductions, manipulation, creation, linalg, algorithms)

__all__ = ["FAMILIES", "Recording", "Untraceable", "record"]
