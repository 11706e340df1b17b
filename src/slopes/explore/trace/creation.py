"""Arrays made in the shape of others, or between two ends."""

import numpy as np

from slopes.explore.trace.registry import implements
from slopes.explore.trace.tracer import lift


@implements(np.shape)
def _shape(tape, array):
    return array.shape


@implements(np.zeros_like)
def _zeros_like(tape, array):
    return np.zeros(array.shape, array.dtype)


@implements(np.ones_like)
def _ones_like(tape, array):
    return np.ones(array.shape, array.dtype)


@implements(np.full_like)
def _full_like(tape, array, fill_value):
    return np.broadcast_to(lift(tape, fill_value), array.shape)


@implements(np.linspace)
def _linspace(tape, start, stop, num=50, endpoint=True):
    start, stop = (lift(tape, each)[None] for each in (start, stop))
    share = np.arange(num) / max(num - 1 if endpoint else num, 1)
    share = share.reshape((num,) + (1,) * (max(start.ndim, stop.ndim) - 1))
    return start + (stop - start) * share
