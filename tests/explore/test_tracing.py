"""What NumPy does, the tape does: each expression, traced, replayed and compared."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slopes._arguments import real, vector
from slopes.explore import choice, explore, slider
from slopes.explore.page.html import html
from slopes.explore.trace import Untraceable, record
from slopes.explore.trace.operations import OPERATIONS
from slopes.explore.trace.registry import IMPLEMENTATIONS
from slopes.explore.trace.tape import Tape, replay
from slopes.explore.trace.tracer import Tracer, lift
from slopes.figures._house import panels

A = np.linspace(-1.5, 2, 7)
M = np.random.default_rng(1).normal(size=(3, 3)).round(6)
T = np.random.default_rng(2).normal(size=(2, 3, 4)).round(6)
GAPS = np.array([1.0, np.nan, np.inf, -np.inf, 0.0, -2.0, 5.0])

EXPRESSIONS = """
w + A; 2 - w * A; A / w; -w * A; w ** 2; (w * A) ** 3; np.abs(w * A) ** 0.5; 2 ** (w * A); +w * A
w * A % 0.7; (w * A) % -0.7; np.exp(w * A); np.expm1(w * A); np.log(A**2 + w**2)
np.log10(A**2 + w**2); np.log1p(w**2 * A**2); np.sqrt(A**2 + w**2); np.square(w * A); np.sin(w * A)
np.cos(w * A); np.tan(w * A / 9); np.arcsin(A / 2 * np.sin(w)); np.arccos(np.cos(w) * A / 2)
np.arctan(w * A); np.arctan2(w * A, v); np.sinh(w * A / 3); np.cosh(w * A / 3); np.tanh(w * A)
np.arcsinh(w * A); np.arccosh(1 + (w * A) ** 2); np.floor(w * A); np.ceil(w * A); np.rint(w * A)
np.rint(np.floor(w) / 2 + A * 0); round(w, 2) + A; np.round(w * A, 1); np.around(w * A)
np.sign(w * A); abs(w * A); np.heaviside(w * A, 0.5); np.positive(w * A); np.maximum(w * A, v)
np.minimum(w * A, v); np.maximum(w * GAPS, v); w * A < v; w * A <= v; w * A > v; w * A >= v
w * A == w * A; w * A != v; ~(w * A < v); (w * A < v) & (A > 0); (w * A < v) | (A > 0)
(w * A < v) ^ (A > 0); np.logical_not(w * A > v); np.logical_and(w * A, v)
np.logical_or(w * GAPS, 0); np.isfinite(w * GAPS); np.isnan(w * GAPS); np.where(w * A > v, w, A)
np.where(A > 0, w * A, 0); np.clip(w * A, -1, v + 3); np.clip(w * A, None, 1); (w * A).clip(min=0)
np.interp(w * A, [-2, 0, 1], [3, 1, 2]); np.interp(A, A, w * A); np.sum(w * A)
np.prod(1 + w * A / 9); np.mean(w * A); np.max(w * A); np.min(w * A); np.var(w * A)
np.std(w * A, ddof=1); (w * T).sum(axis=1); (w * T).sum(axis=(0, 2))
(w * T).mean(axis=-1, keepdims=True); (w * T).max(axis=0); (w * T).min(axis=(1, 2))
np.any(w * A > 1); np.all(w * A > -9); (w * T > 0).sum(axis=2); (w * A > 0).prod()
(w * A).mean() + (w * A).std() + (w * A).var(); np.max(w * A > 0); np.any(w * A); np.cumsum(w * A)
np.cumprod(1 + w * A / 9); (w * T).cumsum(axis=1); np.cumsum(w * T); np.cumsum(w * A > 0)
np.add.reduce(w * T); np.maximum.reduce(w * T, axis=None); np.add.accumulate(w * A)
np.maximum.accumulate(w * A); np.minimum.accumulate(w * T, axis=2)
np.multiply.accumulate(1 + w * T / 9, axis=0); np.logical_and.accumulate(w * A < 1)
np.logical_or.accumulate(w * A > 1); np.add.outer(w * A, A[:3]); np.multiply.outer(A[:2], w * A)
np.diff(w * A); np.diff(w * T, n=2, axis=1); np.diff(w * A, prepend=0); (w * A)[2]; (w * A)[-1]
(w * A)[1:5:2]; (w * A)[::-1]; (w * A)[[0, 3, 3]]; (w * A)[A > 0]; (w * A)[..., None] * A
(w * T)[:, 1]; (w * T)[0, :, ::2]; (w * T)[..., 1:]; (w * T)[:, None]; (w * T)[1, [0, 2], [3, 1]]
(w * T).reshape(6, 4).T; (w * T).ravel(); (w * T).transpose(2, 0, 1); np.moveaxis(w * T, 0, -1)
np.ravel(w * T); np.reshape(w * T, (2, -1)); np.expand_dims(w * A, 0); np.flip(w * T, 1)
np.repeat(w * A, 2); np.broadcast_to(w, (2, 3)); np.atleast_1d(w); np.transpose(w * M)
np.append(w * A, v); np.stack([w, v, 2.0]); np.stack([w * A, A], axis=1)
np.concatenate([w * A, A[:2], v * A]); np.vstack([w * A, A]); np.hstack([w * A, v * A])
np.ones_like(w * A); np.zeros_like(w * A) + w; np.full_like(A + w, 3.0); np.full_like(A + w, v)
np.linspace(w, v, 5); np.linspace(0, w, 4, endpoint=False); (w * M) @ M; M @ (w * M)
(w * M) @ A[:3]; A[:3] @ (w * M); (w * A) @ A; (w * T) @ T[0].T; np.matmul(T, w * T[0].T)
np.dot(w * M, M); np.dot(w * A, A); np.dot(w, A); np.outer(w * A, A[:3]); np.linalg.norm(w * A)
np.linalg.norm(w * T, axis=1); np.linalg.norm(w * M @ A[:3]); np.linalg.det(pairs(w, v))
np.linalg.svdvals(pairs(w, v)); np.linalg.svd(pairs(w, v), compute_uv=False)
np.abs(np.linalg.eigvals(pairs(w, v))).max(axis=-1)
abs(np.linalg.eigvals(pairs(w, v))).min(axis=-1); np.linalg.svdvals(w * np.zeros((2, 2)))
len(w * A) * w; np.shape(w * T)[1] * w; sum(x for x in w * A); sum((w * A).T)
(w * A > 0).astype(float); (w * A).astype(bool); (w * A > 0).astype(int) * 2
(w * A).copy() + (w * A).flatten(); (w * A > 0) * A; (w * A > 0) + (A > 0); (w * A > 0) * (A > 0)
np.maximum(w * A > 0, A > 0); 1 - (w * A > 0); np.exp(w * GAPS); np.sqrt(w * A); np.log(w * A)
w * A / (A * 0); np.power(w * A, 0.5); np.power(0.0, w); real("w", [[w, v], [1, 2]])
np.stack([real("w", [w, v]), vector("x", [w, 1.0])])
"""
EXPRESSIONS = [each.strip() for each in re.split(r";|\n", EXPRESSIONS) if each.strip()]


def pairs(w, v):
    """Three matrices of 2 × 2: with real eigenvalues, with complex ones, and a symmetric one."""
    rows = np.stack([w, v, 2.0, 0.3]), np.stack([v, -w - 9, w + 9, v]), np.stack([w, v, v, 1.0])
    return np.stack(rows).reshape(3, 2, 2)


NAMES = {"np": np, "A": A, "M": M, "T": T, "GAPS": GAPS, "pairs": pairs}
NAMES |= {"real": real, "vector": vector}
SETTINGS = [(1.3, 0.7), (-2.45, 1.5), (0.0, 0.25), (3.0, -2.0)]


def evaluate(expression, w, v):
    with np.errstate(all="ignore"):
        return eval(expression, {**NAMES, "w": w, "v": v})


def traced(expression):
    """The result of an expression as a tracer, on a tape with two sliders."""
    tape = Tape(exact=True)
    w, v = (Tracer(tape, tape.add("slider", numbers=(k,))) for k in range(2))
    return lift(tape, evaluate(expression, w, v))


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_tape_does_what_numpy_does(expression):
    result = traced(expression)
    for setting in SETTINGS:
        expected = np.asarray(evaluate(expression, *map(np.float64, setting)))
        assert result.shape == expected.shape
        assert (result.dtype.kind == "b") == (expected.dtype.kind == "b")
        found = replay(result.tape.nodes, setting)[result.node].reshape(result.shape)
        np.testing.assert_allclose(found, expected.astype(float), rtol=1e-12, atol=1e-12)


def test_browser_does_what_numpy_does(show):
    """Every expression at once: each is a line whose heights are compared."""
    figure, axes = panels()
    for k in range(len(EXPRESSIONS)):
        axes.plot([0], [0], gid=f"line{k}")

    def update(w, v):
        rows = (np.ravel(evaluate(each, w, v)) for each in EXPRESSIONS)
        return {f"line{k}": (np.zeros(np.shape(row)), row) for k, row in enumerate(rows)}

    explorable = explore(figure, update, w=slider(-5, 5, 1.3), v=slider(-5, 5, 0.7))
    numbers = [parts[1] for parts in record(explorable).outputs[0][0].values()]
    page = show(explorable)
    for w, v in SETTINGS:
        found = page.evaluate(
            """([w, v, numbers]) => {
                const { give, redraw, nodes } = document.querySelector(".explorable").explorable;
                give("w", w); give("v", v); redraw();
                return numbers.map((i) => [...nodes[i].row].map(String));
            }""",
            [w, v, numbers],
        )
        for expression, row in zip(EXPRESSIONS, found, strict=True):
            expected = np.ravel(evaluate(expression, np.float64(w), np.float64(v))).astype(float)
            got = np.array([float(x.replace("Infinity", "inf")) for x in row])
            np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-10, err_msg=expression)


def test_every_operation_of_the_tape_is_among_the_expressions():
    seen = {node.op for each in EXPRESSIONS for node in traced(each).tape.nodes}
    assert set(OPERATIONS) == seen - {"slider", "constant"}


def is_ours(target):
    """Whether it is an algorithm of slopes: `test_algorithms` calls those."""
    return (getattr(target, "__module__", None) or "").startswith("slopes")


def test_every_function_that_can_be_traced_is_among_the_expressions(monkeypatch):
    called = set()

    def watched(target):
        def implementation(tape, *arguments, **options):
            called.add(target)
            return original[target](tape, *arguments, **options)

        return implementation

    original = {each: IMPLEMENTATIONS[each] for each in IMPLEMENTATIONS if not is_ours(each)}
    for target in original:
        monkeypatch.setitem(IMPLEMENTATIONS, target, watched(target))
    for each in EXPRESSIONS:
        traced(each)
    assert called == set(original)


REFUSED = {
    "1 if w > 0 else 2": "deciding a branch .* np.where",
    "min(w, 4)": "deciding a branch",
    "w and v": "deciding a branch",
    "float(w)": r"float\(…\).* drop it",
    "math.exp(w)": "use NumPy's function",
    "int(w)": r"int\(…\).* np.floor, or make the control a choice",
    "list(range(w))": "make the control a choice",
    "np.array([w, v])": r"np.stack\(\[…\]\) in place of np.array",
    "np.asarray(w)": "making a plain array",
    "(w * A)[w * A > 0]": "np.where, or a sum with a mask",
    "A[np.floor(w)]": "a mask for a place",
    "range(w)": "a size or place that the controls decide",
    "np.argmax(w * A)": "numpy.argmax cannot be replayed",
    "np.add.at(w, 0, 1)": r"numpy.add.at cannot be replayed",
    "np.add.reduce(w * A, dtype=int)": "numpy.add.reduce with dtype",
    "np.sum(w * A, out=np.zeros(()))": "numpy.sum with out",
    "np.logaddexp.reduce(w * A)": "numpy.logaddexp along an axis",
    "(w * A).astype(int)": "use np.floor",
    "(w * A).astype(complex)": "keep to float64",
    "np.sort(w * A)": r"numpy.sort cannot be replayed .* np.maximum",
    "np.linalg.svd(w * M)": "directions of numpy.linalg.svd cannot .* compute_uv=False",
    "np.linalg.svdvals(w * M)": r"svdvals of matrices of shape \(3, 3\) .* only 2 × 2 .*",
    "np.linalg.eigvals(pairs(w, v)) + 1": "may be complex, .* take np.abs of them first",
    "np.sum(np.linalg.eigvals(pairs(w, v)))": "may be complex",
    "np.linalg.norm(w * A, 1)": "norm with ord=1",
    "np.dot(w * T, T)": "more than two dimensions",
    "np.linalg.inv(w * M)": "numpy.linalg.inv.* closed form",
    "np.median(w * A)": "numpy.median",
    "np.fft.fft(w * A)": "write the sum",
    "np.vectorize(abs)(w * A)": "making a plain array",
    "np.exp(w, out=np.zeros(()))": "write x = x",
    "np.add(w, A, where=A > 0)": "numpy.add|add.__call__ with where",
    "np.where(w * A > 0)": "np.where with one argument",
    "np.modf(w * A)": "numpy.modf",
    "np.cbrt(w * A)": "numpy.cbrt cannot be replayed",
    "np.einsum('ii->i', w * M)": "numpy.einsum",
    "(w * A).__setitem__(0, 1)": "build it with np.where",
    "f'{w:.2f}'": "a number in a text",
    "(w * A).item()": "drop it",
    "(w * A).tolist()": "keep the array",
    "np.bitwise_and((w > 0).astype(int), 1)": "conditions only",
    "w + 1j": "real numbers",
    "w + 'text'": "real numbers|text",
}


@pytest.mark.parametrize("expression", REFUSED)
def test_what_cannot_be_replayed_is_refused_with_advice(expression):
    NAMES["math"] = math
    with pytest.raises(TypeError, match=REFUSED[expression]):
        traced(expression)


def test_an_array_in_place_is_refused():
    tape = Tape()
    w = Tracer(tape, tape.add("slider", numbers=(0,)))
    row = np.zeros(3)
    with pytest.raises(Untraceable, match="into an existing array"):
        row += w
    with pytest.raises(TypeError, match=r"len\(\) of a single number"):
        len(w)
    assert repr(w * row) == "<traced array of shape (3,)>"


def explored(update, **controls):
    figure, axes = panels()
    axes.plot(A, A, gid="line")
    axes.set(xlim=(-2, 2), ylim=(-3, 3))
    return explore(figure, update, **(controls or {"w": slider(-2, 2, 1)}))


def test_the_error_names_the_line_and_the_operation():
    def update(w):
        y = w * A
        return {"line": np.sort(y)}

    with pytest.raises(
        Untraceable, match=r"line \d+ of update .*np.sort\(y\).*: numpy.sort cannot"
    ):
        html(explored(update))


def test_the_error_names_both_lines_when_a_function_was_called():
    def helper(y):
        return y if y.sum() > 0 else -y

    def update(w):
        return {"line": helper(w * A)}

    with pytest.raises(
        Untraceable, match=r"line \d+ of helper \(return y if.*, called from line \d+ of update"
    ):
        html(explored(update))


def test_nothing_but_the_arguments_may_decide():
    calls = []

    def update(w):
        calls.append(w)
        return {"line": w * A if len(calls) % 2 else -w * A}

    with pytest.raises(Untraceable, match="something else when it ran again"):
        html(explored(update))


def test_random_numbers_inside_update_are_caught():
    rng = np.random.default_rng(0)
    with pytest.raises(Untraceable, match="draw random numbers outside"):
        html(explored(lambda w: {"line": w * A + rng.normal(size=A.size)}))


def test_a_branch_that_a_trace_cannot_see_is_caught_by_the_check():
    def update(w):
        return {"line": w * A if isinstance(w, float) and w > 0 else -w * A}

    with pytest.raises(Untraceable, match="another 'line' than update at"):
        html(explored(update))


def test_a_changed_array_is_caught_by_the_check():
    def update(w):
        first = second = w * A
        second += 1
        return {"line": first}

    with pytest.raises(Untraceable, match="write x = x"):
        html(explored(update))


def test_what_numpy_itself_refuses_is_told_with_its_line():
    def update(w):
        row = np.zeros(7)
        row[0] = w
        return {"line": row}

    with pytest.raises(Untraceable, match=r"line \d+ of update \(row\[0\] = w\).* are unknown"):
        html(explored(update))


def test_constants_around_update_are_fixed():
    height = 2.0
    nodes, _ = record(explored(lambda w: {"line": w * A + height, "height": height}))
    assert sum(node.op == "constant" for node in nodes) >= 1


def test_equal_operations_are_on_the_tape_once_and_unused_ones_not_at_all():
    def update(w):
        np.tanh(w * A)
        return {"line": np.exp(w * A) + np.exp(w * A)}

    ops = [node.op for node in record(explored(update)).nodes]
    assert ops.count("exp") == 1 and ops.count("multiply") == 1 and "tanh" not in ops


def test_options_share_one_tape():
    first = record(
        explored(lambda w, n: {"line": n * np.exp(w * A)}, w=slider(0, 1, 1), n=choice(2, 3))
    )
    assert [node.op for node in first.nodes].count("exp") == 1
    assert len(first.outputs) == 2


@pytest.mark.parametrize(
    "array",
    [
        np.linspace(-1, 2, 400),
        np.geomspace(1e-3, 1e3, 400),
        A[:, None] - np.linspace(0, 1, 50),
        np.linspace(0, 1, 50)[:, None] * A,
        np.meshgrid(np.linspace(0, 1, 60), np.linspace(2, 3, 50))[1],
        np.add.outer(A, np.subtract.outer(np.linspace(0, 1, 9), np.linspace(1, 2, 8))),
        np.ones((30, 30)),
    ],
    ids="spaced ratios difference product mesh cube ones".split(),
)
def test_regular_constants_are_short_and_keep_their_digits(array):
    tape = Tape()
    made = lift(tape, array)
    row = replay(tape.nodes, [])[made.node].reshape(array.shape)
    np.testing.assert_allclose(row, array, rtol=2e-14, atol=1e-14)
    assert sum(node.data.size for node in tape.nodes if node.op == "constant") <= 20


@settings(max_examples=50)
@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=9))
def test_an_exact_tape_keeps_every_bit(numbers):
    tape = Tape(exact=True)
    made = lift(tape, np.array(numbers))
    np.testing.assert_array_equal(replay(tape.nodes, [])[made.node], numbers)


def test_constants_near_a_jump_are_kept_exactly():
    """Twelve digits would move the place where a sample changes sides."""
    edges = A + 1e-14 * np.arange(7)

    def update(w):
        return {"line": np.where(w * 0 + edges - A >= 5e-15, 1.0, -1.0)}

    nodes, outputs = record(explored(update))
    row = replay(nodes, [1.0])[outputs[0][0]["line"][1]]
    np.testing.assert_array_equal(row, np.where(edges - A >= 5e-15, 1.0, -1.0))
