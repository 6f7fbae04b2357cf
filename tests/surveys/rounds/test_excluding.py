"""What came in a flood is left out together by its hours, looked up by its number, and taken in again together."""

import datetime as dt
import re

import pytest

from municipalities.kernel.changes import Change
from surveys.models import Response
from surveys.rounds import returns
from tests.surveys.asking import asking

MORNING = dt.datetime(2026, 11, 27, 0, tzinfo=dt.UTC)
NOON = MORNING + dt.timedelta(hours=3)


@pytest.fixture
def asked(here):
    """Two answers came in the morning; in the hour of noon five, four of them with a remark; an office answered too."""
    row = asking(here)
    moments = [(MORNING, "")] * 2 + [(NOON, "入力がとても速い（7問を1秒）")] * 4 + [(NOON, "")]
    for number, (at, remark) in enumerate(moments):
        answer(row, number, received_at=at, remark=remark)
    answer(row, 7, way="invitation")
    return row


def answer(row, number, **values):
    Response.objects.create(
        key=f"response-00000a000{number}", round=row, submission=f"s{number}", **values
    )


@pytest.fixture
def address(asked):
    return f"{asked.page}responses/exclusion/"


def fields(since=NOON, until=NOON, **more):
    times = {"since": since.isoformat(), "until": until.isoformat()}
    return times | {"why": "大量に送られた", "action": "exclude"} | more


def valid(row):
    return returns.of(row).valid


def test_the_page_says_how_many_before_it_does_anything(as_editor, address, asked):
    shown = as_editor.get(address).content.decode()
    counted = as_editor.post(address, fields(action="count")).content.decode()

    assert "令和8年11月27日 12時台（5件、うち確認したほうがよい回答4件）" in shown
    assert "5件を集計から除きます。まだ除いていません" in counted
    assert valid(asked) == 8


def test_an_hour_is_left_out_and_taken_in_again(as_editor, address, asked):
    told = as_editor.post(address, fields(), follow=True).content.decode()

    assert "5件を集計から除きました" in told
    assert "大量に送られた（まとめて除外）" in told
    assert valid(asked) == 3
    # An office, and whoever came in another hour, is counted still.
    assert Response.objects.get(way="invitation").is_excluded is False
    change = Change.objects.of(asked).first()
    assert (change.deed, change.after["count"]) == ("exclude_many", 5)

    why = re.search(r'name="why" value="([^"]+)"', told.partition("まとめて除いた回答")[2])[1]
    back = as_editor.post(f"{asked.page}responses/readmission/", {"why": why}, follow=True)

    assert "5件を集計に戻しました" in back.content.decode()
    assert valid(asked) == 8
    assert Change.objects.of(asked).first().deed == "readmit_many"


def test_what_looks_like_anybodys_answer_can_be_spared(as_editor, address, asked):
    as_editor.post(address, fields(only_remarked="on"))

    assert valid(asked) == 4


def test_what_was_left_out_by_hand_is_not_taken_in_with_the_others(as_editor, address, asked):
    Response.objects.filter(key="response-00000a0000").update(
        is_excluded=True, excluded_why="大量に送られた"
    )
    as_editor.post(address, fields())

    for why in ("大量に送られた", "大量に送られた（まとめて除外）"):
        as_editor.post(f"{asked.page}responses/readmission/", {"why": why})

    assert list(Response.objects.filter(is_excluded=True).values_list("key", flat=True)) == [
        "response-00000a0000"
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"why": ""}, "除く理由を入力してください"),
        ({"since": NOON.isoformat(), "until": MORNING.isoformat()}, "同じか、後の時間"),
        ({"since": "2026-01-01T00:00:00+00:00"}, ""),
    ],
)
def test_what_does_not_fit_is_said(as_editor, address, asked, changed, sentence):
    page = as_editor.post(address, fields() | changed)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert valid(asked) == 8


def test_a_second_press_leaves_nobody_out(as_editor, address, asked):
    as_editor.post(address, fields(), follow=True)

    told = as_editor.post(address, fields(until=NOON), follow=True)

    assert told.status_code == 422
    assert valid(asked) == 3


def test_a_viewer_leaves_nothing_out(sign_in, address, asked):
    viewer = sign_in("viewer")

    assert viewer.post(address, fields()).status_code == 403
    assert viewer.post(f"{asked.page}responses/readmission/", {"why": "x"}).status_code == 403


@pytest.mark.parametrize(
    "typed", ["00000-A0003", "00000a0003", "００００００－Ａ０００３"[1:], " 00000 a0003 "]
)
def test_a_receipt_leads_to_its_answer_however_it_is_written(as_editor, asked, typed):
    page = as_editor.get(f"{asked.page}responses/", {"receipt": typed}).content.decode()

    assert "00000-A0003" in page
    assert "00000-A0002" not in page


def test_the_number_of_a_sheet_leads_to_it(as_editor, asked):
    answer(asked, 8, way="paper", sheet_number="12")

    page = as_editor.get(f"{asked.page}responses/?receipt=１２").content.decode()

    assert '<th scope="row">12</th>' in page
    assert "00000-A0002" not in page


@pytest.mark.parametrize("typed", ["FFFFF-FFFFF", "-", "response", "%"])
def test_a_number_that_nobody_has_is_said(as_editor, asked, typed):
    page = as_editor.get(f"{asked.page}responses/", {"receipt": typed}).content.decode()

    assert "の回答は、この調査にはありません" in page
