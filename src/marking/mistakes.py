"""Known mistakes: what students are likely to answer wrongly, in a table beside each sheet.

The file ``mistakes.toml`` in the folder of a sheet holds an array of tables
for each answer cell, under the cell's name::

    [[rate]]
    key = "w-quarter"
    words = "This is w/4: the gain of a neuron at z = 0."
    hint = "Is the neuron at z = 0?"
    section = "slope-of-a-sigmoid"
    code = '''
    def settled_gain(w):
        return w / 4
    '''

Marking runs ``code`` in the examiner, on the teacher's side, and compares what
it gives with what came back from the student; where both agree, the question
carries the key. Nothing of the table tells what would have been right.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

NAME = "mistakes.toml"


@dataclass(frozen=True)
class Mistake:
    """A mistake, how it is recognised, and what is said to those who make it.

    Parameters
    ----------
    answer : str
        Name of the answer cell.
    key : str
        Names the mistake within its sheet.
    code : str
        A cell that makes it.
    words : str
        What went wrong, in a sentence.
    hint : str
        A question or a step that leads on.
    section : str
        Label of the section of the book that explains it.
    """

    answer: str
    key: str
    code: str
    words: str
    hint: str = ""
    section: str = ""


def read_mistakes(path: Path) -> tuple[Mistake, ...]:
    """The table in the file at `path`; empty where there is none.

    Raises
    ------
    ValueError
        If the file is no such table, or a key stands in it twice.
    """
    if not path.exists():
        return ()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        found = tuple(Mistake(answer, **row) for answer, rows in table.items() for row in rows)
    except TypeError as error:
        raise ValueError(f"{path}: {error}") from None
    keys = [mistake.key for mistake in found]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"{path}: two mistakes have the key {twice[0]!r}")
    return found
