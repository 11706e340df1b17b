"""Arrays made in the shape of others, or between two ends."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopes.explore.trace.registry import implements
from slopes.explore.trace.tape import Tape
from slopes.explore.trace.tracer import Tracer, lift


@implements(np.shape)
def _shape(tape: Tape, array: Tracer) -> tuple[int, ...]:
    return array.shape


@implements(np.zeros_like)
def _zeros_like(tape: Tape, array: Tracer) -> NDArray[Any]:
    return np.zeros(array.shape, array.dtype)


@implements(np.ones_like)
def _ones_like(tape: Tape, array: Tracer) -> NDArray[Any]:
    return np.ones(array.shape, array.dtype)


@implements(np.full_like)
def _full_like(tape: Tape, array: Tracer, fill_value: ArrayLike) -> Tracer:
    return lift(tape, np.broadcast_to(lift(tape, fill_value), array.shape))


@implements(np.linspace)
def _linspace(
    tape: Tape, start: ArrayLike, stop: ArrayLike, num: int = 50, endpoint: bool = True
) -> Tracer:
    start, stop = (lift(tape, each)[None] for each in (start, stop))
    share = np.arange(num) / max(num - 1 if endpoint else num, 1)
    share = share.reshape((num,) + (1,) * (max(start.ndim, stop.ndim) - 1))
    return start + (stop - start) * share
