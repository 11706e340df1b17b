"""GitHub Classroom: ``gh classroom clone student-repos``.

Each student has a repository called by the assignment and the student's user name,
``slopes-ada``, in a folder ``slopes-submissions``
(https://docs.github.com/en/education/manage-coursework-with-github-classroom).
"""

import re
from collections.abc import Sequence

from coursework.export import Entry, Parts
from coursework.names import plain
from coursework.platforms.origin import Origin, Reader
from coursework.platforms.platform import Platform

NAME = "GitHub Classroom"
MARKS = {".git", ".github", ".gitignore", ".gitattributes"}


def _reader(files: Sequence[Entry], sheet: str) -> Reader:
    """Reads what follows the name of the assignment in the names of repositories."""
    repositories = {repository for file in files if (repository := _repository(file.parts))}
    prefix = _prefix(sorted({parts[-1] for parts in repositories}), sheet)

    def read(parts: Parts) -> Sequence[Origin]:
        for depth in range(1, len(parts)):
            name = parts[depth - 1]
            if parts[:depth] in repositories:
                longer = [name[cut + 1 :] for cut in _hyphens(name)]
                return [Origin(NAME, name.removeprefix(prefix), others=(*longer, name))]
        return []

    return read


def _repository(parts: Parts) -> Parts:
    """The folder that git keeps, where a file shows that it does."""
    kept = next((n for n, part in enumerate(parts) if part in MARKS), 0)
    return parts[:kept]


def _prefix(names: Sequence[str], sheet: str) -> str:
    """What the names of repositories begin with: the assignment, and a hyphen."""
    starts = [name[: cut + 1] for name in names[:1] for cut in _hyphens(name)]
    if len(names) > 1:
        starts = [start for start in starts if all(name.startswith(start) for name in names)]
    else:
        starts = [start for start in starts if plain(start) == plain(sheet)]
    return max(starts, key=len, default="")


def _hyphens(name: str) -> list[int]:
    return [place for place, letter in enumerate(name) if letter == "-"]


GITHUB = Platform(NAME, _reader, re.compile(r"README(?:\.md|\.rst)?|LICENSE", re.I))
