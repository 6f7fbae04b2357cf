"""協議体資料: one scene on one sheet, from any state of the year, with nothing that must stay in the house."""

import io

import pypdf
import pytest

from councils.models import Decision, Evaluation
from indicators.models import Measurement
from logicmodels.models import Activity, ActivityResult, DesiredState, Issue, Outcome
from municipalities.choices import CARE_SCENES, Scene
from municipalities.models import Cycle
from municipalities.tenancy import within
from reports.models import CouncilQuestion
from reports.paper.rendering.client import Drawing
from reports.paper.year import handout as paper
from reports.paper.year.handout import Cut, cut, handout_html, make_handout
from reports.submission.showing.handing_out import handed_out
from reports.writing.papers import handout_views
from tests.councils import meeting_samples as meetings
from tests.indicators.rows import aim, follow, measure
from tests.reports.paper_reading import fonts_of, printed, read

pytestmark = pytest.mark.django_db
URL = "/m/990019/2026/handouts/emergency/"
REACHED = "emergency_nursing_addon_rate"


def text_of(response):
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def test_the_sheet_of_a_scene_is_one_page_with_all_its_parts(here, as_editor):
    goal = DesiredState.objects.create(
        cycle=here, key="urgent", scene=Scene.EMERGENCY, text="急に悪くなっても、慌てずに過ごせる。"
    )

    response = as_editor.get(f"{URL}pdf/")

    assert response.headers["Content-Type"] == "application/pdf"
    assert len(pypdf.PdfReader(io.BytesIO(response.content)).pages) == 1
    found = text_of(response)
    assert goal.text in found
    assert "夜間に連絡できる先を、どこまで共有するか。" in found
    # The words of 課題整理表 and of the report.
    assert "優先順位" in found
    assert "優先度" not in found


class TestAgreement:
    """目指す姿 are 案 on the sheet until a council has agreed, as on the screens and in the report."""

    PAGE = "/m/990019/2026/handouts/discharge/"

    @pytest.fixture
    def goal(self, here):
        Decision.objects.all().delete()
        DesiredState.objects.filter(cycle=here, scene=Scene.ALL).delete()
        return DesiredState.objects.get(cycle=here, scene=Scene.DISCHARGE)

    def both(self, client):
        page = "".join(client.get(self.PAGE).content.decode().split())
        return page, text_of(client.get(f"{self.PAGE}pdf/"))

    def test_until_then_it_is_a_draft(self, as_editor, goal):
        for found in self.both(as_editor):
            assert "目指す姿（案）" in found
            assert "協議体で合意推進協議会" not in found
        assert "「案」は協議体で合意する前のものです。" in self.both(as_editor)[1]

    def test_then_the_meeting_stands_below_it(self, as_editor, here, goal):
        meetings.decision(here, meetings.meeting(held_on="2026-07-10"), desired_state=goal)

        for found in self.both(as_editor):
            assert "（案）" not in found
            assert "「案」は" not in found
            assert "協議体で合意推進協議会第1回（令和8年7月10日）" in found

    def test_while_the_common_goal_is_a_draft_the_heading_says_so(self, as_editor, here, goal):
        meetings.decision(here, meetings.meeting(held_on="2026-07-10"), desired_state=goal)
        common = DesiredState.objects.create(
            cycle=here, key="common", scene=Scene.ALL, text="住み慣れた地域で暮らす。"
        )
        assert "目指す姿（案）" in self.both(as_editor)[0]
        meetings.decision(here, meetings.meeting("second", number=2), "d-2", desired_state=common)

        page, paper = self.both(as_editor)
        assert "（案）" not in page + paper
        assert "協議体で合意推進協議会第2回" in page

    def test_a_joint_meeting_agrees_too_and_is_named(self, as_editor, here, goal):
        meeting = meetings.neighbours_meeting(held_on="2026-07-10")
        meetings.decision(here, meeting, desired_state=goal)

        for found in self.both(as_editor):
            assert "協議体で合意広域の協議会第1回（令和8年7月10日）" in found

    def test_a_meeting_of_the_house_is_not_told(self, as_editor, here, goal):
        meeting = meetings.meeting(held_on="2026-07-10", audience="internal", title="内々の会")
        meetings.decision(here, meeting, desired_state=goal)

        for found in self.both(as_editor):
            assert "目指す姿（案）" in found
            assert "内々の会" not in found


def test_a_year_without_anything_gives_a_sheet_to_write_on(here, as_editor):
    with within(here.municipality):
        empty = Cycle.objects.create(fiscal_year=2031)
    empty.municipality = here.municipality
    for scene in CARE_SCENES:
        page = as_editor.get(empty.url("reports:handout", scene))
        assert "この場面には、まだ何も書かれていません。" in page.content.decode()
        paper_of_it = as_editor.get(empty.url("reports:handout_pdf", scene))
        assert len(pypdf.PdfReader(io.BytesIO(paper_of_it.content)).pages) == 1


