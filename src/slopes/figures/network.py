"""Pictures of networks that learn: digits, speeds of layers, and accuracies."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from slopes.figures._house import (
    BLUE,
    GREEN,
    INK,
    LINES,
    PURPLE,
    SKY,
    VERMILLION,
    name_bars,
    panels,
)

_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE)
_PAPER = LinearSegmentedColormap.from_list("paper", [(0.2, 0.2, 0.2, 0), (0.2, 0.2, 0.2, 1)])


def digits(images, labels):
    """Square images of digits in a row, each under its label.

    Parameters
    ----------
    images : numpy.ndarray
        Brightness from 0 to 1, an image for each row, shape (m, side²).
    labels : numpy.ndarray
        What they show, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        An image for each digit, ink on the colour of the page.
    """
    side = int(np.sqrt(images.shape[1]))
    figure, axes = panels(1, len(images), figsize=(6.4, 0.95), squeeze=False)
    for place, image, label in zip(axes[0], images, labels, strict=True):
        place.imshow(image.reshape(side, side), cmap=_PAPER, vmin=0, vmax=1)
        place.set_title(f"{label}", fontsize=11, color=INK)
        place.set(xticks=[], yticks=[])
        for edge in place.spines.values():
            edge.set(visible=True, color=INK, linewidth=0.6)
        place.grid(False)
    return figure


def neurons(ours, his):
    """Gradient of each neuron's bias in two hidden layers, for two networks.

    Parameters
    ----------
    ours : sequence of numpy.ndarray
        ``∂C/∂b`` for the neurons of the first and of the second hidden layer, shape (n,) each.
    his : numpy.ndarray
        The same for six neurons of each layer, shape (2, 6).

    Returns
    -------
    matplotlib.figure.Figure
        Bars, the first layer above the second, ours beside his.
    """
    figure, axes = panels(2, 2, sharey=True, figsize=(6.4, 3.8), width_ratios=[3, 1])
    for row, (left, right) in enumerate(zip(ours, his, strict=True)):
        for place, values, colour in zip(axes[row], (left, right), (BLUE, VERMILLION), strict=True):
            place.bar(np.arange(1, len(values) + 1), values, color=colour)
            place.axhline(0, color=INK, linewidth=0.8)
            place.set_axisbelow(True)
            if len(values) < 10:
                place.set_xticks(np.arange(1, len(values) + 1))
        axes[row, 0].set_ylabel(f"$\\partial C/\\partial b$, layer {row + 1}")
    axes[1, 0].set_xlabel("neuron, ours")
    axes[1, 1].set_xlabel("his six")
    return figure


def starts(bands, his):
    """Speeds of the hidden layers before training: bands of many seeds, and one run beside them.

    Parameters
    ----------
    bands : sequence of numpy.ndarray
        Low end, median and high end for each layer, shape (3, layers), for each network.
    his : sequence of numpy.ndarray
        Speeds of another run, shape (layers,), for each network.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each network, on a common logarithmic axis.
    """
    figure, axes = panels(1, len(bands), sharey=True)
    for place, (low, middle, high), speeds in zip(axes, bands, his, strict=True):
        layers = np.arange(1, len(middle) + 1)
        reach = [middle - low, high - middle]
        look = {"color": BLUE, "linestyle": "none", "capsize": 5, "marker": "o", "ms": 5}
        place.errorbar(layers, middle, reach, label="ours", **look)
        place.plot(layers, speeds, "x", color=VERMILLION, ms=9, mew=2.5, label="Nielsen's")
        place.set(yscale="log", xlim=(0.5, layers[-1] + 0.5), xticks=layers)
        place.set_xlabel(f"layer of {layers[-1]}")
    axes[0].set(ylabel=r"speed $\|\partial C/\partial b_l\|$", ylim=(1e-3, 1))
    axes[0].legend(loc="lower right", frameon=False)
    return figure


def shrinking(back, rows, labels, theory):
    """Speeds against the number of layers between, and a straight line from theory.

    Parameters
    ----------
    back : numpy.ndarray
        How many layers back from the last hidden one, shape (m,).
    rows : numpy.ndarray
        Speeds divided by that of the last hidden layer, a row for each of at most
        three laws, shape (k, m).
    labels : sequence of str
        A name for each.
    theory : numpy.ndarray
        What is predicted, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Markers for each row and a line, on a logarithmic axis.
    """
    figure, axes = panels()
    axes.plot(back, theory, "-", color=INK, linewidth=1.2, label="theory")
    for row, label, colour, marker in zip(rows, labels, _COLOURS, "oxs", strict=False):
        axes.plot(back, row, marker, color=colour, ms=8, mew=2, label=label, ls="none")
    axes.set(xlabel="layers back from the last hidden one", yscale="log", xticks=back)
    axes.set(ylabel="relative speed", xlim=(-0.2, back[-1] + 0.2))
    axes.legend(loc="lower left", frameon=False)
    return figure


def backwards(layers, lowest=-8, highest=2):
    """Size of the error in every layer of a network, relative to the last one.

    Parameters
    ----------
    layers : int
        Number of hidden layers.
    lowest, highest : int
        Least and greatest logarithm to base 10 shown.

    Returns
    -------
    matplotlib.figure.Figure
        Artist ``sizes`` (bars, ``log10`` of the size, shape (layers,)) can be moved.
    """
    figure, axes = panels()
    places = np.arange(1, layers + 1)
    bars = axes.bar(places, np.zeros(layers), color=SKY, edgecolor=INK, linewidth=0.6)
    name_bars(bars, "sizes")
    axes.axhline(0, color=INK, linewidth=1)
    axes.set(xlabel="hidden layer $l$", ylabel="size of the error, last layer = 1")
    axes.set(xlim=(0.3, layers + 0.7), ylim=(lowest, highest), xticks=places)
    axes.set_axisbelow(True)
    _powers_of_ten(axes)
    return figure


def curves(epochs, bands, his, theory):
    """Speeds of the hidden layers during training: bands of many seeds, one run, and theory.

    Parameters
    ----------
    epochs : numpy.ndarray
        Epochs, shape (m,).
    bands : sequence of numpy.ndarray
        Low end, median and high end, shape (3, m, layers), for each network.
    his : sequence of numpy.ndarray
        Speeds of one run, shape (m, layers), for each network.
    theory : sequence of numpy.ndarray
        Speeds predicted for the first epoch, shape (layers,), for each network.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each network; a band with its median as a thin line, a line
        and a mark for each layer, on a common logarithmic axis.
    """
    figure, axes = panels(1, len(bands), sharey=True, figsize=(6.4, 4))
    for place, (low, middle, high), speeds, start in zip(axes, bands, his, theory, strict=True):
        for i, colour in enumerate(_COLOURS[: speeds.shape[1]]):
            place.fill_between(epochs, low[:, i], high[:, i], color=colour, alpha=0.22, lw=0)
            place.plot(epochs[::5], middle[::5, i], "-", color=colour, linewidth=0.7)
            look = {"color": colour, "linestyle": LINES[i], "linewidth": 1.6}
            place.plot(epochs, speeds[:, i], label=f"layer {i + 1}", **look)
        look = {"color": INK, "markerfacecolor": "white", "clip_on": False, "zorder": 5}
        place.plot(epochs[:1].repeat(start.size), start, "D", label="theory", **look)
        place.set(yscale="log", xlim=(0, epochs[-1]), xlabel="epoch", xticks=[0, 200, 400])
    axes[0].set(ylabel=r"speed $\|\partial C/\partial b_l\|$", ylim=(3e-6, 1))
    figure.legend(
        *axes[-1].get_legend_handles_labels(), loc="outside upper center", ncols=5, frameon=False
    )
    return figure


def moment(epochs, layers=4):
    """Speeds of the layers over all epochs, and at one of them.

    Parameters
    ----------
    epochs : numpy.ndarray
        Epochs, shape (m,).
    layers : int
        Greatest number of hidden layers.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``layer1 … layern`` (lines, ``log10`` of the speeds, shape (m,)),
        ``moment`` (a rule) and ``speeds`` (markers of shape (layers,)) can be moved.
    """
    figure, (left, right) = panels(1, 2, sharey=True, width_ratios=[2, 1])
    for l in range(layers):  # noqa: E741
        look = {"color": _COLOURS[l], "linestyle": LINES[l]}
        look |= {"gid": f"layer{l + 1}", "label": f"layer {l + 1}", "linewidth": 1.6}
        left.plot(epochs, np.zeros(len(epochs)), **look)
    left.axvline(0, color=INK, linewidth=1.2, linestyle="-", gid="moment")
    places = np.arange(1, layers + 1)
    right.plot(places, np.zeros(layers), "o", color=INK, ms=9, gid="speeds")
    left.set(xlabel="epoch", xlim=(0, epochs[-1]), ylim=(-5.4, 0))
    left.set_ylabel(r"speed $\|\partial C/\partial b_l\|$")
    right.set(xlabel="layer $l$", xlim=(0.5, layers + 0.5), xticks=places)
    figure.legend(
        *left.get_legend_handles_labels(), loc="outside upper center", ncols=layers, frameon=False
    )
    _powers_of_ten(left)
    return figure


def cancelling(epochs, single, together):
    """How hard single examples pull on each layer, and how hard all do together.

    Parameters
    ----------
    epochs : numpy.ndarray
        Epochs, shape (m,).
    single, together : numpy.ndarray
        Mean of the norms, and norm of the mean, shape (m, layers).

    Returns
    -------
    matplotlib.figure.Figure
        Two lines for each layer, on a logarithmic axis.
    """
    figure, axes = panels()
    for l in range(single.shape[1]):  # noqa: E741
        look = {"color": _COLOURS[l], "linestyle": LINES[l]}
        for rows, marker, words in ((single, "o", "one image"), (together, "", "the mean")):
            axes.plot(epochs, rows[:, l], marker=marker, ms=4, **look)
            place = (epochs[-1], rows[-1, l])
            offset = {"textcoords": "offset points", "va": "center", "annotation_clip": False}
            axes.annotate(f"{words}, layer {l + 1}", place, (6, 0), color=_COLOURS[l], **offset)
    axes.set(yscale="log", xlabel="epoch", ylabel="size of the gradient", xlim=(0, epochs[-1]))
    return figure


def accuracies(depths, rows, labels, his):
    """Test accuracy against the number of hidden layers, seed by seed.

    Parameters
    ----------
    depths : numpy.ndarray
        Numbers of hidden layers, shape (m,).
    rows : numpy.ndarray
        Accuracies from 0 to 1, shape (recipes, m, seeds), at most three recipes.
    labels : sequence of str
        A name for each recipe.
    his : numpy.ndarray
        One accuracy for each depth from another experiment, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        A line through the means of each recipe, and a dot for each seed.
    """
    figure, axes = panels()
    for i, (row, label) in enumerate(zip(rows, labels, strict=True)):
        look = {"color": _COLOURS[i], "linestyle": LINES[i]}
        axes.plot(depths, 100 * row.mean(axis=1), label=label, **look)
        shift = 0.04 * (i - 1.5)
        for depth, seeds in zip(depths, row, strict=True):
            axes.plot(depth + shift + 0 * seeds, 100 * seeds, ".", color=_COLOURS[i], ms=6)
    axes.plot(depths, 100 * his, "x", color=INK, ms=8, mew=2, label="Nielsen's, on MNIST")
    axes.set(xlabel="hidden layers", ylabel="digits read correctly (%)", ylim=(0, 103))
    axes.set(xticks=depths)
    axes.legend(loc="lower left", frameon=False)
    return figure


def patience(updates, shares, marks):
    """Test accuracy of some runs against the number of updates.

    Parameters
    ----------
    updates : numpy.ndarray
        Numbers of updates, shape (m,).
    shares : numpy.ndarray
        Accuracies from 0 to 1, a row for each run, shape (runs, m).
    marks : dict
        Number of updates → what is written there.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each run and a rule for each mark; the axis of updates is logarithmic.
    """
    figure, axes = panels()
    for row in shares:
        axes.plot(updates, 100 * row, "-o", color=BLUE, ms=4, linewidth=1.2)
    for place, words in marks.items():
        axes.axvline(place, color=VERMILLION, linestyle="--", linewidth=1.2)
        axes.text(place, 103, words, ha="center", va="bottom", color=VERMILLION)
    axes.set(xscale="log", xlabel="updates", ylabel="digits read correctly (%)", ylim=(0, 102))
    return figure


def _powers_of_ten(axes):
    """Mark an axis of logarithms with the powers that they stand for."""
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.yaxis.set_major_formatter(lambda y, _: f"$10^{{{y:.0f}}}$")
