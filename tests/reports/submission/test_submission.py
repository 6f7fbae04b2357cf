"""From the draft to the frozen document: check, submit, press twice, stay frozen."""

import hashlib
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordinators.models import ContractPartner, StructurePartner
from councils.models import CouncilPartner, Decision
from logicmodels.models import DesiredState, OutcomeLink
from municipalities.kernel import submission_keys
from municipalities.kernel.changes import save_versioned
from municipalities.models import Job, Membership
from municipalities.tenancy import within
from reports.choices import ReportStatus
from reports.document import assembly, snapshot
from reports.models import (
    Delivery,
    Progress,
    ReportText,
    Snapshot,
    SupportEffect,
    SupportIssue,
    SupportOutlook,
)
from reports.submission.drafts import drafting
from reports.submission.submitting import check
from reports.submission.submitting.submit import AlreadySubmitted, submit
from tests import world

pytestmark = pytest.mark.django_db
REPORTS = "/m/990019/2026/reports/"


@pytest.fixture
def draft(here):
    return world.report_of(kind="final")


def test_opening_twice_finds_the_same_draft(here, people):
    first = drafting.open_draft(here, "interim", by=people["editor"])
    second = drafting.open_draft(here, "interim", by=people["editor"])

    assert first == second
    assert first.serial == 2
    assert [str(one.user) for one in first.recipients.all()] == ["adviserの担当"]


def test_the_next_interim_report_is_of_the_next_step(here, people):
    """中間報告会① has its submitted report in the world; the second interim is ②'s."""
    report = drafting.open_draft(here, "interim", by=people["editor"])

    assert report.step.kind == "interim_2"


def test_submitting_freezes_the_document_and_queues_the_rest(draft, people):
    report = submit(draft, by=people["editor"])

    frozen = Snapshot.objects.get(report=report)
    document = json.loads(bytes(frozen.document))
    assert hashlib.sha256(bytes(frozen.document)).hexdigest() == frozen.sha256
    assert bytes(frozen.document) == assembly.canonical(document)
    assert document["report"]["number"] == "990019-2026-final-1"
    assert [one.state for one in Delivery.objects.filter(report=report)] == ["queued"]
    assert (
        Job.objects.filter(kind="make_report_pdf", arguments__snapshot=report.snapshot.pk).count()
        == 1
    )
    progress = Progress.objects.get(municipality__code=world.OURS, kind="final")
    assert progress.status == "submitted"


def test_what_is_written_later_does_not_reach_the_submitted_report(draft, people):
    submit(draft, by=people["editor"])
    before = snapshot.review_of(draft.snapshot)
    goal = DesiredState.objects.get(scene="end_of_life")
    goal.text = "提出した後で書き直した文"
    save_versioned(goal, by=people["editor"], expected_version=goal.version, fields=["text"])

    frozen = Snapshot.objects.get(report=draft)

    assert snapshot.review_of(frozen) == before
    assert snapshot.preview_of(draft).goals != before.goals


def test_texts_that_stay_in_the_house_are_not_in_the_report(draft, people):
    DesiredState.objects.filter(scene="end_of_life").update(audience="internal")
    submit(draft, by=people["editor"])

    assert "最期まで本人の望む場所" not in bytes(draft.snapshot.document).decode()
    assert "最期まで本人の望む場所" in assembly.canonical(assembly.assemble(draft.cycle)).decode()


def test_a_second_submission_finds_nothing_to_submit(draft, people):
    again = world.report_of(kind="final")
    submit(draft, by=people["editor"])

    with pytest.raises(AlreadySubmitted):
        submit(again, by=people["editor"])
    with pytest.raises(AlreadySubmitted):
        submit(world.report_of(kind="final"), by=people["editor"])
    assert Snapshot.objects.filter(report=draft).count() == 1


def test_what_is_looked_at_is_what_is_frozen(draft, people):
    """The year is gathered once: what no count of the year needs is read a single time."""
    with CaptureQueriesContext(connection) as queries:
        submit(draft, by=people["editor"])

    for model in (OutcomeLink, SupportOutlook):
        table = f'FROM "{model._meta.db_table}"'
        assert len([one for one in queries if table in one["sql"]]) == 1, table


def test_only_missing_form_parts_block(draft, people):
    Decision.objects.all().delete()
    DesiredState.objects.all().delete()
    assert check.blockers(draft) == []

    draft.recipients.all().delete()
    ReportText.objects.filter(section="situation").update(text="")
    SupportOutlook.objects.all().delete()
    assert check.blockers(draft) == [
        "自治体の考える課題と現状がまだ書かれていません。",
        "今後について（予定、方向性等）がまだ書かれていません。",
        "提出先が選ばれていません。",
    ]
    with pytest.raises(ValidationError):
        submit(draft, by=people["editor"])
    assert not Snapshot.objects.filter(report=draft).exists()


def test_an_interim_report_needs_less_than_a_final_one(here, people):
    for model in (SupportEffect, SupportOutlook, SupportIssue):
        model.objects.all().delete()
    ReportText.objects.filter(section__in=("final", "achievements")).delete()

    interim = drafting.open_draft(here, "interim", by=people["editor"])
    assert check.blockers(interim) == []
    assert len(check.blockers(world.report_of(kind="final"))) == 5


def test_a_box_that_stays_empty_on_purpose_does_not_block(draft):
    ReportText.objects.filter(section="achievements").update(text="", is_left_empty=True)

    assert check.blockers(draft) == []


