"""実施状況調査の回答準備表: what the year holds beside each topic, the town's own answer, the prefecture's list."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from municipalities.models import Profile
from reports.choices import EvidenceSheet, GrantEvidence
from reports.models import GrantAnswer, GrantItem
from reports.year.grants import items, reading
from tests import world
from tests.reports.year.test_grants import activity, found

SURVEY = EvidenceSheet.SURVEY
YEAR = f"/m/{world.OURS}/{world.YEAR}/"
PAGE, GRANT = f"{YEAR}survey-evidence/", f"{YEAR}grant-evidence/"
ITEMS = f"/p/99/{world.YEAR}/survey-items/"


def council(**values):
    row = {"name": "全体会", "programme": "ours", "status": "active", "frequency": ""}
    return row | {"times_min": 2, "times_max": 2, "established": "平成28年4月"} | values


def post(**values):
    row = {"name": "", "desk": "窓口", "role": "coordinator", "people": 2}
    return row | {"qualifications": "看護師"} | values


class TestEvidence:
    def test_the_rhythm_is_told_as_the_profile_says_it(self):
        profile = {"review_rhythm": "2月の全体会", "review_years": 3}
        assert found("rhythm", profile=profile).lines == ("2月の全体会（3年で一巡）",)
        assert not found("rhythm", profile={"key": "profile"}).lines
        assert not found("rhythm", profile=None).lines

    def test_councils_of_this_programme_that_stand(self):
        told = found("councils", councils=[council()], meetings=[])
        assert told.lines == ("全体会（年2回、設置：平成28年4月）",)
        for other in ({"programme": "other"}, {"status": "preparing"}, {"status": "ended"}):
            assert not found("councils", councils=[council(**other)]).lines

    def test_a_contract_bears_the_body_of_the_register(self):
        row = {"title": "業務委託", "organization": "o", "name": "", "state": "running"}
        bodies = [{"key": "o", "name": "見本医師会"}]
        told = found("contracts", contracts=[row], organizations=bodies)
        assert told.lines == ("業務委託（見本医師会）",)
        bare = row | {"organization": None}
        assert found("contracts", contracts=[bare]).lines == ("業務委託",)
        assert not found("contracts", contracts=[row | {"state": "ended"}]).lines

    def test_coordinators_are_counted_without_clerks(self):
        structures = [{"posts": [post(), post(role="clerk"), post(people=None, desk="")]}]
        told = found("coordinators", structures=structures)
        assert told.lines == ("窓口（2人、看護師）", "コーディネーター（看護師）")

    @pytest.mark.parametrize(
        ("kind", "row"),
        [
            ("daily_care", {"scene": "daily_care"}),
            ("emergency", {"scene": "emergency"}),
            ("mapping", {"work_item": "resource_mapping"}),
            ("awareness", {"work_item": "public_awareness"}),
            ("inter_municipal", {"work_item": "inter_municipal"}),
        ],
    )
    def test_activities_answer_for_their_scene_and_work_item(self, kind, row):
        assert found(kind, activities=[activity(**row)]).lines == ("研修会（年2回）",)
        assert not found(kind, activities=[activity()]).lines

    def test_issues_indicators_and_what_is_lacking_are_told(self):
        issue = {"scene": "discharge", "text": "当日に\n届く"}
        assert found("issues", issues=[issue]).lines == ("入退院支援：当日に 届く",)
        assert found("followed", indicators=[{"indicator": "a"}]).lines == ("数（件）",)
        assert found("difficulties", profile={"difficulties": "医師が少ない"}).lines


class TestItems:
    def test_no_shipped_item_claims_to_be_the_form(self):
        _, rows = items.shipped(SURVEY)
        assert rows
        assert not any(one.is_seen for one in rows)
        assert all(one.wording and one.source for one in rows)
        assert len({one.code for one in rows}) == len(rows)

    def test_every_kind_is_offered_to_one_of_the_papers(self):
        assert set(GrantEvidence) == {one for kinds in items.OFFERED.values() for one in kinds}

    @pytest.mark.parametrize("sheet", EvidenceSheet)
    def test_a_list_written_out_reads_back_the_same(self, sheet):
        _, rows = items.shipped(sheet)
        written = [items.COLUMNS, *items.as_lines(rows, fiscal_year=2027)]
        assert items.parse(written, fiscal_year=2027, sheet=sheet) == (rows, ())

    def test_a_kind_of_the_other_paper_is_refused(self):
        _, rows = items.shipped(SURVEY)
        line = items.as_lines(rows[:1], fiscal_year=2027)[0]
        line[items.COLUMNS.index(items.EVIDENCE)] = "検証"
        _, problems = items.parse([items.COLUMNS, line], fiscal_year=2027, sheet=SURVEY)
        assert "「根拠」を次のどれかに" in str(problems[0])


def a_file(rows, year):
    out = io.StringIO()
    csv.writer(out).writerows([items.COLUMNS, *items.as_lines(rows, fiscal_year=year)])
    return SimpleUploadedFile("items.csv", out.getvalue().encode())


@pytest.mark.django_db
class TestPages:
    def test_each_topic_says_that_its_wording_was_not_seen(self, here, as_editor):
        Profile.objects.filter(cycle=here).update(review_rhythm="毎年2月の全体会で見直す")
        page = as_editor.get(PAGE).content.decode()
        assert page.count("原文未確認") >= len(items.shipped(SURVEY)[1])
        assert "毎年2月の全体会で見直す" in page
        assert "令和6年度（2024年度）までの資料" in page

    def test_an_answer_is_kept_apart_from_the_grants(self, here, as_editor):
        address = f"{PAGE}council/edit/"
        as_editor.post(address, {"base_version": 0, "answer": "ready", "note": "問12は「1」"})
        assert GrantAnswer.objects.get(cycle=here, code="council").sheet == SURVEY
        assert "回答：問12は「1」<br>" in as_editor.get(PAGE).content.decode()
        assert "問12は「1」" not in as_editor.get(GRANT).content.decode()
        assert as_editor.get(f"{PAGE}1-1-a/edit/").status_code == 404

    @pytest.mark.parametrize(("page", "wrong"), [(PAGE, "applies"), (GRANT, "ready")])
    def test_a_word_of_the_other_paper_is_refused(self, here, as_editor, page, wrong):
        code = reading.of(here, SURVEY if page == PAGE else EvidenceSheet.GRANT).items.rows[-1].code
        answer = as_editor.post(f"{page}{code}/edit/", {"base_version": 0, "answer": wrong})
        assert answer.status_code == 422
        assert not GrantAnswer.objects.filter(cycle=here, code=code).exists()

    def test_a_viewer_reads_and_records_nothing(self, sign_in):
        assert sign_in("viewer").get(PAGE).status_code == 200
        assert sign_in("viewer").get(f"{PAGE}council/edit/").status_code == 403

    def test_the_workbook_holds_every_topic_without_points(self, as_editor):
        content = as_editor.get(f"{PAGE}export/").content
        rows = list(load_workbook(io.BytesIO(content)).active.values)
        assert len(rows) == 1 + len(items.shipped(SURVEY)[1])
        assert "配点" not in rows[0]
        assert rows[1][3] == "原文未確認"


@pytest.mark.django_db
class TestOfficer:
    def test_a_list_of_the_survey_leaves_the_grants_alone(self, here, sign_in):
        _, rows = items.shipped(SURVEY)
        page = sign_in("officer").post(ITEMS, {"file": a_file(rows[:3], world.YEAR)}, follow=True)
        assert "実施状況調査の項目3件を登録しました" in page.content.decode()
        assert (reading.of(here, SURVEY).whole, reading.of(here).whole) == (3, 31)
        assert not reading.of(here, SURVEY).is_of_another_year

    def test_a_file_of_the_grant_is_refused_here(self, sign_in):
        _, rows = items.shipped()
        page = sign_in("officer").post(ITEMS, {"file": a_file(rows, world.YEAR)})
        assert page.status_code == 422
        assert not GrantItem.objects.exists()

    def test_the_saved_file_may_be_sent_back(self, sign_in):
        client = sign_in("officer")
        content = client.get(f"{ITEMS}export/").content
        client.post(ITEMS, {"file": SimpleUploadedFile("items.xlsx", content)})
        assert GrantItem.objects.filter(sheet=SURVEY).count() == len(items.shipped(SURVEY)[1])

    def test_towns_and_other_prefectures_stay_outside(self, sign_in):
        assert sign_in("editor").get(ITEMS).status_code in {403, 404}
        assert sign_in("other-officer").get(ITEMS).status_code in {403, 404}
