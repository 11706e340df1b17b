"""``python -m marking``: the command ``mark``."""

from marking.command import run

if __name__ == "__main__":
    run()
