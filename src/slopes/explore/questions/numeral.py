"""Numbers as people type them."""

import math
import re

_POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SIGNS = str.maketrans({"−": "-", "·": "*", "×": "*", ",": ".", " ": None, "\u00a0": None})
_FACTOR = re.compile(r"([*/]?)([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:\^([+-]?\d+\.?\d*))?")


def read_number(text: str) -> float:
    """The number that a reader has typed: digits, powers, products, quotients, per cent.

    Raises
    ------
    ValueError
        If it is no number, or none that a float can hold.

    Examples
    --------
    >>> read_number("1.1·10⁻⁶"), read_number("-1/4"), read_number("0,5 %"), read_number("2^-3")
    (1.1e-06, -0.25, 0.005, 0.125)
    """
    plain = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: "^" + found[0].translate(_POWERS), text)
    plain = plain.translate(_SIGNS).lower().replace("**", "^")
    whole, percent = plain.removesuffix("%"), plain.endswith("%")
    number, at = 1.0, 0
    try:
        while at < len(whole) or not at:
            number, at = _times(number, whole, at)
        if not math.isfinite(number):
            raise ValueError
    except (ValueError, ArithmeticError):
        raise ValueError(f"{text.strip()!r} is no number; type one such as 0.25 or 1e-6") from None
    return number / 100 if percent else number


def _times(number: float, text: str, at: int) -> tuple[float, int]:
    """`number` with the factor that stands in `text` at `at`, and where that ends."""
    found = _FACTOR.match(text, at)
    if not found or bool(found[1]) != bool(at):
        raise ValueError
    factor = _signed_power(float(found[2]), float(found[3] or 1))
    return (number / factor if found[1] == "/" else number * factor), found.end()


def _signed_power(base: float, exponent: float) -> float:
    """``base^exponent``, where a sign before the base belongs to the result: -2^2 is -4."""
    return math.copysign(math.pow(abs(base), exponent), base)
