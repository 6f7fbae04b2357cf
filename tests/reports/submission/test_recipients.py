"""To whom a report goes: advisers, superiors, the prefecture, or nobody, when it closes as a council's paper."""

import json

import pytest
from django.core.exceptions import ValidationError

from municipalities.kernel import submission_keys
from municipalities.models import Job, Membership
from municipalities.tenancy import within
from reports.delivery import rights
from reports.models import Delivery, ProgressReport, Recipient
from reports.submission.drafts import drafting, recipients
from reports.submission.drafts.moving import Overtaken
from reports.submission.submitting import check
from reports.submission.submitting.submit import submit
from tests import world

pytestmark = pytest.mark.django_db
REPORTS = "/m/990019/2026/reports/"


@pytest.fixture
def draft(db):
    return world.report_of(kind="final")


@pytest.fixture
def address(draft):
    return f"{REPORTS}{draft.pk}/recipients/"


def parts_of(report):
    with within(report.cycle.municipality):
        rows = Recipient.objects.filter(report=report).select_related("user")
        return {row.user.username: row.part for row in rows}


def test_everybody_stands_under_the_heading_of_their_part(as_editor, address):
    page = as_editor.get(address).content.decode()

    places = [
        page.index(text)
        for text in (
            ">アドバイザー<",
            "adviserの担当",
            "庁内の上長",
            "approverの担当",
            "都道府県の担当者<",
            "officerの担当",
        )
    ]
    assert places == sorted(places)
    assert "other-officer" not in page
    assert "neighbour-adviser" not in page
    assert "少ない数を伏せた写しだけが届きます" in page


def now(draft):
    """Return the report as a page has left it."""
    report = ProgressReport.objects.get(pk=draft.pk)
    report.cycle = draft.cycle
    return report


def test_every_page_says_that_the_prefecture_gets_a_copy(
    sign_in, as_editor, people, draft, address
):
    """What a town is told before and after, and what the officer sees, say the same."""
    told = as_editor.get(address).content.decode()
    assert "選ばなくても、写しは都道府県の画面に届きます" in told
    assert "送付せず、協議体資料として締める（都道府県にも届きません）" in told

    as_editor.post(address, {"destination": "send", "users": [people["approver"].pk]})
    check = as_editor.get(address.replace("recipients", "check")).content.decode()
    assert "見本県（写し。県の担当者の画面に表示されます）" in check
    with within(draft.cycle.municipality):
        draft = now(draft)
        submit(draft, by=people["editor"])
        frozen = json.loads(bytes(draft.snapshot.document))["report"]["recipients"]

    assert frozen == [str(people["approver"]), "見本県（写し）"]
    shown = as_editor.get(draft.get_absolute_url()).content.decode()
    assert "見本県の担当者の画面に表示しています" in shown
    copy = sign_in("officer").get(f"/p/99/{draft.cycle.fiscal_year}/reports/{draft.number}/")
    assert "提出先に県の担当者が選ばれていなくても、写しがここに届きます" in copy.content.decode()


def test_a_paper_of_the_council_reaches_no_prefecture(sign_in, as_editor, people, draft, address):
    as_editor.post(address, {"destination": "council", "users": []})
    check = as_editor.get(address.replace("recipients", "check")).content.decode()
    assert "都道府県にも届きません" in check
    assert "（写し" not in check
    with within(draft.cycle.municipality):
        draft = now(draft)
        submit(draft, by=people["editor"])
        assert json.loads(bytes(draft.snapshot.document))["report"]["recipients"] == []

    url = f"/p/99/{draft.cycle.fiscal_year}/reports/{draft.number}/"
    assert sign_in("officer").get(url).status_code == 404
    assert "都道府県にも届いていません" in as_editor.get(draft.get_absolute_url()).content.decode()


def test_who_is_chosen_keeps_the_part(as_editor, people, draft, address):
    chosen = [people[name].pk for name in ("adviser", "approver", "officer")]

    saved = as_editor.post(address, {"destination": "send", "users": chosen})

    assert saved.status_code == 302
    assert parts_of(draft) == {
        "adviser": "adviser",
        "approver": "superior",
        "officer": "prefecture",
    }


