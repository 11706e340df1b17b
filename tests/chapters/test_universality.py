"""Numbers that the chapter on universality states, by other means than its cells."""

import numpy as np
import pytest

from slopes.universality import fit_steps, nielsen_function, step_network


def largest_error(count, w):
    x = np.linspace(0, 1, 20_001)
    steps = fit_steps(nielsen_function, 0, 1, count, w)
    return np.abs(step_network(steps, x) - nielsen_function(x)).max()


def test_errors_of_the_first_picture_of_many_steps():
    assert largest_error(5, 1000) == pytest.approx(0.46, abs=5e-3)


def test_weights_that_reach_the_goal_with_fifty_cells():
    reached = [w for w in range(60, 600, 10) if largest_error(50, w) < 0.015]
    assert min(reached) == pytest.approx(140, abs=10)
    assert max(reached) == pytest.approx(330, abs=10)
    assert largest_error(50, 1000) / 0.015 == pytest.approx(2.9, abs=0.2)


def test_towers_for_ten_inputs():
    assert np.log10(20.0**10) == pytest.approx(np.log10(1e13), abs=0.05)


def test_the_bound_of_a_digit():
    slope = np.abs(np.gradient(nielsen_function(np.linspace(0, 1, 200_001)), 1 / 200_000)).max()
    assert slope == pytest.approx(6.996, abs=5e-4)
    assert 6.996 * (0.5 + 2 * np.log(2) / 20) == pytest.approx(3.983, abs=5e-4)
