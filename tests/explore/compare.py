"""What the page draws, held against what `update` and matplotlib say."""

import base64
import itertools
import re
from contextlib import contextmanager, nullcontext

import numpy as np

from slopes.explore.controls import Slider
from slopes.explore.page.format import format_number

PIXELS = 0.2
FAR = 3000  # px: beyond the picture it does not matter how far

READ = """([number, settings]) => {
    const root = document.querySelectorAll(".explorable")[number];
    const place = (each) => ["x", "y"].map((key) => +each.getAttribute(key));
    const { give, redraw } = root.explorable;
    const data = (canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let text = "";
        for (const byte of data) text += String.fromCharCode(byte);
        return btoa(text);
    };
    return settings.map(([numbers, options]) => {
        for (const name in options) {
            const select = root.querySelector(`select[name="${name}"]`);
            select.value = options[name];
            select.dispatchEvent(new Event("change"));
        }
        for (const name in numbers) give(name, numbers[name]);
        redraw();
        const drawn = (picture) => {
            const artists = {};
            for (const group of picture.querySelectorAll("[data-artist]")) {
                const found = artists[group.dataset.artist] ??= { paths: [], marks: [], texts: [] };
                const all = (name) => [...group.querySelectorAll(name)];
                found.paths.push(...all("path").map((each) => each.getAttribute("d")));
                found.marks.push(...all("use").map(place));
                found.texts.push(...all("text").map((each) => [...place(each), each.textContent]));
            }
            return { artists, canvases: [...picture.querySelectorAll("canvas")].map(data) };
        };
        return {
            drawings: [...root.querySelectorAll(".explorable-picture")].map(drawn),
            numbers: [...root.querySelectorAll("dd")].map((each) => each.textContent),
            goal: root.querySelector(".explorable-goal strong")?.textContent,
        };
    });
}"""


def settings(explorable, tries=50, seed=0):
    """Every corner and some random places, for each combination of options."""
    rng = np.random.default_rng(seed)
    sliders = {name: c for name, c in explorable.controls.items() if isinstance(c, Slider)}
    choices = {name: c for name, c in explorable.controls.items() if name not in sliders}
    corners = itertools.product(*((c.low, c.high) for c in sliders.values()))
    inside = ([rng.uniform(c.low, c.high) for c in sliders.values()] for _ in range(tries))
    every = [dict(zip(sliders, each, strict=True)) for each in (*corners, *inside)]
    options = itertools.product(*(c.options for c in choices.values()))
    return [
        (numbers, dict(zip(choices, each, strict=True))) for each in options for numbers in every
    ]


def drawn(page):
    """Wait until what was moved is drawn, in the frame that is due."""
    frame = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    page.evaluate(f"() => {frame}")


def assert_page_agrees(page, explorable, place=0, tries=50):
    """The page's artists and numbers are those of `update` at every one of `settings`.

    The artists are looked at in both drawings, for wide screens and for narrow ones.
    """
    tried = settings(explorable, tries)
    controls = explorable.controls
    labels = [
        (numbers, {name: controls[name].shown(option) for name, option in options.items()})
        for numbers, options in tried
    ]
    found = list(zip(tried, page.evaluate(READ, [place, labels]), strict=True))
    drawings = (
        (explorable.template, nullcontext()),
        (explorable.narrow, _drawn_narrow(explorable.figure)),
    )
    for number, (template, laid_out) in enumerate(drawings):
        with laid_out:
            for (numbers, options), shown in found:
                state = _state(explorable, numbers, options)
                where = f"drawing {number} at {numbers} {options}"
                _assert_drawn(template, state, shown["drawings"][number], where)
    for (numbers, options), shown in found:
        state = _state(explorable, numbers, options)
        pairs = zip(state.numbers.items(), shown["numbers"], strict=True)
        for (name, number), text in pairs:
            assert text in alternatives(format_number, number), (
                name,
                numbers,
                options,
                number,
                text,
            )
        if state.reached is not None:
            assert shown["goal"] == ("✓ Reached" if state.reached else "Not yet reached")


@contextmanager
def _drawn_narrow(figure):
    with figure.narrow():
        figure.svg()  # lays it out
        yield


def _state(explorable, numbers, options):
    with np.errstate(all="ignore"):
        return explorable.state(**numbers, **options)


def _assert_drawn(template, state, shown, where):
    canvases = iter(shown["canvases"][::-1])  # each is put before the ones that were there
    for artist in template.artists:
        found, value = shown["artists"][artist.name], state.artists[artist.name]
        CHECKS[artist.kind](artist, value, found, f"{artist.name} in {where}", canvases)


def alternatives(write, number):
    """How a number may be written when its last bits differ: both ways where it is a near tie."""
    if isinstance(number, bool):
        return {write(number)}
    return {write(number), write(number * (1 - 1e-11)), write(number * (1 + 1e-11))}


def pixels(artist, x, y):
    """Where matplotlib itself puts points of the data, in the units of the SVG."""
    figure = artist.axes.figure
    points = np.column_stack(np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float)))
    with np.errstate(all="ignore"):
        at = artist.axes.transData.transform(points) * 72 / figure.dpi
    at[:, 1] = figure.get_figheight() * 72 - at[:, 1]
    at[~np.isfinite(points).all(axis=1)] = np.nan
    return at


