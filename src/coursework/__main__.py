"""``python -m coursework``: the commands release, collect, mark and return."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coursework.course import Course, CourseError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = "The course is the folder with source/ in it. nbgrader's formgrader opens in it."
COLLECT = """\
The student's id is read from the names of files and folders:
  Ada Lovelace_12345_assignsubmission_file_/slopes.ipynb   Moodle: 12345
  lovelaceada_12345_67890_slopes.ipynb                     Canvas: 12345
  Homework_ada_attempt_2026-11-20-22-10-03_slopes.ipynb    Blackboard: ada
  ada/slopes.ipynb, slopes_ada.ipynb, ada.ipynb            ada
A roster turns names and numbers into the ids that students type into their sheets: a CSV file
with a column id, and any others that hold what the platform writes (name, number, address).
Of several files of one student the latest counts; a second run changes nothing.
"""
MARK = """\
Further options go to the marker: --jobs N, --scheduler ADDRESS, --seconds S, --again, --trusted;
`python -m marking --help` says more. Marks given by hand stay when a sheet is marked again.
"""
RETURN = """\
feedback/ID/SHEET/SHEET.html is for the student, feedback/SHEET.csv for the teacher. Run it again
after marking by hand: it holds what the gradebook says today.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        "coursework", description="Homework, from release to feedback.", epilog=EPILOG
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_add_release, _add_collect, _add_mark, _add_return):
        add(commands)
    return parser


def _add_release(commands: "Commands") -> None:
    words = "strip solutions and hidden tests from the sheets"
    command = _command(commands, "release", run_release, words)
    command.add_argument("sheets", nargs="*", metavar="SHEET", help="default: all")
    words = "change nothing, say what is out of date"
    command.add_argument("--check", action="store_true", help=words)


def _add_collect(commands: "Commands") -> None:
    words = "sort what a learning platform exports"
    command = _command(commands, "collect", run_collect, words, COLLECT)
    _add_sheet(command)
    words = "zip, folder or notebook"
    command.add_argument("exports", nargs="+", type=Path, metavar="EXPORT", help=words)
    command.add_argument("--roster", type=Path, help="CSV with a column id and others")


def _add_mark(commands: "Commands") -> None:
    words = "mark what was collected, in a sandbox"
    _add_sheet(_command(commands, "mark", run_mark, words, MARK))


def _add_return(commands: "Commands") -> None:
    words = "write a page for each student and a table"
    _add_sheet(_command(commands, "return", run_return, words, RETURN))


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
    command.add_argument("sheet", metavar="SHEET", help="name of the sheet")


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


def run_collect(course: Course, options: argparse.Namespace) -> int:
    """Sort exports into the course."""
    from coursework.collect import collect
    from coursework.names import read_roster

    roster = read_roster(options.roster) if options.roster else None
    print(collect(course, options.sheet, options.exports, roster))
    return 0


def run_mark(course: Course, options: argparse.Namespace) -> int:
    """Mark what was collected."""
    from coursework.mark import mark

    words, status = mark(course, options.sheet, options.rest)
    print(words)
    return status


def run_return(course: Course, options: argparse.Namespace) -> int:
    """Write the feedback."""
    from coursework.feedback import Status
    from coursework.handback import hand_back, table_path

    all_feedback = hand_back(course, options.sheet)
    print(f"{len(all_feedback)} pages in {course.root / 'feedback'}")
    for feedback in all_feedback:
        if feedback.status != Status.MARKED:
            print(f"  {feedback.student}: {feedback.status}")
    print(f"the table is {table_path(course, options.sheet)}")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status: 0, 1 where something was left undone, 2 for a refusal."""
    options, rest = parser().parse_known_args(argv)
    options.rest = rest
    if rest and options.command != "mark":
        parser().error(f"unknown: {' '.join(rest)}")
    run: Callable[[Course, argparse.Namespace], int] = options.run
    try:
        return run(Course(options.course), options)
    except (CourseError, FileNotFoundError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
