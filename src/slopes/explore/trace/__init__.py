"""Traces an `update`: what NumPy does in it is recorded on a tape, which a page replays.

`record` runs an `update` with tracers, arrays without numbers. NumPy hands
what is done to a tracer to the function that `registry` lists for it, and
that function writes nodes on a `tape`. The modules named after a family of
NumPy's functions fill the registry: `elementwise`, `reductions`,
`manipulation` and `linalg`.
"""

from slopes.explore.trace.errors import Untraceable
from slopes.explore.trace.recording import Recording, record

__all__ = ["Recording", "Untraceable", "record"]
