"""One submission being marked: the student's process and the examiner's, and what goes between.

The marker itself runs no cell and builds no value: it hands lines from one
process to the other, and restarts the one that dies. The time of a notebook
runs while its cells and its answers are at work; what the teacher's side needs
to get ready is not counted.
"""

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, NamedTuple

from marking.inside.border import pack
from marking.inside.errors import NOT_ANSWERED, stopped
from marking.result import Status
from marking.sandbox import ENDED, READY, START, Deadline, Limits, Lost, Sandbox, Side
from marking.sheet import Cell, SheetError, released
from marking.worker_cache import keep, take

NOT_PASSED = "a check was not passed"
SIDES: tuple[Side, ...] = ("student", "examiner")


class Trouble(NamedTuple):
    """What went wrong, and words on it for the student; see `marking.result.Question`."""

    status: Status
    words: str
    asked: str = ""
    got: str = ""
    mistake: str = ""


class Session:
    """Two processes for one submission; a context manager, so that they end with it.

    Parameters
    ----------
    student : str
        The id, which the locked cells find in the name ``student``.
    limits : Limits
    trusted : bool
        Run without a sandbox.
    """

    def __init__(self, student: str, limits: Limits, trusted: bool = False) -> None:
        self.student, self.limits, self.trusted = readable(student), limits, trusted
        self.end = time.monotonic() + limits.total
        self.processes = {side: self._start(side) for side in SIDES}
        self.history: dict[Side, list[bytes]] = {side: [] for side in SIDES}

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.processes["student"].close()
        if error is not None:
            self.processes["examiner"].close()
        else:
            keep(self.processes["examiner"])

    def run(self, source: str) -> Trouble | None:
        """Run a cell of the student; what went wrong, or None."""
        line = _line(do="run", code=source)
        try:
            reply = _read(self._exchange("student", line))
        except Lost as lost:
            return Trouble(Status.ENDED, f"your cell {lost}")
        self.history["student"].append(line)
        if "missing" in reply:
            reply = {"error": "ModuleNotFoundError", "name": reply["missing"]}
        if "error" not in reply:
            return None
        is_open = reply["error"] == NOT_ANSWERED
        status = Status.UNANSWERED if is_open else Status.FAILED
        return Trouble(status, stopped("your cell", reply))

    def name_student(self, side: Side) -> None:
        """Put the student's id into one of the processes, whatever was typed there."""
        self._keep(side, _line(do="put", name="student", value=pack(self.student)))

    def set_up(self, cell: Cell, side: Side) -> None:
        """Run a locked cell of the sheet in one of the processes."""
        self.name_student(side)
        error = self._keep(side, _line(do="run", code=cell.source))
        if error and side == "examiner":
            raise SheetError(f"the locked cell {cell.name!r} of the sheet failed: {error}")

    def test(
        self, source: str, seed: str = "", mistakes: Sequence[tuple[str, str]] = ()
    ) -> Trouble | None:
        """Run a test cell; why it was not passed, or None.

        Parameters
        ----------
        source : str
        seed : str
            Hexadecimal digits, from which the test draws its cases.
        mistakes : sequence of pairs of str
            Keys of known mistakes, and cells that make them.
        """
        with self._off_the_clock():
            for process in self.processes.values():
                process.wait_until_ready()
        deadline = self._deadline(3 * self.limits.seconds)
        line = _line(do="test", code=source, seed=seed, mistakes=mistakes)
        if time.monotonic() >= deadline.at:
            return Trouble(Status.ENDED, f"the check {deadline.words}")
        try:
            reply = self._exchange("examiner", line, deadline)
            while reply[:1] == b"?":
                reply = self._exchange("examiner", self._ask(reply[1:]), deadline)
        except Lost as lost:
            return Trouble(Status.ENDED, f"the check {lost} with what came back")
        return _verdict(_read(reply))

    def offer(self, test: Cell) -> None:
        """Tell the student's process what stands in a check, for cells that use its names."""
        text = released(test)
        if text.strip():
            self._keep("student", _line(do="offer", code=text))

    def typed_student(self) -> str:
        """The id that the student typed into the notebook, or ``""``."""
        try:
            reply = _read(self._exchange("student", _line(do="fetch", name="student")))
            typed = json.loads(reply.get("value", '""'))
        except (Lost, ValueError, TypeError, RecursionError):
            return ""
        return typed.strip()[:80] if isinstance(typed, str) else ""

    def _ask(self, question: bytes) -> bytes:
        """Hand a question to the student's process; the line that answers it."""
        try:
            reply = self._exchange("student", question)
        except Lost as lost:
            return _line(lost=str(lost))
        return reply[1:]

    def _keep(self, side: Side, line: bytes) -> str:
        """Do what a line asks and remember it for a restart; what went wrong, or ``""``."""
        try:
            if side == "student":
                reply = self._exchange(side, line)
            else:
                with self._off_the_clock():
                    reply = self._exchange(side, line, _patience())
        except Lost as lost:
            return str(lost)
        self.history[side].append(line)
        return str(_read(reply).get("error", ""))

    def _exchange(self, side: Side, line: bytes, deadline: Deadline | None = None) -> bytes:
        with self._off_the_clock():
            self.processes[side].wait_until_ready()
        deadline = deadline or self._deadline(self.limits.seconds)
        if side == "student" and time.monotonic() >= deadline.at:
            raise Lost(deadline.words)
        try:
            reply = self.processes[side].exchange(line, deadline, self.limits.reply)
            if side == "student" and reply[:1] != b"=":
                raise Lost("wrote what is no answer")
            if reply == READY:  # the child that served this submission has died
                raise Lost(ENDED)
            return reply
        except Lost:
            self._restart(side)
            raise

    def _restart(self, side: Side) -> None:
        """Start anew and run again what ran before, leaving out what now kills as well."""
        with self._off_the_clock():
            self.processes[side].close()
            self.processes[side] = self._start(side)
            self.processes[side].wait_until_ready()
        for line in list(self.history[side]):
            examiner = side == "examiner"
            deadline = _patience() if examiner else self._deadline(self.limits.seconds)
            if time.monotonic() >= deadline.at:
                return
            try:
                self.processes[side].exchange(line, deadline, self.limits.reply)
            except Lost:
                self.history[side].remove(line)
                return self._restart(side)

    def _start(self, side: Side) -> Sandbox:
        if side == "examiner":
            return take(self.limits, self.trusted)
        return Sandbox(side, self.limits, self.trusted)

    @contextmanager
    def _off_the_clock(self) -> Iterator[None]:
        """Time that is not the notebook's; within such time, nothing is counted twice."""
        began, end = time.monotonic(), self.end
        try:
            yield
        finally:
            self.end = end + time.monotonic() - began

    def _deadline(self, seconds: float) -> Deadline:
        words = f"ran longer than {seconds:g} seconds"
        now = time.monotonic()
        if now + seconds > self.end:
            words = f"came after the {self.limits.total:g} seconds that a notebook has"
        return Deadline(min(now + seconds, self.end), words)


