"""Figures that move: sliders beside a picture, alive in a kernel and on the page without one."""

from slopes.explore.controls import choice, slider
from slopes.explore.explorable import Explorable

__all__ = ["choice", "explore", "slider"]


def explore(figure, update, goal=None, drags=None, **controls):
    """A figure with controls, which `update` moves.

    In a live kernel it shows itself as a widget. For a page without one, the
    operations that `update` does are recorded once and replayed in the
    browser, whose address then holds the state: a link to
    ``…?fig-gain.w=6.9#fig-gain`` opens the figure there.

    Parameters
    ----------
    figure : Picture
        A picture of `slopes.figures` whose movable artists have a gid.
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
        If `update` does not take the controls, an artist cannot move, or a
        value is neither an artist's nor a number. When it shows itself: if
        `update` does what cannot be recorded, such as deciding a branch by a
        control's value; the message says what to write instead.
    ValueError
        If a value does not have the shape its artist was drawn with.

    Examples
    --------
    >>> import numpy as np
    >>> from slopes.figures._house import panels
    >>> figure, axes = panels()
    >>> x = np.linspace(-1, 2, 50)
    >>> _ = axes.plot(x, x, gid="line")
    >>> explore(figure, lambda w: {"line": w * x, "steepness": abs(w)}, w=slider(-1, 1, 0.5))
    Explorable(w=0.5)
    """
    return Explorable(figure, update, goal, drags, **controls)
