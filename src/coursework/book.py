"""Where the book is: addresses of its sections, for the pages that students get back."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

BASE = re.compile(r"^  baseurl: *[\"']?(https?://[^\"'\s]+)", re.M)
GITHUB = re.compile(r"github\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?$")
HEADING = re.compile(r"^#{1,3} (.+)$", re.M)


class Chapter(NamedTuple):
    """A chapter: its title, and its headings by their anchors."""

    title: str
    headings: Mapping[str, str]


@dataclass(frozen=True)
class Book:
    """The published book.

    Parameters
    ----------
    address : str
        That of its pages, ``""`` where it is not known.
    chapters : mapping of str to Chapter
        By the names of their files.
    """

    address: str = ""
    chapters: Mapping[str, Chapter] = field(default_factory=dict)

    def link(self, section: str) -> str:
        """The address of a section; ``""`` where that of the book is not known.

        Examples
        --------
        >>> Book("https://slopes.example/").link("interval_width.html#counting")
        'https://slopes.example/chapters/interval_width.html#counting'
        """
        return f"{self.address.rstrip('/')}/chapters/{section}" if self.address else ""

    def names(self, section: str) -> tuple[str, str]:
        """The heading of a section and the title of its chapter, as far as they are known."""
        file, _, anchor = section.partition("#")
        name = file.removesuffix(".html")
        chapter = self.chapters.get(name, Chapter(name.replace("_", " "), {}))
        return chapter.headings.get(anchor, anchor.replace("-", " ")), chapter.title


def anchor_of(heading: str) -> str:
    """The anchor that the book gives to a heading."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


@cache
def book_at(root: Path) -> Book:
    """The book whose sources lie in a folder; one without an address where there is none."""
    chapters = {path.stem: _chapter(path) for path in sorted(root.glob("chapters/*.ipynb"))}
    return Book(_address(root), chapters)


def _chapter(path: Path) -> Chapter:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    (title, *headings) = HEADING.findall(prose) or [path.stem]
    return Chapter(title, {anchor_of(heading): heading for heading in headings})


def _address(root: Path) -> str:
    """As the environment's SITE_URL says, or _config.yml, or GitHub Pages of the repository."""
    settings = root / "_config.yml"
    if os.environ.get("SITE_URL") or not settings.exists():
        return os.environ.get("SITE_URL", "")
    found = BASE.search(settings.read_text(encoding="utf-8"))
    return found[1] if found else _pages(root)


def _pages(root: Path) -> str:
    try:
        command = ["git", "-C", str(root), "remote", "get-url", "origin"]
        url = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
    found = GITHUB.search(url)
    return f"https://{found[1].lower()}.github.io/{found[2]}/" if found else ""
