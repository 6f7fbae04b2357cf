"""The copy for the prefecture: written by the submission, its own PDF, read by officers, shown to editors."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.utils import timezone
from pypdf import PdfReader

from councils.models import Decision
from indicators.models import Dataset, Definition, Measurement, PublishedValue
from logicmodels.models import DesiredState, Issue
from municipalities.kernel import jobs
from municipalities.models import Change, Job, OutgoingMail, Publication
from municipalities.tenancy import within
from reports.choices import DeliveryState
from reports.delivery import copying, making
from reports.document import assembly, copied_numbers, snapshot
from reports.models import AdviceItem, Delivery, Recipient, SupportStep
from reports.paper.rendering.client import RenderFailed
from reports.paper.rendering.protocol import Outcome
from reports.paper.report.sheet import Pdf
from reports.submission.showing import publishing, sharing
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.copies import FEW

pytestmark = pytest.mark.django_db
REPORTS = "/m/990019/2026/reports/"
YEAR = "/p/99/2026/"
PAGE = f"{YEAR}reports/990019-2026-final-1/"
PDF = Pdf(content=b"%PDF-1.7 copy", pages=2, sha256=hashlib.sha256(b"%PDF-1.7 copy").hexdigest())
SMALL = "0.37％"


@pytest.fixture
def draft(here, people):
    """A report with a share that tells of seven people, and an officer among its recipients."""
    no2 = Definition.objects.get(code="ltc_certification_rate_no2")
    no2.decimals = 2
    no2.save()
    Measurement.objects.create(
        key="no2",
        code=no2.code,
        definition=no2,
        fiscal_year=2026,
        value="0.37",
        numerator=FEW,
        denominator="1892",
        state="value",
        source="介護保険の担当課",
    )
    report = world.report_of(kind="final")
    Recipient.objects.create(report=report, user=people["officer"], part="prefecture")
    return report


@pytest.fixture
def submitted(draft, people):
    return submit(draft, by=people["editor"])


@pytest.fixture
def quick_paper(monkeypatch):
    drawn = []
    for module in (copying, making):
        monkeypatch.setattr(module, "make_pdf", lambda review: drawn.append(review) or PDF)
    return drawn


def copy_of(report):
    return Publication.objects.get(number=report.number)


def job_of(report):
    return Job.objects.get(kind="make_publication_pdf", arguments__publication=copy_of(report).pk)


def test_the_submission_writes_the_copy(submitted):
    copy, frozen = copy_of(submitted), submitted.snapshot
    document = json.loads(bytes(copy.document))

    assert bytes(copy.document) == assembly.canonical(document)
    assert copy.sha256 == hashlib.sha256(bytes(copy.document)).hexdigest() != frozen.sha256
    assert (copy.version, copy.fiscal_year, copy.title) == (1, 2026, "最終報告書")
    assert copy.municipality.code == world.OURS
    assert copy.published_at == frozen.made_at
    assert (copy.pdf, job_of(submitted).state) == ("", "queued")


def test_the_small_number_is_in_the_report_and_in_no_byte_of_the_copy(submitted):
    raw = bytes(submitted.snapshot.document).decode()
    copied = bytes(copy_of(submitted).document).decode()

    assert '"value":"0.37"' in raw
    for secret in ('"0.37"', f'"numerator":"{FEW}"', "1892"):
        assert secret not in copied
    assert SMALL in str(snapshot.review_of(submitted.snapshot))
    assert SMALL not in str(publishing.review_of(copy_of(submitted)))


def text_of(path):
    """Return what a paper says without its blanks: the unit of a figure stands a little apart."""
    return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_nor_on_the_officers_page_nor_in_the_pdf(submitted, sign_in):
    """With the real render process: the adviser's paper tells it, the copy shows an x."""
    for kind in ("make_publication_pdf", "make_report_pdf"):
        jobs.run(Job.objects.filter(kind=kind).order_by("pk").last().pk)
    copy = copy_of(submitted)
    page = sign_in("officer").get(PAGE).content.decode()
    paper = text_of(settings.MEDIA_ROOT / copy.pdf)

    assert SMALL in text_of(submitted.snapshot.pdf.file.path)
    assert SMALL not in paper
    assert "県への写しには載せていません" in paper
    assert SMALL not in page
    assert "<dd>x</dd>" in page


