"""Leave out of a built JupyterLite what no notebook of this site asks for.

Its scripts come in pieces that load each other when they are needed. Those of
diagrams, of Vega's plots, of terminals and of the languages that no notebook
here is written in are more than a third of them; the extensions that would
ask for the first three are disabled in jupyter-lite.json.
"""

import re
import sys

LIBRARIES = {  # a word that the library's own piece contains and no other
    "mermaid": "mermaidAPI",
    "elk, which arranges mermaid's diagrams": "NetworkSimplexPlacer",
    "vega": "regressionLoess",
    "vega-lite": "https://vega.github.io/schema/vega/",
    "vega-embed": "TEST_OPERATION_FAILED",
    "xterm": "xterm-helper",
    "xterm's drawing by WebGL": "webglcontextlost event received",
    "xterm's drawing on a canvas": "TextRenderLayer",
    "the grammar of C++": "co_return co_yield co_await",
    "the grammar of Java": "new super assert open to with void",
    "the grammar of PHP": "endif endfor endforeach endswitch",
    "the grammar of Rust": "pub unsafe async mut extern default move",
    "the grammar of SQL": "CompositeIdentifier",
}
FONTS = ("fa-brands-400.woff2",)  # the signs of companies, which no button bears
NUMBERS = re.compile(r"\.push\(\[\[([\d,]+)\]")
ASKS = re.compile(r"\.e\((\d+)\)")


def trim(folder):
    """Delete the libraries from the folder of JupyterLite's scripts, and what they alone ask for.

    Returns
    -------
    set of str
        The names of the files that were deleted.
    """
    start = (folder / "notebooks" / "bundle.js").read_text(encoding="utf-8")
    pieces, texts = {}, {}
    for path in folder.glob("*.js"):
        texts[path] = path.read_text(encoding="utf-8")
        numbers = NUMBERS.search(texts[path][:1000])
        pieces |= dict.fromkeys(numbers[1].split(",") if numbers else (), path)
    left_out = {_only(word, name, texts) for name, word in LIBRARIES.items()}
    kept, waiting = set(), ASKS.findall(start)
    while waiting:
        path = pieces.get(waiting.pop())  # none where a number stands for parts of other pieces
        if path and path not in kept | left_out:
            kept.add(path)
            waiting += ASKS.findall(texts[path])
    deleted = (set(pieces.values()) - kept) | {folder / name for name in FONTS}
    for path in deleted:
        path.unlink(missing_ok=True)
    return {path.name for path in deleted}


def _only(word, name, texts):
    """The one piece that contains the word."""
    found = [path for path, text in texts.items() if word in text]
    if len(found) != 1:
        sys.exit(f"{len(found)} of JupyterLite's scripts look like {name}: mend web/lite/trim.py")
    return found[0]