def test_the_paper_is_tagged_and_in_our_fonts(here):
    pdf = make_handout(handed_out(here, Scene.DISCHARGE))

    assert read(pdf).trailer["/Root"]["/Lang"] == "ja"
    assert all("BIZ" in name for name in fonts_of(pdf))


def test_two_hundred_rows_and_long_texts_still_make_one_page(here, as_editor):
    for number in range(200):
        Issue.objects.create(
            cycle=here,
            key=f"many-{number}",
            scene=Scene.EMERGENCY,
            text=f"課題{number}" + "長い文" * 300,
            current_state="現状" * 1000,
            gap="差" * 1000,
        )
        Activity.objects.create(
            cycle=here, key=f"many-{number}", scene=Scene.EMERGENCY, name="取組" * 140
        )
    DesiredState.objects.filter(cycle=here).update(text="目指す姿。\n" * 900)
    CouncilQuestion.objects.filter(cycle=here).update(text="諮りたいこと。\n" * 200)

    response = as_editor.get(f"{URL}pdf/")

    assert len(pypdf.PdfReader(io.BytesIO(response.content)).pages) == 1
    assert "ほか" in text_of(response)


def test_without_cutting_the_same_year_needs_more_than_one_page(here, monkeypatch):
    """The negative control of the promise above."""
    for number in range(60):
        Issue.objects.create(
            cycle=here, key=f"many-{number}", scene=Scene.EMERGENCY, text="課題" * 100
        )
    sheet = handed_out(here, Scene.EMERGENCY)
    assert make_handout(sheet).pages == 1

    monkeypatch.setattr(paper, "CUTS", ())
    monkeypatch.setattr(paper, "MOST_SIGNS", 100_000)

    assert make_handout(sheet).pages > 1


def test_what_is_cut_is_counted(here):
    sheet = handed_out(here, Scene.EMERGENCY)
    many = paper.replace(sheet, activities=Cut(tuple(range(10))))

    assert cut(many, 3, 10).activities == Cut((0, 1, 2), 7)
    assert cut(cut(many, 5, 10), 3, 10).activities.more == 7


@pytest.mark.parametrize("model", [DesiredState, Issue, Activity, CouncilQuestion])
def test_what_stays_in_the_house_is_on_no_sheet(here, as_editor, model):
    name = "name" if model is Activity else "text"
    model.objects.filter(cycle=here).update(**{name: "KOKO-DAKE"}, audience="adviser")
    pages = [here.url("reports:handout", scene) for scene in CARE_SCENES]
    assert any(b"KOKO-DAKE" in as_editor.get(page).content for page in pages)

    model.objects.filter(cycle=here).update(audience="internal")

    assert not any(b"KOKO-DAKE" in as_editor.get(page).content for page in pages)


def test_small_numbers_are_printed_as_x(here, as_editor):
    rows = Measurement.objects.filter(fiscal_year=here.fiscal_year)
    shown = {scene: handed_out(here, scene) for scene in CARE_SCENES}
    assert any(sheet.numbers.rows for sheet in shown.values())
    rows.update(value=3, numerator=None, denominator=None)

    sheets = [handed_out(here, scene) for scene in CARE_SCENES]

    printed_numbers = [
        value.number for sheet in sheets for row in sheet.numbers.rows for value in row.values
    ]
    assert not any(number.startswith("3人") for number in printed_numbers)


def test_the_questions_are_written_on_their_own_page(here, as_editor):
    page = here.url("reports:council_question_edit", Scene.DISCHARGE)
    form = as_editor.get(page)
    assert form.status_code == 200

    answer = as_editor.post(
        page,
        {
            "base_version": 0,
            "text": "退院前の話し合いに、だれが入るか。",
            "audience": "adviser",
            "submission_key": form.context["form"].initial.get("submission_key", ""),
        },
    )

    assert answer.status_code == 302
    assert "退院前の話し合いに、だれが入るか。" in as_editor.get(answer.url).content.decode()


def test_all_scenes_together_are_no_sheet(here, as_editor):
    assert as_editor.get("/m/990019/2026/handouts/all/").status_code == 404


def test_a_viewer_reads_and_prints_and_writes_nothing(here, sign_in):
    viewer = sign_in("viewer")

    assert viewer.get(URL).status_code == 200
    assert viewer.get(f"{URL}questions/edit/").status_code == 403
    assert "諮りたいことを書く" not in viewer.get(URL).content.decode()


def test_a_paper_that_cannot_be_made_says_so(here, as_editor, monkeypatch):
    def fail(sheet):
        raise handout_views.RenderFailed("PDFを作成できませんでした。")

    monkeypatch.setattr(handout_views, "make_handout", fail)

    answer = as_editor.get(f"{URL}pdf/", follow=True)

    assert "PDFを作成できませんでした。" in answer.content.decode()


