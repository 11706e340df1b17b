"""Moodle: *Download all submissions*.

A student's folder is ``fullname_participant_assignsubmission_file``, with one
more ``_`` before Moodle 4.1; without folders the file's own name follows. So says
mod/assign/classes/downloader.php in https://github.com/moodle/moodle.
"""

import re

from coursework.platforms.origin import Origin, first_match

NAME = "Moodle"
FURNITURE = re.compile(r"onlinetext\.html", re.I)
PATTERN = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?", re.I | re.S
)


def _origin(found: re.Match[str]) -> Origin:
    number, name = found["id"], found["name"]
    return Origin(
        NAME,
        number,
        "" if name.casefold() == "participant" else name,  # marked without names
        others=(f"Participant {number}",),
        place=f"{name.replace('_', ' ')}_{number}_assignsubmission_file_",
        is_number=True,
    )


reader = first_match(PATTERN, _origin)
