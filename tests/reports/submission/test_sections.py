"""The sections of a report: their order, their standing, and the look that one change asks for again."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from councils.models import Decision
from logicmodels.models import DesiredState
from municipalities.kernel.changes import save_versioned
from municipalities.tenancy import within
from reports.choices import ReportKind
from reports.document import snapshot
from reports.models import ReportText, SectionMark, SupportEffect
from reports.submission.contents import marking, sections
from reports.submission.submitting import check
from tests import world

pytestmark = pytest.mark.django_db
REPORTS = "/m/990019/2026/reports/"


@pytest.fixture
def draft(here):
    return world.report_of(kind="final")


def standing(report, code):
    """Return (word, section) of one section as it stands now."""
    found = {one.definition.code: one for one in check.look_over(report).sections}
    return found[code].word, found[code]


def test_the_sections_stand_in_the_order_of_the_form():
    labels = [one.label for one in sections.of_kind(ReportKind.FINAL)]

    assert labels == [
        "自治体概要",
        "特徴",
        "取組の方針",
        "自治体の考える課題と現状",
        "目指す姿",
        "ロジックモデル",
        "指標と実績",
        "指標の動きについて",
        "アドバイザーとの検討①",
        "アドバイザーとの検討②",
        "連携支援の経過",
        "中間報告",
        "最終報告",
        "支援前の課題",
        "支援前後の変化（支援の効果）",
        "今後について（予定、方向性等）",
        "成果等",
        "本事例からみた多職種連携に有効な協議体の設定のための手法",
        "本事例からみた市町村支援に必要な事項",
        "その他成果物",
    ]


def test_an_interim_report_leaves_out_what_only_the_final_one_tells():
    interim = {one.code for one in sections.of_kind(ReportKind.INTERIM)}
    final = {one.code for one in sections.of_kind(ReportKind.FINAL)}

    assert final - interim == {"final", "effects", "outlooks"}


def test_one_look_settles_a_section_until_its_content_changes(draft, people):
    word, goals = standing(draft, "goals")
    assert word == "確認待ち"

    marking.mark(draft, "goals", digest=goals.digest, by=people["editor"])
    assert standing(draft, "goals")[0] == "済み"

    row = DesiredState.objects.get(scene="discharge")
    row.text += "。"
    save_versioned(row, by=people["editor"], expected_version=row.version, fields=["text"])
    assert standing(draft, "goals")[0] == "内容が変わりました"
    assert standing(draft, "profile")[0] == "確認待ち"


def test_a_change_elsewhere_asks_for_no_further_look(draft, people):
    _, profile = standing(draft, "profile")
    marking.mark(draft, "profile", digest=profile.digest, by=people["editor"])
    Decision.objects.all().delete()
    DesiredState.objects.all().delete()

    assert standing(draft, "profile")[0] == "済み"


def test_a_box_is_unwritten_waiting_or_left_empty(draft, people):
    assert standing(draft, "consultation-1")[0] == "未入力"
    assert standing(draft, "policy")[0] == "確認待ち"
    marking.put_off(draft, "policy", by=people["editor"])
    assert standing(draft, "policy")[0] == "書きかけ"
    ReportText.objects.filter(section="policy").update(text="", is_left_empty=True)
    assert standing(draft, "policy")[0] == "記載しない"


def test_an_empty_list_may_be_left_empty_until_something_is_written(draft, people):
    SupportEffect.objects.all().delete()
    word, effects = standing(draft, "effects")
    assert word == "未入力"
    marking.mark(draft, "effects", digest=effects.digest, by=people["editor"])

    assert standing(draft, "effects")[0] == "記載しない"
    assert check.blockers(draft) == []
    SupportEffect.objects.create(cycle=draft.cycle, key="effect-9", text="変わった。")
    assert standing(draft, "effects")[0] == "内容が変わりました"


def test_what_the_adviser_writes_is_not_counted(draft):
    look = check.look_over(draft)

    assert len(look.sections) - len(look.ours) == 2
    assert standing(draft, "method")[0] == "アドバイザーが記入"
    assert look.written == 16


def test_the_next_section_is_an_unwritten_one_before_an_unread_one(draft):
    assert check.look_over(draft).next.label == "アドバイザーとの検討①"
    for section in ("consultation_1", "consultation_2"):
        ReportText.objects.create(
            cycle=draft.cycle, key=section, section=section, text="検討した。"
        )
    assert check.look_over(draft).next.label == "自治体概要"


def test_rows_that_stay_in_the_house_are_listed(draft):
    """And with them what points at them."""
    DesiredState.objects.filter(scene="discharge").update(audience="internal")

    assert [str(row) for row in check.look_over(draft).kept_inside] == [
        str(DesiredState.objects.get(scene="discharge")),
        str(Decision.objects.get(desired_state__scene="discharge")),
    ]


def test_a_review_is_drawn_from_its_snapshot_alone(here):
    frozen = world.report_of(kind="interim").snapshot
    with CaptureQueriesContext(connection) as queries:
        review = snapshot.review_of(frozen)
        page = render_to_string("reports/_review.html", {"review": review})

    assert len(queries) == 0
    for section in sections.of_kind(ReportKind.INTERIM):
        assert section.label in page


def test_every_text_of_the_review_stands_on_its_page(draft):
    review = snapshot.preview_of(draft)
    page = render_to_string("reports/_review.html", {"review": review})

    written = [
        *(box.text for box in review.sheet),
        review.indicator_comment,
        *review.issues_before,
        *(one for effect in review.effects for one in (effect.text, effect.conclusion)),
        *(one for outlook in review.outlooks for one in (outlook.text, outlook.due)),
        *(line.name for line in review.indicators),
        *(sheet.title for sheet in review.logic_models),
        *(effect.text for sheet in review.logic_models for effect in sheet.structure.effects),
        *(issue.text for issue in review.issues),
        *(activity.name for activity in review.activities),
        *review.to_come,
    ]
    missing = [text for text in written if text.lstrip("・ ").strip() not in page]
    assert missing == []


class TestFrontDoor:
    def test_the_draft_says_how_far_it_is_and_where_to_go_on(self, as_editor, cycle):
        report = world.report_of(kind="final")
        page = as_editor.get(f"{REPORTS}{report.pk}/").content.decode()

        assert "18節のうち16節が入力済み。まだ提出されていません。" in page
        assert "次の未入力の節へ（アドバイザーとの検討①）" in page

    def test_a_look_at_the_section_marks_it(self, as_editor, cycle):
        report = world.report_of(kind="final")
        url = f"{REPORTS}{report.pk}/sections/goals/"
        shown = as_editor.get(url)
        digest = shown.context["section"].digest

        assert "この内容でよい" in shown.content.decode()
        answer = as_editor.post(f"{url}mark/", {"digest": digest}, follow=True)

        assert "「目指す姿」を確かめました。" in answer.content.decode()
        assert "確認を取り消す" in as_editor.get(url).content.decode()
        as_editor.post(f"{url}mark/", {"deed": "undo"})
        with within(cycle.municipality):
            assert not SectionMark.objects.exists()

    def test_a_look_at_what_has_changed_meanwhile_does_not_count(self, as_editor, cycle):
        report = world.report_of(kind="final")
        url = f"{REPORTS}{report.pk}/sections/goals/"
        digest = as_editor.get(url).context["section"].digest
        with within(cycle.municipality):
            DesiredState.objects.filter(scene="discharge").update(text="書き直した。")

        answer = as_editor.post(f"{url}mark/", {"digest": digest}, follow=True)

        assert "内容が変わりました。もう一度" in answer.content.decode()
        with within(cycle.municipality):
            assert not SectionMark.objects.exists()

    def test_the_advisers_boxes_are_read_only(self, as_editor, cycle):
        report = world.report_of(kind="final")
        url = f"{REPORTS}{report.pk}/sections/method/"
        page = as_editor.get(url).content.decode()

        assert "アドバイザーが書きます" in page
        assert "この内容でよい" not in page
        assert as_editor.get(f"{url}edit/").status_code == 302
        as_editor.post(f"{url}mark/", {"digest": "0" * 64})
        with within(cycle.municipality):
            assert not SectionMark.objects.exists()

    def test_a_section_of_another_kind_of_report_is_absent(self, as_editor, cycle):
        report = world.report_of(kind="interim")

        assert as_editor.get(f"{REPORTS}{report.pk}/sections/outlooks/").status_code == 404
        assert as_editor.get(f"{REPORTS}{report.pk}/sections/nowhere/").status_code == 404

    def test_a_viewer_looks_but_marks_nothing(self, sign_in, cycle):
        report = world.report_of(kind="final")
        url = f"{REPORTS}{report.pk}/sections/goals/"
        viewer = sign_in("viewer")

        assert "この内容でよい" not in viewer.get(url).content.decode()
        assert viewer.post(f"{url}mark/", {}).status_code == 403

    def test_the_check_page_links_what_is_thin_to_where_it_is_mended(self, as_editor, cycle):
        report = world.report_of(kind="final")
        page = as_editor.get(f"{REPORTS}{report.pk}/check/").content.decode()

        with within(cycle.municipality):
            review = snapshot.preview_of(report)
        assert review.to_come
        for sentence in review.to_come:
            assert f">{sentence}</a></li>" in page
        assert f'href="/m/{world.OURS}/{world.YEAR}/support/#steps"' in page

    def test_the_check_page_links_each_blocker_to_its_place(self, as_editor, cycle):
        report = world.report_of(kind="final")
        with within(cycle.municipality):
            ReportText.objects.filter(section="final").delete()
            SupportEffect.objects.all().delete()
            DesiredState.objects.filter(scene="discharge").update(audience="internal")

        page = as_editor.get(f"{REPORTS}{report.pk}/check/").content.decode()

        base = f"{REPORTS}{report.pk}/sections"
        assert f'<a href="{base}/final/edit/">最終報告がまだ書かれていません。</a>' in page
        assert f'<a href="{base}/effects/">支援前後の変化（支援の効果）がまだ' in page
        assert ">提出する</button>" not in page
        assert "報告書に載らないもの" in page
        assert "これから整えること" in page
        assert "退院後の暮らしを支える連携" in page
