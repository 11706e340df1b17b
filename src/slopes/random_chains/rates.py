"""The rates at which the gradients of random chains shrink, by quadrature.

An activation ``a`` leaves the next neuron with ``z = wa + b``, a normal number
of variance ``s(a)² = w_std² a² + b_std²``. A random chain is therefore a
Markov chain on the activations, and its rates belong to operators that take a
function g of the activation to a mean of g over the next one. Here such an
operator is a matrix: g is a polynomial in ``s(a)`` through its values at
Chebyshev nodes, and the mean over z is a trapezoidal sum, which for smooth
functions of a normal number is right to nearly all digits.
"""

from math import gamma, pi, sqrt
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, inside, instance, real
from slopes.random_chains.law import STANDARD, Law

FARTHEST = 9.0  # in standard deviations; what lies beyond has a probability of 2e-19
LARGE = 300  # mean of a Poisson number from which on its relative deviation counts as small
NODES = 64
ORDER = np.arange(NODES)
ANGLES = (ORDER + 0.5) * pi / NODES
TO_COEFFICIENTS = np.cos(ORDER[:, None] * ANGLES) * np.where(ORDER > 0, 2, 1)[:, None] / NODES


class Grid(NamedTuple):
    """The nodes and the sums for one law."""

    law: Law
    ends: Floats  # least and greatest standard deviation of z
    std: Floats  # standard deviation of z at the nodes
    size: Floats  # size of the activation at the nodes
    z: Floats  # weighted inputs
    chance: Floats  # probability of each of them (columns) behind each node (rows)


def mean_log_weight(w_std: ArrayLike = 1) -> Floats:
    """Mean of ``ln|w|`` for normal weights, ``ln w_std - (γ + ln 2)/2`` (:eq:`mean-log-weight`).

    Parameters
    ----------
    w_std : array_like
        Standard deviation of the weight, above 0, any shape.

    Returns
    -------
    numpy.ndarray
        Natural logarithm, same shape as `w_std`; -0.6352 for standard normal weights.

    Examples
    --------
    >>> mean_log_weight([1, 2]).round(4)
    array([-0.6352,  0.058 ])
    """
    return np.log(inside("w_std", w_std, 0, np.inf)) - (np.euler_gamma + np.log(2)) / 2


def mean_log_gain(a: ArrayLike, law: Law = STANDARD) -> Floats:
    """Mean of ``ln|wσ'(wa + b)|`` over the law, for a fixed input `a` (:eq:`mean-log-gain`).

    Parameters
    ----------
    a : array_like
        Input of the neuron, any shape.
    law : Law
        The law of weight and bias.

    Returns
    -------
    numpy.ndarray
        Natural logarithm, same shape as `a`; ``-inf`` where a slope may be 0.

    Examples
    --------
    >>> mean_log_gain([0, 0.5, 1]).round(4)
    array([-2.2473, -2.298 , -2.4405])
    """
    instance("law", law, Law, "STANDARD")
    a = real("a", a)
    std = _std(a, law)[..., None]
    t = np.linspace(-FARTHEST, FARTHEST, int(2 * FARTHEST * _fineness(np.max(std, initial=0))))
    weights = np.exp(-t * t / 2) / np.sum(np.exp(-t * t / 2))
    logs = law.activation.log_slope(std * t)
    return mean_log_weight(law.w_std) + np.sum(weights * logs, axis=-1)


def stationary_density(z: ArrayLike, law: Law = STANDARD) -> Floats:
    """Density of the weighted input of a neuron deep in a random chain (:eq:`stationary-density`).

    Parameters
    ----------
    z : array_like
        Weighted inputs, any shape.
    law : Law
        The law of weights and biases; with a bounded activation and ``b_std > 0``.

    Returns
    -------
    numpy.ndarray
        Density in 1/(unit of z), same shape as `z`.

    Raises
    ------
    ValueError
        If the activation is unbounded or the biases are all 0.

    Examples
    --------
    >>> stationary_density([0, 1, 2]).round(4)
    array([0.3537, 0.2372, 0.0735])
    """
    instance("law", law, Law, "STANDARD")
    z, grid = real("z", z), _grid(law)
    return _normal(z[..., None], grid.std) @ _stationary(grid)


