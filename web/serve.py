"""Serve a built site on this computer: ``python web/serve.py FOLDER``."""

import functools
import http.server
import sys
from pathlib import Path


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, *arguments):
        pass


def server(folder, port=0, handler=Quiet):
    """A server of `folder` on the local address; port 0 takes a free one."""
    serving = functools.partial(handler, directory=str(folder))
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), serving)


if __name__ == "__main__":
    with server(Path(sys.argv[1])) as serving:
        print(f"The book is at http://127.0.0.1:{serving.server_port}/ (Ctrl+C stops)", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            print()
