"""The command ``mark``: a folder of submissions and a sheet in, a folder of results out."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from marking import batch
from marking.bwrap import SandboxError, refuse_visible
from marking.sandbox import Limits
from marking.secret import MISSING, default_place, read_secret
from marking.sheet import SheetError, read_sheet
from marking.submissions import Folder, Results, find

EXPLAINED = """\
The student's id is the name of the file (ada.ipynb) or of the folder that holds it
(ada/sheet.ipynb). Results are kept as they come, one JSON file for each student; a run that
was stopped goes on where it stopped when it is started again, and what has not changed is
not marked twice. A file that cannot be read is named at the end and gets no marks, not even 0.
"""


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        "mark", description="Mark a folder of notebooks in a sandbox.", epilog=EXPLAINED
    )
    parser.add_argument("folder", help="folder of submissions")
    parser.add_argument("sheet", help="the sheet with its tests, in nbgrader's format")
    parser.add_argument("--results", default="marks", help="folder of results (default: marks)")
    parser.add_argument(
        "--jobs", type=positive(int), default=os.cpu_count(), help="submissions at a time"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="mark on this Dask cluster")
    parser.add_argument("--trusted", action="store_true", help="no sandbox: your own files only")
    parser.add_argument(
        "--secret",
        type=Path,
        default=default_place(),
        help="file of your secret (default: %(default)s)",
    )
    parser.add_argument("--again", action="store_true", help="mark also what has not changed")
    for name, words in (("seconds", "for one cell or test"), ("total", "for one notebook")):
        default = getattr(Limits, name)
        words = f"seconds {words} (default: {default})"
        parser.add_argument(f"--{name}", type=positive(float), default=default, help=words)
    megabytes = Limits.memory >> 20
    words = f"megabytes for each of the two processes of a notebook (default: {megabytes})"
    parser.add_argument("--memory", type=positive(int), default=megabytes, help=words)
    return parser.parse_args(argv)


def positive(kind: type[int] | type[float]) -> Callable[[str], float]:
    """A type of option: numbers above zero."""

    def number(text: str) -> float:
        value = kind(text)
        if not 0 < value < 1e9:
            raise ValueError
        return value

    number.__name__ = "positive number"
    return number


def main(argv: Sequence[str] | None = None) -> int:
    """Mark a folder; the exit status: 0, 1 where something could not be marked, 2 for a refusal."""
    options = arguments(argv)
    try:
        outcome, others = mark_folder(options)
    except (SheetError, SandboxError, OSError) as error:
        print(f"mark: {error}", file=sys.stderr)
        return 2
    print(summary(outcome, others, options.results))
    return 1 if outcome.failures else 0


def mark_folder(
    options: argparse.Namespace, find: Callable[[str, str], Folder] = find
) -> tuple[batch.Outcome, list[str]]:
    """Mark as the options say: what became of it, and the files that are no submissions.

    `find` tells which files of the folder are whose submission.
    """
    sheet = read_sheet(options.sheet)
    folder = find(options.folder, os.path.basename(options.sheet))
    if not options.trusted:
        refuse_visible(options.folder, options.sheet)
        refuse_visible(options.secret)
    limits = Limits(options.seconds, options.total, options.memory << 20)
    secret = read_secret(options.secret)
    if not secret:
        print(MISSING, file=sys.stderr)
    how = batch.Options(limits=limits, trusted=options.trusted, secret=secret)
    progress = Progress(len(folder.submissions))
    if options.scheduler:
        workers = batch.cluster(options.scheduler)
    else:
        workers = batch.here(options.jobs, options.trusted)
    with Results(options.results) as results, workers as (executor, width):
        outcome = batch.mark_all(
            folder.submissions, sheet, results, executor, width, how, progress, options.again
        )
    progress.end()
    return outcome, folder.others


class Progress:
    """One line on the terminal: how many, and how long it will take."""

    def __init__(
        self,
        total: int,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total, self.stream, self.clock = total, stream or sys.stderr, clock
        self.start, self.shown = clock(), -1

    def __call__(self, outcome: batch.Outcome) -> None:
        done = len(outcome.results) + len(outcome.failures)
        if self.stream.isatty() or self._is_news(done):
            start = "\r" if self.stream.isatty() else ""
            end = "" if self.stream.isatty() else "\n"
            self.stream.write(f"{start}{self._bar(done)} {done} of {self.total}")
            self.stream.write(f", {self._left(done, outcome.kept)} left   {end}")
            self.stream.flush()

    def end(self) -> None:
        if self.stream.isatty():
            self.stream.write("\n")

    def _is_news(self, done: int) -> bool:
        """Where there is no terminal, a line for each tenth is enough."""
        tenth = 10 * done // max(self.total, 1)
        news, self.shown = tenth > self.shown, max(tenth, self.shown)
        return news

    def _bar(self, done: int) -> str:
        filled = 20 * done // max(self.total, 1)
        return "[" + "=" * filled + " " * (20 - filled) + "]"

    def _left(self, done: int, kept: int) -> str:
        marked = done - kept
        if not marked:
            return "?" if done < self.total else "0:00"
        seconds = round((self.clock() - self.start) / marked * (self.total - done))
        return f"{seconds // 60}:{seconds % 60:02d}"


def shown(name: str) -> str:
    """A name as it is, unless it would do something to a terminal."""
    return name if name.isprintable() else ascii(name)


def summary(outcome: batch.Outcome, others: Sequence[str], folder: str | os.PathLike[str]) -> str:
    """What became of a batch, in words; every file that could not be read is named."""
    unreadable = {s: r.problem for s, r in outcome.results.items() if not r.could_be_read}
    notes = {s: "; ".join(r.notes) for s, r in outcome.results.items() if r.notes}
    marked = len(outcome.results) - len(unreadable)
    lines = [f"{marked} marked ({outcome.kept} before), results in {folder}"]
    lines += _listed("could not be read", unreadable)
    lines += _listed("could not be marked, run the command again", outcome.failures)
    lines += _listed("with a note", notes)
    if others:
        lines.append(f"{len(others)} not looked at: {', '.join(map(shown, sorted(others)))}")
    return "\n".join(lines)


def _listed(what: str, words: Mapping[str, str]) -> list[str]:
    if not words:
        return []
    return [f"{len(words)} {what}:"] + [f"  {shown(s)}: {shown(words[s])}" for s in sorted(words)]


def run() -> None:
    """The entry point: as `main`, and stopped at once by an interrupt."""
    try:
        status = main()
    except KeyboardInterrupt:
        print("\nmark: stopped; the same command goes on from here", file=sys.stderr, flush=True)
        os._exit(130)  # the sandboxes end with this process
    sys.exit(status)
