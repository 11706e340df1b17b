"""What a platform hands out and takes back, in one shape for all."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coursework.marks import Marks
from coursework.platforms.origin import ReaderOf
from coursework.receipt import Receipt

NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Platform:
    """A learning platform.

    Parameters
    ----------
    name : str
    reader : callable
        How it names what students handed in.
    furniture : re.Pattern
        Names of files that it adds for its own sake, and that nobody handed in.
    feedback : callable, optional
        Where, in the zip that it takes back, the page of the student with a receipt
        goes; "" where the platform has no place for it.
    as_notebook : bool
        Whether students see the page under the name of their notebook.
    grades : callable, optional
        The table that it imports, in rows.
    table_in_zip : bool
        Whether the table goes into the zip of pages, as ``grades.csv``.
    quoted : bool
        Whether every cell of the table stands between quotation marks.
    pages_go, grades_go : str
        Where a teacher uploads the zip of pages, and the table.
    """

    name: str
    reader: ReaderOf
    furniture: re.Pattern[str] = NOTHING
    feedback: Callable[[Receipt, str], str] | None = None
    as_notebook: bool = False
    grades: Callable[[Marks], Sequence[Sequence[str]]] | None = None
    table_in_zip: bool = False
    quoted: bool = False
    pages_go: str = ""
    grades_go: str = ""

    @property
    def slug(self) -> str:
        """The name as the beginning of a file's."""
        return self.name.lower().replace(" ", "-")


def into_folder(receipt: Receipt, page: str) -> str:
    """A page in the folder that the platform gave the student."""
    return f"{receipt.place}/{page}" if receipt.place else ""
