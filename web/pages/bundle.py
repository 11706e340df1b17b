"""One script of several modules: authors read many small files, a page loads one.

The modules are put one after the other, without the lines that import. That is
right as long as they keep to a few rules, and a module that does not is refused:

- they import by ``import { name } from "./module.js";`` and under the same name,
- they export what they declare: a constant, a function or a class,
- no two of them declare the same name,
- no text in backticks goes over two lines.

Comments and indentation stay with the authors.
"""

import re
from typing import NamedTuple

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+\.js)";\n', re.M)
_DECLARED = re.compile(r"^(export )?(?:const|let|class|(?:async )?function) ([\w$]+)", re.M)
_OTHER = re.compile(
    r"^(?:import\b|(?:const|let|var) \W|var |.*\bimport\(|"
    r"export (?!(?:const|let|class|(?:async )?function) \w)).*",
    re.M,
)


class Module(NamedTuple):
    """The text of a module without its imports, and the names that it declares and exports."""

    text: str
    declared: list
    exported: set


def bundle(path):
    """The script of the module at `path` and of those it imports, in a scope of its own."""
    modules = {}
    _add(path, modules, ())
    owner = {}
    for name, module in modules.items():
        for each in module.declared:
            if each in owner:
                raise ValueError(f"{name} and {owner[each]} both declare {each}: rename one")
            owner[each] = name
    purpose = path.read_text(encoding="utf-8").partition("\n")[0]
    body = "\n".join(_bare(name, module.text) for name, module in modules.items())
    return f'{purpose}\n(() => {{\n"use strict";\n{body}\n}})();\n'


def _add(path, modules, importers):
    """Read the module at `path` into `modules`, after those that it imports."""
    if path.name in importers:
        raise ValueError(f"{path.name} imports itself, by way of {importers[-1]}")
    text = path.read_text(encoding="utf-8")
    for names, file in _IMPORT.findall(text):
        if file not in modules:
            _add(path.with_name(file), modules, (*importers, path.name))
        missing = {name.strip() for name in names.split(",")} - {""} - modules[file].exported
        if missing:
            raise ValueError(f"{path.name} imports {missing.pop()}, which {file} does not export")
    rest = _IMPORT.sub("", text)
    if other := _OTHER.search(rest):
        raise ValueError(f"{path.name} says {other[0]!r}; pages/bundle.py tells what it takes")
    found = _DECLARED.findall(rest)
    modules[path.name] = Module(rest, [n for _, n in found], {n for out, n in found if out})


def _bare(name, text):
    """The lines of a module without indentation, comments and exports."""
    lines = [line.strip() for line in text.splitlines()]
    if split := next((line for line in lines if line.count("`") % 2), None):
        raise ValueError(f"{name} has a text in backticks over two lines: {split!r}")
    kept = (line.removeprefix("export ") for line in lines if line and not line.startswith("//"))
    return "\n".join(kept)
