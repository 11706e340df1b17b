"""The data are what they say: the digits' bytes, Nielsen's numbers, and MNIST read as written."""

import gzip
import struct
import subprocess
import sys

import numpy as np
import pytest
from sklearn.datasets import load_digits

from slopes import data
from slopes.data.digits import checked


def test_digits_are_those_of_scikit_learn():
    images, labels = data.digits()
    theirs = load_digits()
    np.testing.assert_array_equal(images * 16, theirs.data)
    np.testing.assert_array_equal(labels, theirs.target)


def test_a_changed_digit_is_noticed():
    images, labels = data.digits()
    images = (16 * images).astype(np.uint8)
    assert checked(images, labels.astype(np.uint8)).labels.sum() == labels.sum()
    images[1000, 20] ^= 1
    with pytest.raises(ValueError, match=r"SHA-256.*install the book anew"):
        checked(images, labels.astype(np.uint8))


@pytest.mark.parametrize("hidden", [2, 3, 4])
def test_nielsen_stored_500_epochs_of_every_hidden_layer(hidden):
    speeds = data.nielsen_speeds(hidden)
    assert speeds.shape == (500, hidden)
    assert (speeds > 0).all()
    assert (np.diff(speeds[0]) > 0).all()  # the first layer is the slowest


def test_nielsen_bars_are_no_longer_than_his_norms():
    bars = data.nielsen_first_gradient()
    assert bars.shape == (2, 6)
    assert (np.linalg.norm(bars, axis=1) < data.nielsen_speeds(2)[0]).all()


def test_there_are_no_curves_for_one_layer():
    with pytest.raises(ValueError, match="hidden is 1; Nielsen stored"):
        data.nielsen_speeds(1)


def test_a_result_that_is_not_stored_is_refused_with_a_list():
    with pytest.raises(ValueError, match="no stored result 'nothing'; there are:"):
        data.stored("nothing")


def test_importing_reads_no_data():
    code = (
        "import sys; sys.addaudithook(lambda event, args: event == 'open' and "
        "str(args[0]).endswith(('.npz', '.json')) and sys.exit(f'{args[0]} was read')); "
        "import slopes, slopes.data"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture
def made_up():
    rng = np.random.default_rng(28)
    return rng.integers(0, 256, (5, 28, 28), dtype=np.uint8), np.arange(5, dtype=np.uint8)


def idx(array):
    head = struct.pack(f">HBB{array.ndim}i", 0, 8, array.ndim, *array.shape)
    return head + array.tobytes()


def write_originals(folder, images, labels, stem="train", ending="", pack=bytes):
    (folder / f"{stem}-images-idx3-ubyte{ending}").write_bytes(pack(idx(images)))
    (folder / f"{stem}-labels-idx1-ubyte{ending}").write_bytes(pack(idx(labels)))


@pytest.mark.parametrize("ending, pack", [("", bytes), (".gz", gzip.compress)])
@pytest.mark.parametrize("part, stem", [("train", "train"), ("test", "t10k")])
def test_original_files_are_read(tmp_path, made_up, ending, pack, part, stem):
    write_originals(tmp_path, *made_up, stem, ending, pack)
    images, labels = data.mnist(tmp_path, part)
    np.testing.assert_array_equal(images * 255, made_up[0].reshape(5, 784))
    np.testing.assert_array_equal(labels, made_up[1])


def test_packed_file_is_read(tmp_path, made_up):
    images, labels = made_up
    path = tmp_path / "mnist.npz"
    np.savez(path, x_train=images, y_train=labels, x_test=images[:2], y_test=labels[:2])
    assert data.mnist(path).images.shape == (5, 784)
    np.testing.assert_array_equal(data.mnist(str(path), "test").labels, [0, 1])


def test_strange_files_are_refused(tmp_path, made_up):
    images, labels = made_up
    with pytest.raises(FileNotFoundError):
        data.mnist(tmp_path)
    np.savez(tmp_path / "mnist.npz", x_train=images)
    with pytest.raises(ValueError, match=r"no array y_train; give MNIST"):
        data.mnist(tmp_path / "mnist.npz")
    write_originals(tmp_path, images, labels[:3])
    with pytest.raises(ValueError, match=r"images of shape \(5, 28, 28\) and labels of shape \(3,"):
        data.mnist(tmp_path)
    name = "train-images-idx3-ubyte"
    whole = idx(images)
    for content in (whole[:-1], whole + b"\0", whole[:6]):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ValueError, match="cut short or too long"):
            data.mnist(tmp_path)
    (tmp_path / name).write_bytes(b"\x00\x00\x0d\x03" + whole[4:])
    with pytest.raises(ValueError, match="does not start as an IDX file"):
        data.mnist(tmp_path)
    with pytest.raises(ValueError, match="part is 'both'"):
        data.mnist(tmp_path, "both")
