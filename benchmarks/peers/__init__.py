"""Several ways to one answer, measured in turns, each in a process of its own with one thread."""

import importlib.util
import json
import os
import subprocess
import sys

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ONE_THREAD["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"


def installed(peer, needs):
    """Whether the library that the peer needs is here; most need NumPy alone."""
    return importlib.util.find_spec(needs.get(peer, "numpy")) is not None


def in_turns(script, peers, rounds, *arguments, enough=lambda reports: False):
    """The reports of each peer; every round begins with another one, so that none is favoured."""
    runs = {peer: [] for peer in peers}
    for turn in range(rounds):
        for i in range(len(peers)):
            peer = peers[(turn + i) % len(peers)]
            if not enough(runs[peer]):
                runs[peer].append(_report(script, peer, *arguments))
    return runs


def _report(script, *arguments):
    """What the script prints as JSON when it is started with these arguments."""
    result = subprocess.run(
        [sys.executable, script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | ONE_THREAD,
    )
    return json.loads(result.stdout)
