"""The entry grid, from what was typed to its HTML with labels and errors, beside a formset of crispy forms."""

from functools import partial

from bench.clock import interleaved, spent
from bench.reference import crispy_grid
from bench.table import Line
from bench.towns import MANY
from indicators.grid import grid, grid_html, grid_reading
from municipalities.tenancy import within

LINES, ROUNDS, TIMES = 60, 7, 10
REACH = 1 / 25
# Every tenth line has a value that is no number: both tell it beside the field.
WRONG_EVERY, WRONG = 10, "三十くらい"
LABELS = ("2024年度", "2025年度", "2026年度")


def lines() -> list[Line]:
    """Sixty lines of six fields, checked and drawn."""
    rows = [_typed(number) for number in range(LINES)]
    ours, theirs = partial(_ours(), rows), partial(crispy_grid.html_of, crispy_grid.data_of(rows))
    for draw in (ours, theirs):
        if WRONG not in draw():
            raise RuntimeError("a line is missing")
    rounds = interleaved(
        partial(spent, ours, times=TIMES), partial(spent, theirs, times=1), rounds=ROUNDS
    )
    return [
        Line(
            f"entry grid, {LINES} x {len(grid.FIELDS)}, {LINES // WRONG_EVERY} lines with errors",
            f"<= 1/{1 / REACH:.0f} x CPU",
            f"crispy formset, the house's template pack: {rounds.reference * 1000:.0f} ms",
            f"1/{1 / rounds.ratio:.0f}: {rounds.ours * 1000:.1f} ms",
            rounds.ratio <= REACH,
        )
    ]


def _typed(number: int) -> dict[str, str]:
    value = "31.5" if number % WRONG_EVERY else WRONG
    texts = {"value": value, "state": "", "as_of": "2026-10-01", "finality": "final"}
    return texts | {"source": "市内病院への調査", "note": f"病院{number}か所の回答"}


def _ours():
    """Return the product's drawing of lines whose stored values were read before, as a request does."""
    cycle = MANY.cycle()
    with within(cycle.municipality):
        stored = grid.of(cycle)[:LINES]

    def draw(rows: list[dict[str, str]]) -> str:
        typed = {
            f"{name}-{line.key}": text
            for line, row in zip(stored, rows, strict=True)
            for name, text in row.items()
        }
        for line in stored:
            line.errors, line.doubts, line.remarks, line.fact = {}, [], [], None
        grid.typed_into(stored, typed)
        grid_reading.read(stored)
        return grid_html.html_of(stored, labels=LABELS)

    return draw
