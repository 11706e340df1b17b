"""MyST, as the chapters are written, to the Markdown that every program shows.

Directives become paragraphs, quotes and folded details, roles become links. What is not known
here is refused: a reader would see it as it is written.
"""

import re

_FENCED = re.compile(r"^(`{3,})([^\n]*)\n(.*?)^\1[ \t]*$", re.M | re.S)
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}[ \t]*(.*)")
_OPTIONS = re.compile(r"\A(?::[\w-]+:[^\n]*\n)*\n*")
_LABEL = re.compile(r"^:label: ([\w-]+)$", re.M)
_EQUATION = re.compile(r"\$\$(.*?)\s*\$\$[ \t]*\(([\w-]+)\)", re.S)
_CODE = re.compile(r"(?:\{([\w:-]+)\})?(`+)(.+?)(?<!`)\2(?!`)", re.S)
_EXPLICIT = re.compile(r"(.+?)\s*<(.+)>", re.S)


def plain(text, book):
    """The text of a Markdown cell without MyST."""
    parts, end = [], 0
    for fenced in _FENCED.finditer(text):
        parts.append(_inline(text[end : fenced.start()], book))
        directive = _DIRECTIVE.fullmatch(fenced[2].strip())
        parts.append(_directive(*directive.groups(), fenced[3], book) if directive else fenced[0])
        end = fenced.end()
    return "".join([*parts, _inline(text[end:], book)])


def cited(text):
    """The keys of the sources that a text cites."""
    found = re.findall(r"\{cite\}`([^`]*)`", text)
    return {key.strip() for keys in found for key in keys.split(",")}


def _directive(name, title, body, book):
    label = _LABEL.search(_OPTIONS.match(body)[0])
    content = plain(_OPTIONS.sub("", body, count=1).strip("\n"), book)
    if name == "table":
        return content
    if name == "dropdown":
        return _details(title, content)
    if name == "solution":
        return _details(f"Solution to {book.name(title)}", content)
    if name == "prf:proof":
        return _proof(content)
    if name == "exercise" or name.startswith("prf:"):
        heading = f"**{book.name(label[1])}**" + (f" ({_inline(title, book)})" if title else "")
        return f"<blockquote>\n\n{heading}\n\n{content}\n\n</blockquote>"
    raise ValueError(f"directive {{{name}}}: notebooks/markdown.py does not know how to show it")


def _details(summary, content):
    return f"<details>\n<summary>{summary}</summary>\n\n{content}\n\n</details>"


def _proof(content):
    """A proof between its first word and its last sign, in its paragraphs where these are words."""
    first = "\n\n" if re.match(r"\$\$|[-<|`]|\d+\. ", content) else " "
    last = "\n\n" if re.search(r"(\$\$|[>|`])$", content) else " "
    return f"*Proof.*{first}{content}{last}∎"


def _inline(text, book):
    text = _EQUATION.sub(lambda found: _numbered(found[1], book.number(found[2])), text)
    return _CODE.sub(lambda found: _role(found, book) if found[1] else found[0], text)


def _numbered(tex, number):
    return f"$${tex} \\tag{{{number}}}\n$$"


def _role(found, book):
    name, _, content = found.groups()
    explicit = _EXPLICIT.fullmatch(content)
    text, target = explicit.groups() if explicit else (None, content)
    if name == "cite":
        return book.citation([key.strip() for key in target.split(",")])
    if name in ("eq", "numref", "prf:ref", "ref"):
        return book.reference(target, text)
    if name == "doc":
        return book.link(text or book.title(target), target)
    if name in ("py:func", "py:class", "py:mod"):
        shown = target.rsplit(".", 1)[1] if target.startswith("~") else target
        call = "()" if name == "py:func" else ""
        module = "module-" if name == "py:mod" else ""
        return book.link(f"`{shown}{call}`", "reference", f"#{module}{target.removeprefix('~')}")
    raise ValueError(f"role {{{name}}}: notebooks/markdown.py does not know how to show it")
