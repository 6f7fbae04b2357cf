"""Many towns submit on the last evening: their officer gets one list, no report is lost, none is told twice."""

import datetime as dt

import pytest
from django.core import mail as outbox
from django.db.models import F

from municipalities.kernel import jobs
from municipalities.models import Job, Membership, OutgoingMail, Publication
from reports.delivery import digest, status
from tests.reports import deliveries

pytestmark = pytest.mark.django_db
TOWNS = 44


@pytest.fixture
def towns(people):
    return deliveries.many_towns(TOWNS, officer=people["officer"], editor=people["editor"])


def post_all(reports):
    for report in reports:
        deliveries.post_of(report)
        deliveries.run_everything(1)


def let_the_wait_pass():
    deliveries.make_due()
    deliveries.run_everything()


def numbers_in(letters, reports):
    text = "\n".join(f"{letter.subject}\n{letter.body}" for letter in letters)
    return [text.count(f"{report.number}\n") for report in reports]


def test_forty_four_towns_make_two_mails_with_all_their_numbers(towns):
    post_all(towns)
    assert len(outbox.outbox) == 1
    let_the_wait_pass()

    first, listed = outbox.outbox
    assert first.to == listed.to == ["officer@example.jp"]
    assert first.attachments
    assert listed.attachments == []
    assert f"報告書{TOWNS - 1}件" in listed.subject
    assert all(count >= 1 for count in numbers_in([first, listed], towns))
    assert numbers_in([listed], towns[1:]) == [1] * (TOWNS - 1)
    assert listed.body.count("https://pdca.example.jp/p/99/2026/reports/") == TOWNS - 1
    assert set(deliveries.states_of(towns)) == {"sent"}


def test_without_gathering_every_town_is_a_mail(towns, settings):
    """The negative control: with no minutes to gather in, the mailbox is flooded."""
    settings.REPORT_DIGEST_MINUTES = 0
    post_all(towns)
    let_the_wait_pass()

    assert len(outbox.outbox) == TOWNS


def test_what_joined_waits_and_says_so(towns):
    post_all(towns[:3])

    carrying = OutgoingMail.objects.get(kind=digest.DIGEST)
    assert carrying.gathered.count() == 2
    assert deliveries.states_of(towns[:3]) == ["sent", "queued", "queued"]
    due = Job.objects.get(arguments__mail=carrying.pk).next_attempt_at
    assert dt.timedelta(minutes=29) < due - carrying.created_at < dt.timedelta(minutes=31)
    with deliveries.within_town(towns[2]):
        [sending] = status.of(towns[2]).deliveries
    assert "まとめてお知らせします" in sending.waits_for
    assert sending.next_at == due


def test_a_report_long_after_the_last_one_goes_out_by_itself(towns):
    post_all(towns[:1])
    OutgoingMail.objects.update(sent_at=F("sent_at") - dt.timedelta(minutes=31))
    post_all(towns[1:2])

    assert [len(letter.attachments) for letter in outbox.outbox] == [1, 1]
    assert not OutgoingMail.objects.filter(kind=digest.DIGEST).exists()


def test_while_the_first_mail_waits_for_the_server_the_rest_is_gathered(towns):
    for report in towns[:3]:
        deliveries.post_of(report)

    assert OutgoingMail.objects.filter(gathered_by=None).count() == 2


def test_a_list_that_is_on_its_way_takes_no_more(towns, monkeypatch):
    """A town that submits while the list is being written goes into the next one."""
    post_all(towns[:2])
    compose = digest.compose

    def compose_while_another_submits(outgoing):
        letter = compose(outgoing)
        deliveries.post_of(towns[2])
        return letter

    monkeypatch.setattr(
        "municipalities.kernel.mail._kinds",
        mail_kinds_with(digest.DIGEST, compose_while_another_submits),
    )
    let_the_wait_pass()

    first_list, next_list = OutgoingMail.objects.filter(kind=digest.DIGEST).order_by("pk")
    assert [first_list.state, next_list.state] == ["sent", "queued"]
    monkeypatch.undo()
    let_the_wait_pass()
    assert numbers_in(outbox.outbox, towns[1:3]) == [1, 1]
    assert deliveries.states_of(towns[:3]) == ["sent"] * 3


