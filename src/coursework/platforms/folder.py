"""Folders and files that somebody named by hand: ``ada/slopes.ipynb``, ``slopes_ada.ipynb``."""

import re
from collections.abc import Sequence

from coursework.export import Entry, Parts
from coursework.names import ENDING, plain, stem
from coursework.platforms.origin import Origin, Reader
from coursework.platforms.platform import Platform

NAME = ""


def _reader(files: Sequence[Entry], sheet: str) -> Reader:
    """Reads the first name after those that all files share, and that is not the sheet's."""
    shared = _shared([file.parts for file in files])

    def names(parts: Parts) -> list[str]:
        folders = [name for name in parts[shared:-1] if plain(name) != plain(sheet)]
        found = [_without(name, sheet, "-_ ") or name for name in folders]
        if ENDING.search(parts[-1]):  # of other files only a folder tells whose they are
            found.append(_without(stem(parts[-1]), sheet, "-_. "))
        return [name for name in found if name]

    notebooks = [file.parts for file in files if ENDING.search(file.parts[-1])]
    is_one_students = shared > 0 and not any(map(names, notebooks))

    def read(parts: Parts) -> Sequence[Origin]:
        root = parts[shared - 1] if is_one_students else ""
        root = "" if plain(root) == plain(sheet) else _without(root, sheet, "-_ ") or root
        name = next(iter(names(parts)), root)
        others = (*reversed(parts[shared:-1]), stem(parts[-1]))
        return [Origin(NAME, name, others=others)] if name else []

    return read


def _without(name: str, sheet: str, signs: str) -> str:
    """A name without the sheet's at one of its ends, where one of the signs parts the two."""
    title, sign = re.escape(sheet), f"[{re.escape(signs)}]"
    pattern = rf"^{title}(?:$|{sign}+)|{sign}+{title}$"
    return re.sub(pattern, "", name, flags=re.I).strip(" ")


def _shared(paths: Sequence[Parts]) -> int:
    """How many folders all files have in common; a file on its own keeps its folder."""
    folders = [parts[:-1] for parts in paths]
    if len(folders) < 2:
        return max(len(*folders) - 1, 0) if folders else 0
    pairs = list(zip(min(folders), max(folders), strict=False))
    return next((n for n, (one, other) in enumerate(pairs) if one != other), len(pairs))


FOLDER = Platform(NAME, _reader)
