"""Writing a box of the report: what is kept, how it is finished, what it can be begun with."""

import pytest

from municipalities.kernel.drafts import Draft
from municipalities.models import Cycle
from municipalities.tenancy import within
from reports.models import ReportText, SectionMark, SupportStep
from reports.submission.contents import sources
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cycle):
    report = world.report_of(kind="final")
    return f"/m/990019/2026/reports/{report.pk}/sections/"


def text_of(cycle, section):
    with within(cycle.municipality):
        return ReportText.objects.get(cycle=cycle, section=section)


def posted(text, **rest):
    return {"base_version": "0", "text": text, "audience": "adviser", **rest}


def test_a_box_is_written_and_comes_back_to_the_report(as_editor, cycle, url):
    answer = as_editor.post(f"{url}consultation-1/edit/", posted("様式を決めた。\r\n・二つ目"))

    assert answer.headers["Location"] == url.removesuffix("sections/")
    row = text_of(cycle, "consultation_1")
    assert (row.text, row.key, row.version) == ("様式を決めた。\n・二つ目", "consultation-1", 1)


@pytest.mark.parametrize(
    ("answer", "word"), [("yes", "済み"), ("later", "書きかけ"), ("", "確認待ち")]
)
def test_the_answer_says_whether_the_section_is_finished(as_editor, cycle, url, answer, word):
    as_editor.post(f"{url}consultation-1/edit/", posted("様式を決めた。", finished=answer))

    page = as_editor.get(f"{url}consultation-1/").content.decode()
    assert f">{word}</span>" in page
    with within(cycle.municipality):
        assert SectionMark.objects.exists() is bool(answer)


def test_too_much_for_the_box_is_a_remark(as_editor, cycle, url):
    answer = as_editor.post(f"{url}policy/edit/", posted("長い文。" * 200, base_version="1"))

    assert answer.status_code == 302
    page = as_editor.get(f"{url}policy/edit/").content.decode()
    assert "行あふれます" in page
    assert 'data-box="46x5"' in page


def test_a_box_left_empty_holds_no_text(as_editor, cycle, url):
    both = as_editor.post(
        f"{url}policy/edit/", posted("文がある。", base_version="1", is_left_empty="on")
    )
    empty = as_editor.post(f"{url}policy/edit/", posted("", base_version="1", is_left_empty="on"))

    assert both.status_code == 422
    assert "文が書かれています。記載しないときは" in both.content.decode()
    assert "文がある。" in both.content.decode()
    assert empty.status_code == 302
    assert text_of(cycle, "policy").is_left_empty


def test_two_writers_are_asked(as_editor, cycle, url):
    as_editor.post(f"{url}policy/edit/", posted("一人目の文。", base_version="1"))

    second = as_editor.post(f"{url}policy/edit/", posted("二人目の文。", base_version="1"))

    assert second.status_code == 409
    assert text_of(cycle, "policy").text == "一人目の文。"


class TestTakingOver:
    def test_lines_of_the_meetings_are_added_as_bullets_and_not_saved(self, as_editor, cycle, url):
        page = as_editor.get(f"{url}policy/edit/").content.decode()
        line = "訪問看護と救急隊の小さな話合いを2回開いた。"
        assert f'value="{line}"' in page

        answer = as_editor.post(
            f"{url}policy/edit/",
            posted("書きかけ。", base_version="1", take="minutes", line=[line, "① 印つき"]),
        )

        shown = answer.content.decode()
        assert answer.status_code == 200
        assert f"書きかけ。\n・{line}\n① 印つき</textarea>" in shown
        assert "まだ保存していません" in shown
        assert text_of(cycle, "policy").text == "① 退院時の連絡の決まりを作る。"
        with within(cycle.municipality):
            assert line in Draft.objects.get(form_key="text-2026-policy").fields["text"]

    def test_without_a_line_the_page_says_what_to_do(self, as_editor, url):
        answer = as_editor.post(f"{url}policy/edit/", posted("書きかけ。", take="minutes"))

        assert "取り込む行が選ばれていません。" in answer.content.decode()
        assert ">書きかけ。</textarea>" in answer.content.decode().replace("\n", "")

    def test_the_text_of_last_year_is_offered(self, as_editor, cycle, url):
        with within(cycle.municipality):
            before = Cycle.objects.create(fiscal_year=2025)
            ReportText.objects.create(
                cycle=before, key="policy", section="policy", text="① 前の年の方針\n・ 二つ目"
            )
        page = as_editor.get(f"{url}policy/edit/").content.decode()
        answer = as_editor.post(f"{url}policy/edit/", posted("", take="last-year"))

        assert "前の年度、令和7年度（2025年度）の文" in page
        assert "① 前の年の方針\n・ 二つ目</textarea>" in answer.content.decode()

    def test_what_was_submitted_last_is_offered(self, here):
        report = world.report_of(kind="final")
        ReportText.objects.filter(section="policy").update(text="書き直した。")

        (one,) = sources.earlier_texts(report, ReportText.objects.get(section="policy").section)

        assert one.text == "① 退院時の連絡の決まりを作る。"
        assert one.label == "前に提出した中間報告書の文"

    def test_the_issues_of_the_plan_are_offered_for_the_situation_only(self, as_editor, url):
        situation = as_editor.get(f"{url}situation/edit/").content.decode()
        policy = as_editor.get(f"{url}policy/edit/").content.decode()

        assert "退院前カンファレンスへのケアマネジャーの参加は3割程度" in situation
        assert "課題整理表から取り込む" not in policy

    def test_steps_after_the_reported_one_are_not_offered(self, here):
        interim = world.report_of(kind="interim")
        SupportStep.objects.filter(kind="final").update(situation="最後の会で話した。")

        offered = [one.title for one in sources.minutes(interim, "policy")]
        assert "最終報告会の結果" not in offered
        final = [one.title for one in sources.minutes(world.report_of(kind="final"), "policy")]
        assert "最終報告会の結果" in final


def test_a_submitted_report_is_not_written_through_its_sections(as_editor, cycle):
    report = world.report_of(kind="interim")
    url = f"/m/990019/2026/reports/{report.pk}/sections/policy/edit/"

    answer = as_editor.post(url, posted("後から。", base_version="1"))

    assert answer.headers["Location"].endswith("/sections/policy/")
    assert text_of(cycle, "policy").version == 1


def test_a_viewer_may_not_write(sign_in, url):
    assert sign_in("viewer").get(f"{url}policy/edit/").status_code == 403
