"""An explorable: a figure, what moves it, and the controls."""

import difflib
import inspect
import itertools
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from slopes._arguments import instance
from slopes.explore.artists.artist import Artist
from slopes.explore.artists.line import Line
from slopes.explore.artists.registry import moving_artist, named_artists
from slopes.explore.controls import Choice, Slider
from slopes.explore.page.html import html, still_html
from slopes.explore.page.template import Template
from slopes.explore.snapshot import snapshot
from slopes.explore.state import State
from slopes.explore.trace import Untraceable
from slopes.explore.trace.tracer import Tracer
from slopes.explore.widget import view
from slopes.figures._house import BUILD, Picture

_COUNT = itertools.count(1)


class Page(NamedTuple):
    """The HTML of an explorable, and the fault for which its picture stands still there, if any."""

    html: str
    fault: Untraceable | None = None


class Explorable:
    """A figure with controls; shows itself as a widget, and on the page without a kernel.

    Made by `explore`, which says what the arguments are.
    """

    def __init__(
        self,
        figure: Picture,
        update: Callable[..., Mapping[str, Any]],
        goal: str | None = None,
        drags: Mapping[str, Iterable[str]] | None = None,
        **controls: Slider | Choice,
    ):
        instance("figure", figure, Picture, "what slopes.figures.panels returns")
        _check_controls(update, controls)
        self.figure, self.goal, self.controls = figure, goal, controls
        self.update = snapshot(update)
        self.prefix = f"explorable-{next(_COUNT)}"
        self.defaults = {name: control.value for name, control in controls.items()}
        first, named = _checked(self.update(**self.defaults)), named_artists(figure)
        self._named = named
        self.artists = {name: moving_artist(name, named[name]) for name in first if name in named}
        state = self._state(first)
        _check_goal(goal, state)
        self.drags = _checked_drags(drags or {}, self.artists, state.artists, controls)
        self.template = Template(figure, list(self.artists.values()), self.prefix)
        if os.environ.get(BUILD) and self._page.fault:
            raise self._page.fault

    @cached_property
    def narrow(self) -> Template:
        """The drawing for a narrow screen, with the same artists in other places."""
        with self.figure.narrow():
            artists = [moving_artist(name, self._named[name]) for name in self.artists]
            for artist in artists:
                artist.stand_for(self.artists[artist.name])
            return Template(self.figure, artists, f"{self.prefix}-narrow")

    def __repr__(self) -> str:
        values = (
            f"{name}={getattr(value, 'name', value)}" for name, value in self.defaults.items()
        )
        return f"Explorable({', '.join(values)})"

    def state(self, **values: Any) -> State:
        """What `update` says at `values` of the controls, checked.

        Raises
        ------
        TypeError
            If it does not return a dictionary, or a value is neither an
            artist's nor a number.
        ValueError
            If a value does not have the shape its artist was drawn with.
        """
        return self._state(_checked(self.update(**values)))

    def _state(self, result: Mapping[str, Any]) -> State:
        artists, numbers = {}, {}
        for name, value in result.items():
            if name in self.artists:
                artists[name] = self.artists[name].take(value)
            else:
                numbers[name] = _number(name, value, tuple(self._named))
        return State(artists, numbers, numbers.pop("goal", None))

    def svg(self, **values: Any) -> str:
        """The picture at `values` of the controls, as SVG text; the others at their defaults."""
        return self.template.svg(self.state(**{**self.defaults, **values}).artists)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        reason = str(self._page.fault) if self._page.fault else None
        return {"text/plain": repr(self), "text/html": self._page.html, **view(self, reason)}

    @cached_property
    def _page(self) -> Page:
        """What a page shows. A reader in a kernel has the widget, whatever a page can do."""
        try:
            return Page(html(self))
        except Untraceable as fault:
            return Page(still_html(self, str(fault)), fault)


def _checked(result: Any) -> Mapping[str, Any]:
    """What an `update` returns, if it is a dictionary by names."""
    if not isinstance(result, dict) or not all(isinstance(name, str) for name in result):
        raise TypeError(f"update returns {result!r}; return a dictionary of names and values")
    return result


def _number(name: str, value: Any, artists: tuple[str, ...]) -> Any:
    """A number to read: one number, or one yes or no."""
    if isinstance(value, Tracer) and value.shape == ():
        return value
    array = None if isinstance(value, Tracer) else np.asarray(value)
    if array is None or array.ndim or array.dtype.kind not in "buif":
        near = difflib.get_close_matches(name, artists, 1)
        raise TypeError(
            f"update returns {name!r}, which is neither one number nor an artist of the figure "
            f"({', '.join(artists) or 'no artist has a gid'})"
            + (f"; did you mean {near[0]!r}?" if near else "")
        )
    return array.item()


def _check_controls(update: Any, controls: Mapping[str, Any]) -> None:
    if not callable(update):
        raise TypeError(f"update is {update!r}; give the function that moves the figure")
    if not controls:
        raise ValueError("no controls; give at least one, such as w=slider(0, 1, 0.5)")
    for name, control in controls.items():
        if not isinstance(control, Slider | Choice):
            raise TypeError(f"{name} is {control!r}; give slider(low, high, value) or choice(…)")
    try:
        inspect.signature(update).bind(**controls)
    except TypeError as fault:
        signature = f"update{inspect.signature(update)}"
        names = ", ".join(controls)
        raise TypeError(f"{signature} does not take the controls {names}: {fault}") from None


def _check_goal(goal: str | None, state: State) -> None:
    if goal and state.reached is None:
        raise ValueError("update returns no 'goal'; give the condition under that name")
    if not goal and state.reached is not None:
        raise ValueError("update returns a 'goal', but explore is given no goal in words")


def _checked_drags(
    drags: Mapping[str, Iterable[str]],
    artists: Mapping[str, Artist[Any]],
    values: Mapping[str, Any],
    controls: Mapping[str, Slider | Choice],
) -> dict[str, tuple[str, ...]]:
    """For each line that can be dragged the sliders of its points."""
    checked = {name: tuple(sliders) for name, sliders in drags.items()}
    for name, sliders in checked.items():
        line = artists.get(name)
        if not isinstance(line, Line) or not line.has_markers:
            raise ValueError(f"drags names {name!r}; give a line with markers that update moves")
        count = len(values[name][1])
        if len(sliders) != count:
            raise ValueError(f"{name!r} has {count} points and drags gives {len(sliders)} sliders")
        for slider in sliders:
            if not isinstance(controls.get(slider), Slider):
                raise ValueError(f"drags names {slider!r}, which is not a slider")
    return checked
