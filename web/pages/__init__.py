"""The book's Sphinx extension: mathematics, figures, access and weight of the pages."""

import gc
from importlib import import_module

PARTS = ("address", "execution", "mathematics", "references", "figures", "code", "accessible")
PARTS += ("summary", "run", "search", "scripts", "styles", "progress")


def setup(app):
    """Add all parts to the Sphinx application."""
    gc.set_threshold(100_000)  # the objects of a book stay: to search them often is in vain
    for part in PARTS:
        import_module(f"pages.{part}").setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