def lyapunov_exponent(law: Law = STANDARD) -> float:
    """Typical rate of a random chain, ``λ = lim (1/n) ln|∂a_n/∂a_0|`` (:eq:`lyapunov-exponent`).

    The mean log-gain over the activations that the chain visits in the long
    run. Right to 1e-12 where the standard deviations of weights and biases are
    between 0.1 and 4 and not more than ten times apart.

    Parameters
    ----------
    law : Law
        The law of weights and biases; with a bounded activation and ``b_std > 0``.

    Returns
    -------
    float
        Natural logarithm of the factor per layer.

    Raises
    ------
    ValueError
        If the activation is unbounded or the biases are all 0.

    Examples
    --------
    >>> round(lyapunov_exponent(), 10)
    -2.3075847909
    """
    instance("law", law, Law, "STANDARD")
    grid = _grid(law)
    return float(_stationary(grid) @ mean_log_gain(grid.size, law))


def moment_rate(power: float, law: Law = STANDARD) -> float:
    """Factor per layer of ``E|∂a_n/∂a_0|^power`` (:eq:`moment-rate`).

    The largest eigenvalue of the operator ``g -> E[|wσ'(wa + b)|^power g(σ(wa + b))]``.
    Accuracy as for `lyapunov_exponent`, for powers up to 4.

    Parameters
    ----------
    power : float
        Power of the gradient, above -1: 1 for the mean, 2 for the mean square.
    law : Law
        The law of weights and biases; with a bounded activation and ``b_std > 0``.

    Returns
    -------
    float
        The factor, in (gradient per layer) to the given power.

    Raises
    ------
    ValueError
        If `power` is not above -1, where the mean is infinite; if the
        activation is unbounded or the biases are all 0.

    Examples
    --------
    >>> round(moment_rate(1), 10), round(moment_rate(2) ** 0.5, 6)
    (0.152179508, 0.193882)
    """
    instance("law", law, Law, "STANDARD")
    power = float(inside("power", power, -1, np.inf))
    grid = _grid(law)
    # given z, the weight is normal, with this standard deviation and this multiple of it as mean
    deviation = law.w_std * law.b_std / grid.std[:, None]
    multiple = law.w_std / law.b_std * grid.size[:, None] * grid.z / grid.std[:, None]
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        weights = deviation**power * _shifted_moment(multiple, power)
        slopes = np.exp(power * law.activation.log_slope(grid.z))
        operator = _operator(grid, grid.chance * weights * slopes)
    if not np.isfinite(operator).all():
        raise ValueError(f"power is {power}, and its moments leave the floats; give a smaller one")
    return float(np.max(np.abs(np.linalg.eigvals(operator))))


def log_gradient_variance(law: Law = STANDARD) -> float:
    """Growth per layer of the variance of ``ln|∂a_n/∂a_0|`` (:eq:`log-gradient-variance`).

    The curvature of ``ln moment_rate`` at power 0, from five of its values;
    right to 1e-6.

    Parameters
    ----------
    law : Law
        The law of weights and biases; with a bounded activation and ``b_std > 0``.

    Returns
    -------
    float
        Variance per layer, without a unit.

    Raises
    ------
    ValueError
        If the activation is unbounded or the biases are all 0.

    Examples
    --------
    >>> round(log_gradient_variance(), 4)
    1.2567
    """
    instance("law", law, Law, "STANDARD")
    step = 0.02
    values = [np.log(moment_rate(k * step, law)) for k in (-2, -1, 0, 1, 2)]
    return float(np.dot([-1, 16, -30, 16, -1], values) / (12 * step**2))


def _std(a: Floats, law: Law) -> Floats:
    """Standard deviation of the weighted input behind the activation `a`."""
    return np.hypot(law.w_std * a, law.b_std)


