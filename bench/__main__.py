"""`make bench`: an installation of its own in a temporary folder, every topic, one table, nothing else.

Names of topics as arguments measure those alone: `make bench ARGS="pages entry"`. The address of a
PostgreSQL server of this machine as an argument measures there, in a database of its own.
"""

import contextlib
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


# What makes its own rows and reads no town's.
ALONE = {"tabulating", "comparison"}


def main() -> None:
    """Measure in a fresh installation; print the table."""
    servers = [one for one in sys.argv[1:] if one.startswith("postgres")]
    asked = [one for one in sys.argv[1:] if one not in servers]
    if unknown := set(asked) - set(TOPICS):
        sys.exit(f"no such topic: {', '.join(sorted(unknown))}; there are {', '.join(TOPICS)}")
    chosen = [topic for topic in TOPICS if topic in (asked or TOPICS)]
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
        database = stack.enter_context(installation.beside(servers[0])) if servers else ""
        installation.prepare(Path(folder), database=database)
        print(printed(measured(chosen)))


def measured(topics: list[str]) -> list[Line]:
    """Build the towns where a topic reads them, and return the lines of these topics."""
    if {*topics} <= ALONE:
        import_module("indicators.reference").load()
    else:
        import_module("bench.world").build()
    return [line for topic in topics for line in import_module(f"bench.{topic}").lines()]


if __name__ == "__main__":
    main()