def test_each_part_is_delivered_as_that_part(people, draft):
    with within(draft.cycle.municipality):
        chosen = {people["approver"]: "superior", people["officer"]: "prefecture"}
        recipients.choose(draft, chosen, by=people["editor"])
        submit(draft, by=people["editor"])
        rows = Delivery.objects.filter(report=draft).select_related("recipient")

        assert {row.recipient.username: row.part for row in rows} == {
            "approver": "superior",
            "officer": "prefecture",
        }


@pytest.mark.parametrize("stranger", ["neighbour-adviser", "other-officer", "viewer", "stranger"])
def test_nobody_else_can_be_chosen(as_editor, people, draft, address, stranger):
    refused = as_editor.post(address, {"users": [people[stranger].pk]})

    assert refused.status_code == 422
    assert "選べない提出先が含まれています" in refused.content.decode()
    assert parts_of(draft) == {"adviser": "adviser"}


def test_nobody_chosen_says_what_to_do(as_editor, draft, address):
    refused = as_editor.post(address, {"destination": "send"})

    assert refused.status_code == 422
    assert "提出先を一人以上選んでください" in refused.content.decode()
    assert parts_of(draft) == {"adviser": "adviser"}


def test_without_an_adviser_nobody_is_chosen_silently(as_editor, people, cycle):
    Membership.objects.filter(role="adviser").delete()
    with within(cycle.municipality):
        ProgressReport.objects.drafts().delete()
        report = drafting.open_draft(cycle, "final", by=people["editor"])
        report.cycle = cycle

    page = as_editor.get(f"{REPORTS}{report.pk}/recipients/").content.decode()

    assert parts_of(report) == {}
    assert "担当しているアドバイザーがいません。いなくても提出できます。" in page
    assert "officerの担当" in page


def test_a_council_paper_needs_no_recipient_and_reaches_nobody(as_editor, people, draft, address):
    saved = as_editor.post(address, {"destination": "council", "users": [people["adviser"].pk]})
    page = as_editor.get(f"{REPORTS}{draft.pk}/").content.decode()
    key = submission_keys.new()
    as_editor.post(f"{REPORTS}{draft.pk}/submit/", {"submission_key": key})

    report = world.report_of(kind="final")
    assert saved.status_code == 302
    assert "送付せず、協議体資料として締める報告書です。" in page
    assert report.status == "submitted"
    with within(report.cycle.municipality):
        frozen = report.snapshot
        assert not Delivery.objects.filter(report=report).exists()
    assert Job.objects.filter(kind="make_report_pdf", arguments__snapshot=frozen.pk).exists()
    submitted = as_editor.get(f"{REPORTS}{draft.pk}/").content.decode()
    assert "協議体資料として締めています" in submitted


def test_without_the_councils_paper_nobody_would_block(here, draft):
    """The negative control: it is the decision that lets it pass, not the absence of recipients."""
    draft.recipients.all().delete()
    assert check.blockers(draft) == ["提出先が選ばれていません。"]

    draft.is_council_paper = True
    assert check.blockers(draft) == []


def test_a_town_without_anybody_to_tick_submits_to_the_prefecture_alone(
    sign_in, as_editor, people, draft, address
):
    """No adviser, no superior, no officer with an account for mail: the copy reaches the prefecture all the same."""
    Membership.objects.filter(role__in=("adviser", "approver")).delete()
    officers = Membership.objects.filter(role="officer", scope_code="99")
    officers.update(scope_code="13")
    refused = as_editor.post(address, {"destination": "send"})
    assert refused.status_code == 422
    assert "「都道府県だけに提出する」" in refused.content.decode()

    assert as_editor.post(address, {"destination": "prefecture"}).status_code == 302
    assert as_editor.get(address).context["form"].initial["destination"] == "prefecture"
    check_page = as_editor.get(address.replace("recipients", "check")).content.decode()
    assert "見本県（写し。県の担当者の画面に表示されます）" in check_page
    assert "選ばれていません" not in check_page
    as_editor.post(f"{REPORTS}{draft.pk}/submit/", {"submission_key": submission_keys.new()})

    report = world.report_of(kind="final")
    assert report.status == "submitted"
    with within(report.cycle.municipality):
        assert not Delivery.objects.filter(report=report).exists()
        frozen = json.loads(bytes(report.snapshot.document))["report"]["recipients"]
    assert frozen == ["見本県（写し）"]
    officers = Membership.objects.filter(role="officer", scope_code="13")
    officers.filter(user=people["officer"]).update(scope_code="99")
    url = f"/p/99/{report.cycle.fiscal_year}/reports/{report.number}/"
    assert sign_in("officer").get(url).status_code == 200
    shown = as_editor.get(draft.get_absolute_url()).content.decode()
    # Nobody may comment on it: the prefecture reads its copy.
    assert ["都道府県だけに提出しています" in shown, "アドバイザーのコメント" in shown] == [
        True,
        False,
    ]


