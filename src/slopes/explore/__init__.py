"""Figures that move: sliders beside a picture, alive in a kernel and on the page without one.

What happens to a figure, in the order of the folder: `controls` are what the
reader holds; `trace` records what an `update` does with them; `page` writes
the drawing, the numbers and the tape into HTML, whose script replays the
tape; `artists` are what moves in the drawing; `widget` moves it in a live
kernel; an `explorable` is all of that for one figure; `questions` are
answered before one sees it. Each imports only those named before it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from slopes.explore.controls import Choice, Slider, choice, slider
from slopes.explore.explorable import Explorable
from slopes.explore.questions.ask import choose, guess
from slopes.figures._house import Picture

__all__ = ["choice", "choose", "explore", "guess", "slider"]


def explore(
    figure: Picture,
    update: Callable[..., Mapping[str, Any]],
    goal: str | None = None,
    drags: Mapping[str, Iterable[str]] | None = None,
    **controls: Slider | Choice,
) -> Explorable:
    """A figure with controls, which `update` moves.

    In a live kernel it shows itself as a widget. For a page without one, the
    operations that `update` does are recorded once and replayed in the
    browser, whose address then holds the state: a link to
    ``…?fig-gain.w=6.9#fig-gain`` opens the figure there. What cannot be
    recorded, such as a branch that a control's value decides, stops the build
    of the site with an error that says what to write instead; in a kernel the
    widget moves all the same, and a line below it says that a page would not.

    Parameters
    ----------
    figure : Picture
        A picture of `slopes.figures`, or one of your own that begins with its
        `panels`. The artists that move have a ``gid``, which names them.
    update : callable
        Takes the values of the controls by name and returns a dictionary.
        The name of an artist gives it new data; any other name is a number
        to read; ``goal`` is the condition under which the goal is reached.
        Lines and markers take heights ``y``, or ``(x, y)``; bars their
        heights; bands ``(low, high)``; rules a place; spans ``(low, high)``;
        texts such as ``"width {:.3f}"`` a number; heat maps a table.
    goal : str, optional
        What the reader should reach, in words.
    drags : dict, optional
        For the name of a line with markers, the sliders that its points set
        when they are dragged up and down.
    **controls : Slider or Choice
        What the reader can move, by the name of the argument of `update`.

    Returns
    -------
    Explorable
        Shows itself at the end of a cell.

    Raises
    ------
    TypeError
        If `figure` is another figure of matplotlib, `update` does not take the
        controls, an artist cannot move, or a value is neither an artist's nor
        a number. `Untraceable`, while the site is built: if `update` cannot be
        recorded.
    ValueError
        If a value does not have the shape its artist was drawn with.

    Examples
    --------
    >>> import numpy as np
    >>> from slopes.figures import panels
    >>> figure, axes = panels()
    >>> x = np.linspace(-1, 2, 50)
    >>> _ = axes.plot(x, x, gid="line")
    >>> explore(figure, lambda w: {"line": w * x, "steepness": abs(w)}, w=slider(-1, 1, 0.5))
    Explorable(w=0.5)
    """
    return Explorable(figure, update, goal, drags, **controls)
