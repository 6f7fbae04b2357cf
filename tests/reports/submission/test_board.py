"""The board of a year: the PDCA table as it is counted, and what each role finds on it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from logicmodels.models import Activity, ActivityResult, DesiredState
from municipalities.templatetags.era import western
from municipalities.tenancy import within
from reports.models import Progress, ProgressReport
from reports.submission.advising import accepting, deciding
from reports.submission.reworking import reopening
from reports.submission.submitting import approving
from tests import world

pytestmark = pytest.mark.django_db
BOARD = "/m/990019/2026/"
TABLE = re.compile(r'(?s)<table class="table phases">.*?</table>')
ROW = re.compile(r"(?s)<tr>\s*<th scope=\"row\">.*?</tr>")
NEXT = '<h2 id="next">次にやること</h2>'


def page_of(client, address=BOARD):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def row_of(page, label):
    (found,) = (row for row in ROW.findall(TABLE.search(page)[0]) if f">{label}</a>" in row)
    return found


def test_the_board_is_a_table_with_heads_for_scenes_and_phases(as_editor):
    table = TABLE.search(page_of(as_editor))[0]

    assert table.count('scope="col"') == 5
    assert table.count('scope="row"') == 5
    assert re.findall(r'<th scope="col">(.*?)</th>', table) == [
        "場面",
        "Plan 計画",
        "Do 実施",
        "Check 評価",
        "Act 見直し",
    ]
    assert "共通（すべての場面）" in table


def test_every_cell_says_why(as_editor):
    table = TABLE.search(page_of(as_editor))[0]

    assert table.count("<details>") == table.count("なぜ？") == 20
    assert table.count("まだ始められません") >= 10


def test_doing_is_counted_as_results_come_in(as_editor, cycle):
    with within(cycle.municipality):
        ActivityResult.objects.all().delete()
        Activity.objects.filter(cycle=cycle).update(scene="discharge", status="stopped")
        mine = [
            Activity.objects.create(
                cycle=cycle, key=f"do-{n}", name="取組", scene="emergency", status="running"
            )
            for n in range(3)
        ]
        ActivityResult.objects.create(cycle=cycle, key="r", activity=mine[0], text="実施した")
    row = row_of(page_of(as_editor), "急変時の対応")

    assert "3件中1件" in row
    assert f'href="{BOARD}activities/do-1/#results"' in row
    assert "検討中・終了・中止" not in row


def test_a_missing_desired_state_is_named_and_led_to(as_editor, cycle):
    with within(cycle.municipality):
        DesiredState.objects.filter(cycle=cycle, scene="end_of_life").update(text="")
    row = row_of(page_of(as_editor), "看取り")

    assert "目指す姿が、まだ書かれていません。" in row
    assert f'href="{BOARD}scenes/end_of_life/goal/edit/"' in row


def test_what_comes_next_stands_before_the_table(as_editor):
    page = page_of(as_editor)

    assert page.index(NEXT) < page.index('<table class="table phases">')
    assert page.index('<table class="table phases">') < page.index("報告書の準備")
    assert "計画と数値" not in page


def test_a_reader_sees_the_board_without_editing_verbs(sign_in):
    page = page_of(sign_in("viewer"))

    assert NEXT not in page
    assert "goal/edit/" not in page
    for verb in ("書く</a>", "追加する", "を入れる"):
        assert verb not in page
    assert "この場面を見る" in page


def test_no_link_of_the_board_refuses_its_reader(sign_in):
    for username in ("viewer", "approver", "manager", "editor"):
        client = sign_in(username)
        main = page_of(client).split("<main")[1].split("</main>")[0]
        for url in set(re.findall(r'href="(/[^"#]*)', main)):
            assert client.get(url, follow=True).status_code == 200, (username, url)


def ask(people, kind="final", code=world.OURS, by="editor"):
    report = world.report_of(code, kind)
    with within(report.cycle.municipality):
        approving.move(report, {"status": "approval"}, by=people[by], deed=approving.ASKING)
        report.approvals.create(approver=people["approver"], position=1)
    return report


def test_a_superior_sees_first_what_waits_with_who_asked_and_how_long(sign_in, people):
    report = ask(people)
    page = page_of(sign_in("approver"))

    assert page.index("確認を待っているもの") < page.index('<table class="table phases">')
    assert f'href="{BOARD}reports/{report.pk}/approval/"' in page
    assert "editorの担当" in page
    assert "0日" in page


def test_a_superior_sees_what_waits_in_all_their_municipalities(sign_in, people):
    membership = people["approver"].memberships.get()
    membership.pk, membership.scope_code = None, world.THEIRS
    membership.save()
    ours, theirs = ask(people), ask(people, code=world.THEIRS, by="neighbour")
    page = page_of(sign_in("approver"))

    assert f"reports/{ours.pk}/approval/" in page
    assert f"/m/990027/2026/reports/{theirs.pk}/approval/" in page


def test_a_superior_of_one_town_sees_nothing_of_the_neighbours(sign_in, people):
    theirs = ask(people, code=world.THEIRS, by="neighbour")

    assert f"reports/{theirs.pk}/" not in page_of(sign_in("approver"))


def test_what_waits_for_another_superior_is_not_mine(sign_in, people):
    report = ask(people)
    with within(report.cycle.municipality):
        report.approvals.update(position=2)
        report.approvals.create(approver=people["viewer"], position=1)

    page = page_of(sign_in("approver"))
    assert "いま、あなたの確認を待っている報告書はありません" in page


def test_a_superior_with_nothing_waiting_sees_a_calm_page(sign_in):
    page = page_of(sign_in("approver"))

    assert "いま、あなたの確認を待っている報告書はありません" in page
    assert NEXT not in page
    assert "最近承認したもの" not in page


def test_what_was_approved_lately_stays_in_sight(sign_in, people):
    report = ask(people)
    with within(report.cycle.municipality):
        report.approvals.update(state="approved", decided_at=report.updated_at)
        ProgressReport.objects.filter(pk=report.pk).update(status="submitted")

    page = page_of(sign_in("approver"))
    assert "最近承認したもの" in page
    assert f'href="{BOARD}reports/{report.pk}/"' in page


def test_an_editor_has_no_superiors_desk(as_editor, people):
    ask(people)

    assert "確認を待っているもの" not in page_of(as_editor)


class TestMarks:
    MARKS = re.compile(r'(?s)<section aria-label="助言・受理の済んだ報告書">.*?</section>')

    def marks(self, client):
        return [re.sub(r"\s+", " ", one) for one in self.MARKS.findall(page_of(client))]

    def test_a_report_that_is_still_read_bears_none(self, as_editor):
        assert not self.marks(as_editor)

    @pytest.mark.parametrize("username", ["editor", "viewer"])
    def test_a_report_to_which_all_was_said_is_told_with_its_day(self, sign_in, people, username):
        with within(world.cycle_of().municipality):
            report = world.report_of()
            deciding.decide(report, kind="advised", by=people["adviser"])

        (shown,) = self.marks(sign_in(username))

        assert "助言済み" in shown
        assert f'href="{report.get_absolute_url()}"' in shown
        assert western(timezone.localdate()) in shown

    def test_an_accepted_report_is_told_with_its_day(self, as_editor, people):
        with within(world.cycle_of().municipality):
            report = world.report_of()
            accepting.accept(report, by=people["officer"])
            Progress.objects.filter(kind="interim").update(accepted_on=dt.date(2026, 12, 3))

        (shown,) = self.marks(as_editor)

        assert "受理" in shown
        assert f'href="{report.get_absolute_url()}"' in shown
        assert "2026年12月3日" in shown

    def test_what_is_mended_again_bears_none(self, as_editor, people):
        with within(world.cycle_of().municipality):
            report = world.report_of()
            deciding.decide(report, kind="advised", by=people["adviser"])
            reopening.reopen(report, reason="直すため", by=people["editor"])

        assert not self.marks(as_editor)
