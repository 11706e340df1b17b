"""The numbers that the prose of a page states, and the checks that produce them.

A number is covered if it is, to the digits that are stated, among the numbers of the page's
stored outputs and code, of a verified fact, or of the tests that the page's code is covered by.
Run ``python tests/prose.py`` for a list of all numbers with their checks, and
``python tests/prose.py LABEL…`` after a claim was reworded and its tests were read again.
"""

import ast
import hashlib
import json
import math
import re
import sys
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from book import CHAPTERS, cells, claims, pages

TESTS = Path(__file__).parent
STATEMENTS = TESTS / "statements.json"
COUNTED = 12  # up to here a whole number is a count or part of a formula
_NOT_PROSE = re.compile(
    r"^(?::[\w-]+:.*|`{3,}.*)$"  # options and directives
    r"|\{[\w:]+\}`[^`]*`|`[^`]*`"  # roles and code
    r"|[^.?!\n|]*(?:\.\d[^.?!\n|]*)*\?(?=\s|$)"  # a question states nothing
    r"|equations? \(\d+\)|\b\d+(?:\.\d+){2}\b"  # numbers of equations and of sections
    r"|(?<!10)\^\{[^{}]*\}|_\{[^{}]*\}"  # exponents and indices
    r"|https?://\S+|\]\([^)]*\)",
    re.M,
)
_POWER = r"10(?:\^| to the power (?:of )?)\{?(?P<exponent>[-+]?\d+(?:\.\d+)?)\}?"
_RAISED = r"10(?P<raised>[⁻⁺]?[⁰¹²³⁴-⁹]+)"
_FORM = re.compile(
    r"(?<![\w.,^_])(?:(?!10(?:\^| to the power|[⁻⁰¹²³⁴-⁹]))"
    r"(?P<digits>\d+(?:,(?:  )?\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s*(?:\\cdot|·|\\times|×|times)\s*(?={_POWER.replace('?P<exponent>', '?:')}|10[⁻⁰¹²³⁴-⁹])"
    r"|(?=e[-+]?\d))?)?"
    rf"(?:{_POWER}|e(?P<float>[-+]?\d+)|{_RAISED})?"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


class Number(NamedTuple):
    """A number as it is stated, or the exponent of a power of ten, and the text around it."""

    value: float
    unit: float  # of its last digit
    open: bool  # whether more digits are hinted at
    percent: bool
    power: bool
    text: str


def _plain(text):
    """The text with what is no prose blanked out, position by position."""
    text = _NOT_PROSE.sub(lambda match: " " * len(match[0]), text)
    return text.replace("{,}", ",  ").replace("\\,", "  ").replace("−", "-")


def numbers(text):
    """The numbers that a text states; whole ones up to `COUNTED`, and years, are left out."""
    plain = _plain(text)
    for match in _FORM.finditer(plain):
        raised = (match["raised"] or "").translate(_SUPERSCRIPTS)
        digits, exponent = match["digits"], match["exponent"] or match["float"] or raised
        after = plain[match.end() : match.end() + 12]
        percent = bool(re.match(r"[\s$\\]*(?:%|per cent)", after))
        counted = re.fullmatch(r"\d+", digits or "") and int(digits) <= COUNTED and not percent
        year = re.fullmatch(r"(?:19|20)\d\d", digits or "")
        if not (digits or exponent) or (not exponent and (counted or year)):
            continue
        power = not digits or abs(float(exponent or 0)) > 300  # known by its exponent
        shown = exponent.lstrip("-+") if power else re.sub("[, ]", "", digits)
        scale = 1.0 if power else 10.0 ** int(exponent or 0)
        yield Number(
            value=float(shown) * scale,
            unit=10.0 ** (_zeros(shown) - len(shown.partition(".")[2])) * scale,
            open=bool(re.match(r"\s*(?:\\l?dots|…)", after)),
            percent=percent,
            power=power,
            text=text[max(0, match.start() - 40) : match.end() + 25].replace("\n", " "),
        )


def _zeros(shown):
    """How many zeros at the end of a round number, such as 12,800, need not be exact."""
    return max(0, len(shown) - len(shown.rstrip("0")) - 1) if len(shown) > 2 else 0


def texts(page):
    """Markdown, captions and alt texts of a page, one after the other."""
    for cell in cells(page):
        if cell.cell_type == "markdown":
            yield cell.source
        look = cell.metadata.get("mystnb", {})
        yield look.get("figure", {}).get("caption", "")
        yield look.get("image", {}).get("alt", "")


def constants(source):
    """Values of the numbers, and of the sums and products of plain numbers, in Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant | ast.UnaryOp | ast.BinOp):
            try:
                value = eval(compile(ast.Expression(node), "", "eval"), {"__builtins__": {}})
            except Exception:
                continue
            if isinstance(value, int | float) and not isinstance(value, bool):
                try:
                    yield abs(float(value))
                except OverflowError:
                    pass


@cache
def tests_of(page):
    """The files of tests that cover a page: its own, and those of the modules it imports."""
    code = "\n".join(cell.source for cell in cells(page) if cell.cell_type == "code")
    used = set(re.findall(r"slopes\.(\w+)", code))
    for names in re.findall(r"from slopes import (.+)", code):
        used |= set(re.findall(r"\w+", names))
    paths = [TESTS / "chapters" / f"test_{page.stem}.py"]
    paths += [TESTS / f"test_{name}.py" for name in sorted(used)]
    return [path for path in paths if path.exists()]


def _strings(path):
    return {node.value for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip


@cache
def sources(page):
    """Numbers that checks of a page produce, by the check."""
    found = {}
    for cell in cells(page):
        if cell.cell_type == "code":
            found[f"{cell.id}, code"] = sorted(constants(cell.source))
            shown = "".join(
                output.get("data", {}).get("text/plain", output.get("text", ""))
                for output in cell.outputs
            )
            read = re.findall(r"\d+(?:\.\d*)?(?:e[-+]?\d+)?", shown.replace("_", ""))
            found[cell.id] = [float(number) for number in read]
    for path in tests_of(page):
        found[str(path.relative_to(TESTS))] = sorted(set(constants(path.read_text())))
    named = set().union(*(_strings(path) for path in tests_of(page)))
    for name, fact in json.loads((TESTS / "facts.json").read_text()).items():
        if name in named and isinstance(fact["value"], int | float):
            found[f"fact {name}"] = [abs(fact["value"])]
    return found


def agrees(number, known):
    """Whether a known value, rounded to the digits that are stated, is the number."""
    readings = [known, 100 * known] if number.percent else [known]
    if number.power and known > 0:
        readings.append(abs(math.log10(known)))
    for reading in readings:
        off = reading - number.value
        if number.open and -1e-9 * number.value <= off < number.unit:
            return True
        if abs(off) <= number.unit / 2 * (1 + 1e-6) + 1e-12 * number.value:
            return True
    return False


def check(page, number):
    """The name of the first check that produces a number, or None."""
    for name, known in sources(page).items():
        if any(agrees(number, value) for value in known):
            return name
    return None


def uncovered(page, stated=None):
    """The numbers of the texts of a page, or of the texts given, that no check produces."""
    stated = texts(page) if stated is None else stated
    return [n for text in stated for n in numbers(text) if check(page, n) is None]


def statements(page, changed=None):
    """What the labelled equations and proof environments of a page say, by label."""
    cells_of = cells(page) if changed is None else changed
    text = "\n\n".join(cell.source for cell in cells_of if cell.cell_type == "markdown")
    forms = (
        r"\$\$(?P<said>(?:(?!\$\$).)*)\$\$\s*\((?P<label>[\w-]+)\)",
        r"\{math\}\s*\n:label: (?P<label>[\w-]+)(?P<said>.*?)^`{3,}$",
        r"^(?P<fence>`{3,})\{prf:(?!proof)\w+\}(?P<title>[^\n]*)\n:label: (?P<label>[\w-]+)\n"
        r"(?P<said>.*?)^(?P=fence)$",
    )
    found = chain.from_iterable(re.finditer(form, text, re.S | re.M) for form in forms)
    said = {match["label"]: match["said"] for match in found}
    return {label: said[label] for label in claims(page)}


def digest(statement):
    """A short mark of a statement, line ends and spaces aside."""
    return hashlib.sha256(" ".join(statement.split()).encode()).hexdigest()[:12]


def _renew(labels):
    marks = json.loads(STATEMENTS.read_text()) if STATEMENTS.exists() else {}
    said = {label: text for page in pages() for label, text in statements(page).items()}
    marks |= {label: digest(said[label]) for label in labels}
    marks = {label: marks[label] for label in sorted(marks) if label in said}
    STATEMENTS.write_text(json.dumps(marks, indent=1) + "\n", encoding="utf-8")


def _list(page):
    for number in chain.from_iterable(map(numbers, texts(page))):
        print(f"{page.stem}: {number.value:g}: {check(page, number)}: …{number.text}…")


if __name__ == "__main__":
    if sys.argv[1:]:
        _renew(sys.argv[1:])
    else:
        for page in CHAPTERS.glob("*.ipynb"):
            _list(page)
