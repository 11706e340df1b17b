"""The teacher's side: runs the sheet's locked cells, and its tests against the student's names.

A test cell sees the names that the locked cells before it defined. Names that
it uses and nobody defined are asked of the student's process: data arrive as
data, functions as `StudentFunction`, which sends its arguments over the
border and brings back what was returned.
"""

import builtins
import json
import os
import symtable
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from . import border, process

Message = dict[str, Any]
Ask = Callable[[Message], Message]
TEST, LOCKED = "<test>", "<locked cell>"
NOT_ANSWERED = NotImplementedError.__name__
LONGEST = 500


class StudentError(Exception):
    """The student's code raised something of its own."""


class Lost(BaseException):
    """The student's process is gone; not an `Exception`, lest a test takes it for one."""


class StudentFunction:
    """A function of the student: called here, computed there."""

    def __init__(self, name: str, ask: Ask) -> None:
        self.__name__, self._ask = name, ask

    def __repr__(self) -> str:
        return f"the function `{self.__name__}`"

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        packed = border.pack((arguments, options))
        reply = self._ask({"do": "call", "name": self.__name__, "arguments": packed})
        if "value" in reply:
            return received(self.__name__, reply["value"])
        if "refused" in reply:
            raise told(TypeError, f"`{self.__name__}` gave an answer, but {reply['refused']}")
        raise told(kind(reply.get("error")), stopped(f"`{self.__name__}`", reply.get("error")))


def received(name: str, packed: str) -> Any:
    """The value that came back from `name`."""
    try:
        return border.unpack(packed)
    except border.BorderError as error:
        raise told(TypeError, f"`{name}` gave an answer, but {error}") from None


def told(kind: type[Exception], words: str) -> Exception:
    """An error whose words are meant for the student."""
    error = kind(words)
    error.__dict__["words"] = words
    return error


def kind(name: object) -> type[Exception]:
    """The built-in error of that name, so that a test can expect it; or `StudentError`."""
    found = getattr(builtins, str(name), None)
    if isinstance(found, type) and issubclass(found, Exception):
        if not issubclass(found, UnicodeError | ExceptionGroup):  # these take more than words
            return found
    return StudentError


def stopped(what: str, error: object) -> str:
    name = str(error)
    if name == NOT_ANSWERED:
        return f"{what} is not answered yet"
    return f"{what} stopped with {name if name.isidentifier() else 'an error'}"


def used_names(source: str) -> set[str]:
    """The global names that a cell uses, also within its functions."""
    tables, used = [symtable.symtable(source, TEST, "exec")], set[str]()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
                used.add(symbol.get_name())
    return used


def asked_names(
    source: str, names: dict[str, Any], ask: Ask
) -> tuple[dict[str, Any], dict[str, str]]:
    """The student's values of the names that `source` uses, and words on what cannot be had."""
    values: dict[str, Any] = {}
    words: dict[str, str] = {}
    for name in sorted(used_names(source) - set(names) - set(vars(builtins))):
        reply = ask({"do": "fetch", "name": name})
        if "function" in reply:
            values[name] = StudentFunction(name, ask)
        elif "value" in reply:
            try:
                values[name] = border.unpack(reply["value"])
            except border.BorderError as error:
                words[name] = f"`{name}` cannot be marked: {error}"
        elif "refused" in reply:
            words[name] = f"`{name}` cannot be marked: {reply['refused']}"
        else:
            words[name] = f"`{name}` is not defined in your notebook"
    return values, words


def test(source: str, names: dict[str, Any], ask: Ask) -> Message:
    """Run one test cell on a copy of the teacher's names: ``{"done"}``, or ``{"failed": words}``.

    What fails because an answer is still the one that was handed out is ``unanswered`` too.
    """
    values, words = asked_names(source, names, ask)
    try:
        exec(compile(source, TEST, "exec"), {**values, **names})
    except Lost:
        raise
    except BaseException as error:
        reply: Message = {"failed": explain(error, words)[:LONGEST]}
        is_open = isinstance(error, NotImplementedError) and hasattr(error, "words")
        return reply | ({"unanswered": True} if is_open else {})
    return {"done": True}


def explain(error: BaseException, words: dict[str, str]) -> str:
    """What the student is told: no value, source or path that the teacher did not write."""
    if hasattr(error, "words"):
        return str(error.words)
    if isinstance(error, NameError) and error.name in words:
        return words[error.name]
    if isinstance(error, AssertionError):
        frames = traceback.extract_tb(error.__traceback__)
        own = bool(frames) and frames[-1].filename in (TEST, LOCKED)
        return str(error) if own and str(error) else "a check was not passed"
    if isinstance(error, MemoryError):
        return "the check ran out of memory with what came back"
    return f"the check could not use what came back ({type(error).__name__})"


def answer(request: Message, names: dict[str, Any], ask: Ask) -> Message:
    """Do what one request asks, and return the reply."""
    try:
        if request["do"] == "test":
            return test(request["code"], names, ask)
        if request["do"] == "put":
            names[request["name"]] = border.unpack(request["value"])
        else:
            exec(compile(request["code"], LOCKED, "exec"), names)
    except Lost as error:
        return {"lost": str(error)}
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"[:LONGEST]}
    return {"done": True}


def main(options: process.Options) -> None:
    """Serve one submission after another, each in a child that starts afresh with NumPy loaded."""
    requests, replies = process.begin(options)
    ended = 0
    while ended == 0:
        child = os.fork()
        if not child:
            os._exit(serve(requests, replies))
        ended = os.waitpid(child, 0)[1]


def serve(requests: BinaryIO, replies: BinaryIO) -> int:
    """Answer requests until one says that this was all (0), or there are no more (1)."""
    process.send(replies, {"ready": True})
    names = process.main_names()

    def ask(question: Message) -> Message:
        process.send(replies, question, prefix=b"?")
        try:
            reply = json.loads(requests.readline())
        except (ValueError, RecursionError, MemoryError):
            return {"error": "no answer"}
        if not isinstance(reply, dict):
            return {"error": "no answer"}
        if "lost" in reply:
            raise Lost(f"`{question['name']}` {reply['lost']}")
        return reply

    for line in requests:
        request = json.loads(line)
        if request["do"] == "end":
            return 0
        process.send(replies, answer(request, names, ask))
    return 1
