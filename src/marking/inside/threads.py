"""A few threads for a notebook, started before the filter of calls denies to start any.

`threading.Thread` is as before but for how it begins: its work goes to one of
the threads that wait for some. Where none is left, it says so as Python does
where the system has no more threads. So no bomb of threads can be set off.
"""

import queue
import threading
from contextlib import suppress

Work = queue.SimpleQueue[threading.Thread]
STACK = 1 << 20
_idle: list[Work] = []


def lend(number: int) -> None:
    """Start so many threads, and let `threading.Thread` use these and no others."""
    threading.stack_size(STACK)
    for _ in range(number):
        work: Work = queue.SimpleQueue()
        threading.Thread(target=_serve, args=(work,), daemon=True).start()
        _idle.append(work)
    for method in (start, join, is_alive):
        setattr(threading.Thread, method.__name__, method)


def _serve(work: Work) -> None:
    while True:
        thread = work.get()
        with suppress(BaseException):  # what a thread raises ends the thread, and nothing else
            thread.run()
        _ended(thread).set()
        _idle.append(work)


def _ended(thread: threading.Thread) -> threading.Event:
    """Set when a thread has ended; each thread has one from its start on."""
    event: threading.Event | None = vars(thread).get("_ended")
    if event is None:
        raise RuntimeError("cannot join thread before it is started")
    return event


def start(self: threading.Thread) -> None:
    """Begin to run."""
    if "_ended" in vars(self):
        raise RuntimeError("threads can only be started once")
    try:
        work = _idle.pop()
    except IndexError:
        raise RuntimeError("can't start new thread") from None
    vars(self)["_ended"] = threading.Event()
    work.put(self)


def join(self: threading.Thread, timeout: float | None = None) -> None:
    """Wait until the thread has ended."""
    _ended(self).wait(timeout)


def is_alive(self: threading.Thread) -> bool:
    """Whether the thread runs."""
    return "_ended" in vars(self) and not _ended(self).is_set()
