"""The pictures of a cell, under numbers: names and contents can be spelled in too many ways."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from coursework.pictures import decoded, picture

PICTURES = 20  # of a cell
NUMBERED = "attachment:picture-"
IN_TEXT = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=]+)")
UNKNOWN = re.compile(r"\(attachment:(?!picture-\d)([^()\n]*)\)")


class Attachments:
    """The pictures attached to a cell, and those that stand in its text.

    Parameters
    ----------
    attached : mapping
        The cell's attachments, in the form of the notebook.

    Examples
    --------
    >>> Attachments({"my photo (1).jpg": {}}).numbered("![](attachment:my photo (1).jpg)")
    '![](attachment:picture-0)'
    """

    def __init__(self, attached: Mapping[str, Any]) -> None:
        self.names = [str(name) for name in attached]
        self.contents = [_content(bundle) for bundle in attached.values()]

    def numbered(self, source: str) -> str:
        """The text with a number in the place of each picture."""
        source = IN_TEXT.sub(self._take, source)
        numbers = {
            form: n for n, name in enumerate(self.names) for form in _spellings(name) if name
        }
        if numbers:
            forms = "|".join(re.escape(form) for form in sorted(numbers, key=len, reverse=True))
            known = re.compile(f"attachment:({forms})")
            source = known.sub(lambda found: f"{NUMBERED}{numbers[found[1]]}", source)
        return UNKNOWN.sub(lambda found: f"(attachment:{quote(found[1])})", source)

    def unmentioned(self, source: str) -> str:
        """Markdown for the pictures that stand nowhere in a numbered text."""
        shown = {int(number) for number in re.findall(rf"{NUMBERED}(\d+)", source)}
        others = [number for number in range(len(self.names)) if number not in shown]
        return "".join(f"![]({NUMBERED}{number})\n\n" for number in others)

    def _take(self, found: re.Match[str]) -> str:
        self.names.append("")
        self.contents.append(found[1])
        return f"{NUMBERED}{len(self.names) - 1}"

    def address(self, address: str) -> str:
        """A picture as an address that holds it, or `left-out:` and words on why not."""
        number = address.removeprefix(NUMBERED)
        if number == address or not number.isdecimal() or int(number) >= len(self.names):
            return "left-out:" + quote(_why_not(address))
        made = picture(decoded(self.contents[int(number)])) if int(number) < PICTURES else None
        if made is None:
            name = self.names[int(number)] or "in the text"
            words = f"more than {PICTURES} pictures" if int(number) >= PICTURES else "damaged"
            return "left-out:" + quote(f"{name} ({words})")
        return f"data:{made[0]};base64,{made[1]}"


def _why_not(address: str) -> str:
    if address.startswith("attachment:"):
        return f"{unquote(address.removeprefix('attachment:'))} (not in the notebook)"
    return f"{address} (elsewhere, and not fetched)"


def _content(bundle: Any) -> Any:
    """What a MIME bundle holds of a picture."""
    kinds = bundle if isinstance(bundle, Mapping) else {}
    return next((kinds[kind] for kind in kinds if str(kind).startswith("image/")), "")


def _spellings(name: str) -> set[str]:
    """How a name is written in Markdown, by hand and by programs."""
    return {name, quote(name), quote(name, safe="()/"), name.replace(" ", "%20")}
