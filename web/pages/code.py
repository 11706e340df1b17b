"""Code without boxes round what no style colours: half a site's boxes, a megabyte of it."""

from functools import cache

from pygments.formatters import HtmlFormatter
from pygments.styles import get_style_by_name
from pygments.token import Text
from sphinx.highlighting import PygmentsBridge

STYLES = ("a11y-high-contrast-light", "a11y-high-contrast-dark")  # the theme's


@cache
def plain(token):
    """Whether a token looks like any other text, by day and by night."""
    styles = map(get_style_by_name, STYLES)
    return all(style.style_for_token(token) == style.style_for_token(Text) for style in styles)


class CodeFormatter(HtmlFormatter):
    """Box what is coloured and nothing else."""

    def format_unencoded(self, tokensource, outfile):
        merged = ((Text if plain(token) else token, value) for token, value in tokensource)
        super().format_unencoded(merged, outfile)


def setup(app):
    PygmentsBridge.html_formatter = CodeFormatter
