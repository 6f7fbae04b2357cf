"""Drawing the paper that has everything, again and again: `python -m bench.artist <folder of the installation>`."""

import sys
from importlib import import_module
from pathlib import Path

from bench import installation

if __name__ == "__main__":
    installation.settle(Path(sys.argv[1]))
    import_module("bench.watching").draw_papers(import_module("tests.reports.paper_towns").RICH)