def readable(student: str) -> str:
    """An id as text: the bytes of a file name that is not UTF-8 are taken for Latin-1."""
    try:
        student.encode()
    except UnicodeEncodeError:
        return os.fsencode(student).decode("latin-1")
    return student


def _patience() -> Deadline:
    """What the teacher's side may take, on a busy machine too."""
    return Deadline(time.monotonic() + START, f"ran longer than {START} seconds")


def _line(**request: Any) -> bytes:
    return json.dumps(request).encode()


def _read(line: bytes) -> dict[str, Any]:
    """A reply as a dictionary, whatever the process wrote."""
    try:
        reply = json.loads(line[1:])
    except (ValueError, RecursionError):
        reply = None
    return reply if isinstance(reply, dict) else {"error": "an unknown error"}


def _verdict(reply: dict[str, Any]) -> Trouble | None:
    """What the examiner says of a test cell."""
    if "done" in reply:
        return None
    if "lost" in reply:
        return Trouble(Status.ENDED, str(reply["lost"]))
    status = Status.UNANSWERED if reply.get("unanswered") else Status.FAILED
    words = str(reply.get("failed") or reply.get("error") or NOT_PASSED)
    about = (str(reply.get(entry, "")) for entry in ("asked", "got", "mistake"))
    return Trouble(status, words, *about)
