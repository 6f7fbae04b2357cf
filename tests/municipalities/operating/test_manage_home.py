"""The operator's home tells what needs a hand, in counts that lead to their lists."""

import datetime as dt

import pytest
from django.utils import timezone

from municipalities.kernel import bell, jobs, tokens
from municipalities.kernel.mail import MailState
from municipalities.models import Invitation, Job, Membership, OutgoingMail, User
from municipalities.operating.condition import now
from tests import world
from tests.routes import a_mail

pytestmark = pytest.mark.django_db
PAGE = "/manage/"


@pytest.fixture
def operator(sign_in):
    return sign_in("operator")


@pytest.fixture
def quiet(monkeypatch):
    """No job is left from the making of the world, and none is rung for."""
    monkeypatch.setattr(bell, "ring", lambda pk, *, queue: True)
    Job.objects.update(state=jobs.JobState.DONE, finished_at=timezone.now())


def invite(user, operator, *, days=3, **values):
    expires = timezone.now() + dt.timedelta(days=days)
    kind = tokens.TokenKind.INVITATION
    _, token = tokens.issue(kind, user=user, label="招待", expires_at=expires)
    return Invitation.objects.create(
        user=user,
        role="viewer",
        scope_kind="municipality",
        scope_code=world.OURS,
        token=token,
        invited_by=operator,
        **values,
    )


def test_failures_are_counted_and_lead_to_their_lists(operator, quiet):
    job = Job.objects.earliest("pk")
    Job.objects.filter(pk=job.pk).update(state=jobs.JobState.FAILED)
    mail = a_mail(world.OURS)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)
    page = operator.get(PAGE).content.decode()

    assert (now().work.failed, now().work.unsent) == (1, 1)
    assert 'href="/manage/jobs/?state=failed"' in page
    assert 'href="/manage/mails/?state=failed"' in page
    assert page.count("確認が必要") == 2


def test_without_trouble_nothing_asks_for_a_look(operator, quiet):
    page = operator.get(PAGE).content.decode()

    assert "確認が必要" not in page
    assert "処理が取り上げられていません" not in page


@pytest.mark.parametrize(
    ("seconds", "words"), [(30, "30秒"), (90, "1分"), (600, "10分"), (9000, "2時間")]
)
def test_the_oldest_waiting_job_is_told(operator, quiet, here, seconds, words):
    job = Job.objects.create(kind="x", municipality=here.municipality, actor=None)
    Job.objects.filter(pk=job.pk).update(next_attempt_at=jobs.after(-seconds))
    page = operator.get(PAGE).content.decode()

    assert f"最も古いものは{words}" in page.replace("31秒", "30秒")
    assert ("処理が取り上げられていません" in page) == (seconds > 120)


class TestPeople:
    def test_each_account_is_counted_for_what_it_is(self, people):
        before = now().people
        Membership.objects.filter(user=people["viewer"]).update(valid_to="2021-01-01")
        User.objects.filter(username="contributor").update(is_active=False)
        User.objects.filter(username="editor").update(is_demo=True)
        after = now().people

        assert before.in_term == len(world.CAST)
        assert before.without == 1
        assert (after.in_term, after.without) == (before.in_term - 2, 2)
        assert after.demo == before.demo + 1

    def test_who_is_invited_is_not_without_a_place(self, people):
        invite(people["stranger"], people["operator"])

        assert (now().people.invited, now().people.without) == (1, 0)

    @pytest.mark.parametrize(
        "values", [{"days": -1}, {"accepted_at": timezone.now()}, {"withdrawn_at": timezone.now()}]
    )
    def test_an_invitation_that_is_over_does_not_count(self, people, values):
        invite(people["stranger"], people["operator"], **values)

        assert (now().people.invited, now().people.without) == (0, 1)

    def test_a_revoked_link_does_not_count(self, people):
        invitation = invite(people["stranger"], people["operator"])
        invitation.token.revoked_at = timezone.now()
        invitation.token.save()

        assert now().people.invited == 0


def test_the_pages_of_the_operator_are_one_press_away(operator):
    page = operator.get(PAGE).content.decode()

    for address in ("/manage/jobs/", "/manage/mails/", "/manage/reports/", "/manage/periods/"):
        assert f'href="{address}' in page
        assert operator.get(address).status_code == 200


def test_mails_are_cut_to_a_state(operator):
    a_mail(world.OURS)

    assert "送信待ち</td>" in squeezed(operator.get("/manage/mails/?state=queued"))
    assert "該当する送信メールはありません" in squeezed(operator.get("/manage/mails/?state=failed"))
    assert "送信待ち</td>" in squeezed(operator.get("/manage/mails/?state=nonsense"))


def squeezed(response):
    return "".join(response.content.decode().split())


def test_it_takes_few_queries_however_many_accounts(operator, django_assert_max_num_queries):
    for number in range(60):
        User.objects.create(username=f"many-{number}", display_name="多数")
    with django_assert_max_num_queries(12):
        operator.get(PAGE)


@pytest.mark.parametrize("username", ["officer", "editor", "stranger"])
def test_nobody_else_may(sign_in, username):
    assert sign_in(username).get(PAGE).status_code == 403
