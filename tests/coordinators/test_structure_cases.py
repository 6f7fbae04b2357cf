"""The published structures by the three axes, for towns and for officers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coordinators.cases.freezing import freeze
from coordinators.models import PublishedStructure
from coordinators.reading.sheet import HeadingBlock, PostLine, StructureSheet
from municipalities.models import Municipality, Prefecture
from tests import world

pytestmark = pytest.mark.django_db
TOWNS = "/m/990019/2026/coordinators/cases/"
OFFICERS = "/p/99/2026/structures/"


def publish(key, *, code=world.THEIRS, audience="public", year=2026, level="", **axes):
    """Write a copy as the deed would."""
    town = Municipality.objects.get(code=code)
    posts = (PostLine("post-1", level or "unstated", people=2),)
    values = {"affiliation": "bodies", "coverage": "one"} | axes
    sheet = StructureSheet(
        key,
        year,
        f"体制{key}",
        code,
        town.name,
        is_led_here=True,
        headings=(HeadingBlock("h", "activity", "多職種の会議"),),
        posts=posts,
        **values,
    )
    frozen = freeze(sheet, prefecture="見本県")
    return PublishedStructure.objects.create(
        municipality=town,
        fiscal_year=year,
        key=key,
        name=sheet.name,
        levels=f",{level}," if level else "",
        people=2,
        audience=audience,
        content=frozen.content,
        sha256=frozen.sha256,
        published_at=timezone.now(),
        **values,
    )


@pytest.fixture
def other_town():
    prefecture = Prefecture.objects.get(code="98")
    return Municipality.objects.create(
        code="980013", name="となり市", kana="となりし", kind="city", prefecture=prefecture
    )


def names(client, url, **query):
    return [line.row.key for line in client.get(url, query).context["lines"]]


def test_each_axis_cuts_and_no_choice_keeps_all(as_editor):
    publish("a", affiliation="bodies", coverage="one", level="municipal_lead")
    publish("b", affiliation="university", coverage="several", level="municipal_field")
    publish("c", affiliation="unstated", coverage="unstated")

    assert names(as_editor, TOWNS) == ["a", "b", "c"]
    assert names(as_editor, TOWNS, affiliation=["bodies", "university"]) == ["a", "b"]
    assert names(as_editor, TOWNS, coverage="several") == ["b"]
    assert names(as_editor, TOWNS, level="municipal_lead") == ["a"]
    assert names(as_editor, TOWNS, level="unstated") == ["c"]
    assert names(as_editor, TOWNS, affiliation="bodies", coverage="several") == []
    assert names(as_editor, TOWNS, affiliation="nobody-knows", fiscal_year="1999") == [
        "a",
        "b",
        "c",
    ]


def test_the_choices_say_how_many_there_are_and_stay_ticked(as_editor):
    publish("a")
    publish("b", year=2023)
    shown = as_editor.get(TOWNS, {"affiliation": "bodies", "fiscal_year": "2023"})

    text = shown.content.decode()
    assert "① 関係団体等に所属（2）" in text
    assert "当てはまる体制（1／2）" in text
    assert text.count("checked") == 2
    assert "エラー" not in text


def test_towns_see_what_is_for_everybody_alone(as_editor):
    publish("for-all")
    publish("for-prefecture", audience="prefecture")

    assert names(as_editor, TOWNS) == ["for-all"]
    url = f"{TOWNS}2026/{world.THEIRS}"
    assert as_editor.get(f"{url}/for-all/").status_code == 200
    assert as_editor.get(f"{url}/for-prefecture/").status_code == 404


def test_officers_see_their_own_towns_and_what_is_for_everybody(sign_in, other_town):
    publish("ours", audience="prefecture")
    publish("all-elsewhere", code=other_town.code)
    publish("theirs", code=other_town.code, audience="prefecture")
    officer, other = sign_in("officer"), sign_in("other-officer")

    assert names(officer, OFFICERS) == ["all-elsewhere", "ours"]
    assert names(other, "/p/98/2026/structures/") == ["all-elsewhere", "theirs"]
    assert officer.get(f"{OFFICERS}2026/{world.THEIRS}/ours/").status_code == 200
    assert officer.get(f"{OFFICERS}2026/{other_town.code}/theirs/").status_code == 404
    assert other.get(f"{OFFICERS}2026/{world.THEIRS}/ours/").status_code == 404


def test_the_page_is_read_from_the_copy_alone(as_editor):
    publish("a")
    Municipality.objects.filter(code=world.THEIRS).update(name="改めた町")

    shown = as_editor.get(f"{TOWNS}2026/{world.THEIRS}/a/").content.decode()

    assert "見本県見本町　体制a" in shown
    assert "多職種の会議" in shown


@pytest.mark.parametrize(("username", "url"), [("editor", TOWNS), ("officer", OFFICERS)])
def test_as_few_queries_for_a_hundred_as_for_one(sign_in, username, url):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    client = sign_in(username)
    publish("first")
    client.get(url)
    few = queries()
    for number in range(100):
        publish(f"many-{number}")
    assert queries() == few <= 10
