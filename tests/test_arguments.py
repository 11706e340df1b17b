"""The door for arguments: what it lets in unchanged, and what it refuses, naming the place."""

import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from slopes import _arguments as door
from slopes.activation import gain, log_sigmoid_slope, logit, sigmoid, sigmoid_slope

ELEMENTWISE = [sigmoid, sigmoid_slope, log_sigmoid_slope, gain, logit]


class Stand(door.Traced):
    """A stand-in with a shape, as far as the door looks at one."""

    def __init__(self, *shape):
        self.shape = shape
        self.ndim = len(shape)


@pytest.mark.parametrize(
    ("value", "floats"),
    [
        (3, 3.0),
        (True, 1.0),
        (np.bool_(False), 0.0),
        (2**64, 2.0**64),
        (-(2**1023), -(2.0**1023)),
        (Fraction(1, 4), 0.25),
        (Decimal("0.25"), 0.25),
        ([1, Decimal(2), Fraction(3), np.bool_(True)], [1.0, 2.0, 3.0, 1.0]),
        ((1, 2), [1.0, 2.0]),
        (range(3), [0.0, 1.0, 2.0]),
        ([[1, 2], [3, 4]], [[1.0, 2.0], [3.0, 4.0]]),
        ([], []),
        (np.zeros((2, 0), dtype=object), np.zeros((2, 0))),
        (np.float16(0.5), 0.5),
        (np.longdouble(0.5), 0.5),
        (np.array([1, 2], dtype=np.uint8), [1.0, 2.0]),
        (np.array([1, 2], dtype=object), [1.0, 2.0]),
        (np.array([1.0, 2.0], dtype=">f8"), [1.0, 2.0]),
        (np.ma.array([1.0, 2.0]), [1.0, 2.0]),
        ([np.array([1, 2]), np.array([3, 4])], [[1.0, 2.0], [3.0, 4.0]]),
    ],
)
def test_whatever_holds_real_numbers_becomes_float64(value, floats):
    array = door.real("w", value)
    assert type(array) is np.ndarray
    assert array.dtype == np.dtype(np.float64)
    assert array.dtype.isnative
    np.testing.assert_array_equal(array, floats, strict=False)
    assert array.shape == np.shape(floats)


@given(arrays(np.float64, array_shapes(max_dims=3), elements=st.floats(allow_nan=False)))
def test_finite_arrays_pass_and_infinite_ones_do_not(array):
    if np.isfinite(array).all():
        np.testing.assert_array_equal(door.real("w", array), array)
    else:
        place = ", ".join(map(str, np.argwhere(np.isinf(array))[0]))
        with pytest.raises(ValueError, match=rf"w\[{place}\] is -?inf; give finite numbers"):
            door.real("w", array)


def test_views_pass_without_a_copy_and_stay_as_they_were():
    array = np.arange(12.0).reshape(3, 4)
    for view in [array.T, array[::-1, ::2], array[1:, 1:]]:
        assert door.real("w", view) is view
        before = view.copy()
        gain(view, view, view)
        np.testing.assert_array_equal(view, before)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (np.nan, ValueError, r"^w is nan; give finite numbers$"),
        ([0, -np.inf], ValueError, r"^w\[1\] is -inf; give finite numbers$"),
        ([[0, 1], [np.nan, 2]], ValueError, r"^w\[1, 0\] is nan; give finite numbers$"),
        (Decimal("Infinity"), ValueError, r"^w is inf; give finite numbers$"),
        (np.longdouble("1e400"), ValueError, r"^w is inf; give finite numbers$"),
        (10**400, ValueError, r"^w is beyond the largest float, 1.8e308; scale it down$"),
        ([0.0, -(10**5000)], ValueError, r"^w\[1\] is beyond the largest float"),
        (Fraction(10**400, 3), ValueError, r"^w is beyond the largest float"),
        ([[1], [2, 3]], ValueError, r"^w has rows of unequal length; give a full array$"),
        (None, TypeError, r"^w is None, of type NoneType; give real numbers$"),
        ([1, None, 3], TypeError, r"^w\[1\] is None, of type NoneType; give real numbers$"),
        ("3", TypeError, r"^w is '3', of type str; give real numbers$"),
        (["1", 2.0], TypeError, r"^w\[0\] is '1', of type str; give real numbers$"),
        (np.array(["1", "2"]), TypeError, r"^w\[0\] is '1', of type str; give real numbers$"),
        (b"3", TypeError, r"^w is b'3', of type bytes; give real numbers$"),
        (1j, TypeError, r"^w is 1j, of type complex; give real numbers$"),
        ([1, 2 + 0j], TypeError, r"^w\[1\] is \(2\+0j\), of type complex; give real numbers$"),
        (np.ones(2, complex), TypeError, r"^w\[0\] is \(1\+0j\), of type complex"),
        ({1.0}, TypeError, r"^w is \{1.0\}, of type set; give real numbers$"),
        ((number for number in [1]), TypeError, r"^w is <generator.*of type generator"),
        (np.array(["2020"], dtype="M8[Y]"), TypeError, r"^w\[0\] is .*, of type date"),
        (np.array([[1], [1, 2]], dtype=object), TypeError, r"^w\[0\] is \[1\], of type list"),
        (np.ma.array([1, 2], mask=[0, 1]), TypeError, r"^w has masked elements; fill or drop"),
        ([1, np.ma.masked], TypeError, r"^w has masked elements; fill or drop them first$"),
    ],
)
def test_what_is_not_a_finite_real_number_is_refused_by_name(value, error, message):
    with pytest.raises(error, match=message):
        door.real("w", value)


