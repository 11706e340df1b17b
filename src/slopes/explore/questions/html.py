"""The HTML of a question: all of it as it stands, asked first where the page's script runs."""

import json
from html import escape
from zlib import crc32

from slopes.explore.questions.asked import Asked


def html(question: Asked) -> str:
    """The HTML of a question, with what its script needs."""
    key = f"question-{crc32(question.question.encode()):08x}"
    data = json.dumps(question.spec(), separators=(",", ":"), ensure_ascii=False)
    form = _options(question) if question.options else _field()
    parts = [
        f'<p class="question-asked" id="{key}-asked">{escape(question.question)}</p>',
        f'<form class="question-answers" autocomplete="off" aria-labelledby="{key}-asked">'
        f'{form}<button type="reset">Show me</button></form>',
        '<p class="question-said" role="status"></p>',
        f'<p class="question-truth">Answer: {escape(question.shown)}</p>',
        _figure(question),
        f'<script type="application/json">{data.replace("<", chr(92) + "u003c")}</script>',
    ]
    return f'<div class="question" id="{key}" data-veils="{question.veils}">{"".join(parts)}</div>'


def _field() -> str:
    field = '<input name="guess" size="14" spellcheck="false" autocapitalize="off">'
    return f'<label>Your guess {field}</label><button type="submit">Guess</button>'


def _options(question: Asked) -> str:
    buttons = (f'<button type="button">{escape(name)}</button>' for name in question.options)
    return "".join(buttons)


def _figure(question: Asked) -> str:
    if question.figure is None:
        return ""
    shown = question.figure._repr_mimebundle_()["text/html"]
    return f'<div class="question-figure">{shown}</div>'
