"""Commands that say nothing while all goes well, and one line where it does not."""

import subprocess
import sys


def quietly(command, failure, **options):
    """Run a command without a word; where it fails, stop and say so in one line."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines() or [f"status {done.returncode}"]
        reasons = [line for line in said if "error: " in line.lower()] or said[-1:]
        sys.exit(f"{failure}: {reasons[0].strip()}")


def pip(*arguments):
    """Run pip without a word of its own."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    quietly(command, f"pip could not {arguments[0]} what the browser's Python needs")
