"""Who improved: a planted improvement is found with what its town does, a small town is not praised for chance."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.utils import timezone

from indicators.models import Definition, SubmittedValue
from logicmodels.models import Activity
from municipalities.models import Municipality, Publication
from reports.models import Practice, PublishedPractice
from reports.practice import publishing, spans
from tests import world
from tests.indicators.rows import publish

pytestmark = pytest.mark.django_db
PAGE = "/p/99/2026/practices/improved/"
RATE = "home_return_rate"


def submitted(code, year, above, below, *, version=1, indicator=RATE):
    definition = Definition.objects.get(code=indicator)
    return SubmittedValue.objects.create(
        municipality=Municipality.objects.get(code=code),
        code=indicator,
        definition=definition,
        definition_version=version,
        fiscal_year=year,
        value=round(100 * above / below, 1),
        numerator=above,
        denominator=below,
        state="value",
        as_of=dt.date(year, 10, 1),
        source="市の資料",
        number=f"{code}-{year}-final-1",
        published_at=timezone.now(),
    )


@pytest.fixture
def values(db):
    """Large and small towns whose rates rise alike: 60 % to 70 %."""
    SubmittedValue.objects.all().delete()
    for code, size in ((world.OURS, 1_000), (world.THEIRS, 100)):
        submitted(code, 2024, size * 6 // 10, size)
        submitted(code, 2026, size * 7 // 10, size)


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def found(client, query=""):
    return client.get(PAGE + query).context["found"]


def test_the_improvement_of_many_is_found_and_that_of_few_is_not(officer, values):
    shown = found(officer)

    assert [(one.place.code, one.column.code) for one in shown.better] == [(world.OURS, RATE)]
    assert shown.judged == 2
    (one,) = shown.better
    assert one.texts == ("60.0％", "70.0％")
    assert "偶然ではまず説明できない変化" in one.sentence


def test_a_value_says_of_when_it_is_and_that_it_is_not_the_last_word(officer, values):
    """As the comparison says it beside the same number, and above all of a year that has not ended."""
    now = SubmittedValue.objects.filter(fiscal_year=2026)
    now.update(as_of=dt.date(2026, 6, 30), finality="preliminary")
    with time_machine.travel("2026-11-28", tick=False):
        page = officer.get(PAGE)
    row = page.text.split('<td data-label="指標">')[1].split("</tr>")[0]
    before, after = re.findall(r'<td data-label="令和[^"]*">(.*?)</td>', row)

    assert before.endswith('60.0％</span><span class="aside">令和6年10月1日現在</span>')
    assert after.endswith('70.0％</span><span class="aside">令和8年6月末現在・速報</span>')
    assert "令和8年度（2026年度）は、まだ終わっていません。" in squeezed(page)


def test_where_less_is_better_the_same_rise_is_no_improvement(officer, values):
    Definition.objects.filter(code=RATE).update(direction="lower")
    shown = found(officer)
    assert not shown.better
    assert [one.place.code for one in shown.worse] == [world.OURS]


def test_what_is_only_watched_is_not_judged(officer, values):
    Definition.objects.filter(code=RATE).update(direction="neutral")
    assert found(officer).judged == 0
    page = officer.get(PAGE)
    assert "見比べられる数字がありません" in page.text
    assert reasons(page) == [spans.NO_DIRECTION]


def test_values_of_two_versions_of_a_definition_are_not_compared(officer, values):
    SubmittedValue.objects.filter(fiscal_year=2026).update(definition_version=2)
    assert found(officer).judged == 0


def test_the_span_is_three_or_five_fiscal_years(officer, values):
    assert found(officer, "?span=5").judged == 0
    submitted(world.OURS, 2022, 500, 1_000)
    shown = found(officer, "?span=5")
    assert [one.texts[0] for one in shown.better] == ["50.0％"]
    assert found(officer, "?span=nonsense&scene=nobody").judged == 2


def reasons(page):
    """Return why indicators are left out, each of which must be said on the page."""
    told = [one.reason for one in page.context["found"].left_out]
    assert all(one in page.text for one in told)
    return told


def test_the_span_ends_at_the_newest_year_that_can_be_compared(officer, values):
    """Of 2027 there is nothing; 2025 has no beginning."""
    submitted(world.OURS, 2025, 900, 1_000)
    page = officer.get("/p/99/2027/practices/improved/")
    shown = page.context["found"]

    assert (shown.first, shown.last, shown.judged) == (2024, 2026, 2)
    assert "最も新しい年度は令和8年度" in page.text
    assert "最も新しい年度は" not in officer.get(PAGE).text
    assert officer.get("/p/99/2025/practices/improved/").context["found"].judged == 0


def test_the_span_ends_where_values_can_be_told_from_chance(officer, values):
    """An indicator without its parts is newer: alone it would leave the page empty."""
    for year in (2025, 2027):
        row = submitted(world.OURS, year, 10, 20, indicator="acp_discussed_rate")
        SubmittedValue.objects.filter(pk=row.pk).update(numerator=None, denominator=None)
    page = officer.get("/p/99/2027/practices/improved/")
    shown = page.context["found"]

    assert (shown.first, shown.last, shown.judged) == (2024, 2026, 2)
    assert f"令和9年度（2027年度）までで、{spans.BOTH_PARTS}最も新しい年度は令和8年度" in squeezed(
        page
    )
    SubmittedValue.objects.update(numerator=None, denominator=None)
    assert officer.get("/p/99/2027/practices/improved/").context["found"].last == 2027


@pytest.mark.parametrize("direction", ["higher", "neutral"])
def test_without_a_pair_the_span_ends_at_the_newest_value(officer, values, direction):
    """A page of 2027 tells of 2026, the newest year with anything, and of no year without a number."""
    Definition.objects.filter(code=RATE).update(direction=direction)
    SubmittedValue.objects.filter(fiscal_year=2024).delete()
    page = officer.get("/p/99/2027/practices/improved/")
    shown = page.context["found"]

    assert (shown.first, shown.last, shown.judged) == (2024, 2026, 0)
    assert "令和6年度（2024年度）と令和8年度（2026年度）を見比べ" in squeezed(page)
    assert f"令和9年度（2027年度）までで、{spans.ANY_VALUE}最も新しい年度は令和8年度" in squeezed(
        page
    )


def squeezed(page):
    return "".join(page.text.split())


def test_a_value_without_its_parts_is_left_out_and_that_is_said(officer, values):
    SubmittedValue.objects.update(numerator=None, denominator=None)
    assert reasons(officer.get(PAGE)) == [spans.NO_PARTS]


def test_what_another_population_divides_at_the_other_end_is_left_out_and_that_is_said(officer):
    """The census at one end and the registry at the other: the difference between them is no improvement."""
    for place in (world.OURS, world.THEIRS):
        for year, count in ((2022, 10), (2024, 60)):
            publish("home_visit_nursing_stations", year, count, place=("municipality", place))
        publish("population_75plus", 2022, 1_000, place=("municipality", place))
        publish("registry_population_75plus", 2024, 1_010, place=("municipality", place))
    page = officer.get(f"{PAGE}?origin=statistics")

    shown = page.context["found"]
    assert (shown.first, shown.last, shown.judged) == (2022, 2024, 0)
    assert spans.OTHER_POPULATION in reasons(page)
    # The control: with the registry at both ends it is judged.
    for place in (world.OURS, world.THEIRS):
        publish("registry_population_75plus", 2022, 1_000, place=("municipality", place))
    page = officer.get(f"{PAGE}?origin=statistics")
    assert page.context["found"].judged == 2
    assert spans.OTHER_POPULATION not in reasons(page)


def test_a_number_of_one_end_is_left_out_and_that_is_said(officer, values):
    SubmittedValue.objects.filter(fiscal_year=2024).delete()
    assert reasons(officer.get(PAGE)) == [spans.NO_YEARS]


def test_statistics_end_at_their_own_newest_year(officer, values):
    """Statistics come late: those of 2024 and 2022 are compared on a page of 2026."""
    for place in (world.OURS, world.THEIRS):
        for year, count in ((2022, 10), (2024, 60)):
            publish("home_visit_nursing_stations", year, count, place=("municipality", place))
        publish("population_75plus", 2022, 1_000, place=("municipality", place))
    publish("births", 2024, 100)
    page = officer.get(f"{PAGE}?origin=statistics")
    shown = page.context["found"]

    assert (shown.first, shown.last) == (2022, 2024)
    assert "まだ終わっていません" not in page.text
    assert {one.place.code for one in shown.better} == {world.OURS, world.THEIRS}
    assert spans.NO_DIRECTION in reasons(page)
    assert spans.NO_YEARS not in reasons(page)


def test_a_case_of_good_practice_stands_beside_the_number(officer, values, here, people):
    row = Practice.objects.get(key="practice-1")
    publishing.publish(row, by=people["editor"])

    page = officer.get(PAGE).text

    assert "好事例：入院時の情報を一枚にそろえる" in page
    assert "因果関係があるとは限りません" in page


def published_under(rows, *, outcome="在宅に戻れる人が増える"):
    """Write the copy of a report in which the rate stands at one outcome with these activities, as a town lets it out."""
    document = {
        "indicators": [{"key": "i", "indicator": RATE}],
        "indicator_uses": [{"indicator": "i", "outcome": "o"}],
        "activities": [{"key": key, "name": key, "audience": "prefecture"} for key in rows],
        "logic_models": [
            {
                "outcomes": [
                    {
                        "key": "o",
                        "text": outcome,
                        "placements": [{"activity": key} for key in rows],
                    }
                ]
            }
        ],
    }
    Publication.objects.all().delete()
    Publication.objects.create(
        municipality=Municipality.objects.get(code=world.OURS),
        fiscal_year=2026,
        number=f"{world.OURS}-2026-final-1",
        version=1,
        title="最終報告書",
        document=json.dumps(document).encode(),
        sha256="0" * 64,
        published_at=timezone.now(),
    )


@pytest.fixture
def case(here, people):
    """A case that is published with the activity it began from."""
    row = Practice.objects.get(key="practice-1")
    activity = Activity.objects.filter(cycle=here).first()
    type(activity).objects.filter(pk=activity.pk).update(audience="public")
    Practice.objects.filter(pk=row.pk).update(activity=activity, scene="discharge")
    publishing.publish(row, by=people["editor"])
    return activity.key


def test_a_case_stands_under_the_outcome_of_the_activity_it_began_from(officer, values, case):
    published_under([case])

    (one,) = found(officer).better
    assert [row.key for row in one.practices] == ["practice-1"]
    assert one.of_scene == ()
    page = officer.get(PAGE).text
    assert "成果「在宅に戻れる人が増える」" in page
    assert "場面が同じものとして" not in page


def test_a_case_of_another_activity_is_not_paired_by_its_scene(officer, values, case):
    published_under(["another"])

    (one,) = found(officer).better
    assert (one.practices, one.of_scene) == ((), ())
    assert list(one.under[0].activities) == ["another"]


def test_a_case_that_does_not_tell_its_activity_is_paired_by_scene_and_says_so(
    officer, values, case
):
    published_under([case])
    PublishedPractice.objects.update(activity_key="", scene="all")

    (one,) = found(officer).better
    assert one.practices == ()
    assert [row.key for row in one.of_scene] == ["practice-1"]
    assert "場面が同じものとして並べています" in officer.get(PAGE).text


def test_an_activity_that_others_may_not_read_leaves_no_key(here, people):
    row = Practice.objects.get(key="practice-1")
    activity = Activity.objects.filter(cycle=here).first()
    type(activity).objects.filter(pk=activity.pk).update(audience="internal")
    Practice.objects.filter(pk=row.pk).update(activity=activity)

    publishing.publish(row, by=people["editor"])

    assert PublishedPractice.objects.get(key="practice-1").activity_key == ""


def test_an_officer_elsewhere_sees_none_of_it(sign_in, values):
    page = sign_in("other-officer").get("/p/98/2026/practices/improved/")
    assert page.status_code == 200
    assert not page.context["found"].better
    assert sign_in("other-officer").get(PAGE).status_code == 404


class TestWhatAnAddressAsks:
    """Nothing that it asks and does not get is left out in silence; the comparison has the same mechanism."""

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?scene=nowhere", "「場面」は読み取れません。すべての場面を表示しています。"),
            ("?span=7", "「見比べる期間」は読み取れません。3年度の最初と最後を見比べています。"),
            (
                "?origin=mine",
                "「値の出どころ」は読み取れません。「市町村が提出した値」を表示しています。",
            ),
            ("?year=1999", "この画面は「年度」では絞り込めないため"),
            (f"?indicator={RATE}", "この画面は「指標」では絞り込めないため"),
        ],
    )
    def test_of_improvements(self, officer, values, query, words):
        assert words in officer.get(PAGE + query).content.decode()

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?scene=nowhere", "「場面」は読み取れません。絞り込まずに表示しています。"),
            ("?person=nobody", "「キーパーソン」は読み取れません。"),
            ("?item=x", "「実施内容」は読み取れません。"),
            ("?size=huge", "「人口規模」は読み取れません。"),
            ("?prefecture=77", "「都道府県」は読み取れません。"),
            ("?q=" + "長" * 101, "「言葉で探す」は読み取れません。"),
            ("?year=1999", "この画面は「年度」では絞り込めないため"),
            ("?page=99", "アドレスにあるページはありません。1ページ目を表示しています。"),
        ],
    )
    def test_of_the_library_by_officers_and_towns(self, officer, as_editor, query, words):
        for client, address in (
            (officer, "/p/99/2026/practices/"),
            (as_editor, "/m/990019/2026/practices/library/"),
        ):
            assert words in client.get(address + query).content.decode()

    def test_what_is_known_is_not_named(self, officer, values):
        known = ("", "?scene=discharge", "?scene=discharge&span=5&origin=statistics")
        pages = [officer.get(PAGE + query).content.decode() for query in known]
        pages += [
            officer.get(f"/p/99/2026/practices/{query}").content.decode()
            for query in (
                "",
                "?scene=discharge&q=%E8%A8%AA%E5%95%8F&prefecture=99&page=1",
                "?scene=",
            )
        ]

        assert not [page for page in pages if "アドレスにある" in page]
