"""上長確認: one after another, of exactly what was shown; what changes afterwards is not submitted."""

import re

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from logicmodels.models import DesiredState
from municipalities.kernel import jobs, submission_keys
from municipalities.kernel.changes import save_versioned
from municipalities.models import Change, Job, Membership, OutgoingMail, User
from municipalities.tenancy import within
from reports.document import snapshot
from reports.models import Approval, ProgressReport, Snapshot
from reports.submission.drafts.moving import Overtaken
from reports.submission.reworking import reopening
from reports.submission.submitting import approving
from reports.submission.submitting.submit import AlreadySubmitted, submit
from tests import world

pytestmark = pytest.mark.django_db
REPORTS = "/m/990019/2026/reports/"
BOARD = "/m/990019/2026/"
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


@pytest.fixture
def chief(people):
    """A second superior of 見本市."""
    user = User.objects.create(
        username="chief", display_name="chiefの担当", email="chief@example.jp", password="x"
    )
    Membership.objects.create(
        user=user,
        role="approver",
        scope_kind="municipality",
        scope_code=world.OURS,
        valid_from="2020-01-01",
    )
    people["chief"] = user
    return user


@pytest.fixture
def draft(here):
    return world.report_of(kind="final")


@pytest.fixture
def address(draft):
    return f"{REPORTS}{draft.pk}/"


@pytest.fixture
def asked(draft, people, chief):
    """The draft lies with the approver, then with the chief."""
    approving.ask(draft, [people["approver"], chief], by=people["editor"])
    return draft


def now():
    return world.report_of(kind="final")


def seen_of(report):
    return approving.content_hash(snapshot.content_of(report))


def approve(user):
    report = now()
    approving.approve(report, by=user, seen=seen_of(report))


def rewrite():
    DesiredState.objects.filter(scene="end_of_life").update(text="承認の後で書き直した文")


def send_mails():
    for _ in range(2):
        for job in Job.objects.filter(kind="send_mail").claimable():
            jobs.run(job.pk)


class TestAsking:
    def test_the_first_superior_is_called(self, as_editor, people, chief, address):
        response = as_editor.post(
            f"{address}approval/request/",
            {"superior_1": people["approver"].pk, "superior_2": chief.pk},
        )
        send_mails()

        assert response.status_code == 302
        assert now().status == "approval"
        [letter] = outbox.outbox
        assert letter.to == ["approver@example.jp"]
        assert "最終報告書の確認のお願い" in letter.subject
        assert f"https://pdca.example.jp{address}" in letter.body
        assert letter.attachments == []

    @pytest.mark.parametrize(
        ("answer", "sentence"),
        [
            ({}, "最初に確認する上長を選んでください"),
            ({"superior_1": "editor"}, "上長を一覧から選んでください"),
            ({"superior_1": "approver", "superior_2": "approver"}, "同じ上長を二度選んでいます"),
        ],
    )
    def test_who_cannot_be_asked_is_told(self, as_editor, people, chief, address, answer, sentence):
        posted = {name: people[who].pk for name, who in answer.items()}

        refused = as_editor.post(f"{address}approval/request/", posted)

        assert refused.status_code == 422
        assert sentence in refused.content.decode()
        assert now().is_draft

    def test_what_could_not_be_submitted_is_not_asked_for(self, draft, people):
        draft.recipients.all().delete()

        with pytest.raises(ValidationError, match="提出先が選ばれていません"):
            approving.ask(draft, [people["approver"]], by=people["editor"])

    def test_without_superiors_the_page_says_what_is_possible(self, as_editor, address):
        Membership.objects.filter(role="approver").delete()

        page = as_editor.get(f"{address}approval/request/").content.decode()

        assert "確認なしで提出することもできます" in page

    def test_nobody_has_to_ask(self, draft, people):
        assert submit(draft, by=people["editor"]).status == "submitted"


