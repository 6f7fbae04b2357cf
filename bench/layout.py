"""Ordering a logic model's boxes for few crossing lines, beside graphviz `dot` on the same graphs."""

import random
import resource
import time
from collections.abc import Callable
from functools import partial
from itertools import combinations

from bench.clock import interleaved
from bench.reference import graphviz_dot
from bench.reference.graphviz_dot import Centres, Graph
from bench.table import Line
from logicmodels.shape import layering

GRAPHS, ROUNDS = 20, 7
# Sixty boxes: 施策, 初期, 中間, 最終成果. A tenth of the hundred links passes over a column.
COLUMNS, LINKS, OVER = (24, 16, 12, 8), 100, 10
MOST_CPU, MOST_CROSSINGS = 0.5, 1.0


def lines() -> list[Line]:
    """Twenty graphs of sixty boxes and a hundred links; without dot on this machine, how to get it."""
    what = f"logic-model layout, {sum(COLUMNS)} nodes, {LINKS} links, {GRAPHS} graphs"
    if not graphviz_dot.is_there():
        return [Line(what, "-", "graphviz dot", f"not here: {graphviz_dot.INSTALL}")]
    graphs = [graph_of(seed) for seed in range(GRAPHS)]
    return [_cpu(what, graphs), _crossings(what, graphs)]


def _cpu(what: str, graphs: list[Graph]) -> Line:
    """Compare with a process for each graph; what dot takes for all in one process stands beside it."""
    sources = [graphviz_dot.source_of(graph) for graph in graphs]
    at_once = _childs_seconds(partial(graphviz_dot.draw, sources))
    rounds = interleaved(
        partial(_own_seconds, lambda: [centres_of(graph) for graph in graphs]),
        partial(_childs_seconds, lambda: [graphviz_dot.draw([source]) for source in sources]),
        rounds=ROUNDS,
    )
    return Line(
        what,
        f"<= {MOST_CPU} x CPU",
        f"graphviz dot: {rounds.reference * 1000 / GRAPHS:.1f} ms a graph"
        f" ({at_once * 1000 / GRAPHS:.1f} in one process)",
        f"{rounds.ratio:.2f} ({rounds.spread}): {rounds.ours * 1000 / GRAPHS:.1f} ms",
        rounds.ratio <= MOST_CPU,
    )


def _crossings(what: str, graphs: list[Graph]) -> Line:
    theirs = graphviz_dot.centres_of(
        graphviz_dot.draw(graphviz_dot.source_of(graph) for graph in graphs)
    )
    pairs = [
        (crossings(centres_of(graph), graph), crossings(dot, graph))
        for graph, dot in zip(graphs, theirs, strict=True)
    ]
    ours, reference = (sum(counts) for counts in zip(*pairs, strict=True))
    fewer = sum(mine <= other for mine, other in pairs)
    return Line(
        f"the same: crossings of straight lines, fewer or as many in {fewer} graphs",
        f"<= {MOST_CROSSINGS:.1f} x crossings",
        f"graphviz dot: {reference}",
        f"{ours / reference:.2f}: {ours}",
        ours <= MOST_CROSSINGS * reference,
    )


def _own_seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _childs_seconds(work: Callable[[], object]) -> float:
    begun = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    work()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - begun


def graph_of(seed: int) -> Graph:
    """Return a graph of its own for each seed; links lead to the next column, some to the one after it."""
    chance = random.Random(seed)
    columns = [[f"n{c}x{row}" for row in range(size)] for c, size in enumerate(COLUMNS)]
    near = [(a, b) for c in range(len(columns) - 1) for a in columns[c] for b in columns[c + 1]]
    far = [(a, b) for c in range(len(columns) - 2) for a in columns[c] for b in columns[c + 2]]
    return columns, chance.sample(near, LINKS - OVER) + chance.sample(far, OVER)


def centres_of(graph: Graph) -> Centres:
    """Order a graph as the product does; boxes stand evenly in their columns."""
    layers, steps, _ = layering.joined(*graph)
    ordered = layering.ordered(layers, steps)
    return {
        key: (column, (row + 0.5) / len(layer))
        for column, layer in enumerate(ordered)
        for row, key in enumerate(layer)
    }


def crossings(centres: Centres, graph: Graph) -> int:
    """Count the pairs of links whose straight lines between the middles of boxes cross."""
    _, links = graph
    return sum(
        not {*one} & {*other} and _do_cross(*(centres[key] for key in (*one, *other)))
        for one, other in combinations(links, 2)
    )


Point = tuple[float, float]


def _do_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the line from a to b and the line from c to d cross inside both."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
