"""A file of statistics from its arrival to the pages of the towns: front door, worker, cancel, all or nothing."""

import io
import re
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from indicators.intake.comparing.comparing import First, Shown
from indicators.intake.layouts import shipped
from indicators.intake.taking import receiving
from indicators.models import (
    Dataset,
    Definition,
    Indicator,
    LayoutColumn,
    Measurement,
    PublishedValue,
    StagedBlock,
    StagedValue,
    StatisticsLayout,
    StatisticsUpload,
)
from indicators.templatetags import intake
from municipalities.japanese import fiscal
from municipalities.kernel import jobs
from municipalities.kernel.changes import create_versioned
from municipalities.models import AccessEvent, Job, MedicalArea, Membership, Prefecture, User
from municipalities.people import recording
from tests import world
from tests.indicators.intake import statistics_samples as files

pytestmark = pytest.mark.django_db
LIST = "/p/99/2026/statistics/"
TITLE = "在宅医療の見本統計"
HEAD = "団体コード,市区町村,訪問診療を実施する診療所数（令和6年度）,総人口（令和6年度）\n"
ROWS = "990019,見本市,12,45678\n990027,見本町,3,9876\n990035,見本村,-,1234\n"
SAID = (Decimal(1), "value")
# A correction of a file of the long format that leaves its columns as they were proposed.
LONG_AS_IT_IS = {
    "role-3": "year",
    "indicator-3": "",
    "year-3": "",
    "role-4": "value",
}


def send(client, content, name="見本の統計.csv", base=LIST):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    response = client.post(f"{base}files/add/", {"file": file})
    assert response.status_code == 302, response.content.decode()
    work()
    return StatisticsUpload.objects.latest("pk")


def work():
    """Do what the worker does with every job that waits."""
    while job := Job.objects.claimable().first():
        jobs.run(job.pk)


def corrected(client, upload, base=LIST, **values):
    """Send the layout back with other values; what is not named stays as it is proposed."""
    layout = upload.layout
    data = {
        "title": TITLE,
        "publisher": "見本県",
        "sheet": layout.sheet,
        "form": layout.form,
        "heading_from": layout.heading_from,
        "heading_to": layout.heading_to,
        "first_row": layout.first_row,
        "code_form": layout.code_form,
        "place_column": layout.place_column,
        "prefecture_column": layout.prefecture_column,
        "fiscal_year": "",
        "dash": "zero",
        "dots": "unknown",
        "middle_dot": "not_applicable",
        "star": "suppressed",
        "role-3": "value",
        "indicator-3": "home_visit_clinics",
        "year-3": "令和6年度",
        "role-4": "value",
        "indicator-4": "population_total",
        "year-4": "2024",
    } | values
    response = client.post(f"{base}files/{upload.pk}/layout/", data)
    work()
    upload.refresh_from_db()
    return response


def take(client, upload, base=LIST, **said):
    response = client.post(f"{base}files/{upload.pk}/take/", {"version": upload.version, **said})
    work()
    upload.refresh_from_db()
    return response


def nothing_waits():
    return not StagedValue.objects.exists() and not StagedBlock.objects.exists()


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def checked(officer):
    upload = send(officer, HEAD + ROWS)
    assert corrected(officer, upload).status_code == 302
    assert upload.state == "checking", upload.message
    return upload


def test_a_row_that_a_bare_comma_has_moved_is_refused_whole(officer):
    """「1,710」 without quotes is two cells: everything right of it would be taken for its neighbour."""
    moved = ROWS.split("\n")
    moved[0] = f"{moved[0]},9"
    upload = send(officer, HEAD + "\n".join(moved))

    corrected(officer, upload)

    assert upload.refused_cells == 1
    assert "桁区切りのカンマ" in officer.get(f"{LIST}files/{upload.pk}/").content.decode()


def test_one_file_fills_all_towns_of_the_prefecture(officer, checked):
    assert (checked.new, checked.changed, checked.same, checked.refused_cells) == (6, 0, 0, 0)
    assert not PublishedValue.objects.filter(dataset__title=TITLE).exists()

    take(officer, checked)

    assert checked.state == "done"
    dataset = Dataset.objects.get(title=TITLE)
    assert (dataset.prefecture.code, dataset.publisher) == ("99", "見本県")
    values = PublishedValue.objects.filter(dataset=dataset, definition__code="home_visit_clinics")
    assert dict(values.values_list("place_code", "value")) == {
        "990019": Decimal(12),
        "990027": Decimal(3),
        "990035": Decimal(0),
    }
    assert checked.content is None
    assert nothing_waits()
    page = officer.get(LIST).content.decode()
    assert TITLE in page
    assert "取り込み済み" in page


def test_the_check_tells_what_is_new_changed_and_the_same(officer, checked):
    take(officer, checked)

    again = send(officer, HEAD + ROWS.replace(",12,", ",15,"))
    corrected(officer, again)

    assert (again.new, again.changed, again.same) == (0, 1, 5)
    page = officer.get(f"{LIST}files/{again.pk}/").content.decode()
    assert "変わる値" in page
    assert "1件を取り込む" in page
    take(officer, again)
    assert PublishedValue.objects.get(
        dataset__title=TITLE, definition__code="home_visit_clinics", place_code=world.OURS
    ).value == Decimal(15)
    assert Dataset.objects.filter(title=TITLE).count() == 1


