"""Questions on a page: nothing of what follows is seen before the reader has answered."""

import pytest

CHAPTER = "chapters/chain_rule.html"
GIVEN = "You said 8.674×10⁻¹⁹; it is 3.751×10⁻²⁰. Your guess is a factor of 23 too large. That is ¼"


@pytest.fixture
def page(address, open_page):
    return open_page(f"{address}{CHAPTER}")


def first(page):
    return page.locator("#question-06da67e7")


def veiled(page):
    """How many blocks behind the first question are veiled."""
    after = "xpath=ancestor::*[contains(@class, 'cell ')]/following-sibling::*[position() <= 2]"
    return first(page).locator(after).and_(page.locator(".veiled[inert]")).count()


def test_what_follows_is_veiled_until_a_guess(page):
    assert veiled(page) == 2
    assert not first(page).get_by_text("Answer").is_visible()
    field = first(page).get_by_label("Your guess")
    field.fill("a quarter")
    field.press("Enter")
    assert "is no number" in first(page).get_by_role("status").inner_text()
    assert veiled(page) == 2
    field.fill("0.25^30")
    field.press("Enter")
    assert first(page).get_by_role("status").inner_text().startswith(GIVEN)
    assert veiled(page) == 0


def test_a_guess_is_remembered(page):
    field = first(page).get_by_label("Your guess")
    field.fill("1e-20")
    first(page).get_by_role("button", name="Guess").click()
    page.reload()
    assert veiled(page) == 0
    assert field.input_value() == "1e-20"
    assert "a factor of 3.8 too small" in first(page).get_by_role("status").inner_text()


def test_show_me_lifts_the_veil_without_a_guess(page):
    first(page).get_by_role("button", name="Show me").click()
    assert veiled(page) == 0
    assert first(page).get_by_text("Answer: 3.751×10⁻²⁰").is_visible()


def test_on_paper_everything_is_there(page):
    page.emulate_media(media="print")
    assert first(page).get_by_text("Answer: 3.751×10⁻²⁰").is_visible()
    assert page.locator(".veiled").first.evaluate("each => getComputedStyle(each).filter") == "none"


def test_without_a_script_everything_is_there(address, open_page):
    page = open_page(f"{address}{CHAPTER}", java_script_enabled=False)
    assert first(page).get_by_text("Answer: 3.751×10⁻²⁰").is_visible()
    assert veiled(page) == 0


def test_where_nothing_can_be_stored_a_guess_is_told_all_the_same(page):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })"
    )
    page.reload()
    field = first(page).get_by_label("Your guess")
    field.fill("1e-20")
    field.press("Enter")
    assert "a factor of 3.8 too small" in first(page).get_by_role("status").inner_text()
