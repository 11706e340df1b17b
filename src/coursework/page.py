"""The page that a student gets back: points and words, complete in itself.

It runs nothing and loads nothing. A teacher's comments are rendered and pass
the allow-list, all other words are escaped.
"""

import re
from html import escape
from pathlib import Path
from string import Template

from coursework.book import Book
from coursework.feedback import Feedback, Line, Status, tame
from coursework.marks import number
from coursework.rendered import comment

PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
CODE = re.compile(r"`([^`\n]+)`")
OTHER_ID = "tell your teacher if an answer that is a plain number looks right to you."
READ_BY_A_PERSON = "A person reads this answer; the points will follow."
LOOKED_AT_ANEW = (
    "You handed this in again after a person had read it. "
    "A person reads the new version; the points will follow."
)


def page(feedback: Feedback, title: str, book: Book) -> str:
    """The page of a student, complete in itself."""
    rows = "".join(_row(line, book) for line in feedback.lines) if not feedback.problem else ""
    return PAGE.substitute(
        title=escape(title),
        student=escape(f"{feedback.name} ({feedback.student})".removeprefix(" ").strip())
        if feedback.name
        else escape(feedback.student),
        result=escape(_result(feedback)),
        notes="".join(
            f"<p>{escape(tame(note[:1].upper() + note[1:]))}: {OTHER_ID}</p>\n"
            for note in feedback.notes
        ),
        rows=rows,
        hidden="hidden" if feedback.problem else "",
    )


def _result(feedback: Feedback) -> str:
    if feedback.problem:
        return (
            f"Your file could not be read, so it was not marked: {tame(feedback.problem)}. "
            "Please ask your teacher how to hand it in again."
        )
    words = f"{number(feedback.points or 0)} of {number(feedback.out_of)} points"
    if feedback.status in (Status.WAITING, Status.AGAIN):
        words += " so far; some answers are still being read"
    return words


def _row(line: Line, book: Book) -> str:
    mark = "–" if line.points is None else number(line.points)
    return (
        f"<tr><th scope=row>{escape(line.title)}</th>"
        f"<td class=points>{mark} of {number(line.out_of)}</td><td>{_said(line, book)}</td></tr>\n"
    )


def _said(line: Line, book: Book) -> str:
    """What a student reads of a question."""
    if line.points is None:
        return f"<p>{LOOKED_AT_ANEW if line.is_outdated else READ_BY_A_PERSON}</p>" + _found(
            line, book
        )
    found = _found(line, book) + "".join(
        f'<div class="comment">{comment(words)}</div>' for words in line.comments
    )
    return found or ("<p>Full points.</p>" if line.points >= line.out_of else "")


def _found(line: Line, book: Book) -> str:
    """What checks found, the likely mistake with a hint, and where to read."""
    words = "".join(f"<p>{_typeset(each)}</p>" for each in line.words)
    section = line.section
    if line.mistake:
        section = line.mistake.section
        words += f'<p class="likely"><b>Likely:</b> {_typeset(line.mistake.words)}</p>'
        words += f"<p>{_typeset(line.mistake.hint)}</p>" if line.mistake.hint else ""
    return words + (_reference(section, book) if section else "")


def _reference(section: str, book: Book) -> str:
    heading, chapter = book.names(section)
    words = f"“{escape(heading)}” in <cite>{escape(chapter)}</cite>"
    address = book.link(section)
    if address:
        words = f'<a href="{escape(address)}" rel="noreferrer">{words}</a>'
    return f"<p>Read again: {words}.</p>"


def _typeset(words: str) -> str:
    """Words as HTML, what stands between backticks as code."""
    return CODE.sub(r"<code>\1</code>", escape(words))
