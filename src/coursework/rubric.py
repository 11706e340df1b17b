"""What a person needs beside an answer: the question, the student's numbers, the rubric."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from coursework.handed_in import Model
from coursework.rendered import rendered
from marking.sheet import SOLUTION, Cell, Role

MARKS = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[^\n]*\n?", re.M)
RUBRIC = re.compile(r"^(\*\*|#+ *)?Rubric", re.M)
NUMBER = re.compile(r"`(my_\w+)`")


def question(models: Mapping[str, Model], name: str, student: str) -> str:
    """HTML with the question that leads to a cell, and the student's numbers that it names."""
    asked = _asked(models, name)
    return rendered(asked) + _table(_numbers(models, asked, student))


def _asked(models: Mapping[str, Model], name: str) -> str:
    """The prose of the sheet that leads to a cell."""
    prose: list[str] = []
    for other, model in models.items():
        if other == name:
            break
        prose = [*prose, model.cell.source] if model.cell.role is Role.PROSE else []
    return "\n\n".join(prose)


def _numbers(models: Mapping[str, Model], asked: str, student: str) -> dict[str, Any]:
    """The student's own numbers that a question names.

    The locked cells of the sheet draw them: they are the teacher's, and nothing
    of a student's is run.
    """
    named = dict.fromkeys(NUMBER.findall(asked))
    if not named or not student:
        return {}
    scope: dict[str, Any] = {"student": student}
    for model in models.values():
        if model.cell.role is Role.SETUP:
            exec(model.cell.source, scope)
    return {name: scope[name] for name in named if name in scope}


def _table(numbers: Mapping[str, Any]) -> str:
    rows = (
        f"<tr><th><code>{escape(name)}</code></th><td>{escape(repr(value))}</td></tr>"
        for name, value in numbers.items()
    )
    return f"<table>{''.join(rows)}</table>" if numbers else ""


def rubric(cell: Cell) -> str:
    """HTML with the rubric of a solution, and folded below it the rest: a worked answer."""
    found = SOLUTION.search(cell.source)
    solution = MARKS.sub("", found[0]).strip() if found else ""
    start = RUBRIC.search(solution)
    if cell.kind == "markdown":
        place = start.start() if start else len(solution)
        words, answer = solution[place:], rendered(solution[:place])
    else:
        words, rest = _comment(solution[start.start() :] if start else "")
        answer = f"<pre>{escape(rest if start else solution)}</pre>"
    folded = f"<details><summary>A worked answer</summary>{answer}</details>" if solution else ""
    return rendered(words) + folded


def _comment(source: str) -> tuple[str, str]:
    """The words of the comment that code begins with, and the code below it."""
    lines = source.splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "\n".join(line.lstrip("# ") for line in lines[:end]), "\n".join(lines[end:]).strip()
