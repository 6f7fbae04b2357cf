"""支援前の課題, 変化 and 今後: written, ordered, deleted, and taken over from 課題整理表."""

import pytest

from logicmodels.models import Issue
from municipalities.kernel import submission_keys
from municipalities.tenancy import within
from reports.models import SupportEffect, SupportIssue, SupportOutlook
from tests import world

pytestmark = pytest.mark.django_db
PAGE = "/m/990019/2026/effects/"


def posted(**fields):
    return {"submission_key": submission_keys.new(), "audience": "adviser", **fields}


def texts(cycle, model):
    with within(cycle.municipality):
        return list(model.objects.filter(cycle=cycle).values_list("text", flat=True))


def test_the_page_shows_the_three_lists_and_leads_back_to_the_draft(as_editor, cycle):
    report = world.report_of(kind="final")
    page = as_editor.get(PAGE).content.decode()

    assert "退院の連絡が当日になることがある。" in page
    assert "⇒ 連絡の担当が決まった" in page
    assert "退院調整の決まりを、市内の全病院と結ぶ。（令和9年度末）" in page
    assert f'href="{report.get_absolute_url()}"' in page


def test_a_change_answers_one_of_the_issues(as_editor, cycle):
    with within(cycle.municipality):
        before = SupportIssue.objects.get(key="before-1")
    answer = as_editor.post(
        f"{PAGE}changes/add/", posted(text="様式をそろえた。", conclusion="", answers=before.pk)
    )

    assert answer.headers["Location"] == f"{PAGE}#effects"
    with within(cycle.municipality):
        row = SupportEffect.objects.get(text="様式をそろえた。")
    assert (row.answers_id, row.position) == (before.pk, 2)


def test_an_issue_of_another_year_cannot_be_answered(as_editor, cycle):
    with within(cycle.municipality):
        other = type(cycle).objects.create(fiscal_year=2025)
        foreign = SupportIssue.objects.create(cycle=other, key="before-9", text="前の年の課題")
    answer = as_editor.post(f"{PAGE}changes/add/", posted(text="変化。", answers=foreign.pk))

    assert answer.status_code == 422
    assert "前の年の課題" not in as_editor.get(f"{PAGE}changes/add/").content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"), [("R9年度末", "令和9年度末"), ("2027年10月頃", "令和9年10月頃")]
)
def test_the_time_of_an_outlook_is_written_as_people_speak(as_editor, cycle, typed, kept):
    as_editor.post(f"{PAGE}outlooks/add/", posted(text="協議体を置く。", due=typed))

    with within(cycle.municipality):
        assert SupportOutlook.objects.get(text="協議体を置く。").due == kept


def test_a_time_that_cannot_be_read_is_asked_again(as_editor, cycle):
    answer = as_editor.post(f"{PAGE}outlooks/add/", posted(text="協議体。", due="そのうち何とか"))

    assert answer.status_code == 422
    assert "そのうち何とか" in answer.content.decode()
    assert len(texts(cycle, SupportOutlook)) == 1


def test_rows_are_edited_moved_and_deleted(as_editor, cycle):
    as_editor.post(f"{PAGE}issues/add/", posted(text="二つ目の課題。"))
    with within(cycle.municipality):
        second = SupportIssue.objects.get(text="二つ目の課題。")
    as_editor.post(f"{PAGE}issues/{second.key}/up/")
    assert texts(cycle, SupportIssue)[0] == "二つ目の課題。"

    edit = posted(text="書き直した課題。", base_version="2")
    assert as_editor.post(f"{PAGE}issues/{second.key}/edit/", edit).status_code == 302
    with within(cycle.municipality):
        second.refresh_from_db()
    as_editor.post(f"{PAGE}issues/{second.key}/delete/", {"base_version": second.version})
    assert texts(cycle, SupportIssue) == ["退院の連絡が当日になることがある。"]


def test_an_issue_that_a_change_answers_stays(as_editor, cycle):
    answer = as_editor.post(f"{PAGE}issues/before-1/delete/", {"base_version": "1"})

    assert answer.status_code == 409
    assert "病院との打合せを毎月開くようになった。" in answer.content.decode()
    assert len(texts(cycle, SupportIssue)) == 1


def test_issues_of_the_plan_are_taken_over_once(as_editor, cycle):
    url = f"{PAGE}issues/take-over/"
    with within(cycle.municipality):
        chosen = Issue.objects.get(key="issue-1")
    assert chosen.text in as_editor.get(url).content.decode()

    for _ in range(2):
        as_editor.post(url, {"issues": ["issue-1"]})

    with within(cycle.municipality):
        assert SupportIssue.objects.get(issue=chosen).text == chosen.text
    assert chosen.text not in as_editor.get(url).content.decode()


def test_taking_over_nothing_says_what_to_do(as_editor, cycle):
    answer = as_editor.post(f"{PAGE}issues/take-over/", {})

    assert answer.status_code == 422
    assert "取り込む課題を一つ以上選んでください" in answer.content.decode()


def test_a_viewer_reads_only(sign_in):
    viewer = sign_in("viewer")

    assert "追加する" not in viewer.get(PAGE).content.decode()
    assert viewer.get(f"{PAGE}issues/add/").status_code == 403
