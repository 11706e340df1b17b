"""What stands for IPython's shell: it runs what it is to time or to capture, and nothing else."""

import re
from typing import Any

from .cells import Cells

RUNS = {"time", "prun", "capture"}
OPTIONS = re.compile(r"(?:-[a-zA-Z]+(?:[ \t]+\d+)?[ \t]+)*")


class Shell:
    """The object that ``get_ipython()`` gives.

    Programs cannot be started, so they print nothing: what they would have
    printed is an empty list. Magics that set something up do nothing.

    Parameters
    ----------
    cells : Cells
        Runs the lines of ``%time`` and its like.
    """

    def __init__(self, cells: Cells) -> None:
        self._cells, self.user_ns = cells, cells.names

    def run_line_magic(self, name: str, line: str, *more: object) -> Any:
        """``%time x = f(3)`` runs, ``%matplotlib inline`` does nothing."""
        line = line[OPTIONS.match(line).end() :]  # type: ignore[union-attr]
        if name in RUNS:
            return self._cells.value(line)
        if name == "timeit":  # in IPython, too, it leaves no names behind
            Cells(dict(self._cells.names)).value(line)
        return None

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """``%%time`` runs the cell, ``%%bash`` does nothing."""
        if name in RUNS:
            self._cells.run(cell)
        elif name == "timeit":
            Cells(dict(self._cells.names)).run(cell)

    def magic(self, line: str) -> Any:
        """The old way to write a line magic."""
        name, _, rest = line.partition(" ")
        return self.run_line_magic(name.lstrip("%"), rest)

    def getoutput(self, command: str) -> list[str]:
        """What a program would print: nothing here."""
        return []

    def system(self, command: str) -> None:
        """Start no program."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments, **options: None
