"""The buttons on the pages lead to a live notebook: here, on Binder, on Colab."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
import yaml

from book import ROOT, cells, notebooks, pages, sheets
from lite.notebook import told

REPOSITORY = "https://github.com/someone/slopes"
RAW = "https://raw.githubusercontent.com/someone/slopes/gh-pages/"
RUN = re.compile(r'href="([^"]*/run/index\.html)\?chapter=(\w+)"')
SOLVE = re.compile(r'href="([^"]*/run/index\.html)\?sheet=(\w+)"')


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The intro and the first chapter, built with the address of a repository."""
    folder = tmp_path_factory.mktemp("published")
    text = (ROOT / "_config.yml").read_text()
    url = re.compile(r"(repository:\n  url: &repository) \".*?\"")
    settings = yaml.safe_load(url.sub(rf'\1 "{REPOSITORY}"', text))
    settings["sphinx"]["local_extensions"] = {"pages": str(ROOT / "web")}
    (folder / "_config.yml").write_text(yaml.safe_dump(settings))
    chapter = {"file": f"chapters/{notebooks()[0].stem}"}
    reading = {"format": "jb-book", "root": "chapters/intro", "chapters": [chapter]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(reading))
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ROOT, "-q"]
    command += ["--config", folder / "_config.yml", "--toc", folder / "_toc.yml"]
    done = subprocess.run(
        [*command, "--path-output", folder], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "_build" / "html"


def page_of(site, chapter):
    return site / "chapters" / f"{chapter.stem}.html"


@pytest.mark.parametrize("chapter", notebooks(), ids=lambda chapter: chapter.stem)
def test_every_chapter_has_a_button_to_its_notebook(site, chapter):
    page = page_of(site, chapter)
    ((link, name),) = RUN.findall(page.read_text())
    assert (page.parent / link).resolve().is_file()
    assert name == chapter.stem
    assert (site / "lite" / "files" / f"{name}.ipynb").is_file()
    assert (site / "lite" / "notebooks" / "index.html").is_file()


def test_pages_that_are_no_notebook_have_no_button(site):
    others = [page for page in pages() if page.suffix != ".ipynb"]
    assert others
    assert [page for page in others if RUN.search(page_of(site, page).read_text())] == []


def test_the_page_on_homework_opens_every_sheet_and_hands_out_its_file(site):
    page = site / "chapters" / "sheets.html"
    found = dict(reversed(link) for link in SOLVE.findall(page.read_text()))
    assert sorted(found) == [sheet.stem for sheet in sheets()]
    for sheet in sheets():
        assert (page.parent / found[sheet.stem]).resolve().is_file()
        assert (site / "lite" / "files" / sheet.name).is_file()
        (file,) = re.findall(rf'href="([^"]*/{sheet.name})"', page.read_text())
        assert (page.parent / file).read_bytes() == sheet.read_bytes()


def test_a_known_repository_shows_binder_and_colab(published):
    chapter = notebooks()[0]
    text = page_of(published, chapter).read_text()
    binder = "https://mybinder.org/v2/gh/someone/slopes/HEAD?urlpath=lab/tree/_build/notebooks/"
    colab = "https://colab.research.google.com/github/someone/slopes/blob/gh-pages/colab/"
    assert text.count(f'href="{binder}{chapter.name}"') == 1
    assert text.count(f'href="{colab}{chapter.name}"') == 1
    assert (published / "colab" / chapter.name).is_file()
    assert "mybinder" not in page_of(published, ROOT / "chapters" / "intro.md").read_text()


def test_binder_finds_the_chapters_where_its_button_leads(tmp_path):
    assert os.access(ROOT / "postBuild", os.X_OK)
    shutil.copy(ROOT / "postBuild", tmp_path)
    (tmp_path / "web").symlink_to(ROOT / "web")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run(["./postBuild"], cwd=tmp_path, env=os.environ | {"PATH": path}, check=True)
    made = {path.name for path in (tmp_path / "_build" / "notebooks").iterdir()}
    assert made == {chapter.name for chapter in notebooks()}


@pytest.mark.parametrize("url", [None, "", "https://example.org/someone/slopes"])
def test_an_unknown_repository_shows_neither(url):
    from pages import run

    options = {} if url is None else {"repository_url": url}
    app = SimpleNamespace(
        config=SimpleNamespace(html_theme_options=options),
        env=SimpleNamespace(found_docs={"chapters/x"}, doc2path="/{}.ipynb".format),
    )
    context = {"header_buttons": ["others"], "pathto": lambda path, resource: f"../{path}"}
    run._page(app, "chapters/x", None, context, None)
    button, others = context["header_buttons"]
    assert button["url"] == "../run/index.html?chapter=x" and others == "others"


def test_a_colab_copy_is_the_chapter_after_one_cell_more(published, site):
    chapter = notebooks()[0]
    first, *rest = json.loads((published / "colab" / chapter.name).read_text())["cells"]
    download = published / "_sources" / "chapters" / chapter.name
    assert rest == json.loads(download.read_text())["cells"]
    (wheel,) = re.findall(rf'"slopes\[explore\] @ {RAW}(\S+)"', "".join(first["source"]))
    assert (site / wheel).is_file()


@pytest.fixture(scope="module")
def empty_python(tmp_path_factory):
    """A Python that has what Colab has, and nothing of this repository."""
    folder = tmp_path_factory.mktemp("colab")
    pins = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line]
    (folder / "pins.txt").write_text("\n".join(pins))
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    uv = [Path(sys.executable).with_name("uv"), "pip", "install", "--python", python]
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]  # as in the Makefile
    wanted = ["numpy", "matplotlib", "ipywidgets", "ipykernel", "nbclient"]
    options = ["--quiet", "--constraint", folder / "pins.txt"]
    assert any(subprocess.run([*each, *options, *wanted]).returncode == 0 for each in (uv, pip))
    return python


def test_a_colab_copy_runs_in_an_empty_environment(published, address, empty_python, tmp_path):
    chapter = notebooks()[0]
    text = (published / "colab" / chapter.name).read_text().replace(RAW, f"{address}/")
    (tmp_path / chapter.name).write_text(text)
    command = [empty_python.with_name("jupyter-execute"), "--inplace", chapter.name]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["JUPYTER_PREFER_ENV_PATH"] = "1"
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    ran = nbformat.read(tmp_path / chapter.name, as_version=4)
    _, *said = [told(cell) for cell in ran.cells if cell.cell_type == "code"]
    assert said == [told(cell) for cell in cells(chapter) if cell.cell_type == "code"]
