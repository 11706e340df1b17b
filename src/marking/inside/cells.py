"""How a cell runs: as in a notebook, also where it is not quite Python or a package is missing."""

import __future__

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

CO_COROUTINE = 0x80  # as in inspect, which takes long to load
AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
FUTURES = {getattr(__future__, name).compiler_flag for name in __future__.all_feature_names}
CELL_MAGIC = re.compile(r"\s*%%(\w+)[ \t]*([^\n]*)\n?(.*)", re.S)
LINES = (  # lines that only a notebook understands, and what stands for them
    (re.compile(r"^([ \t]*)([\w.,\[\] \t]+?)[ \t]*=[ \t]*%(\w+)[ \t]*(.*)$", re.M), "magic", True),
    (re.compile(r"^([ \t]*)([\w.,\[\] \t]+?)[ \t]*=[ \t]*!()(.*)$", re.M), "getoutput", True),
    (re.compile(r"^([ \t]*)()%(\w+)[ \t]*(.*)$", re.M), "magic", False),
    (re.compile(r"^([ \t]*)()!()(.*)$", re.M), "system", False),
)
HELP = re.compile(r"^([ \t]*)(\?.*|[\w.]+\?+[ \t]*)$", re.M)


class Cells:
    """Runs one cell after the other in the same names.

    Parameters
    ----------
    names : dict
        What the cells share.
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self.names, self.flags = names, AWAIT
        self.absent: dict[str, str] = {}  # names that an import did not give, and the packages
        self.loop: asyncio.AbstractEventLoop | None = None

    def run(self, source: str) -> list[str]:
        """Run a cell; the packages that it imports and that are not there.

        A notebook that ran had its packages: where one is missing here, the
        rest of the cell still counts.
        """
        missing = []
        for body in _parts(parsed(source).body):
            try:
                self._execute(body)
            except ImportError as error:
                if not isinstance(body[0], ast.Import | ast.ImportFrom):
                    raise
                missing.append(str(error.name))
                for alias in body[0].names:
                    self.absent[alias.asname or alias.name.partition(".")[0]] = missing[-1]
        return missing

    def value(self, source: str) -> Any:
        """Run a line; what it comes to where it ends in an expression."""
        body = parsed(source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        self._execute(body)
        if isinstance(last, ast.Expr):
            code = compile(ast.Expression(last.value), "<cell>", "eval", self.flags)
            return self._finish(eval(code, self.names), code.co_flags)
        return None

    def _execute(self, body: list[ast.stmt]) -> None:
        code = compile(ast.Module(body, []), "<cell>", "exec", self.flags, dont_inherit=True)
        for future in FUTURES:
            self.flags |= code.co_flags & future
        self._finish(eval(code, self.names), code.co_flags)

    def _finish(self, value: Any, flags: int) -> Any:
        """Await what a cell awaits."""
        if not flags & CO_COROUTINE:
            return value
        import asyncio  # few notebooks need it, and it takes long to load

        self.loop = self.loop or asyncio.new_event_loop()
        return self.loop.run_until_complete(value)


def _parts(body: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Statements as they run together: each import on its own, the others in between."""
    others: list[ast.stmt] = []
    for statement in body:
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            others.append(statement)
            continue
        if others:
            yield others
            others = []
        if isinstance(statement, ast.ImportFrom):
            yield [statement]
        else:
            for alias in statement.names:
                yield [ast.copy_location(ast.Import([alias]), statement)]
    if others:
        yield others


def assigns(source: str, name: str | None) -> bool:
    """Whether a cell gives a value to a name."""
    nodes = (node for node in ast.walk(parsed(source)) if isinstance(node, ast.Name))
    return any(node.id == name and isinstance(node.ctx, ast.Store) for node in nodes)


def parsed(source: str) -> ast.Module:
    """The statements of a cell; what only a notebook understands becomes calls of its shell."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.parse(python(source))


def python(source: str) -> str:
    """A cell with magics as Python, much as IPython translates it (which takes long to load)."""
    whole = CELL_MAGIC.fullmatch(source)
    if whole:
        name, line, cell = whole.groups()
        return f"get_ipython().run_cell_magic({name!r}, {line!r}, {cell!r})"
    for pattern, method, assigns in LINES:

        def call(found: re.Match[str], method: str = method, assigns: bool = assigns) -> str:
            indent, target, name, rest = found.groups()
            arguments = f"{name!r}, {rest!r}" if method == "magic" else repr(rest)
            method = "run_line_magic" if method == "magic" else method
            start = f"{indent}{target} = " if assigns else indent
            return f"{start}get_ipython().{method}({arguments})"

        source = pattern.sub(call, source)
    return HELP.sub(r"\1pass", source)
