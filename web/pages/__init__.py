"""The book's Sphinx extension: mathematics, figures and weight of the pages."""

from pages import address, execution, figures, mathematics


def setup(app):
    """Add all parts to the Sphinx application."""
    for part in (address, execution, mathematics, figures):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
