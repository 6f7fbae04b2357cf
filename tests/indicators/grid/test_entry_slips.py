"""Slips at the entry grid that nobody would see: a reason that contradicts a word, a final value, a draft that stays."""

import pytest

from indicators.models import Measurement
from tests import world
from tests.indicators.grid.test_entry import ADDRESS, CHECK, KEY, bases, typed, value_of

pytestmark = pytest.mark.django_db
DRAFT = f"/m/{world.OURS}/{world.YEAR}/drafts/entry-2026/"
BOARD = f"/m/{world.OURS}/{world.YEAR}/"
LAST = f"{KEY}.{world.YEAR - 1}"


def test_a_word_beside_another_reason_is_not_saved_but_told(as_editor, here):
    response = as_editor.post(ADDRESS, typed(value="不明", state="suppressed"))

    assert response.status_code == 422
    assert "値の欄の「不明」と、「値なしの理由」の「秘匿」が違います" in response.content.decode()
    assert value_of() is None


def test_a_word_beside_its_own_reason_is_saved(as_editor, here):
    """The negative control."""
    as_editor.post(ADDRESS, typed(value="不明", state="unknown"))

    assert value_of().state == "unknown"


@pytest.mark.parametrize(("text", "word"), [("不明", "unknown"), ("－", ""), ("5", "")])
def test_the_check_names_the_reason_of_a_word(as_editor, here, text, word):
    told = as_editor.post(CHECK, typed(value=text, state="suppressed")).json()["lines"][KEY]

    assert (told["word"], told["state"]) == (word, "suppressed")


@pytest.mark.parametrize(
    ("text", "finality", "is_told"),
    [
        ("32", "final", True),
        ("31.5", "final", False),
        ("", "final", False),
        ("32", "preliminary", False),
    ],
)
def test_the_check_tells_that_a_final_value_of_a_year_before_changes(
    as_editor, here, text, finality, is_told
):
    last = Measurement.objects.get(code="own-1", fiscal_year=world.YEAR - 1)
    Measurement.objects.filter(pk=last.pk).update(finality=finality)
    block = {f"value-{LAST}": text, f"base-{LAST}": f"{last.key}:{last.version}"}

    lines = as_editor.post(CHECK, typed(value="33") | block).json()["lines"]

    assert lines[LAST]["final"] == ("令和7年度（2025年度）" if is_told else "")
    assert lines[KEY]["final"] == ""


@pytest.mark.parametrize("query", ["", "?only=later"])
def test_throwing_a_draft_away_stays_with_the_grid(as_editor, here, query):
    as_editor.post(DRAFT, typed(value="八十") | {"base_version": "0"})

    response = as_editor.post(f"{DRAFT}discard/", {"back": f"{ADDRESS}{query}"})

    assert response["Location"] == f"{ADDRESS}{query}"
    page = as_editor.get(ADDRESS).content.decode()
    assert "下書きを破棄しました。" in page
    assert "保存していない入力があります" not in page


def test_the_banner_names_the_page_to_come_back_to(as_editor, here):
    as_editor.post(f"{DRAFT[:-1]}-later/", typed(value="八十") | {"base_version": "0"})

    page = as_editor.get(f"{ADDRESS}?only=later").content.decode()

    assert f'<input type="hidden" name="back" value="{ADDRESS}?only=later">' in page


@pytest.mark.parametrize("back", ["", "https://example.com/", "//example.com/", "/m/990027/2026/"])
def test_nobody_is_led_elsewhere_by_throwing_a_draft_away(as_editor, here, back):
    """The negative control: only a page of the same year is gone back to."""
    assert as_editor.post(f"{DRAFT}discard/", {"back": back})["Location"] == BOARD


def test_what_another_person_saved_is_not_called_another_page(sign_in, people, here):
    """The heading of a conflict: another person's, and the negative control, one's own."""
    ours = sign_in("editor")
    ours.post(ADDRESS, typed(value="40"))
    base = bases(ours.get(ADDRESS))[f"base-{KEY}"]
    ours.post(ADDRESS, typed(value="45", base=base))
    fields = typed(value="50", base=base)
    own = ours.post(ADDRESS, fields).content.decode()
    Measurement.objects.update(updated_by=people["approver"])
    others = ours.post(ADDRESS, fields).content.decode()

    assert "別の画面で先に保存した値があります" in own
    assert "ほかの人が先に保存した値があります" in others
    assert "別の画面で先に保存" not in others
