"""OutgoingMail against a real SMTP server that does as it is told."""

import datetime as dt
import importlib

import pytest
from django.utils import timezone

from municipalities import registry
from municipalities.kernel import bell, jobs, mail
from municipalities.kernel.jobs import Job, JobState
from municipalities.kernel.mail import Letter, MailState, OutgoingMail
from tests.processes import smtp

KIND = "test_letter"


@pytest.fixture
def script():
    return smtp.Script()


@pytest.fixture
def server(script, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 3
    with smtp.serving(script) as port:
        settings.EMAIL_PORT = port
        yield script


@pytest.fixture
def letter():
    return Letter(
        "中間報告の送付", "本文です。", (("report.pdf", b"%PDF-1.7 x", "application/pdf"),)
    )


@pytest.fixture
def settled(letter, monkeypatch):
    """Register a kind of mail and the kernel's job; collect the ends that are told."""
    ends = []
    monkeypatch.setattr(bell, "ring", lambda pk, *, queue: True)
    mail.register(KIND, compose=lambda row: letter, settled=lambda row: ends.append(row.state))
    mail.register_job()
    yield ends
    del mail._kinds[KIND]


@pytest.fixture
def row(here, people, settled):
    return mail.post(
        KIND,
        municipality=here.municipality,
        recipient=people["adviser"],
        reference=7,
        by=people["editor"],
    )


def send(row):
    """Run the mail's job now, whenever it is due."""
    job = mail.job_of(row)
    Job.objects.filter(pk=job.pk).update(next_attempt_at=jobs.after(-1))
    jobs.run(job.pk)
    row.refresh_from_db()
    return mail.job_of(row)


def test_a_mail_is_sent_once_with_its_own_headers(server, row, settled):
    job = send(row)
    send(row)

    assert (row.state, row.maybe_twice, job.state) == ("sent", False, "done")
    assert (settled, len(server.received)) == (["sent"], 1)
    text = server.received[0].decode()
    assert f"Message-ID: {row.message_id}" in text
    assert "Auto-Submitted: auto-generated" in text
    assert server.recipients == ["adviser@example.jp"]


def test_a_temporary_refusal_is_tried_again_by_steps(server, row, settled):
    server.answer = "451 4.3.0 try later"

    waits = []
    for _ in range(7):
        before = timezone.now()
        job = send(row)
        waits.append((job.next_attempt_at - before).total_seconds())

    assert (row.state, row.error, job.crashes, settled) == ("queued", mail.NOT_NOW, 0, [])
    steps = [*mail.STEPS, mail.STEPS[-1], mail.STEPS[-1]]
    for wait, step in zip(waits, steps, strict=True):
        assert step - 1 <= wait <= step * 1.1 + 5

    server.answer = None
    send(row)
    assert (row.state, row.maybe_twice, settled) == ("sent", False, ["sent"])


def test_a_server_that_does_not_answer_is_asked_again_within_five_minutes(server, row, settings):
    settings.EMAIL_PORT = smtp.free_port()
    for _ in range(6):
        job = send(row)
        assert job.next_attempt_at - timezone.now() < dt.timedelta(minutes=5)

    assert job.postponements == 6


def test_the_postponements_last_for_a_day():
    assert mail.MAX_POSTPONEMENTS * mail.LONGEST_UNANSWERED > mail.A_DAY


def test_after_a_day_of_waiting_the_mail_and_its_job_fail_together(server, row, settled):
    server.answer = "451 4.3.0 try later"
    Job.objects.update(created_at=jobs.after(-mail.A_DAY - 1))

    job = send(row)

    assert (row.state, job.state, settled) == ("failed", "failed", ["failed"])
    assert row.error == jobs.WAITED_TOO_LONG


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ({"to_rcpt": "550 5.1.1 no such user"}, mail.ADDRESS_REFUSED),
        ({"answer": "552 5.3.4 too big"}, mail.CONTENT_REFUSED),
    ],
)
def test_a_final_refusal_fails_at_once_and_says_why(server, row, settled, where, reason):
    for name, value in where.items():
        setattr(server, name, value)

    job = send(row)

    assert (row.state, row.error, settled) == ("failed", reason, ["failed"])
    assert (job.state, job.attempt) == ("done", 1)


