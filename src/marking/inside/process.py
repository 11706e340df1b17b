"""How a process of the sandbox begins: limits first, then one channel in and one out."""

import contextlib
import json
import os
import resource
import sys
import threading
import types
from typing import Any, BinaryIO, TypedDict


class Options(TypedDict):
    """What a process is started with: limits in bytes and seconds, and where packages lie."""

    memory: int
    files: int
    cpu: int
    packages: list[str]


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


def begin(options: Options) -> tuple[BinaryIO, BinaryIO]:
    """Set the process up as `options` say and return its channels.

    NumPy is loaded here, before the clock of a cell runs: on a busy machine it
    takes longer than most answers.
    """
    restrict(options["memory"], options["files"], options["cpu"])
    sys.path += options["packages"]
    threading.Timer.start = no_timer  # type: ignore[assignment, method-assign]
    requests, replies = channels()
    with contextlib.suppress(ImportError):
        import numpy  # noqa: F401
    return requests, replies


def no_timer(self: threading.Timer) -> None:
    """Instead of starting a timer, which the sandbox denies; matplotlib's only warns anyway."""


def send(replies: BinaryIO, reply: dict[str, Any], prefix: bytes = b"=") -> None:
    replies.write(prefix + json.dumps(reply).encode() + b"\n")
    replies.flush()
