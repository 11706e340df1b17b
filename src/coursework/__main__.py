"""``python -m coursework``: the commands release, collect, mark and return."""

import argparse
import sys
from pathlib import Path

from coursework.course import Course, CourseError

EPILOG = "The course is the folder with source/ in it. nbgrader's formgrader opens in it."


def parser():
    """The command line."""
    parser = argparse.ArgumentParser(
        "coursework", description="Homework, from release to feedback.", epilog=EPILOG
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, run, words, more in (
        ("release", run_release, "strip solutions and hidden tests from the sheets", ""),
        ("collect", run_collect, "sort what a learning platform exports", COLLECT),
        ("mark", run_mark, "mark what was collected, in a sandbox", MARK),
        ("return", run_return, "write a page for each student and a table", RETURN),
    ):
        command = commands.add_parser(
            name,
            help=words,
            description=words[0].upper() + words[1:] + ".",
            epilog=more,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(run=run)
        command.add_argument(
            "--course", type=Path, default=Path("homework"), help="its folder (default: homework)"
        )
        if name == "release":
            command.add_argument("sheets", nargs="*", metavar="SHEET", help="default: all")
            command.add_argument(
                "--check", action="store_true", help="change nothing, say what is out of date"
            )
        else:
            command.add_argument("sheet", metavar="SHEET", help="name of the sheet")
        if name == "collect":
            command.add_argument(
                "exports", nargs="+", type=Path, metavar="EXPORT", help="zip, folder or notebook"
            )
            command.add_argument("--roster", type=Path, help="CSV with a column id and others")
    return parser


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


def run_release(course, options, rest):
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


def run_collect(course, options, rest):
    """Sort exports into the course."""
    from coursework.collect import collect
    from coursework.names import read_roster

    roster = read_roster(options.roster) if options.roster else None
    print(collect(course, options.sheet, options.exports, roster))
    return 0


def run_mark(course, options, rest):
    """Mark what was collected."""
    from coursework.mark import mark

    words, status = mark(course, options.sheet, rest)
    print(words)
    return status


def run_return(course, options, rest):
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


def main(argv=None):
    """Run a command; the exit status: 0, 1 where something was left undone, 2 for a refusal."""
    options, rest = parser().parse_known_args(argv)
    if rest and options.command != "mark":
        parser().error(f"unknown: {' '.join(rest)}")
    try:
        return options.run(Course(options.course), options, rest)
    except (CourseError, FileNotFoundError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    # nbgrader's checks of notebooks would compile grammars of web addresses, two thirds of the time
    # that it takes to start; they go without where the package is missing
    sys.modules["rfc3987_syntax"] = None
    sys.exit(main())
