"""The address of the published site: the environment's SITE_URL, or the one in _config.yml."""

import os


def _choose(app, config):
    url = os.environ.get("SITE_URL") or config.html_baseurl or ""
    config.html_baseurl = config.ogp_site_url = url and url.rstrip("/") + "/"
    if url:
        app.setup_extension("sphinx_sitemap")


def setup(app):
    app.connect("config-inited", _choose)
