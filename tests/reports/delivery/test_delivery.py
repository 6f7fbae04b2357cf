"""From the snapshot to the adviser's mailbox: one PDF, one mail each, whatever dies in between."""

import hashlib
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.core import mail as outbox

from municipalities.kernel import jobs
from municipalities.models import Job, Membership, OutgoingMail, User
from reports.delivery import making, status
from reports.document import snapshot
from reports.models import Delivery, PdfFile
from reports.paper.rendering.client import RenderFailed
from reports.paper.report.sheet import Pdf
from reports.submission.submitting.submit import submit
from tests import world

pytestmark = pytest.mark.django_db
PDF = Pdf(content=b"%PDF-1.7 paper", pages=3, sha256=hashlib.sha256(b"%PDF-1.7 paper").hexdigest())


@pytest.fixture
def submitted(here, people):
    return submit(world.report_of(kind="final"), by=people["editor"])


@pytest.fixture
def quick_paper(monkeypatch):
    """The paper has tests of its own; here its bytes do not matter, its way does."""
    drawn = []
    monkeypatch.setattr(making, "make_pdf", lambda review: drawn.append(review) or PDF)
    return drawn


def job_of(report):
    return Job.objects.get(kind="make_report_pdf", arguments__snapshot=report.snapshot.pk)


def run_everything():
    for _ in range(3):
        for job in Job.objects.claimable():
            jobs.run(job.pk)


def test_a_real_paper_reaches_the_adviser(submitted):
    """The golden path once with the real render process."""
    run_everything()

    [letter] = outbox.outbox
    [attachment] = letter.attachments
    pdf = PdfFile.objects.get(snapshot__report=submitted)
    assert hashlib.sha256(attachment[1]).hexdigest() == pdf.sha256
    assert attachment[1].startswith(b"%PDF")
    assert 1 <= pdf.pages <= 9
    assert letter.to == ["adviser@example.jp"]
    assert "990019-2026-final-1" in letter.subject
    delivery = Delivery.objects.get(report=submitted)
    assert (delivery.state, bool(delivery.sent_at)) == ("sent", True)
    assert status.of(submitted).is_settled


def test_the_letter_says_what_it_is_and_where_to_read(submitted, quick_paper):
    run_everything()

    [letter] = outbox.outbox
    made = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    text = made.get_body().get_content()
    assert "見本県見本市から、令和8年度（2026年度）の最終報告書が提出されました。" in text
    assert "https://pdca.example.jp/review/990019-2026-final-1/" in text
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Message-ID"] == OutgoingMail.objects.get().message_id


def test_where_attachments_are_stripped_the_letter_brings_a_link(submitted, quick_paper, settings):
    settings.ATTACH_REPORTS = False
    run_everything()

    [letter] = outbox.outbox
    assert letter.attachments == []
    assert "次のページにログインして" in letter.body


def test_the_paper_is_drawn_from_the_snapshot(submitted, quick_paper):
    run_everything()

    assert quick_paper == [snapshot.review_of(submitted.snapshot)]


def test_a_second_ring_makes_no_second_paper_and_no_second_mail(submitted, quick_paper):
    run_everything()
    Job.objects.update(state="queued")
    run_everything()

    assert len(quick_paper) == 1
    assert len(outbox.outbox) == 1
    assert PdfFile.objects.filter(snapshot__report=submitted).count() == 1


def test_an_attempt_that_lost_its_lease_keeps_nothing(submitted, quick_paper, monkeypatch):
    """Another worker took over while this one was drawing: its file and rows must vanish."""
    job = job_of(submitted)

    def draw_slowly(review):
        Job.objects.filter(pk=job.pk).update(attempt=2)
        return PDF

    monkeypatch.setattr(making, "make_pdf", draw_slowly)
    jobs.run(job.pk)

    folder = settings.MEDIA_ROOT / "reports"
    assert not PdfFile.objects.filter(snapshot__report=submitted).exists()
    assert not OutgoingMail.objects.exists()
    assert not list(folder.glob(f"*{submitted.snapshot.sha256[:12]}*"))


def test_a_paper_that_cannot_be_drawn_fails_in_words(submitted, monkeypatch, as_editor):
    def refuse(review):
        raise RenderFailed("文章が長すぎるため、PDFを作れませんでした。")

    monkeypatch.setattr(making, "make_pdf", refuse)
    monkeypatch.setattr(RenderFailed, "is_final", True)
    run_everything()

    assert job_of(submitted).state == "failed"
    page = as_editor.get(submitted.get_absolute_url()).content.decode()
    assert "作成できませんでした" in page
    assert "文章が長すぎるため" in page


def test_an_adviser_whose_term_ended_gets_nothing(submitted, quick_paper, as_editor):
    jobs.run(job_of(submitted).pk)
    Membership.objects.filter(user__username="adviser").update(valid_to="2021-03-31")
    run_everything()

    assert outbox.outbox == []
    delivery = Delivery.objects.get(report=submitted)
    assert delivery.state == "withheld"
    page = as_editor.get(submitted.get_absolute_url()).content.decode()
    assert "任期が終わったため、送信していません" in page


def test_an_account_without_an_address_is_said_to_have_none(submitted, quick_paper):
    User.objects.filter(username="adviser").update(email="")
    run_everything()

    delivery = Delivery.objects.get(report=submitted)
    assert delivery.state in {"withheld", "failed"}
    assert "メールアドレスが登録されていません" in delivery.reason


def test_the_page_stops_asking_when_everything_has_ended(submitted, quick_paper, as_editor):
    url = submitted.get_absolute_url()
    assert 'hx-trigger="every 2s"' in as_editor.get(url).content.decode()
    run_everything()

    page = as_editor.get(f"{url}status/").content.decode()
    assert "hx-trigger" not in page
    assert "送信済み" in page


def test_the_pdf_is_handed_out_as_it_was_sent(submitted, quick_paper, as_editor, sign_in):
    run_everything()
    mine = as_editor.get(f"{submitted.get_absolute_url()}pdf/")
    theirs = sign_in("adviser").get(f"{submitted.review_url()}pdf/")

    assert mine.content == theirs.content == PDF.content == outbox.outbox[0].attachments[0][1]
    assert mine.headers["Content-Disposition"] == 'attachment; filename="990019-2026-final-1.pdf"'
    assert mine.headers["Cache-Control"] == "no-store, private"
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
