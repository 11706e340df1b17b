"""A question in a live kernel: a field or a few buttons, and what the answer is told."""

from html import escape
from typing import Any

import ipywidgets as widgets

from slopes.explore.questions.asked import Asked
from slopes.explore.questions.numeral import read_number
from slopes.explore.widget import live as live_figure


def view(question: Asked) -> dict[str, Any]:
    """The mimebundle of a fresh widget for `question`; see `live`."""
    bundle = live(question)._repr_mimebundle_()
    return {kind: data for kind, data in bundle.items() if kind.startswith("application/")}


def live(question: Asked) -> widgets.VBox:
    """The question, what it is answered with, and room for what follows.

    Parameters
    ----------
    question : Asked
        What to ask.

    Returns
    -------
    ipywidgets.VBox
        A widget of its own.
    """
    said, figure = widgets.HTML(), widgets.VBox()

    def tell(words: str, **guess: float) -> None:
        said.value = escape(words)
        if question.figure:
            known: dict[str, Any] = guess if "guess" in question.figure.controls else {}
            figure.children = (live_figure(question.figure, **known),)

    show = widgets.Button(description="Show me")
    show.on_click(lambda _: tell(f"Answer: {question.shown}"))
    ask = _buttons if question.options else _field
    asked = widgets.HTML(f"<b>{escape(question.question)}</b>")
    return widgets.VBox([asked, widgets.HBox([*ask(question, tell), show]), said, figure])


def _field(question: Asked, tell: Any) -> list[widgets.DOMWidget]:
    style = {"description_width": "initial"}
    field = widgets.Text(description="Your guess", style=style, continuous_update=False)
    button = widgets.Button(description="Guess")
    fault = widgets.HTML()

    def answer(_: Any) -> None:
        try:
            number = read_number(field.value)
        except ValueError as problem:
            fault.value = escape(str(problem))
        else:
            fault.value = ""
            tell(question.reply(number), guess=number)

    field.observe(answer, "value")
    button.on_click(answer)
    return [field, button, fault]


def _buttons(question: Asked, tell: Any) -> list[widgets.DOMWidget]:
    def button(option: str) -> widgets.Button:
        each = widgets.Button(description=option, layout={"width": "auto"})
        each.on_click(lambda _: tell(question.reply(option)))
        return each

    return [button(option) for option in question.options]
