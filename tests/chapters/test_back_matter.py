"""The back matter: every work is cited, every module described, each after those it uses."""

import ast
import re
from pathlib import Path

from book import CHAPTERS, ROOT, cells, pages

SOURCE = ROOT / "src"
REFERENCE = (CHAPTERS / "reference.md").read_text(encoding="utf-8")
DESCRIBED = re.findall(r"^\.\. automodule:: (\S+)$", REFERENCE, re.M)


def name_of(path):
    """The public module that a file of the package belongs to."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[: 3 if parts[1] == "figures" else 2])


def modules():
    """Public modules, each with the others that it imports."""
    uses = {}
    for path in (SOURCE / "slopes").rglob("*.py"):
        name = name_of(path).removesuffix(".__init__")
        if name != "slopes" and "._" not in name:
            tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            found = {f"{node.module}." for node in tree if isinstance(node, ast.ImportFrom)}
            uses.setdefault(name, set()).update(found)
    return {
        name: {other for other in uses if any(each.startswith(f"{other}.") for each in found)}
        for name, found in uses.items()
    }


def test_every_public_module_is_described_once():
    assert sorted(DESCRIBED) == sorted(modules())


def test_modules_use_only_those_above_them():
    uses, above = modules(), set()
    for name in DESCRIBED:
        assert uses[name] - {name, "slopes.figures"} <= above, name
        above.add(name)


def test_every_work_is_cited_and_every_citation_is_known():
    text = "\n".join(cell.source for page in pages() for cell in cells(page))
    roles = re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text)
    cited = {key.strip() for keys in roles for key in keys.split(",")}
    known = re.findall(r"^@\w+\{(\w+),", Path(CHAPTERS / "references.bib").read_text(), re.M)
    assert len(known) == len(set(known))
    assert cited == set(known)
