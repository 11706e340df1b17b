"""Pictures of digits show the numbers they are given."""

import numpy as np

from slopes.figures import data as figures


def test_digits_are_drawn_row_by_row():
    images = np.random.default_rng(30).random((3, 64))
    figure = figures.digits(images, np.array([4, 0, 7]))
    for axes, image, label in zip(figure.axes, images, "407", strict=True):
        np.testing.assert_array_equal(axes.images[0].get_array(), image.reshape(8, 8))
        assert axes.get_title() == label
