"""The student's side: runs cells and calls functions, on request.

Each request is a line of JSON, and so is each reply. What the student's code
prints goes nowhere, what it raises becomes a reply, and where it ends the
process the marker notices.
"""

import json
import re
from types import CodeType
from typing import Any

from . import border, process


def answer(request: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Do what one request asks; the reply, also to what fails."""
    try:
        return ACTS[request["do"]](request, names)
    except border.BorderError as error:
        return {"refused": str(error)[:200]}
    except BaseException as error:  # also what tries to leave: the next cell still counts
        return {"error": type(error).__name__[:40]}


def run(request: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    exec(compiled(request["code"]), names)
    return {"done": True}


def put(request: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    names[request["name"]] = border.unpack(request["value"])
    return {"done": True}


def fetch(request: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    name = request["name"]
    if name not in names:
        return {"missing": name}
    if callable(names[name]):
        return {"function": name}
    return {"value": border.pack(names[name])}


def call(request: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    arguments, options = border.unpack(request["arguments"])
    return {"value": border.pack(names[request["name"]](*arguments, **options))}


MAGIC = re.compile(r"^([ \t]*)([%!?].*|[\w.]+\?+[ \t]*)$", re.M)
ACTS = {"run": run, "put": put, "fetch": fetch, "call": call}


def compiled(source: str) -> CodeType:
    """The code of a cell; lines that only a notebook understands are left out."""
    try:
        return compile(source, "<cell>", "exec")
    except SyntaxError:
        return compile(MAGIC.sub(r"\1pass", source), "<cell>", "exec")


def main(options: process.Options) -> None:
    requests, replies = process.begin(options)
    process.send(replies, {"ready": True})
    names = process.main_names()
    for line in requests:
        process.send(replies, answer(json.loads(line), names))
