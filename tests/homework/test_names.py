"""Names of files and of people: what two spellings share, and what may name a folder."""

import pytest

from coursework.names import clean, copy_number, plain, stem


@pytest.mark.parametrize(
    "raw, cleaned",
    [
        ("ada", "ada"),
        ("..", ""),
        (" . ", ""),
        ("../x", "_x"),
        ("a/b\\c", "a_b_c"),
        ("a\nb\x00", "a_b_"),
        (".hidden", "hidden"),
        ("a*[b]?", "a__b__"),
        ("x" * 101, ""),
        ("e\u0301", "\u00e9"),
        ("a\udce9", "a_"),
    ],
)
def test_no_id_leads_out_of_its_folder(raw, cleaned):
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    "name, short, number",
    [
        ("slopes.ipynb", "slopes", 0),
        ("slopes (2).ipynb", "slopes", 2),
        ("slopes-Copy1.ipynb.txt", "slopes", 1),
        ("Copy of slopes.ipynb", "slopes", 0),
        ("Ada - Kopie von slopes.ipynb", "Ada - slopes", 0),
        ("student-12.ipynb", "student-12", 0),
    ],
)
def test_a_copy_is_known_by_its_name(name, short, number):
    assert (stem(name), copy_number(name)) == (short, number)


def test_plain_forgets_case_accents_and_signs():
    assert plain("José O'Díaz-1") == plain("JOSE ODIAZ 1") == "joseodiaz1"