class TestDeciding:
    def test_a_superior_reads_and_approves_on_one_page(self, sign_in, asked, address, people):
        client = sign_in("approver")
        page = client.get(address, follow=True).content.decode()
        seen = SEEN.search(page)[1]
        assert "はじめての提出です" in page
        assert "最期まで本人の望む場所で" in page

        response = client.post(
            f"{address}approval/decision/",
            {"decision": "approve", "seen": seen, "comment": "よいと思います"},
        )

        assert response.status_code == 302
        mine = Approval.objects.get(approver=people["approver"])
        assert (mine.state, mine.sha256, mine.comment) == ("approved", seen, "よいと思います")
        assert mine.decided_at
        assert OutgoingMail.objects.filter(recipient=people["chief"]).count() == 1

    def test_all_approved_then_the_writer_submits(
        self, sign_in, as_editor, asked, address, people, chief
    ):
        approve(people["approver"])
        approve(chief)
        page = as_editor.get(f"{address}approval/").content.decode()
        key = re.search(r'name="submission_key" value="([^"]+)"', page)[1]
        as_editor.post(f"{address}submit/", {"submission_key": key})

        report = now()
        assert report.status == "submitted"
        marks = snapshot.review_of(report.snapshot).approvals
        assert [mark.who for mark in marks] == ["approverの担当", "chiefの担当"]
        assert ">提出する</button>" in page
        assert OutgoingMail.objects.filter(recipient=people["editor"]).count() == 1

    def test_before_the_last_approval_nothing_is_submitted(self, asked, people):
        approve(people["approver"])

        with pytest.raises(ValidationError, match="上長の確認が終わっていません"):
            submit(now(), by=people["editor"])
        assert not Snapshot.objects.filter(report=asked).exists()

    def test_only_who_is_in_turn_decides(self, sign_in, asked, address, people, chief):
        page = sign_in("chief").get(f"{address}approval/").content.decode()
        early = sign_in("chief").post(
            f"{address}approval/decision/", {"decision": "approve", "seen": seen_of(now())}
        )

        assert "承認する</button>" not in page
        assert early.status_code == 422
        assert "いまは確認の順番ではありません" in early.content.decode()
        assert set(Approval.objects.values_list("state", flat=True)) == {"waiting"}

    def test_of_two_decisions_at_once_one_is_told(self, asked, people, chief):
        """Both have read the report while it was the approver's turn."""
        one, other = now(), now()
        seen = seen_of(one)
        approving.approve(one, by=people["approver"], seen=seen)

        with pytest.raises(ValidationError):
            approving.send_back(other, by=people["approver"], comment="やはり直してください")
        with pytest.raises(Overtaken):
            approving.approve(other, by=chief, seen=seen)
        assert Change.objects.of(asked).filter(deed="approve").count() == 1
        assert now().status == "approval"

    def test_a_decision_that_meets_the_writers_withdrawal_is_told(self, asked, people):
        opened = now()
        seen = seen_of(opened)
        approving.withdraw(now(), by=people["editor"])

        with pytest.raises(ValidationError):
            approving.approve(opened, by=people["approver"], seen=seen)
        assert now().is_draft
        assert not Approval.objects.exists()

    def test_what_changed_while_it_was_read_is_not_approved(self, sign_in, asked, address):
        client = sign_in("approver")
        seen = SEEN.search(client.get(f"{address}approval/").content.decode())[1]
        rewrite()

        refused = client.post(
            f"{address}approval/decision/",
            {"decision": "approve", "seen": seen, "comment": "書きかけの意見"},
        )

        page = refused.content.decode()
        assert refused.status_code == 422
        assert "画面を開いた後で内容が変わりました" in page
        assert "書きかけの意見" in page
        assert set(Approval.objects.values_list("state", flat=True)) == {"waiting"}

    def test_the_next_superior_does_not_approve_what_the_first_has_not_seen(
        self, sign_in, asked, address, people, chief
    ):
        approve(people["approver"])
        rewrite()

        page = sign_in("chief").get(f"{address}approval/").content.decode()

        assert "上長が承認した後で、内容が変わっています" in page
        assert "承認する</button>" not in page
        with pytest.raises(ValidationError, match="承認できません"):
            approve(chief)


