"""Numbers that the chapter on the steep interval states, by other means than its cells."""

import mpmath
import numpy as np
import pytest

from slopes.activation import gain


def test_zeros_behind_the_point_of_a_saturated_gain():
    assert np.floor(-np.log10(gain(100, 1, 0))) == 41


def test_peaks_of_gains():
    assert gain(50, 0, 0) == 12.5
    assert np.cumprod([100 / 4] * 4).tolist() == [25, 625, 15625, 390625]


def test_ends_of_the_level_lines_of_three_weights():
    for w, end in ((5, 0.96), (12, 2.3), (100, 4.6)):
        z = np.linspace(0, 8, 800_001)
        inside = np.exp(-z) / (1 + np.exp(-z)) ** 2 >= 1 / w
        assert z[inside].max() == pytest.approx(end, abs=0.05 if w > 5 else 5e-3)


def test_digits_that_the_textbook_loses():
    w = 4 + np.geomspace(1e-14, 10, 151)
    errors = []
    for v in w:
        computed = 2 / v * np.log(v * (1 + np.sqrt(1 - 4 / v)) / 2 - 1)
        with mpmath.workdps(50):
            u = mpmath.mpf(float(v))
            exact = 2 / u * mpmath.log(u * (1 + mpmath.sqrt(1 - 4 / u)) / 2 - 1)
            errors.append(float(abs(computed / exact - 1)))
    errors, excess = np.array(errors), w - 4
    assert errors.max() == pytest.approx(3e-9, rel=0.5) and 1e-9 < errors.max()
    nearer = errors[(excess < 1e-10) & (errors > 0)]
    assert 1e-11 < np.median(nearer) < 1e-9


def test_half_the_width_by_hand():
    # w = 5: (2/5) ln of the larger root of x + 1/x = 3, halved
    assert np.log((3 + np.sqrt(5)) / 2) / 5 == pytest.approx(0.1925, abs=5e-5)
    assert [0.4 - 0.1925, 0.4 + 0.1925] == pytest.approx([0.2075, 0.5925])
