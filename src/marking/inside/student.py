"""The student's side: runs cells and calls functions, on request.

Each request is a line of JSON, and so is each reply. What the student's code
prints goes nowhere, what it raises becomes a reply, and where it ends the
process the marker notices.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from . import border, errors, process
from .cells import Cells, assigns
from .shell import Shell

Message = dict[str, Any]
T = TypeVar("T")
THREADS = 8


class Student:
    """The names of one notebook, and what may be asked of them.

    Parameters
    ----------
    names : dict
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self.names, self.cells = names, Cells(names)
        self.checks: list[str] = []
        shell = Shell(self.cells)
        names["get_ipython"] = lambda: shell
        for name in ("display", "help", "exit", "quit"):  # as in a notebook; nobody looks on
            names[name] = lambda *things, **options: None
        self.acts: dict[str, Callable[[Message], Message]] = {
            "run": self._run,
            "put": self._put,
            "fetch": self._fetch,
            "call": self._call,
            "offer": self._offer,
        }

    def answer(self, request: Message) -> Message:
        """Do what one request asks; the reply, also to what fails."""
        try:
            return self.acts[request["do"]](request)
        except border.BorderError as error:
            return {"refused": str(error)[:200]}
        except BaseException as error:  # also what tries to leave: the next cell still counts
            about = errors.described(error)
            package = self.cells.absent.get(about.get("name", ""))
            return about if package is None else errors.described(errors.missing(package))

    def _run(self, request: Message) -> Message:
        missing = self._with_checks(lambda: self.cells.run(request["code"]))
        return {"done": True} | ({"missing": missing[0][:60]} if missing else {})

    def _put(self, request: Message) -> Message:
        self.names[request["name"]] = border.unpack(request["value"])
        return {"done": True}

    def _fetch(self, request: Message) -> Message:
        name = request["name"]
        if name not in self.names:
            return {"missing": name}
        if callable(self.names[name]):
            return {"function": name}
        return {"value": border.pack(self.names[name])}

    def _call(self, request: Message) -> Message:
        arguments, options = border.unpack(request["arguments"])
        function = self.names[request["name"]]
        value = self._with_checks(lambda: function(*arguments, **options))
        return {"value": border.pack(value)}

    def _offer(self, request: Message) -> Message:
        """A check cell of the sheet that stands above: in the notebook its names are there."""
        self.checks.append(request["code"])
        return {"done": True}

    def _with_checks(self, act: Callable[[], T]) -> T:
        """Act; where a name is missing that a check cell above defines, after these cells."""
        try:
            return act()
        except NameError as error:
            if not any(assigns(check, error.name) for check in self.checks):
                raise
        while self.checks:
            with suppress(Exception):
                self.cells.run(self.checks.pop(0))
        return act()


def main(options: process.Options) -> None:
    requests, replies = process.begin(options, THREADS)
    process.send(replies, {"ready": True})
    student = Student(process.main_names())
    for line in requests:
        process.send(replies, student.answer(json.loads(line)))
