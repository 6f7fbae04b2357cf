"""Beside the lines of the entry grid: what was found about a strange value, the flag, and the detail of an indicator."""

import json

import pytest

from indicators.models import Indicator, Measurement, OwnDefinition
from municipalities.models import Change
from reports.choices import ReportStatus
from reports.document import assembly, snapshot
from tests import world
from tests.indicators.grid.test_entry import ADDRESS, CHECK, KEY, bases, typed, value_of

pytestmark = pytest.mark.django_db
INDICATORS = f"/m/{world.OURS}/{world.YEAR}/indicators/"
DETAIL = f"{INDICATORS}{KEY}/entry/"
LATER = f"{INDICATORS}{KEY}/later/"
HTMX = {"HX-Request": "true"}
# Ten times last year's 31.5.
STRANGE = "315"


def answered(value=STRANGE, *, as_="actual", note="病院に確かめた", **texts):
    return typed(value=value, checked_as=as_, checked_note=note, **texts)


def checked_as():
    return (value_of().checked_as, value_of().checked_note)


def test_a_strange_value_is_saved_without_a_reason_and_asked_about_again(as_editor, here):
    as_editor.post(ADDRESS, typed(value=STRANGE))

    page = as_editor.get(ADDRESS).content.decode()

    assert value_of().value == 315
    assert "10倍です。単位は合っていますか。" in page
    for chip in ("未確認", "制度変更", "集計方法", "実際の増減", "その他"):
        assert f"> {chip}</label>" in page
    assert "いつもと違う値（1）" in page


def test_what_was_found_is_kept_and_folds_the_question(as_editor, here):
    as_editor.post(ADDRESS, answered())

    page = as_editor.get(ADDRESS).content.decode()

    assert checked_as() == ("actual", "病院に確かめた")
    assert "<summary>確かめた：実際の増減：病院に確かめた</summary>" in page
    assert "いつもと違う値（0）" in page
    assert (
        "確かめた：実際の増減：病院に確かめた"
        in as_editor.get(f"{INDICATORS}{KEY}/").content.decode()
    )


def test_a_value_that_is_not_strange_has_nothing_to_be_found(as_editor, here):
    """The negative control: what the form says of it is not kept."""
    as_editor.post(ADDRESS, answered("32"))

    assert checked_as() == ("", "")


def test_a_reason_that_is_none_and_a_note_without_one_are_not_kept(as_editor, here):
    as_editor.post(ADDRESS, answered(as_="because"))

    assert checked_as() == ("", "")


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("長" * 201, "200字以内で入力してください"),
        ("見え\0ない", "その文字を消して入力してください"),
    ],
)
def test_a_note_that_cannot_be_kept_comes_back(as_editor, here, note, sentence):
    response = as_editor.post(ADDRESS, answered(note=note))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert note in page
    assert f'href="#checked_note-{KEY}"' in page
    assert value_of() is None


@pytest.mark.parametrize("way", ["grid", "form", "file"])
def test_another_value_is_yet_to_be_checked(as_editor, here, way):
    as_editor.post(ADDRESS, answered())
    base = bases(as_editor.get(ADDRESS))[f"base-{KEY}"]

    if way == "grid":
        as_editor.post(ADDRESS, typed(value="3150", base=base))
    elif way == "form":
        form = {"value": "3150", "state": "value", "finality": "final", "source": "調査"}
        address = f"{INDICATORS}{KEY}/values/{value_of().key}/edit/"
        note = form | {"base_version": "1", "value": STRANGE, "note": "注"}
        assert as_editor.post(address, note).status_code == 302
        assert checked_as() == ("actual", "病院に確かめた")
        assert as_editor.post(address, form | {"base_version": "2"}).status_code == 302
    else:
        row = {"indicator": "own-1", "fiscal_year": world.YEAR, "value": "3150", "source": "調査"}
        address = f"/api/v1/m/{world.OURS}/{world.YEAR}/measurements"
        sent = json.dumps({"items": [{"municipality_code": world.OURS} | row]})
        answer = as_editor.post(address, sent, content_type="application/json")
        assert answer.status_code == 200, answer.content

    assert (value_of().value, *checked_as()) == (3150, "", "")


def test_the_same_value_stays_checked_whatever_else_is_edited(as_editor, here):
    """The negative control of the one before."""
    as_editor.post(ADDRESS, answered())
    base = bases(as_editor.get(ADDRESS))[f"base-{KEY}"]

    as_editor.post(ADDRESS, typed(value=STRANGE, note="注", base=base))

    assert (value_of().note, *checked_as()) == ("注", "actual", "病院に確かめた")


def test_the_document_carries_the_marks_and_a_report_does_not(as_editor, here):
    report = world.report_of(kind="final")
    told = snapshot.report_document(report, submitted_at=None, status=ReportStatus.DRAFT)

    frozen = assembly.canonical(told).decode()
    whole = assembly.canonical(assembly.assemble(here)).decode()

    for mark in ("is_to_check", "checked_as", "checked_note", "病院に問い合わせて確かめた"):
        assert mark in whole
        assert mark not in frozen


