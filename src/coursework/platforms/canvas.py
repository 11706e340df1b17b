"""Canvas: *Download Submissions*.

All files lie in one folder and are called ``lastfirst_user_attachment_name``,
with ``LATE`` before the user's number where they were late, and ``anon_`` and a code
in place of the name where marking is anonymous; text typed into Canvas comes as
``lastfirst_user_text.html``. So says lib/content_zipper.rb in
https://github.com/instructure/canvas-lms.
"""

import re
from collections.abc import Sequence

from coursework.export import Entry, Parts
from coursework.platforms.origin import Origin, Reader, is_flat

NAME = "Canvas"
FURNITURE = re.compile(r".+_(?:text|link)\.html", re.I)
PATTERN = re.compile(
    r"(?:(?P<name>[^\W\d_].*?)_)??(?P<late>late_)?(?P<id>\d+|anon_[a-z0-9]+)_"
    r"(?:(?P<file>\d+)_.+|(?:text|link)\.html)",
    re.I | re.S,
)


def reader(files: Sequence[Entry], sheet: str) -> Reader:
    """Reads names in an export without folders; in folders students may call a file anything."""
    flat = is_flat(files)

    def read(parts: Parts) -> Sequence[Origin]:
        found = PATTERN.fullmatch(parts[-1]) if flat else None
        return [_origin(found)] if found else []

    return read


def _origin(found: re.Match[str]) -> Origin:
    return Origin(
        NAME,
        found["id"].removeprefix("anon_"),
        found["name"] or "",
        is_late=bool(found["late"]),
        attempt=int(found["file"] or 0),
        place=found[0] if found["file"] else "",
        is_number=True,
    )
