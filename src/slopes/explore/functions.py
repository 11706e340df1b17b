"""NumPy's functions on traced arrays, each made of what a tape can hold."""

from slopes.explore import combining, formulas, moving, products  # noqa: F401  they fill the table
from slopes.explore.rules import FUNCTIONS

__all__ = ["FUNCTIONS"]