def test_the_detail_tells_years_limits_definition_and_who_changed_what(as_editor, here):
    as_editor.post(ADDRESS, typed(value="40"))

    page = as_editor.get(DETAIL).content.decode()

    for text in (
        "令和8年度（2026年度）",
        "令和4年度（2022年度）",
        "31.5％",
        "40.0％",
        "市内病院への調査（見本）",
    ):
        assert text in page
    assert "0％から100％の間" in page
    assert "令和7年度（2025年度）の値の上下30％まで（22.1％～40.9％）" in page
    assert "令和8年度（2026年度）の値：作成" in page
    assert "値：（空欄） → 40" in page
    assert str(value_of().updated_by) in page
    assert "<html" in page


def test_htmx_gets_the_detail_alone(as_editor, here):
    page = as_editor.get(DETAIL, headers=HTMX).content.decode()

    assert "5年間の値" in page
    assert "<html" not in page


def test_the_detail_of_another_year_or_town_is_absent(as_editor, sign_in):
    assert as_editor.get(f"{INDICATORS}no-such/entry/").status_code == 404
    assert sign_in("neighbour").get(DETAIL).status_code == 404
    assert sign_in("viewer").get(DETAIL).status_code == 403


def test_the_flag_is_put_and_taken_away_and_filters_the_lines(as_editor, here, more_lines):
    flagged = Indicator.objects.get(key=KEY)
    assert flagged.is_to_check
    page = as_editor.get(f"{ADDRESS}?only=later").content.decode()
    assert "あとで確かめる（1）" in page
    assert f'id="line-{KEY}"' in page
    assert 'id="line-more-2"' not in page
    assert 'id="line-more-2"' in as_editor.get(ADDRESS).content.decode()

    response = as_editor.post(LATER)

    assert response["Location"].endswith(f"indicators/entry/#line-{KEY}")
    assert not Indicator.objects.get(key=KEY).is_to_check
    page = as_editor.get(f"{ADDRESS}?only=later").content.decode()
    assert "あとで確かめる（0）" in page
    assert f'id="line-{KEY}"' not in page
    change = Change.objects.filter(model="indicators.indicator").latest("pk")
    assert change.after == {"is_to_check": False}


def test_by_htmx_the_mark_and_the_counts_come_with_the_detail(as_editor, here):
    as_editor.post(LATER)

    page = as_editor.post(LATER, {"later": "1"}, headers=HTMX).content.decode()

    assert f'<span id="later-{KEY}" hx-swap-oob="true">' in page
    assert "あとで確かめる（1）" in page
    assert "印を外す" in page
    assert "<html" not in page


def test_the_chosen_lines_are_saved_alone_and_have_a_draft_of_their_own(
    as_editor, here, more_lines
):
    drafts = f"/m/{world.OURS}/{world.YEAR}/drafts/"
    as_editor.post(f"{drafts}entry-2026/", typed("more-2", value="7") | {"base_version": "0"})

    response = as_editor.post(f"{ADDRESS}?only=later", typed(value="40"))

    assert response["Location"] == f"{ADDRESS}?only=later"
    assert value_of().value == 40
    assert 'value="7"' in as_editor.get(f"{ADDRESS}?draft").content.decode()
    page = as_editor.get(f"{ADDRESS}?only=later").content.decode()
    assert f"{drafts}entry-2026-later/" in page


def test_a_line_with_an_error_comes_back_whatever_was_chosen(as_editor, here, more_lines):
    sent = typed("more-2", value="八十") | typed("more-3", value="5")

    page = as_editor.post(f"{ADDRESS}?only=later", sent).content.decode()

    assert 'name="value-more-2" value="八十"' in page
    assert 'id="line-more-3"' not in page


def test_saving_leads_on_to_the_list_or_stays(as_editor, here):
    stays = as_editor.post(ADDRESS, typed(value="40") | {"opening": "abc"})
    leads = as_editor.post(ADDRESS, typed(value="40") | {"next": "1", "opening": "abc"})

    assert stays["Location"] == f"{ADDRESS}?saved=abc"
    assert leads["Location"] == INDICATORS


def test_a_page_that_comes_back_says_which_opening_has_arrived(as_editor, here):
    page = as_editor.post(ADDRESS, typed(value="八十") | {"opening": '"abc'}).content.decode()

    assert 'data-arrived="&quot;abc"' in page
    assert 'data-arrived=""' in as_editor.get(ADDRESS).content.decode()


def test_who_saved_first_is_named_while_typing_and_when_saving(sign_in, here):
    ours = sign_in("editor")
    ours.post(ADDRESS, typed(value="40"))
    base = bases(ours.get(ADDRESS))[f"base-{KEY}"]
    assert ours.post(CHECK, typed(value="50", base=base)).json()["lines"][KEY]["theirs"] == ""
    ours.post(ADDRESS, typed(value="45", base=base))
    who = str(value_of().updated_by)

    told = ours.post(CHECK, typed(value="50", base=base)).json()["lines"][KEY]
    page = ours.post(ADDRESS, typed(value="50", base=base)).content.decode()

    assert told["theirs"].startswith(f"45.0％（確定、出典：調査）。保存した人：{who}（")
    assert f"保存した人：{who}（" in page
    assert "最新を見る" in page
    assert value_of().value == 45


