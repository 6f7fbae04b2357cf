"""交付金根拠表: evidence by a pure function, the list of items that holds, the town's answers, the officer's file."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from indicators.models import Indicator, Measurement
from logicmodels.models import Activity
from municipalities.models import Prefecture
from reports.choices import GrantEvidence
from reports.models import GrantAnswer, GrantItem
from reports.year.grants import evidence, items, lines, reading
from tests import world

PAGE = f"/m/{world.OURS}/{world.YEAR}/grant-evidence/"
ITEMS = f"/p/99/{world.YEAR + 1}/grant-items/"


def document(**parts):
    every = frozenset().union(*reading.PARTS.values())
    empty = dict.fromkeys(every - {"targets", "posts"}, ())
    return empty | {"profile": None} | parts


def found(kind, **parts):
    return evidence.of(GrantEvidence(kind), document(**parts), names={"a": "数（件）"})


def state(scene, key):
    return {"key": key, "scene": scene, "text": "自宅で\n過ごせる。"}


def activity(work_item="training", status="running", **values):
    told = {"key": "x", "scene": "discharge", "name": "研修会", "period": "", "frequency": "年2回"}
    return told | {"work_item": work_item, "status": status} | values


def value(year, number="12", code="a"):
    return {"indicator": code, "fiscal_year": year, "value": number, "source": "調査"}


def indicator(*targets):
    return {"indicator": "a", "targets": list(targets)}


class TestEvidence:
    def test_states_are_told_with_the_day_of_the_agreement(self):
        agreed = {
            "desired_state": "s",
            "kind": "agreed",
            "meeting": "m",
            "meeting_lead": "",
            "activity": None,
            "text": "",
        }
        told = found(
            "desired_states",
            desired_states=[state("discharge", "s"), state("emergency", "t"), state("all", "u")],
            decisions=[agreed],
            meetings=[{"key": "m", "held_on": "2026-07-10", "is_cancelled": False}],
        )
        assert told.count == "4つの場面のうち2つに目指す姿があります"
        assert told.lines == (
            "入退院支援：自宅で 過ごせる。（令和8年7月10日に協議体で合意）",
            "急変時の対応：自宅で 過ごせる。（協議体での合意は未登録）",
        )

    def test_a_value_that_nobody_knows_is_none(self):
        told = found(
            "values", indicators=[indicator()], measurements=[value(2024), value(2025, None)]
        )
        assert told.lines == ("数（件）：12（令和6年度（2024年度）、出典：調査）",)
        assert not found("values", indicators=[indicator()], measurements=[value(2025, None)]).lines

    def test_an_issue_counts_where_its_scene_has_a_goal_and_something_is_done(self):
        issue = {
            "key": "i",
            "scene": "discharge",
            "text": "情報が届かない",
            "gap": "半分",
            "current_state": "",
        }
        whole = {"desired_states": [state("discharge", "s")], "activities": [activity()]}
        assert found("chain", issues=[issue], **whole).lines
        for missing in whole:
            assert not found("chain", issues=[issue], **(whole | {missing: []})).lines
        bare = issue | {"gap": ""}
        assert not found("chain", issues=[bare], **whole).lines
        assert found("sharing_issues", issues=[issue]).lines

    def test_checking_wants_a_target_and_two_years(self):
        target = {"fiscal_year": 2026, "value": "20"}
        years = [value(2024), value(2025)]
        assert found("checking", indicators=[indicator(target)], measurements=years).lines
        assert not found("checking", indicators=[indicator(target)], measurements=years[:1]).lines
        assert not found("checking", indicators=[indicator()], measurements=years).lines

    @pytest.mark.parametrize("status", ["considered", "stopped"])
    def test_what_is_only_thought_of_is_no_evidence(self, status):
        assert found("training", activities=[activity()]).lines == ("研修会（年2回）",)
        assert not found("training", activities=[activity(status=status)]).lines
        assert not found("consultation", activities=[activity()]).lines
        assert found("discharge", activities=[activity()]).lines
        assert not found("end_of_life", activities=[activity()]).lines

    def test_a_decision_to_change_what_is_shared(self):
        row = {"kind": "changed", "activity": "x", "text": "様式を改める", "desired_state": None}
        shared = [activity("information_sharing")]
        assert found("sharing_changes", activities=shared, decisions=[row]).lines
        agreed = row | {"kind": "agreed"}
        assert not found("sharing_changes", activities=shared, decisions=[agreed]).lines

    def test_an_empty_year_has_none_of_any_kind(self):
        assert not any(found(kind).lines for kind in GrantEvidence)
        assert set(evidence.COLLECTORS) == set(GrantEvidence)

    def test_what_is_not_there_is_said_without_a_number(self):
        assert found("training").told == "この項目に当たる登録は、まだありません"
        assert found("training", activities=[activity()]).told.endswith("取組が1件あります")
        assert found("by_hand").told == ""

    def test_every_line_is_copied_and_a_long_list_is_known(self):
        many = found("training", activities=[activity(name=f"{n}") for n in range(20)])
        few = found("training", activities=[activity()] * lines.MOST_LINES)
        assert (len(many.lines), many.is_long, few.is_long) == (20, True, False)


class TestItems:
    def test_the_shipped_list_is_whole_and_says_what_was_not_seen(self):
        year, rows = items.shipped()
        assert sum(int(one.points) for one in rows) == 100
        assert all(one.wording for one in rows if one.is_seen)
        assert len({one.code for one in rows}) == len(rows)
        assert year == 2026

    def test_a_list_written_out_reads_back_the_same(self):
        _, rows = items.shipped()
        lines = [items.COLUMNS, *items.as_lines(rows, fiscal_year=2027)]
        assert items.parse(lines, fiscal_year=2027) == (rows, ())

    @pytest.mark.parametrize(
        ("column", "written", "sentence"),
        [
            ("年度", "2025", "「年度」を2027にしてください"),
            ("コード", "あ", "「コード」を、半角の英数字"),
            ("区分", "", "「区分」と「項目」を書いてください"),
            ("内容", "字" * 501, "「内容」を500文字以内に"),
            ("原文確認", "○", "「原文確認」を「はい」か「いいえ」に"),
            ("根拠", "なし", "「根拠」を次のどれかに"),
        ],
    )
    def test_a_wrong_line_is_named(self, column, written, sentence):
        _, rows = items.shipped()
        line = items.as_lines(rows[:1], fiscal_year=2027)[0]
        line[items.COLUMNS.index(column)] = written
        read, problems = items.parse([items.COLUMNS, line], fiscal_year=2027)
        assert read == ()
        assert str(problems[0]).startswith("2行目：")
        assert sentence in str(problems[0])

    def test_the_same_code_twice_and_a_missing_column_are_told(self):
        _, rows = items.shipped()
        line = items.as_lines(rows[:1], fiscal_year=2027)[0]
        _, problems = items.parse([items.COLUMNS, line, line], fiscal_year=2027)
        assert [str(one) for one in problems] == [
            "3行目：「コード」が2行目と同じです。どちらかを変えてください。"
        ]
        _, problems = items.parse([items.COLUMNS[1:], line[1:]], fiscal_year=2027)
        assert "「年度」の列がありません" in str(problems[0])
        for nothing in ([], [items.COLUMNS]):
            assert items.parse(nothing, fiscal_year=2027)[1]


def a_file(rows, year):
    out = io.StringIO()
    csv.writer(out).writerows([items.COLUMNS, *items.as_lines(rows, fiscal_year=year)])
    return SimpleUploadedFile("items.csv", out.getvalue().encode())


@pytest.mark.django_db
class TestPages:
    def test_each_item_has_its_evidence_and_no_score_is_promised(self, here, as_editor):
        Activity.objects.filter(cycle=here).update(work_item="training", status="running")
        page = as_editor.get(PAGE).content.decode()
        assert "点数は様式と原文で確かめてください" in page
        assert "原文未確認" in page
        assert "「医療・介護関係者の研修」の取組が" in page
        assert "4つの場面の目指す姿を、全体会で合意した。" in page

    def test_an_answer_is_kept_and_counted(self, here, as_editor):
        address = f"{PAGE}1-2-a/edit/"
        as_editor.post(address, {"base_version": 0, "answer": "applies", "note": "要綱"})
        assert GrantAnswer.objects.get(cycle=here, code="1-2-a").answer == "applies"
        assert reading.of(here).applies == 2
        assert as_editor.get(f"{PAGE}no-such/edit/").status_code == 404

    def test_a_viewer_records_nothing(self, sign_in):
        assert sign_in("viewer").get(PAGE).status_code == 200
        assert sign_in("viewer").get(f"{PAGE}1-2-a/edit/").status_code == 403

    def test_the_workbook_holds_every_item(self, here, as_editor):
        content = as_editor.get(f"{PAGE}export/").content
        rows = list(load_workbook(io.BytesIO(content)).active.values)
        assert len(rows) == 1 + len(items.shipped()[1])
        assert rows[1][5] == "該当"

    def test_a_neighbours_numbers_are_not_read(self, here, sign_in):
        Indicator.objects.filter(cycle=here).update(note="内")
        Measurement.objects.update(source="見本市の調査")
        page = sign_in("neighbour").get(PAGE.replace(world.OURS, world.THEIRS))
        assert "見本市の調査" not in page.content.decode()


@pytest.mark.django_db
class TestOfficer:
    def test_a_corrected_file_holds_for_the_prefectures_towns(self, here, sign_in):
        _, rows = items.shipped()
        sent = a_file(rows[:3], world.YEAR + 1)
        sign_in("officer").post(ITEMS, {"file": sent})
        sheet = reading.of(here)
        assert sheet.items.of_prefecture
        assert sheet.whole == 3
        assert not sheet.is_of_another_year
        other = Prefecture.objects.exclude(code="99").first()
        assert other is None or not items.for_town(other, world.YEAR + 1).of_prefecture

    def test_the_page_says_the_year_as_the_file_wants_it(self, sign_in):
        page = sign_in("officer").get(ITEMS).content.decode()
        assert f"「年度」は{world.YEAR + 1}と書きます" in page
        assert '<th scope="col">配点</th>' in page
        survey = sign_in("officer").get(ITEMS.replace("grant", "survey")).content.decode()
        assert '<th scope="col">配点</th>' not in survey

    def test_a_wrong_file_changes_nothing_and_says_where(self, sign_in):
        _, rows = items.shipped()
        client = sign_in("officer")
        client.post(ITEMS, {"file": a_file(rows[:3], world.YEAR + 1)})
        page = client.post(ITEMS, {"file": a_file(rows, world.YEAR)})
        assert page.status_code == 422
        assert "2行目：「年度」を" in page.content.decode()
        assert GrantItem.objects.count() == 3

    def test_what_is_no_table_is_refused(self, sign_in):
        page = sign_in("officer").post(ITEMS, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
        assert page.status_code == 422

    def test_the_saved_file_may_be_sent_back(self, sign_in):
        client = sign_in("officer")
        content = client.get(f"{ITEMS}export/").content
        client.post(ITEMS, {"file": SimpleUploadedFile("items.xlsx", content)})
        assert GrantItem.objects.count() == len(items.shipped()[1])

    def test_a_formula_is_a_text(self, sign_in, as_editor, here):
        book = Workbook()
        book.active.append(items.COLUMNS)
        line = items.as_lines(items.shipped()[1][:1], fiscal_year=world.YEAR + 1)[0]
        line[items.COLUMNS.index("内容")] = "'=1+1"
        book.active.append(line)
        file = io.BytesIO()
        book.save(file)
        sent = SimpleUploadedFile("items.xlsx", file.getvalue())
        sign_in("officer").post(ITEMS, {"file": sent})
        rows = load_workbook(io.BytesIO(as_editor.get(f"{PAGE}export/").content)).active
        assert rows.cell(2, 4).data_type == "s"

    def test_towns_and_other_prefectures_stay_outside(self, sign_in):
        assert sign_in("editor").get(ITEMS).status_code in {403, 404}
        assert sign_in("other-officer").get(ITEMS).status_code in {403, 404}


def test_page_and_workbook_hold_the_whole_of_a_long_list(as_editor, here):
    """Nothing ends in a count of what was left out: what is copied is what is handed in."""
    for number in range(25):
        Activity.objects.create(
            cycle=here, key=f"long-{number}", name=f"研修その{number}。", work_item="training"
        )

    page = as_editor.get(PAGE).content.decode()
    book = load_workbook(io.BytesIO(as_editor.get(f"{PAGE}export/").content))
    cells = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)

    for number in range(25):
        assert f"研修その{number}。" in page
        assert f"研修その{number}。" in cells
    assert "is-long" in page
    assert "・ほか" not in page + cells
