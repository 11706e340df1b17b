"""Explorables in a live kernel."""

import os
import re

import nbformat
import numpy as np
import pytest
from jupyter_core.utils import run_sync
from nbclient import NotebookClient

from explore.examples import UNTRACEABLE, X, every_kind, one_line
from slopes.explore import choice, slider
from slopes.explore.explorable import BUILD
from slopes.explore.trace import Untraceable
from slopes.explore.widget import live


def parts(explorable):
    picture, words, *inputs, button = live(explorable).children
    return picture, words, dict(zip(explorable.controls, inputs, strict=True)), button


def test_a_slider_redraws_the_picture_with_update_itself():
    explorable = one_line()
    picture, words, inputs, _ = parts(explorable)
    inputs["w"].value = -1.5
    assert explorable.svg(w=-1.5) in picture.value
    assert "end: <b>−3</b>" in words.value


def test_a_choice_hands_over_the_option_itself():
    seen = []

    def update(w, kind):
        seen.append(kind)
        return {"line": w * X}

    options = (np.arange(3), "text")
    explorable = one_line(update, w=slider(0, 1, 1), kind=choice(*options))
    _, _, inputs, _ = parts(explorable)
    inputs["kind"].value = 1
    assert seen[0] is options[0] and seen[-1] == "text"


def test_reset_returns_every_control_and_draws_once():
    explorable = every_kind()
    picture, words, inputs, button = parts(explorable)
    first = picture.value
    inputs["w"].value, inputs["activation"].value = 5.0, 1
    assert picture.value != first
    button.click()
    assert picture.value == first
    assert inputs["w"].value == 1.5 and inputs["activation"].value == 0
    assert "not yet reached" in words.value and "&lt;&amp;&gt;" in words.value


def test_the_goal_is_told_in_words():
    _, words, inputs, _ = parts(every_kind())
    inputs["w"].value, inputs["b"].value = 3.0, -2.0
    assert re.search(r"<b>reached</b>", words.value)


def test_the_widget_moves_where_no_page_can_replay_and_says_why(monkeypatch):
    monkeypatch.delenv(BUILD, raising=False)
    explorable = one_line(lambda w: {"line": np.sort(w * X), "end": w})
    bundle = explorable._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "This figure stands still: line" in bundle["text/html"]
    *_, note = live(explorable, "a < b").children
    assert note.value == "On a page this figure stands still: a &lt; b"


def test_an_update_that_fails_at_an_end_of_a_slider_still_has_its_widget(monkeypatch):
    monkeypatch.delenv(BUILD, raising=False)

    def update(w):
        if isinstance(w, float) and w == -2:
            raise ValueError("no answer at -2")
        return {"line": w * X}

    bundle = one_line(update)._repr_mimebundle_()
    assert re.search(r"no answer at -2; so update fails at {.*w.*: -2.0}", bundle["text/html"])


def test_while_the_site_is_built_it_is_an_error(monkeypatch):
    monkeypatch.setenv(BUILD, "1")
    with pytest.raises(Untraceable, match="sort outside update"):
        one_line(lambda w: {"line": np.sort(w * X)})


CODE = """
import numpy as np
from slopes.explore import explore, slider
from slopes.figures._house import panels
x = np.linspace(0, 1, 20)
figure, axes = panels()
line, = axes.plot(x, x, gid="line")
explore(figure, lambda w: {"line": w * x, "end": w * 10}, w=slider(0, 1, 0.5))
"""


@pytest.fixture(scope="module")
def kernel():
    """A notebook with explorables, run in a real kernel, which is still alive."""
    cells = [nbformat.v4.new_code_cell(code) for code in (CODE, UNTRACEABLE)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    client = NotebookClient(notebook, timeout=120)
    around = {name: value for name, value in os.environ.items() if name != BUILD}
    with client.setup_kernel(env=around):
        for number, cell in enumerate(cells):
            client.execute_cell(cell, number)
        yield client, cells


def test_in_a_real_kernel_the_output_is_a_widget_and_a_page(kernel):
    client, cells = kernel
    data = cells[0].outputs[0].data
    view = data["application/vnd.jupyter.widget-view+json"]
    assert data["text/plain"] == "Explorable(w=0.5)"
    assert 'class="explorable"' in data["text/html"]
    state = client.widget_state[view["model_id"]]
    assert state["_model_name"] == "VBoxModel"


SORT = r"\(.*np.sort\(w \* x\).*\): numpy.sort cannot be replayed on the page; sort outside update"


def test_in_a_real_kernel_an_update_that_no_page_can_replay_moves_the_widget(kernel):
    client, (_, cell) = kernel
    (output,) = cell.outputs
    page, view = output.data["text/html"], output.data["application/vnd.jupyter.widget-view+json"]
    texts = children(client, view["model_id"])
    assert 'data-artist="line"' in texts[0] and re.search(f"stands still: .*{SORT}", texts[-1])
    assert 'data-artist="line"' in page and re.search(f"stands still: .*{SORT}", page)
    assert "<form" not in page and "<script" not in page


def children(client, model):
    """The texts of the HTML in a box of widgets."""
    state = client.widget_state
    inner = [each.removeprefix("IPY_MODEL_") for each in state[model]["children"]]
    return [state[each]["value"] for each in inner if state[each]["_model_name"] == "HTMLModel"]


def test_in_a_real_kernel_a_message_from_the_front_end_moves_the_picture(kernel):
    client, _ = kernel
    models = [(state["_model_name"], id) for id, state in client.widget_state.items()]
    content = {
        "comm_id": dict(reversed(models))["FloatSliderModel"],
        "data": {"method": "update", "state": {"value": 0.9}, "buffer_paths": []},
    }
    message = client.kc.session.msg("comm_msg", content)
    client.kc.shell_channel.send(message)
    sent = [str(each["content"]) for each in answers(client.kc, message["header"]["msg_id"])]
    assert any('data-artist="line"' in each for each in sent)
    assert any("end: <b>9</b>" in each for each in sent)


def answers(client, request):
    """What the kernel publishes in answer to a request, until it is idle again."""
    while True:
        message = run_sync(client.get_iopub_msg)(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            yield message
            if message["content"].get("execution_state") == "idle":
                return
