"""A block with years is pasted, saving is refused for one line, the page is opened anew: nobody else has changed a cell."""

import html
import re

import pytest

from indicators.models import Measurement
from tests import world
from tests.indicators.grid.test_entry import ADDRESS, KEY, more, typed  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
DRAFT = f"/m/{world.OURS}/{world.YEAR}/drafts/entry-2026/"
LAST, BEFORE_LAST = f"{KEY}.{world.YEAR - 1}", f"{KEY}.{world.YEAR - 2}"
INPUT = re.compile(r"<input[^>]*>")
OTHER = "先に保存しました"


def in_year(year):
    return Measurement.objects.filter(code="own-1", fiscal_year=year).first()


def base_of(year):
    row = in_year(year)
    return f"{row.key}:{row.version}" if row else ""


def fields_of(response):
    """Return what the boxes of the page would send."""
    found = INPUT.findall(response.content.decode())
    told = [dict(re.findall(r'([\w-]+)="([^"]*)"', one)) for one in found]
    return {
        one["name"]: html.unescape(one.get("value", ""))
        for one in told
        if re.match(r"(?:value|base|source)-", one.get("name", ""))
    }


@pytest.fixture
def refused(as_editor, here, more):  # noqa: F811 -- the fixture
    """A block of three years, all of it kept as a draft; one other line keeps the whole from being saved."""
    block = {
        **typed(value="33", base=base_of(world.YEAR)),
        f"value-{LAST}": "32",
        f"base-{LAST}": base_of(world.YEAR - 1),
        f"value-{BEFORE_LAST}": "31",
        f"base-{BEFORE_LAST}": base_of(world.YEAR - 2),
        **typed("more-2", value="八十"),
    }
    as_editor.post(DRAFT, block | {"base_version": "0"})
    answer = as_editor.post(ADDRESS, block)
    assert answer.status_code == 422
    assert [in_year(world.YEAR - back).value for back in range(3)] == [33, 32, 31]


def test_what_was_saved_of_the_block_stands_as_stored_when_the_page_is_opened_anew(
    as_editor, refused
):
    page = as_editor.get(ADDRESS)
    sent = fields_of(page)
    assert sent[f"base-{KEY}"] == base_of(world.YEAR)
    assert f"value-{LAST}" not in sent
    assert sent["value-more-2"] == "八十"
    assert OTHER not in page.content.decode()


@pytest.mark.parametrize("text", ["34", "31.5"])
def test_a_cell_of_the_block_that_is_typed_once_more_is_saved(as_editor, refused, text):
    sent = typed() | fields_of(as_editor.get(ADDRESS)) | {f"value-{KEY}": text}
    sent |= {f"value-{LAST}": text, f"base-{LAST}": base_of(world.YEAR - 1)}
    answer = as_editor.post(ADDRESS, sent | {"value-more-2": "80", "source-more-2": "調査"})
    assert (answer.status_code, OTHER in answer.content.decode()) == (302, False)
    assert [str(in_year(world.YEAR - back).value.normalize()) for back in range(2)] == [text, text]


def test_what_was_saved_elsewhere_since_is_still_told(as_editor, refused):
    """The negative control: a year before that was saved elsewhere meanwhile is a conflict."""
    row = in_year(world.YEAR - 1)
    other = {f"value-{LAST}": "40", f"base-{LAST}": f"{row.key}:{row.version}"}
    assert as_editor.post(f"{ADDRESS}?only=later", typed() | other).status_code == 302
    page = as_editor.get(ADDRESS)
    assert fields_of(page)[f"value-{LAST}"] == "32"
    assert OTHER in page.content.decode()
