"""点検: what the rules find is read by theme and scene, mended from there, and waived with a reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Definition, Indicator, Target
from indicators.rules.reading import definition_rows
from logicmodels.models import Issue
from municipalities.kernel.changes import create_versioned
from municipalities.kernel.findings import Finding, Found
from municipalities.models import Cycle
from reports.document import assembly, snapshot
from reports.document.findings import looking, reading
from reports.document.reading import gather
from reports.models import SupportRound, Waiver
from reports.year.april import confirming
from reports.year.findings import findings_page
from tests import world

pytestmark = pytest.mark.django_db
PAGE = f"/m/{world.OURS}/{world.YEAR}/findings/"
WAIVE = f"{PAGE}G01/emergency/waive/"


@pytest.fixture
def all_scenes(here):
    """The support has chosen no scene: every one counts."""
    SupportRound.objects.update(discharge=False)


def text_of(client, url=PAGE):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_found_stands_with_its_reason_its_example_and_the_way_to_mend_it(
    as_editor, all_scenes
):
    text = text_of(as_editor)

    assert "「急変時の対応」の目指す姿が未設定です" in text
    assert f"/m/{world.OURS}/{world.YEAR}/scenes/emergency/goal/edit/" in text
    assert "これから整えること" in text
    assert "例：入院した人が、安心して家に戻り" in text
    assert WAIVE in text


def test_the_page_is_narrowed_down_to_a_scene_or_a_theme(as_editor, all_scenes):
    assert "「急変時の対応」の目指す姿" in text_of(as_editor, f"{PAGE}?scene=emergency")
    assert "「急変時の対応」の目指す姿" not in text_of(as_editor, f"{PAGE}?scene=discharge")
    assert "「急変時の対応」の目指す姿" not in text_of(as_editor, f"{PAGE}?theme=bodies")
    assert "「急変時の対応」の目指す姿" in text_of(as_editor, f"{PAGE}?theme=nothing&scene=nothing")


def test_places_of_which_the_sentence_differs_stand_under_one_general_sentence():
    rule = next(one for one in looking.RULES if one.id == "C10")

    def titled(*lacking):
        found = [Finding(rule, Found("研修", words={"what": one})) for one in lacking]
        return findings_page.Group(rule, tuple(findings_page.Place(one, "", "") for one in found))

    assert titled("誰に", "誰に").title == "「誰に」が未記入です"
    assert titled("誰に", "いつ").title == "取組の「誰が・誰に・いつ」が未記入です"


def test_only_chosen_scenes_are_missed(as_editor, here):
    assert "の目指す姿が未設定です" not in text_of(as_editor)


def test_a_finding_is_waived_with_a_reason_and_taken_back(as_editor, all_scenes):
    typed = {
        "reason": "急変時の対応は、次年度に話し合う。",
        "audience": "adviser",
        "base_version": 0,
    }

    answer = as_editor.post(WAIVE, typed)

    assert answer.headers["Location"] == f"{PAGE}#goals"
    text = text_of(as_editor)
    assert '<h2 id="goals">' in text
    assert "急変時の対応は、次年度に話し合う。" in text
    assert "editorの担当" in text
    row = Waiver.objects.get(rule="G01")
    assert (row.place, row.waived_by.username) == ("emergency", "editor")

    taken = as_editor.post(f"{PAGE}waivers/{row.key}/take-back/", {"base_version": row.version})

    assert taken.status_code == 302
    assert "次年度に話し合う" not in text_of(as_editor)


def test_a_reason_is_asked_for(as_editor, all_scenes):
    answer = as_editor.post(WAIVE, {"reason": "", "audience": "adviser", "base_version": 0})

    assert answer.status_code == 422
    assert not Waiver.objects.filter(rule="G01").exists()


def test_what_nothing_found_cannot_be_waived(as_editor, here):
    assert as_editor.get(WAIVE).status_code == 404
    assert as_editor.get(f"{PAGE}G99/emergency/waive/").status_code == 404
    assert as_editor.get(f"{PAGE}waivers/nothing/take-back/").status_code == 404


def test_a_reader_sees_findings_and_waives_none(sign_in, all_scenes):
    assert "理由を付けて見送る" not in text_of(sign_in("viewer"))
    assert sign_in("viewer").get(WAIVE).status_code == 403


def test_a_waiver_belongs_to_its_place_and_outlives_its_words(here, people):
    issue = Issue.objects.order_by("key").first()
    Issue.objects.filter(pk=issue.pk).update(current_state="", text="別の言葉")
    waiver = {"rule": "P01", "place": issue.key, "reason": "聞き取りの前である。"}
    create_versioned(Waiver(cycle=here, key="w1", **waiver), by=people["editor"])

    looked = looking.look_over(reading.year_of(here))

    assert ("P01", issue.key) in {
        (one.finding.rule.id, one.finding.place.key) for one in looked.waived
    }
    assert ("P01", issue.key) not in {(one.rule.id, one.place.key) for one in looked.open}


def test_an_empty_year_gets_a_start_and_no_list_of_errors(as_editor, here):
    year = world.cycle_of().fiscal_year + 1
    Cycle.objects.create(fiscal_year=year)

    text = text_of(as_editor, f"/m/{world.OURS}/{year}/findings/")

    assert "まだ点検する内容がありません" in text
    assert "未設定です" not in text


def queries_of(deed):
    with CaptureQueriesContext(connection) as found:
        deed()
    return len(found)


def a_year_before(here):
    """Make an indicator with a target in the year before, and one of the same definition in this year."""
    before = Cycle.objects.create(fiscal_year=here.fiscal_year - 1)
    old = Indicator(cycle=before, key="old", baseline_year=2024)
    old.follow(Definition.objects.get(code="population_total"))
    old.save()
    Target.objects.create(cycle=before, key="t", indicator=old, fiscal_year=2027, value=5)
    new = Indicator(cycle=here, key="new", baseline_year=2024)
    new.follow(old.definition)
    new.save()


@pytest.mark.parametrize("has_before", [False, True])
def test_rules_cost_no_query_more_than_the_document(here, has_before):
    if has_before:
        a_year_before(here)

    of_findings = queries_of(lambda: looking.look_over(reading.year_of(here)))

    assert of_findings == queries_of(lambda: assembly.assemble(here))
    assert (reading.year_of(here).before is not None) == has_before


def test_what_is_compared_of_the_year_before_stays_out_of_the_document(here):
    a_year_before(here)

    year = reading.year_of(here)

    (old,) = year.before["indicators"]
    assert (old["key"], [row["value"] for row in old["targets"]]) == ("old", ["5"])
    assert year.document == assembly.assemble(here)
    assert "old" not in {row["key"] for row in year.rows("indicators")}


def test_definitions_come_with_the_indicators(here):
    a_year_before(here)
    known = reading.year_of(here).definitions

    assert known == definition_rows(assembly.assemble(here))


def test_shares_are_told_by_theme(here):
    looked = looking.look_over(reading.year_of(here))
    shares = {one.theme: one for one in looked.shares()}

    assert all(0 <= one.passed <= one.asked for one in shares.values())
    assert sum(one.asked for one in shares.values()) == sum(
        bool(one) for one in looked.rules.values()
    )


def test_the_page_stands_in_the_menu(as_editor, here):
    assert PAGE in text_of(as_editor, f"/m/{world.OURS}/{world.YEAR}/evaluations/")


def test_the_api_tells_findings_and_what_was_waived(as_editor, here):
    answer = as_editor.get(f"/api/v1/m/{world.OURS}/{world.YEAR}/findings")

    items = answer.json()["items"]
    assert {"rule", "severity", "place", "message"} <= set(items[0])
    (waived,) = [one for one in items if one["waived"]]
    assert (waived["rule"], waived["key"]) == ("Q02", "dementia")


def test_errors_are_printed_as_what_is_to_be_prepared(here):
    document = snapshot.content_of(world.report_of(kind="final"))

    assert "成果に指標がありません（退院した人が、望む暮らしを続けられる）。" in document["to_come"]
    review = gather(document | {"report": snapshot.NO_REPORT})
    assert review.waived[0][1].startswith("認知症施策推進計画")


def test_the_check_page_leads_from_a_point_to_its_rule(as_editor, here):
    report = world.report_of(kind="final")

    assert f"{PAGE}#c01" in text_of(
        as_editor, f"/m/{world.OURS}/{world.YEAR}/reports/{report.pk}/check/"
    )


def test_the_adviser_reads_why_something_was_waived(as_adviser, here):
    text = text_of(as_adviser, f"/review/{world.report_of().number}/")

    assert "市区町村が理由を付けて見送った気づき" in text


class TestHints:
    """What is to be looked at in a row stands where the row is edited: loaded after the page, which asks nothing."""

    OF = f"{PAGE}of/"

    def test_the_page_asks_for_them_and_links_without_scripts(self, as_editor, here):
        for page, part, key in (
            ("indicators/indicator-1/", "indicators", "indicator-1"),
            ("indicators/indicator-1/edit/", "indicators", "indicator-1"),
            ("issues/issue-1/edit/", "issues", "issue-1"),
            ("activities/activity-1/edit/", "activities", "activity-1"),
            ("scenes/discharge/goal/edit/", "desired_states", "discharge"),
        ):
            text = text_of(as_editor, f"/m/{world.OURS}/{world.YEAR}/{page}")
            assert f'hx-get="{self.OF}{part}/{key}/" hx-trigger="load"' in text
            assert "点検で、気づきを見る</a>" in text

    def test_a_new_row_has_none(self, as_editor, here):
        text = text_of(as_editor, f"/m/{world.OURS}/{world.YEAR}/issues/add/")
        assert "findings/of/" not in text

    def test_only_what_is_found_in_this_row_is_told(self, as_editor, here, all_scenes):
        row = Issue(cycle=here, key="bare", text="連携が足りない。")
        Issue.objects.bulk_create([row])
        looked = looking.look_over(reading.year_of(here))
        mine = [one.message for one in looked.open if one.place.key == "bare"]
        others = [one.message for one in looked.open if one.place.key != "bare"]
        assert mine
        text = text_of(as_editor, f"{self.OF}issues/bare/")
        assert f"この課題への気づき（{len(mine)}件）" in text
        assert all(one in text for one in mine)
        assert "「急変時の対応」の目指す姿が未設定です" in others
        assert "「急変時の対応」の目指す姿が未設定です" not in text

    def test_nothing_to_say_is_nothing_to_see(self, as_editor, here):
        assert text_of(as_editor, f"{self.OF}issues/not-there/").strip() == ""
        assert as_editor.get(f"{self.OF}councils/council-1/").status_code == 404

    def test_what_is_last_years_word_for_word_is_said_until_it_was_confirmed(
        self, as_editor, here, people
    ):
        old = Cycle.objects.filter(fiscal_year=world.YEAR - 1).first()
        old = old or Cycle.objects.create(fiscal_year=world.YEAR - 1)
        now = Issue.objects.get(cycle=here, key="issue-1")
        columns = {name: getattr(now, name) for name in ("text", "scene", "gap", "current_state")}
        columns |= {"priority": now.priority, "cause": now.cause}
        Issue.objects.update_or_create(cycle=old, key="issue-1", defaults=columns)
        address = f"{self.OF}issues/issue-1/"
        assert "前年度と同じ内容のままです" in text_of(as_editor, address)

        confirming.confirm(old, here, part="issues", by=people["editor"])
        assert "前年度と同じ内容のままです" not in text_of(as_editor, address)

    def test_a_change_is_no_copy(self, as_editor, here):
        old = Cycle.objects.filter(fiscal_year=world.YEAR - 1).first()
        old = old or Cycle.objects.create(fiscal_year=world.YEAR - 1)
        Issue.objects.update_or_create(cycle=old, key="issue-1", defaults={"text": "別の文"})
        assert "前年度と同じ" not in text_of(as_editor, f"{self.OF}issues/issue-1/")
