"""References, resolved without reading a whole chapter, or the list of packages, for each one."""

from functools import lru_cache

from pybtex.plugin import find_plugin, register_plugin
from sphinx.domains.std import StandardDomain

PLUGIN = "pybtex.backends", "plaintext"


@lru_cache(maxsize=4)
def _doctree(env, name):
    return env.get_doctree(name)


class OnceRead:
    """The environment of a build; what it reads for a number is kept for the next one."""

    def __init__(self, env):
        self._env = env

    def __getattr__(self, name):
        return getattr(self._env, name)

    def get_doctree(self, name):
        """The document of a page, to be looked at and not to be changed."""
        return _doctree(self._env, name)


class Numbers(StandardDomain):
    """Sphinx's own domain, which reads the page of a figure anew for every mention of it."""

    def _resolve_numref_xref(self, env, *reference):
        return super()._resolve_numref_xref(OnceRead(env), *reference)


def setup(app):
    app.add_domain(Numbers, override=True)
    register_plugin(*PLUGIN, find_plugin(*PLUGIN), force=True)
