"""Promises of the bench: its references show the same content with other means, its table hides no miss."""

import ast
from html import unescape
from pathlib import Path

import pytest

from bench.reference import plain_weasyprint
from bench.table import Line, columns_of, printed
from tests.reports import paper_samples
from tests.reports.paper_towns import RICH

REFERENCES = sorted(Path(plain_weasyprint.__file__).parent.glob("*.py"))
# What makes the product's paper fast; a reference that borrows it measures nothing.
PRODUCT_PATHS = ("reports.paper", "reports.delivery", "reports.document")


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


@pytest.mark.parametrize("review", [paper_samples.MITO, paper_samples.MIHON, RICH])
def test_the_plain_report_shows_every_text_of_the_products_report(review):
    html = unescape(plain_weasyprint.report_html(review))

    assert [text for text in paper_samples.texts(review) if text not in html] == []


def test_a_text_that_the_plain_report_leaves_out_would_be_found():
    html = unescape(plain_weasyprint.report_html(paper_samples.EMPTY))

    assert [text for text in paper_samples.texts(paper_samples.MITO) if text not in html] != []


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.name)
def test_a_reference_borrows_nothing_of_what_it_is_compared_with(path):
    assert [name for name in imports_of(path) if name.startswith(PRODUCT_PATHS)] == []


@pytest.mark.parametrize(("is_met", "word"), [(True, "yes"), (False, "NO"), (None, "-")])
def test_the_table_says_whether_a_number_was_reached(is_met, word):
    *_, line = printed([Line("what", "<= 1", "itself", "2", is_met)]).splitlines()

    assert line.split()[-1] == word


def test_the_columns_of_the_table_stand_below_each_other_with_japanese_text():
    head, _, *lines = printed(
        [Line("水戸市", "<= 1", "itself", "1"), Line("1 row", "<= 1", "itself", "1")]
    ).splitlines()

    ends = {columns_of(line[: line.index("<=")]) for line in lines}
    assert ends == {head.index("reach")}