def test_a_failed_mail_can_be_sent_again_by_hand(server, row, settled, people):
    server.to_rcpt = "550 5.1.1 no such user"
    send(row)
    server.to_rcpt = None

    assert mail.again(row, by=people["editor"])
    send(row)

    assert (row.state, settled) == ("sent", ["failed", "sent"])
    assert not mail.again(row, by=people["editor"])


def test_a_server_that_cannot_be_reached_is_waited_for(server, row, settings):
    settings.EMAIL_PORT = smtp.free_port()

    job = send(row)

    assert (row.state, row.maybe_twice, row.error) == ("queued", False, mail.NO_CONNECTION)
    assert job.postponements == 1


def test_a_server_that_falls_silent_after_the_message_may_have_it(server, row):
    server.answer = "break off"
    send(row)
    assert (row.state, row.maybe_twice) == ("queued", True)

    server.answer = None
    send(row)

    assert row.state == MailState.SENT
    assert len(server.received) == 2
    assert server.received[0] == server.received[1]


def test_a_crash_in_the_smtp_window_sends_identical_bytes_and_is_shown(server, row, monkeypatch):
    def die(running, row, *, state, error):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(mail, "_settle", die)
        with pytest.raises(SystemExit):
            send(row)
    row.refresh_from_db()
    assert (row.state, row.maybe_twice) == ("sending", False)
    Job.objects.filter(state=JobState.RUNNING).update(lease_until=jobs.after(-1))

    send(row)

    assert (row.state, row.maybe_twice) == ("sent", True)
    assert len(server.received) == 2
    assert server.received[0] == server.received[1]


def test_an_attempt_that_lost_its_lease_sends_nothing(server, row):
    job = mail.job_of(row)
    first = jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(lease_until=jobs.after(-1))
    jobs.claim(job.pk)

    with pytest.raises(jobs.LostLease):
        mail.send(first)

    assert server.received == []


def test_a_mail_that_must_not_go_out_is_withheld_with_the_reason(server, row, settled):
    def refuse(row):
        raise mail.Withhold("任期が終わっています。")

    mail.register(KIND, compose=refuse, settled=lambda row: settled.append(row.state))

    send(row)

    assert (row.state, row.error, settled) == ("withheld", "任期が終わっています。", ["withheld"])
    assert server.received == []


def test_a_switched_off_account_and_one_without_address_get_nothing(server, row, people):
    adviser = people["adviser"]
    adviser.email = ""
    adviser.save()
    send(row)
    assert (row.state, row.error) == ("failed", mail.ADDRESS_MISSING)

    adviser.is_active = False
    adviser.save()
    mail.again(row, by=None)
    send(row)

    assert (row.state, row.error) == ("withheld", mail.RECIPIENT_LEFT)
    assert server.received == []


def test_a_mail_whose_job_was_given_up_does_not_look_as_if_it_were_on_its_way(row, settled):
    mail.register(KIND, compose=lambda row: 1 / 0, settled=lambda row: settled.append(row.state))

    for _ in range(5):
        send(row)

    assert (row.state, row.error, settled) == ("failed", jobs.TROUBLE_STAYED, ["failed"])


def test_the_product_registers_the_mail_job_with_its_limits():
    importlib.reload(registry)

    kind = jobs._kinds[mail.JOB]

    assert (kind.queue, kind.max_attempts) == ("mail", 5)
    assert (kind.max_postponements, kind.failed) == (mail.MAX_POSTPONEMENTS, mail._job_failed)


def test_the_date_of_a_mail_is_when_it_was_written_in_japanese_time(server, row):
    OutgoingMail.objects.filter(pk=row.pk).update(
        created_at=dt.datetime(2026, 3, 31, 15, 0, tzinfo=dt.UTC)
    )

    send(row)

    assert "Date: Wed, 01 Apr 2026 00:00:00 +0900" in server.received[0].decode()
