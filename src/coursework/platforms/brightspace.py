"""Brightspace: *Download* in a folder of submissions.

Each attempt has a folder ``1234-56789 - Ada Lovelace - 20 November, 2026 1010 PM``, or a
file whose name goes on so; the date is written as the organisation writes dates.
https://community.d2l.com/brightspace/kb/articles/3529-evaluate-assignments-using-the-assignments-tool
"""

import re
from datetime import datetime

from coursework.platforms.origin import Origin, first_match

NAME = "Brightspace"
FURNITURE = re.compile(r"index\.html", re.I)
PATTERN = re.compile(
    r"(?P<place>(?P<id>\d+-\d+) ?- ?(?P<name>.+?) ?- ?"
    r"(?P<date>[^-]*?\d{4}),? (?P<clock>\d{3,4}(?: ?[AP]M)?))(?: ?- ?.+)?",
    re.I | re.S,
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _origin(found: re.Match[str]) -> Origin:
    return Origin(
        NAME,
        found["id"],
        found["name"],
        others=tuple(found["id"].split("-")),
        time=_time(found["date"], found["clock"]),
        place=found["place"],
        is_number=True,
    )


def _time(date: str, clock: str) -> datetime | None:
    """The time in ``20 November, 2026`` or ``Nov 20, 2026`` and ``1010 PM`` or ``2210``."""
    words = re.findall(r"[^\W_]+", date)
    month = next((n for n, m in enumerate(MONTHS, 1) for w in words if w[:3].casefold() == m), 0)
    numbers = [int(word) for word in words if word.isdigit()]
    hour, minute = divmod(int(re.sub(r"\D", "", clock)), 100)
    if clock[-2:].casefold() in ("am", "pm"):
        hour = hour % 12 + 12 * (clock[-2:].casefold() == "pm")
    try:
        day, year = numbers
        return datetime(year, month, day, hour, minute)
    except ValueError:
        return None


reader = first_match(PATTERN, _origin)
