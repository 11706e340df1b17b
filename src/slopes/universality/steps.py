"""A steep neuron as a step, and networks of steps that follow a function."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import (
    Floats,
    ensure,
    increasing,
    inside,
    instance,
    nonnegative,
    nonzero,
    overridable,
    positive,
    real,
    single,
    together,
    vector,
    whole,
)
from slopes._values import by_value
from slopes.activation import SIGMOID, logit
from slopes.universality._tables import REACH, one_number, staircase, tabulate


@by_value
class Steps(NamedTuple):
    """One hidden layer of steps: `jumps` at the points `at`, added to `offset`.

    Every hidden neuron has the input weight `w`, above 0, and the bias ``-w·at``.
    """

    at: Floats
    jumps: Floats
    offset: float | Floats
    w: float | Floats


def step(x: ArrayLike, at: ArrayLike, w: ArrayLike) -> Floats:
    """Activation of a neuron that switches on at `at`, ``σ(w(x - at))`` (:eq:`step`).

    The neuron's bias is ``b = -w·at``, so the step stands at ``-b/w``. A
    negative weight makes a step down, a weight of 0 the constant 1/2.

    Parameters
    ----------
    x, at, w : array_like
        Input, place of the step in units of `x`, and weight in 1/(unit of `x`),
        of shapes that broadcast.

    Returns
    -------
    numpy.ndarray
        Values from 0 to 1, of the common shape.

    Examples
    --------
    >>> step([0.3, 0.4, 0.5], at=0.4, w=100).round(4)
    array([0. , 0.5, 1. ])
    """
    x, at, w = real("x", x), real("at", at), real("w", w)
    together(x=x, at=at, w=w)
    with np.errstate(over="ignore"):
        half = w * (x / 2 - at / 2)  # halves, so that the difference stays finite
        return SIGMOID.value(2 * half)


def rise_width(w: ArrayLike, low: ArrayLike = 0.1, high: ArrayLike = 0.9) -> Floats:
    """Distance over which a step rises from `low` to `high` (:eq:`rise-width`).

    The difference of the two logits, divided by ``|w|``: ``2 ln 9/|w|`` from
    0.1 to 0.9. The bias does not enter.

    Parameters
    ----------
    w : array_like
        Weight of the neuron, other than 0, in 1/(unit of the input).
    low, high : array_like
        Levels strictly between 0 and 1, `low` not above `high`.

    Returns
    -------
    numpy.ndarray
        Distance in units of the input, of the common shape.

    Examples
    --------
    >>> rise_width([20, -1000]).round(6)
    array([0.219722, 0.004394])
    """
    w = nonzero("w", w, "a flat neuron never rises")
    low, high = inside("low", low, 0, 1), inside("high", high, 0, 1)
    rise = logit(high) - logit(low)
    together(w=w, rise=rise)
    complaint = f"low = {low} exceeds high = {high}; give the lower level first"
    return ensure(lambda rise: rise >= 0, rise, complaint) / np.abs(w)


def fit_steps(
    f: Callable[[Floats], ArrayLike], low: float, high: float, count: int, w: float | Floats
) -> Steps:
    """Network of steps that follows `f` on an interval cut into `count` equal cells.

    Each cell has the height of `f` at its middle. The row of cells goes on
    past both ends, by as many as a step needs to saturate there (at most
    `count`), with `f` turned about its end point: so the ends are no worse
    than the middle, and `f` is asked for values on the interval only.

    Parameters
    ----------
    f : callable
        Takes an array of points and returns an array of values.
    low, high : float
        Ends of the interval, ``low < high``.
    count : int
        Number of cells on the interval, at least 1.
    w : float
        Weight of every step, above 0, in 1/(unit of `x`).

    Returns
    -------
    Steps
        Fewer than ``3·count`` steps, and about `count` where ``w`` is large.

    Raises
    ------
    ValueError
        If `f` returns another shape, NaN or infinity.
    TypeError
        If `f` does not take arrays.

    Examples
    --------
    >>> steps = fit_steps(np.square, 0, 1, count=100, w=300)
    >>> step_network(steps, [0, 0.5, 1]).round(4)
    array([0.  , 0.25, 1.  ])
    """
    w, count = one_number("w", w), whole("count", count, minimum=1)
    low, high = increasing("low, high", [low, high])
    with np.errstate(over="ignore"):
        cell = real("high - low", high - low) / count
    edges = increasing("edges", low + cell * np.arange(count + 1))
    beyond = cells_to_saturate(w, cell, count)
    inner = tabulate(f, edges[:-1] / 2 + edges[1:] / 2)
    first, last = tabulate(f, np.stack([low, high]))
    left, right = 2 * first - inner[:beyond], 2 * last - inner[::-1][:beyond]
    heights = np.concatenate([left[::-1], inner, right])
    at = low + cell * np.arange(1 - beyond, count + beyond)
    return Steps(at, np.diff(heights), heights[0], w)


def step_network(steps: Steps, x: ArrayLike) -> Floats:
    """Output of a network of steps, ``offset + Σ jumps·σ(w(x - at))`` (:eq:`step-network`).

    The steps may stand in any order. Memory grows like the number of steps
    plus the number of points; so does the time, as long as the steps are
    steep enough for each point to be near a few of them only.

    Parameters
    ----------
    steps : Steps
        The network, for instance from `fit_steps`.
    x : array_like
        Input, any shape.

    Returns
    -------
    numpy.ndarray
        The output, same shape as `x`, to about ``1e-16`` times the sum of ``|jumps|``.

    Examples
    --------
    >>> step_network(Steps(at=[0.2, 0.6], jumps=[1, -3], offset=1, w=1000), [0, 0.5, 1])
    array([ 1.,  2., -1.])
    """
    x = real("x", x)
    at, jumps, offset, w = checked(instance("steps", steps, Steps, "what fit_steps returns"))
    w = one_number("w", w)
    at, jumps = in_order(at, jumps)
    with np.errstate(over="ignore"):
        levels = offset + np.concatenate([np.zeros(1), np.cumsum(jumps)])
    return staircase(x, at, real("the sum of the first jumps", levels), w)


def refit_steps(steps: Steps, x: ArrayLike, y: ArrayLike, ridge: float = 0.0) -> Steps:
    """The network with the same steps, whose jumps and offset are fitted by least squares.

    The output is linear in what is fitted, so there is one best answer. The
    softer the steps, the better it draws and the more its jumps cancel
    (:eq:`row-condition`); a ridge holds them down.

    Parameters
    ----------
    steps : Steps
        The network; its jumps and its offset do not matter.
    x, y : array_like
        Inputs and the values to meet there, of one shape (m,).
    ridge : float
        Adds ``ridge²`` times the largest squared singular value of the table of
        activations to the cost of each squared coefficient; 0 or above.

    Returns
    -------
    Steps
        With the same `at` and `w`.

    Raises
    ------
    ValueError
        If `x` and `y` differ in length, or `ridge` is negative.

    Examples
    --------
    >>> from slopes.universality import nielsen_function
    >>> x = np.linspace(0, 1, 101)
    >>> row = fit_steps(nielsen_function, 0, 1, 30, 120)._replace(w=30)
    >>> fitted = refit_steps(row, x, nielsen_function(x), ridge=1e-6)
    >>> bool(np.abs(step_network(fitted, x) - nielsen_function(x)).max() < 5e-5)
    True
    """
    at, _, _, w = checked(instance("steps", steps, Steps, "what fit_steps returns"))
    w = one_number("w", w)
    x, y, share = vector("x", x), vector("y", y), nonnegative("ridge", ridge)
    if x.shape != y.shape:
        raise ValueError(f"x has {x.size} elements and y {y.size}; give a value for each input")
    table = np.column_stack([SIGMOID.value(w * (x[:, None] - at)), np.ones_like(x)])
    penalty = share * np.linalg.norm(table, 2) * np.eye(at.size + 1)
    rows, goals = np.vstack([table, penalty]), np.append(y, np.zeros(at.size + 1))
    *jumps, offset = np.linalg.lstsq(rows, goals, rcond=None)[0]
    return Steps(at.copy(), np.array(jumps), float(offset), float(w))


def error_bound(
    lipschitz: ArrayLike, count: ArrayLike, w: ArrayLike, length: ArrayLike = 1
) -> Floats:
    """Most by which a network of steps misses its target (:eq:`error-bound`).

    ``L(1/(2N) + 2 ln 2/w)`` on an interval of length 1. It holds at every
    point of the interval, for every target whose values differ by at most
    `lipschitz` times the distance of their points.

    Parameters
    ----------
    lipschitz : array_like
        Steepest slope of the target, 0 or above.
    count : array_like
        Number of cells on the interval, above 0.
    w : array_like
        Weight of every step, above 0, in 1/(unit of `x`).
    length : array_like
        Length of the interval in units of `x`, above 0.

    Returns
    -------
    numpy.ndarray
        The bound, in units of the target, of the common shape.

    Examples
    --------
    >>> error_bound(7, 50, 1000).round(4)
    np.float64(0.0797)
    """
    lipschitz = nonnegative("lipschitz", lipschitz)
    count, w, length = positive("count", count), positive("w", w), positive("length", length)
    together(lipschitz=lipschitz, count=count, w=w, length=length)
    return lipschitz * (length / (2 * count) + 2 * np.log(2) / w)


def checked(steps: Steps) -> tuple[Floats, Floats, Floats, Floats]:
    """The four parts of `steps` as arrays that fit each other."""
    at, jumps = vector("at", steps.at), vector("jumps", steps.jumps)
    if at.shape != jumps.shape:
        raise ValueError(
            f"at has {at.shape[0]} elements and jumps {jumps.shape[0]}; give one jump for each step"
        )
    return at, jumps, single("offset", steps.offset), single("w", steps.w)


@overridable
def in_order(at: Floats, jumps: Floats) -> tuple[Floats, Floats]:
    """The steps from left to right."""
    order = np.argsort(at, kind="stable")
    return at[order], jumps[order]


@overridable
def cells_to_saturate(w: Floats, cell: Floats, count: int) -> int:
    """How many cells, but at most `count`, a step needs to saturate."""
    with np.errstate(over="ignore"):
        return int(min(count, float(np.ceil(REACH / w / cell))))
