"""The book's Sphinx extension: mathematics, figures, access and weight of the pages."""

from importlib import import_module

PARTS = ("address", "execution", "mathematics", "references", "figures", "accessible")
PARTS += ("summary", "run", "scripts", "styles")


def setup(app):
    """Add all parts to the Sphinx application."""
    for part in PARTS:
        import_module(f"pages.{part}").setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
