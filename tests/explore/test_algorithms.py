"""Functions of slopes on a tape; where their algorithm fits on none, its formula says the same."""

import sys
from functools import wraps

import numpy as np
import pytest

from slopes import chain, jacobian, meanfield
from slopes import universality as u
from slopes._arguments import overridable
from slopes.activation import SIGMOID, TANH
from slopes.explore.trace.registry import IMPLEMENTATIONS
from slopes.explore.trace.tape import Tape, replay
from slopes.explore.trace.tracer import Tracer, lift
from slopes.interval import interval_width

X, EDGES, HEIGHTS = (
    np.linspace(-0.1, 1.1, 30),
    np.array([0.0, 0.3, 0.6, 1]),
    np.array([0.1, 0.9, 0.4]),
)
OVERRIDABLE = overridable(lambda: None).__code__
UNSORTED = np.array([0.6, 0.1, 0.3])
MATRICES = np.random.default_rng(3).normal(size=(6, 2, 2))

CALLS = {
    "wide": lambda w: interval_width(w * np.linspace(1, 2, 30_000))[::1000],
    "long chain": lambda w: chain.gradient(chain.Chain(w / 10 * np.ones(1100), 0), 0.5),
    "bumps": lambda w: u.bump_network(u.Bumps(EDGES, HEIGHTS, w), X),
    "high bumps": lambda w: u.bump_network(u.Bumps(EDGES, w * HEIGHTS, 35), X),
    "steps": lambda w: u.step_network(u.Steps(UNSORTED, HEIGHTS, 0.5, w), X),
    "shifted steps": lambda w: u.step_network(u.Steps(UNSORTED * w / 40, HEIGHTS, w, 35), X),
    "fitted steps": lambda w: u.step_network(u.fit_steps(np.cos, 0, 1, 4, w), X),
    "towers": lambda w: u.tower_network(
        u.Towers(EDGES, EDGES, np.outer(HEIGHTS, HEIGHTS), w, w / 5), X, X[:, None]
    ),
    "tower": lambda w: u.tower(X, 0.5, [0, 0.3], [0.4, 0.7], w, w / 5),
    "bump": lambda w: u.bump(X, 0.2, w / 90, w),
    "widths": lambda w: np.stack([u.rise_width(w), u.error_bound(7, 5, w)]),
    "area": lambda w: u.bump_total_error(w, 0.3),
    "target": lambda w: u.nielsen_function(X + w),
    "hats": lambda w: u.hat_network(u.Hats(UNSORTED, w * HEIGHTS, 0.7), X),
    "hats in another place": lambda w: u.hat_network(u.Hats(UNSORTED + w, HEIGHTS, w), X + 40),
    "singular values": lambda w: np.stack(jacobian.extreme_singular_values(w * MATRICES)),
    "directions": lambda w: np.stack(jacobian.extreme_singular_vectors(MATRICES + w)),
    "radius": lambda w: jacobian.spectral_radius(MATRICES * w + np.eye(2)),
    "depth": lambda w: np.stack(
        jacobian.log_extreme_singular_values(w / 30 * MATRICES + np.eye(2))
    ),
    "correlations": lambda w: meanfield.gradient_correlation([0.2, 0.9], w / 30 + 1),
    "tanh": lambda w: meanfield.fixed_variance(w / 30 + X, 0.3, TANH),
    "sigmoid": lambda w: meanfield.fixed_variance(w / 30, 0.3, SIGMOID),
}


@pytest.mark.parametrize("name", CALLS)
def test_the_formula_says_what_the_algorithm_says(name):
    tape, call = Tape(exact=True), CALLS[name]
    result = lift(tape, call(Tracer(tape, tape.add("slider", numbers=(0,)))))
    for w in (15.0, 35.0, 43.7):
        expected = call(np.float64(w))
        assert result.shape == np.shape(expected)
        found = replay(result.tape.nodes, (w,))[result.node].reshape(result.shape)
        np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-12)


def overridden(values):
    """Those that `overridable` has wrapped."""
    return {each for each in values if getattr(each, "__code__", None) is OVERRIDABLE}


def test_every_formula_is_among_the_calls(monkeypatch):
    asked, formulas = [], {IMPLEMENTATIONS[each] for each in overridden(IMPLEMENTATIONS)}
    for algorithm in overridden(IMPLEMENTATIONS):
        formula = IMPLEMENTATIONS[algorithm]
        noting = wraps(formula)(lambda *given, f=formula: asked.append(f) or f(*given))
        monkeypatch.setitem(IMPLEMENTATIONS, algorithm, noting)
    for call in CALLS.values():
        tape = Tape(exact=True)
        call(Tracer(tape, tape.add("slider", numbers=(0,))))
    assert set(asked) == formulas


def test_every_algorithm_that_may_be_overridden_is():
    ours = [each for name, each in sys.modules.items() if name.startswith("slopes.")]
    found = overridden(value for module in ours for value in vars(module).values())
    assert len(found) >= 9 and found == overridden(IMPLEMENTATIONS)
