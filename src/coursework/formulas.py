"""Formulas in LaTeX as MathML, which browsers typeset without a script and without a network."""

import re
from html import escape

from latex2mathml.converter import convert

LONGEST = 4_000
INNER = {"aligned": "align*", "gathered": "gather*", "split": "align*", "eqnarray": "align*"}
ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(INNER)})\*?\}}")
MACROS = re.compile(r"\\(def|gdef|edef|let|(re|provide)?newcommand|newenvironment)\b")
# fonts draw a prime high up already
PRIME = re.compile(r"<msup>(<m[ino][^>]*>[^<]*</m[ino]>)<mi>(&#x0203[234];)</mi></msup>")
BAR = re.compile(r'<mo(?: stretchy="false")?>&#x0007C;</mo>')  # stands close, as in |w|


def formula(tex: str, is_block: bool = False) -> str:
    r"""A formula as MathML; where it cannot be typeset, as it was written.

    Parameters
    ----------
    tex : str
        LaTeX without its dollars.
    is_block : bool
        Whether it stands on lines of its own.

    Examples
    --------
    >>> formula(r"x^2")
    '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    >>> formula(r"\fraction{1}{2}")
    '<code>$\\fraction{1}{2}$</code>'
    """
    kind = "block" if is_block else "inline"
    try:
        made = "" if _is_refused(tex) else convert(_known(tex), display=kind)
    except Exception:  # a parser met what students write
        made = ""
    if not made or "<mi>\\" in made:  # a word that it does not know
        return _as_written(tex, is_block)
    made = PRIME.sub(r"<mrow>\1<mo>\2</mo></mrow>", BAR.sub(r"<mi>|</mi>", made))
    return re.sub(r"^<math [^>]*>", f'<math display="{kind}">', made)


def _is_refused(tex: str) -> bool:
    """Whether it might take for ever: macros that call macros double with each line."""
    return len(tex) > LONGEST or bool(MACROS.search(tex))


def _known(tex: str) -> str:
    return ENVIRONMENT.sub(lambda found: f"\\{found[1]}{{{INNER[found[2]]}}}", tex)


def _as_written(tex: str, is_block: bool) -> str:
    words = escape(tex.strip(), quote=False)
    return f"<pre>$${words}$$</pre>" if is_block else f"<code>${words}$</code>"
