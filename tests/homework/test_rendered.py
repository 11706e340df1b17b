"""What strangers and teachers wrote, as HTML: nothing of it acts, nothing of it is lost."""

import base64
import io
import time
from html.parser import HTMLParser

import pytest
from PIL import Image

from coursework.allowlist import ATTRIBUTES, MATH, TEXT, clean
from coursework.formulas import formula
from coursework.rendered import comment, rendered

from .payloads import MARKDOWN


class Tags(HTMLParser):
    """All tags of a page, with their attributes, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def red(kind="PNG", size=(3, 2)):
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, kind)
    return file.getvalue()


def attached(data, kind="image/png"):
    return {kind: base64.b64encode(data).decode()}


@pytest.mark.parametrize("name", MARKDOWN)
def test_nothing_but_what_is_on_the_list_is_left(name):
    for tag, attributes in Tags(rendered(MARKDOWN[name])).tags:
        assert tag in TEXT | MATH | {"img"}
        assert attributes.keys() <= ATTRIBUTES.get(tag, set())
        assert attributes.get("src", "data:image/png").startswith("data:image/")


@pytest.mark.parametrize(
    "source, words",
    [
        ("if x<y and y>z", "if x<y and y>z"),
        ("<y and z>", "<y and z>"),
        ("see [here](https://example.org/a//b)", "see here (https://example.org/a//b)"),
        ("<https://example.org/a//b>", "https://example.org/a//b"),
        ("<script>x()</script> mine", "<script>x()</script> mine"),
        ("[a](java&#115;cript:x())", "[a](javascript:x())"),
        ("![my plot](https://example.org/p.png)", "https://example.org/p.png (elsewhere"),
        ("![plot](attachment:my plot (2).png)", "my plot (2).png"),
        ("costs $5 or $6", "costs $5 or $6"),
        (r"so $\unknown{x}$ it is", r"so $\unknown{x}$ it is"),
        (r"$\def\a{\b\b}\def\b{\c\c}\a$", r"$\def\a{\b\b}\def\b{\c\c}\a$"),
        ("$$\n\\frac{\n$$", "$$\\frac{$$"),
        ("a " * 12_000 + "the end", "the end"),
    ],
)
def test_what_cannot_be_shown_stands_there_in_words(source, words):
    assert words in Tags(rendered(source)).text


@pytest.mark.parametrize(
    "source",
    ["$x^2$", "so $$x^2$$ holds", "so\n$$\nx^2\n$$\nholds", r"\begin{align}x^2\end{align}"],
)
def test_formulas_are_typeset_without_a_script(source):
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in rendered(source) and "$" not in rendered(source)


def test_what_stands_in_aligned_columns_is_aligned():
    made = formula(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", is_block=True)
    assert made.count("<mtr>") == 2 and "&amp;" not in made


@pytest.mark.parametrize(
    "name, source",
    [
        ("photo.png", "![p](attachment:photo.png)"),
        ("my photo (1).png", "![p](attachment:my photo (1).png)"),
        ("my photo (1).png", "![p](attachment:my%20photo%20%281%29.png)"),
        ("my photo (1).png", "![p](<attachment:my photo (1).png>)"),
        ("a [b] c.png", "![p](attachment:a [b] c.png)"),
        ("Beweis ä.png", '<img src="attachment:Beweis ä.png" width=300>'),
        ('"><script>.png', "no word of it"),
        ("photo.png", "YOUR ANSWER HERE"),
    ],
)
def test_an_attached_picture_is_shown_whatever_its_name(name, source):
    tags = Tags(rendered(source, {name: attached(red())})).tags
    (image,) = [attributes for tag, attributes in tags if tag == "img"]
    kind, _, content = image["src"].partition(";base64,")
    shown = Image.open(io.BytesIO(base64.b64decode(content)))
    assert kind == "data:image/png" and shown.getpixel((0, 0)) == (255, 0, 0)


def test_of_two_names_that_begin_alike_each_shows_its_own():
    pictures = {"a.png": attached(red()), "a.png.png": attached(red(size=(7, 7)))}
    html = rendered("![1](attachment:a.png.png)", pictures)
    assert [attributes["alt"] for tag, attributes in Tags(html).tags if tag == "img"] == ["1", ""]
    assert html.index('alt="1"') < html.index('alt=""')


def test_a_picture_in_the_text_itself_is_shown():
    data = base64.b64encode(red(size=(300, 300))).decode()
    assert rendered(f"before ![p](data:image/png;base64,{data}) after").count("<img ") == 1


def test_a_damaged_picture_is_named():
    assert "photo.png (damaged)" in rendered("", {"photo.png": attached(b"\x89PNG no")})
    assert "photo.png (damaged)" in rendered("", {"photo.png": "no bundle"})


def test_a_comment_survives_whole():
    words = "Look at https://example.org/a//b/c?x=1&y=2, then 1/2 & <b>\nagain: [p](http://a.org/)"
    shown = Tags(comment(words + " $\\frac12$ ![i](http://a.org/i.png)"))
    assert "Look at https://example.org/a//b/c?x=1&y=2, then 1/2 & <b>" in shown.text
    links = [attributes["href"] for tag, attributes in shown.tags if tag == "a"]
    assert links == ["http://a.org/", "http://a.org/i.png"]
    assert ("mfrac", {}) in shown.tags and not [tag for tag, _ in shown.tags if tag == "img"]


def test_an_address_in_a_comment_that_leads_nowhere_stands_there_in_words():
    assert Tags(comment("see [here](notes/p.pdf)")).text == "see here (notes/p.pdf)\n"


@pytest.mark.parametrize("name", MARKDOWN)
def test_nothing_acts_in_a_comment_either(name):
    for tag, attributes in Tags(comment(MARKDOWN[name])).tags:
        assert tag in TEXT | MATH | {"a"}
        assert attributes.get("href", "https:").startswith(("http:", "https:", "mailto:"))


def test_sizes_that_leave_the_page_are_no_sizes():
    html = '<img src="data:," width="99999" height="50%" title="t">'
    assert clean(html, str) == '<img src="data:," title="t">'


@pytest.mark.parametrize(
    "text",
    {
        "links": "[" * 20_000,
        "images": "![" * 10_000,
        "stars": "*a " * 6_000,
        "braces": "$" + "{" * 3_000 + "$",
        "quotes": "> " * 10_000,
        "references": "".join(f"[a{n}]: x\n" for n in range(1_500)),
        "tags": "<div>" * 4_000,
        "formulas": "$x$ " * 5_000,
    }.values(),
)
def test_no_text_takes_for_ever(text):
    begun = time.process_time()
    rendered(text)
    assert time.process_time() - begun < 10
