"""How numbers are written for the reader, in a read-out and in a drawing."""

import math
import re
import unicodedata

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789ijkmnx", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₘₙₓ")
_SIGNS = {"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "approx": "≈", "cdot": "·", "times": "×"}
_SIGNS |= {"max": "max", "min": "min", "ln": "ln ", "log": "log ", "partial": "∂", "infty": "∞"}


def format_number(number: float, format_spec: str = "") -> str:
    """`number` as text: a true minus, powers of ten raised, words for what has no digits.

    Parameters
    ----------
    number : float or bool
        What to write.
    format_spec : str
        A format such as ``.3f``; four digits without one.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> format_number(0.44774), format_number(-1.25e-07), format_number(30)
    ('0.4477', '−1.25×10⁻⁷', '30')
    >>> format_number(0.5, ".3f"), format_number(True)
    ('0.500', 'yes')
    """
    if isinstance(number, bool):
        return "yes" if number else "no"
    if math.isnan(number):
        return "none"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    return _raised(format(number, format_spec or ".4g"))


def _raised(text: str) -> str:
    """A formatted number with a true minus and its power of ten as a superscript."""
    digits, power, exponent = text.partition("e")
    digits = digits.lstrip("-") if float(digits) == 0 else digits
    digits = digits.replace("-", "−")
    return f"{digits}×10{str(int(exponent)).translate(_SUPERSCRIPTS)}" if power else digits


def without_tex(text: str) -> str:
    """A label's text without its TeX: letters, Greek, and small numbers only.

    Raises
    ------
    ValueError
        If its TeX has no such form.

    Examples
    --------
    >>> without_tex(r"width of $\\sigma_1$ is ")
    'width of σ₁ is '
    """
    return re.sub(r"\$([^$]*)\$", lambda found: _unicode(found[1]), text)


def _unicode(tex: str) -> str:
    text = re.sub(r"\\([A-Za-z]+) ?", lambda found: _letter(found[1], tex), tex)
    text = re.sub(r"([_^])(?:\{(\w+)\}|(\w))", _small, text)
    if re.search(r"[\\{}^_]", text):
        raise ValueError(f"${tex}$ is too much TeX for a label that moves; put it beside it")
    return text.replace("-", "−").replace("'", "′")


def _letter(name: str, tex: str) -> str:
    if name in _SIGNS:
        return _SIGNS[name]
    try:
        small = "FINAL SIGMA" if name == "varsigma" else name.upper()
        size = "CAPITAL" if name[0].isupper() else "SMALL"
        return unicodedata.lookup(f"GREEK {size} LETTER {small}".replace("LAMBDA", "LAMDA"))
    except KeyError:
        raise ValueError(f"${tex}$ is too much TeX for a label that moves") from None


def _small(found: re.Match[str]) -> str:
    sign, digits = found[1], found[2] or found[3]
    small: str = digits.translate(_SUBSCRIPTS if sign == "_" else _SUPERSCRIPTS)
    return str(found[0]) if small == digits else small
