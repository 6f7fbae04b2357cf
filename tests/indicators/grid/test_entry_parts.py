"""Another number typed over a share at the entry grid: it is said before and after that its parts go."""

import html

import pytest

from indicators.grid.grid_saving import MOST_NAMED
from indicators.models import Indicator, Measurement, OwnDefinition
from tests import world
from tests.indicators.grid.test_entry import ADDRESS, CHECK, KEY, bases, typed, value_of

pytestmark = pytest.mark.django_db
CORRECT = f"/m/{world.OURS}/{world.YEAR}/indicators/{KEY}/values/this/edit/"
ASKED = "分子・分母（41／130）から計算した31.5％と違います。このまま保存すると、分子と分母は空欄になります。"
LOST = "値を書き換えたため、分子と分母を空欄にしました："


@pytest.fixture
def share(here):
    """41 of 130, told as 31.5 ％."""
    return share_of(OwnDefinition.objects.get(key="own-1"), "this")


def share_of(definition, key, **parts):
    row = Measurement(key=key, fiscal_year=world.YEAR, state="value", value="31.5", source="調査")
    row.numerator, row.denominator = parts.get("numerator", 41), parts.get("denominator", 130)
    row.follow(definition)
    row.save()
    return row


def asked(client, **texts):
    line = client.post(CHECK, typed(**texts)).json()["lines"][KEY]
    return line["look"], html.unescape(line["said"])


def saved(client, **texts):
    page = client.post(ADDRESS, typed(**texts), follow=True).content.decode()
    return html.unescape(page)


def parts(code="own-1"):
    row = value_of(code)
    return (row.numerator, row.denominator)


def test_it_is_asked_before_and_said_after(as_editor, share):
    look, said = asked(as_editor, value="32.1", base="this:1")
    assert look == "doubt"
    assert ASKED in said
    assert CORRECT in said
    assert parts() == (41, 130)

    page = saved(as_editor, value="32.1", base="this:1")
    assert f"{LOST}退院前カンファレンスへのケアマネジャー参加率（令和8年度・2026年度）。" in page
    assert parts() == (None, None)


@pytest.mark.parametrize("text", ["31.5", "31.54", "31.5385", "３１．５％"])
def test_the_ratio_of_the_parts_as_it_is_printed_or_more_exactly_keeps_them(as_editor, share, text):
    Measurement.objects.update(value=40)

    assert ASKED not in asked(as_editor, value=text, base="this:1")[1]
    assert LOST not in saved(as_editor, value=text, base="this:1")
    assert parts() == (41, 130)


@pytest.mark.parametrize("text", ["31.6", "31.4", "99999999999999999999999999999999999"])
def test_what_is_printed_differently_does_not(as_editor, share, text):
    """The negative control."""
    assert ASKED in asked(as_editor, value=text, base="this:1")[1]


def test_a_value_without_parts_is_not_asked_about(as_editor, share):
    Measurement.objects.update(numerator=None, denominator=None)

    assert "空欄になります" not in asked(as_editor, value="32.1", base="this:1")[1]
    assert LOST not in saved(as_editor, value="32.1", base="this:1")


def test_a_lonely_part_is_named(as_editor, share):
    Measurement.objects.update(numerator=None)

    said = asked(as_editor, value="32.1", base="this:1")[1]

    assert "保存してある分母（130）は、この値のものではなくなります。" in said


def test_a_draft_asks_too(as_editor, share):
    draft = f"/m/{world.OURS}/{world.YEAR}/drafts/entry-2026/"
    as_editor.post(draft, typed(value="32.1", base="this:1") | {"base_version": "0"})

    assert ASKED in html.unescape(as_editor.get(ADDRESS).content.decode())


def test_a_page_that_comes_back_says_what_was_lost_and_asks_no_more(as_editor, here, share):
    other = OwnDefinition.objects.create(key="own-more", name="数", unit="人")
    indicator = Indicator(cycle=here, key="more", position=2)
    indicator.follow(other)
    indicator.save()
    fields = typed(value="32.1", base="this:1") | typed("more", value="八十")

    response = as_editor.post(ADDRESS, fields)

    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert LOST in page
    assert ASKED not in page
    assert parts() == (None, None)
    assert bases(response)[f"base-{KEY}"] == "this:2"


def test_many_are_counted(as_editor, here, share):
    fields = typed(value="32.1", base="this:1")
    for number in range(2, MOST_NAMED + 4):
        definition = OwnDefinition.objects.create(key=f"own-{number}", name="率", unit="％")
        indicator = Indicator(cycle=here, key=f"more-{number}", position=number)
        indicator.follow(definition)
        indicator.save()
        share_of(definition, f"this-{number}")
        fields |= typed(indicator.key, value="33", base=f"this-{number}:1")

    page = as_editor.post(ADDRESS, fields, follow=True).content.decode()

    assert page.count("率（令和8年度・2026年度）") >= MOST_NAMED - 1
    assert "ほか3件。" in page
