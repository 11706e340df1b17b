"""Answers that are wrong and plausible: the known mistakes of the sheets, by their keys.

Each names its sheet, the answer cell it replaces, and what stands there instead.
"""

from marking.mistakes import NAME, read_mistakes
from sheets import NAMES, SOURCE

WRONG = {
    mistake.key: (sheet, mistake.answer, mistake.code)
    for sheet in NAMES
    for mistake in read_mistakes(SOURCE / sheet / NAME)
}
