"""Names of files and of people: what two spellings share, and what may name a folder."""

import re
import unicodedata

ENDING = re.compile(r"\.ipynb(\.(txt|json))?$", re.I)
COPY = re.compile(r"(?: ?\((\d+)\)|-copy(\d*))$", re.I)
# what Google Drive puts before the name of a copy, in the languages met most often
COPY_OF = re.compile(
    r"\b(?:copy of|kopie von|copie de|copia de|copia di|cópia de|kopie van|kopia)\s+", re.I
)
LONGEST = 100


def plain(text: str) -> str:
    """A name without case, accents, spaces and signs: what two spellings of it share."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def stem(name: str) -> str:
    """A file name without its ending, ``Copy of``, and the number of a copy."""
    return COPY.sub("", COPY_OF.sub("", ENDING.sub("", name))).strip()


def copy_number(name: str) -> int:
    """2 for ``slopes (2).ipynb`` and ``slopes-Copy2.ipynb``, 0 for ``slopes.ipynb``."""
    found = COPY.search(ENDING.sub("", name))
    return int(found[1] or found[2] or 1) if found else 0


def clean(id: str) -> str:
    """An id as the name of a folder, with ``_`` for what could lead elsewhere; "" for no id.

    Letters of every script, digits, spaces and ``. _ @ ' -`` stay as they are.
    """
    id = unicodedata.normalize("NFC", id)
    id = re.sub(r"[^\w .@'-]", "_", id).strip(" .")
    return id if len(id.encode()) <= LONGEST else ""


def orders(name: str) -> list[str]:
    """A name with its words in every rotation: a platform may put the last one first."""
    words = re.split(r"[\s,]+", name.strip())
    return [" ".join(words[cut:] + words[:cut]) for cut in range(len(words))]


def first_name_first(name: str) -> str:
    """``Lovelace, Ada`` as ``Ada Lovelace``."""
    last, _, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip()
