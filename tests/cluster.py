"""A scheduler and workers of Dask on this machine, each a process of its own."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager


@contextmanager
def cluster(folder, workers=2):
    """The address of a scheduler with so many workers, and the workers' processes."""
    address = folder / "scheduler.json"
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen([*start, *options, "--scheduler-file", str(address)], **quiet)]
    try:
        wait_for(lambda: address.exists() and address.read_text().endswith("}"))  # not half of it
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny"]
        worker += ["--no-dashboard", "--nthreads", "1", "--host", "127.0.0.1"]
        worker += ["--scheduler-file", str(address)]
        for number in range(workers):
            place = ["--local-directory", str(folder / f"worker-{number}")]
            started.append(subprocess.Popen([*worker, *place], **quiet))
        known = json.loads(address.read_text())["address"]
        code = f"from distributed import Client; Client({known!r}).wait_for_workers({workers}, 60)"
        subprocess.run([sys.executable, "-c", code], check=True, timeout=90)
        yield known, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def wait_for(ready, seconds=60):
    """Wait until `ready()` is true, or fail."""
    deadline = time.monotonic() + seconds
    while not ready() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert ready()
