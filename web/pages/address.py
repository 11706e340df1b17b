"""Where the site is published, and where its repository is.

The environment's SITE_URL and REPOSITORY_URL say so, or else _config.yml.
"""

import os


def _choose(app, config):
    url = os.environ.get("SITE_URL") or config.html_baseurl or ""
    config.html_baseurl = config.ogp_site_url = url and url.rstrip("/") + "/"
    if url:
        app.setup_extension("sphinx_sitemap")
    repository = os.environ.get("REPOSITORY_URL")
    if repository:
        config.html_theme_options["repository_url"] = repository


def setup(app):
    app.connect("config-inited", _choose)
