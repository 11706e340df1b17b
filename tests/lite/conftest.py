"""A folder with JupyterLite in it, served on this machine, and a browser to open it."""

import functools
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from book import ROOT

BASE = "/some/where"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def lite(tmp_path_factory):
    """The folder of a site with nothing in it but JupyterLite and the launch page."""
    top = tmp_path_factory.mktemp("lite")
    site = top / BASE.strip("/")
    site.mkdir(parents=True)
    build = [sys.executable, str(ROOT / "web" / "lite" / "build.py"), str(site)]
    subprocess.run(build, check=True, capture_output=True)
    return site


@pytest.fixture(scope="session")
def address(lite):
    """The address of that folder, below a base path."""
    top = Path(str(lite).removesuffix(BASE))
    handler = functools.partial(Quiet, directory=top)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()
