"""Tables that no spreadsheet takes for formulas."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

SIGNS = "=+-@|%"
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?|-")
# where ; separates, a spreadsheet splits a cell of this table at it
SPLITS = re.compile(r"(;\s*)(?=[=+\-@|%])")
BREAKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")


def as_csv(rows: Iterable[Sequence[str]], quoted: bool = False) -> str:
    """Rows as comma-separated values, each cell harmless.

    Parameters
    ----------
    rows : iterable of sequence of str
    quoted : bool
        Put every cell between quotation marks.
    """
    text = io.StringIO()
    writer = csv.writer(
        text, lineterminator="\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    )
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()


def harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula; numbers stay as they are.

    Signs are looked at as a spreadsheet does, which reads ``＝`` as ``=``, and what
    is not seen is looked through.
    """
    if NUMBER.fullmatch(text):
        return text
    text = SPLITS.sub(r"\1'", _narrow(BREAKS.sub(" ", text)))
    return f"'{text}" if _seen(text)[:1] in tuple(SIGNS) else text


def _narrow(text: str) -> str:
    """The text with the wide and small forms of dangerous signs in their usual form."""
    return "".join(
        narrow if (narrow := unicodedata.normalize("NFKC", letter)) in tuple(SIGNS) else letter
        for letter in text
    )


def _seen(text: str) -> str:
    """The text without what is not shown before its first letter."""
    start = next((n for n, c in enumerate(text) if unicodedata.category(c)[0] not in "ZC"), 0)
    return text[start:]