def test_one_refused_cell_keeps_the_whole_file_out_and_is_told_by_cell(officer):
    upload = send(officer, HEAD + ROWS.replace("9876", "九千くらい"))
    corrected(officer, upload)

    assert (upload.state, upload.refused_cells) == ("checking", 1)
    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    assert "九千くらい" in page
    assert "件を取り込む" not in page
    take(officer, upload)
    assert upload.state == "checking"
    assert not Dataset.objects.filter(title=TITLE).exists()

    book = load_workbook(io.BytesIO(officer.get(f"{LIST}files/{upload.pk}/errors.xlsx").content))
    _, line = book.active.iter_rows(values_only=True)
    assert line[:4] == (3, 4, "D3", "九千くらい")


def test_a_sign_whose_meaning_nobody_told_is_refused(officer):
    upload = send(officer, HEAD + ROWS)
    corrected(officer, upload, dash="refused")

    assert upload.refused_cells == 1
    cell = upload.refused.get()
    assert (cell.row, cell.column, cell.text) == (4, 3, "-")


def test_towns_of_other_prefectures_are_counted_and_not_taken(officer, sign_in):
    stranger = sign_in("other-officer")
    upload = send(stranger, HEAD + ROWS, base="/p/98/2026/statistics/")
    corrected(stranger, upload, base="/p/98/2026/statistics/")

    assert (upload.new, upload.rows_elsewhere) == (0, 3)
    assert "となり県の行がありません" in upload.message
    assert (
        "件を取り込む"
        not in stranger.get(f"/p/98/2026/statistics/files/{upload.pk}/").content.decode()
    )


def test_the_operator_fills_the_whole_country(sign_in):
    operator, base = sign_in("operator"), "/manage/statistics/"
    upload = send(operator, HEAD + ROWS, base=base)
    corrected(operator, upload, base=base)
    take(operator, upload, base=base)

    assert upload.state == "done"
    assert Dataset.objects.get(title=TITLE).prefecture is None
    assert TITLE in operator.get(base).content.decode()


def test_bad_layout_says_what_to_do_and_keeps_what_was_typed(officer):
    upload = send(officer, HEAD + ROWS)
    version = upload.version

    response = corrected(
        officer, upload, title="", heading_to="0", **{"indicator-3": "どこにもない指標"}
    )

    assert response.status_code == 422
    shown = response.content.decode()
    assert "統計の名称を入力してください" in shown
    assert "どこにもない指標" in shown
    assert "指標の一覧にない名称です" in shown
    assert "都道府県が「県の指標」に登録すると、その都道府県の取り込みで選べます。" in shown
    assert upload.version == version


def test_the_page_is_asked_for_anew_as_soon_as_the_worker_has_read_the_file(officer):
    file = SimpleUploadedFile("見本の統計.csv", (HEAD + ROWS).encode())
    officer.post(f"{LIST}files/add/", {"file": file})
    page = f"{LIST}files/{StatisticsUpload.objects.latest('pk').pk}/"

    assert "HX-Redirect" not in officer.get(f"{page}status/").headers
    work()
    assert officer.get(f"{page}status/").headers["HX-Redirect"] == page


def test_a_name_that_two_indicators_bear_means_neither(officer):
    name = Definition.objects.get(code="births").name
    Definition.objects.filter(code="deaths").update(name=name)
    upload = send(officer, HEAD + ROWS)

    response = corrected(officer, upload, **{"indicator-4": name})

    assert response.status_code == 422
    assert "指標の一覧にない名称です" in response.content.decode()
    assert corrected(officer, upload, **{"indicator-4": "deaths"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "stays"),
    [({"publisher": "別の県"}, True), ({"dash": "refused"}, False), ({"first_row": "3"}, False)],
)
def test_what_reads_the_file_otherwise_was_not_verified(officer, checked, typed, stays):
    """The columns stay as they are."""
    StatisticsLayout.objects.filter(pk=checked.layout.pk).update(verified_with="令和5年のファイル")
    checked.refresh_from_db()

    assert corrected(officer, checked, **typed).status_code == 302

    assert bool(StatisticsLayout.objects.get(pk=checked.layout.pk).verified_with) is stays


def test_a_layout_that_is_kept_reads_the_next_file(officer, checked):
    corrected(officer, checked, is_kept="on")
    take(officer, checked)

    assert StatisticsLayout.objects.get(is_kept=True, is_shipped=False).prefecture.code == "99"
    next_year = send(officer, HEAD + ROWS.replace(",12,", ",20,"))
    assert LayoutColumn.objects.filter(
        layout=next_year.layout, definition__code="home_visit_clinics", number=3
    ).exists()
    assert (next_year.changed, next_year.same) == (1, 5)


