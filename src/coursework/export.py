"""What a learning platform exports, a zip or a folder: names and bytes, and nothing unpacked.

No name in an export decides where anything is written, no link is followed,
and no file is read beyond its limit, so that a hostile export can at most be
reported.
"""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from coursework.course import CourseError
from marking.sheet import LARGEST

Parts = tuple[str, ...]  # folders, and the name of a file

MANY = 100_000
OUTSIDE = "its name leads out of the zip"
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


class UnreadableEntry(ValueError):
    """A file of an export that cannot be taken: the message says why."""


@dataclass(frozen=True)
class Entry:
    """A file of an export.

    Parameters
    ----------
    parts : tuple of str
        Folders and name.
    time : datetime.datetime or None
        When it was last changed, where the export says so; most zips do not say
        in which time zone.
    content : callable
        Gives the bytes, or raises `UnreadableEntry`.
    problem : str
        Why it is not read at all.
    """

    parts: Parts
    time: datetime | None
    content: Callable[[], bytes]
    problem: str = ""

    @property
    def path(self) -> str:
        """The name to show, with nothing in it that moves a terminal's cursor."""
        name = "/".join(self.parts)
        return name if name.isprintable() else ascii(name)


def entries(path: str | os.PathLike[str]) -> list[Entry]:
    """The files of the export at `path`: a zip, a folder, or one notebook."""
    path = Path(path)
    if path.is_dir():
        return _limited(_in_folder(path), path)
    if path.suffix.lower() == ".ipynb":
        return [_file(path, path.resolve().parts[-2:])]
    if not path.exists():
        raise CourseError(f"there is no {path}")
    try:
        return _limited(_in_zip(path), path)
    except BROKEN as error:
        raise CourseError(f"{path} is neither a folder nor a whole zip file: {error}") from None


def _limited(found: Iterable[Entry], path: Path) -> list[Entry]:
    kept = []
    for entry in found:
        kept.append(entry)
        if len(kept) > MANY:
            raise CourseError(f"more than {MANY} files in {path}: is it the right one?")
    return kept


def _in_folder(folder: Path) -> Iterator[Entry]:
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in sorted(names + links):
            path = Path(place, name)
            yield _file(path, path.relative_to(folder).parts)


def _file(path: Path, parts: Parts) -> Entry:
    status = path.lstat()
    problem = "" if stat.S_ISREG(status.st_mode) else "a link, or no file at all"
    shown = tuple(map(_legible, parts))
    return Entry(shown, _utc(status.st_mtime), lambda: _read_file(path), problem)


def _legible(name: str) -> str:
    """A name of a file as text, also where it is not written in UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("cp1252", "replace")
    return name


def _utc(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _read_file(path: Path) -> bytes:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            return _bounded(file)
    except OSError as error:
        raise UnreadableEntry(f"cannot be opened ({type(error).__name__})") from None


def _in_zip(path: Path) -> Iterator[Entry]:
    archive = zipfile.ZipFile(path)  # stays open as long as an entry that reads from it
    for info in archive.infolist():
        if not info.is_dir():
            yield _member(archive, info)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Entry:
    name = _name(info).replace("\\", "/")
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    problem = ""
    if name.startswith("/") or ".." in parts or ":" in (parts or ("",))[0]:
        problem = OUTSIDE
    elif stat.S_ISLNK(info.external_attr >> 16):
        problem = "a link"
    elif info.flag_bits & 1:
        problem = "encrypted"
    return Entry(parts or ("?",), _time(info), lambda: _read_member(archive, info), problem)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; many programs write UTF-8 and do not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _time(info: zipfile.ZipInfo) -> datetime | None:
    """The time of a member: in UTC where Info-ZIP's extra field has it, else without a zone."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == 0x5455 and size >= 5 and extra[4] & 1 and len(extra) >= 9:
            return _utc(struct.unpack("<i", extra[5:9])[0])
        extra = extra[4 + size :]
    try:
        return datetime(*info.date_time) if info.date_time[0] > 1980 else None
    except ValueError:
        return None


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(info) as file:
            return _bounded(file)
    except BROKEN as error:
        raise UnreadableEntry(f"damaged in the zip ({type(error).__name__})") from None


def _bounded(file: IO[bytes]) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableEntry(f"larger than {LARGEST >> 20} MB")
    return data
