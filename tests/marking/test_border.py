"""Plain data cross the border unchanged, and nothing else does."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking.inside.border import BorderError, pack, unpack

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)


@pytest.mark.no_cover  # nearly all of its time is spent in making values
@given(PLAIN)
def test_plain_data_come_back_as_they_were(value):
    back = unpack(pack(value))
    assert back == value and type(back) is type(value)


@pytest.mark.parametrize("value", [(1, (2.5, "a")), 1 - 2j, complex(math.inf, -0.0), True, -0.0])
def test_kinds_are_kept(value):
    assert repr(unpack(pack(value))) == repr(value)


@pytest.mark.parametrize("value", [math.inf, -math.inf, 5e-324, 1.7e308, 0.1])
def test_every_float_keeps_its_digits(value):
    assert unpack(pack(value)) == value
    assert math.isnan(unpack(pack(math.nan)))


@pytest.mark.parametrize("kind", ["?", "i1", "u2", ">i4", "f4", ">f8", "c8"])
def test_arrays_arrive_with_their_shape(kind):
    array = np.arange(24).reshape(2, 3, 4).astype(kind)[:, ::2]
    back = unpack(pack(array))
    assert back.shape == (2, 2, 4) and np.array_equal(back, array)


def test_sets_and_ranges_arrive_as_tuples_and_numpy_scalars_as_numbers():
    assert unpack(pack([{3}, range(2)])) == [(3,), (0, 1)]
    back = unpack(pack([np.float32(0.5), np.int8(3), np.bool_(True), np.array(2.0)]))
    assert back == [0.5, 3, True, 2.0] and type(back[2]) is bool


def test_a_value_that_lies_arrives_as_what_it_is():
    class Liar(float):
        __eq__ = __lt__ = __gt__ = lambda self, other: True
        __hash__ = None

    back = unpack(pack(Liar(3)))
    assert type(back) is float and back != 4


@pytest.mark.parametrize(
    "value, words",
    [
        (object(), "of type object"),
        ([[lambda: 1]], "of type function"),
        (10**5000, "1000 digits"),
        (np.array(["a"]), "an array of <U1"),
        (np.array([object()]), "an array of object"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_is_refused_in_words(value, words):
    with pytest.raises(BorderError, match=words):
        pack(value)


def test_what_raises_when_it_is_looked_at_is_refused():
    class Nasty(list):
        def __iter__(self):
            raise KeyError

    with pytest.raises(BorderError, match="cannot be read"):
        pack(Nasty())


@pytest.mark.no_cover  # the same lines, a million times
@pytest.mark.parametrize("kind", [list, dict])
def test_a_list_without_end_is_refused(kind):
    class Endless(kind):
        def __len__(self):
            return 1

        def __iter__(self):
            while True:
                yield True

        def items(self):
            return ((True, True) for _ in self)

    with pytest.raises(BorderError, match="more than 1,000,000 elements"):
        pack(Endless())


def test_nesting_without_end_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(BorderError, match="nested more than"):
        pack(endless)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17",
        "NaN",
        "[1]",
        "{}",
        '{"int": "1", "float": "0x1p0"}',
        '{"int": 3.5}',
        '{"float": "0x1p99999"}',
        '{"object": "os.system"}',
        '{"dict": [[{"list": []}, null]]}',
        '{"dict": 3}',
        '{"complex": [1]}',
        '{"array": ["|O", [1], ""]}',
        '{"array": ["<f8", [7], "AAAA"]}',
        '{"array": ["<f8", [1], "no base64"]}',
        '{"array": ["<f8"]}',
        '{"int": "' + "9" * 2000 + '"}',
        "[" * 10**5,
        '{"list": [' * 60 + "]}" * 60,
    ],
)
def test_what_pack_does_not_write_is_refused(text):
    with pytest.raises(BorderError):
        unpack(text)


def test_nothing_is_unpickled_or_evaluated():
    assert unpack(json.dumps("__import__('os').system('true')")).startswith("__import__")
