"""Explorables on a page without a kernel, in a real browser."""

import re

import numpy as np
import pytest

from explore.compare import assert_page_agrees, drawn
from explore.conftest import SCRIPT
from explore.examples import X, every_kind, one_line
from slopes.explore import choice, explore, slider
from slopes.explore.page.html import html
from slopes.explore.trace.operations import ELEMENTWISE, OPERATIONS, REDUCTIONS
from slopes.figures._house import name_bars, panels
from slopes.figures._narrow import when_narrow


def number(page, place=0):
    return page.locator("dd").nth(place).inner_text()


def settle(page):
    """Wait until a move has ended: the words for the screen reader and the address follow."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 600))")  # theirs is 400


def test_every_kind_of_artist_agrees_with_numpy_and_matplotlib(show):
    explorable = every_kind()
    assert_page_agrees(show(explorable), explorable)


def test_gaps_are_gaps(show):
    """NaN and infinite values in every kind of artist, on linear and on log axes."""
    figure, (left, right) = panels(1, 2)
    left.plot(X, X, "o-", gid="line")
    left.fill_between(X, X, X + 1, gid="band")
    left.axvline(0, gid="rule")
    left.axvspan(0, 1, gid="span")
    left.text(0, 0, "{:.2f}", gid="label")
    left.set(xlim=(-1, 2), ylim=(-3, 3))
    right.plot(X + 3, X**2, gid="log")
    name_bars(right.bar([1, 2, 3], [1, 1, 1]), "bars")
    right.set(xscale="log", yscale="log", xlim=(0.5, 10), ylim=(1e-3, 1e3))
    inset = left.inset_axes([0.1, 0.1, 0.3, 0.3])
    inset.pcolormesh(np.ones((3, 4)), vmin=0, vmax=1, gid="heat")

    def update(w):
        hole = np.where(np.abs(X - w) < 0.3, np.nan, X)
        bad = np.where(w > 1, np.inf, np.where(w < -0.5, np.nan, w))
        return {
            "line": hole,
            "band": (hole - 0.5, np.where(X > w + 0.5, np.inf, X)),
            "rule": bad,
            "span": (bad, 1.5),
            "label": (0.0, 0.0, bad),
            "log": np.where(X > w, X - w, X),
            "bars": np.stack([bad, w, 1.0]),
            "heat": w + np.where(np.arange(12).reshape(3, 4) % 5 == 0, np.nan, 0.3),
            "number": bad,
        }

    explorable = explore(figure, update, w=slider(-1, 2, 0.5))
    assert_page_agrees(show(explorable), explorable)


def test_two_explorables_of_the_same_names_do_not_meddle(show):
    first, second = one_line(), one_line()
    page = show(first, second)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
    page.evaluate("document.querySelectorAll('.explorable')[1].explorable.give('w', 2)")
    drawn(page)
    assert (number(page, 0), number(page, 1)) == ("2", "4")
    assert_page_agrees(page, second, place=1, tries=5)


def test_signs_of_html_and_tex_in_names_and_words_stay_what_they_are(show):
    name = "<b>a</b> & \"c\" 'd' $x_1$ </script>"
    figure, axes = panels()
    axes.plot(X, X, gid="<line> & 'x'")
    axes.text(0, 0, "a < b & </text> {:.1f}", gid="label")
    axes.set(xlim=(-1, 2), ylim=(-3, 3))
    explorable = explore(
        figure,
        lambda w, kind: {"<line> & 'x'": w * X, "label": w, name: w, "goal": w > 1.5},
        goal='more than <i>1.5</i> & "less" than $2$',
        w=slider(0, 2, 1),
        kind=choice("<one>", "a & b", '"quoted"'),
    )
    page = show(explorable)
    assert page.locator("dt").inner_text() == name.replace("_", " ")
    assert page.locator(".explorable-wide svg text").text_content() == "a < b & </text> 1.0"
    assert '<i>1.5</i> & "less" than $2$' in page.locator(".explorable-goal").inner_text()
    assert page.locator("option").all_inner_texts() == ["<one>", "a & b", '"quoted"']
    assert page.locator("b, i").count() == 0
    assert_page_agrees(page, explorable, tries=3)


def test_keys_move_a_slider(show):
    page = show(one_line(w=slider(-2, 2, 1, step=0.1)))
    control = page.get_by_role("slider", name="w")
    control.focus()
    steps = ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "PageDown", "PageUp", "End", "Home"]
    shown = []
    for key in steps:
        page.keyboard.press(key)
        drawn(page)
        shown.append(page.locator("form span").inner_text())
    assert shown == ["1.1", "1.2", "1.1", "1.0", "0.0", "1.0", "2.0", "−2.0"]
    assert control.get_attribute("aria-valuetext") == "−2.0"
    assert number(page) == "−4"


def test_pointer_and_touch_move_a_slider(show):
    page = show(one_line(), has_touch=True)
    box = page.get_by_role("slider", name="w").bounding_box()
    middle, top = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(middle, top)
    drawn(page)
    assert number(page) == "0"
    page.touchscreen.tap(box["x"] + box["width"] - 3, top)
    drawn(page)
    assert number(page) == "4"


def test_a_choice_changes_the_picture(show):
    explorable = one_line(
        lambda w, way: {"line": way * w * X, "end": way * w}, w=slider(-2, 2, 1), way=choice(1, -1)
    )
    page = show(explorable)
    before = page.locator(".explorable-wide [data-artist] path").get_attribute("d")
    page.get_by_role("combobox", name="way").select_option("-1")
    drawn(page)
    assert number(page) == "−1"
    assert page.locator(".explorable-wide [data-artist] path").get_attribute("d") != before


def test_reset_returns_to_the_start_exactly(show):
    explorable = one_line(w=slider(-2, 2, 0.123456789))
    page = show(explorable)
    page.get_by_role("slider", name="w").focus()
    page.keyboard.press("End")
    settle(page)
    assert "w=2" in page.url
    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert page.locator("form span").inner_text() == "0.123456789"
    assert number(page) == "0.2469"
    assert "?" not in page.url


def test_the_address_holds_the_state_and_brings_it_back(show):
    def update(w, way):
        return {"line": way * w * X, "end": way * w}

    controls = {"w": slider(-2, 2, 1), "way": choice(1, -1)}
    first, second = one_line(update, **controls), one_line(update, **controls)
    page = show(first, second, query="?fig-1.w=-0.57&fig-1.way=-1&other=kept#there")
    assert (number(page, 0), number(page, 1)) == ("1", "0.57")
    page.get_by_role("slider", name="w").nth(0).focus()
    page.keyboard.press("Home")
    settle(page)
    assert page.url.endswith("?fig-1.w=-0.57&fig-1.way=-1&other=kept&fig-0.w=-2#there")
    page.reload()
    assert (number(page, 0), number(page, 1)) == ("−2", "0.57")


@pytest.mark.parametrize("said", ["abc", "", "1e99", "NaN", "%3Cscript%3E"])
def test_nonsense_in_the_address_does_no_harm(show, said):
    page = show(one_line(), query=f"?fig-0.w={said}")
    assert number(page) == ("4" if said == "1e99" else "2")


def test_the_goal_is_told_in_words(show):
    page = show(_with_goal())
    goal = page.locator(".explorable-goal")
    assert goal.inner_text() == "Goal: Steeper than 1.5. Not yet reached"
    page.get_by_role("slider", name="w").focus()
    page.keyboard.press("End")
    settle(page)
    assert goal.inner_text() == "Goal: Steeper than 1.5. ✓ Reached"
    assert page.get_by_role("status").inner_text() == "w = 2.00. Goal reached"
    page.keyboard.press("Home")
    settle(page)
    assert page.get_by_role("status").inner_text() == "w = −2.00. Goal not yet reached"


def _with_goal():
    figure, axes = panels()
    axes.plot(X, X, gid="line")
    axes.set(xlim=(-1, 2), ylim=(-3, 3))
    return explore(
        figure,
        lambda w: {"line": w * X, "goal": w > 1.5},
        goal="Steeper than 1.5.",
        w=slider(-2, 2, 1),
    )


def test_subscripts_stand_below_the_line(show):
    page = show(
        one_line(lambda h1: {"line": h1 * X, "sigma_max": h1}, h1=slider(-2, 2, 1, step=0.1))
    )
    assert page.locator("label").inner_html() == "h<sub>1</sub>"
    assert page.locator("dt").inner_html() == "σ<sub>max</sub>"
    assert page.locator(".explorable-values").text_content() == "h₁ = 1.0"


def test_the_name_of_the_picture_tells_where_it_stands(show):
    page = show(one_line())
    page.evaluate(NAME_DRAWINGS)
    page.evaluate("document.querySelectorAll('svg').forEach((each) => delete each.dataset.alt)")
    page.get_by_role("slider", name="w").focus()
    for key, end in {"End": "w = 2.00. end 4", "Home": "w = −2.00. end −4"}.items():
        page.keyboard.press(key)
        settle(page)
        names = [each.get_attribute("aria-label") for each in page.locator("svg").all()]
        assert names == [f"A picture. Now: {end}."] * 2


def test_announcements_come_at_the_end_of_a_move_only(show):
    page = show(one_line())
    page.evaluate("""() => {
        window.said = [];
        const status = document.querySelector("[role=status]");
        new MutationObserver(() => said.push(status.textContent)).observe(
            status, { childList: true, characterData: true, subtree: true });
    }""")
    page.get_by_role("slider", name="w").focus()
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 3600)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
        page.clock.run_for(300)
    assert page.evaluate("said.length") == 0
    page.clock.run_for(300)
    assert page.evaluate("said") == ["w = 1.10. end 2.2"]
    assert page.locator("[aria-live], [role=status], [role=alert], output").count() == 1


def _draggable():
    figure, axes = panels()
    axes.plot([0, 1], [1, -1], "o", gid="tops")
    axes.plot([0, 1], [1, -1], gid="line")
    axes.set(xlim=(-1, 2), ylim=(-3, 3))

    def update(left, right):
        both = np.stack([left, right])
        return {"tops": both, "line": both, "mean": np.mean(both)}

    return explore(
        figure,
        update,
        drags={"tops": ("left", "right")},
        left=slider(-2, 2, 1, step=0.1),
        right=slider(-2, 2, -1, step=0.1),
    )


def test_points_follow_the_pointer_and_the_keys(show):
    page = show(_draggable())
    handle = page.get_by_role("slider", name="right, on the picture")
    frame = page.locator(".explorable-wide svg").bounding_box()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    low, high = _height(page, frame, -2.0), _height(page, frame, 1.5)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, high, steps=4)
    drawn(page)
    assert page.locator("form span").nth(1).inner_text() == "1.5"
    page.mouse.move(x, low + 200, steps=4)
    page.mouse.up()
    drawn(page)
    assert page.locator("form span").nth(1).inner_text() == "−2.0"
    assert number(page) == "−0.5"
    assert handle.bounding_box()["y"] + box["height"] / 2 == pytest.approx(low, abs=1)
    handle.focus()
    for key, shown in {"ArrowUp": "−1.9", "PageUp": "−0.9", "End": "2.0", "Home": "−2.0"}.items():
        page.keyboard.press(key)
        drawn(page)
        assert page.locator("form span").nth(1).inner_text() == shown
        assert handle.get_attribute("aria-valuetext") == shown
    assert page.get_by_role("slider", name="right", exact=True).input_value() == "-2"


def _height(page, frame, value):
    """The place on the screen of a height of the data."""
    data = page.evaluate("JSON.parse(document.querySelector('.explorable script').textContent)")
    _, slope, offset = data["artists"]["tops"]["y"]
    height = float(page.locator(".explorable-wide svg").get_attribute("viewBox").split()[3])
    return frame["y"] + (slope * value + offset) / height * frame["height"]


def test_points_follow_a_finger(show):
    page = show(_draggable(), has_touch=True)
    handle = page.get_by_role("slider", name="left, on the picture")
    box, frame = handle.bounding_box(), page.locator(".explorable-wide svg").bounding_box()
    assert handle.evaluate("(each) => getComputedStyle(each).touchAction") == "none"
    assert min(box["width"], box["height"]) >= 24
    session = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = lambda kind, *points: session.send(  # noqa: E731
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": p} for p in points]},
    )
    touch("touchStart", y)
    for share in (0.3, 0.7, 1.0):
        touch("touchMove", y + share * (_height(page, frame, -0.5) - y))
    touch("touchEnd")
    drawn(page)
    assert page.locator("form span").nth(0).inner_text() == "−0.5"


def test_without_javascript_there_is_a_right_still_figure(show):
    page = show(every_kind(), java_script_enabled=False)
    assert page.locator(".explorable-wide svg[role=img]").is_visible()
    assert page.locator("form").is_hidden()
    assert (
        page.locator(".explorable-values").inner_text()
        == "w = 1.50, b = 0.75, activation = sigmoid"
    )
    assert page.locator(".explorable-wide svg image").count() == 2
    assert re.match(r"area <&> \"'\n*", page.locator("dt").nth(0).inner_text())


def test_the_still_figure_is_where_the_moving_one_is(show):
    """Before the script runs the picture is the same to a twentieth of a pixel."""
    explorable = every_kind()
    still = show(explorable, java_script_enabled=False).content()
    page = show(explorable)
    moving = page.evaluate("document.documentElement.outerHTML")
    paths = [
        re.findall(r'data-artist="gain"><path d="([^"]*)"', each)[0] for each in (still, moving)
    ]
    before = _absolute(paths[0])
    after = np.array(re.findall(r"-?\d+\.?\d*", paths[1]), dtype=float).reshape(-1, 2)
    assert np.abs(before - after).max() < 0.06


def _absolute(path):
    first, *rest = np.array(re.findall(r"-?\d+\.?\d*", path), dtype=float).reshape(-1, 2)
    return np.cumsum([first, *rest], axis=0)


def test_printing_shows_the_values_and_no_controls(show):
    page = show(_draggable())
    page.get_by_role("slider", name="left", exact=True).focus()
    page.keyboard.press("End")
    drawn(page)
    assert page.locator(".explorable-values").is_hidden()
    page.emulate_media(media="print")
    assert page.locator(".explorable-values").inner_text() == "left = 2.0, right = −1.0"
    assert page.locator("form").is_hidden()
    assert page.locator(".explorable-handle").nth(0).is_hidden()
    assert page.locator(".explorable-wide svg").is_visible() and number(page) == "0.5"


def test_nothing_moves_by_itself(show):
    page = show(every_kind(), reduced_motion="reduce")
    moving = page.evaluate("""[...document.querySelectorAll(".explorable *")].filter((each) => {
        const style = getComputedStyle(each);
        return style.animationName !== "none" || style.transitionDuration !== "0s";
    }).length""")
    assert moving == 0
    assert page.evaluate("document.getAnimations().length") == 0


def test_focus_is_visible_everywhere(show):
    page = show(_draggable())
    seen = []
    for _ in range(5):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("""() => {
                const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
                return [document.activeElement.tagName, outlineStyle, parseFloat(outlineWidth)];
            }""")
        )
    assert [tag for tag, *_ in seen] == ["DIV", "DIV", "INPUT", "INPUT", "BUTTON"]
    assert all(style == "solid" and width >= 2 for _, style, width in seen)


@pytest.mark.parametrize("width", [600, 601])
def test_one_drawing_is_shown_the_narrow_one_on_narrow_screens(show, width):
    page = show(_draggable(), viewport={"width": width, "height": 800})
    narrow = width <= 600
    assert page.locator(".explorable-wide").is_visible() != narrow
    assert page.locator(".explorable-narrow").is_visible() == narrow
    assert page.get_by_role("slider", name="on the picture").count() == 2
    assert page.locator("svg").nth(1).get_attribute("viewBox").split()[2] == "252"


def test_points_follow_the_pointer_in_the_narrow_drawing(show):
    page = show(_draggable(), viewport={"width": 390, "height": 800})
    handle = page.get_by_role("slider", name="left, on the picture")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 60, steps=4)
    page.mouse.up()
    drawn(page)
    assert float(page.locator("form span").nth(0).inner_text().replace("−", "-")) < 0.5
    moved = handle.bounding_box()["y"] + box["height"] / 2
    assert moved == pytest.approx(y + 60, abs=5)  # the step of the slider is 4.2 px


def test_a_text_that_stands_elsewhere_in_the_narrow_drawing_stays_there(show):
    figure, axes = panels()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    number = axes.text(0.5, 0.5, "{:.1f}", gid="number")
    when_narrow(number, position=(0.5, 0.25))
    explorable = explore(figure, lambda w: {"number": w}, w=slider(0, 1, 0.5))
    page = show(explorable)
    share = "(text) => text.y.baseVal[0].value / text.ownerSVGElement.viewBox.baseVal.height"
    wide, narrow = (each.evaluate(share) for each in page.locator("svg text").all())
    assert narrow > wide + 0.15
    assert_page_agrees(page, explorable)


def test_a_phone_needs_no_scrolling_sideways(show):
    page = show(every_kind(), viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for control in page.locator("input, select, button").all():
        assert control.bounding_box()["height"] >= 24


NAME_DRAWINGS = """() => {
    for (const each of document.querySelectorAll("svg")) each.ariaLabel = "A picture.";
}"""


def test_axe_finds_nothing(show):
    from axe_playwright_python.sync_playwright import Axe

    for explorable in (every_kind(), _draggable()):
        text = html(explorable)
        assert text.count('aria-label=""') == 2
        page = show(explorable)
        page.evaluate(NAME_DRAWINGS)
        rules = {
            "rules": {
                name: {"enabled": False}
                for name in ("region", "page-has-heading-one", "landmark-one-main")
            }
        }
        found = Axe().run(page, options=rules).response["violations"]
        assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_colours_have_contrast_in_the_dark_too(show):
    """The script and style draw nothing of their own that the dark filter does not reach."""
    page = show(every_kind())
    page.add_style_tag(content=":root { --picture-filter: invert(1) }")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.explorable-picture')).filter")
        == "invert(1)"
    )
    assert page.evaluate("document.querySelector('canvas').closest('.explorable-picture') !== null")


def test_the_same_cell_gives_the_same_bytes():
    first, second = html(one_line()), html(one_line())
    rename = lambda text: re.sub(r"explorable-\d+", "explorable-N", text)  # noqa: E731
    assert rename(first) == rename(second)


def test_no_request_and_no_eval_in_the_script():
    assert not re.search(r"\beval\b|new Function|fetch\(|XMLHttpRequest|import\(|https?:", SCRIPT)


def test_the_script_knows_the_operations_of_a_tape_and_no_others():
    def table(name):
        entries = re.search(rf"^const {name} = {{(.*?)^}};", SCRIPT, re.S | re.M)[1]
        return set(re.findall(r"^(\w+)[:,]", entries, re.M))

    ways = {f"{way} {name}" for way in ("reduce", "accumulate") for name in REDUCTIONS}
    assert table("ELEMENTWISE") == ELEMENTWISE
    others = set(OPERATIONS) - ELEMENTWISE - ways
    assert table("OPERATIONS") == others | {"slider", "constant", "spaced", "reduce", "accumulate"}
