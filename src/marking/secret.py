"""The teacher's secret, from which hidden checks draw their cases for each student.

It lies outside the course's folder and is never in a sandbox: a check gets a
number made of the secret, the student and its own name. So the same student is
asked the same at every run, and nobody can look up what.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

PUBLIC = b"public"
MISSING = (
    "no secret: the hidden checks drew their cases in public; make a secret once "
    "(make secret) and mark again"
)


def default_place() -> Path:
    """Where the secret lies where nothing else is said."""
    folder = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(folder).expanduser() / "marking" / "secret"


def read_secret(place: Path) -> bytes:
    """The secret; empty where there is none."""
    try:
        return place.read_bytes().strip()
    except FileNotFoundError:
        return b""


def make_secret(place: Path) -> bool:
    """Make a secret that its owner alone may read; False where there is one, which stays."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with open(descriptor, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
    return True


def seed(secret: bytes, student: str, check: str) -> str:
    """Hexadecimal digits that a check draws its cases from.

    Capitals and surrounding spaces make no other student, as in the sheets.
    """
    words = f"{student.strip().lower()}/{check}".encode("utf-8", "surrogateescape")
    return hmac.new(secret or PUBLIC, words, hashlib.sha256).hexdigest()
