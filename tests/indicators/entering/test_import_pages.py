"""Values in and out as files through the pages: check first, take in what was checked, or look again."""

import csv
import io
import re
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from indicators import long_format
from indicators.entering import entering
from indicators.long_format import COLUMNS, LABELS
from indicators.models import Measurement
from municipalities.kernel.drafts import Draft
from municipalities.models import Change
from tests import world

pytestmark = pytest.mark.django_db
YEAR = f"/m/{world.OURS}/{world.YEAR}/indicators/"
IMPORT, CHECK, CONFIRM = f"{YEAR}import/", f"{YEAR}import/check/", f"{YEAR}import/confirm/"
HEADER = ",".join(COLUMNS)
NEW = "990019,own-1,R6,48.2,,,,,,調査,"
CHANGED = "990019,own-1,2025,40,,,,速報,,市内病院への調査（見本）,数え直した"
DIGEST = re.compile(r'name="digest" value="([0-9a-f]{64})"')


def upload(client, *lines, codec="cp932", name="値.csv"):
    content = lines[0] if isinstance(lines[0], bytes) else "\n".join([HEADER, *lines]).encode(codec)
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def digest_on(client):
    return DIGEST.search(client.get(CHECK).content.decode())[1]


def test_a_file_is_checked_then_taken_in(as_editor, here):
    before = Measurement.objects.count()
    assert (
        upload(as_editor, NEW, CHANGED, "990019,own-1,2023,,,,,,,調査,").headers["Location"]
        == CHECK
    )

    page = as_editor.get(CHECK).content.decode()
    for words in ("CSV（文字コード：Shift_JIS）", "値：31.5 → 40", "確定の別：確定 → 速報"):
        assert words in page
    for count in ("<dd>1行</dd>", "<dd>0か所</dd>"):
        assert count in page
    assert Measurement.objects.count() == before

    response = as_editor.post(CONFIRM, {"digest": digest_on(as_editor)}, follow=True)

    assert "取り込みました（新規1件、変更1件、同じ0件）" in response.content.decode()
    assert response.request["PATH_INFO"].endswith("/history/")
    assert Measurement.objects.get(key="value-1").value == 40
    assert Measurement.objects.count() == before + 1
    assert Change.objects.filter(deed="import", key="value-1", version=2).exists()
    assert not Draft.objects.exists()


def test_four_columns_are_enough_and_the_rest_is_said(as_editor, here):
    four = (
        "指標,年度,値,出典\nown-1,R6,48.2,調査\nown-1,2025,40,市内病院への調査（見本）\n".encode()
    )
    stored = Measurement.objects.get(key="value-1")

    assert upload(as_editor, four).headers["Location"] == CHECK
    as_editor.post(CONFIRM, {"digest": digest_on(as_editor)})

    new = Measurement.objects.get(fiscal_year=2024, code="own-1")
    assert (new.value, new.state, new.finality) == (Decimal("48.2"), "value", "final")
    changed = Measurement.objects.get(key="value-1")
    assert (changed.value, changed.finality, changed.note) == (40, stored.finality, stored.note)
    assert "値として読みます" in as_editor.get(IMPORT).content.decode()


def test_a_code_of_another_town_is_refused_where_its_column_stands(as_editor, here):
    """The negative control: only a column that is missing means one's own."""
    five = (
        "自治体コード,指標,年度,値,出典\n,own-1,R6,48.2,調査\n990027,own-1,R6,48.2,調査\n".encode()
    )

    upload(as_editor, five)

    page = as_editor.get(CHECK).content.decode()
    assert "全国地方公共団体コードを書いてください" in page
    assert ">取り込む</button>" not in page


@pytest.mark.parametrize(
    ("head", "told"),
    [("指標,年度,値", "ない列：出典"), ("指標,年度,値,出典,担当", "ひな形にない列：担当")],
)
def test_a_heading_that_cannot_be_taken_names_its_columns(as_editor, here, head, told):
    response = upload(as_editor, f"{head}\nown-1,R6,48.2,調査,係\n".encode())

    assert response.status_code == 422
    assert told in response.content.decode()


def test_one_wrong_cell_names_itself_and_offers_no_taking_in(as_editor, here):
    upload(as_editor, NEW, "082015,own-1,2024,八十,,,,,,調査,", codec="utf-8-sig")

    page = as_editor.get(CHECK).content.decode()

    assert "文字コード：UTF-8" in page
    assert "値（value）" in page
    assert "自治体コード（municipality_code）" in page
    assert ">取り込む</button>" not in page
    digest = digest_on(as_editor)
    assert as_editor.post(CONFIRM, {"digest": digest}).headers["Location"] == CHECK
    assert not Measurement.objects.filter(fiscal_year=2024, code="own-1").exists()


def test_values_that_changed_meanwhile_are_checked_again(as_editor, here):
    upload(as_editor, CHANGED)
    digest = digest_on(as_editor)
    Measurement.objects.filter(key="value-1").update(value=35, version=2)

    response = as_editor.post(CONFIRM, {"digest": digest}, follow=True)

    assert "もう一度確かめてください" in response.content.decode()
    assert "値：35 → 40" in response.content.decode()
    assert Measurement.objects.get(key="value-1").value == 35


