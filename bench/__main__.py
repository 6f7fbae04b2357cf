"""`make bench`: an installation of its own in a temporary folder, every topic, one table, nothing else.

Names of topics as arguments measure those alone: `make bench ARGS="pages entry"`.
"""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

from bench import installation
from bench.table import Line, printed

# In this order: the last ones write rows that the first ones would count.
TOPICS = (
    *("reading", "documents", "pages", "layout", "grid", "papers", "entry", "files", "memory"),
    "tabulating",
    "comparison",
    "findings",
)


def main() -> None:
    """Measure in a fresh installation; print the table."""
    if unknown := set(sys.argv[1:]) - set(TOPICS):
        sys.exit(f"no such topic: {', '.join(sorted(unknown))}; there are {', '.join(TOPICS)}")
    chosen = [topic for topic in TOPICS if topic in (sys.argv[1:] or TOPICS)]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        installation.prepare(Path(folder))
        print(printed(measured(chosen)))


def measured(topics: list[str]) -> list[Line]:
    """Build the towns and return the lines of these topics."""
    import_module("bench.world").build()
    return [line for topic in topics for line in import_module(f"bench.{topic}").lines()]


if __name__ == "__main__":
    main()