def mail_kinds_with(kind, compose):
    from municipalities.kernel import mail  # noqa: PLC0415 -- its private table, for this test alone

    known = mail._kinds[kind]
    return mail._kinds | {kind: mail.MailKind(compose, known.settled, known.label)}


def test_a_process_that_dies_inside_the_answer_repeats_the_same_list(towns):
    post_all(towns[:4])
    carrying = OutgoingMail.objects.get(kind=digest.DIGEST)
    deliveries.make_due()
    deliveries.run_everything(1)
    # As the death leaves it: handed over, but neither mail nor job has ended.
    OutgoingMail.objects.filter(gathered_by=carrying).update(state="queued", sent_at=None)
    OutgoingMail.objects.filter(pk=carrying.pk).update(state="sending", sent_at=None)
    Job.objects.filter(arguments__mail=carrying.pk).update(
        state="running", lease_until=jobs.after(-1)
    )
    deliveries.run_everything()

    _, once, again = outbox.outbox
    assert once.message().as_bytes() == again.message().as_bytes()
    assert set(deliveries.states_of(towns[:4])) == {"sent"}
    rows = OutgoingMail.objects.filter(gathered_by=carrying)
    assert all(row.maybe_twice for row in rows)


def test_an_officer_whose_term_ended_gets_no_list(towns):
    post_all(towns[:3])
    Membership.objects.filter(user__username="officer").update(valid_to="2021-03-31")
    let_the_wait_pass()

    assert len(outbox.outbox) == 1
    assert deliveries.states_of(towns[:3]) == ["sent", "withheld", "withheld"]


def test_a_town_whose_copy_is_gone_is_withheld_and_the_others_go_on(towns):
    post_all(towns[:4])
    Publication.objects.filter(number=str(towns[2].number)).delete()
    let_the_wait_pass()

    assert deliveries.states_of(towns[:4]) == ["sent", "sent", "withheld", "sent"]
    assert numbers_in(outbox.outbox[1:], towns[:4]) == [0, 1, 0, 1]


def test_an_inactive_officer_gets_nothing_and_every_row_says_so(towns, people):
    post_all(towns[:3])
    people["officer"].is_active = False
    people["officer"].save()
    let_the_wait_pass()

    assert deliveries.states_of(towns[:3]) == ["sent", "withheld", "withheld"]


def test_a_list_that_failed_is_sent_by_the_operator_with_all_it_carries(towns, people, sign_in):
    post_all(towns[:3])
    people["officer"].email = ""
    people["officer"].save()
    let_the_wait_pass()
    assert deliveries.states_of(towns[:3]) == ["sent", "failed", "failed"]

    people["officer"].email = "officer@example.jp"
    people["officer"].save()
    carrying = OutgoingMail.objects.get(kind=digest.DIGEST)
    sign_in("operator").post(f"/manage/mails/{carrying.pk}/again/")
    deliveries.run_everything()

    assert numbers_in(outbox.outbox[1:], towns[:3]) == [0, 1, 1]
    assert deliveries.states_of(towns[:3]) == ["sent"] * 3


def test_two_officers_have_a_list_each(towns, people):
    people["other-officer"].memberships.update(scope_code="99")
    for report in towns[:3]:
        with deliveries.within_town(report):
            delivery = deliveries.delivery_of(report)
            delivery.pk, delivery.recipient = None, people["other-officer"]
            delivery.save(force_insert=True)
    post_all(towns[:3])
    let_the_wait_pass()

    assert sorted(letter.to[0] for letter in outbox.outbox) == [
        "officer@example.jp",
        "officer@example.jp",
        "other-officer@example.jp",
        "other-officer@example.jp",
    ]
