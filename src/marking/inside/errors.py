"""What is told of an error: its kind, and the name that was looked for; none of its own words."""

import builtins
import re
from contextlib import suppress
from typing import Any

NOT_ANSWERED = NotImplementedError.__name__
NAME = re.compile(r"\w[\w.]{0,59}")
DETAILS = {
    "NameError": "name '{}' is not defined",
    "UnboundLocalError": "'{}' has no value yet",
    "AttributeError": "there is no attribute '{}'",
    "ModuleNotFoundError": "the package '{}' is not there when a sheet is marked",
    "ImportError": "it cannot be imported from '{}'",
}
UNBOUND = re.compile(r"local variable '(\w+)'")


class StudentError(Exception):
    """The student's code raised something of its own."""


def described(error: BaseException) -> dict[str, str]:
    """An error as data: what may leave the student's process of it."""
    about = {"error": type(error).__name__[:40]}
    if about["error"] in DETAILS:
        with suppress(Exception):  # an error may raise whatever it likes when it is looked at
            name = getattr(error, "name", None) or UNBOUND.findall(str(error))[0]
            if isinstance(name, str) and NAME.fullmatch(name):
                about["name"] = name
    return about


def missing(package: str) -> ModuleNotFoundError:
    """The error of a package that is not there."""
    return ModuleNotFoundError(name=package)


def stopped(what: str, reply: dict[str, Any]) -> str:
    """Words on what `described` says, or on whatever came in its place."""
    kind, name = str(reply.get("error")), str(reply.get("name", ""))
    if kind == NOT_ANSWERED:
        return f"{what} is not answered yet"
    words = f"{what} stopped with {kind if kind.isidentifier() else 'an error'}"
    if kind in DETAILS and NAME.fullmatch(name):
        words += f": {DETAILS[kind].format(name)}"
    return words


def kind(name: object) -> type[Exception]:
    """The built-in error of that name, so that a test can expect it; or `StudentError`."""
    found = getattr(builtins, str(name), None)
    if isinstance(found, type) and issubclass(found, Exception):
        if not issubclass(found, UnicodeError | ExceptionGroup):  # these take more than words
            return found
    return StudentError
