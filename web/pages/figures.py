"""Figures on the page."""


def setup(app):
    pass
