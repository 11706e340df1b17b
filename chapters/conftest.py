"""Compare the chapters strictly with their stored outputs, and keep what was run for the site.

A chapter of which every cell gave what is stored goes into the cache that the
site is built from, so that nothing is executed twice.
"""

import copy
import os
import sys
from pathlib import Path

import nbval.plugin
import pytest

os.environ["SLOPES_BUILD"] = "1"  # as the site: explorables must move on their page

sys.path.append(str(Path(__file__).parents[1] / "web"))

nbval.plugin.setup_coverage = nbval.plugin.teardown_coverage = lambda *_: None  # not of kernels
DRAWN = ("text/html", "image/svg+xml")  # drawn at build, checked in the browser


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += DRAWN


def pytest_runtest_setup(item):
    if hasattr(item, "cell") and item.cell.source and item.cell.execution_count is None:
        pytest.fail(f"{item.name} has never been run: store its output with `make outputs`")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.passed and hasattr(item, "cell"):
        chapter = item.parent
        chapter.agreed = [*getattr(chapter, "agreed", []), item]
        cells = [cell for cell in chapter.nb.cells if cell.cell_type == "code"]
        if len(chapter.agreed) == len(cells):
            _keep(chapter)
    return report


def _keep(chapter):
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn
    from pages.execution import cache_path

    notebook = copy.deepcopy(chapter.nb)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, item in zip(cells, chapter.agreed, strict=True):
        cell.outputs = item.test_outputs
    bundle = CacheBundleIn(notebook, str(chapter.path), data={})
    get_cache(cache_path()).cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
