"""What of a page's HTML may stand in it: an allow-list, and nothing besides.

nh3 reads the HTML as a browser does and writes it anew. Nothing that runs,
loads, sends, looks like the page's own parts or carries a name that the page's
scripts look for is on the list: no script, style, form, frame, class or id.
"""

import re
from collections.abc import Callable

import nh3

TEXT = frozenset(
    "p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code kbd samp var em strong b i u "
    "s del ins sub sup small mark abbr cite q table caption thead tbody tfoot tr th td div span "
    "details summary".split()
)
MATH = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msup msub msubsup munder mover "
    "munderover mmultiscripts mprescripts mtable mtr mtd mstyle mphantom menclose".split()
)
ATTRIBUTES = {
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "math": {"display"},
    "mi": {"mathvariant"},
    "mspace": {"width"},
    "mo": {"stretchy", "fence", "form", "accent"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mfrac": {"linethickness"},
    "mtable": {"columnalign"},
    "mtd": {"columnalign"},
    "mstyle": {"displaystyle", "scriptlevel"},
}
ADDRESSES = {"http", "https", "mailto"}
SPACE = re.compile(r"-?[0-2](\.\d{1,3})?em")  # of a formula; more would leave its box
GONE = {"script", "style", "template", "noscript", "iframe", "object", "title"}

Picture = Callable[[str], str | None]  # from the address in a text to the one in the page


def clean(html: str, picture: Picture | None = None, links: bool = False) -> str:
    """HTML of which only what is on the list is left.

    Parameters
    ----------
    html : str
        As it was rendered, from whatever source.
    picture : callable, optional
        What an image's address becomes; an image without one is left out. Without
        `picture` no image is left.
    links : bool
        Whether addresses can be followed: a teacher's own can, a stranger's cannot.

    Returns
    -------
    str
        HTML without anything that runs or loads something.

    Examples
    --------
    >>> clean('<p onclick="x()">a<script>x()</script><a href="javascript:x()">b</a></p>')
    '<p>ab</p>'
    """

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("img", "src"):
            return picture(value) if picture else None
        if tag == "mspace":
            return value if SPACE.fullmatch(value) else None
        if attribute in ("width", "height", "colspan", "rowspan", "start"):
            return value if value.isdecimal() and len(value) < 5 else None
        return value

    tags = set(TEXT | MATH)
    attributes = ATTRIBUTES
    if picture:
        tags.add("img")
    if links:
        tags.add("a")
        attributes = ATTRIBUTES | {"a": {"href"}}
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=GONE,
        attributes=attributes,
        attribute_filter=kept,
        url_schemes=ADDRESSES | ({"attachment", "data"} if picture else set()),
        url_relative="pass_through" if picture else "deny",
    )
