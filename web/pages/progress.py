"""How far the build is: a bar on a terminal, a line for each step elsewhere."""

import sys
import time
from pathlib import Path


class Progress:
    """A count of things that take long: which one it is at, and how much time is left.

    Parameters
    ----------
    what : str
        What is counted, in the plural.
    total : int
    stream : file, optional
        Standard error if not given.
    clock : callable, optional
        The time in seconds.
    """

    def __init__(self, what, total, stream=None, clock=time.monotonic):
        self.what, self.total = what, total
        self.stream, self.clock = stream or sys.stderr, clock
        self.done, self.start = 0, clock()

    def begin(self, name):
        """Say that the next one is begun."""
        words = f"{self.what} {self.done + 1} of {self.total}: {name}{self._left()}"
        self._show(words)
        self.done += 1

    def end(self):
        """Say how many were done."""
        seconds = round(self.clock() - self.start)
        self._show(f"{self.what}: {self.done} in {seconds // 60}:{seconds % 60:02d}", "\n")

    def _left(self):
        """The time left, once one has been done; the same is expected of each of the others."""
        if not self.done:
            return ""
        each = (self.clock() - self.start) / self.done
        seconds = round(each * (self.total - self.done))
        return f", {seconds // 60}:{seconds % 60:02d} left"

    def _show(self, words, end=""):
        if self.stream.isatty():
            filled = 20 * self.done // max(self.total, 1)
            bar = "[" + "=" * filled + " " * (20 - filled) + "]"
            self.stream.write(f"\r\033[K{bar} {words}{end}")
        else:
            self.stream.write(f"  {words}\n")
        self.stream.flush()


def setup(app):
    """Count the chapters as they are executed and read, then the pages as they are written."""
    app.connect("env-before-read-docs", _count_chapters)
    app.connect("write-started", _count_pages)


def _count_chapters(app, env, docnames):
    chapters = [name for name in docnames if env.doc2path(name).endswith(".ipynb")]
    if chapters:
        _follow(app, "chapters", chapters, "source-read", "env-updated")


def _count_pages(app, builder):
    _follow(app, "pages", app.env.found_docs, "html-page-context", "build-finished")


def _follow(app, what, names, begins, ends):
    """Count those `names` for which the event `begins` is emitted, until `ends` is."""
    progress = Progress(what, len(names))

    def begin(app, name, *others):
        if name in names:
            progress.begin(Path(name).name)

    app.connect(begins, begin)
    app.connect(ends, lambda *others: progress.end())
