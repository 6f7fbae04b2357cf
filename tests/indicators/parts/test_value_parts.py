"""Months, quarters and areas of a value: typed in a small table, accumulated by rule, shown wherever the value is."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.definitions import adopting
from indicators.models import Measurement, MeasurementPart, OwnDefinition
from municipalities.choices import AreaKind
from municipalities.kernel import submission_keys
from municipalities.models import Area, Change, TrashItem, User
from municipalities.tenancy import within
from tests.indicators.rows import BASE, aim, follow, measure, stored

pytestmark = pytest.mark.django_db
DESK = "consultation_desk_cases"
RATE = "discharge_conference_care_manager_rate"
MONTHS = ("04", "05", "06", "07", "08", "09", "10", "11", "12", "01", "02", "03")


def months(*values, column="value"):
    return {f"{column}-{name}": value for name, value in zip(MONTHS, values, strict=False)}


def post(client, indicator, *, by="month", value="", **typed):
    address = f"{BASE}{indicator.key}/values/{value or 'parts'}{'/parts' if value else ''}/?by={by}"
    return client.post(address, {"source": "月報"} | typed)


def told(client, address):
    return client.get(address).content.decode()


def value_of(cycle, code, **which):
    with within(cycle.municipality):
        return Measurement.objects.get(code=code, fiscal_year=2026, **which)


def again(row):
    with within(row.municipality):
        return Measurement.objects.get(pk=row.pk)


def areas(cycle, *names):
    with within(cycle.municipality):
        for at, name in enumerate(names, start=10):
            Area.objects.create(
                key=f"area-{at}", kind=AreaKind.DAILY_LIVING, name=name, position=at
            )


def test_months_are_added_up_and_the_rest_of_the_year_is_missing(as_editor, cycle):
    desk = follow(cycle, DESK)
    answer = post(as_editor, desk, **months("3", "5", "0", "４", "2", "1", "6", "7", "3件"))
    row = value_of(cycle, DESK)

    assert answer.status_code == 302
    assert (row.value, row.state, row.finality) == (31, "value", "preliminary")
    assert (str(row.as_of), row.source, row.composed_of) == ("2026-12-31", "月報", "month")
    page = told(as_editor, f"{BASE}{desk.key}/")
    assert "31件" in page
    assert "令和8年12月末現在・速報" in page
    assert "月ごとの内訳から計算（4月〜12月の9か月分）。入力した値を合計して" in page
    with within(cycle.municipality):
        parts = {one.period: (one.value, one.state) for one in MeasurementPart.objects.all()}
        assert Change.objects.filter(model="indicators.measurementpart", deed="create").count() == 9
    assert parts["06"] == (0, "value")
    assert "01" not in parts


def test_a_gap_is_named_and_never_zero(as_editor, cycle):
    desk = follow(cycle, DESK)
    post(as_editor, desk, **months("3", "", "不明", "4"))

    assert value_of(cycle, DESK).value == 7
    assert "4月〜7月の2か月分（5月、6月の値がありません）" in told(as_editor, f"{BASE}{desk.key}/")


def test_quarters_of_a_share_are_pooled(as_editor, cycle):
    rate = follow(cycle, RATE)
    quarters = {
        "numerator-q1": "1",
        "denominator-q1": "2",
        "numerator-q2": "9",
        "denominator-q2": "10",
        "numerator-q3": "0",
        "denominator-q3": "0",
    }
    assert post(as_editor, rate, by="quarter", **quarters).status_code == 302
    row = value_of(cycle, RATE)

    assert (row.numerator, row.denominator, row.value) == (10, 12, Decimal("83.3333"))
    assert "83.3％" in told(as_editor, f"{BASE}{rate.key}/")


def test_it_is_final_only_when_all_is_in_and_somebody_says_so(as_editor, cycle):
    desk = follow(cycle, DESK)
    early = post(as_editor, desk, final="1", **months("3"))
    assert early.status_code == 422
    assert "すべての期間（圏域）の値がそろっていないため" in early.content.decode()
    assert not stored(cycle, DESK)

    post(as_editor, desk, **months(*"123456789012"))
    assert value_of(cycle, DESK).finality == "preliminary"

    row = value_of(cycle, DESK)
    post(as_editor, desk, value=row.key, used="1", final="1", base_version="1", **bases(cycle, row))
    row = again(row)
    assert (row.value, row.finality, str(row.as_of)) == (48, "final", "2027-03-31")


def bases(cycle, row):
    with within(cycle.municipality):
        return {f"base-{one.period}": one.version for one in row.parts.all()}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value-04": "八"}, "算用数字"),
        ({"value-04": "-3"}, "0以上の数字を"),
        ({"value-04": "－"}, "のままでは読めません"),
        ({"value-04": "123456789012"}, "整数は11桁まで"),
        ({"value-04": "1.23456"}, "小数は4桁まで"),
        ({"value-04": "3", "note-04": "あ" * 501}, "500字以内"),
        ({"value-04": "3", "source": " "}, "出典を入力してください"),
        ({}, "値を1つ以上"),
        ({"value-04": "99999999999", "value-05": "99999999999"}, "大きすぎます"),
    ],
)
def test_wrong_input_is_told_and_kept_and_nothing_is_saved(as_editor, cycle, typed, sentence):
    desk = follow(cycle, DESK)
    answer = post(as_editor, desk, **typed)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{typed.get("value-04", "")}"' in page
    assert not stored(cycle, DESK)


def test_a_share_needs_both_of_its_parts(as_editor, cycle):
    rate = follow(cycle, RATE)
    answer = post(as_editor, rate, by="quarter", **{"numerator-q1": "1"})
    assert answer.status_code == 422
    assert "両方を入力するか" in answer.content.decode()


@pytest.mark.parametrize(("numerator", "status"), [("5", 422), ("0", 302)])
def test_a_quarter_of_nobody_counts_nobody(as_editor, cycle, numerator, status):
    rate = follow(cycle, RATE)
    quarters = {"numerator-q1": "1", "denominator-q1": "2"}
    quarters |= {"numerator-q2": numerator, "denominator-q2": "0"}

    answer = post(as_editor, rate, by="quarter", **quarters)

    assert answer.status_code == status
    is_told = "分母が0なのに、分子が0ではありません。" in answer.content.decode()
    assert is_told is (status == 422)
    assert len(stored(cycle, RATE)) == (status == 302)


def test_a_column_from_a_spreadsheet_is_put_into_the_table_and_not_saved(as_editor, cycle):
    desk = follow(cycle, DESK)
    plain = post(as_editor, desk, fill="1", pasted="3\r\n5\r\n8\r\n").content.decode()
    named = post(as_editor, desk, fill="1", pasted="6月\t8\n4月\t3\n").content.decode()
    many = post(as_editor, desk, fill="1", pasted="1\n" * 14).content.decode()

    for page in (plain, named):
        assert 'id="value-06" name="value-06" value="8"' in page
    assert "16件" in plain
    assert "11件" in named
    assert "4月〜6月の3か月分" in plain
    assert "2行は入れていません" in many
    assert not stored(cycle, DESK)


def test_what_is_typed_is_added_up_at_once(as_editor, cycle):
    desk = follow(cycle, DESK)
    address = f"{BASE}{desk.key}/values/parts/?by=month"
    typed = {"check": "1"} | months("3", "4")
    part = as_editor.post(address, typed, headers={"HX-Request": "true"}).content.decode()
    assert "7件" in part
    assert "<h1" not in part
    assert not stored(cycle, DESK)


def test_a_typed_value_is_replaced_only_when_it_is_said(as_editor, cycle):
    desk = follow(cycle, DESK)
    row = measure(cycle, DESK, 2026, 40)
    page = told(as_editor, f"{BASE}{desk.key}/values/{row.key}/parts/?by=month")
    assert 'name="used" value="1">' in page

    post(as_editor, desk, value=row.key, base_version="1", **months("3", "4"))
    row = again(row)
    assert (row.value, row.composed_of) == (40, "")
    sentence = "年度の実績値は40件で、月ごとの内訳から計算した7件（4月〜5月の2か月分）と違います。"
    assert sentence in told(as_editor, f"{BASE}{desk.key}/")

    post(as_editor, desk, value=row.key, base_version="1", used="1", **bases(cycle, row))
    row = again(row)
    assert (row.value, row.composed_of) == (7, "month")


def test_areas_make_up_the_whole_and_differences_are_told(as_editor, cycle):
    areas(cycle, "北部圏域", "南部圏域")
    desk = follow(cycle, DESK)
    row = measure(cycle, DESK, 2026, 40)
    typed = {"value-area-10": "12", "value-area-11": "20"}
    answer = post(as_editor, desk, by="area", value=row.key, base_version="1", **typed)

    assert answer.status_code == 302
    page = told(as_editor, f"{BASE}{desk.key}/")
    assert (
        "圏域ごとの内訳から計算した32件（3圏域のうち2圏域分（中央圏域の値がありません））" in page
    )
    with within(cycle.municipality):
        assert Measurement.objects.get(pk=row.pk).value == 40


def test_two_people_in_different_months_both_keep_theirs(as_editor, cycle):
    desk = follow(cycle, DESK)
    post(as_editor, desk, **months("3", "4"))
    row = value_of(cycle, DESK)
    base = bases(cycle, row) | {"base_version": str(row.version), "used": "1"}

    assert post(as_editor, desk, value=row.key, **base, **months("3", "5")).status_code == 302
    assert post(as_editor, desk, value=row.key, **base, **months("2", "4")).status_code == 302
    row = again(row)
    assert row.value == 7


def test_two_people_in_one_month_are_asked(as_editor, cycle):
    desk = follow(cycle, DESK)
    post(as_editor, desk, **months("3", "4"))
    row = value_of(cycle, DESK)
    base = bases(cycle, row) | {"base_version": str(row.version), "used": "1"}
    post(as_editor, desk, value=row.key, **base, **months("3", "5"))

    late = post(as_editor, desk, value=row.key, **base, **months("3", "9"))
    assert late.status_code == 409
    assert "ほかの人が先に「5」と保存しました" in late.content.decode()
    row = again(row)
    assert row.value == 8
    anew = base | {"base-05": "2"}
    assert post(as_editor, desk, value=row.key, **anew, **months("3", "9")).status_code == 302
    row = again(row)
    assert row.value == 12


def test_two_people_who_begin_at_once_make_one_value(as_editor, cycle):
    desk = follow(cycle, DESK)
    post(as_editor, desk, used="1", **months("3", "4"))

    other_months = {"value-06": "5", "used": "1"}
    assert post(as_editor, desk, **other_months).status_code == 302
    same_month = post(as_editor, desk, used="1", **months("9"))
    assert same_month.status_code == 409
    assert 'value="9"' in same_month.content.decode()
    assert stored(cycle, DESK) == [(2026, 12, "value")]


def test_a_value_typed_meanwhile_is_not_overwritten_unseen(as_editor, cycle):
    desk = follow(cycle, DESK)
    row = measure(cycle, DESK, 2026, 40)
    edit = f"{BASE}{desk.key}/values/{row.key}/edit/"
    form = {"state": "value", "finality": "final", "source": "調査", "base_version": "1"}
    as_editor.post(edit, form | {"value": "44"})

    late = post(as_editor, desk, value=row.key, used="1", base_version="1", **months("3"))
    assert late.status_code == 409
    assert "ほかの人が先に年度の実績値を変更しました" in late.content.decode()
    row = again(row)
    assert row.value == 44


def test_a_computed_value_is_typed_over_nowhere(as_editor, cycle):
    desk = follow(cycle, DESK)
    post(as_editor, desk, **months("3", "4"))
    row = value_of(cycle, DESK)

    grid = told(as_editor, f"{BASE}entry/")
    assert f'name="value-{desk.key}"' not in grid
    assert "内訳から計算" in grid
    as_editor.post(f"{BASE}entry/", {f"value-{desk.key}": "99", f"source-{desk.key}": "月報"})
    edit = f"{BASE}{desk.key}/values/{row.key}/edit/"
    assert 'name="value"' not in told(as_editor, edit)
    as_editor.post(
        edit, {"source": "相談月報", "note": "速報値", "value": "99", "base_version": "1"}
    )
    api = as_editor.post(
        "/api/v1/m/990019/2026/measurements",
        {
            "items": [
                {"indicator": DESK, "fiscal_year": "2026", "value": "99", "source": "相談月報"}
            ]
        },
        content_type="application/json",
    )

    row = again(row)
    assert (row.value, row.source) == (7, "相談月報")
    assert "内訳を直してください" in api.content.decode()


def test_the_parts_go_to_the_trash_with_their_value_and_come_back(as_editor, cycle):
    desk = follow(cycle, DESK)
    post(as_editor, desk, **months("3", "4"))
    row = value_of(cycle, DESK)
    as_editor.post(f"{BASE}{desk.key}/values/{row.key}/delete/", {"base_version": "1"})
    with within(cycle.municipality):
        assert not MeasurementPart.objects.filter(period="04").exists()
        item = TrashItem.objects.get(title__contains="相談件数")
    as_editor.post(f"/m/990019/2026/trash/{item.pk}/restore/")

    with within(cycle.municipality):
        assert MeasurementPart.objects.filter(measurement__code=DESK).count() == 2


@pytest.mark.parametrize(("value", "word"), [(10, "年度の途中"), (45, "達成見込み")])
def test_a_sum_in_mid_year_is_compared_only_where_it_has_passed_the_target(
    as_editor, cycle, value, word
):
    with within(cycle.municipality):
        own = OwnDefinition.objects.create(
            key="own-desk", name="相談（独自）", unit="件", direction="higher", accumulation="sum"
        )
    indicator = follow_own(cycle, own)
    aim(cycle, indicator, 2026, 40)
    post(as_editor, indicator, **months(str(value)))

    page = told(as_editor, f"{BASE}{indicator.key}/")
    assert word in page
    assert "（年度の途中までの数）" in page


def follow_own(cycle, own):
    with within(cycle.municipality):
        return adopting.adopt(cycle, [own], by=User.objects.get(username="editor"))[0]


def test_the_rule_is_chosen_or_follows_the_kind(as_editor, cycle):
    form = {
        "name": "相談の件数",
        "unit": "件",
        "decimals": "0",
        "direction": "neutral",
        "value_kind": "count",
        "multiplier": "1",
    }
    url = f"{BASE}own/add/"

    def add(**typed):
        return as_editor.post(url, form | {"submission_key": submission_keys.new()} | typed)

    assert add().status_code == 302
    assert add(name="実人数", accumulation="running").status_code == 302
    refused = add(name="得点", value_kind="score", accumulation="sum")
    assert refused.status_code == 422
    assert "「最後の時点の値」のどれかを" in refused.content.decode()
    with within(cycle.municipality):
        rules = dict(OwnDefinition.objects.values_list("name", "accumulation"))
    assert (rules["相談の件数"], rules["実人数"]) == ("sum", "running")


def test_only_who_may_edit_and_only_here(as_editor, cycle):
    desk = follow(cycle, DESK)
    assert as_editor.get(f"{BASE}{desk.key}/values/parts/?by=week").status_code == 404
    assert as_editor.get(f"{BASE}nowhere/values/parts/").status_code == 404
    foreign = f"/m/990027/2026/indicators/{desk.key}/values/parts/"
    assert as_editor.get(foreign).status_code == 404


def test_the_page_asks_the_same_for_one_area_and_many(as_editor, cycle):
    desk = follow(cycle, DESK)
    row = measure(cycle, DESK, 2026, 40)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            told(as_editor, f"{BASE}{desk.key}/values/{row.key}/parts/?by=area")
        return len(asked)

    few = queries()
    areas(cycle, *(f"圏域{n}" for n in range(100)))
    assert queries() == few <= 20