def test_a_layout_that_is_kept_is_not_put_on_another_statistic_of_the_same_places(officer):
    """The next year of the same statistic is recognised beside it, with its title of that year, its publisher and its signs."""
    first = send(officer, "令和6年度 在宅療養の状況（見本県調べ）\n" + HEAD + ROWS)
    corrected(officer, first, title="令和6年度 在宅療養の状況（見本県調べ）", is_kept="on")
    take(officer, first)
    assert first.state == "done", first.message

    head = "団体コード,市区町村,在宅看取り数,施設看取り数\n"
    rows = "990019,見本市,12,20\n990027,見本町,3,4\n"
    other = send(officer, "見本県 看取りの集計 令和3年度\n" + head + rows, name="看取り.csv").layout
    assert (other.title, other.publisher) == ("見本県 看取りの集計 令和3年度", "")
    assert (other.dash, other.fiscal_year) == ("refused", 2021)
    assert list(other.columns.values_list("role", flat=True)) == ["skipped"] * 2 + ["value"] * 2

    again = HEAD.replace("令和6", "令和7") + ROWS
    second = send(officer, "令和7年度 在宅療養の状況（見本県調べ）\n" + again).layout
    assert (second.title, second.publisher) == ("令和7年度 在宅療養の状況（見本県調べ）", "見本県")
    assert (second.dash, second.fiscal_year) == ("zero", 2025)
    years = second.columns.filter(role="value").values_list("definition__code", "fiscal_year")
    assert list(years) == [("home_visit_clinics", 2025), ("population_total", 2025)]


def test_what_is_corrected_is_remembered_unless_somebody_says_otherwise(officer):
    upload = send(officer, HEAD + ROWS)
    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    assert re.search(r'<input[^>]*name="is_kept"[^>]*checked', page)

    corrected(officer, upload)
    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    assert not re.search(r'<input[^>]*name="is_kept"[^>]*checked', page)
    take(officer, upload)
    assert not StatisticsLayout.objects.filter(is_kept=True, is_shipped=False).exists()


def test_a_newer_correction_takes_the_place_of_the_older_and_is_forgotten_on_request(officer):
    first = send(officer, HEAD + ROWS)
    corrected(officer, first, is_kept="on")
    take(officer, first)
    second = send(officer, HEAD + ROWS.replace(",12,", ",20,"))
    corrected(officer, second, is_kept="on", **{"indicator-3": "home_visit_hospitals"})
    take(officer, second)

    (kept,) = StatisticsLayout.objects.filter(is_kept=True, is_shipped=False)
    assert kept == second.layout
    page = officer.get(LIST).content.decode()
    assert "覚えている様式" in page
    assert officer.post(f"{LIST}layouts/{kept.pk}/forget/").status_code == 302
    assert not StatisticsLayout.objects.filter(is_kept=True, is_shipped=False).exists()
    assert "覚えている様式" not in officer.get(LIST).content.decode()
    assert officer.post(f"{LIST}layouts/{kept.pk}/forget/").status_code == 404


def test_another_prefecture_forgets_none_of_ours(officer, sign_in):
    upload = send(officer, HEAD + ROWS)
    corrected(officer, upload, is_kept="on")
    take(officer, upload)

    stranger = sign_in("other-officer")
    page = f"/p/98/2026/statistics/layouts/{upload.layout.pk}/forget/"
    assert stranger.post(page).status_code == 404


def test_the_layout_of_a_file_that_is_given_up_is_not_remembered(officer):
    upload = send(officer, HEAD + ROWS)
    corrected(officer, upload, is_kept="on")

    officer.post(f"{LIST}files/{upload.pk}/cancel/")

    assert not StatisticsLayout.objects.filter(is_shipped=False).exists()


@pytest.mark.parametrize("is_corrected", [True, False])
def test_a_file_that_is_given_up_forgets_none_of_what_others_have_kept(officer, is_corrected):
    kept, other = send(officer, HEAD + ROWS), send(officer, HEAD + ROWS.replace(",12,", ",20,"))
    corrected(officer, kept, is_kept="on")
    if is_corrected:
        corrected(officer, other, is_kept="on")
    take(officer, kept)
    assert kept.state == "done"

    officer.post(f"{LIST}files/{other.pk}/cancel/")

    assert StatisticsLayout.objects.get(is_shipped=False) == kept.layout
    assert f"{LIST}layouts/{kept.layout_id}/forget/" in officer.get(LIST).content.decode()


def as_it_was_read(upload):
    """Return every column of a layout as the page shows it."""
    return {
        name: text
        for one in upload.layout.columns.select_related("definition")
        for name, text in (
            (f"role-{one.number}", one.role),
            (f"indicator-{one.number}", one.definition.code if one.definition else ""),
            (f"year-{one.number}", str(one.fiscal_year or "")),
            (f"factor-{one.number}", f"{one.factor:f}"),
        )
    }


