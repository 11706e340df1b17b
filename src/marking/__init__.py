"""Marks notebooks written by strangers, without running their code with the marker's rights.

`mark` is a plain function of two files, a submission and the sheet it
answers; the command ``mark`` does the same for a folder of submissions. What
a sheet is like, and what may cross between a student's code and the tests, is
told in `marking.sheet` and `marking.inside.border`.
"""

from marking.bwrap import SandboxError
from marking.mark import mark, mark_cells
from marking.result import Question, Result, Status
from marking.sandbox import Limits
from marking.sheet import Role, Sheet, SheetError, UnreadableNotebook, read_cells, read_sheet

__all__ = [
    "Limits",
    "Question",
    "Result",
    "Role",
    "SandboxError",
    "Sheet",
    "SheetError",
    "Status",
    "UnreadableNotebook",
    "mark",
    "mark_cells",
    "read_cells",
    "read_sheet",
]
