"""An explorable: a figure, what moves it, and the controls."""

import difflib
import inspect
import itertools
from typing import NamedTuple

import numpy as np

from slopes._arguments import Traced
from slopes.explore.artists.registry import moving_artist, named_artists
from slopes.explore.controls import Choice, Slider
from slopes.explore.page.html import html
from slopes.explore.page.template import Template
from slopes.explore.snapshot import snapshot
from slopes.explore.widget import view

_COUNT = itertools.count(1)


class State(NamedTuple):
    """What an update says: values of the artists, numbers to read, and whether the goal is met."""

    artists: dict
    numbers: dict
    reached: object


class Explorable:
    """A figure with controls; shows itself as a widget, and on the page without a kernel.

    Made by `explore`.
    """

    def __init__(self, figure, update, goal=None, drags=None, **controls):
        _check_controls(update, controls)
        self.figure, self.goal, self.controls = figure, goal, controls
        self.update = snapshot(update)
        self._named = named_artists(figure)
        self._moving = {}
        self.prefix = f"explorable-{next(_COUNT)}"
        self.defaults = {name: control.value for name, control in controls.items()}
        state = self.state(**self.defaults)
        if (goal is None) != (state.reached is None):
            raise ValueError(
                "update returns no 'goal'; give the condition under that name"
                if goal
                else "update returns a 'goal', but explore is given no goal in words"
            )
        self.drags = _check_drags(drags or {}, self._moving, state.artists, controls)
        self.template = Template(figure, list(self._moving.values()), self.prefix)

    def __repr__(self):
        values = (
            f"{name}={getattr(value, 'name', value)}" for name, value in self.defaults.items()
        )
        return f"Explorable({', '.join(values)})"

    def state(self, **values):
        """What `update` says at `values`, checked."""
        return self.checked(self.update(**values))

    def checked(self, result):
        """The result of `update`, taken apart and checked against the figure."""
        if not isinstance(result, dict) or not all(isinstance(name, str) for name in result):
            raise TypeError(f"update returns {result!r}; return a dictionary of names and values")
        artists, read, reached = {}, {}, None
        for name, value in result.items():
            if name == "goal":
                reached = _number(name, value, self._named)
            elif name in self._named:
                if name not in self._moving:
                    self._moving[name] = moving_artist(name, self._named[name])
                artists[name] = self._moving[name].take(value)
            else:
                read[name] = _number(name, value, self._named)
        return State(artists, read, reached)

    def svg(self, **values):
        """The picture at `values` of the controls, as SVG text; the others at their defaults."""
        return self.template.svg(self.state(**{**self.defaults, **values}).artists)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": html(self), **view(self)}


def _number(name, value, artists):
    """A read-out: one number, or one yes or no."""
    if isinstance(value, Traced) and value.shape == ():
        return value
    array = None if isinstance(value, Traced) else np.asarray(value)
    if array is None or array.ndim or array.dtype.kind not in "buif":
        near = difflib.get_close_matches(name, artists, 1)
        raise TypeError(
            f"update returns {name!r}, which is neither one number nor an artist of the figure "
            f"({', '.join(artists) or 'no artist has a gid'})"
            + (f"; did you mean {near[0]!r}?" if near else "")
        )
    return array.item()


def _check_controls(update, controls):
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


def _check_drags(drags, artists, values, controls):
    for name, sliders in drags.items():
        if name not in artists or artists[name].kind != "line" or not artists[name].has_markers:
            raise ValueError(f"drags names {name!r}; give a line with markers that update moves")
        count = len(values[name][1])
        if len(sliders) != count:
            raise ValueError(f"{name!r} has {count} points and drags gives {len(sliders)} sliders")
        for slider in sliders:
            if not isinstance(controls.get(slider), Slider):
                raise ValueError(f"drags names {slider!r}, which is not a slider")
    return {name: tuple(sliders) for name, sliders in drags.items()}
