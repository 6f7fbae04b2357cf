"""Indicators at the outcomes of a logic model: ticking, order, 「（再）」 and notes."""

import re

import pytest

from indicators.followed import placing
from indicators.models import Definition, Indicator, IndicatorUse
from logicmodels.models import LogicModel, Outcome
from municipalities.models import Change, TrashItem
from tests import world

pytestmark = pytest.mark.django_db
PAGE = f"/m/{world.OURS}/{world.YEAR}/logic/own/"
URL = f"{PAGE}outcomes/o1/indicators/"


@pytest.fixture
def model(here):
    """A model with two outcomes, and three more indicators of the year: x, y, z."""
    model = LogicModel.objects.create(cycle=here, key="own", title="指標のあるモデル")
    for number in (1, 2):
        Outcome.objects.create(
            cycle=here, key=f"o{number}", logic_model=model, text=f"成果{number}", position=number
        )
    taken = Indicator.objects.values("code")
    for key, definition in zip("xyz", Definition.objects.exclude(code__in=taken), strict=False):
        indicator = Indicator(cycle=here, key=key, position=90)
        indicator.follow(definition)
        indicator.save()
    return model


def named(key):
    return str(Indicator.objects.get(key=key))


def tick(client, outcome, *wanted, shown=()):
    url = f"{PAGE}outcomes/{outcome}/indicators/"
    return client.post(url, {"indicators": wanted, "shown": list(shown), "save": "1"})


def at(outcome):
    uses = IndicatorUse.objects.filter(outcome__key=outcome).order_by("position")
    return [use.indicator.key for use in uses]


def test_ticked_indicators_stand_at_the_outcome_in_the_order_of_the_year(as_editor, model):
    response = tick(as_editor, "o1", "y", "x")

    assert response.headers["Location"] == f"{PAGE}#outcome-o1"
    assert at("o1") == ["x", "y"]
    page = as_editor.get(PAGE).content.decode()
    assert page.index(named("x")) < page.index(named("y"))
    assert "指標2件を加えました。" in page
    use = IndicatorUse.objects.get(outcome__key="o1", indicator__key="x")
    assert Change.objects.of(use).get().deed == "create"


def test_unticking_takes_it_away_and_into_the_trash(as_editor, model):
    tick(as_editor, "o1", "x", "y")

    tick(as_editor, "o1", "y", "z", shown=("x", "y"))

    assert at("o1") == ["y", "z"]
    assert TrashItem.objects.filter(kind="indicators.indicatoruse").count() == 1
    assert Indicator.objects.filter(key="x").exists()


def test_what_somebody_ticked_meanwhile_stays(as_editor, model):
    tick(as_editor, "o1", "x")

    tick(as_editor, "o1", "y", shown=())

    assert at("o1") == ["x", "y"]


def test_saving_nothing_new_says_so(as_editor, model):
    tick(as_editor, "o1", "x")
    tick(as_editor, "o1", "x", shown=("x",))

    assert "変更はありませんでした。" in as_editor.get(PAGE).content.decode()
    assert at("o1") == ["x"]


def test_an_indicator_used_twice_is_marked_in_the_order_of_the_table(as_editor, model):
    tick(as_editor, "o2", "x")
    tick(as_editor, "o1", "x", "y")

    found = placing.placed_in(model)

    assert [(one.text, one.is_again) for one in found["o1"]] == [
        (named("x"), False),
        (named("y"), False),
    ]
    assert [(one.text, one.is_again) for one in found["o2"]] == [(named("x"), True)]
    page = as_editor.get(PAGE).content.decode()
    assert re.search(rf"（再）</span>{re.escape(named('x'))}", page)


def test_the_uses_of_a_whole_model_are_read_in_one_query(
    as_editor, model, django_assert_num_queries
):
    tick(as_editor, "o1", "x", "y", "z")
    tick(as_editor, "o2", "x", "y", "z")

    with django_assert_num_queries(1):
        found = placing.placed_in(model)

    assert [len(uses) for uses in found.values()] == [3, 3]


def test_indicators_are_moved_up_and_down(as_editor, model):
    tick(as_editor, "o1", "x", "y", "z")
    last = IndicatorUse.objects.get(outcome__key="o1", indicator__key="z")

    for to, expected in (
        ("up", ["x", "z", "y"]),
        ("up", ["z", "x", "y"]),
        ("up", ["z", "x", "y"]),
        ("down", ["x", "z", "y"]),
    ):
        response = as_editor.post(f"{URL}{last.key}/move/", {"to": to})
        assert response.headers["Location"] == f"{URL}#order"
        assert at("o1") == expected

    assert as_editor.post(f"{URL}nobody/move/", {"to": "up"}).status_code == 302
    assert at("o1") == ["x", "z", "y"]


def test_the_note_belongs_to_the_place(as_editor, model):
    tick(as_editor, "o1", "x")
    tick(as_editor, "o2", "x")
    use = IndicatorUse.objects.get(outcome__key="o1", indicator__key="x")

    as_editor.post(f"{URL}{use.key}/edit/", {"base_version": 1, "note": "登録者数"})

    page = as_editor.get(PAGE).content.decode()
    assert page.count("（登録者数）") == 1


def test_an_outcome_without_indicator_is_remarked(as_editor, model):
    tick(as_editor, "o1", "x")

    page = as_editor.get(PAGE).content.decode()

    assert "「成果1」に、指標がまだありません。" not in page
    assert "「成果2」に、指標がまだありません。" in page


def test_an_indicator_that_is_none_of_the_year_is_refused(as_editor, model):
    assert tick(as_editor, "o1", "nobody").status_code == 422


def test_deleting_an_outcome_takes_its_indicators_along_in_a_list(as_editor, model):
    tick(as_editor, "o1", "x")

    page = as_editor.get(f"{PAGE}outcomes/o1/delete/").content.decode()

    assert f"成果1 ← {named('x')}" in page


def test_a_year_without_indicators_says_what_comes_first(as_editor, model):
    IndicatorUse.objects.all().delete()
    for table in ("targets", "issue_figures"):
        for indicator in Indicator.objects.all():
            getattr(indicator, table).all().delete()
    Indicator.objects.all().delete()

    assert "先に指標を選ぶと" in as_editor.get(URL).content.decode()


def test_who_misses_an_indicator_finds_the_way_to_more(as_editor, model):
    page = as_editor.get(URL).content.decode()

    assert f'href="/m/{world.OURS}/{world.YEAR}/indicators/catalogue/"' in page
    assert f'href="/m/{world.OURS}/{world.YEAR}/indicators/own/add/"' in page
