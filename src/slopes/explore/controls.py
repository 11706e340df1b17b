"""The controls of an explorable: what a reader may move, and between which ends."""

import math
import numbers
import re
from dataclasses import dataclass
from typing import Any

_GREEK = {"chi": "χ", "lambda": "λ", "rho": "ρ", "sigma": "σ"}
_SUBSCRIPT = re.compile(r"max|min|[a-z]")
_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Slider:
    """A number between two ends, moved in steps."""

    low: float
    high: float
    value: float
    step: float

    @property
    def decimals(self) -> int:
        """How many decimals a step has."""
        return next((n for n in range(10) if _whole(self.step * 10**n)), 3)

    def shown(self, value: float) -> str:
        """`value` with as many decimals as a step has, or more if it falls between steps."""
        text = f"{value:.{self.decimals}f}"
        text = text if float(text) == value else f"{value:.10g}"
        return text.replace("-", "−")


@dataclass(frozen=True)
class Choice:
    """A few options, of which one is chosen; the first one to begin with."""

    options: tuple[Any, ...]

    @property
    def value(self) -> Any:
        return self.options[0]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.shown(option) for option in self.options)

    def shown(self, option: Any) -> str:
        """What the reader sees of `option`: its name, or the option itself as text."""
        return str(getattr(option, "name", option))


def symbols(name: str) -> list[tuple[str, str]]:
    """The words of a name as the book writes them, each with its subscript.

    Examples
    --------
    >>> symbols("log10_of_sigma_max"), symbols("w_std"), symbols("h1")
    ([('log', '10'), ('of', ''), ('σ', 'max')], [('σ', 'w')], [('h', '1')])
    """
    found: list[tuple[str, str]] = [("", "")]
    for word in re.sub(r"^(\w)_std$", r"sigma_\1", name).split("_"):
        last, below = found[-1]
        numbered = re.fullmatch(r"(log|[A-Za-z])(\d+)", word)
        if numbered:
            found.append((numbered[1], numbered[2]))
        elif last in _GREEK.values() and not below and _SUBSCRIPT.fullmatch(word):
            found[-1] = (last, word)
        else:
            found.append((_GREEK.get(word, word), ""))
    return found[1:]


def label(name: str) -> str:
    """What the reader sees of the name of a control or of a number to read, as plain text.

    Examples
    --------
    >>> label("log10_w"), label("sigma_max"), label("mean_error")
    ('log₁₀ w', 'σ max', 'mean error')
    """
    return " ".join(
        word + (below.translate(_SMALL) if below.isdigit() else f" {below}" if below else "")
        for word, below in symbols(name)
    )


def slider(low: float, high: float, value: float, step: float | None = None) -> Slider:
    """A slider from `low` to `high` that starts at `value`.

    Parameters
    ----------
    low, high : float
        The two ends.
    value : float
        Where the slider stands at first, and where "Reset" returns it.
    step : float, optional
        The distance between neighbouring values. Without it, the longest of
        1, 2 or 5 times a power of ten that cuts the slider into at least 200
        steps and that meets both ends and `value`.

    Returns
    -------
    Slider
        The control, for `explore`.

    Raises
    ------
    ValueError
        If a number is not finite, the ends are not in order, the value is
        outside them, or the step is not above 0 and at most their distance.
    TypeError
        If an argument is not a number.

    Examples
    --------
    >>> slider(-12, 12, 6.9)
    Slider(low=-12.0, high=12.0, value=6.9, step=0.1)
    """
    low, high, value = _number("low", low), _number("high", high), _number("value", value)
    if not low < high:
        raise ValueError(f"low is {low:g} and high is {high:g}; give the lower end first")
    if not low <= value <= high:
        raise ValueError(f"value is {value:g}; give a number from {low:g} to {high:g}")
    if step is None:
        step = _step(low, high, value)
    step = _number("step", step)
    if not 0 < step <= high - low:
        raise ValueError(f"step is {step:g}; give a number above 0 and at most {high - low:g}")
    return Slider(low, high, value, step)


def choice(*options: Any) -> Choice:
    """A choice among a few options; the first is chosen at first.

    Parameters
    ----------
    *options : str, number or object with a ``name``
        The options, at least two, with names that differ. `update` is given
        the option itself.

    Returns
    -------
    Choice
        The control, for `explore`.

    Raises
    ------
    ValueError
        If there are fewer than two options, or two of them look the same.

    Examples
    --------
    >>> choice("sigmoid", "tanh").labels
    ('sigmoid', 'tanh')
    """
    control = Choice(options)
    if len(options) < 2:
        raise ValueError(f"choice has {len(options)} option(s); give at least two")
    if len(set(control.labels)) < len(options):
        raise ValueError(f"the options {control.labels} are not all different; rename some")
    return control


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} is {value!r}; give a number")
    if not math.isfinite(value):
        raise ValueError(f"{name} is {value}; give a finite number")
    return float(value)


def _step(low: float, high: float, value: float) -> float:
    """The step of a slider that is given none."""
    length = high - low
    start = math.floor(math.log10(length / 200))
    steps = [float(f"{digit}e{power}") for power in (start, start - 1) for digit in (5, 2, 1)]
    steps = [step for step in steps if step <= length / 200 * (1 + 1e-9)]
    meets_ends = [step for step in steps if _whole(length / step)]
    meets_all = [step for step in meets_ends if _whole((value - low) / step)]
    return next(iter(meets_all + meets_ends), length / 200)


def _whole(ratio: float) -> bool:
    return abs(ratio - round(ratio)) < 1e-6