def test_a_layout_is_called_verified_until_somebody_reads_the_file_otherwise(country, officer):
    upload = send(officer, (files.FILES / files.T108).read_bytes(), name=files.T108)
    page, verified = f"{LIST}files/{upload.pk}/", "この様式は、実際のファイルで確かめています"
    assert verified in officer.get(page).content.decode()

    kept = as_it_was_read(upload)
    layout = upload.layout
    kept |= {name: getattr(layout, name) for name in ("dash", "dots", "middle_dot", "star")}
    corrected(officer, upload, **kept)
    assert upload.layout.title == TITLE
    assert verified in officer.get(page).content.decode()

    number = upload.layout.columns.filter(role="value").latest("number").number
    corrected(officer, upload, **kept | {f"role-{number}": "skipped"})
    shown = officer.get(page).content.decode()
    assert verified not in shown
    assert "実際のファイルではまだ確かめていません" in shown


def test_the_page_that_takes_a_file_tells_which_layouts_were_verified(country, officer):
    page = re.sub(r"<[^>]+>", " ", officer.get(f"{LIST}files/add/").content.decode())
    told = " ".join(page.split())

    for line in shipped.lines_of("layouts.csv"):
        verified = line["verified_with"] or "まだ確かめていません"
        assert f"{line['name']} {verified}" in told


def test_the_guide_says_of_as_many_layouts_that_no_file_was_at_hand():
    """The guide has 見える化 in one row, the layouts in two; the sheet of no fixed layout is no kind of file."""
    guide = (settings.BASE_DIR / "docs" / "ja" / "tokei-torikomi.md").read_text(encoding="utf-8")
    told = {line.split("|")[1].strip() for line in guide.splitlines() if "**未確認**" in line}
    unverified = {
        line["name"] for line in shipped.lines_of("layouts.csv") if not line["verified_with"]
    }

    assert {name.partition("（")[0] for name in told} | {"1行に1つの市区町村を書いた表"} == {
        name.partition("（")[0] for name in unverified
    }


def test_a_file_that_no_layout_was_known_for_says_that_its_shape_was_looked_at(officer, checked):
    """What it is called is no layout that anybody knows; the next file of its kind is read by the one that was kept."""
    shape, known = "表の形と見出しから見分けました", "の様式として読みました"
    page = officer.get(f"{LIST}files/{checked.pk}/").content.decode()
    assert (shape in page, known in page) == (True, False)

    other = send(officer, HEAD + ROWS.replace(",12,", ",13,"))
    corrected(officer, other, is_kept="on")
    take(officer, other)
    again = send(officer, HEAD + ROWS.replace(",12,", ",14,"), name="次の年.csv")

    page = officer.get(f"{LIST}files/{again.pk}/").content.decode()
    assert (shape in page, known in page) == (False, True)


def test_a_file_whose_statistic_was_removed_says_so(officer, checked):
    take(officer, checked)
    told = "この統計の値は、あとで取り除きました"
    assert told not in officer.get(LIST).content.decode()

    officer.post(f"{LIST}{Dataset.objects.get(title=TITLE).pk}/delete/")

    assert told in officer.get(LIST).content.decode()
    assert told in officer.get(f"{LIST}files/{checked.pk}/").content.decode()


def test_a_file_that_is_none_ends_with_a_sentence(officer):
    upload = send(officer, b"\x00\x01\x02 nothing", name="写真.xlsx")

    assert upload.state == "failed"
    assert upload.message
    assert upload.message in officer.get(f"{LIST}files/{upload.pk}/").content.decode()


def test_a_statistic_called_like_its_file_is_asked_about(officer):
    upload = send(officer, HEAD + ROWS)
    asked, page = "統計の名称が、ファイルの名前のままです", f"{LIST}files/{upload.pk}/"
    assert asked in officer.get(page).content.decode()

    corrected(officer, upload)

    assert asked not in officer.get(page).content.decode()


def test_a_renamed_file_is_told_from_its_bytes(officer):
    upload = send(officer, HEAD + ROWS, name="統計.xlsx")

    assert upload.state == "checking"
    shown = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    assert "ファイル名は「.xlsx」ですが、中身はCSVでした" in shown


def test_a_cancelled_file_stops_and_writes_nothing(officer, checked):
    assert officer.post(f"{LIST}files/{checked.pk}/cancel/").status_code == 302

    checked.refresh_from_db()
    assert (checked.state, checked.content) == ("cancelled", None)
    assert nothing_waits()
    take(officer, checked)
    assert checked.state == "cancelled"
    assert not Dataset.objects.filter(title=TITLE).exists()


def test_a_file_cancelled_while_it_waits_for_the_worker_is_not_written(officer, checked):
    receiving.take(checked, by=checked.uploaded_by)
    assert officer.post(f"{LIST}files/{checked.pk}/cancel/").status_code == 302
    work()

    assert not Dataset.objects.filter(title=TITLE).exists()


def test_a_value_that_changed_after_the_check_is_looked_at_again(officer, checked):
    take(officer, checked)
    second = send(officer, HEAD + ROWS.replace(",12,", ",15,"))
    corrected(officer, second)
    PublishedValue.objects.filter(dataset__title=TITLE, value=12).update(value=13)

    take(officer, second)

    assert second.state == "checking"
    assert "確認のあとで" in second.message
    assert PublishedValue.objects.filter(dataset__title=TITLE, value=13).exists()
    take(officer, second)
    assert PublishedValue.objects.filter(dataset__title=TITLE, value=15).exists()


