"""The ways in which learning platforms name what students handed in.

A module for each platform tells whose a file is, and cites where the way of naming is
documented. The first that knows a name decides; folders made by hand come last.
"""

import re
from collections.abc import Sequence

from coursework.export import Entry
from coursework.platforms import (
    blackboard,
    brightspace,
    canvas,
    folder,
    github,
    google,
    gradescope,
    moodle,
    sakai,
)
from coursework.platforms.origin import Origin

__all__ = ["Origin", "is_furniture", "read"]

PLATFORMS = (
    gradescope,
    moodle,
    sakai,
    brightspace,
    blackboard,
    canvas,
    github,
    google,
    folder,
)
JUNK = re.compile(
    r"__MACOSX|\.ipynb_checkpoints|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini"
    r"|\.git\w*|__pycache__|\.?venv|node_modules",
    re.I,
)


def read(files: Sequence[Entry], sheet: str) -> list[tuple[Entry, Sequence[Origin]]]:
    """The files of an export that are nobody's junk, and whose each one is."""
    kept = [file for file in files if not any(JUNK.fullmatch(part) for part in file.parts)]
    readers = [
        platform.reader(files if platform is github else kept, sheet) for platform in PLATFORMS
    ]
    found: list[tuple[Entry, Sequence[Origin]]] = []
    for file in kept:
        known = (reader(file.parts) for reader in readers)
        found.append((file, next((origins for origins in known if origins), [])))
    return found


def is_furniture(name: str) -> bool:
    """Whether a platform adds files of this name, which nobody handed in."""
    return any(platform.FURNITURE.fullmatch(name) for platform in PLATFORMS)
