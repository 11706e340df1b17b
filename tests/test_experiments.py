"""Stored runs are computed anew, and what does not come out again is noticed."""

import check
import numpy as np
import pytest

from slopes.data import stored


@pytest.mark.parametrize("name, seed", [("folds", 4), ("learning_speed", 1), ("shattered", 2)])
def test_a_stored_run_comes_out_again(name, seed):
    _, kept, again, tolerance = check.RUNS[name](np.random.default_rng(seed))
    assert check.agrees(kept, again, tolerance)


def test_a_sample_takes_each_experiment_by_turns(capsys, monkeypatch):
    runs = {name: lambda rng, name=name: (name, 1.0, 1.0, 0.0) for name in check.RUNS}
    monkeypatch.setattr(check, "RUNS", runs)
    assert check.main(len(runs) + 1) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [*runs, "cures"]


def test_a_changed_result_is_noticed(capsys, monkeypatch):
    def changed(name):
        return {key: array + 0.5 for key, array in stored(name).items()}

    monkeypatch.setattr(check, "stored", changed)
    monkeypatch.setattr(check, "RUNS", {"shattered": check.run_of_shattered})
    assert check.main(1) == 1
    assert "DIFFERS" in capsys.readouterr().out


def test_divergence_agrees_with_divergence_alone():
    nan = float("nan")
    assert check.agrees(nan, nan, 0.1) and check.agrees(0.5, 0.55, 0.1)
    assert not (check.agrees(nan, 0.1, 1) or check.agrees(0.1, nan, 1) or check.agrees(0, 0.2, 0.1))