def test_a_value_that_appeared_or_went_after_the_check_is_looked_at_again(officer, checked):
    take(officer, checked)
    ours = PublishedValue.objects.filter(dataset__title=TITLE, place_code=world.OURS)
    ours.filter(definition__code="home_visit_clinics").delete()
    second = send(officer, HEAD + ROWS)
    corrected(officer, second)
    assert (second.new, second.changed) == (1, 0)
    PublishedValue.objects.create(
        dataset=Dataset.objects.get(title=TITLE),
        definition=Definition.objects.get(code="home_visit_clinics"),
        place_kind="municipality",
        place_code=world.OURS,
        fiscal_year=2024,
        value=12,
    )

    take(officer, second)

    assert (second.state, second.new) == ("checking", 0)
    ours.delete()
    third = send(officer, HEAD + ROWS.replace(",12,", ",15,"))
    corrected(officer, third)
    PublishedValue.objects.filter(dataset__title=TITLE, place_code=world.THEIRS).delete()
    take(officer, third)
    assert third.state == "checking"
    assert "確認のあとで" in third.message


def test_numbers_and_signs_are_stored_as_they_were_read(officer):
    signs = "990019,見本市,－,0.0500\n990027,見本町,…,-7.25\n990035,見本村,x,12345678901.1234\n"
    upload = send(officer, HEAD + signs)
    corrected(officer, upload, dash="not_applicable")
    take(officer, upload)

    rows = PublishedValue.objects.filter(dataset__title=TITLE, place_kind="municipality")
    stored = rows.values_list("definition__code", "value", "state")
    assert sorted(stored, key=lambda row: (row[0], row[2], row[1] or 0)) == [
        ("home_visit_clinics", None, "not_applicable"),
        ("home_visit_clinics", None, "suppressed"),
        ("home_visit_clinics", None, "unknown"),
        ("population_total", Decimal("-7.25"), "value"),
        ("population_total", Decimal("0.05"), "value"),
        ("population_total", Decimal("12345678901.1234"), "value"),
    ]
    again = send(officer, HEAD + signs)
    corrected(officer, again, dash="not_applicable")
    assert (again.new, again.changed) == (0, 0)
    assert again.same >= len(stored)


def test_what_waited_as_single_rows_is_taken_after_the_upgrade(officer, checked):
    """As the version before left it: a row for each value, and no block."""
    take(officer, checked)
    rows = ROWS.replace(",12,", ",15,").replace("990035,見本村,-", "990035,見本村,…")
    second = send(officer, HEAD + rows)
    corrected(officer, second)
    gone = PublishedValue.objects.filter(
        dataset__title=TITLE, definition__code="population_total", place_code=world.THEIRS
    )
    gone.delete()
    corrected(officer, second)
    assert second.new == 1
    StagedBlock.objects.filter(upload=second).delete()
    for value in PublishedValue.objects.filter(dataset__title=TITLE):
        staged_as_before(second, value)

    import_module("indicators.migrations.0014_statistics_in_blocks").pack(apps, None)
    take(officer, second)

    assert second.state == "done", second.message
    values = PublishedValue.objects.filter(dataset__title=TITLE, place_kind="municipality")
    values = values.order_by("place_code")
    clinics = values.filter(definition__code="home_visit_clinics").values_list("value", "state")
    assert list(clinics) == [(15, "value"), (3, "value"), (None, "unknown")]
    assert gone.get().value == 9876


def staged_as_before(upload, value):
    """Stage a value that stays, unless another deed is staged for it already."""
    key = {
        "definition": value.definition,
        "place_kind": value.place_kind,
        "place_code": value.place_code,
        "fiscal_year": value.fiscal_year,
    }
    told = {"value": value.value, "state": value.state}
    found = {"found_value": value.value, "found_state": value.state}
    rest = {"deed": "same", "row": 2, "column": 3}
    StagedValue.objects.get_or_create(upload=upload, **key, defaults=told | found | rest)


def test_going_back_to_the_version_before_closes_what_waits_with_a_sentence(officer, checked):
    import_module("indicators.migrations.0014_statistics_in_blocks").send_away(apps, None)

    checked.refresh_from_db()
    assert (checked.state, checked.content) == ("failed", None)
    assert (
        "もう一度ファイルを選んでください"
        in officer.get(f"{LIST}files/{checked.pk}/").content.decode()
    )


def test_what_was_looked_at_in_another_reading_is_not_taken(officer, checked):
    old = checked.version
    corrected(officer, checked, dash="unknown")

    officer.post(f"{LIST}files/{checked.pk}/take/", {"version": old})
    work()

    checked.refresh_from_db()
    assert checked.state == "checking"


def test_the_right_is_asked_again_by_the_worker(officer, checked):
    receiving.take(checked, by=checked.uploaded_by)
    Membership.objects.filter(user=checked.uploaded_by).delete()
    work()

    checked.refresh_from_db()
    assert checked.state == "failed"
    assert not Dataset.objects.filter(title=TITLE).exists()


