"""A changed definition starts a new series: asked in the form, kept with its year, told wherever values stand."""

import json

import pytest

from indicators.models import Measurement, MeasurementPart, OwnDefinition, OwnDefinitionVersion
from municipalities.kernel import trash
from municipalities.kernel.changes import Change
from municipalities.tenancy import within
from reports.document import assembly, snapshot
from reports.document.reading import gather
from tests.indicators.rows import BASE, measure

pytestmark = pytest.mark.django_db
EDIT = f"{BASE}own/own-1/edit/"
PAGE = f"{BASE}indicator-1/"
NEW = "回答のあった退院前カンファレンスの数"
CHANGED = "分母を回答のあった数に改めた"


def definition(cycle):
    with within(cycle.municipality):
        return OwnDefinition.objects.get(key="own-1")


def versions(cycle):
    with within(cycle.municipality):
        rows = OwnDefinitionVersion.objects.order_by("fiscal_year")
        return [(row.fiscal_year, row.what_changed, row.is_break) for row in rows]


FIRST = (2020, "電話での参加も数えることにした", True)


def typed(cycle, **changed):
    row = definition(cycle)
    names = (
        "name",
        "unit",
        "decimals",
        "direction",
        "value_kind",
        "numerator",
        "denominator",
        "multiplier",
        "data_source",
        "frequency",
        "period_basis",
        "caution",
    )
    told = {name: str(getattr(row, name)) for name in names}
    return told | {"base_version": str(row.version)} | changed


def broken(cycle, **more):
    told = {"denominator": NEW, "change": "break", "change_year": "R8", "what_changed": CHANGED}
    return typed(cycle, **(told | more))


def test_a_change_of_what_is_counted_is_kept_with_its_year(as_editor, cycle, people):
    assert as_editor.post(EDIT, broken(cycle)).status_code == 302

    assert definition(cycle).denominator == NEW
    assert versions(cycle) == [FIRST, (2026, CHANGED, True)]
    with within(cycle.municipality):
        row = OwnDefinitionVersion.objects.get(fiscal_year=2026)
        assert Change.objects.of(row).get().actor == people["editor"]


def test_what_is_counted_does_not_change_without_an_answer(as_editor, cycle):
    response = as_editor.post(EDIT, typed(cycle, denominator=NEW))

    shown = response.content.decode()
    assert response.status_code == 422
    assert "字句の修正か、数え方の変更かを選んでください" in shown
    assert NEW in shown
    assert definition(cycle).denominator != NEW


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [("change_year", "いつの年度からの値"), ("what_changed", "何が変わったかを入力")],
)
def test_year_and_words_are_asked_for(as_editor, cycle, left_out, sentence):
    response = as_editor.post(EDIT, broken(cycle, **{left_out: ""}))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert versions(cycle) == [FIRST]


def test_a_correction_of_wording_is_no_version(as_editor, cycle):
    assert as_editor.post(EDIT, typed(cycle, denominator=NEW, change="wording")).status_code == 302

    assert definition(cycle).denominator == NEW
    assert versions(cycle) == [FIRST]


def test_a_version_without_any_change_is_refused(as_editor, cycle):
    response = as_editor.post(
        EDIT, typed(cycle, change="break", change_year="R8", what_changed=CHANGED)
    )

    assert response.status_code == 422
    assert "が変わっていません" in response.content.decode()
    assert versions(cycle) == [FIRST]


def test_a_name_is_changed_without_being_asked(as_editor, cycle):
    assert as_editor.post(EDIT, typed(cycle, name="参加率")).status_code == 302
    assert definition(cycle).name == "参加率"


def test_without_values_nothing_is_asked(as_editor, cycle):
    with within(cycle.municipality):
        MeasurementPart.objects.all().delete()
        Measurement.objects.filter(code="own-1").delete()

    assert "change_year" not in as_editor.get(EDIT).content.decode()
    assert as_editor.post(EDIT, typed(cycle, denominator=NEW)).status_code == 302


def test_two_changes_of_one_year_are_one_version(as_editor, cycle):
    as_editor.post(EDIT, broken(cycle))
    as_editor.post(
        EDIT,
        broken(cycle, denominator="全数", change="comparable", what_changed="調査票を短くした"),
    )

    assert versions(cycle)[1] == (2026, f"{CHANGED}\n調査票を短くした", True)


