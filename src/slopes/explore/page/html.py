"""The HTML of an explorable, which the script of the page brings to life."""

import json
import re
from html import escape

import numpy as np

from slopes.explore.controls import Slider, label
from slopes.explore.page.format import format_number
from slopes.explore.trace import record


def html(explorable):
    """The HTML of `explorable`: right as it stands, alive where the page's script runs."""
    state = explorable.state(**explorable.defaults)
    parts = [
        f'<div class="explorable-picture">{_tenths(explorable.template.svg(state.artists))}</div>',
        _numbers(state.numbers),
        _goal(explorable.goal, state.reached),
        f'<p class="explorable-values">{_values(explorable)}</p>',
        _form(explorable),
        '<p class="explorable-said" role="status"></p>',
        f'<script type="application/json">{_data(explorable)}</script>',
    ]
    return f'<div class="explorable" id="{explorable.prefix}">{"".join(parts)}</div>'


def _tenths(svg):
    """The picture with its lines to a tenth of a pixel, each point by its step from the last."""
    return re.sub(r"M(-?\d+\.\d\d [-\d. ]+)", lambda found: _steps(found[1]), svg)


def _steps(text):
    tenths = np.rint(10 * np.array(text.split(), dtype=float)).astype(int).reshape(-1, 2)
    first, *rest = np.diff(tenths, axis=0, prepend=0).tolist()
    return "M" + _pairs([first]) + ("l" + _pairs(rest) if rest else "")


def _pairs(pairs):
    return " ".join(f"{a / 10:g} {b / 10:g}" for a, b in pairs)


def _label(name):
    return escape(label(name))


def _numbers(numbers):
    pairs = (
        f"<div><dt>{_label(name)}</dt><dd>{format_number(number)}</dd></div>"
        for name, number in numbers.items()
    )
    return f'<dl class="explorable-numbers">{"".join(pairs)}</dl>' if numbers else ""


def _goal(goal, reached):
    if not goal:
        return ""
    classes = "explorable-goal reached" if reached else "explorable-goal"
    state = "✓ Reached" if reached else "Not yet reached"
    return f'<p class="{classes}">Goal: {escape(goal)} <strong>{state}</strong></p>'


def _values(explorable):
    controls = explorable.controls.items()
    return ", ".join(
        f"{_label(name)} = {escape(each.shown(each.value))}" for name, each in controls
    )


def _form(explorable):
    rows = (
        f"<div>{_control(explorable.prefix, name, control)}</div>"
        for name, control in explorable.controls.items()
    )
    button = '<button type="reset">Reset</button>'
    opening = '<form class="explorable-controls" autocomplete="off" hidden>'
    return f"{opening}{''.join(rows)}{button}</form>"


def _control(prefix, name, control):
    id = f"{prefix}-{name}"
    head = f'<label for="{id}">{_label(name)}</label>'
    common = f'id="{id}" name="{name}" data-label="{_label(name)}"'
    if isinstance(control, Slider):
        steps = f'data-step="{control.step:.12g}" data-places="{control.decimals}"'
        ends = f'min="{control.low:.17g}" max="{control.high:.17g}" step="any"'
        value = f'value="{control.value!r}" data-start="{control.value!r}"'
        shown = f'<span aria-hidden="true">{control.shown(control.value)}</span>'
        return f'{head}<input type="range" {common} {ends} {steps} {value}>{shown}'
    options = "".join(f"<option>{escape(each)}</option>" for each in control.labels)
    return f"{head}<select {common}>{options}</select>"


def _data(explorable):
    """What the script needs: the tape, what moves, and where its numbers lie on the tape."""
    recording = record(explorable)
    ops = sorted({node.op for node in recording.nodes})
    data = {
        "ops": ops,
        "tape": [_node(ops.index(node.op), node) for node in recording.nodes],
        "artists": {
            each.name: {"kind": each.kind, **each.spec()} for each in explorable.template.artists
        },
        "outputs": [
            {"artists": artists, "read": _goal_last(read)} for artists, read in recording.outputs
        ],
        "drags": explorable.drags,
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    text = text.replace("-Infinity", "-1e999").replace("Infinity", "1e999").replace("NaN", "null")
    return text.replace("<", "\\u003c")


def _goal_last(read):
    order = sorted(read, key=lambda name: name == "goal")
    return [[read[name][0], int(read[name][1])] for name in order]


def _node(code, node):
    if node.op == "slider":
        return [code]
    if node.op == "constant":
        row = [_bare(number) for number in node.data]
        return [code, row[0] if len(row) == 1 else row]
    return [code, *node.inputs, *map(_bare, node.numbers)]


def _bare(number):
    number = float(number)
    whole = number.is_integer() and abs(number) < 1e15 and str(number) != "-0.0"
    return int(number) if whole else number
