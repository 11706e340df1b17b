"""When a sheet was due, and what that makes of a file that came later."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coursework.course import CourseError

HOW = "write it as '2026-11-20 23:59 Europe/Berlin' or 2026-11-20T23:59+01:00"


class Take(StrEnum):
    """Which file of a student counts where some came after the deadline."""

    ON_TIME = "on-time"  # the latest before the deadline, and a late one only where there is none
    LATEST = "latest"  # the latest of all


@dataclass(frozen=True)
class Deadline:
    """A moment, and the time zone in which platforms wrote times that name none.

    Parameters
    ----------
    moment : datetime.datetime, optional
        None where there is no deadline.
    take : Take
    """

    moment: datetime | None = None
    take: Take = Take.ON_TIME

    @property
    def zone(self) -> tzinfo | None:
        """The time zone; None for this computer's."""
        return self.moment.tzinfo if self.moment else None

    def seconds(self, moment: datetime | None) -> float | None:
        """A time as seconds since 1970."""
        if moment is None:
            return None
        try:
            return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).timestamp()
        except (ValueError, OverflowError):
            return None

    def has_passed(self, seconds: float | None) -> bool:
        """Whether a time is after the deadline."""
        return self.moment is not None and (seconds or 0) > self.moment.timestamp()


def read_deadline(text: str, take: Take = Take.ON_TIME) -> Deadline:
    """The deadline in words such as ``2026-11-20 23:59 Europe/Berlin``; a date means its end.

    Raises
    ------
    CourseError
        If it is no time, or the time zone is missing.
    """
    words, _, name = text.strip().rpartition(" ")
    zone: tzinfo | None = None
    if name[:1].isalpha():
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise CourseError(f"{name!r} is no time zone: {HOW}") from None
    else:
        words = text.strip()
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise CourseError(f"{text!r} is no deadline: {HOW}") from None
    if len(words) <= len("2026-11-20"):
        moment = datetime.combine(moment, time(23, 59, 59, 999_999))
    elif not moment.second:
        moment += timedelta(seconds=59, microseconds=999_999)  # the minute itself is in time
    if moment.tzinfo is None and zone is None:
        raise CourseError(f"in which time zone is the deadline {text!r}? {HOW[0].upper()}{HOW[1:]}")
    return Deadline(moment if moment.tzinfo else moment.replace(tzinfo=zone), take)
