"""``python -m coursework``: the commands release, secret, collect, mark, return and rehearse."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coursework.course import Course, CourseError
from coursework.deadline import Deadline, Take, read_deadline
from coursework.roster import Roster, read_roster

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = "The course is the folder with source/ in it. nbgrader's formgrader opens in it."
COLLECT = """\
Whose a file is, is read from the names that platforms give to files and folders:
  Moodle            Ada Lovelace_4021_assignsubmission_file_/slopes.ipynb
  Canvas            lovelaceada_LATE_4021_67890_slopes.ipynb
  Blackboard        Homework_ada_attempt_2026-11-20-22-10-03_slopes.ipynb
  Brightspace       1234-56789 - Ada Lovelace - 20 November, 2026 1010 PM/slopes.ipynb
  Sakai             Lovelace, Ada(ada)/Submission attachment(s)/slopes.ipynb
  Gradescope        submission_123/slopes.ipynb, with submission_metadata.yml
  GitHub Classroom  slopes-ada/slopes.ipynb
  Google Classroom  Ada Lovelace - slopes.ipynb
  a plain folder    ada/slopes.ipynb, slopes_ada.ipynb, ada.ipynb
A roster turns what the platform writes into the ids that students type into their sheets: a table
with a column of ids, and others that hold names, numbers or addresses. The platform's own table
of grades does best. It is kept: later runs for the same sheet need not name it.
Of several files of one student the latest counts, with --deadline the latest that came in time;
a second run changes nothing.
"""
MARK = """\
Further options go to the marker: --jobs N, --scheduler ADDRESS, --seconds S, --again, --trusted;
`python -m marking --help` says more. Marks given by hand stay when a sheet is marked again.
"""
RETURN = """\
feedback/ID/SHEET/SHEET.html is for the student. returned/SHEET holds your table, and for the
platform that the files came from the zip of pages and the table of grades that it takes back.
Who handed in nothing, could not be read, or waits for you has an empty cell there, not 0.
Run it again after marking by hand: it holds what the gradebook says today.
"""


REHEARSE = """\
Releases the sheet, makes a class of eight as each platform would export it, collects, marks and
returns, and says where what lies: all in the folder rehearsal/ of the course. It opens nothing
and sends nothing. Further options go to the marker, as for mark.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        "coursework", description="Homework, from release to feedback.", epilog=EPILOG
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_add_release, _add_secret, _add_collect, _add_mark, _add_return, _add_rehearse):
        add(commands)
    return parser


def _add_release(commands: "Commands") -> None:
    words = "strip solutions and hidden tests from the sheets"
    command = _command(commands, "release", run_release, words)
    command.add_argument("sheets", nargs="*", metavar="SHEET", help="default: all")
    words = "change nothing, say what is out of date"
    command.add_argument("--check", action="store_true", help=words)


def _add_secret(commands: "Commands") -> None:
    words = "make the secret from which hidden checks draw their cases, once"
    _command(commands, "secret", run_secret, words)


def _add_collect(commands: "Commands") -> None:
    words = "sort what a learning platform exports"
    command = _command(commands, "collect", run_collect, words, COLLECT)
    _add_sheet(command)
    words = "zip, folder or notebook"
    command.add_argument("exports", nargs="*", type=Path, metavar="EXPORT", help=words)
    _add_roster(command)
    words = "'2026-11-20 23:59 Europe/Berlin': later files are marked as late"
    command.add_argument("--deadline", metavar="TIME", help=words)
    words = "what counts: the latest file that came in time (default), or the latest of all"
    command.add_argument("--take", type=Take, choices=list(Take), default=Take.ON_TIME, help=words)


def _add_mark(commands: "Commands") -> None:
    words = "mark what was collected, in a sandbox"
    _add_sheet(_command(commands, "mark", run_mark, words, MARK))


def _add_return(commands: "Commands") -> None:
    words = "write a page for each student, a table, and what the platform takes back"
    command = _command(commands, "return", run_return, words, RETURN)
    _add_sheet(command)
    _add_roster(command)


def _add_rehearse(commands: "Commands") -> None:
    words = "go through all of it with a class of eight that never was"
    command = _command(commands, "rehearse", run_rehearse, words, REHEARSE)
    _add_sheet(command)
    words = "one platform only, such as Moodle (default: all)"
    command.add_argument("--platform", action="append", default=[], metavar="NAME", help=words)