def test_a_long_list_is_not_printed_whole():
    with pytest.raises(TypeError) as refusal:
        door.real("w", "x" * 10_000)
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize("function", ELEMENTWISE)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, None, "a", 1j])
def test_no_function_lets_one_bad_element_through(function, bad):
    value = np.full((2, 3), 0.5, dtype=object)
    value[1, 2] = bad
    arguments = (1.0, value) if function is gain else (value,)
    with pytest.raises((ValueError, TypeError), match=r"[zay]\[1, 2\] is "):
        function(*arguments)


@pytest.mark.parametrize("function", ELEMENTWISE)
def test_shapes_come_back_as_they_went_in(function):
    for shape in [(), (1,), (0,), (2, 0, 3), (4, 1, 2)]:
        value = np.full(shape, 0.25)
        answer = function(2, value) if function is gain else function(value)
        assert answer.shape == shape
        assert answer.dtype == np.float64


@pytest.mark.parametrize(
    ("check", "good", "bad", "message"),
    [
        (door.positive, [1e-300, 2], [1, 0], r"^w\[1\] is 0.0; give numbers above 0$"),
        (door.positive, 5, -1, r"^w is -1.0; give numbers above 0$"),
        (door.nonnegative, [0, 2], [1, -2], r"^w\[1\] is -2.0; give numbers from 0 up$"),
        (door.vector, [1.0], 3.0, r"^w has shape \(\); give one row of numbers$"),
        (door.vector, [1.0, 2], [[1.0]], r"^w has shape \(1, 1\); give one row of numbers$"),
        (door.vector, [1.0], [], r"^w has 0 elements; give at least 1$"),
        (door.increasing, [0, 1, 5], [0, 1, 1], r"^w\[2\] = 1.0 does not exceed w\[1\] = 1.0; "),
        (door.increasing, [-1, 0], [0, -1, 2], r"^w\[1\] = -1.0 does not exceed w\[0\] = 0.0; "),
        (door.increasing, [-1, 0], [0], r"^w has 1 elements; give at least 2$"),
        (door.matrix, np.ones((2, 3)), [1.0], r"^w has shape \(1,\); give a matrix"),
        (door.matrix, np.ones((4, 2, 3)), np.ones((0, 2)), r"^w has shape \(0, 2\); give a mat"),
        (door.square, np.ones((5, 2, 2)), np.ones((2, 3)), r"^w has shape \(2, 3\); its last two"),
    ],
)
def test_each_door_lets_in_and_refuses(check, good, bad, message):
    np.testing.assert_array_equal(check("w", good), good)
    with pytest.raises(ValueError, match=message):
        check("w", bad)
    with pytest.raises(TypeError, match=r"^w is None, of type NoneType"):
        check("w", None)


def test_doors_with_a_reason_give_it():
    np.testing.assert_array_equal(door.nonzero("w", [-1, 2], "unused"), [-1, 2])
    with pytest.raises(ValueError, match=r"^w\[1\] is -?0.0; .* other than 0: the centre is -b/w$"):
        door.nonzero("w", [1, -0.0], "the centre is -b/w")
    np.testing.assert_array_equal(door.inside("y", [0.1, 0.9], 0, 1), [0.1, 0.9])
    for edge in (0, 1, -3, 1.5):
        with pytest.raises(ValueError, match=r"^y\[1\] is .*; give numbers strictly between 0 and"):
            door.inside("y", [0.5, edge], 0, 1)


def test_numbers_between_two_may_be_either_of_them():
    np.testing.assert_array_equal(door.between("c", [-1, 0.5, 1], -1, 1), [-1, 0.5, 1])
    for beyond in (-1.1, 7):
        with pytest.raises(ValueError, match=r"^c\[1\] is .*; give numbers from -1 to 1$"):
            door.between("c", [0, beyond], -1, 1)


