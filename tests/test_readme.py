"""What the README shows is what the package computes."""

import re
from pathlib import Path

import numpy as np

from slopes.figures.chain import two_faces
from slopes.universality import fit_steps, nielsen_function, step_network

ROOT = Path(__file__).parents[1]


def cover(weight=113):
    """The landing page's picture with its slider at `weight`, as SVG."""
    layer, x = np.arange(31), np.linspace(0, 1, 201)
    figure = two_faces(layer, x, nielsen_function(x))
    lines = {line.get_gid(): line for axes in figure.axes for line in axes.lines}
    lines["gradient"].set_ydata((weight / 4) ** layer)
    lines["drawing"].set_ydata(step_network(fit_steps(nielsen_function, 0, 1, 40, weight), x))
    figure.set_facecolor("white")
    return figure.svg()


def test_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 400


def test_code_gives_the_numbers_beside_it():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.S)[1]
    *imports, chain, width = code.splitlines()
    names = {}
    exec("\n".join(imports), names)
    sign, log = eval(chain.split("#")[0], names)
    assert f"sign {sign:.0f}, ln|gradient| {log:.2f}" in chain
    assert f"{eval(width.split('#')[0], names):.4f}" in width


def test_picture_is_the_one_the_package_draws():
    stored = (ROOT / "web" / "cover.svg").read_text(encoding="utf-8")
    number = r"-?\d+\.\d+"
    assert re.split(number, stored) == re.split(number, cover())
    numbers = [np.array(re.findall(number, text), float) for text in (stored, cover())]
    np.testing.assert_allclose(*numbers, atol=0.011)  # processors may round differently
