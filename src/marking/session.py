"""One submission being marked: the student's process and the examiner's, and what goes between.

The marker itself runs no cell and builds no value: it hands lines from one
process to the other, and restarts the one that dies.
"""

import json
import time

from marking.inside.border import pack
from marking.sandbox import ENDED, READY, Deadline, Lost, Sandbox
from marking.sheet import SheetError
from marking.spare import keep, take


class Session:
    """Two processes for one submission; a context manager, so that they end with it.

    Parameters
    ----------
    student : str
        The id, which the locked cells find in the name ``student``.
    limits : Limits
    trusted : bool
        Run without walls.
    """

    def __init__(self, student, limits, trusted=False):
        self.student, self.limits, self.trusted = student, limits, trusted
        self.end = time.monotonic() + limits.total
        self.processes = {role: self._start(role) for role in ("student", "examiner")}
        self.history = {"student": [], "examiner": []}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.processes["student"].close()
        if any(error):
            self.processes["examiner"].close()
        else:
            keep(self.processes["examiner"])

    def run(self, source):
        """Run a cell of the student; status and words of what went wrong, or None."""
        line = _line(do="run", code=source)
        try:
            reply = _read(self._exchange("student", line))
        except Lost as lost:
            return "ended", f"your cell {lost}"
        self.history["student"].append(line)
        error = str(reply.get("error", ""))
        if error == "NotImplementedError":
            return "unanswered", "your cell is not answered yet"
        if error:
            name = error if error.isidentifier() else "an error"
            return "failed", f"your cell stopped with {name}"
        return None

    def name_student(self, role):
        """Put the student's id into one of the processes, whatever was typed there."""
        self._keep(role, _line(do="put", name="student", value=pack(self.student)))

    def set_up(self, cell, role):
        """Run a locked cell of the sheet in one of the processes."""
        self.name_student(role)
        error = self._keep(role, _line(do="run", code=cell.source))
        if error and role == "examiner":
            raise SheetError(f"the locked cell {cell.name!r} of the sheet failed: {error}")

    def test(self, source):
        """Run a test cell: ``{"done"}``, ``{"failed": words}`` or ``{"lost": words}``."""
        for process in self.processes.values():
            process.wait_until_ready()
        deadline = self._deadline(3 * self.limits.seconds)
        line = _line(do="test", code=source)
        try:
            reply = self._exchange("examiner", line, deadline)
            while reply[:1] == b"?":
                reply = self._exchange("examiner", self._ask(reply[1:]), deadline)
        except Lost as lost:
            return {"lost": f"the check {lost} with what came back"}
        reply = _read(reply)
        return {"failed": reply["error"]} if "error" in reply else reply

    def typed_student(self):
        """The id that the student typed into the notebook, or ``""``."""
        try:
            reply = _read(self._exchange("student", _line(do="fetch", name="student")))
            typed = json.loads(reply.get("value", '""'))
        except (Lost, ValueError, TypeError, RecursionError):
            return ""
        return typed.strip()[:80] if isinstance(typed, str) else ""

    def _ask(self, question):
        """Hand a question to the student's process; the line that answers it."""
        try:
            reply = self._exchange("student", question)
        except Lost as lost:
            return _line(lost=str(lost))
        return reply[1:]

    def _keep(self, role, line):
        """Do what a line asks and remember it for a restart; what went wrong, or ``""``."""
        try:
            error = _read(self._exchange(role, line)).get("error", "")
        except Lost as lost:
            return str(lost)
        self.history[role].append(line)
        return error

    def _exchange(self, role, line, deadline=None):
        self.processes[role].wait_until_ready()
        deadline = deadline or self._deadline(self.limits.seconds)
        if time.monotonic() >= self.end:
            raise Lost(deadline.words)
        try:
            reply = self.processes[role].exchange(line, deadline, self.limits.reply)
            if role == "student" and reply[:1] != b"=":
                raise Lost("wrote what is no answer")
            if reply == READY:  # the child that served this submission has died
                raise Lost(ENDED)
            return reply
        except Lost:
            self._restart(role)
            raise

    def _restart(self, role):
        """Start anew and run again what ran before, leaving out what now kills as well."""
        self.processes[role].close()
        self.processes[role] = self._start(role)
        self.processes[role].wait_until_ready()
        for line in list(self.history[role]):
            if time.monotonic() >= self.end:
                return
            try:
                deadline = self._deadline(self.limits.seconds)
                self.processes[role].exchange(line, deadline, self.limits.reply)
            except Lost:
                self.history[role].remove(line)
                return self._restart(role)

    def _start(self, role):
        if role == "examiner":
            return take(self.limits, self.trusted)
        return Sandbox(role, self.limits, self.trusted)

    def _deadline(self, seconds):
        words = f"ran longer than {seconds:g} seconds"
        now = time.monotonic()
        if now + seconds > self.end:
            words = f"came after the {self.limits.total:g} seconds that a notebook has"
        return Deadline(min(now + seconds, self.end), words)


def _line(**request):
    return json.dumps(request).encode()


def _read(reply):
    """A reply as a dictionary, whatever the process wrote."""
    try:
        reply = json.loads(reply[1:])
    except (ValueError, RecursionError):
        reply = None
    return reply if isinstance(reply, dict) else {"error": "an unknown error"}