def numbers_of(path):
    return np.array(re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", path), dtype=float).reshape(-1, 2)


def assert_near(found, expected, where):
    found, expected = (np.clip(each, -FAR, FAR) for each in (found, expected))
    assert found.shape == expected.shape, where
    assert np.abs(found - expected).max(initial=0) < PIXELS, where


def check_line(artist, value, found, where, _):
    expected = pixels(artist, *value)
    seen = expected[np.isfinite(expected).all(axis=1)]
    if artist.has_line:
        assert_near(numbers_of(found["paths"][0]), seen, where)
        gaps = np.isfinite(expected).all(axis=1).astype(int)
        assert found["paths"][0].count("M") == np.sum(np.diff(gaps, prepend=0) == 1), where
    if artist.has_markers:
        marks = np.array(found["marks"])
        assert_near(marks[np.isfinite(expected).all(axis=1)], seen, where)
        assert (marks[~np.isfinite(expected).all(axis=1)] < -FAR).all(), where


def check_rule(artist, value, found, where, _):
    along = pixels(artist, *((value[0], 1.0) if artist.vertical else (1.0, value[0])))[0]
    at = along[0 if artist.vertical else 1]
    row = numbers_of(found["paths"][0])
    if not np.isfinite(value[0]):
        assert not row.size, where
        return
    assert_near(row[:, 0 if artist.vertical else 1], np.full(2, at), where)
    assert_near(
        np.sort(row[:, 1 if artist.vertical else 0]), sides(artist, not artist.vertical), where
    )


def check_span(artist, value, found, where, _):
    row = numbers_of(found["paths"][0])
    if not np.isfinite(value).all():
        assert not row.size, where
        return
    points = (value, [1.0, 1.0]) if artist.vertical else ([1.0, 1.0], value)
    ends = pixels(artist, *points)[:, 0 if artist.vertical else 1]
    along, across = (row[:, 0], row[:, 1]) if artist.vertical else (row[:, 1], row[:, 0])
    assert_near(np.array([along.min(), along.max()]), np.sort(ends), where)
    assert_near(np.array([across.min(), across.max()]), sides(artist, not artist.vertical), where)


def sides(artist, horizontal):
    """Where the axes begin and end, in pixels."""
    figure = artist.axes.figure
    box, (width, height) = artist.axes.get_position(), figure.get_size_inches() * 72
    if horizontal:
        return np.array([box.x0 * width, box.x1 * width])
    return np.array([height - box.y1 * height, height - box.y0 * height])


def check_band(artist, value, found, where, _):
    x, low, high = value
    whole = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
    runs = np.split(np.arange(x.size), np.flatnonzero(np.diff(whole)) + 1)
    outlines = [
        np.vstack([pixels(artist, x[run], low[run]), pixels(artist, x[run], high[run])[::-1]])
        for run in runs
        if whole[run[0]]
    ]
    expected = np.vstack(outlines) if outlines else np.empty((0, 2))
    assert_near(numbers_of(found["paths"][0]), expected, where)
    assert found["paths"][0].count("M") == len(outlines), where


def check_bars(artist, value, found, where, _):
    for i, path in enumerate(found["paths"]):
        height = value[0][i]
        if not np.isfinite(height):
            assert path == "", where
            continue
        ends = [artist.left[i], artist.right[i]], [artist.base[i], artist.base[i] + height]
        expected, corners = pixels(artist, *ends), numbers_of(path)
        assert_near(corners.min(axis=0), expected.min(axis=0), where)
        assert_near(corners.max(axis=0), expected.max(axis=0), where)


def check_text(artist, value, found, where, _):
    x, y, text = found["texts"][0]
    free = [part != whole for part, whole in zip(artist.positions(value), (x, y), strict=True)]
    texts = alternatives(lambda number: format_number(float(number), artist.format_spec), value[2])
    assert text in {artist.before + each + artist.after for each in texts}, where
    if artist.artist.get_transform() is artist.axes.transData:
        moved = np.array(value[:2]) + np.subtract(artist.point, artist.home)
        assert_near(np.array([x, y]), pixels(artist, *moved)[0], where)
    else:
        assert np.abs(free).sum() == 0 or np.allclose(artist.positions(value), (x, y), atol=0.01)


def check_heat(artist, value, found, where, canvases):
    rows, columns = artist.shape
    bytes_ = np.frombuffer(base64.b64decode(next(canvases)), dtype=np.uint8)
    shown = bytes_.reshape(rows, columns, 4)
    colours, norm = artist.artist.cmap, artist.artist.norm
    places = norm(np.ma.masked_invalid(value[0]))
    upturned = artist.flips[1]
    allowed = [
        colours(np.clip(places + shift / colours.N, 0, 1), bytes=True) for shift in (-1, 0, 1)
    ]
    turned = [each[::-1] if upturned else each for each in allowed]
    turned = [each[:, ::-1] if artist.flips[0] else each for each in turned]
    agrees = np.any([(shown == each).all(axis=-1) for each in turned], axis=0)
    gaps = np.ma.getmaskarray(places)
    gaps = gaps[::-1] if upturned else gaps
    gaps = gaps[:, ::-1] if artist.flips[0] else gaps
    assert (agrees | gaps).all(), (where, np.argwhere(~(agrees | gaps))[:5])
    assert (shown[gaps][:, 3] == 0).all(), where


CHECKS = {
    "line": check_line,
    "rule": check_rule,
    "span": check_span,
    "band": check_band,
    "bars": check_bars,
    "text": check_text,
    "heat": check_heat,
}