def test_another_prefectures_file_and_statistic_are_absent(officer, checked, sign_in):
    take(officer, checked)
    dataset = Dataset.objects.get(title=TITLE)
    stranger, there = sign_in("other-officer"), "/p/98/2026/statistics/"

    assert stranger.get(f"{there}files/{checked.pk}/").status_code == 404
    assert stranger.post(f"{there}files/{checked.pk}/cancel/").status_code == 404
    assert stranger.post(f"{there}{dataset.pk}/delete/").status_code == 404
    assert stranger.get(f"{LIST}files/{checked.pk}/").status_code == 404
    assert sign_in("editor").get(LIST).status_code == 404


def test_a_statistic_is_taken_out_again_after_a_question(officer, checked):
    take(officer, checked)
    dataset = Dataset.objects.get(title=TITLE)
    count = PublishedValue.objects.filter(dataset=dataset).count()

    assert "元に戻すには" in officer.get(f"{LIST}{dataset.pk}/delete/").content.decode()
    assert officer.post(f"{LIST}{dataset.pk}/delete/").status_code == 302
    assert not PublishedValue.objects.filter(dataset=dataset.pk).exists()
    event = AccessEvent.objects.get(deed="statistic")
    assert (event.actor, event.scope_code) == (checked.uploaded_by, "99")
    assert event.before["statistic"] == TITLE
    assert event.before["values"] == count > 0
    assert f"{TITLE}（値{count:,}件）" in recording.in_words(event.before)
    shipped = Dataset.objects.create(code="shipped", title="付属", fingerprint="x")
    assert officer.post(f"{LIST}{shipped.pk}/delete/").status_code == 404


@pytest.mark.parametrize("page", ["delete", "public"])
def test_a_statistic_that_is_gone_already_is_answered_with_a_sentence(
    officer, checked, sign_in, page
):
    take(officer, checked)
    address = f"{LIST}{Dataset.objects.get(title=TITLE).pk}/"
    officer.post(f"{address}delete/")

    for again in (officer.get, officer.post):
        told = again(f"{address}{page}/", follow=True)
        assert told.redirect_chain == [(LIST, 302)]
        assert f"「{TITLE}」は、すでに取り除かれています" in told.content.decode()
    assert AccessEvent.objects.filter(deed="statistic").count() == 1
    # Who had nothing to do with it does not learn that it was ever there.
    there = address.replace("/99/", "/98/")
    assert sign_in("other-officer").post(f"{there}{page}/").status_code == 404
    assert officer.get(f"{LIST}999999/{page}/").status_code == 404


def test_a_town_takes_the_values_of_its_indicators_over_at_once(officer, checked, sign_in, here):
    take(officer, checked)
    definition = Definition.objects.get(code="home_visit_clinics")
    indicator = Indicator(cycle=here, key="followed", position=99)
    indicator.follow(definition)
    create_versioned(indicator, by=User.objects.get(username="editor"))
    editor, page = sign_in("editor"), "/m/990019/2026/indicators/published/"
    published = PublishedValue.objects.get(
        dataset__title=TITLE, definition=definition, place_code=world.OURS
    )
    theirs = PublishedValue.objects.get(
        dataset__title=TITLE, definition=definition, place_code=world.THEIRS
    )

    shown = editor.get(page).content.decode()
    assert TITLE in shown
    assert f'value="{published.pk}" checked' in shown

    assert editor.post(page, {"published": ["", "x", "9" * 30]}).status_code == 422
    pressed = {"published": [published.pk, theirs.pk]}
    assert editor.post(page, pressed).status_code == 302
    row = Measurement.objects.get(code="home_visit_clinics")
    assert (row.value, row.fiscal_year, row.source) == (Decimal(12), 2024, TITLE)
    assert "取り入れ済み" in editor.get(page).content.decode()
    assert editor.post(page, pressed).status_code == 422
    assert Measurement.objects.filter(code="home_visit_clinics").count() == 1


def test_the_list_of_files_is_paged_and_never_reads_their_bytes(officer, checked):
    made = [
        StatisticsUpload(
            prefecture=checked.prefecture,
            uploaded_by=checked.uploaded_by,
            file_name=f"{number}.csv",
            content=b"x",
            sha256="0",
            state="cancelled",
        )
        for number in range(200)
    ]
    StatisticsUpload.objects.bulk_create(made)

    with CaptureQueriesContext(connection) as asked:
        first = officer.get(LIST).content.decode()
        officer.get(f"{LIST}files/{checked.pk}/")

    assert first.count(".csv</a></th>") == 50
    assert "1／5ページ" in first
    assert checked.file_name in officer.get(f"{LIST}?page=5").content.decode()
    assert not any('"content"' in query["sql"] for query in asked)


def test_too_many_open_files_are_refused_with_a_sentence(officer):
    for _ in range(receiving.MOST_OPEN):
        send(officer, HEAD + ROWS)
    file = SimpleUploadedFile("一つ多い.csv", (HEAD + ROWS).encode())

    response = officer.post(f"{LIST}files/add/", {"file": file})

    assert response.status_code == 422
    assert "確認待ちのファイルが10件あります" in response.content.decode()


