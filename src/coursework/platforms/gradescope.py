"""Gradescope: *Export Submissions*.

Each submission has a folder, ``submission_19453571``, and ``submission_metadata.yml`` says
whose it is and when it was handed in. Programs that read it:
https://gist.github.com/m13253/f3e418a556df9506f7494e0f9cd8e80f
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import yaml

from coursework.export import Entry, Parts, UnreadableEntry
from coursework.platforms.origin import Origin, Reader
from coursework.platforms.platform import Platform

NAME = "Gradescope"
METADATA = "submission_metadata.yml"


class _Loader(yaml.CSafeLoader):  # type: ignore[misc]
    """Reads plain data only, also where Ruby tags them as objects of its own."""


def _untagged(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_multi_constructor("", _untagged)


def _reader(files: Sequence[Entry], sheet: str) -> Reader:
    """Reads folders as the metadata of the export explains them."""
    owners: dict[Parts, Sequence[Origin]] = {}
    for file in files:
        if file.parts[-1] == METADATA:
            for folder, origins in _submissions(file):
                owners[(*file.parts[:-1], folder)] = origins

    def read(parts: Parts) -> Sequence[Origin]:
        known = (owners.get(parts[:depth]) for depth in range(1, len(parts) + 1))
        return next((origins for origins in known if origins), [])

    return read


def _submissions(file: Entry) -> Iterator[tuple[str, Sequence[Origin]]]:
    try:
        data = yaml.load(file.content().decode("utf-8", "replace"), Loader=_Loader)
    except (UnreadableEntry, yaml.YAMLError, RecursionError, ValueError):
        return
    for folder, about in data.items() if isinstance(data, dict) else ():
        if isinstance(about, dict):
            time = _time(about.get(":created_at"))
            submitters = about.get(":submitters")
            those = submitters if isinstance(submitters, list) else []
            yield str(folder), [_origin(who, time) for who in those if isinstance(who, dict)]


def _origin(who: Mapping[str, Any], time: datetime | None) -> Origin:
    name, number, address = (str(who.get(key) or "").strip() for key in (":name", ":sid", ":email"))
    return Origin(NAME, number or address or name, name, others=(address,), time=time)


def _time(value: object) -> datetime | None:
    if isinstance(value, dict):
        value = value.get("utc")
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)  # YAML's times are in UTC
    return None


GRADESCOPE = Platform(NAME, _reader, re.compile(re.escape(METADATA)))
