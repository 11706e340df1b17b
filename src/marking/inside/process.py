"""How a process of the sandbox begins: limits first, then one channel in and one out."""

import base64
import contextlib
import ctypes
import json
import os
import resource
import sys
import types
from typing import Any, BinaryIO, NotRequired, TypedDict

from .threads import lend

STEP = 8  # bytes of an instruction of a filter
MODE_FILTER = TSYNC = 1


class Program(ctypes.Structure):
    """The kernel's ``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


class Options(TypedDict):
    """What a process is started with.

    Limits in bytes and seconds, where packages lie, and, in the sandbox, the
    filter of calls that is still to be added and the number of the call that
    adds it.
    """

    memory: int
    files: int
    cpu: int
    packages: list[str]
    filter: NotRequired[str]
    call: NotRequired[int]


def restrict(memory: int, files: int, cpu: int) -> None:
    """Limit this process for good: it cannot raise the limits again."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: files,
        resource.RLIMIT_CPU: cpu,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def channels() -> tuple[BinaryIO, BinaryIO]:
    """Where requests come from and replies go to; 0, 1 and 2 lead nowhere from now on."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return requests, replies


def main_names() -> dict[str, Any]:
    """The names of a fresh module ``__main__``: what a notebook's cells share."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    return vars(module)


def begin(options: Options, threads: int = 0) -> tuple[BinaryIO, BinaryIO]:
    """Set the process up as `options` say and return its channels.

    NumPy is loaded here, before the clock of a cell runs: on a busy machine it
    takes longer than most answers. So are the threads that a notebook may use,
    since the filter denies to start any.
    """
    restrict(options["memory"], options["files"], options["cpu"])
    sys.path += options["packages"]
    requests, replies = channels()
    with contextlib.suppress(ImportError):
        import numpy  # noqa: F401
    if threads:
        lend(threads)
    if "filter" in options:
        add_filter(base64.b64decode(options["filter"]), options["call"])
    return requests, replies


def add_filter(program: bytes, call: int) -> None:
    """Add a filter of system calls to all threads of this process, for good."""
    steps = ctypes.create_string_buffer(program, len(program))
    about = Program(len(program) // STEP, ctypes.cast(steps, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(call, ctypes.c_uint(MODE_FILTER), ctypes.c_uint(TSYNC), ctypes.byref(about)):
        raise OSError(ctypes.get_errno(), "the filter of system calls was not taken")


def send(replies: BinaryIO, reply: dict[str, Any], prefix: bytes = b"=") -> None:
    replies.write(prefix + json.dumps(reply).encode() + b"\n")
    replies.flush()
