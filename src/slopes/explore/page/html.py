"""The HTML of an explorable, which the script of the page brings to life."""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from slopes.explore.controls import Choice, Slider, label, symbols
from slopes.explore.page.format import format_number
from slopes.explore.state import Explored, State
from slopes.explore.trace import record
from slopes.explore.trace.tape import Node

_DEFINED = re.compile(r'<path id="([^"]*)" ([^>]*)/>')


def html(explorable: Explored) -> str:
    """The HTML of an explorable: right as it stands, alive where the page's script runs.

    Raises
    ------
    Untraceable
        If its `update` does what a page cannot replay.
    """
    data = _data(explorable)
    parts = [
        *_still(explorable),
        _form(explorable.prefix, explorable.controls),
        '<p class="explorable-said" role="status"></p>',
        f'<script type="application/json">{data}</script>',
    ]
    return f'<div class="explorable" id="{explorable.prefix}">{"".join(parts)}</div>'


def still_html(explorable: Explored, reason: str) -> str:
    """The HTML of an explorable that cannot move on a page, and the reason in a line below it."""
    note = f'<p class="explorable-note">This figure stands still: {escape(reason)}</p>'
    return f'<div class="explorable-still">{"".join(_still(explorable))}{note}</div>'


def _still(explorable: Explored) -> list[str]:
    """What is right without the script: the picture, the numbers, the goal, the values."""
    state = explorable.state(**explorable.defaults)
    wide, narrow = (
        _tenths(each.svg(state.artists)) for each in (explorable.template, explorable.narrow)
    )
    return [
        f'<div class="explorable-picture explorable-wide">{wide}</div>',
        f'<div class="explorable-picture explorable-narrow" hidden>{_sharing(wide, narrow)}</div>',
        _numbers(state),
        _goal(explorable.goal, state),
        f'<p class="explorable-values">{_values(explorable.controls)}</p>',
    ]


def _sharing(wide: str, narrow: str) -> str:
    """The second drawing, with the letters and markers that the first one has defined."""
    defined = {look: name for name, look in _DEFINED.findall(wide)}
    for name, look in _DEFINED.findall(narrow):
        if look in defined:
            narrow = narrow.replace(f'<path id="{name}" {look}/>', "")
            narrow = narrow.replace(f'#{name}"', f'#{defined[look]}"')
    return narrow


def _tenths(svg: str) -> str:
    """The picture with its lines to a tenth of a pixel, each point by its step from the last."""
    return re.sub(r"M(-?\d+\.\d\d [-\d. ]+)", lambda found: _steps(found[1]), svg)


def _steps(text: str) -> str:
    tenths = np.rint(10 * np.array(text.split(), dtype=float)).astype(int).reshape(-1, 2)
    first, *rest = np.diff(tenths, axis=0, prepend=0).tolist()
    return "M" + _pairs([first]) + ("l" + _pairs(rest) if rest else "")


def _pairs(pairs: Sequence[Sequence[int]]) -> str:
    return " ".join(f"{a / 10:g} {b / 10:g}" for a, b in pairs)


def _label(name: str) -> str:
    return escape(label(name))


def _marked(name: str) -> str:
    """The label of a name, with its subscripts set below the line."""
    words = (
        escape(word) + (f"<sub>{escape(below)}</sub>" if below else "")
        for word, below in symbols(name)
    )
    return " ".join(words)


def _numbers(state: State) -> str:
    pairs = (
        f"<div><dt>{_marked(name)}</dt><dd>{format_number(number)}</dd></div>"
        for name, number in state.numbers.items()
    )
    return f'<dl class="explorable-numbers">{"".join(pairs)}</dl>' if state.numbers else ""


def _goal(goal: str | None, state: State) -> str:
    if not goal:
        return ""
    classes = "explorable-goal reached" if state.reached else "explorable-goal"
    words = "✓ Reached" if state.reached else "Not yet reached"
    return f'<p class="{classes}">Goal: {escape(goal)} <strong>{words}</strong></p>'


def _values(controls: Mapping[str, Slider | Choice]) -> str:
    return ", ".join(
        f"{_label(name)} = {escape(each.shown(each.value))}" for name, each in controls.items()
    )


def _form(prefix: str, controls: Mapping[str, Slider | Choice]) -> str:
    """The controls, hidden until the script runs."""
    rows = (f"<div>{_control(prefix, name, each)}</div>" for name, each in controls.items())
    button = '<button type="reset">Reset</button>'
    opening = '<form class="explorable-controls" autocomplete="off" hidden>'
    return f"{opening}{''.join(rows)}{button}</form>"


def _control(prefix: str, name: str, control: Slider | Choice) -> str:
    id = f"{prefix}-{name}"
    head = f'<label for="{id}">{_marked(name)}</label>'
    common = f'id="{id}" name="{name}" data-label="{_label(name)}"'
    if isinstance(control, Slider):
        steps = f'data-step="{control.step:.12g}" data-decimals="{control.decimals}"'
        ends = f'min="{control.low:.17g}" max="{control.high:.17g}" step="any"'
        value = f'value="{control.value!r}" data-start="{control.value!r}"'
        shown = f'<span aria-hidden="true">{control.shown(control.value)}</span>'
        return f'{head}<input type="range" {common} {ends} {steps} {value}>{shown}'
    options = "".join(f"<option>{escape(each)}</option>" for each in control.labels)
    return f"{head}<select {common}>{options}</select>"


def _data(explorable: Explored) -> str:
    """What the script needs: the tape, what moves, and where its numbers lie on the tape."""
    recording = record(explorable)
    ops = sorted({node.op for node in recording.nodes})
    data = {
        "ops": ops,
        "tape": [_node(ops.index(node.op), node) for node in recording.nodes],
        "artists": {
            name: {"kind": each.kind, **each.spec()} for name, each in explorable.artists.items()
        },
        "narrow": {each.name: _moved(explorable, each) for each in explorable.narrow.artists},
        "outputs": [
            {"artists": each.artists, "read": _goal_last(each.read)} for each in recording.outputs
        ],
        "drags": explorable.drags,
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    text = text.replace("-Infinity", "-1e999").replace("Infinity", "1e999").replace("NaN", "null")
    return text.replace("<", "\\u003c")


def _moved(explorable: Explored, artist: Any) -> dict[str, Any]:
    """What of an artist is different in the drawing for narrow screens."""
    known = explorable.artists[artist.name].spec()
    return {key: value for key, value in artist.spec().items() if value != known[key]}


def _goal_last(read: Mapping[str, tuple[int, bool]]) -> list[list[int]]:
    order = sorted(read, key=lambda name: name == "goal")
    return [[read[name][0], int(read[name][1])] for name in order]


def _node(code: int, node: Node) -> list[Any]:
    if node.op == "slider":
        return [code]
    if node.op == "constant" and node.data is not None:
        row = [_bare(number) for number in node.data]
        return [code, row[0] if len(row) == 1 else row]
    return [code, *node.inputs, *map(_bare, node.numbers)]


def _bare(number: float) -> float:
    """A number as JSON writes it shortest: whole ones without a decimal point."""
    number = float(number)
    whole = number.is_integer() and abs(number) < 1e15 and str(number) != "-0.0"
    return int(number) if whole else number
