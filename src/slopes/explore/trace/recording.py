"""Recording an `update`: it runs once with stand-ins, and what it did is checked."""

import itertools
from typing import NamedTuple

import numpy as np

from slopes._arguments import Traced
from slopes.explore.controls import Slider
from slopes.explore.trace import (  # noqa: F401  they fill the registry
    elementwise,
    linalg,
    manipulation,
    reductions,
)
from slopes.explore.trace.errors import Untraceable, line_of
from slopes.explore.trace.tape import Tape, needed, replay
from slopes.explore.trace.tracer import Tracer, lift

TRIES = 6  # settings at which the tape is held against `update` itself, for each choice


class Recording(NamedTuple):
    """The tape of an explorable, and where on it each choice's results lie.

    `outputs` has one entry for each combination of options, the last control
    turning fastest: a pair of a dictionary of artists (the nodes of each
    artist's values) and a dictionary of numbers to read.
    """

    nodes: list
    outputs: list


def record(explorable):
    """The tape of `explorable`, checked; with exact constants only where short ones would show."""
    try:
        return _checked(explorable, exact=False)
    except Untraceable:
        return _checked(explorable, exact=True)


def _checked(explorable, exact):
    nodes, outputs = first = _trace(explorable, exact)
    _compare(first, _trace(explorable, exact))
    for number, options in enumerate(combinations(explorable.controls)):
        _check(explorable, nodes, outputs[number], options)
    return Recording(nodes, outputs)


def combinations(controls):
    """Every combination of the options of the choices, as dictionaries."""
    choices = {name: each for name, each in controls.items() if not isinstance(each, Slider)}
    every = itertools.product(*(each.options for each in choices.values()))
    return [dict(zip(choices, options, strict=True)) for options in every]


def _trace(explorable, exact):
    tape = Tape(exact)
    sliders = {
        name: Tracer(tape, tape.add("slider", numbers=(number,)))
        for number, name in enumerate(_sliders(explorable))
    }
    states = [
        run_update(explorable, {**sliders, **options})
        for options in combinations(explorable.controls)
    ]
    outputs = [_nodes(tape, state) for state in states]
    every = [node for artists, read in outputs for node in _flat(artists, read)]
    nodes, renumbered = tape.slim(every)
    return nodes, [_renumbered(renumbered, *each) for each in outputs]


def run_update(explorable, values):
    """What `update` says of stand-ins; the name marks the frame where the chapter begins."""
    try:
        return explorable.checked(explorable.update(**values))
    except Untraceable:
        raise
    except Exception as fault:  # it did not fail with plain numbers: the stand-ins are to blame
        raise Untraceable(
            f"{line_of(fault)}{type(fault).__name__}: {fault}; on the page the numbers of the "
            "controls are unknown: let none of them be a size, a place or an element of np.array"
        ) from fault


def _nodes(tape, state):
    artists = {
        name: [lift(tape, part).node for part in parts] for name, parts in state.artists.items()
    }
    read = everything_read(state).items()
    return artists, {name: (lift(tape, number).node, _is_flag(number)) for name, number in read}


def _is_flag(number):
    return number.dtype.kind == "b" if isinstance(number, Traced) else isinstance(number, bool)


def _flat(artists, read):
    yield from itertools.chain.from_iterable(artists.values())
    yield from (node for node, _ in read.values())


def _renumbered(new, artists, read):
    return (
        {name: [new[node] for node in nodes] for name, nodes in artists.items()},
        {name: (new[node], flag) for name, (node, flag) in read.items()},
    )


def _sliders(explorable):
    return [name for name, each in explorable.controls.items() if isinstance(each, Slider)]


def _compare(first, second):
    same = first[1] == second[1] and len(first[0]) == len(second[0])
    if not same or any(_differ(a, b) for a, b in zip(first[0], second[0], strict=True)):
        raise Untraceable(
            "update did something else when it ran again with the same arguments; let nothing but "
            "its arguments decide, and draw random numbers outside it"
        )


def _differ(a, b):
    return a[:3] != b[:3] or not np.array_equal(a.data, b.data, equal_nan=a.data is not None)


def _check(explorable, nodes, output, options):
    """Hold the tape against `update` itself at the ends of the sliders and between them."""
    sliders = [explorable.controls[name] for name in _sliders(explorable)]
    wanted = needed(nodes, _flat(*output))
    rng = np.random.default_rng(0)
    settings = [[s.value for s in sliders], [s.low for s in sliders], [s.high for s in sliders]]
    settings += [[rng.uniform(s.low, s.high) for s in sliders] for _ in range(TRIES - 3)]
    for setting in settings:
        values = dict(zip(_sliders(explorable), map(float, setting), strict=True))
        with np.errstate(all="ignore"):
            state = explorable.state(**values, **options)
        rows = replay(nodes, setting, wanted)
        for name in _disagreements(explorable, state, output, rows):
            raise Untraceable(
                f"the tape gives another {name!r} than update at {values}; let nothing but the "
                "arguments of update decide, and change no array in place"
            )


def _disagreements(explorable, state, output, rows):
    artists, read = output
    drawn = {artist.name: artist for artist in explorable.template.artists}
    for name, parts in state.artists.items():
        found = [rows[node] for node in artists[name]]
        shaped = [row.reshape(part.shape) for row, part in zip(found, parts, strict=True)]
        if not drawn[name].agrees(parts, tuple(shaped)):
            yield name
    for name, number in everything_read(state).items():
        found = rows[read[name][0]][0]
        if not np.isclose(found, number, rtol=1e-9, atol=1e-12, equal_nan=True):
            yield name


def everything_read(state):
    """The numbers to read, and the goal with them."""
    return state.numbers if state.reached is None else {**state.numbers, "goal": state.reached}
