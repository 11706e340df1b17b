"""Markdown as HTML that can be shown to anybody: formulas as MathML, pictures made anew.

It needs no script and no network. What cannot be shown is named, or stands
there as it was written, so that nothing of an answer is lost to its reader.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from coursework.allowlist import TEXT, clean
from coursework.attachments import Attachments
from coursework.formulas import formula

LONGEST = 20_000
TAG = re.compile(rf"<(?!/?(?:{'|'.join(TEXT | {'img'})})\b)(?=[A-Za-z/!?])", re.I)
LEFT_OUT = re.compile(r'<img[^>]*src="left-out:([^"]*)"[^>]*>')

Env = MutableMapping[str, Any]


def rendered(source: str, attached: Mapping[str, Any] | None = None) -> str:
    """What a student wrote, as HTML that does nothing.

    Links are shown with their address and cannot be followed; pictures that are
    not in the notebook are named and not fetched.

    Parameters
    ----------
    source : str
        Markdown, as Jupyter understands it.
    attached : mapping, optional
        The cell's attachments, in the form of the notebook.

    Examples
    --------
    >>> rendered("*Yes*, see [here](http://localhost/tree)")
    '<p><em>Yes</em>, see here <code>(http://localhost/tree)</code></p>\\n'
    """
    pictures = Attachments(attached or {})
    source = pictures.numbered(source)
    html = _html(STUDENT, source) + _html(STUDENT, pictures.unmentioned(source))
    html = clean(html, pictures.address)
    return LEFT_OUT.sub(lambda found: _left_out(unquote(found[1])), html)


def _left_out(words: str) -> str:
    return f"<code>[a picture is not shown: {escape(words, quote=False)}]</code>"


def comment(source: str) -> str:
    """What a teacher wrote, whole: Markdown and formulas, and addresses that can be followed.

    Examples
    --------
    >>> comment("Is <x> < 1? See https://example.org/a//b.")
    '<p>Is &lt;x&gt; &lt; 1? See https://example.org/a//b.</p>\\n'
    """
    return clean(_html(TEACHER, source), links=True)


def _html(markdown: MarkdownIt, source: str) -> str:
    text, rest = source[:LONGEST], source[LONGEST:]
    try:
        html = str(markdown.render(text))
    except Exception:  # whatever a text does to a parser, it can be read
        html = f"<pre>{escape(text)}</pre>"
    return html + (f"<pre>{escape(rest[:LONGEST])} …</pre>" if rest else "")


def _markdown(**options: bool) -> MarkdownIt:
    """Jupyter's Markdown without reference links, whose search takes minutes for odd texts."""
    made = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    made.disable("reference")
    return made.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_digits=False,
        double_inline=True,
        renderer=lambda tex, style: formula(tex, style["display_mode"]),
    ).use(amsmath_plugin, renderer=lambda tex: formula(tex, is_block=True))


def _without_link(
    self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: Env
) -> str:
    return ""


def _address(
    self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: Env
) -> str:
    """The address of the link that ends here, unless it is the text of the link too."""
    opened = next(token for token in reversed(tokens[:place]) if token.type == "link_open")
    if opened.info == "auto":
        return ""
    return f" <code>({escape(unquote(str(opened.attrs['href'])), quote=False)})</code>"


def _known_tags(
    self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: Env
) -> str:
    """HTML of the student's own, with the tags that are not allowed as words."""
    return TAG.sub("&lt;", tokens[place].content)


def _end_of_link(
    self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: Env
) -> str:
    """The end of a teacher's link; the address stands there in words if it leads nowhere."""
    opened = next(token for token in reversed(tokens[:place]) if token.type == "link_open")
    leads = str(opened.attrs["href"]).startswith(("http://", "https://", "mailto:"))
    return "</a>" if leads else "</a>" + _address(self, tokens, place, options, env)


def _picture_as_link(
    self: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: Env
) -> str:
    """A teacher's picture is fetched by who wants to see it, not by the page."""
    address = escape(str(tokens[place].attrs["src"]))
    return f'<a href="{address}">{escape(tokens[place].content) or address}</a>'


STUDENT, TEACHER = _markdown(html=True), _markdown(html=False, breaks=True)
for token, rule in {
    "link_open": _without_link,
    "link_close": _address,
    "html_inline": _known_tags,
    "html_block": _known_tags,
}.items():
    STUDENT.add_render_rule(token, rule)
TEACHER.add_render_rule("image", _picture_as_link)
TEACHER.add_render_rule("link_close", _end_of_link)
