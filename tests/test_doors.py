"""The few places that may look beyond one municipality or speak SQL, each by name with its reason."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = (
    "config",
    "municipalities",
    "logicmodels",
    "indicators",
    "councils",
    "coordinators",
    "surveys",
    "reports",
)
# word → the modules that may say it
DOORS = {
    "across": {
        "municipalities/tenancy.py",  # defines it
        "reports/review/inbox.py",  # an adviser's heads of all their municipalities
        "reports/year/board/desk_counts.py",  # how much waits for somebody in each of their municipalities
        "reports/year/board/superior.py",  # what waits for a superior in all their municipalities
        "reports/submission/counting/progress.py",  # which years have changed since they were counted
        "reports/review/past.py",  # the heads of what an adviser keeps, over all their municipalities
        "reports/review/advice/places.py",  # the years of all the municipalities that somebody advises
    },
    "_base_manager": set(),
    "everywhere": set(),
    "raw": set(),
    "cursor": {
        "indicators/intake/taking/bulk.py",  # 100,000 rows of statistics, which belong to no municipality
        "indicators/publishing/marking.py",  # puts triggers on published tables: docs/adr/0047
        "municipalities/operating/health.py",  # asks the database whether it answers
        "municipalities/fence/wall.py",  # builds the second wall itself
        "municipalities/management/commands/wall.py",
    },
    "mark_safe": {
        "indicators/comparison/page/heat_html.py",  # the rows of the heat table, by hand: docs/adr/0027
        "indicators/comparison/keeping.py",  # what templates have rendered, signed, out of the cache
        "indicators/grid/grid_html.py",  # the lines of the grid, by hand: docs/adr/0013
    },
}


def modules():
    for app in APPS:
        yield from (p for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)


def names_in(path):
    """Yield every name and attribute that a module speaks."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.name.rpartition(".")[2]


@pytest.mark.parametrize("word", DOORS)
def test_only_named_modules_use_this_door(word):
    found = {str(path.relative_to(ROOT)) for path in modules() if word in names_in(path)}

    assert found <= DOORS[word]


def test_the_search_finds_what_it_looks_for():
    assert "across" in names_in(ROOT / "reports/review/inbox.py")
