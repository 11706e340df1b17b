"""The ways in which learning platforms hand out what students handed in, and take marks back.

A module for each platform tells whose a file is and what the platform takes back, and cites
where that is documented. The first that knows a name decides; folders made by hand come last.
"""

import re
from collections.abc import Sequence

from coursework.export import Entry
from coursework.platforms.blackboard import BLACKBOARD
from coursework.platforms.brightspace import BRIGHTSPACE
from coursework.platforms.canvas import CANVAS
from coursework.platforms.folder import FOLDER
from coursework.platforms.github import GITHUB
from coursework.platforms.google import GOOGLE
from coursework.platforms.gradescope import GRADESCOPE
from coursework.platforms.moodle import MOODLE
from coursework.platforms.origin import Origin
from coursework.platforms.platform import Platform
from coursework.platforms.sakai import SAKAI

__all__ = ["PLATFORMS", "Origin", "Platform", "is_furniture", "read"]

PLATFORMS = (
    GRADESCOPE,
    MOODLE,
    SAKAI,
    BRIGHTSPACE,
    BLACKBOARD,
    CANVAS,
    GITHUB,
    GOOGLE,
    FOLDER,
)
JUNK = re.compile(
    r"__MACOSX|\.ipynb_checkpoints|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini"
    r"|\.git\w*|__pycache__|\.?venv|node_modules",
    re.I,
)


def read(files: Sequence[Entry], sheet: str) -> list[tuple[Entry, Sequence[Origin]]]:
    """The files of an export that somebody may have handed in, and whose each one is."""
    kept = [file for file in files if not any(JUNK.fullmatch(part) for part in file.parts)]
    readers = [
        platform.reader(files if platform is GITHUB else kept, sheet) for platform in PLATFORMS
    ]
    found: list[tuple[Entry, Sequence[Origin]]] = []
    for file in kept:
        if is_furniture(file.parts[-1]):
            continue
        known = (reader(file.parts) for reader in readers)
        found.append((file, next((origins for origins in known if origins), [])))
    return found


def is_furniture(name: str) -> bool:
    """Whether a platform adds files of this name, which nobody handed in."""
    return any(platform.furniture.fullmatch(name) for platform in PLATFORMS)
