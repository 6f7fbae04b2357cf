"""The same graph drawn by graphviz `dot`: columns from left to right, each of them one rank, as its guide shows.

A process draws the graphs that it is given; `-Tplain` writes places as text, so no time goes into a picture.
"""

import shutil
import subprocess
from collections.abc import Iterable, Sequence

INSTALL = "apt-get install -y graphviz"
GRAPH = """digraph {{
rankdir=LR; node [shape=box, fixedsize=true, width=2, height=0.5];
{{ edge [style=invis]; node [shape=point, style=invis]; {chain} }}
{columns}
{links}
}}
"""

Graph = tuple[Sequence[Sequence[str]], Sequence[tuple[str, str]]]
Centres = dict[str, tuple[float, float]]


def is_there() -> bool:
    """Whether this machine has dot."""
    return shutil.which("dot") is not None


def source_of(graph: Graph) -> str:
    """Return a graph as dot reads it; a chain of unseen points keeps the columns in their order."""
    columns, links = graph
    marks = [f"column{number}" for number in range(len(columns))]
    ranks = (
        f"{{ rank=same; {mark}; {'; '.join(column)} }}"
        for mark, column in zip(marks, columns, strict=True)
    )
    return GRAPH.format(
        chain=" -> ".join(marks),
        columns="\n".join(ranks),
        links="\n".join(f"{start} -> {end};" for start, end in links),
    )


def draw(sources: Iterable[str]) -> str:
    """Return what dot writes about the graphs."""
    made = subprocess.run(
        ["dot", "-Tplain"], input="".join(sources), capture_output=True, check=True, text=True
    )
    return made.stdout


def centres_of(drawn: str) -> list[Centres]:
    """Return the middles of the boxes, graph by graph."""
    found: list[Centres] = []
    for line in drawn.splitlines():
        words = line.split()
        if words[0] == "graph":
            found.append({})
        elif words[0] == "node":
            found[-1][words[1]] = (float(words[2]), float(words[3]))
    return found