class TestChangedContent:
    @pytest.fixture
    def approved(self, asked, people, chief):
        approve(people["approver"])
        approve(chief)
        return now()

    def test_what_was_approved_is_submitted(self, approved, people):
        """The negative control: nothing changed, nothing stands in the way."""
        assert submit(approved, by=people["editor"]).status == "submitted"

    def test_what_changed_after_the_approval_is_not(self, approved, people, as_editor, address):
        rewrite()
        page = as_editor.get(f"{address}approval/").content.decode()
        key = {"submission_key": submission_keys.new()}
        told = as_editor.post(f"{address}submit/", key, follow=True).content.decode()

        assert ">提出する</button>" not in page
        assert "もう一度上長確認に回してください" in told
        report = now()
        assert report.status == "approval"
        assert not Snapshot.objects.filter(report=report).exists()

    def test_without_the_comparison_it_would_be_submitted(self, approved, people, monkeypatch):
        """The negative control of the safeguard."""
        rewrite()
        monkeypatch.setattr(approving, "require_unchanged", lambda frozen: None)

        assert submit(approved, by=people["editor"]).status == "submitted"

    def test_asked_again_it_is_submitted(self, approved, people, chief):
        rewrite()
        approving.withdraw(now(), by=people["editor"])
        approving.ask(now(), [chief], by=people["editor"])
        approve(chief)

        assert submit(now(), by=people["editor"]).status == "submitted"

    def test_fifty_presses_submit_once(self, approved, as_editor, address):
        key = submission_keys.new()
        for _ in range(50):
            as_editor.post(f"{address}submit/", {"submission_key": key})

        with pytest.raises(AlreadySubmitted):
            submit(now(), by=approved.updated_by)
        assert Snapshot.objects.filter(report=approved).count() == 1


class TestReturning:
    @pytest.fixture
    def returned(self, sign_in, asked, address):
        sign_in("approver").post(
            f"{address}approval/decision/",
            {"decision": "return", "comment": "目指す姿の言葉を直してください。"},
        )
        return now()

    def test_the_report_is_a_draft_and_the_writer_is_told(self, returned, as_editor, address):
        send_mails()
        page = as_editor.get(address).content.decode()

        assert returned.is_draft
        assert Approval.objects.count() == 1
        assert "approverの担当から差し戻されています" in page
        assert "目指す姿の言葉を直してください。" in page
        [letter] = [one for one in outbox.outbox if one.to == ["editor@example.jp"]]
        assert "上長から差し戻されました" in letter.subject
        assert "目指す姿の言葉を直してください。" in letter.body

    def test_a_return_says_what_to_mend(self, sign_in, asked, address):
        refused = sign_in("approver").post(
            f"{address}approval/decision/", {"decision": "return", "comment": ""}
        )

        assert refused.status_code == 422
        assert "直してほしいところを書いてください" in refused.content.decode()
        assert now().status == "approval"

    def test_it_is_not_submitted_as_if_nobody_had_said_anything(
        self, returned, people, as_editor, address
    ):
        page = as_editor.get(f"{address}check/").content.decode()
        assert "上長から差し戻されています。" in page
        assert ">提出する</button>" not in page
        with pytest.raises(ValidationError, match="差し戻されています"):
            submit(returned, by=people["editor"])

    def test_it_is_asked_again_or_given_up_and_both_are_told_in_the_history(
        self, returned, as_editor, people, address
    ):
        as_editor.post(f"{address}approval/request/", {"superior_1": people["approver"].pk})
        assert now().status == "approval"
        as_editor.post(f"{address}approval/withdrawal/")
        assert now().is_draft
        assert submit(now(), by=people["editor"]).status == "submitted"

        history = as_editor.get(f"{BOARD}history/").content.decode()
        for deed in ("上長確認に回す", "上長の差し戻し", "上長確認の取りやめ"):
            assert deed in history


