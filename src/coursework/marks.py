"""What each student's sheet has come to, as tables and platforms are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from coursework.names import plain
from coursework.receipt import Receipt
from coursework.roster import Roster


@dataclass(frozen=True)
class Mark:
    """A student and her points.

    Parameters
    ----------
    student, name : str
    points : float or None
        None where there are none, or not all: no points are not the same as 0.
    status : str
        In words.
    problem : str
        Why the file could not be read; "" where it was.
    receipt : Receipt, optional
        Where the file came from that was marked.
    """

    student: str
    name: str
    points: float | None
    status: str
    problem: str = ""
    receipt: Receipt | None = None

    @property
    def words(self) -> str:
        """Why there are no points; "" where there are."""
        if self.points is not None:
            return ""
        return f"{self.status}: {self.problem}" if self.problem else self.status


@dataclass(frozen=True)
class Marks:
    """The marks of a sheet, and what its column is to be called.

    Parameters
    ----------
    marks : sequence of Mark
        In the order of the roster, then by id.
    sheet, title : str
        The sheet's short name, and its heading.
    out_of : float
    roster : Roster
    """

    marks: Sequence[Mark]
    sheet: str
    title: str
    out_of: float
    roster: Roster

    def column(self, known: Sequence[str]) -> str:
        """The roster's own column for the sheet, as ``Slopes (4711)``; "" where it has none.

        `known` are the columns that hold something else.
        """
        starts = (plain(self.title), plain(self.sheet))
        columns = [column for column in self.roster.columns if column not in known]
        return next((column for column in columns if plain(column).startswith(starts)), "")


def number(value: float) -> str:
    """A number of points without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def cell(points: float | None) -> str:
    """Points in a table; empty where there are none."""
    return "" if points is None else number(points)
