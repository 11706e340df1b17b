"""The teacher's side: runs the sheet's locked cells, and its tests against the student's names.

A test cell sees the names that the locked cells before it defined, and the
generator ``rng``, which draws the same numbers for the same student at every
run. A name that nobody defined is asked of the student's process when it is
read: data arrive as data, functions as `StudentFunction`, which sends its
arguments over the border and brings back what was returned.
"""

import builtins
import json
import os
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from . import border, process
from .errors import kind, stopped
from .mistakes import Answer, likely

Message = dict[str, Any]
Ask = Callable[[Message], Message]
TEST, LOCKED = "<test>", "<locked cell>"
LONGEST = 500


class Lost(BaseException):
    """The student's process is gone; not an `Exception`, lest a test takes it for one."""


class Notebook(dict[str, Any]):
    """Python's own names, and in place of those that are missing the student's.

    Stands where a test looks for built-in names, the last place of all: so a
    name is asked for only when it is read, and when the test did not assign it.

    Parameters
    ----------
    ask : callable
        Puts a question to the student's process.
    """

    def __init__(self, ask: Ask) -> None:
        super().__init__(vars(builtins))
        self.ask, self.answers = ask, list[Answer]()
        self.undefined: set[str] = set()

    def __missing__(self, name: str) -> Any:
        reply = self.ask({"do": "fetch", "name": name})
        if "function" in reply:
            self[name] = StudentFunction(name, self)
        elif "value" in reply:
            self[name] = self._received(name, reply["value"])
            self.answers.append(Answer(name, value=reply["value"]))
        elif "refused" in reply:
            raise told(TypeError, f"`{name}` cannot be marked: {reply['refused']}")
        else:
            self.undefined.add(name)
            raise KeyError(name)
        return self[name]

    def call(self, name: str, arguments: str) -> Any:
        """What a function of the student gives."""
        answer = Answer(name, arguments)
        self.answers.append(answer)
        reply = self.ask({"do": "call", "name": name, "arguments": arguments})
        if "value" in reply:
            value = received(name, reply["value"])
            answer.value = reply["value"]
            return value
        if "refused" in reply:
            raise told(TypeError, f"`{name}` gave an answer, but {reply['refused']}")
        raise told(kind(reply.get("error")), stopped(f"`{name}`", reply))

    def _received(self, name: str, packed: str) -> Any:
        try:
            return border.unpack(packed)
        except border.BorderError as error:
            raise told(TypeError, f"`{name}` cannot be marked: {error}") from None


class StudentFunction:
    """A function of the student: called here, computed there."""

    def __init__(self, name: str, notebook: Notebook) -> None:
        self.__name__, self._notebook = name, notebook

    def __repr__(self) -> str:
        return f"the function `{self.__name__}`"

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._notebook.call(self.__name__, border.pack((arguments, options)))


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


def test(request: Message, names: dict[str, Any], ask: Ask) -> Message:
    """Run one test cell on a copy of the teacher's names.

    The reply is ``{"done"}``, or ``{"failed": words}`` with what was ``asked``,
    what came back (``got``) and the key of the likely ``mistake``. What fails
    because an answer is still the one that was handed out is ``unanswered`` too.
    """
    notebook = Notebook(ask)
    scope = {**names, **generator(request.get("seed")), "__builtins__": notebook}
    try:
        exec(compile(request["code"], TEST, "exec"), scope)
    except Lost:
        raise
    except BaseException as error:
        reply: Message = {"failed": explain(error, notebook.undefined)[:LONGEST]}
        is_open = isinstance(error, NotImplementedError) and hasattr(error, "words")
        reply |= {"unanswered": True} if is_open else {}
        return reply | likely(notebook.answers, request.get("mistakes", ()), names)
    return {"done": True}


def generator(seed: str | None) -> dict[str, Any]:
    """The generator that a test draws its cases from, where NumPy is installed."""
    with suppress(ImportError):
        import numpy as np

        return {"rng": np.random.default_rng(int(seed or "0", 16))}
    return {}


def explain(error: BaseException, undefined: set[str]) -> str:
    """What the student is told: no value, source or path that the teacher did not write."""
    if hasattr(error, "words"):
        return str(error.words)
    if isinstance(error, NameError) and error.name in undefined:
        return f"`{error.name}` is not defined in your notebook"
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
            return test(request, names, ask)
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