def _grid(law: Law) -> Grid:
    """Chebyshev nodes: deviations of z, and the sizes of the activations to which they belong."""
    low, high = law.activation.value(np.array([-np.inf, np.inf]))
    if not np.isfinite([low, high]).all():
        raise ValueError(
            f"the activation {law.activation.name} is unbounded, so its chain need not settle; "
            "give a bounded one, such as SIGMOID or TANH"
        )
    if law.b_std == 0:
        raise ValueError("b_std is 0, so the chain may settle nowhere; give a number above 0")
    ends = _std(np.array([0, max(abs(low), abs(high))]), law)
    std = np.mean(ends) + np.ptp(ends) / 2 * np.cos(ANGLES)
    size = np.sqrt((std - law.b_std) * (std + law.b_std)) / law.w_std
    # where activations pass through 0, the deviation of the next z turns round as sharply as this
    turn = np.arctan(law.b_std / law.w_std) if low < 0 < high else pi / 2
    step = ends[0] / _fineness(ends[0], max(turn, 0.05))
    count = int(np.ceil(FARTHEST * ends[1] / step))
    z = step * np.arange(-count, count + 1)
    return Grid(law, ends, std, size, z, step * _normal(z, std[:, None]))


def _fineness(std: float, distance: float = pi / 2) -> float:
    """Points per standard deviation in a trapezoidal sum over a normal number of deviation `std`.

    The sum of a function that is smooth up to `distance` from the real axis
    converges like ``exp(y²/2 - 2πy·points)``, where y is the distance over `std`.
    """
    y = min(distance / max(std, 1e-3), 8.0)
    return max((37 + y**2 / 2) / (2 * pi * y), 2.0)


def _normal(z: Floats, std: Floats) -> Floats:
    return np.exp(-((z / std) ** 2) / 2) / (sqrt(2 * pi) * std)


def _operator(grid: Grid, factors: Floats) -> Floats:
    """Matrix from the values of g at the nodes to ``Σ factors(node, z) g(σ(z))``."""
    reached = _std(grid.law.activation.value(grid.z), grid.law)
    place = np.clip((reached - np.mean(grid.ends)) / (np.ptp(grid.ends) / 2), -1, 1)
    waves = np.cos(np.arccos(place)[:, None] * ORDER)  # Chebyshev polynomials
    return factors @ waves @ TO_COEFFICIENTS


def _stationary(grid: Grid) -> Floats:
    """Weights of the nodes in the mean over the activations that the chain visits."""
    step = _operator(grid, grid.chance)
    return cast(Floats, np.linalg.solve(step.T - np.eye(NODES) + 1, np.ones(NODES)))


def _shifted_moment(shift: Floats, power: float) -> Floats:
    """``E|shift + r|^power`` for a standard normal r.

    The square of ``shift + r`` is chi-squared with ``1 + 2k`` degrees of
    freedom, where k is a Poisson number of mean ``shift²/2``: a sum of positive
    terms. Where that mean is large, the expansion for a large shift is as exact.
    """
    mean = np.minimum(shift**2 / 2, LARGE)
    central = (
        2 ** (power / 2) * gamma((1 + power) / 2) / sqrt(pi) if power < 340 else np.inf
    )  # E|r|^power
    term, most = np.exp(-mean), np.max(mean)
    total: Floats | float = 0.0
    for k in range(int(most + 12 * sqrt(most) + 40)):
        total = total + term * central
        term, central = term * mean / (k + 1), central * (1 + power / (2 * k + 1))
    far = np.maximum(np.abs(shift), sqrt(2 * LARGE))
    factor = 1.0
    series: Floats | float = 1.0
    for k in range(1, 7):
        factor = factor * (power - 2 * k + 2) * (power - 2 * k + 1) / (2 * k)
        series = series + factor / far ** (2 * k)
    return np.where(shift**2 / 2 < LARGE, total, far**power * series)