def test_what_goes_to_an_adviser_leads_to_the_comments(as_editor, draft):
    """The control of the one before."""
    interim = world.report_of(kind="interim")

    assert "アドバイザーのコメント（" in as_editor.get(interim.get_absolute_url()).content.decode()


def test_it_is_the_decision_that_lets_the_prefecture_alone_pass(here, draft):
    draft.recipients.all().delete()
    assert check.blockers(draft) == ["提出先が選ばれていません。"]

    draft.is_for_prefecture_alone = True
    assert check.blockers(draft) == []


def test_the_prefecture_alone_drops_who_was_ticked(as_editor, people, draft, address):
    as_editor.post(address, {"destination": "prefecture", "users": [people["adviser"].pk]})
    assert parts_of(draft) == {}

    as_editor.post(address, {"destination": "send", "users": [people["adviser"].pk]})
    assert parts_of(draft) == {"adviser": "adviser"}
    with within(draft.cycle.municipality):
        assert not now(draft).is_for_prefecture_alone


def test_no_report_goes_to_the_prefecture_alone_and_nowhere(here, people, draft):
    with pytest.raises(ValidationError, match="どちらか一つ"):
        recipients.choose(
            draft, {}, by=people["editor"], is_council_paper=True, is_for_prefecture_alone=True
        )


def test_a_choice_that_meets_a_submission_writes_nothing(here, people, draft):
    """The page was opened before somebody else submitted."""
    opened = world.report_of(kind="final")
    submit(draft, by=people["editor"])

    with pytest.raises(Overtaken):
        recipients.choose(opened, {people["officer"]: "prefecture"}, by=people["editor"])
    assert parts_of(draft) == {"adviser": "adviser"}


def test_choosing_is_told_in_the_history(as_editor, people, address):
    as_editor.post(address, {"users": [people["officer"].pk]})

    assert "提出先の変更" in as_editor.get("/m/990019/2026/history/").content.decode()


@pytest.mark.parametrize(
    ("username", "part", "may"),
    [
        ("adviser", "adviser", True),
        ("approver", "superior", True),
        ("officer", "prefecture", True),
        ("other-officer", "prefecture", False),
        ("neighbour-adviser", "adviser", False),
        ("viewer", "superior", False),
        ("officer", "adviser", False),
    ],
)
def test_who_may_receive_is_asked_by_part(people, cycle, username, part, may):
    assert rights.may_receive(people[username], part, cycle.municipality) is may


class TestStep:
    def test_the_step_of_a_draft_is_chosen_or_left_out(self, as_editor, draft, cycle):
        url = f"{REPORTS}{draft.pk}/step/"
        with within(cycle.municipality):
            step = draft.cycle.supportstep_set.get(key="interim-2")

        assert as_editor.post(url, {"step": step.pk}).status_code == 302
        assert world.report_of(kind="final").step_id == step.pk
        assert as_editor.post(url, {"step": ""}).status_code == 302
        assert world.report_of(kind="final").step_id is None

    def test_a_step_has_one_report_of_a_kind(self, as_editor, people, cycle):
        with within(cycle.municipality):
            taken = world.report_of().step_id
            report = drafting.open_draft(cycle, "interim", by=people["editor"])
        url = f"{REPORTS}{report.pk}/step/"

        refused = as_editor.post(url, {"step": taken})

        assert f'value="{taken}"' not in as_editor.get(url).content.decode()
        assert refused.status_code == 422
        assert "段階を一覧から選んでください" in refused.content.decode()

    def test_a_submitted_report_keeps_its_step(self, as_editor, cycle):
        report = world.report_of()
        was = report.step_id

        as_editor.post(f"{REPORTS}{report.pk}/step/", {"step": ""})

        assert world.report_of().step_id == was
