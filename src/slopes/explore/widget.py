"""An explorable in a live kernel: sliders beside the picture, redrawn by `update` itself."""

from html import escape

import ipywidgets as widgets

from slopes.explore.controls import Slider, label
from slopes.explore.page.format import format_number

PAPER = '<div style="background:white;max-width:46rem">{}</div>'  # legible on dark themes


def view(explorable):
    """The mimebundle of a fresh widget for `explorable`."""
    bundle = live(explorable)._repr_mimebundle_()
    return {kind: data for kind, data in bundle.items() if kind.startswith("application/")}


def live(explorable):
    """A widget with the picture, the numbers to read, the controls and a reset button."""
    picture, words = widgets.HTML(), widgets.HTML()
    inputs = {name: _input(name, control) for name, control in explorable.controls.items()}
    paused = []

    def redraw(_=None):
        if not paused:
            state = explorable.state(**_values(explorable, inputs))
            picture.value = PAPER.format(explorable.template.svg(state.artists))
            words.value = _words(explorable, state)

    def reset(_):
        paused.append(True)
        for name, each in inputs.items():
            each.value = _start(explorable.controls[name])
        paused.clear()
        redraw()

    for each in inputs.values():
        each.observe(redraw, "value")
    button = widgets.Button(description="Reset")
    button.on_click(reset)
    redraw()
    return widgets.VBox([picture, words, *inputs.values(), button])


def _input(name, control):
    options = {"description": label(name), "style": {"description_width": "initial"}}
    if isinstance(control, Slider):
        ends = {"min": control.low, "max": control.high, "step": control.step}
        return widgets.FloatSlider(
            control.value, **ends, readout_format=f".{control.decimals}f", **options
        )
    pairs = [(label, place) for place, label in enumerate(control.labels)]
    return widgets.Dropdown(options=pairs, value=0, **options)


def _start(control):
    return control.value if isinstance(control, Slider) else 0


def _values(explorable, inputs):
    return {
        name: each.value
        if isinstance(explorable.controls[name], Slider)
        else explorable.controls[name].options[each.value]
        for name, each in inputs.items()
    }


def _words(explorable, state):
    lines = [
        f"{escape(label(name))}: <b>{format_number(number)}</b>"
        for name, number in state.numbers.items()
    ]
    if explorable.goal:
        reached = "reached" if state.reached else "not yet reached"
        lines.append(f"Goal: {escape(explorable.goal)} <b>{reached}</b>")
    return "<br>".join(lines)
