"""How far a guess is from the truth, in words that fit the scale."""

import math

from slopes.explore.page.format import format_number


def distance(guess: float, truth: float, ratio: bool = True) -> str:
    """How far `guess` is from `truth`, in words.

    Parameters
    ----------
    guess, truth : float
        Finite numbers.
    ratio : bool
        Whether they are compared by their ratio, as sizes are, or by their
        difference, as logarithms and places are. A truth 0 has no ratio.

    Returns
    -------
    str
        The words.

    Examples
    --------
    >>> distance(1e-5, 3.3e-7), distance(0.01, 1.1e-6), distance(0.2, 0.25)
    ('a factor of 30 too large', '4 powers of ten too large', '20 % too small')
    >>> distance(3.5, 4, ratio=False)
    'too low by 0.5'
    """
    if guess == truth:
        return "exactly right"
    if not ratio or not truth:
        side = "high" if guess > truth else "low"
        return f"too {side} by {format_number(abs(guess - truth), '.2g')}"
    if not guess or (guess < 0) != (truth < 0):
        return "of the wrong sign" if guess else "0, which it is not"
    return _apart(math.log10(abs(guess)) - math.log10(abs(truth)))


def _apart(powers: float) -> str:
    """Words for a ratio of 10 to this power."""
    side = f"too {'large' if powers > 0 else 'small'}"
    size = abs(powers)
    if size >= 3:
        return f"{size:.0f} powers of ten {side}"
    if size > math.log10(2):
        return f"a factor of {format_number(10**size, '.0f' if size >= 1 else '.2g')} {side}"
    percent = 100 * abs(10**powers - 1)
    return f"{percent:.0f} % {side}" if percent >= 1 else "right to less than 1 %"
