"""How numbers are written beside a figure."""

import math
import re
import unicodedata

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789ijkmnx", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₘₙₓ")
_SIGNS = {"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "approx": "≈", "cdot": "·", "times": "×"}
_SIGNS |= {"max": "max", "min": "min", "ln": "ln ", "log": "log ", "partial": "∂", "infty": "∞"}


def written(number):
    """`number` as text for the reader: four digits, a true minus, powers of ten raised.

    Examples
    --------
    >>> written(0.44774), written(-1.25e-07), written(30), written(True)
    ('0.4477', '−1.25×10⁻⁷', '30', 'yes')
    """
    if isinstance(number, bool):
        return "yes" if number else "no"
    if math.isnan(number):
        return "none"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    return raised(f"{number:.4g}")


def raised(text):
    """A formatted number with a true minus and its power of ten as a superscript."""
    digits, power, exponent = text.partition("e")
    digits = digits.lstrip("-") if float(digits) == 0 else digits
    digits = digits.replace("-", "−")
    return f"{digits}×10{str(int(exponent)).translate(_SUPERSCRIPTS)}" if power else digits


def formatted(number, spec):
    """`number` by a format such as ``.3f``, or as `written` where there is none."""
    if not spec or not math.isfinite(number):
        return written(number)
    return raised(format(number, spec))


def plain(text):
    """A label's text without its TeX: letters, Greek, and small numbers only.

    Examples
    --------
    >>> plain(r"width of $\\sigma_1$ is ")
    'width of σ₁ is '
    """
    return re.sub(r"\$([^$]*)\$", lambda found: _unicode(found[1]), text)


def _unicode(tex):
    text = re.sub(r"\\([A-Za-z]+) ?", lambda found: _letter(found[1], tex), tex)
    text = re.sub(r"([_^])(?:\{(\w+)\}|(\w))", _small, text)
    if re.search(r"[\\{}^_]", text):
        raise ValueError(f"${tex}$ is too much TeX for a label that moves; put it beside it")
    return text.replace("-", "−").replace("'", "′")


def _letter(name, tex):
    if name in _SIGNS:
        return _SIGNS[name]
    try:
        small = "FINAL SIGMA" if name == "varsigma" else name.upper()
        size = "CAPITAL" if name[0].isupper() else "SMALL"
        return unicodedata.lookup(f"GREEK {size} LETTER {small}".replace("LAMBDA", "LAMDA"))
    except KeyError:
        raise ValueError(f"${tex}$ is too much TeX for a label that moves") from None


def _small(found):
    sign, digits = found[1], found[2] or found[3]
    raised_or_lowered = digits.translate(_SUBSCRIPTS if sign == "_" else _SUPERSCRIPTS)
    return found[0] if raised_or_lowered == digits else raised_or_lowered
