"""How much longer does `import slopes` take than `import numpy`?"""

import os
import resource
import statistics
import subprocess
import sys

ROUNDS = 15
ONE_THREAD = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
ONE_THREAD.pop("PYTHONDONTWRITEBYTECODE", None)  # as for everybody: compiled once
STATEMENTS = {
    "python alone": "pass",
    "import numpy": "import numpy",
    "and slopes": "import numpy, slopes",
    "and all its modules": "import slopes; [getattr(slopes, name) for name in slopes.__all__]",
    "with figures": "import slopes.figures.chain",
    "with explore": "import slopes.explore",
}


def seconds(statement):
    """Processor time of a fresh interpreter that runs `statement`; other load does not count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", statement], check=True, env=ONE_THREAD)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    """Print medians in milliseconds; the statements take turns, so that load hits all alike."""
    times = {name: [] for name in STATEMENTS}
    for _ in range(ROUNDS):
        for name, statement in STATEMENTS.items():
            times[name].append(seconds(statement))
    medians = {name: 1000 * statistics.median(each) for name, each in times.items()}
    print(__doc__.splitlines()[0])
    print(f"{'':<22}{'ms':>8}{'more than numpy':>18}")
    for name, median in medians.items():
        print(f"{name:<22}{median:>8.0f}{median - medians['import numpy']:>18.1f}")
    pairs = zip(times["and slopes"], times["import numpy"], strict=True)
    extra = 1000 * statistics.median(ours - theirs for ours, theirs in pairs)
    print(f"import slopes costs {extra:.1f} ms more than numpy (goal: at most 5)")


if __name__ == "__main__":
    main()