def _command(
    commands: "Commands",
    name: str,
    run: Callable[[Course, argparse.Namespace], int],
    words: str,
    epilog: str = "",
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=words,
        description=words[0].upper() + words[1:] + ".",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    words = "its folder (default: homework)"
    command.add_argument("--course", type=Path, default=Path("homework"), help=words)
    return command


def _add_sheet(command: argparse.ArgumentParser) -> None:
    command.add_argument("sheet", nargs="?", default="", metavar="SHEET", help="name of the sheet")


def _add_roster(command: argparse.ArgumentParser) -> None:
    words = "the list of students, as a spreadsheet or the platform saves it"
    command.add_argument("--roster", type=Path, metavar="CSV", help=words)
    words = "the roster's column of ids, where its name does not tell"
    command.add_argument("--id-column", default="", metavar="NAME", help=words)


def run_release(course: Course, options: argparse.Namespace) -> int:
    """Make or check the released sheets."""
    from coursework.release import is_current, release

    sheets, status = options.sheets or course.sheets, 0
    if not sheets:
        course.require("")
    for sheet in sheets:
        course.require(sheet)
        if options.check:
            current = is_current(course, sheet)
            status = status if current else 1
            print(f"{sheet}: {'up to date' if current else 'OUT OF DATE, release it again'}")
        else:
            changed = release(course, sheet)
            print(f"{course.released(sheet)}: {'written' if changed else 'as it was'}")
    return status


def run_secret(course: Course, options: argparse.Namespace) -> int:
    """Make the secret, which is the teacher's and not the course's, and say where it lies."""
    from marking.secret import default_place, make_secret

    place = default_place()
    made = make_secret(place)
    print(f"{place}: {'made; keep a copy' if made else 'there is one, and it stays'}")
    return 0


def run_collect(course: Course, options: argparse.Namespace) -> int:
    """Sort exports into the course."""
    from coursework.collect import collect

    sheet = _sheet(course, options)
    if not options.exports:
        raise CourseError(f"which export? Say FROM: make collect SHEET={sheet} FROM=export.zip")
    deadline = Deadline(take=options.take)
    if options.deadline:
        deadline = read_deadline(options.deadline, options.take)
    print(collect(course, sheet, options.exports, _roster(options), deadline))
    return 0


def run_mark(course: Course, options: argparse.Namespace) -> int:
    """Mark what was collected."""
    from coursework.mark import mark

    words, status = mark(course, _sheet(course, options), options.rest)
    print(words)
    return status


def run_return(course: Course, options: argparse.Namespace) -> int:
    """Write the feedback."""
    from coursework.handback import hand_back, summary

    returned = hand_back(course, _sheet(course, options), _roster(options))
    print(f"{len(returned.feedback)} pages in {course.root / 'feedback'}")
    print("\n".join(summary(returned.marks.marks)))
    for path, words in returned.files.items():
        print(f"{path}: {words}")
    return 0


def run_rehearse(course: Course, options: argparse.Namespace) -> int:
    """Rehearse, with the first sheet where none is named."""
    from coursework.rehearse import rehearse

    sheet = options.sheet or next(iter(course.sheets), "") or _sheet(course, options)
    rehearse(course, sheet, options.platform, options.rest)
    return 0


def _sheet(course: Course, options: argparse.Namespace) -> str:
    """The sheet that was named; a question in plain words where none was."""
    if not options.sheet:
        known = ", ".join(course.sheets) or "none: is this the folder of the course?"
        raise CourseError(
            f"which sheet? Say SHEET: make {options.command} SHEET=name; there is {known}"
        )
    return str(options.sheet)


def _roster(options: argparse.Namespace) -> Roster | None:
    return read_roster(options.roster, options.id_column) if options.roster else None


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status: 0, 1 where something was left undone, 2 for a refusal."""
    options, rest = parser().parse_known_args(argv)
    options.rest = rest
    if rest and options.command not in ("mark", "rehearse"):
        parser().error(f"unknown: {' '.join(rest)}")
    run: Callable[[Course, argparse.Namespace], int] = options.run
    try:
        return run(Course(options.course), options)
    except (CourseError, OSError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
