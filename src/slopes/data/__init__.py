"""Data that the book carries, read when they are asked for.

Handwritten digits, the curves that Nielsen stored, the results of our own long
runs, and a reader for the original MNIST files of those who have them.
"""

from slopes.data.digits import Digits, digits
from slopes.data.mnist import mnist
from slopes.data.stored import nielsen_first_gradient, nielsen_speeds, stored

__all__ = ["Digits", "digits", "mnist", "nielsen_first_gradient", "nielsen_speeds", "stored"]
