"""nbgrader's settings for this course; its commands and its formgrader read them in this folder."""

c = get_config()  # noqa: F821  nbgrader provides it

c.HTMLExporter.sanitize_html = True  # what students wrote is shown in the teacher's browser