@pytest.mark.parametrize("sent", [{}, {"digest": ""}, {"digest": "0" * 64}])
def test_nothing_is_taken_in_that_was_not_checked(as_editor, here, sent):
    upload(as_editor, CHANGED)

    assert as_editor.post(CONFIRM, sent).headers["Location"] == CHECK
    assert Measurement.objects.get(key="value-1").value != 40


def test_what_was_uploaded_expires(as_editor, here):
    upload(as_editor, NEW)
    digest = digest_on(as_editor)

    with time_machine.travel(timezone.now() + timezone.timedelta(hours=1, minutes=1)):
        response = as_editor.post(CONFIRM, {"digest": digest}, follow=True)

    assert "取り込みを待っているファイルがありません" in response.content.decode()
    assert not Measurement.objects.filter(fiscal_year=2024, code="own-1").exists()


def test_what_was_uploaded_is_its_senders_only(sign_in, here):
    upload(sign_in("editor"), NEW)
    draft = Draft.objects.get()
    draft.fields = {"table": draft.fields["table"][:-4] + "AAAA"}
    draft.save()

    assert sign_in("editor").get(CHECK).headers["Location"] == IMPORT


def test_taking_in_twice_writes_once(as_editor, here):
    upload(as_editor, NEW)
    digest = digest_on(as_editor)
    as_editor.post(CONFIRM, {"digest": digest})
    written = Change.objects.count()

    assert as_editor.post(CONFIRM, {"digest": digest}).headers["Location"] == IMPORT
    assert Change.objects.count() == written


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"a;b"])
def test_a_file_that_cannot_be_read_is_told_at_once(as_editor, here, content):
    response = upload(as_editor, content)

    assert response.status_code == 422
    assert 'class="field-error"' in response.content.decode()


def test_no_file_is_asked_for(as_editor, here):
    response = as_editor.post(IMPORT, {})

    assert response.status_code == 422
    assert "ファイルを選んでください" in response.content.decode()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_comes_back_as_the_same(as_editor, here, ending):
    row = Measurement.objects.get(key="value-1")
    row.note, row.value = "=1+1\n-5", -5
    row.save()
    response = as_editor.get(f"{YEAR}export.{ending}")
    assert "attachment" in response.headers["Content-Disposition"]

    upload(as_editor, response.content, name=f"x.{ending}")
    page = as_editor.get(CHECK).content.decode()

    stored = Measurement.objects.filter(fiscal_year__lte=world.YEAR).count()
    assert f"<dt>同じ（何もしません）</dt><dd>{stored}行</dd>" in page
    assert page.count("<dd>0行</dd>") == 3
    assert ">取り込む</button>" not in page


def test_an_export_has_one_datum_a_cell(as_editor, here):
    text = as_editor.get(f"{YEAR}export.csv").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    (row,) = [row for row in rows if row["indicator"] == "own-1"]
    assert row == {
        "municipality_code": "990019",
        "indicator": "own-1",
        "fiscal_year": "2025",
        "value": "31.5",
        "numerator": "41",
        "denominator": "130",
        "state": "value",
        "finality": "final",
        "as_of": "",
        "source": "市内病院への調査（見本）",
        "note": "",
    }


def test_the_sheet_to_fill_in_names_the_years_indicators_and_comes_back_untouched(as_editor, here):
    content = as_editor.get(f"{YEAR}import/sheet.xlsx").content
    book = load_workbook(io.BytesIO(content))

    named = "退院前カンファレンスへのケアマネジャー参加率"
    assert [cell.value for cell in book.worksheets[0][1]] == list(LABELS.values())
    assert [cell.value for cell in book.worksheets[0][2]][:4] == ["990019", named, 2026, None]
    assert book.worksheets[0]["J2"].value == "市内病院への調査（見本）"
    upload(as_editor, content)
    assert "値が空欄（何もしません）</dt><dd>1行" in as_editor.get(CHECK).content.decode()


def test_a_sheet_with_names_is_taken_in(as_editor, here):
    book = load_workbook(io.BytesIO(as_editor.get(f"{YEAR}import/sheet.xlsx").content))
    book.worksheets[0]["D2"] = 33.3
    file = io.BytesIO()
    book.save(file)

    upload(as_editor, file.getvalue())
    page = as_editor.get(CHECK).content.decode()

    assert "退院前カンファレンスへのケアマネジャー参加率" in page
    assert ">取り込む</button>" in page


def test_viewers_take_values_out_and_do_not_put_them_in(sign_in, here):
    viewer = sign_in("viewer")

    assert viewer.get(f"{YEAR}export.csv").status_code == 200
    assert viewer.get(IMPORT).status_code == 403


def test_rows_are_read_while_others_may_write(here, people, monkeypatch):
    """On SQLite a transaction keeps everybody from saving, and many rows take seconds to read."""
    seen = []
    read = long_format.read

    def watched(row, place):
        seen.append(len(connection.savepoint_ids))
        return read(row, place)

    monkeypatch.setattr(long_format, "read", watched)
    row = long_format.Row(2, {"municipality_code": world.OURS, "indicator": "own-1", "value": "1"})
    outside = len(connection.savepoint_ids)

    entering.enter(here, [row, row], by=people["editor"])
    cells = {"fiscal_year": "2024", "source": "調査"} | dict(row.cells)
    report = entering.enter(here, [long_format.Row(2, cells)], by=people["editor"])

    assert report.is_written
    assert set(seen) == {outside}
