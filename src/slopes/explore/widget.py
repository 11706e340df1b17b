"""An explorable in a live kernel: sliders beside the picture, redrawn by `update` itself."""

from html import escape
from typing import Any

import ipywidgets as widgets

from slopes.explore.controls import Choice, Slider, label
from slopes.explore.page.format import format_number
from slopes.explore.state import Explored, State

PAPER = '<div style="background:white;max-width:46rem">{}</div>'  # legible on dark themes


def view(explorable: Explored, reason: str | None = None) -> dict[str, Any]:
    """The mimebundle of a fresh widget for `explorable`; see `live`."""
    bundle = live(explorable, reason)._repr_mimebundle_()
    return {kind: data for kind, data in bundle.items() if kind.startswith("application/")}


def live(explorable: Explored, reason: str | None = None, **values: float) -> widgets.VBox:
    """The picture, the numbers to read, the controls and a button that resets them.

    Parameters
    ----------
    explorable : Explorable
        What to show.
    reason : str, optional
        Why the figure stands still on a page, for a line below it.
    **values : float
        Where sliders stand at first, if not at their defaults.

    Returns
    -------
    ipywidgets.VBox
        A widget of its own.
    """
    picture, words = widgets.HTML(), widgets.HTML()
    inputs = {name: _input(name, control) for name, control in explorable.controls.items()}
    starts = {name: each.value for name, each in inputs.items()}
    for name, value in values.items():
        inputs[name].value = value

    def redraw(_: Any = None) -> None:
        state = explorable.state(**_values(explorable, inputs))
        picture.value = PAPER.format(explorable.template.svg(state.artists))
        words.value = _words(explorable, state)

    def reset(_: Any) -> None:
        for name, each in inputs.items():
            each.unobserve(redraw, "value")
            each.value = starts[name]
            each.observe(redraw, "value")
        redraw()

    for each in inputs.values():
        each.observe(redraw, "value")
    button = widgets.Button(description="Reset")
    button.on_click(reset)
    redraw()
    note = [widgets.HTML(f"On a page this figure stands still: {escape(reason)}")] if reason else []
    return widgets.VBox([picture, words, *inputs.values(), button, *note])


def _input(name: str, control: Slider | Choice) -> widgets.DOMWidget:
    options = {"description": label(name), "style": {"description_width": "initial"}}
    if isinstance(control, Slider):
        ends = {"min": control.low, "max": control.high, "step": control.step}
        digits = f".{control.decimals}f"
        return widgets.FloatSlider(control.value, **ends, readout_format=digits, **options)
    pairs = [(text, number) for number, text in enumerate(control.labels)]
    return widgets.Dropdown(options=pairs, value=0, **options)


def _values(explorable: Explored, inputs: dict[str, widgets.DOMWidget]) -> dict[str, Any]:
    """What the controls stand at, as `update` takes it."""
    return {
        name: control.options[inputs[name].value]
        if isinstance(control, Choice)
        else inputs[name].value
        for name, control in explorable.controls.items()
    }


def _words(explorable: Explored, state: State) -> str:
    lines = [
        f"{escape(label(name))}: <b>{format_number(number)}</b>"
        for name, number in state.numbers.items()
    ]
    if explorable.goal:
        reached = "reached" if state.reached else "not yet reached"
        lines.append(f"Goal: {escape(explorable.goal)} <b>{reached}</b>")
    return "<br>".join(lines)