def test_the_words_of_one_year_have_a_limit(as_editor, cycle):
    as_editor.post(EDIT, broken(cycle, what_changed="あ" * 300))
    response = as_editor.post(EDIT, broken(cycle, denominator="全数", what_changed="い" * 300))

    assert response.status_code == 422
    assert "500字を超えます" in response.content.decode()


@pytest.fixture
def changed(as_editor, cycle):
    """見本市 has changed the definition from 2026 on; there are values on both sides."""
    measure(cycle, "own-1", 2026, "60")
    as_editor.post(EDIT, broken(cycle))


def test_the_page_tells_of_the_change_wherever_values_are_compared(as_editor, cycle, changed):
    shown = as_editor.get(PAGE).content.decode()

    assert f"※ 令和8年度（2026年度）に定義が変わりました：{CHANGED}" in shown
    assert "令和8年度（2026年度）※" in shown
    assert "定義の移り変わり" in shown
    assert "定義が変わる前の値" in shown
    assert "30％を超えて" not in shown


def test_list_sheet_trends_and_grid_do_not_compare_over_it(as_editor, cycle, changed):
    assert "定義が変わる前の値" in as_editor.get(BASE).content.decode()
    assert "定義が変わる前の値" in as_editor.get(f"{BASE}evaluation/").content.decode()
    assert f"定義が変わりました：{CHANGED}" in as_editor.get(f"{BASE}trends/").content.decode()
    assert "30％を超えて" not in as_editor.get(f"{BASE}entry/").content.decode()


def test_a_report_that_is_read_from_its_document_tells_the_same(cycle, changed):
    with within(cycle.municipality):
        document = json.loads(assembly.canonical(snapshot.year_document(cycle)))
    line = next(one for one in gather(document).indicators if one.code == "own-1")

    assert line.chart.notes[-1].endswith(CHANGED)
    assert "定義が変わった" in line.how
    assert line.baseline.endswith("・定義が変わる前の値）")

    for row in document["definitions"]:
        row.pop("versions", None)
    old = next(one for one in gather(document).indicators if one.code == "own-1")
    assert old.chart.breaks == ()


def test_a_version_is_corrected_thrown_away_and_put_back(as_editor, cycle, changed):
    with within(cycle.municipality):
        key = OwnDefinitionVersion.objects.get(fiscal_year=2026).key
    at = f"{BASE}own/own-1/versions/{key}/"
    sent = {"fiscal_year": "R7", "what_changed": "改めた", "base_version": "1"}
    assert as_editor.post(f"{at}edit/", sent).status_code == 302
    assert versions(cycle)[1] == (2025, "改めた", False)

    assert as_editor.post(f"{at}delete/", {"base_version": "2"}).status_code == 302
    assert versions(cycle) == [FIRST]
    with within(cycle.municipality):
        item = trash.TrashItem.objects.earliest("-pk")
    as_editor.post(f"/m/990019/2026/trash/{item.pk}/restore/")
    assert versions(cycle)[1] == (2025, "改めた", False)


def test_two_versions_of_one_year_are_refused(as_editor, cycle, changed):
    with within(cycle.municipality):
        key = OwnDefinitionVersion.objects.get(fiscal_year=2026).key
    sent = {"fiscal_year": "2020", "what_changed": "改めた", "base_version": "1"}
    response = as_editor.post(f"{BASE}own/own-1/versions/{key}/edit/", sent)

    assert response.status_code == 422
    assert "すでにあります" in response.content.decode()


def test_the_document_carries_versions_out_and_in(cycle, people, changed):
    with within(cycle.municipality):
        document = json.loads(assembly.canonical(assembly.assemble(cycle)))
        told = document["own_definitions"][0]["definition_versions"]
        assert [one["fiscal_year"] for one in told] == [2020, 2026]
        told[1]["what_changed"] = "書き直した"
        assert assembly.load(cycle, document, by=people["editor"]) == []
    assert versions(cycle)[1] == (2026, "書き直した", True)
