"""One submission being marked: the student's process and the examiner's, and what goes between.

The marker itself runs no cell and builds no value: it hands lines from one
process to the other, and restarts the one that dies.
"""

import json
import time
from types import TracebackType
from typing import Any, NamedTuple

from marking.inside.border import pack
from marking.result import Status
from marking.sandbox import ENDED, READY, Deadline, Limits, Lost, Sandbox, Side
from marking.sheet import Cell, SheetError
from marking.worker_cache import keep, take

NOT_PASSED = "a check was not passed"
SIDES: tuple[Side, ...] = ("student", "examiner")


class Trouble(NamedTuple):
    """What went wrong, and words on it for the student."""

    status: Status
    words: str


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
        self.student, self.limits, self.trusted = student, limits, trusted
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
        error = str(reply.get("error", ""))
        if error == "NotImplementedError":
            return Trouble(Status.UNANSWERED, "your cell is not answered yet")
        if error:
            name = error if error.isidentifier() else "an error"
            return Trouble(Status.FAILED, f"your cell stopped with {name}")
        return None

    def name_student(self, side: Side) -> None:
        """Put the student's id into one of the processes, whatever was typed there."""
        self._keep(side, _line(do="put", name="student", value=pack(self.student)))

    def set_up(self, cell: Cell, side: Side) -> None:
        """Run a locked cell of the sheet in one of the processes."""
        self.name_student(side)
        error = self._keep(side, _line(do="run", code=cell.source))
        if error and side == "examiner":
            raise SheetError(f"the locked cell {cell.name!r} of the sheet failed: {error}")

    def test(self, source: str) -> Trouble | None:
        """Run a test cell; why it was not passed, or None."""
        for process in self.processes.values():
            process.wait_until_ready()
        deadline = self._deadline(3 * self.limits.seconds)
        line = _line(do="test", code=source)
        try:
            reply = self._exchange("examiner", line, deadline)
            while reply[:1] == b"?":
                reply = self._exchange("examiner", self._ask(reply[1:]), deadline)
        except Lost as lost:
            return Trouble(Status.ENDED, f"the check {lost} with what came back")
        return _verdict(_read(reply))

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
            error = str(_read(self._exchange(side, line)).get("error", ""))
        except Lost as lost:
            return str(lost)
        self.history[side].append(line)
        return error

    def _exchange(self, side: Side, line: bytes, deadline: Deadline | None = None) -> bytes:
        self.processes[side].wait_until_ready()
        deadline = deadline or self._deadline(self.limits.seconds)
        if time.monotonic() >= self.end:
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
        self.processes[side].close()
        self.processes[side] = self._start(side)
        self.processes[side].wait_until_ready()
        for line in list(self.history[side]):
            if time.monotonic() >= self.end:
                return
            try:
                deadline = self._deadline(self.limits.seconds)
                self.processes[side].exchange(line, deadline, self.limits.reply)
            except Lost:
                self.history[side].remove(line)
                return self._restart(side)

    def _start(self, side: Side) -> Sandbox:
        if side == "examiner":
            return take(self.limits, self.trusted)
        return Sandbox(side, self.limits, self.trusted)

    def _deadline(self, seconds: float) -> Deadline:
        words = f"ran longer than {seconds:g} seconds"
        now = time.monotonic()
        if now + seconds > self.end:
            words = f"came after the {self.limits.total:g} seconds that a notebook has"
        return Deadline(min(now + seconds, self.end), words)


def _line(**request: str) -> bytes:
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
    return Trouble(status, str(reply.get("failed") or reply.get("error") or NOT_PASSED))
