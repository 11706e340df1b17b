"""Collect: what a learning platform exports, sorted into nbgrader's folder of submissions.

Of several files of one student the latest is taken. What cannot be taken is
named in the report, and a student whose only file is unreadable is kept with
words on why, so that nobody is lost without a trace.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coursework.course import Course, CourseError, write
from coursework.deadline import Deadline, Take
from coursework.export import OUTSIDE, Entry, UnreadableEntry, entries
from coursework.identity import Identities
from coursework.names import ENDING, copy_number, plain, stem
from coursework.platforms import Origin, read
from coursework.platforms.moodle import MOODLE, told_by_worksheet
from coursework.receipt import Rank, Receipt, keep_receipt, read_receipt
from coursework.report import Report, Why
from coursework.roster import Roster
from coursework.students import remember
from coursework.students import roster as kept_roster
from coursework.submitted import PROBLEM, handed_in, rename, stamp

MOST = 4 << 30
AT_ONCE = 15 * 60  # seconds: files no further apart have the time of the download


@dataclass(frozen=True)
class HandIn:
    """A file that a student handed in, and what is known of it."""

    entry: Entry
    receipt: Receipt

    @property
    def is_notebook(self) -> bool:
        """Whether its name says that it is one."""
        return self.entry.problem != Why.NO_NOTEBOOK


def collect(
    course: Course,
    sheet: str,
    exports: Iterable[str | os.PathLike[str]],
    roster: Roster | None = None,
    deadline: Deadline | None = None,
) -> Report:
    """Sort exports into ``submitted/``; changes nothing where it is run a second time.

    Parameters
    ----------
    course : Course
    sheet : str
    exports : iterable of path_like
        Zips, folders, or single notebooks.
    roster : Roster, optional
        By default the one with which the sheet was collected before.
    deadline : Deadline, optional
    """
    course.require(sheet)
    roster = roster or kept_roster(course, sheet)
    sorting = _Sorting(course, sheet, roster, deadline or Deadline())
    for export in exports:
        sorting.sort(entries(export))
    sorting.take_each()
    report = sorting.report
    if roster.rows:
        report.unlisted = sorted(set(sorting.handed_in) - set(roster.by_id))
        report.missing = sorted(
            set(roster.by_id) - {student for student, *_ in handed_in(course, sheet)}
        )
    remember(course, sheet, sorting.identities.names, roster)
    return report


class _Sorting:
    """The files of exports on their way to the students whose they are."""

    def __init__(self, course: Course, sheet: str, roster: Roster, deadline: Deadline) -> None:
        self.course, self.sheet, self.deadline = course, sheet, deadline
        self.report = Report()
        self.identities = Identities(course, sheet, roster)
        self.handed_in: dict[str, list[HandIn]] = defaultdict(list)

    def sort(self, files: Sequence[Entry]) -> None:
        """Put every file of an export under the students whom its name tells."""
        found = read(files, self.sheet)
        dated = self._are_dated([file for file, origins in found if ENDING.search(file.parts[-1])])
        for file, origins in found:
            why = self._refusal(file, origins)
            if why:
                self.report.left[file.path] = why
                continue
            for origin in origins:
                student = self.identities.id_of(origin)
                entry = replace(file, problem=file.problem or self._problem(file))
                receipt = self._receipt(file, self._completed(origin, student), dated)
                self.handed_in[student].append(HandIn(entry, receipt))

    def _are_dated(self, notebooks: Sequence[Entry]) -> bool:
        """Whether the files' own times say when they were handed in.

        Platforms that write no times into names stamp all files at the download.
        That says nothing of those that were handed in by then.
        """
        times = [self.deadline.seconds(file.time) for file in notebooks]
        known = [seconds for seconds in times if seconds is not None]
        return len(known) < 2 or max(known) - min(known) > AT_ONCE

    def _refusal(self, file: Entry, origins: Sequence[Origin]) -> str:
        """Why a file is nobody's; "" where it is somebody's."""
        if file.problem == OUTSIDE:
            return OUTSIDE
        if any(self.identities.is_clear(origin) for origin in origins):
            return ""
        return Why.NO_OWNER if ENDING.search(file.parts[-1]) else Why.NO_NOTEBOOK

    def _problem(self, file: Entry) -> str:
        """Why a file cannot be this sheet; "" where it may be."""
        if not ENDING.search(file.parts[-1]):
            return Why.NO_NOTEBOOK
        name = plain(stem(file.parts[-1]))
        others = [other for other in self.course.sheets if plain(other) in name]
        if others and self.sheet not in others and plain(self.sheet) not in name:
            return f"looks like the sheet {others[0]}"
        return ""

    def _completed(self, origin: Origin, student: str) -> Origin:
        """What a name tells, and what the platform's own list of students tells beside it."""
        if origin.platform != MOODLE.name:
            return origin
        time, is_late = told_by_worksheet(self.identities.roster, student)
        return replace(origin, time=origin.time or time, is_late=origin.is_late or is_late)

    def _receipt(self, file: Entry, origin: Origin, dated: bool) -> Receipt:
        seconds = self.deadline.seconds(origin.time or file.time)
        is_told = origin.time is not None or dated
        if self.deadline.has_passed(seconds) and not is_told:
            words = (
                "the export does not say when files were handed in: its times are the download's"
            )
            self.report.notes = [f"{words}, so none of them is called late by its time"]
        return Receipt(
            origin.platform,
            origin.account,
            origin.name,
            origin.place,
            file.path,
            seconds,
            is_late=origin.is_late or (is_told and self.deadline.has_passed(seconds)),
            is_named=plain(self.sheet) in plain(file.parts[-1]),
            attempt=origin.attempt,
            copy=copy_number(file.parts[-1]),
        )

    def take_each(self) -> None:
        """Keep of each student what counts."""
        for old, new in sorted(self.identities.renamed.items()):
            rename(self.course, self.sheet, old, new)
            self.report.renamed[old] = new
        room = MOST
        for student, files in sorted(self.handed_in.items()):
            room -= self._take(student, files)
            if room < 0:
                raise CourseError(f"more than {MOST >> 30} GB in one export: is it the right one?")

    def _take(self, student: str, files: Sequence[HandIn]) -> int:
        """Keep the file of a student that counts; how many bytes were read."""
        ranked = sorted(files, key=lambda f: (self._rank(f.receipt), f.receipt.path), reverse=True)
        problems: dict[str, str] = {}
        for file in ranked:
            try:
                if file.entry.problem:
                    raise UnreadableEntry(file.entry.problem)
                data = file.entry.content()
            except UnreadableEntry as error:
                problems[file.entry.path] = str(error)
                continue
            self._leave_others(student, file, files, problems)
            self._keep(student, file, data)
            return len(data)
        self._note_problem(student, files, problems)
        return 0

    def _leave_others(
        self, student: str, file: HandIn, files: Sequence[HandIn], problems: dict[str, str]
    ) -> None:
        for other in files:
            path = other.entry.path
            if other is not file and other.is_notebook:
                words = f"{student} has a later file, {file.entry.path}"
                self.report.left[path] = problems.get(path) or other.entry.problem or words
                if path not in problems:
                    self.report.told.add(path)

    def _note_problem(
        self, student: str, files: Sequence[HandIn], problems: dict[str, str]
    ) -> None:
        """Keep a student who handed in nothing that can be read, with words on why."""
        notebooks = [file for file in files if file.is_notebook]
        if not (self.course.submitted(student, self.sheet) / f"{self.sheet}.ipynb").exists():
            words = sorted({problems[file.entry.path] for file in notebooks or files})
            write(self.course.submitted(student, self.sheet) / PROBLEM, "; ".join(words) + "\n")
            keep_receipt(self.course, student, self.sheet, files[0].receipt)
            self.report.unreadable[student] = "; ".join(words)
            self.report.told |= {file.entry.path for file in notebooks}
        self.report.left |= {file.entry.path: problems[file.entry.path] for file in notebooks}

    def _keep(self, student: str, file: HandIn, data: bytes) -> None:
        folder, receipt = self.course.submitted(student, self.sheet), file.receipt
        path = folder / f"{self.sheet}.ipynb"
        is_same = path.exists() and path.read_bytes() == data
        if path.exists() and not is_same and self._counts(student, path) > self._rank(receipt):
            words = f"{student} has a later file, collected before"
            self.report.left[file.entry.path] = words
            return
        if receipt.is_late:
            self.report.late.append(student)
        keep_receipt(self.course, student, self.sheet, receipt)
        if is_same:
            self.report.unchanged[student] = file.entry.path
            return
        write(path, data)
        (folder / PROBLEM).unlink(missing_ok=True)
        if receipt.time is not None:
            stamp(path, receipt.time)
        self.report.taken[student] = file.entry.path

    def _counts(self, student: str, path: Path) -> Rank:
        """The rank of the file that was collected before."""
        before = read_receipt(self.course, student, self.sheet)
        before = before or Receipt(time=path.stat().st_mtime, is_named=True)
        is_late = before.is_late or self.deadline.has_passed(before.time)
        return self._rank(replace(before, is_late=is_late))

    def _rank(self, receipt: Receipt) -> Rank:
        return receipt.rank(on_time_first=self.deadline.take is Take.ON_TIME)
