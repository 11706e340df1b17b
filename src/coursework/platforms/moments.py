"""Times as platforms write them in words."""

import re
from datetime import datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(r"(\d{1,2}):?(\d\d)\s*([AP]M)?\s*$", re.I)


def read_moment(text: str) -> datetime | None:
    """The time in ``20 November, 2026 1010 PM`` or ``Friday, Nov 20, 2026, 10:10 PM``, or None.

    A year is greater than a day, and a month is known by its first letters.
    """
    clock = CLOCK.search(text)
    if not clock:
        return None
    words = re.findall(r"[^\W_]+", text[: clock.start()])
    months = [MONTHS.index(low) for word in words if (low := word[:3].casefold()) in MONTHS]
    hour, minute = int(clock[1]), int(clock[2])
    if clock[3]:
        hour = hour % 12 + 12 * (clock[3].casefold() == "pm")
    try:
        (month,) = months
        day, year = sorted(int(word) for word in words if word.isdigit())
        return datetime(year, month + 1, day, hour, minute)
    except ValueError:
        return None