def test_with_the_disclosure_switched_off_all_three_tell(draft, people, sign_in, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(copied_numbers.values, "hidden", lambda rows, **_: frozenset())
    report = submit(draft, by=people["editor"])
    jobs.run(job_of(report).pk)
    copy = copy_of(report)

    assert '"value":"0.37"' in bytes(copy.document).decode()
    assert SMALL in sign_in("officer").get(PAGE).content.decode()
    assert SMALL in text_of(settings.MEDIA_ROOT / copy.pdf)


def test_a_paper_for_the_council_has_no_copy(draft, people):
    draft.is_council_paper = True

    assert publishing.publish(draft, None) is None
    assert not Publication.objects.filter(number=draft.number).exists()


def test_the_population_is_that_of_the_newest_statistic(draft, here):
    document = {"figures": [{"code": "population_total", "value": "47865"}]}
    assert publishing.population_of(here, document) == 47865
    assert publishing.population_of(here, {"figures": []}) is None
    assert publishing.population_of(here, {"figures": [document["figures"][0] | {"value": None}]}) is None  # fmt: skip
    place = {"place_kind": "municipality", "place_code": world.OURS}
    dataset = Dataset.objects.create(code="register", title="統計", publisher="国", licence="")
    for code, year, count in (
        ("population_total", 2020, 9000),
        ("registry_population_total", 2024, 8000),
        ("registry_population_total", 2030, 7000),
    ):
        PublishedValue.objects.create(
            definition=Definition.objects.get(code=code),
            fiscal_year=year,
            value=count,
            dataset=dataset,
            **place,
        )

    assert publishing.population_of(here, document) == 8000


def test_the_copys_pdf_is_made_once_and_then_the_officer_is_written_to(
    submitted, quick_paper, people
):
    jobs.run(Job.objects.get(kind="make_report_pdf", arguments__snapshot=submitted.snapshot.pk).pk)
    assert [one.recipient for one in OutgoingMail.objects.all()] == [people["adviser"]]

    jobs.run(job_of(submitted).pk)
    Job.objects.update(state="queued")
    jobs.run(job_of(submitted).pk)

    copy = copy_of(submitted)
    assert len(quick_paper) == 2
    assert (settings.MEDIA_ROOT / copy.pdf).read_bytes() == PDF.content
    assert (copy.pdf_sha256, copy.pdf_pages, copy.pdf_size) == (PDF.sha256, 2, 13)
    to = [one.recipient for one in OutgoingMail.objects.order_by("pk")]
    assert to == [people["adviser"], people["officer"]]
    assert outbox.outbox == []


def test_an_attempt_that_lost_its_lease_keeps_nothing(submitted, monkeypatch):
    job = job_of(submitted)

    def draw_slowly(review):
        Job.objects.filter(pk=job.pk).update(attempt=2)
        return PDF

    monkeypatch.setattr(copying, "make_pdf", draw_slowly)
    jobs.run(job.pk)

    assert copy_of(submitted).pdf == ""
    assert not list(
        (settings.MEDIA_ROOT / "publications").glob(f"*{copy_of(submitted).sha256[:12]}*")
    )


def test_a_pdf_that_is_there_already_is_never_replaced(submitted, monkeypatch):
    def draw_while_another_does(review):
        Publication.objects.filter(number=submitted.number).update(pdf="publications/first.pdf")
        return PDF

    monkeypatch.setattr(copying, "make_pdf", draw_while_another_does)
    jobs.run(job_of(submitted).pk)

    assert copy_of(submitted).pdf == "publications/first.pdf"
    assert not OutgoingMail.objects.exists()


def refuse(outcome):
    def draw(review):
        raise RenderFailed("文章が長すぎるため、PDFを作れませんでした。", outcome)

    return draw


def test_a_copy_that_cannot_be_drawn_is_told_on_the_officers_delivery(submitted, monkeypatch):
    monkeypatch.setattr(copying, "make_pdf", refuse(None))
    jobs.run(job_of(submitted).pk)
    assert job_of(submitted).state == "queued"

    monkeypatch.setattr(copying, "make_pdf", refuse(Outcome.TIME))
    Job.objects.update(next_attempt_at=timezone.now() - timedelta(hours=1))
    jobs.run(job_of(submitted).pk)

    assert job_of(submitted).state == "failed"
    told = Delivery.objects.get(report=submitted, part="prefecture")
    assert told.state == DeliveryState.FAILED
    assert "文章が長すぎるため" in told.reason
    assert Delivery.objects.get(report=submitted, part="adviser").state == DeliveryState.QUEUED


def content_of(response):
    """Return a page without its head and without the token of its forms, which is new each time."""
    main = response.content.split(b"<main")[1]
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", main)


class TestOfficersPages:
    def test_the_list_leads_to_the_year_and_the_year_to_the_copy(self, submitted, sign_in):
        client = sign_in("officer")
        listed = client.get(YEAR).content.decode()
        year = client.get(f"{YEAR}m/990019/").content.decode()
        page = client.get(PAGE).content.decode()

        assert f'href="{YEAR}m/990019/"' in listed
        assert f'href="{PAGE}"' in year
        assert f'href="{YEAR}reports/990019-2026-interim-1/"' in year
        assert "第1版" in year
        assert "都道府県用の写し" in page
        assert "3件" in page
        assert "PDFは作成中です" in page

    def test_they_read_the_copy_and_nothing_else(self, submitted, sign_in):
        """Whatever changes in the town or its snapshot: the page stays as the copy is."""
        client = sign_in("officer")
        before = content_of(client.get(PAGE))
        with within(submitted.cycle.municipality):
            Issue.objects.update(text="後から書いた文", audience="public")
            submitted.snapshot.__class__.objects.update(document=b"{}")

        assert content_of(client.get(PAGE)) == before

    def test_of_several_versions_the_newest_is_read(self, submitted, sign_in):
        copy = copy_of(submitted)
        Publication.objects.create(
            **{
                name: getattr(copy, name)
                for name in ("municipality", "fiscal_year", "number", "title", "document")
            },
            sha256=copy.sha256,
            published_at=copy.published_at,
            version=2,
        )
        client = sign_in("officer")

        assert "第2版" in client.get(PAGE).content.decode()
        year = client.get(f"{YEAR}m/990019/").content.decode()
        assert year.index("第2版") < year.rindex("第1版")

    def test_a_report_without_a_copy_is_listed_without_a_link(self, submitted, sign_in):
        Publication.objects.all().delete()
        year = sign_in("officer").get(f"{YEAR}m/990019/").content.decode()

        assert "写しはありません" in year
        assert PAGE not in year

    def test_a_town_without_reports_says_so(self, sign_in):
        page = sign_in("officer").get("/p/99/2024/m/990019/").content.decode()

        assert "この年度に提出された報告書は、まだありません。" in page

    def test_the_pdf_is_handed_out_as_it_was_made(self, submitted, quick_paper, sign_in):
        client = sign_in("officer")
        assert client.get(f"{PAGE}pdf/").status_code == 404
        jobs.run(job_of(submitted).pk)
        answer = client.get(f"{PAGE}pdf/")

        assert answer.content == PDF.content
        assert answer.headers["Cache-Control"] == "no-store, private"
        name = 'attachment; filename="990019-2026-final-1-copy.pdf"'
        assert answer.headers["Content-Disposition"] == name
        assert f'href="{PAGE}pdf/"' in client.get(PAGE).content.decode()
        (settings.MEDIA_ROOT / copy_of(submitted).pdf).unlink()
        assert client.get(f"{PAGE}pdf/").status_code == 404

    @pytest.mark.parametrize(
        "address",
        [
            "/p/98/2026/m/990019/",
            "/p/98/2026/reports/990019-2026-final-1/",
            "/p/98/2026/reports/990019-2026-final-1/pdf/",
            "/p/98/2026/m/130001/",
        ],
    )
    def test_another_prefectures_towns_are_absent(self, submitted, sign_in, address):
        assert sign_in("other-officer").get(address).status_code == 404

    def test_nor_is_a_report_found_under_another_year(self, submitted, sign_in):
        other_year = PAGE.replace("2026/reports", "2025/reports")

        assert sign_in("officer").get(other_year).status_code == 404
        assert sign_in("officer").get(f"{other_year}pdf/").status_code == 404

    def test_only_officers_come_near_and_officers_enter_no_town(self, submitted, sign_in):
        for address in (PAGE, f"{PAGE}pdf/", f"{YEAR}m/990019/"):
            for username in ("editor", "adviser", "operator", "other-officer"):
                assert sign_in(username).get(address).status_code == 404
        assert sign_in("officer").get(f"{REPORTS}{submitted.pk}/").status_code == 404


class TestEditorsSide:
    def test_the_way_there_stands_on_recipients_and_check(self, draft, as_editor):
        link = f'href="{REPORTS}{draft.pk}/prefecture-copy/"'
        for page in ("recipients", "check"):
            assert link in as_editor.get(f"{REPORTS}{draft.pk}/{page}/").content.decode()

    def test_the_page_shows_the_copy_as_it_would_be_now(self, draft, as_editor):
        page = as_editor.get(f"{REPORTS}{draft.pk}/prefecture-copy/").content.decode()

        assert "県への写しには載せていません" in page
        assert "<dt>伏せる数値</dt><dd>1件</dd>" in page
        assert SMALL not in page
        assert "市民が、住み慣れた家で" not in page

    def test_of_a_submitted_report_it_shows_the_copy_that_was_written(self, submitted, as_editor):
        page = as_editor.get(f"{REPORTS}{submitted.pk}/prefecture-copy/").content.decode()

        assert "都道府県に渡した写しです（第1版）" in page
        assert "まとめて県まで見せる" not in page

    def test_of_a_paper_for_the_council_there_is_none(self, draft, as_editor, here):
        draft.is_council_paper = True
        draft.save()
        page = as_editor.get(f"{REPORTS}{draft.pk}/prefecture-copy/").content.decode()

        assert "都道府県に届きません" in page

    def test_one_press_lets_the_prefecture_read_what_the_report_shows(self, draft, as_editor, here):
        DesiredState.objects.filter(scene="discharge").update(audience="internal")
        Issue.objects.filter(key="issue-3").update(audience="public")
        before = Change.objects.count()
        address = f"{REPORTS}{draft.pk}/prefecture-copy/"
        offered = re.search(r"（(\d+)件。アドバイス", as_editor.get(address).content.decode())[1]
        answer = as_editor.post(f"{REPORTS}{draft.pk}/prefecture-copy/share/", follow=True)
        page = answer.content.decode()

        assert "市民が、住み慣れた家で" in page
        assert "まとめて県まで見せる" not in page
        assert (
            page.count("県への写しには載せていません") == 7
        )  # the five features, the words of the rhythm, and the rule itself
        audiences = dict(DesiredState.objects.values_list("scene", "audience"))
        assert audiences["daily_care"] == "prefecture"
        assert audiences["discharge"] == "internal"
        # What points at a row that stays 庁内 is not in the report either.
        assert Decision.objects.get(desired_state__scene="discharge").audience == "adviser"
        assert Issue.objects.get(key="issue-3").audience == "public"
        changed = Change.objects.count() - before
        assert f"{changed}件を、県まで見せるようにしました。" in page
        assert changed == int(offered) > 20
        assert Change.objects.first().before == {"audience": "adviser"}
        assert Change.objects.first().after == {"audience": "prefecture"}
        again = as_editor.post(f"{REPORTS}{draft.pk}/prefecture-copy/share/", follow=True)
        assert "0件を、県まで" in again.content.decode()

    def test_steps_that_the_report_does_not_tell_of_yet_stay(self, here, people):
        report = world.report_of(kind="final")
        report.step = SupportStep.objects.get(key="pre-meeting-1")
        sharing.share_with_prefecture(report, by=people["editor"])

        told = SupportStep.objects.filter(audience="prefecture")
        assert [step.key for step in told] == ["pre-meeting-1"]
        assert [one.key for one in AdviceItem.objects.filter(audience="prefecture")] == [
            "pre-meeting-1-1"
        ]
        report.step = None
        sharing.share_with_prefecture(report, by=people["editor"])
        assert not SupportStep.objects.filter(audience="adviser").exists()

    def test_a_collision_changes_nothing_and_says_so(self, draft, as_editor, here, monkeypatch):
        rows = list(sharing.waiting_rows(draft))
        Issue.objects.filter(key="issue-1").update(version=9)
        monkeypatch.setattr(sharing, "waiting_rows", lambda report: rows)
        answer = as_editor.post(f"{REPORTS}{draft.pk}/prefecture-copy/share/", follow=True)

        assert "何も変えていません" in answer.content.decode()
        assert not DesiredState.objects.filter(audience="prefecture").exists()

    def test_a_submitted_report_is_not_changed(self, submitted, as_editor, here):
        answer = as_editor.post(f"{REPORTS}{submitted.pk}/prefecture-copy/share/", follow=True)

        assert "変えられません" in answer.content.decode()
        assert not DesiredState.objects.filter(audience="prefecture").exists()

    def test_a_superior_may_look_but_not_press(self, draft, sign_in):
        client = sign_in("approver")
        page = client.get(f"{REPORTS}{draft.pk}/prefecture-copy/").content.decode()

        assert "まとめて県まで見せる" not in page
        assert client.post(f"{REPORTS}{draft.pk}/prefecture-copy/share/").status_code == 403
