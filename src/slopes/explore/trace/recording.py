"""Recording an `update`: it runs once with tracers, and what it did is checked."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from slopes.explore.controls import Choice, Slider
from slopes.explore.state import Explored, State
from slopes.explore.trace.errors import Untraceable, line_of
from slopes.explore.trace.operations import Row
from slopes.explore.trace.tape import Node, Tape, needed, replay
from slopes.explore.trace.tracer import Tracer, lift

TRIES = 6  # settings at which the tape is held against `update` itself, for each choice


class Output(NamedTuple):
    """Where on a tape the results lie: nodes of each artist's values, and of numbers to read."""

    artists: dict[str, list[int]]
    read: dict[str, tuple[int, bool]]  # the node, and whether the number is a yes or no

    def nodes(self) -> Iterator[int]:
        """All of them, in order."""
        yield from itertools.chain.from_iterable(self.artists.values())
        yield from (node for node, _ in self.read.values())

    def renumbered(self, new: Mapping[int, int]) -> "Output":
        """The same results where each node has a new number."""
        artists = {name: [new[node] for node in nodes] for name, nodes in self.artists.items()}
        return Output(
            artists, {name: (new[node], flag) for name, (node, flag) in self.read.items()}
        )


class Recording(NamedTuple):
    """The tape of an explorable, and where its results lie for each combination of options."""

    nodes: list[Node]
    outputs: list[Output]


def record(explorable: Explored) -> Recording:
    """The tape of `explorable`, checked; with exact constants only where short ones would show.

    Parameters
    ----------
    explorable : Explorable
        Its `update` is run with tracers in place of the sliders' values, once
        for each combination of options, and again to see that it does the same.

    Returns
    -------
    Recording
        Its outputs are in the order of `combinations`.

    Raises
    ------
    Untraceable
        If `update` does what cannot be replayed. The message names the line
        and says what to write.
    """
    try:
        return _recorded(explorable, exact=False)
    except Untraceable:
        return _recorded(explorable, exact=True)


def combinations(controls: Mapping[str, Slider | Choice]) -> list[dict[str, Any]]:
    """Every combination of the options of the choices, the last control turning fastest."""
    choices = {name: each for name, each in controls.items() if isinstance(each, Choice)}
    every = itertools.product(*(each.options for each in choices.values()))
    return [dict(zip(choices, options, strict=True)) for options in every]


def _recorded(explorable: Explored, exact: bool) -> Recording:
    """The tape with constants of either kind, once all checks have passed."""
    recording = _trace(explorable, exact)
    _check_repeats(recording, _trace(explorable, exact))
    pairs = zip(recording.outputs, combinations(explorable.controls), strict=True)
    for output, options in pairs:
        _check_replay(explorable, recording.nodes, output, options)
    return recording


def _trace(explorable: Explored, exact: bool) -> Recording:
    tape = Tape(exact)
    sliders = {
        name: Tracer(tape, tape.add("slider", numbers=(number,)))
        for number, name in enumerate(_sliders(explorable))
    }
    states = [
        run_update(explorable, {**sliders, **options})
        for options in combinations(explorable.controls)
    ]
    outputs = [_output(tape, state) for state in states]
    nodes, new = tape.slim(node for output in outputs for node in output.nodes())
    return Recording(nodes, [output.renumbered(new) for output in outputs])


def run_update(explorable: Explored, values: Mapping[str, Any]) -> State:
    """What `update` says of tracers; the name marks the frame where the chapter begins."""
    try:
        return explorable.state(**values)
    except Untraceable:
        raise
    except Exception as fault:  # it did not fail with plain numbers: the tracers are to blame
        raise Untraceable(
            f"{line_of(fault)}{type(fault).__name__}: {fault}; on the page the numbers of the "
            "controls are unknown: let none of them be a size, a place or an element of np.array"
        ) from fault


def _output(tape: Tape, state: State) -> Output:
    artists = {
        name: [lift(tape, part).node for part in parts] for name, parts in state.artists.items()
    }
    read = {
        name: (lift(tape, number).node, _is_flag(number)) for name, number in state.read.items()
    }
    return Output(artists, read)


def _is_flag(number: Any) -> bool:
    return number.dtype.kind == "b" if isinstance(number, Tracer) else isinstance(number, bool)


def _sliders(explorable: Explored) -> dict[str, Slider]:
    return {name: each for name, each in explorable.controls.items() if isinstance(each, Slider)}


def _check_repeats(first: Recording, second: Recording) -> None:
    keys = ([node.key for node in each.nodes] for each in (first, second))
    if first.outputs != second.outputs or next(keys) != next(keys):
        raise Untraceable(
            "update did something else when it ran again with the same arguments; let nothing but "
            "its arguments decide, and draw random numbers outside it"
        )


def _check_replay(
    explorable: Explored, nodes: Sequence[Node], output: Output, options: Mapping[str, Any]
) -> None:
    """Hold the tape against `update` itself at the ends of the sliders and between them."""
    wanted = needed(nodes, output.nodes())
    for setting in _settings(_sliders(explorable)):
        state = _state_at(explorable, {**setting, **options})
        rows = replay(nodes, list(setting.values()), wanted)
        for name in _disagreements(explorable, state, output, rows):
            raise Untraceable(
                f"the tape gives another {name!r} than update at {setting}; let nothing but the "
                "arguments of update decide, and change no array in place"
            )


def _settings(sliders: Mapping[str, Slider]) -> Iterator[dict[str, float]]:
    """Where the sliders start, their ends, and numbers between those."""
    rng = np.random.default_rng(0)
    yield {name: each.value for name, each in sliders.items()}
    yield {name: each.low for name, each in sliders.items()}
    yield {name: each.high for name, each in sliders.items()}
    for _ in range(TRIES - 3):
        yield {name: float(rng.uniform(each.low, each.high)) for name, each in sliders.items()}


def _state_at(explorable: Explored, values: Mapping[str, Any]) -> State:
    """What `update` says of plain numbers."""
    try:
        with np.errstate(all="ignore"):
            return explorable.state(**values)
    except Exception as fault:
        raise Untraceable(
            f"{line_of(fault)}{type(fault).__name__}: {fault}; so update fails at {dict(values)}: "
            "let it have an answer between all ends of its controls, such as NaN"
        ) from fault


def _disagreements(
    explorable: Explored, state: State, output: Output, rows: Mapping[int, Row]
) -> Iterator[str]:
    """The artists and numbers whose rows on the tape are not those of `state`."""
    for name, parts in state.artists.items():
        found = [rows[node] for node in output.artists[name]]
        shaped = tuple(row.reshape(part.shape) for row, part in zip(found, parts, strict=True))
        if not explorable.artists[name].agrees(parts, shaped):
            yield name
    for name, number in state.read.items():
        found = rows[output.read[name][0]][0]
        if not np.isclose(found, number, rtol=1e-9, atol=1e-12, equal_nan=True):
            yield name
