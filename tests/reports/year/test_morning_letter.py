"""The morning letter: on workdays, once, to whom it concerns, of what holds when it is sent."""

import datetime as dt

import pytest
import time_machine
from django.core import mail as outbox

from logicmodels.models import Activity, Milestone
from municipalities.kernel import jobs
from municipalities.models import Cycle, Job, Municipality, OutgoingMail, User
from municipalities.tenancy import within
from reports.models import LetterRound, YearDate
from reports.year.calendar import feeds, letters, rounds
from tests import world
from tests.reports import deliveries
from tests.reports.progress_rows import due

pytestmark = pytest.mark.django_db
# A Friday and the Tuesday of a week whose Monday is a holiday.
FRIDAY, TUESDAY = "2026-10-23 09:00+09:00", "2026-11-24 09:00+09:00"


def run_round():
    """Let the clock ring and the worker do all there is; return who got a letter."""
    rounds.begin()
    while jobs_due := list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
        for pk in jobs_due:
            jobs.run(pk)
    return {address for letter in outbox.outbox for address in letter.to}


def letter_to(name):
    return next(one for one in outbox.outbox if one.to == [f"{name}@example.jp"])


@pytest.fixture
def on_friday():
    """A week before 「予算要求の締切」 of 30 October."""
    with time_machine.travel(FRIDAY, tick=False):
        yield


def test_a_week_before_a_date_those_at_work_are_told(on_friday, people):
    told = run_round()

    at_work = ("editor", "approver", "manager", "neighbour")
    assert told == {f"{name}@example.jp" for name in at_work}
    letter = letter_to("editor")
    assert letter.subject == "【在宅医療・介護連携】今日のお知らせ（1件）"
    assert "あと7日　2026年10月30日（金）　予算要求の締切（財政課へ）" in letter.body
    assert "/m/990019/2026/calendar/" in letter.body
    assert world.CANARY not in letter.body


def test_the_clock_rings_often_and_the_letter_goes_out_once(on_friday, people):
    run_round()
    first = len(outbox.outbox)
    run_round()
    assert not rounds.begin()

    assert (len(outbox.outbox), LetterRound.objects.count()) == (first, 1)


def test_without_its_row_the_round_would_go_out_again(on_friday, people):
    """The negative control."""
    run_round()
    first = len(outbox.outbox)
    OutgoingMail.objects.filter(kind=letters.MAIL).update(kind="other")
    LetterRound.objects.all().delete()
    run_round()

    assert len(outbox.outbox) == 2 * first


def test_a_round_that_died_half_way_tells_the_rest(on_friday, people, monkeypatch):
    post, posted = rounds.mail.post, []

    def dies(*args, **kwargs):
        if posted:
            raise RuntimeError
        posted.append(kwargs["recipient"])
        return post(*args, **kwargs)

    monkeypatch.setattr(rounds.mail, "post", dies)
    rounds.begin()
    round_job = Job.objects.get(kind=rounds.JOB)
    jobs.run(round_job.pk)
    monkeypatch.undo()
    deliveries.make_due()
    jobs.run(round_job.pk)

    recipients = list(
        OutgoingMail.objects.filter(kind=letters.MAIL).values_list("recipient", flat=True)
    )
    assert len(recipients) == len(set(recipients)) == 4


@pytest.mark.parametrize(
    "moment",
    ["2026-10-24 09:00+09:00", "2026-11-23 09:00+09:00", "2026-12-29 09:00+09:00"],
)
def test_no_letter_on_a_closed_day(moment, people):
    with time_machine.travel(moment, tick=False):
        assert run_round() == set()
        assert not LetterRound.objects.exists()


def test_no_letter_before_eight_or_in_the_evening(people):
    for moment in ("2026-10-23 07:59+09:00", "2026-10-23 17:00+09:00"):
        with time_machine.travel(moment, tick=False):
            assert not rounds.begin()


def test_who_declined_gets_none(on_friday, people, sign_in):
    client = sign_in("editor")
    client.post("/account/morning-letter/", {"wanted": "no"})

    assert "editor@example.jp" not in run_round()
    assert 'value="no"' in client.get("/account/morning-letter/").content.decode()


def test_what_was_done_meanwhile_is_not_told(on_friday, people, here):
    rounds.begin()
    jobs.run(Job.objects.get(kind=rounds.JOB).pk)
    YearDate.objects.filter(cycle=here).update(is_done=True)
    while pks := list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
        for pk in pks:
            jobs.run(pk)

    assert [one.to for one in outbox.outbox] == [["neighbour@example.jp"]]
    kept = OutgoingMail.objects.filter(kind=letters.MAIL, state="withheld")
    assert {row.error for row in kept} == {letters.NOTHING_LEFT}


def test_what_the_next_year_took_over_is_told_once(on_friday, people, here):
    """April copies a milestone that is ahead: it stands in two years, and its day lies in one of them."""
    activity = Activity.objects.filter(cycle=here).first()
    following = Cycle.objects.create(fiscal_year=2027, state="draft")
    copied = Activity.objects.create(cycle=following, key=activity.key, name=activity.name)
    for cycle, owner in ((here, activity), (following, copied)):
        Milestone.objects.create(
            cycle=cycle, activity=owner, key="mile", text="試行を始める", due_on="2026-10-30"
        )
    run_round()
    assert letter_to("editor").body.count("試行を始める") == 1
    assert feeds.file_of(people["editor"]).count("試行を始める") == 1

    Milestone.objects.update(due_on="2027-05-12")
    assert feeds.file_of(people["editor"]).count("試行を始める") == 1


def test_an_officer_is_told_how_many_towns_are_missing(people):
    due(dt.date(2026, 10, 30), people["officer"])
    with time_machine.travel(FRIDAY, tick=False):
        run_round()

    letter = letter_to("officer")
    assert "中間報告書の提出期限（まだ提出していない市町村" in letter.body
    assert not any(one.to == ["other-officer@example.jp"] for one in outbox.outbox)


def test_on_the_first_workday_of_a_week_everybody_hears_what_waits(people):
    with time_machine.travel(TUESDAY, tick=False):
        told = run_round()

    assert "adviser@example.jp" in told
    letter = letter_to("adviser")
    assert "アドバイザーの受信箱：お待ちのもの" in letter.body


def test_a_towns_own_days_hold(on_friday, people):
    Municipality.objects.filter(code=world.OURS).update(reminder_days="30")

    assert run_round() == {"neighbour@example.jp"}


def test_without_an_address_nobody_is_written_to(on_friday, people):
    User.objects.all().update(email="")

    assert run_round() == set()
    assert not OutgoingMail.objects.filter(kind=letters.MAIL).exists()


def test_a_closed_year_is_silent(on_friday, people):
    with within(Municipality.objects.get(code=world.OURS)):
        Cycle.objects.update(state="closed")

    assert run_round() == {"neighbour@example.jp"}
