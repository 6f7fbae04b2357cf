"""The letter to each recipient: who gets which paper and which link, and who gets nothing any more."""

import hashlib
from email import message_from_bytes, policy

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError

from municipalities.kernel import jobs
from municipalities.models import Job, Membership, OutgoingMail, Publication, User
from reports.choices import RecipientPart
from reports.delivery import papers, status
from reports.models import PdfFile
from reports.paper.report.sheet import Pdf
from reports.submission.showing.publishing import MAKE_COPY
from tests.reports import deliveries

pytestmark = pytest.mark.django_db
CAST = {
    RecipientPart.ADVISER: "adviser",
    RecipientPart.SUPERIOR: "approver",
    RecipientPart.PREFECTURE: "officer",
}


@pytest.fixture(autouse=True)
def quick_paper(monkeypatch):
    deliveries.quick_paper(monkeypatch)


@pytest.fixture
def submit_to(here, people):
    """Return a maker of submitted reports for one recipient in one part."""

    def submit(part=RecipientPart.ADVISER):
        return deliveries.submitted(people, part=part, to=CAST[part])

    return submit


def sent_letter():
    deliveries.run_everything()
    [letter] = outbox.outbox
    return letter


def test_an_adviser_gets_the_paper_and_a_link_to_the_review(submit_to):
    submit_to(RecipientPart.ADVISER)
    letter = sent_letter()

    assert letter.to == ["adviser@example.jp"]
    assert letter.attachments[0][1] == deliveries.PDF.content
    assert "https://pdca.example.jp/review/990019-2026-final-1/" in letter.body


def test_a_superior_gets_the_paper_and_a_link_to_the_municipal_page(submit_to):
    report = submit_to(RecipientPart.SUPERIOR)
    letter = sent_letter()

    assert letter.to == ["approver@example.jp"]
    assert letter.attachments[0][1] == deliveries.PDF.content
    assert f"https://pdca.example.jp/m/990019/2026/reports/{report.pk}/" in letter.body


def test_an_officer_gets_the_published_copy_never_the_raw_paper(submit_to):
    submit_to(RecipientPart.PREFECTURE)
    letter = sent_letter()

    assert letter.to == ["officer@example.jp"]
    [(_, content, _)] = letter.attachments
    assert content == deliveries.COPY
    assert content != deliveries.PDF.content
    assert "https://pdca.example.jp/p/99/2026/reports/990019-2026-final-1/" in letter.body


def test_an_officers_mail_waits_for_the_copys_own_paper(here, people):
    report = deliveries.submitted(people, part=RecipientPart.PREFECTURE, to="officer")
    jobs.run(Job.objects.filter(kind=MAKE_COPY).first().pk)
    Publication.objects.filter(number=str(report.number)).update(pdf="")
    deliveries.run_everything()
    assert outbox.outbox == []
    assert deliveries.delivery_of(report).state == "queued"
    assert status.of(report).deliveries[0].waits_for == papers.NOT_YET

    deliveries.publish(report)
    deliveries.make_due()
    deliveries.run_everything()

    assert deliveries.delivery_of(report).state == "sent"


def test_without_a_published_copy_an_officer_gets_nothing(here, people):
    report = deliveries.submitted(people, part=RecipientPart.PREFECTURE, to="officer")
    jobs.run(Job.objects.filter(kind=MAKE_COPY).first().pk)
    Publication.objects.filter(number=str(report.number)).delete()
    deliveries.run_everything()

    assert outbox.outbox == []
    delivery = deliveries.delivery_of(report)
    assert delivery.state == "withheld"
    assert "都道府県に渡す写し" in delivery.reason


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (RecipientPart.ADVISER, "アドバイザーの任期が終わったため"),
        (RecipientPart.SUPERIOR, "この自治体の担当から外れたため"),
        (RecipientPart.PREFECTURE, "この都道府県の担当から外れたため"),
    ],
)
def test_whoever_lost_the_right_between_paper_and_mail_gets_nothing(submit_to, part, sentence):
    report = submit_to(part)
    for paper in Job.objects.exclude(kind="send_mail"):
        jobs.run(paper.pk)
    Membership.objects.filter(user__username=CAST[part]).update(valid_to="2021-03-31")

    deliveries.run_everything()

    assert outbox.outbox == []
    delivery = deliveries.delivery_of(report)
    assert delivery.state == "withheld"
    assert sentence in delivery.reason