def test_the_files_in_the_way_are_named_with_their_addresses(officer):
    page = f"{LIST}files/add/"
    sent = [send(officer, HEAD + ROWS) for _ in range(receiving.MOST_OPEN - 1)]
    assert "確認待ちのファイル" not in officer.get(page).content.decode()
    sent.append(send(officer, HEAD + ROWS))

    asked = officer.get(page).content.decode()
    file = SimpleUploadedFile("一つ多い.csv", (HEAD + ROWS).encode())
    refused = officer.post(page, {"file": file}).content.decode()

    for shown in (asked, refused):
        assert "確認待ちのファイルが10件あるため" in shown
        for one in sent:
            assert f'href="{LIST}files/{one.pk}/"' in shown
    officer.post(f"{LIST}files/{sent[0].pk}/cancel/")
    assert "確認待ちのファイル" not in officer.get(page).content.decode()


@pytest.mark.parametrize(("content", "told"), [(b"", "空です"), (None, "選んでください")])
def test_no_file_or_an_empty_one_is_refused(officer, content, told):
    data = {} if content is None else {"file": SimpleUploadedFile("空.csv", content)}

    response = officer.post(f"{LIST}files/add/", data)

    assert response.status_code == 422
    assert told in response.content.decode()
    assert not StatisticsUpload.objects.exists()


def test_what_the_file_says_stands_before_what_is_computed_from_it():
    first = First(2)
    told = [Shown(row, 1, ("municipality", "990019"), "a", 2024, SAID, None) for row in (0, 5, 4)]
    for one in told * 2:
        first.add(one)

    assert [one.row for one in first.of()] == [4, 4]
    assert first.takes(4)
    assert not first.takes(0)


def test_a_medical_area_is_called_by_its_name(db):
    MedicalArea.objects.create(
        scheme="medical_2024",
        code="9981",
        name="見本北",
        prefecture=Prefecture.objects.get(code="99"),
    )
    row = StagedValue(place_kind="medical_area", place_code="9981")

    assert intake.place_name(intake.place_names([row]), row) == "見本北（二次医療圏）"


