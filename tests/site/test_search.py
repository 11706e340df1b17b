"""What a student types finds its page first: words, symbols and the numbers of the book."""

import json
import re

import pytest
from docutils import nodes
from pages.concepts import entries
from pages.search import linear, mathml, rounded, words

# written as a student would type them, before the index was looked at
EXPECTED = [
    ("chain rule", "chain_rule"),
    ("vanishing gradient", "chain_rule"),
    ("exploding gradient", "chain_rule"),
    ("unstable gradient", "chain_rule"),
    ("backpropagation", "chain_rule"),
    ("gain", "chain_rule"),
    ("sigmoid derivative", "sigmoid_bounds"),
    ("maximum slope of the sigmoid", "sigmoid_bounds"),
    ("w/4", "sigmoid_bounds"),
    ("σ", "sigmoid_bounds"),
    ("sigma", "sigmoid_bounds"),
    ("0.4477", "interval_width"),
    ("0.45", "interval_width"),
    ("6.9", "interval_width"),
    ("6.894", "interval_width"),
    ("steep interval", "interval_width"),
    ("4.882", "learning_speed"),
    ("-2.3076", "random_chains"),
    ("−2.3076", "random_chains"),
    ("identity neuron", "identity_neuron"),
    ("random weights", "random_chains"),
    ("random walk", "random_chains"),
    ("resnet", "recurrent_residual"),
    ("residual network", "recurrent_residual"),
    ("recurrent network", "recurrent_residual"),
    ("spectral radius", "recurrent_residual"),
    ("jacobian", "recurrent_residual"),
    ("singular values", "recurrent_residual"),
    ("lyapunov exponent", "recurrent_residual"),
    ("learning rate", "learning_speed"),
    ("cross-entropy", "learning_speed"),
    ("batch normalization", "cures"),
    ("initialization", "cures"),
    ("relu", "cures"),
    ("universal approximation", "universality"),
    ("bump", "universality"),
    ("tower", "universality"),
    ("cybenko", "one_hidden_layer"),
    ("fourier transform", "one_hidden_layer"),
    ("least squares", "built_or_learned"),
    ("pixelcnn", "autoregressive"),
    ("masked convolution", "autoregressive"),
    ("errors in the literature", "errata"),
    ("homework", "sheets"),
    ("interval_width", "reference"),
    ("symbols", "notation"),
]


@pytest.fixture(scope="module")
def results(browser, address):
    """Search for words: the addresses found, best first."""
    page = browser.new_page()

    def results(query):
        page.goto(f"{address}search.html?" + f"q={query}".replace(" ", "+"))
        page.get_by_text(re.compile("Search finished|did not match")).first.wait_for()
        return [link.get_attribute("href") for link in page.locator("ul.search li > a").all()]

    yield results
    page.close()


@pytest.mark.parametrize(("query", "name"), EXPECTED)
def test_a_term_finds_its_page_first(results, query, name):
    found = results(query)
    assert found and re.match(r"chapters/(\w+)\.html", found[0])[1] == name, found[:5]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("0.4477", "interval_width.html#widest-steep-interval"),
        ("0.447743", "interval_width.html#widest-steep-interval"),
        ("6.9", "interval_width.html#widest-steep-interval"),
        ("-2.3076", "random_chains.html#decade-per-layer"),
        ("4.882", "learning_speed.html#fig-shrinking"),
        ("The widest interval", "interval_width.html#widest-steep-interval"),
        ("vanishing gradient", "chain_rule.html#vanish-explode-the-product-is-unstable"),
    ],
)
def test_a_number_and_a_concept_find_their_place(results, site, query, place):
    assert results(query)[0] == f"chapters/{place}"
    page, anchor = place.split("#")
    assert f'id="{anchor}"' in (site / "chapters" / page).read_text(encoding="utf-8")


def test_excerpts_say_each_formula_once(browser, address):
    page = browser.new_page()
    page.goto(f"{address}search.html?q=w%2F4")
    page.get_by_text("Search finished").first.wait_for()
    page.wait_for_load_state("networkidle")
    excerpts = page.locator("ul.search p.context").all_inner_texts()
    assert len(excerpts) > 3
    thrice = re.compile(r"\\[a-z]+|\b([A-Za-z])\1\1\b")
    assert not [text for text in excerpts if thrice.search(text)]
    page.close()


def test_the_index_has_no_tex(site):
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    words = {*index["terms"], *index["titleterms"]}
    assert {"sigma", "σ", "w/4", "0.447743"} <= words
    assert not {"frac", "tfrac", "mathbb", "operatornam", "ldot", "varphi", "cdot"} & words
    assert not [title for title in index["alltitles"] if "\\" in title or "$" in title]


@pytest.mark.parametrize(
    ("number", "quoted"),
    [
        ("6.894151", {"6.894151", "6.9", "6.89", "6.894", "6.8942"}),
        ("0.447743", {"0.447743", "0.45", "0.448", "0.4477", "0.44774"}),
        ("0.0134", {"0.0134", "0.013"}),
    ],
)
def test_a_decimal_is_found_as_it_is_quoted(number, quoted):
    assert rounded(number) == quoted


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"|w|/4", {"w/4"}),
        (r"\tfrac{w}{4}\,\sigma'(z)", {"w/4", "σ", "sigma"}),
        (r"\operatorname{arsinh} 0.4477\ldots", {"arsinh", "0.4477"}),
        (r"\begin{aligned} a &= \frac12 \\ \chi_n &\le 1 \end{aligned}", {"1/2", "χ", "chi"}),
    ],
)
def test_a_formula_is_the_words_that_a_reader_types(tex, wanted):
    assert set(words(nodes.math(tex, tex))) == wanted


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"\sigma'(z) = \tfrac14", "σ′(z)=1/4"),
        (r"\sqrt{w^2 - 4}", "√(w^2−4)"),
        (r"0.4477\ldots", "0.4477…"),
    ],
)
def test_a_formula_in_one_line(tex, line):
    assert linear(mathml(nodes.math(tex, tex))) == line


def test_a_concept_without_its_place_is_refused():
    with pytest.raises(LookupError, match="chain_rule has no"):
        entries("chain_rule", {"link-by-link"})
