"""nbgrader's settings for this course; its commands and its formgrader read them in this folder."""

from coursework.formgrader import configure

configure(get_config())  # noqa: F821  nbgrader provides it
