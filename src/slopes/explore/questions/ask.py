"""Ask: what `guess` and `choose` are given, checked, becomes a question that shows itself."""

from collections.abc import Mapping

from slopes._arguments import instance, single, whole
from slopes.explore.controls import Slider
from slopes.explore.explorable import Explorable
from slopes.explore.page.format import without_tex
from slopes.explore.questions.question import Choose, Guess

SCALES = ("ratio", "difference")


def guess(
    question: str,
    truth: float,
    mistakes: Mapping[float, str] | None = None,
    *,
    scale: str = "ratio",
    veils: int = 1,
    figure: Explorable | None = None,
) -> Guess:
    """A question whose answer is a number; the reader guesses, and then learns how near she came.

    On a page what follows is veiled until she has guessed or asked to be shown;
    without a script, and on paper, everything is there. In a live kernel it is
    a widget.

    Parameters
    ----------
    question : str
        What is asked; between dollars, small TeX such as ``$\\\\sigma'(z)$``.
    truth : float
        The answer, computed, never typed.
    mistakes : dict, optional
        Known wrong answers, and for each what the reader probably did.
    scale : str
        How a guess is compared: ``"ratio"`` for sizes, ``"difference"`` for
        places and logarithms.
    veils : int
        How many of the paragraphs, cells and figures that follow are veiled.
    figure : Explorable, optional
        What the reader sees after her guess. A slider named ``guess`` is set
        to what she guessed.

    Returns
    -------
    Guess
        Shows itself at the end of a cell.

    Raises
    ------
    ValueError
        If `scale` is no scale, or a mistake is the truth.

    Examples
    --------
    >>> question = guess("What is 2 to the power of 10?", 2**10, {20: "That is 2 · 10."})
    >>> question.reply(20)
    'You said 20; it is 1024. Your guess is a factor of 51 too small. That is 2 · 10.'
    """
    known = {
        float(single("a mistake", value)): without_tex(text)
        for value, text in (mistakes or {}).items()
    }
    if scale not in SCALES:
        raise ValueError(f"scale is {scale!r}; give 'ratio' or 'difference'")
    answer = float(single("truth", truth))
    if answer in known:
        raise ValueError(f"a mistake is {answer}, the truth itself; give wrong answers only")
    _check(veils, figure)
    return Guess(
        without_tex(question), answer, tuple(known.items()), scale == "ratio", veils, figure
    )


def choose(
    question: str,
    right: str,
    options: Mapping[str, str],
    *,
    veils: int = 0,
    figure: Explorable | None = None,
) -> Choose:
    """A question with a few answers, each of which says why it is right or wrong.

    Parameters
    ----------
    question : str
        What is asked; between dollars, small TeX.
    right : str
        The option that is right; computed, where it can be.
    options : dict
        At least two options, and what the reader is told who takes it.
    veils : int
        How many of the paragraphs, cells and figures that follow are veiled.
    figure : Explorable, optional
        What the reader sees after her answer.

    Returns
    -------
    Choose
        Shows itself at the end of a cell.

    Raises
    ------
    ValueError
        If there are fewer than two options, or `right` is none of them.

    Examples
    --------
    >>> question = choose("Is 1 a prime?", "no", {"yes": "It has one divisor.", "no": "Quite."})
    >>> question.reply("yes")
    'No. It has one divisor.'
    """
    if len(options) < 2:
        raise ValueError(f"there are {len(options)} options; give at least two")
    if right not in options:
        raise ValueError(f"right is {right!r}; give one of the options: {', '.join(options)}")
    _check(veils, figure)
    plain = {without_tex(option): without_tex(reply) for option, reply in options.items()}
    return Choose(without_tex(question), plain, without_tex(right), veils, figure)


def _check(veils: int, figure: Explorable | None) -> None:
    whole("veils", veils)
    if figure is None:
        return
    instance("figure", figure, Explorable, "what explore returns")
    if not isinstance(figure.controls.get("guess", Slider(0, 1, 0, 1)), Slider):
        raise TypeError("figure has a control guess that is no slider; name another one so")
