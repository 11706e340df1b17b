"""Formulas, rendered by KaTeX while the site is built.

KaTeX runs in QuickJS, so that neither the build needs Node nor the page a
script. A formula that KaTeX refuses is a Sphinx warning, which fails the build.
"""

import json
import re
import threading
from functools import cache
from pathlib import Path

import quickjs
from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

KATEX = Path(__file__).parents[1] / "katex"
OPTIONS = {"throwOnError": True, "output": "htmlAndMathml", "strict": "error"}

logger = logging.getLogger(__name__)
_thread = threading.local()  # a QuickJS context belongs to the thread that made it


@cache
def render(tex, display=False):
    """HTML of a formula; raises ``quickjs.JSException`` where KaTeX refuses it."""
    if not hasattr(_thread, "katex"):
        _thread.katex = quickjs.Context()
        _thread.katex.eval((KATEX / "katex.min.js").read_text(encoding="utf-8"))
    call = (
        f"katex.renderToString({json.dumps(tex)}, {json.dumps(OPTIONS | {'displayMode': display})})"
    )
    return valid(_thread.katex.eval(call))


def valid(html):
    """KaTeX's HTML with the MathML that the schema asks for.

    The name of a function and the sign that applies it are two elements, one too many for a
    subscript such as that of ``\\sigma_{\\max}``; and a space between columns has a length.
    """
    named = re.sub(r"<mi(?: [^>]*)?>[^<]*</mi><mo>\u2061</mo>", r"<mrow>\g<0></mrow>", html)
    return named.replace(' columnspacing=""', "")


def aligned(tex):
    """Displayed TeX as Sphinx means it: blank lines part equations, ``\\\\`` parts lines."""
    parts = [part.strip() for part in tex.split("\n\n") if part.strip()]
    lines = [rf"\begin{{split}}{part}\end{{split}}" if r"\\" in part else part for part in parts]
    if len(lines) < 2:
        return "".join(lines)
    return r"\begin{aligned}" + r"\\".join(f"&{line}" for line in lines) + r"\end{aligned}"


def unnumbered(tex):
    """TeX whose environments do not number their lines: the book numbers its equations itself."""
    return re.sub(r"\\(begin|end)\{(align|alignat|equation|gather)\}", r"\\\1{\2*}", tex)


def _rendered(node, tex, display):
    try:
        return render(tex, display)
    except quickjs.JSException as error:
        reason = str(error).splitlines()[0]
        logger.warning("formula not understood: %s: %s", reason, tex.strip(), location=node)
        return ""


def _visit_inline(translator, node):
    opening = translator.starttag(node, "span", "", CLASS="math notranslate nohighlight")
    translator.body.append(opening + _rendered(node, node.astext(), False) + "</span>")
    raise nodes.SkipNode


def _visit_display(translator, node):
    tex = node.astext()
    tex = unnumbered(tex) if node["nowrap"] else aligned(tex)
    body = translator.body
    body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight"))
    body.append(_rendered(node, tex, True))
    if node["number"] and not node["nowrap"]:
        body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, "Link to this equation")
        body.append("</span>")
    body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("katex", (_visit_inline, None), (_visit_display, None))
