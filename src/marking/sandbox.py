"""A process for a stranger's code: no network, no files, no other processes, limits on all else.

Where bubblewrap cannot run, `Sandbox` refuses to start; nothing falls back in
silence. Requests and replies are lines; every reply has a deadline and a
largest size, so whatever the process does, the marker goes on.
"""

import base64
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, NamedTuple

from marking import bwrap, seccomp
from marking.bwrap import SandboxError

Side = Literal["student", "examiner"]
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
    side : {"student", "examiner"}
        The module of `marking.inside` that runs there.
    limits : Limits
    trusted : bool
        Run without bubblewrap and filter; for one's own notebooks.
    """

    def __init__(self, side: Side, limits: Limits, trusted: bool = False) -> None:
        self.limits, self.trusted, self.rest, self.ready = limits, trusted, b"", False
        filter = None if trusted else start_filter()
        try:
            self.process = subprocess.Popen(
                command(side, limits, None if filter is None else filter.fileno()),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=ENVIRONMENT | library_path(trusted),
                cwd="/",
                pass_fds=() if filter is None else (filter.fileno(),),
                start_new_session=True,
            )
        finally:
            if filter is not None:
                filter.close()
        streams = (self.process.stdin, self.process.stdout)
        self.input, self.output = (stream.fileno() for stream in streams if stream)
        os.set_blocking(self.input, False)

    def exchange(self, line: bytes, deadline: Deadline, most: int = 1 << 16) -> bytes:
        """Send a line and return the next line that comes back, at most `most` bytes."""
        self.wait_until_ready()
        try:
            self._send(line + b"\n", deadline)
            return self._line(deadline, most)
        except OSError:
            raise self._lost(ENDED) from None

    def rewind(self, line: bytes) -> None:
        """Send the line after which the process starts anew; `Lost` where it has ended."""
        self.wait_until_ready()
        try:
            self._send(line + b"\n", Deadline(time.monotonic() + 1, ENDED))
        except (OSError, ValueError):
            raise self._lost(ENDED) from None
        self.ready, self.rest = False, b""

    def wait_until_ready(self) -> None:
        """Wait for the process to come up; `SandboxError` where it does not."""
        if self.ready:
            return
        try:
            self.ready = json.loads(
                self._line(Deadline(time.monotonic() + START, ENDED), 1000)[1:]
            )["ready"]
        except (OSError, ValueError, Lost):
            self.close()
            raise SandboxError(bwrap.INSTALL.format(why="does not run here")) from None

    def close(self) -> None:
        """End the process and everything in its sandbox."""
        if self.process.poll() is None:  # after this, the number may be another process's
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def __del__(self) -> None:
        if hasattr(self, "process"):
            self.close()

    def _lost(self, words: str) -> Lost:
        self.close()
        return Lost(words)

    def _send(self, data: bytes, deadline: Deadline) -> None:
        left = memoryview(data)
        while left:
            self._wait(self.input, select.POLLOUT, deadline)
            left = left[os.write(self.input, left[:65536]) :]

    def _line(self, deadline: Deadline, most: int) -> bytes:
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

    def _wait(self, descriptor: int, event: int, deadline: Deadline) -> None:
        if (
            self.process.stdout is None or self.process.stdout.closed
        ):  # the descriptor's number may be another file's by now
            raise OSError("the process was ended")
        poll = select.poll()
        poll.register(descriptor, event)
        left = deadline.at - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise self._lost(deadline.words)


def start_filter() -> BinaryIO:
    """The filter of calls for Python's start, once it is known that bubblewrap is there."""
    bwrap.program()
    return seccomp.filter_file(seccomp.call_filter("start"))


def command(side: Side, limits: Limits, filter: int | None) -> list[str]:
    """The command line of the process, with bubblewrap around it where there is a filter."""
    place = str(bwrap.HERE)
    python, packages = os.path.realpath(sys.executable), bwrap.search_path()
    before: list[str] = []
    if filter is not None:
        before = [*bwrap.mounts(limits.files), "--seccomp", str(filter)]
        place, python = "/marking", bwrap.inside(python)
        packages = [bwrap.inside(path) for path in packages]
    options: dict[str, Any] = {"memory": limits.memory, "files": limits.files, "packages": packages}
    options |= {"cpu": int(limits.total) + 1}
    if filter is not None:
        program = base64.b64encode(seccomp.call_filter(side)).decode()
        options |= {"filter": program, "call": seccomp.number_of("seccomp")}
    code = (
        f"import json, sys; sys.path.insert(0, {place!r}); from inside import {side}; "
        f"sys.path.pop(0); {side}.main(json.loads(sys.argv[1]))"
    )
    return [*before, python, "-I", "-S", "-B", "-c", code, json.dumps(options)]


def library_path(trusted: bool) -> dict[str, str]:
    """Where Python's own shared library lies, which its file names by an outside path."""
    lib = f"{sys.base_prefix}/lib"
    return {"LD_LIBRARY_PATH": lib if trusted else bwrap.inside(lib)}


def check(trusted: bool = False) -> None:
    """Start a sandbox and end it again; `SandboxError` says what to do where it cannot run."""
    sandbox = Sandbox("student", Limits(), trusted)
    try:
        sandbox.wait_until_ready()
    finally:
        sandbox.close()