def test_the_right_of_another_part_is_not_enough(here, people):
    deliveries.submitted(people, part=RecipientPart.ADVISER, to="officer")
    deliveries.run_everything()

    assert outbox.outbox == []


def test_an_officer_of_another_prefecture_gets_nothing(here, people):
    report = deliveries.submitted(people, part=RecipientPart.PREFECTURE, to="other-officer")
    deliveries.run_everything()

    assert outbox.outbox == []
    assert deliveries.delivery_of(report).state == "withheld"


def test_a_paper_over_ten_megabytes_becomes_a_link(here, people, monkeypatch):
    large = b"%PDF" + b"x" * papers.LARGEST_ATTACHMENT
    paper = Pdf(content=large, pages=3, sha256=hashlib.sha256(large).hexdigest())
    deliveries.quick_paper(monkeypatch, paper)
    deliveries.submitted(people)
    letter = sent_letter()

    assert letter.attachments == []
    assert "次のページにログインして" in letter.body


def test_a_municipality_that_chose_links_attaches_nothing(submit_to, here):
    type(here.municipality).objects.update(attaches_reports=False)
    submit_to()

    assert sent_letter().attachments == []


def test_without_an_address_of_ours_no_link_is_offered(submit_to, settings):
    settings.BASE_URL = ""
    submit_to()
    letter = sent_letter()

    assert "http" not in letter.body
    assert "添付しています" in letter.body


def test_a_second_version_says_that_it_replaces_the_first(submit_to):
    report = submit_to()
    report.snapshots.update(version=2)
    letter = sent_letter()

    assert "最終報告書（第2版）" in letter.subject
    assert "前にお送りした版に代わるものです" in letter.body


def test_a_mail_has_the_headers_it_needs_and_no_other(submit_to):
    submit_to()
    letter = sent_letter()

    made = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    assert set(made.keys()) == {
        "Content-Type",
        "MIME-Version",
        "Subject",
        "From",
        "To",
        "Reply-To",
        "Date",
        "Auto-Submitted",
        "Message-ID",
    }
    assert made["Reply-To"] == "editor@example.jp"
    assert [part.get_content_type() for part in made.iter_parts()] == [
        "text/plain",
        "application/pdf",
    ]


def test_a_mail_is_the_same_bytes_whenever_it_is_composed(submit_to):
    submit_to()
    letter = sent_letter()
    OutgoingMail.objects.update(state="queued", sent_at=None)
    Job.objects.filter(kind="send_mail").update(state="queued")
    deliveries.run_everything()

    assert outbox.outbox[1].message().as_bytes() == letter.message().as_bytes()


@pytest.mark.parametrize(
    "address", ["a@example.jp\nBcc: x@example.jp", "a@example.jp, b@example.jp", "@"]
)
def test_an_address_that_is_not_a_single_one_fails_and_sends_nothing(submit_to, address):
    User.objects.filter(username="adviser").update(email=address)
    report = submit_to()
    deliveries.run_everything()

    assert outbox.outbox == []
    delivery = deliveries.delivery_of(report)
    assert delivery.state == "failed"
    assert "アドレスを確かめ" in delivery.reason


@pytest.mark.parametrize("name", ["県の担当\nBcc: x@example.jp", "県の担当\r", "県\u2028担当"])
def test_a_display_name_of_several_lines_is_refused(people, name):
    people["adviser"].display_name = name
    with pytest.raises(ValidationError, match="1行で入力してください"):
        people["adviser"].full_clean()


def test_a_lost_paper_is_tried_again_and_said_to_have_failed(submit_to):
    report = submit_to()
    jobs.run(Job.objects.get(arguments__snapshot=report.snapshot.pk).pk)
    PdfFile.objects.get(snapshot=report.snapshot).file.storage.delete(
        PdfFile.objects.get(snapshot=report.snapshot).file.name
    )
    for _ in range(6):
        deliveries.make_due()
        deliveries.run_everything(1)

    assert outbox.outbox == []
    assert deliveries.delivery_of(report).state == "failed"