class TestAnnualReport:
    """介護保険事業状況報告（年報）: two tables as the real ones stand, with the towns of the example and one union."""

    INSURED = (("見本市", 10_000), ("見本町", 2_000), ("見本村", 400), ("見本中部広域連合", 9_000))
    CERTIFIED = (("見本市", 1_850), ("見本町", 420), ("見本村", 90), ("見本中部広域連合", 1_700))
    RATE = "ltc_certification_rate_no1"

    @staticmethod
    def saved(**sheets):
        made, file = Workbook(), io.BytesIO()
        made.remove(made.active)
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
        made.save(file)
        return file.getvalue()

    def insured(self):
        title = "第２表　保険者別　第１号被保険者数　（年度末現在）"
        ages = ("６５歳以上７５歳未満", "７５歳以上８５歳未満", "８５歳以上")
        rows = [[title], [], [None] * 7 + ["（単位：人）"], ["都道府県", "保険者", "計"]]
        rows += [[None, None, None, *ages, "外国人被保険者", "住所地特例被保険者"]]
        rows += [["見本県", town, n, n // 2, n // 4, n // 4, 1, 2] for town, n in self.INSURED]
        return self.saved(**{"02h": rows})

    def certified(self):
        title = (
            "第４－１－１表　保険者別　要介護（要支援）認定者数　男女計　－総数－　（年度末現在）"
        )
        levels = (*(f"要支援{n}" for n in "１２"), *(f"要介護{n}" for n in "１２３４５"), "合計")

        def sheet(head, more):
            rows = [[title], [], ["※　注"], [None] * 9 + ["（単位：人）"]]
            rows += [["都道府県", "保険者", head], [None, None, *levels]]
            return rows + [["見本県", town, *[n // 7] * 7, n + more] for town, n in self.CERTIFIED]

        heads = {"04-1-1h①": ("総数", 7), "04-1-1h②": ("（再掲）第１号被保険者", 0)}
        return self.saved(**{name: sheet(*told) for name, told in heads.items()})

    def answered(self, officer, upload, year="令和5年度"):
        """Send the one form that asks for the year, as it stands on the page."""
        page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
        asked = page.index("何年度の値かが、ファイルに書かれていません")
        form = page[page.rindex("<form", 0, asked) :].partition("</form>")[0]
        data = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form)) | {"fiscal_year": year}
        response = officer.post(f"{LIST}files/{upload.pk}/layout/", data)
        work()
        upload.refresh_from_db()
        return response

    def brought_in(self, officer, content, name):
        upload = send(officer, content, name=name)
        assert self.answered(officer, upload).status_code == 302
        assert upload.refused_cells == 0
        assert upload.layout.verified_with
        officer.post(
            f"{LIST}files/{upload.pk}/take/",
            {
                "version": upload.version,
                "is_public": "1",
                "public_source": "厚生労働省のホームページ",
            },
        )
        work()
        upload.refresh_from_db()
        assert upload.state == "done"
        return upload

    def test_two_files_give_the_rate_of_every_town_with_one_question_each(self, officer):
        self.brought_in(officer, self.insured(), "02h.xlsx")
        upload = self.brought_in(officer, self.certified(), "04-1-1h.xlsx")

        assert upload.dataset.title == "介護保険事業状況報告（年報）"
        values = PublishedValue.objects.filter(dataset=upload.dataset, fiscal_year=2023)
        rates = values.filter(definition__code=self.RATE, place_kind="municipality")
        assert dict(rates.values_list("place_code", "value")) == {
            "990019": Decimal("18.5"),
            "990027": Decimal(21),
            "990035": Decimal("22.5"),
        }
        counts = values.filter(definition__code="ltc_certified_no1", place_code="990019")
        assert counts.get().value == 1850

    def test_the_other_way_round_too(self, officer):
        self.brought_in(officer, self.certified(), "04-1-1h.xlsx")
        upload = self.brought_in(officer, self.insured(), "02h.xlsx")

        rates = PublishedValue.objects.filter(
            dataset=upload.dataset, definition__code=self.RATE, place_kind="municipality"
        )
        assert sorted(rates.values_list("value", flat=True)) == [
            Decimal("18.5"),
            Decimal(21),
            Decimal("22.5"),
        ]

    def test_the_page_tells_which_sheet_is_read_and_who_is_left_out(self, officer):
        upload = send(officer, self.certified(), name="04-1-1h.xlsx")
        page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
        self.answered(officer, upload)
        checked = officer.get(f"{LIST}files/{upload.pk}/").content.decode()

        assert "「04-1-1h①」、「04-1-1h②」）のうち、シート「04-1-1h②」の表として読みました" in page
        assert "（広域連合など）の行は取り込みません：見本中部広域連合。" in checked

    @pytest.mark.parametrize(("year", "told"), [("去年", "去年"), ("", "年度が空欄です")])
    def test_another_year_or_none_is_asked_again(self, officer, year, told):
        upload = send(officer, self.insured(), name="02h.xlsx")

        response = self.answered(officer, upload, year=year)

        assert response.status_code == 422
        assert told in response.content.decode()
        assert 'id="year-of-all-error"' in response.content.decode()
        assert upload.layout.fiscal_year is None
        assert not PublishedValue.objects.filter(definition__code="ltc_insured_no1").exists()


def test_a_layout_of_the_long_format_can_be_corrected(officer):
    """Its rows tell their indicator: the column of values has none of its own, and nobody asks for one."""
    rows = "municipality_code,indicator,fiscal_year,value\n990019,home_visit_clinics,2024,－\n"
    upload = send(officer, rows, name="値.csv")
    assert (upload.layout.form, upload.refused_cells) == ("long", 1)
    typed = {"indicator-4": "", "year-4": ""}

    response = corrected(officer, upload, **LONG_AS_IT_IS, **typed)

    assert response.status_code == 302
    assert (upload.new, upload.refused_cells) == (1, 0)
    value = upload.layout.columns.get(number=4)
    assert (value.role, value.definition) == ("value", None)


def test_a_wide_layout_still_has_to_name_its_indicators(officer):
    upload = send(officer, HEAD + ROWS)

    response = corrected(officer, upload, **{"indicator-3": ""})

    assert response.status_code == 422
    assert "指標を選んでください" in response.content.decode()


def test_an_old_workbook_is_told_how_to_be_saved(officer):
    upload = send(officer, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, name="geppou.xls")

    assert upload.state == "failed"
    page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()
    assert "「Excelブック（.xlsx）」として保存し直してください" in page


@pytest.mark.parametrize(("years_on", "refused"), [(0, 0), (1, 1), (24, 1)])
def test_what_is_measured_is_of_no_year_that_has_not_come(officer, checked, years_on, refused):
    """The fiscal year of today is the newest: a census of 2050 is a slip."""
    year = fiscal.fiscal_year_of(timezone.localdate()) + years_on

    corrected(officer, checked, **{"year-4": f"{year}"})

    page = officer.get(f"{LIST}files/{checked.pk}/").content.decode()
    assert checked.refused_cells == refused
    assert (f"まだ来ていない{fiscal.label(year)}のもの" in page) == bool(refused)
    take(officer, checked)
    assert checked.state == ("checking" if refused else "done")


def test_what_is_projected_is_of_years_to_come(officer, checked):
    """The negative control."""
    corrected(officer, checked, **{"indicator-4": "projected_population", "year-4": "2050"})

    assert checked.refused_cells == 0
    assert checked.new


def test_taking_in_a_second_time_says_that_it_is_being_taken_in(officer, checked):
    url = f"{LIST}files/{checked.pk}/take/"
    officer.post(url, {"version": checked.version})

    said = officer.post(url, {"version": checked.version}, follow=True).content.decode()

    assert "すでに取り込んでいます" in said
    assert "取り込める状態ではありません" not in said
    work()
    said = officer.post(url, {"version": checked.version}, follow=True).content.decode()
    assert "すでに取り込みました" in said
