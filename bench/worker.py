"""The worker process of the bench: `python -m bench.worker <folder of the installation> <code of a town>`."""

import sys
from importlib import import_module
from pathlib import Path

from bench import installation

if __name__ == "__main__":
    installation.settle(Path(sys.argv[1]))
    import_module("bench.watching").make_reports(sys.argv[2])