def test_ends_take_one_shape_and_stand_in_order():
    low, high = door.ends([0, 1], 2)
    np.testing.assert_array_equal([low, high], [[0, 1], [2, 2]])
    with pytest.raises(ValueError, match=r"^high is 1.0 where low is 1.0; give low < high$"):
        door.ends([0, 1], 1)


def test_a_result_is_ensured_or_complained_about():
    row = np.array([1.0, 2.0])
    assert door.ensure(np.isfinite, row, "unused") is row
    with pytest.raises(ValueError, match=r"^it grows beyond the floats$"):
        door.ensure(np.isfinite, np.array([1, np.inf]), "it grows beyond the floats")


@pytest.mark.parametrize("value", [3, np.int64(3), np.uint8(3), np.array(3)])
def test_whole_numbers_become_python_ints(value):
    assert type(door.whole("n", value)) is int
    assert door.whole("n", value, minimum=3) == 3


@pytest.mark.parametrize("value", [3.0, "3", None, [3], Decimal(3), 1j])
def test_what_is_not_a_whole_number_is_refused(value):
    with pytest.raises(TypeError, match=r"^n is .*; give a whole number$"):
        door.whole("n", value)


def test_too_small_a_whole_number_is_refused():
    with pytest.raises(ValueError, match=r"^n is 0; give a whole number from 1 up$"):
        door.whole("n", 0, minimum=1)


def test_shapes_broadcast_or_are_told():
    assert door.together(w=np.ones((3, 1)), b=np.ones(4)) == (3, 4)
    with pytest.raises(ValueError, match=r"^w has shape \(3,\), b has shape \(4,\); give shapes"):
        door.together(w=np.ones(3), b=np.ones(4))
    with pytest.raises(ValueError, match=r"^x has shape \(3,\), the chain has shape \(4,\); give"):
        door.together(("x", np.ones(3)), ("the chain", np.ones(4)))
    with pytest.raises(ValueError, match=r"w has shape \(2,\), a has shape \(3,\), b has shape"):
        gain([1, 2], [1, 2, 3])


def test_a_traced_value_passes_every_door_untouched():
    row, block = Stand(3), Stand(2, 2)
    assert door.real("w", row) is row
    assert door.positive("w", row) is row
    assert door.nonnegative("w", row) is row
    assert door.nonzero("w", row, "why") is row
    assert door.inside("w", row, 0, 1) is row
    assert door.between("w", row, 0, 1) is row
    assert door.ensure(np.isfinite, row, "unused") is row
    assert door.vector("w", row) is row
    assert door.increasing("w", row) is row
    assert door.square("w", block) is block
    with pytest.raises(ValueError, match="shape"):
        door.vector("w", block)


def test_a_traced_argument_answers_for_an_algorithm():
    class Answering(Stand):
        def __array_function__(self, function, types, arguments, options):
            return function.__name__, types, arguments, options

    @door.overridable
    def search(row, at):
        """Where `at` lies."""
        return np.searchsorted(row, at)

    row, at = np.arange(5.0), Answering()
    assert (search.__name__, search.__doc__) == ("search", "Where `at` lies.")
    assert search(row, 2.5) == 3
    assert search(row, at) == ("search", (Answering,), (row, at), {})


def test_refusing_and_accepting_raise_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for value in [np.longdouble("1e400"), [1, np.ma.masked], 10**400]:
            with pytest.raises((ValueError, TypeError)):
                door.real("w", value)


@pytest.mark.parametrize(
    "value",
    [
        np.array([1, 2], dtype="M8[ns]"),
        np.array([1, 2], dtype="m8[s]"),
        [np.timedelta64(1, "s")],
        np.array([np.timedelta64(1, "s")], dtype=object),
        np.array([(1.0, 2)], dtype=[("a", float), ("b", int)]),
        [[1.0, np.ma.masked], [1.0, 2.0]],
    ],
)
def test_times_records_and_nested_masks_are_no_real_numbers(value):
    with pytest.raises(TypeError, match=r"^w.* (of type|has masked elements)"):
        door.real("w", value)


@pytest.mark.parametrize("value", [True, np.True_, False])
def test_true_is_no_whole_number(value):
    with pytest.raises(TypeError, match=r"^n is .*; give a whole number$"):
        door.whole("n", value)


def test_sizes_beyond_any_memory_are_refused_at_once():
    door.room(10**6, n=1000)
    with pytest.raises(ValueError, match=r"^n = 10, m = 20 ask for 10000000000000 numbers; give "):
        door.room(10**13, n=10, m=20)


def test_what_is_single_has_no_axis():
    assert door.single("offset", 3) == 3
    with pytest.raises(ValueError, match=r"^offset has shape \(1,\); give one number$"):
        door.single("offset", [3])