class TestRights:
    def test_a_superior_whose_right_was_revoked_decides_nothing(
        self, sign_in, as_editor, asked, address, people
    ):
        client = sign_in("approver")
        Membership.objects.filter(user=people["approver"]).update(role="viewer")

        refused = client.post(
            f"{address}approval/decision/", {"decision": "approve", "seen": seen_of(now())}
        )

        assert refused.status_code == 403
        assert set(Approval.objects.values_list("state", flat=True)) == {"waiting"}
        page = as_editor.get(f"{address}approval/").content.decode()
        assert "いま上長の権限がありません" in page

    def test_a_superior_whose_right_was_revoked_gets_no_mail(self, asked, people):
        Membership.objects.filter(user=people["approver"]).delete()
        send_mails()

        assert outbox.outbox == []
        [one] = OutgoingMail.objects.all()
        assert (one.state, "上長の権限がなくなった" in one.error) == ("withheld", True)

    def test_a_mail_of_an_approval_that_was_taken_back_is_withheld(self, asked, people):
        approving.withdraw(asked, by=people["editor"])
        send_mails()

        assert outbox.outbox == []
        assert OutgoingMail.objects.get().state == "withheld"

    def test_a_superior_does_not_write(self, sign_in, asked, address):
        client = sign_in("approver")

        assert client.get(f"{BOARD}profile/edit/").status_code == 403
        for piece in ("submit", "approval/withdrawal", "approval/request", "reopening", "step"):
            assert client.post(f"{address}{piece}/").status_code == 403
        assert now().status == "approval"

    def test_the_writer_does_not_approve(self, as_editor, asked, address):
        refused = as_editor.post(f"{address}approval/decision/", {"decision": "approve"})

        assert refused.status_code == 403

    def test_another_towns_report_is_absent(self, sign_in, people):
        theirs = world.report_of(world.THEIRS, kind="final")
        client = sign_in("approver")

        for piece in ("approval", "approval/decision"):
            for code in (world.OURS, world.THEIRS):
                url = f"/m/{code}/2026/reports/{theirs.pk}/{piece}/"
                assert client.post(url, {"decision": "approve"}).status_code in {404, 405}
                assert client.get(url).status_code in {404, 405}
        with within(theirs.cycle.municipality):
            assert ProgressReport.objects.get(pk=theirs.pk).is_draft

    def test_recipients_and_step_stand_still_while_it_is_looked_at(self, as_editor, asked, address):
        for piece in ("recipients", "step"):
            assert as_editor.get(f"{address}{piece}/").status_code == 302
            assert as_editor.post(f"{address}{piece}/", {"step": ""}).status_code == 302
        assert now().step_id == asked.step_id


def test_the_board_of_the_superior_in_turn_has_a_task(sign_in, asked, people, chief, as_editor):
    task = "書を確認する<"
    boards = {
        name: sign_in(name).get(BOARD).content.decode() for name in ("approver", "chief", "editor")
    }
    assert {name: task in page for name, page in boards.items()} == {
        "approver": True,
        "chief": False,
        "editor": False,
    }
    approve(people["approver"])
    assert task in sign_in("chief").get(BOARD).content.decode()
    assert "上長確認中" in boards["editor"]


def test_a_superior_sees_what_changed_since_the_last_version(here, sign_in, people):
    report = world.report_of()
    reopening.reopen(report, reason="誤りがあった", by=people["editor"])
    rewrite()
    DesiredState.objects.filter(scene="daily_care").delete()
    approving.ask(report, [people["approver"]], by=people["editor"])

    page = sign_in("approver").get(f"{REPORTS}{report.pk}/approval/").content.decode()
    page = page.partition("<h2>報告書の内容</h2>")[0]

    assert "に提出した第1版と比べています。" in page
    assert '<h3 id="changed-goals">目指す姿</h3>' in page
    assert "目指す姿「看取り」" in page
    assert '<ins><span class="changed-word">追加</span>承認の後で書き直した文</ins>' in page
    assert "changed-papers" not in page


def test_who_sent_it_back_sees_what_was_mended(sign_in, as_editor, asked, people, address):
    approving.send_back(asked, by=people["approver"], comment="目指す姿を直してください")
    goal = DesiredState.objects.get(scene="end_of_life")
    goal.text = "直した目指す姿"
    save_versioned(goal, by=people["editor"], expected_version=goal.version, fields=["text"])
    approving.ask(now(), [people["approver"]], by=people["editor"])

    page = sign_in("approver").get(f"{address}approval/").content.decode()

    assert "前に上長が確認した後で変わったところ" in page
    assert "目指す姿（看取り）：変更" in page


def test_nothing_is_said_of_changes_before_the_first_look(sign_in, asked, address):
    page = sign_in("approver").get(f"{address}approval/").content.decode()

    assert "前に上長が確認した後で" not in page


def test_the_page_takes_no_more_queries_for_a_longer_line(asked, people, chief, as_editor, address):
    url = f"{address}approval/"
    as_editor.get(url)
    with CaptureQueriesContext(connection) as long:
        as_editor.get(url)
    Approval.objects.filter(approver=chief).delete()
    with CaptureQueriesContext(connection) as short:
        as_editor.get(url)

    assert len(long) == len(short)


def test_opening_a_draft_finds_the_report_that_lies_with_the_superiors(as_editor, asked):
    response = as_editor.post(f"{REPORTS}new/", {"kind": "final"})

    assert response.headers["Location"] == reverse(
        "reports:report", args=[world.OURS, world.YEAR, asked.pk]
    )