def test_the_numbers_of_the_sheet_are_those_of_the_report(here):
    pdf = make_handout(handed_out(here, Scene.DISCHARGE))
    sheet = handed_out(here, Scene.DISCHARGE)

    assert all(
        "".join(value.number.split()) in printed(pdf)
        for row in sheet.numbers.rows
        for value in row.values
    )


class TestFacts:
    """What happened stands on the sheet for the council to judge."""

    @pytest.fixture(autouse=True)
    def nothing_evaluated(self, here):
        meetings.no_evaluations()
        ActivityResult.objects.all().delete()

    def told(self, here, scene=Scene.DISCHARGE):
        sheet = handed_out(here, scene)
        shown = handout_html(sheet, letters="size-95")
        assert ("今年度に起きたこと" in shown) is bool(sheet.facts.rows)
        assert all(one.text in shown for one in sheet.facts.rows)
        return [one.text for one in sheet.facts.rows]

    def test_what_staff_have_confirmed_is_told_unless_it_stays_in_the_house(self, here):
        """A draft, what is 庁内, and what is about something 庁内 are the negative control."""
        outcome = Outcome.objects.get(cycle=here, key="outcome-1")
        row = Evaluation.objects.create(key="e", cycle=here, outcome=outcome, text="起きたこと。")
        assert self.told(here) == ["起きたこと。"]
        assert self.told(here, Scene.EMERGENCY) == []
        for change in ({"is_drafted": True}, {"is_drafted": False, "audience": "internal"}):
            Evaluation.objects.filter(pk=row.pk).update(**change)
            assert self.told(here) == []
        Evaluation.objects.filter(pk=row.pk).update(audience="adviser")
        assert self.told(here) == ["起きたこと。"]
        type(outcome.logic_model).objects.update(audience="internal")
        assert self.told(here) == []

    def test_results_are_told_where_nobody_has_told_more(self, here):
        activity = Activity.objects.get(cycle=here, key="activity-1")
        values = {"cycle": here, "activity": activity, "text": "合同勉強会", "participants": 24}
        ActivityResult.objects.create(key="r", held_on="2026-06-03", **values)
        (told,) = self.told(here, Scene(activity.scene))
        assert "合同勉強会（24人）" in told
        Evaluation.objects.create(key="e", cycle=here, activity=activity, text="2回開いた。")
        assert self.told(here, Scene(activity.scene)) == ["2回開いた。"]

    def test_a_full_sheet_cuts_them(self, here):
        outcome = Outcome.objects.get(cycle=here, key="outcome-1")
        Evaluation.objects.create(key="e", cycle=here, outcome=outcome, text="長" * 900)
        sheet = cut(handed_out(here, Scene.DISCHARGE), 2, 30)
        assert len(sheet.facts.rows[0].text) <= 31

    def test_a_verdict_stands_beside_the_distance_where_there_is_one(self, here):
        """What has no value yet (未回収) is the negative control."""
        indicator = follow(here, REACHED)
        aim(here, indicator, 2028, 60)
        assert self.verdict_of(here) == ""
        measure(here, REACHED, 2026, "61.6", numerator=40, denominator=65)
        assert self.verdict_of(here) == "達成見込み（参考値）"

    def verdict_of(self, here):
        rows = handed_out(here, Scene.EMERGENCY).numbers.rows
        (found,) = [one for one in rows if one.values[3].number == "60.0％"]
        return found.verdict

    def test_the_first_way_that_fits_is_found_by_halves(self, here, monkeypatch):
        """Of fifteen ways at most five are drawn, and none that takes less room than it must."""
        drawn = []

        def draw(html, *, seconds):
            drawn.append(int(html))
            return Drawing(pdf=html.encode(), pages=1 if int(html) >= fits else 2)

        monkeypatch.setattr(paper, "_ways", lambda sheet: [("", str(n)) for n in range(15)])
        monkeypatch.setattr(paper, "handout_html", lambda shown, *, letters: shown)
        monkeypatch.setattr(paper, "draw", draw)
        for fits in range(16):
            drawn.clear()
            pdf = make_handout(None)
            assert int(pdf.content) == min(fits, 14)
            assert len(drawn) <= 5

    def test_the_page_names_both_years_of_a_value_and_the_paper_one(self):
        value = paper._unwrapped(paper.told("24.6％（令和5年度（2023年度））"))
        assert value.more == "令和5年度（2023年度）"
        assert paper._briefly(value).more == "令和5年度"
        value = paper._unwrapped(paper.told("142人／月（平均）（令和5年度（2023年度））"))
        assert value.more == "（平均）（令和5年度（2023年度））"
        assert paper._briefly(value).more == "（平均）（令和5年度）"

    def test_a_value_names_its_year_once(self):
        value = paper.told("24.6％（令和5年度（2023年度））")
        assert paper._briefly(value).more == "令和5年度"
        value = paper.told("142人／月（平均）（令和5年度（2023年度））")
        assert paper._briefly(value).more == "（平均）（令和5年度）"
