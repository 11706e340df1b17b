"""The students of a course: their names, and the list that came with each sheet."""

import json
from collections.abc import Mapping
from typing import Any

from coursework.course import Course, CourseError, write
from coursework.roster import Kind, Roster


def names(course: Course) -> dict[str, str]:
    """Names by id, as far as exports and rosters told them."""
    found: dict[str, str] = _read(course)["names"]
    return found


def roster(course: Course, sheet: str) -> Roster:
    """The list of students with which a sheet was last collected; empty where there was none."""
    kept = _read(course)["rosters"].get(sheet)
    if not kept:
        return Roster()
    rows, extra = (tuple(kept[key]) for key in ("rows", "extra"))
    return Roster(rows, kept["id_column"], Kind(kept["kind"]), extra)


def remember(course: Course, sheet: str, names: Mapping[str, str], roster: Roster) -> None:
    """Keep names, and the list of students where there is one."""
    kept = _read(course)
    kept["names"] |= names
    if roster.rows:
        kept["names"] |= {id: name for id, name in roster.names.items() if name}
        kept["rosters"][sheet] = {
            "kind": roster.kind,
            "id_column": roster.id_column,
            "rows": roster.rows,
            "extra": roster.extra,
        }
    if kept["names"] or kept["rosters"]:
        text = json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=False)
        write(course.students_file, text + "\n")


def _read(course: Course) -> dict[str, dict[str, Any]]:
    try:
        kept = json.loads(course.students_file.read_text(encoding="utf-8"))
        return {"names": dict(kept["names"]), "rosters": dict(kept["rosters"])}
    except FileNotFoundError:
        return {"names": {}, "rosters": {}}
    except (ValueError, LookupError, TypeError):
        raise CourseError(
            f"{course.students_file} is damaged: delete it, and collect again"
        ) from None
