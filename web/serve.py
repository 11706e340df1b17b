"""Serve a built site on this computer: ``python web/serve.py FOLDER``."""

import functools
import http.server
import sys
from pathlib import Path


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Says nothing of readers who turn the page before all of its files have come."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(folder, port=0, handler=Quiet):
    """A server of `folder` on the local address; port 0 takes a free one."""
    serving = functools.partial(handler, directory=str(folder))
    return Server(("127.0.0.1", port), serving)


if __name__ == "__main__":
    with server(Path(sys.argv[1])) as serving:
        print(f"The book is at http://127.0.0.1:{serving.server_port}/ (Ctrl+C stops)", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            print()
