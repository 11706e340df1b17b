"""A process for a stranger's code: no network, no files, no other processes, limits on all else.

Where bubblewrap cannot run, `Sandbox` refuses to start; nothing falls back in
silence. Requests and replies are lines; every reply has a deadline and a
largest size, so whatever the process does, the marker goes on.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import NamedTuple

from marking import calls, walls
from marking.walls import SandboxError

START = 60  # seconds a process has to come up, also on a busy machine
ENDED = "ended its process"
READY = b'={"ready": true}'
ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/tmp",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/bin",
    "PYTHONHASHSEED": "0",
}


class Lost(Exception):
    """The process is gone: it died, ran too long, or said too much."""


class Deadline(NamedTuple):
    """When a reply has to be there (monotonic clock), and words for what comes too late."""

    at: float
    words: str


@dataclass(frozen=True)
class Limits:
    """What the code of one submission may use up.

    Parameters
    ----------
    seconds : float
        For one cell, one call of a function, or one test cell.
    total : float
        Seconds for the whole submission.
    memory : int
        Bytes of address space of each of the two processes.
    files : int
        Bytes of one file, and of all files together.
    reply : int
        Bytes of one answer on its way to a test.
    """

    seconds: float = 10
    total: float = 300
    memory: int = 1 << 30
    files: int = 16 << 20
    reply: int = 8 << 20


class Sandbox:
    """A process of the student or of the examiner: `exchange` lines with it, `close` it.

    Parameters
    ----------
    role : str
        The module of `marking.inside` that runs there.
    limits : Limits
    trusted : bool
        Run without walls and filter; for one's own notebooks.
    """

    def __init__(self, role, limits, trusted=False):
        self.limits, self.trusted, self.rest, self.ready = limits, trusted, b"", False
        filter = None if trusted else call_filter(role)
        try:
            self.process = subprocess.Popen(
                command(role, limits, filter),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=ENVIRONMENT | library_path(trusted),
                cwd="/",
                pass_fds=() if filter is None else (filter,),
                start_new_session=True,
            )
        finally:
            if filter is not None:
                os.close(filter)
        self.input, self.output = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.input, False)

    def exchange(self, line, deadline, most=1 << 16):
        """Send a line and return the next line that comes back, at most `most` bytes."""
        self.wait_until_ready()
        try:
            self._send(line + b"\n", deadline)
            return self._line(deadline, most)
        except OSError:
            raise self._lost(ENDED) from None

    def rewind(self, line):
        """Send the line after which the process starts anew; `Lost` where it has ended."""
        self.wait_until_ready()
        try:
            self._send(line + b"\n", Deadline(time.monotonic() + 1, ENDED))
        except (OSError, ValueError):
            raise self._lost(ENDED) from None
        self.ready, self.rest = False, b""

    def wait_until_ready(self):
        """Wait for the process to come up; `SandboxError` where it does not."""
        if self.ready:
            return
        try:
            self.ready = json.loads(
                self._line(Deadline(time.monotonic() + START, ENDED), 1000)[1:]
            )["ready"]
        except (OSError, ValueError, Lost):
            self.close()
            raise SandboxError(walls.INSTALL.format(why="does not run here")) from None

    def close(self):
        """End the process and everything in its sandbox."""
        if self.process.poll() is None:  # after this, the number may be another process's
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def __del__(self):
        if hasattr(self, "process"):
            self.close()

    def _lost(self, words):
        self.close()
        return Lost(words)

    def _send(self, data, deadline):
        data = memoryview(data)
        while data:
            self._wait(self.input, select.POLLOUT, deadline)
            data = data[os.write(self.input, data[:65536]) :]

    def _line(self, deadline, most):
        parts, size = [self.rest], len(self.rest)
        while b"\n" not in parts[-1]:
            self._wait(self.output, select.POLLIN, deadline)
            parts.append(os.read(self.output, 1 << 16))
            size += len(parts[-1])
            if not parts[-1]:
                raise OSError("the process closed its end")
            if size > most + (1 << 16):
                raise self._lost(f"gave an answer larger than {most / (1 << 20):.3g} MB")
        line, _, self.rest = b"".join(parts).partition(b"\n")
        return line

    def _wait(self, descriptor, event, deadline):
        if self.process.stdout.closed:  # the descriptor's number may be another file's by now
            raise OSError("the process was ended")
        poll = select.poll()
        poll.register(descriptor, event)
        left = deadline.at - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise self._lost(deadline.words)


def call_filter(role):
    """A descriptor of the filter of calls, once it is known that there can be walls."""
    walls.program()
    return calls.filter_file(may_fork=role == "examiner")


def command(role, limits, filter):
    """The command line of the process, with walls around it where there is a filter."""
    place = str(walls.HERE)
    python, packages = os.path.realpath(sys.executable), walls.search_path()
    before = []
    if filter is not None:
        before = [*walls.walls(limits.files), "--seccomp", str(filter)]
        place, python = "/marking", walls.inside(python)
        packages = [walls.inside(path) for path in packages]
    options = {"memory": limits.memory, "files": limits.files, "packages": packages}
    options["cpu"] = int(limits.total) + 1
    code = (
        f"import json, sys; sys.path.insert(0, {place!r}); from inside import {role}; "
        f"sys.path.pop(0); {role}.main(json.loads(sys.argv[1]))"
    )
    return [*before, python, "-I", "-S", "-B", "-c", code, json.dumps(options)]


def library_path(trusted):
    """Where Python's own shared library lies, which its file names by an outside path."""
    lib = f"{sys.base_prefix}/lib"
    return {"LD_LIBRARY_PATH": lib if trusted else walls.inside(lib)}


def check(trusted=False):
    """Start a sandbox and end it again; `SandboxError` says what to do where it cannot run."""
    sandbox = Sandbox("student", Limits(), trusted)
    try:
        sandbox.wait_until_ready()
    finally:
        sandbox.close()