# A block of several years: the years before have fields of their own, by the year at the end of their names.
LAST, BEFORE_LAST = f"{KEY}.{world.YEAR - 1}", f"{KEY}.{world.YEAR - 2}"


def in_year(year):
    return Measurement.objects.filter(code="own-1", fiscal_year=year).first()


def base_of(year):
    row = in_year(year)
    return f"{row.key}:{row.version}"


def test_a_block_fills_the_years_before_and_corrects_what_stands_there(as_editor, here):
    before = {
        f"value-{LAST}": "３２．０％",
        f"base-{LAST}": base_of(world.YEAR - 1),
        f"value-{BEFORE_LAST}": "30",
        f"base-{BEFORE_LAST}": "",
    }

    response = as_editor.post(ADDRESS, typed(value="33") | before, follow=True)

    assert "3件を保存しました。" in response.content.decode()
    assert in_year(world.YEAR - 1).value == 32
    assert in_year(world.YEAR - 1).source == "市内病院への調査（見本）"
    assert (in_year(world.YEAR - 2).value, in_year(world.YEAR - 2).source) == (30, "調査")
    assert value_of().value == 33


def test_an_empty_year_before_and_the_same_number_touch_nothing(as_editor, here):
    count = Change.objects.count()
    same = {f"value-{LAST}": "31.5", f"base-{LAST}": base_of(world.YEAR - 1)}

    as_editor.post(
        ADDRESS, typed() | same | {f"value-{BEFORE_LAST}": "", f"base-{BEFORE_LAST}": ""}
    )

    assert Change.objects.count() == count
    assert in_year(world.YEAR - 1).numerator == 41


def test_a_year_before_that_cannot_be_read_comes_back_beside_its_stored_value(as_editor, here):
    wrong = {f"value-{LAST}": "三十くらい", f"base-{LAST}": base_of(world.YEAR - 1)}

    response = as_editor.post(ADDRESS, typed(value="33") | wrong)

    page = response.content.decode()
    assert response.status_code == 422
    assert "1件を保存しました。" in page
    assert f'id="value-{LAST}" name="value-{LAST}" value="三十くらい"' in page
    assert f'href="#value-{LAST}"' in page
    assert "（令和7年度（2025年度））：" in page
    assert in_year(world.YEAR - 1).value == 31.5


def test_a_sign_in_a_year_before_says_where_to_explain_it(as_editor, here):
    response = as_editor.post(ADDRESS, typed() | {f"value-{BEFORE_LAST}": "－"})

    assert response.status_code == 422
    assert "指標の画面でその年度の値を開いて選んでください" in response.content.decode()
    assert in_year(world.YEAR - 2) is None


def test_a_year_before_that_somebody_else_saved_is_not_overwritten_unseen(as_editor, here):
    base = base_of(world.YEAR - 1)
    as_editor.post(ADDRESS, typed() | {f"value-{LAST}": "34", f"base-{LAST}": base})

    response = as_editor.post(ADDRESS, typed() | {f"value-{LAST}": "35", f"base-{LAST}": base})

    assert response.status_code == 409
    assert in_year(world.YEAR - 1).value == 34
    mine = {f"value-{LAST}": "35"} | bases(response)
    assert as_editor.post(ADDRESS, typed() | mine | {f"theirs-{LAST}": "1"}).status_code == 302
    assert in_year(world.YEAR - 1).value == 34
    assert as_editor.post(ADDRESS, typed() | mine).status_code == 302
    assert in_year(world.YEAR - 1).value == 35


def test_this_year_is_compared_with_the_last_year_of_the_same_block(as_editor, here):
    alone = as_editor.post(CHECK, typed(value="90")).json()["lines"]
    block = typed(value="90") | {f"value-{LAST}": "88", f"base-{LAST}": base_of(world.YEAR - 1)}

    beside = as_editor.post(CHECK, block).json()["lines"]

    assert "30％を超えて増えています" in alone[KEY]["doubts"][0]
    assert beside[KEY]["doubts"] == []
    assert beside[LAST]["errors"] == {}


def test_only_the_years_on_the_page_are_taken(as_editor, here):
    """The negative control: a name that no field of ours has writes nothing."""
    for year in (world.YEAR - 3, world.YEAR, world.YEAR + 1):
        as_editor.post(ADDRESS, typed() | {f"value-{KEY}.{year}": "50"})

    assert not Measurement.objects.filter(code="own-1", value=50).exists()


@pytest.fixture
def more_lines(here):
    """Two more indicators beside the flagged one."""
    for number in (2, 3):
        definition = OwnDefinition.objects.create(
            key=f"own-more-{number}", name=f"数{number}", unit="人"
        )
        indicator = Indicator(cycle=here, key=f"more-{number}", position=number)
        indicator.follow(definition)
        indicator.save()