def test_a_text_that_stays_in_the_house_is_missing_in_the_report(draft):
    ReportText.objects.filter(section="final").update(audience="internal")

    assert check.blockers(draft) == ["最終報告がまだ書かれていません。"]


def test_a_council_paper_needs_no_recipient(draft):
    draft.recipients.all().delete()
    draft.is_council_paper = True

    assert check.blockers(draft) == []


class TestFrontDoor:
    def test_the_way_from_the_list_to_the_submitted_report(self, as_editor, cycle):
        opened = as_editor.post(f"{REPORTS}new/", {"kind": "final"})
        address = opened.headers["Location"]
        assert "まだ提出されていません" in as_editor.get(address).content.decode()
        checked = as_editor.get(f"{address}check/")
        key = checked.context["submission_key"]

        response = as_editor.post(f"{address}submit/", {"submission_key": key})

        assert response.headers["Location"] == address
        page = as_editor.get(address).content.decode()
        assert "報告書を提出しました。" in page
        assert "990019-2026-final-1" in page
        assert "作成待ち" in page

    def test_a_draft_that_was_never_submitted_has_no_state_of_delivery(self, as_editor, cycle):
        draft = world.report_of(kind="final")
        assert as_editor.get(f"{REPORTS}{draft.pk}/status/").status_code == 404

        submitted = world.report_of()
        assert as_editor.get(f"{REPORTS}{submitted.pk}/status/").status_code == 200

    def test_fifty_presses_make_one_submission(self, as_editor, cycle):
        report = world.report_of(kind="final")
        key = submission_keys.new()
        for _ in range(50):
            as_editor.post(f"{REPORTS}{report.pk}/submit/", {"submission_key": key})
        other = as_editor.post(
            f"{REPORTS}{report.pk}/submit/", {"submission_key": submission_keys.new()}
        )

        assert other.status_code == 302
        with within(cycle.municipality):
            assert Snapshot.objects.filter(report=report).count() == 1
            assert Delivery.objects.filter(report=report).count() == 1
            newest = report.snapshot
        assert Job.objects.filter(arguments__snapshot=newest.pk).count() == 1

    def test_without_recipients_the_page_says_so_and_offers_no_button(self, as_editor, cycle):
        report = world.report_of(kind="final")
        with within(cycle.municipality):
            report.recipients.all().delete()

        page = as_editor.get(f"{REPORTS}{report.pk}/check/").content.decode()
        forced = as_editor.post(
            f"{REPORTS}{report.pk}/submit/", {"submission_key": submission_keys.new()}
        )

        assert "提出先が選ばれていません。" in page
        assert ">提出する</button>" not in page
        assert forced.headers["Location"].endswith("/check/")
        with within(cycle.municipality):
            assert world.report_of(kind="final").is_draft

    def test_recipients_are_the_advisers_in_term(self, as_editor, people, cycle):
        report = world.report_of(kind="final")
        url = f"{REPORTS}{report.pk}/recipients/"
        outsider = people["neighbour-adviser"]

        refused = as_editor.post(url, {"users": [outsider.pk]})
        nobody = as_editor.post(url, {})
        saved = as_editor.post(url, {"users": [people["adviser"].pk]})

        assert (refused.status_code, nobody.status_code, saved.status_code) == (422, 422, 302)
        assert "提出先を一人以上選んでください" in nobody.content.decode()
        Membership.objects.filter(user=people["adviser"]).update(valid_to="2021-03-31")
        assert "担当しているアドバイザーがいません" in as_editor.get(url).content.decode()

    def test_a_viewer_reads_but_finds_no_way_to_submit(self, sign_in):
        report = world.report_of(kind="final")
        page = sign_in("viewer").get(f"{REPORTS}{report.pk}/").content.decode()

        assert "提出前の確認へ進む" not in page
        assert sign_in("viewer").get(f"{REPORTS}{report.pk}/check/").status_code == 403


class TestSteps:
    def test_a_report_tells_the_steps_up_to_its_own(self, here, people):
        report = drafting.open_draft(here, "interim", by=people["editor"])
        titles = [step.title for step in snapshot.preview_of(report).steps]

        assert str(report.step) == "中間報告会②"
        assert titles[-1] == "中間報告会②"
        assert len(titles) == 4

    def test_a_report_of_no_step_tells_them_all(self, draft):
        draft.step = None

        assert len(snapshot.preview_of(draft).steps) == 5

    def test_the_second_report_of_a_kind_says_so_on_its_paper(self, here, people):
        report = drafting.open_draft(here, "interim", by=people["editor"])
        head = snapshot.preview_of(report).head

        assert (head.kind_label, head.step_label) == ("中間報告（2回目）", "中間報告会②")


def test_a_reports_document_reads_no_table_twice(draft):
    """But those that say with whom a row is shared: once for what we lead, once for what others lead."""
    assert draft.step  # comes with the report, as in the views
    with CaptureQueriesContext(connection) as queries:
        snapshot.report_document(draft, submitted_at=None, status=ReportStatus.DRAFT)
    tables = [re.search(r'FROM "(\w+)"', query["sql"])[1] for query in queries]

    twice = {table for table in tables if tables.count(table) > 1}
    assert twice == {
        model._meta.db_table for model in (CouncilPartner, ContractPartner, StructurePartner)
    }
    assert len(tables) == len(set(tables)) + len(twice)


def test_a_reports_figures_say_their_year_their_day_and_their_source(draft):
    figures = {figure.label: figure for figure in snapshot.preview_of(draft).figures}

    assert figures["人口"].period == "令和7年度（2025年度）　令和7年10月1日現在"
    assert figures["人口"].source == "見本県の例示（実在しない値）"
