"""The list of a year and the page of one indicator: where it stood, stands, and is to stand."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.charts.spark import spark
from indicators.followed import following
from indicators.models import Indicator, Target
from logicmodels.models import Issue
from municipalities.choices import Scene
from municipalities.kernel import submission_keys
from municipalities.models import Change, TrashItem
from municipalities.tenancy import within
from tests.indicators.rows import BASE, HOME_DEATH, aim, follow, measure, stored

pytestmark = pytest.mark.django_db
PAGE = f"{BASE}{HOME_DEATH}/"
EMERGENCY = "emergency_nursing_addon_rate"
CONFERENCE = "indicator-1"


def shown(client, url=BASE):
    return client.get(url).content.decode()


def row_of(page, key):
    """Return the text of one row of the list, tags left out."""
    html = re.search(rf'<tr id="{key}">(.*?)</tr>', page, re.DOTALL)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def set_baseline(cycle, code, year):
    with within(cycle.municipality):
        Indicator.objects.filter(cycle=cycle, code=code).update(baseline_year=year)


def test_a_row_tells_from_where_to_where(as_editor, cycle):
    indicator = follow(cycle, EMERGENCY)
    set_baseline(cycle, EMERGENCY, 2023)
    for year, value in ((2023, "10.05"), (2025, 12), (2026, 13)):
        measure(cycle, EMERGENCY, year, value)
    aim(cycle, indicator, 2028, 20)

    row = row_of(shown(as_editor), EMERGENCY)

    for word in (
        "高いほど良い",
        "10.1％",
        "令和5年度（2023年度）",
        "12.0％",
        "13.0％",
        "20.0％",
        "令和10年度（2028年度）",
        "目標より7.0ポイント低い",
        "出典：調査",
        "未達見込み",
        "進捗率 29.6％ 四捨五入する前の値で計算しています。",
        "最終年度見込 15.0％ 令和10年度（2028年度）",
    ):
        assert word in row.replace("　", " ")


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ([2024, 2027, 2029], "令和9年度（2027年度）"),
        ([2026, 2029], "令和8年度（2026年度）"),
        ([2023, 2025], "令和7年度（2025年度）"),
    ],
)
def test_the_next_target_is_shown_or_else_the_last(as_editor, cycle, years, told):
    indicator = follow(cycle, EMERGENCY)
    for year in years:
        aim(cycle, indicator, year, 20)

    assert told in row_of(shown(as_editor), EMERGENCY)


def test_a_distance_counted_from_an_earlier_year_says_so(as_editor, cycle):
    aim(cycle, follow(cycle, EMERGENCY), 2028, 20)
    assert "目標より" not in row_of(shown(as_editor), EMERGENCY)
    measure(cycle, EMERGENCY, 2024, 12)
    measure(cycle, EMERGENCY, 2026, None)

    said = "令和6年度（2024年度）の値は、目標より8.0ポイント低い（高いほど良い）"
    assert said in row_of(shown(as_editor), EMERGENCY)


def test_an_indicator_stands_under_its_outcomes_scene_or_its_definitions(here):
    follow(here, HOME_DEATH, "home_visit_nursing_stations")
    labels = {
        line.indicator.key: group.label
        for group in following.groups(following.lines(here))
        for line in group.lines
    }

    assert labels[CONFERENCE] == "入退院支援"
    assert labels[HOME_DEATH] == "看取り"
    assert labels["home_visit_nursing_stations"] == "複数の場面・共通"


def test_one_scene_shows_what_belongs_to_it_and_to_all(here):
    follow(here, HOME_DEATH, "home_visit_nursing_stations", "coordinator_fte")
    (group,) = following.groups(following.lines(here), scene=Scene.END_OF_LIFE)
    keys = {line.indicator.key for line in group.lines}

    assert {HOME_DEATH, "home_visit_nursing_stations"} <= keys
    assert CONFERENCE not in keys


def test_a_scene_without_indicators_says_so(as_editor):
    assert "「急変時の対応」の指標は、まだありません" in shown(as_editor, f"{BASE}?scene=emergency")


def test_an_empty_year_teaches_and_offers_one_way(as_editor, cycle):
    with within(cycle.municipality):
        for indicator in Indicator.objects.filter(cycle=cycle):
            indicator.targets.all().delete()
            indicator.uses.all().delete()
            indicator.issue_figures.all().delete()
            indicator.delete()
    page = shown(as_editor)

    assert "まだ指標がありません" in page
    assert "例：" in page
    assert page.count('class="button button-primary"') == 1
    assert "カタログから指標を選ぶ" in page


def test_indicators_change_places_within_their_scene(as_editor, cycle):
    first, common = "acp_discussed_rate", "home_visit_nursing_stations"
    follow(cycle, first, common, HOME_DEATH)
    page = shown(as_editor)
    assert page.index(f'id="{first}"') < page.index(f'id="{HOME_DEATH}"')

    as_editor.post(f"{PAGE}up/")
    page = shown(as_editor)
    assert page.index(f'id="{HOME_DEATH}"') < page.index(f'id="{first}"')

    as_editor.post(f"{PAGE}down/")
    page = shown(as_editor)
    assert page.index(f'id="{first}"') < page.index(f'id="{HOME_DEATH}"')
    with within(cycle.municipality):
        assert Change.objects.filter(model="indicators.indicator", deed="move").exists()


@pytest.mark.parametrize("way", ["up", "down"])
def test_at_the_end_of_its_scene_nothing_moves(as_editor, cycle, way):
    follow(cycle, HOME_DEATH)
    with within(cycle.municipality):
        before = list(Indicator.objects.values_list("key", "position"))

    assert as_editor.post(f"{PAGE}{way}/").status_code == 302
    with within(cycle.municipality):
        assert list(Indicator.objects.values_list("key", "position")) == before


def test_only_editors_move_and_only_by_posting(as_editor, sign_in, cycle):
    follow(cycle, HOME_DEATH)

    assert as_editor.get(f"{PAGE}up/").status_code == 405
    assert sign_in("viewer").post(f"{PAGE}up/").status_code == 403


def test_the_list_takes_the_same_queries_for_any_number_of_indicators(as_editor, cycle):
    shown(as_editor)
    with CaptureQueriesContext(connection) as few:
        shown(as_editor)
    for code in (HOME_DEATH, EMERGENCY, "acp_discussed_rate"):
        aim(cycle, follow(cycle, code), 2028, 5)
        measure(cycle, code, 2026, 4)
    with CaptureQueriesContext(connection) as many:
        shown(as_editor)

    assert len(many) == len(few)


def test_the_page_says_what_is_counted_and_where_it_is_used(as_editor, cycle):
    with within(cycle.municipality):
        issue = Issue.objects.get(key="issue-1")
        indicator = Indicator.objects.get(key=CONFERENCE)
        indicator.issue_figures.create(cycle=cycle, key="figure-1", issue=issue)
    page = shown(as_editor, f"{BASE}{CONFERENCE}/")

    for word in (
        "ケアマネジャーが参加した退院前カンファレンスの数 ÷ 退院前カンファレンスの数 × 100",
        "成果「入院した人が、切れ目のない支援を受けて家に戻れる」",
        f"課題「{issue}」の現状の数字",
        "41／130",
        "変更の記録",
    ):
        assert word in page


def test_year_note_and_audience_are_edited(as_editor, cycle):
    follow(cycle, HOME_DEATH)
    form = {"baseline_year": "R5", "note": "孤独死を含む", "audience": "internal"}
    as_editor.post(f"{PAGE}edit/", form | {"base_version": "1"})
    page = shown(as_editor, PAGE)

    assert "孤独死を含む" in page
    assert "庁内" in page
    with within(cycle.municipality):
        assert Indicator.objects.get(key=HOME_DEATH).baseline_year == 2023


def test_an_indicator_in_use_stays_and_says_where(as_editor, cycle):
    response = as_editor.post(f"{BASE}{CONFERENCE}/delete/", {"base_version": "1"})

    assert response.status_code == 409
    assert "成果" in response.content.decode() or "指標の配置" in response.content.decode()
    with within(cycle.municipality):
        assert Indicator.objects.filter(key=CONFERENCE).exists()


def test_an_indicator_goes_with_its_targets_and_comes_back_with_them(as_editor, cycle):
    indicator = follow(cycle, HOME_DEATH)
    aim(cycle, indicator, 2028, 20)
    measure(cycle, HOME_DEATH, 2025, 14)
    assert "令和10年度（2028年度）の目標値" in shown(as_editor, f"{PAGE}delete/")

    as_editor.post(f"{PAGE}delete/", {"base_version": "1"})
    assert HOME_DEATH not in shown(as_editor)
    assert len(stored(cycle, HOME_DEATH)) == 1
    with within(cycle.municipality):
        item = TrashItem.objects.get(kind="indicators.indicator")
    as_editor.post(f"/m/990019/2026/trash/{item.pk}/restore/")

    assert "20.0％" in row_of(shown(as_editor), HOME_DEATH)


def add_target(client, **typed):
    form = {"submission_key": submission_keys.new(), "fiscal_year": "R10", "value": "20"} | typed
    return client.post(f"{PAGE}targets/add/", form)


def test_targets_are_added_edited_and_deleted(as_editor, cycle):
    follow(cycle, HOME_DEATH)
    assert add_target(as_editor, value="２０％", note="県の平均").status_code == 302
    with within(cycle.municipality):
        target = Target.objects.get(indicator__key=HOME_DEATH)
    url = f"{PAGE}targets/{target.key}/"

    edited = {"fiscal_year": "R11", "value": "22.5", "note": "", "base_version": "1"}
    assert as_editor.post(f"{url}edit/", edited).status_code == 302
    page = shown(as_editor, PAGE)
    assert "令和11年度（2029年度）" in page
    assert "22.5％" in page

    assert as_editor.post(f"{url}delete/", {"base_version": "2"}).status_code == 302
    assert "まだ目標値がありません" in shown(as_editor, PAGE)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"value": ""}, "目標値を入力してください"),
        ({"value": "120"}, "100％以下の数字"),
        ({"value": "20人"}, "単位が「％」と合いません"),
        ({"fiscal_year": ""}, "目標の年度を入力してください"),
        ({"fiscal_year": "2027"}, "目標値は、すでにあります"),
    ],
)
def test_a_target_that_cannot_be_is_refused_in_words(as_editor, cycle, typed, message):
    aim(cycle, follow(cycle, HOME_DEATH), 2027, 20)
    response = add_target(as_editor, **typed)

    assert response.status_code == 422
    assert message in response.content.decode()


def test_a_viewer_reads_without_being_asked_to_write(sign_in, cycle):
    follow(cycle, HOME_DEATH)
    viewer = sign_in("viewer")

    for url in (BASE, PAGE):
        page = shown(viewer, url)
        assert "値を入力する" not in page
        assert "編集する" not in page
        assert "上へ" not in page


@pytest.mark.parametrize(
    ("values", "dots", "pieces"),
    [([1, 2, 3], 3, 1), ([1, None, 3], 2, 2), ([5, 5], 2, 1), ([None, 4], 0, 0), ([], 0, 0)],
)
def test_a_tiny_trend_has_a_dot_for_each_number(values, dots, pieces):
    drawn = spark(values)

    assert (len(drawn.dots) if drawn else 0) == dots
    assert (drawn.line.count("M") if drawn else 0) == pieces


def test_a_tiny_trend_rises_with_its_values():
    ((_, low), (_, middle), (_, high)) = spark([10, 15, 20]).dots

    assert low > middle > high
    assert middle == pytest.approx((low + high) / 2)
