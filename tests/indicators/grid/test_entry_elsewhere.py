"""One person with the entry grid open twice: neither page takes the place of what was typed on the other."""

import re

import pytest

from indicators.models import Indicator, OwnDefinition
from municipalities.kernel.drafts import Draft
from tests import world
from tests.indicators.grid.test_entry import ADDRESS, CHECK, KEY, typed, value_of

pytestmark = pytest.mark.django_db
DRAFT = f"/m/{world.OURS}/{world.YEAR}/drafts/entry-2026/"
LATER = f"/m/{world.OURS}/{world.YEAR}/indicators/{KEY}/later/"
NAMED = re.compile(r'name="(opening|seen)" value="([^"]*)"')
COUNTED = re.compile(r"いつもと違う値（\d+）")
WAITS = "保存していない入力があります"
STRANGE = "5000"
CHECKED = {f"checked_as-{KEY}": "actual", f"checked_note-{KEY}": ""}


@pytest.fixture(autouse=True)
def second(here):
    """A second line beside the first one."""
    own = OwnDefinition.objects.create(key="own-second", name="二つめ", unit="人")
    indicator = Indicator(cycle=here, key="second", position=2)
    indicator.follow(own)
    indicator.save()


def opened(client, address=ADDRESS):
    """Return how a page names itself and what it shows."""
    return dict(NAMED.findall(client.get(address).content.decode()))


def keep(client, page, key=KEY, **texts):
    return client.post(DRAFT, typed(key, **texts) | page | {"base_version": "0"})


def save(client, page, **texts):
    return client.post(ADDRESS, typed(**texts) | page)


def test_every_opening_has_a_name_of_its_own(as_editor):
    assert opened(as_editor)["opening"] != opened(as_editor)["opening"]


def test_a_draft_of_another_page_is_not_overwritten_but_told(as_editor):
    here, there = opened(as_editor), opened(as_editor)
    assert keep(as_editor, there, "second", value="7").status_code == 200

    answer = keep(as_editor, here, value="14")

    assert answer.status_code == 409
    assert "別の画面でも入力している" in answer.json()["message"]
    assert Draft.objects.get().fields["value-second"] == "7"


def test_a_page_goes_on_with_its_own_draft_and_with_the_one_that_it_shows(as_editor):
    """The negative control: who has the draft before their eyes is not asked."""
    first = opened(as_editor)
    for text in ("1", "14"):
        assert keep(as_editor, first, value=text).status_code == 200

    reopened = opened(as_editor)

    assert keep(as_editor, reopened, value="15").status_code == 200
    assert keep(as_editor, first, value="16").status_code == 409


def test_saving_one_page_leaves_the_draft_of_the_other_and_shows_it(as_editor):
    here, there = opened(as_editor), opened(as_editor)
    keep(as_editor, there, "second", value="7")

    response = save(as_editor, here | {"next": "1"}, value="14")

    assert value_of().value == 14
    assert response["Location"].startswith(ADDRESS)
    page = as_editor.get(response["Location"]).content.decode()
    assert "別の画面（タブや端末）で入力して、まだ保存していない内容があります。" in page
    assert 'name="value-second" value="7"' in page
    assert f'name="value-{KEY}" value="14"' in page
    assert WAITS in page


def test_what_both_pages_have_typed_into_one_cell_is_asked_about(as_editor):
    here, there = opened(as_editor), opened(as_editor)
    keep(as_editor, there, value="7")

    save(as_editor, here, value="14")

    page = as_editor.get(ADDRESS).content.decode()
    assert f'name="value-{KEY}" value="7"' in page
    assert "あなたが別の画面で先に保存しました：</strong>14" in page


def test_the_page_that_has_typed_the_draft_saves_it_away(as_editor):
    page = opened(as_editor)
    keep(as_editor, page, value="14")

    save(as_editor, page, value="14")

    assert not Draft.objects.exists()


def test_a_page_that_comes_back_with_an_error_knows_what_it_has_typed_before(as_editor):
    page = opened(as_editor)
    keep(as_editor, page, value="八十")

    answer = save(as_editor, page, value="八十").content.decode()
    again = dict(NAMED.findall(answer))

    assert page["opening"] in again["seen"].split()
    assert keep(as_editor, again, value="80").status_code == 200
    save(as_editor, again, value="80")
    assert not Draft.objects.exists()


def test_a_draft_that_says_what_is_stored_is_not_offered(as_editor):
    page = opened(as_editor)
    save(as_editor, page, value="14")
    keep(as_editor, opened(as_editor), value="14", base="")

    assert WAITS not in as_editor.get(ADDRESS).content.decode()


def test_the_check_counts_what_is_strange_by_now(as_editor):
    save(as_editor, opened(as_editor), value="30")
    asked = typed(value=STRANGE)

    strange = as_editor.post(CHECK, asked).json()["doubtful"]
    answered = as_editor.post(CHECK, asked | CHECKED).json()["doubtful"]

    assert (strange, answered) == ("いつもと違う値（1）", "いつもと違う値（0）")


def test_what_was_counted_while_typing_is_there_when_it_is_chosen(as_editor):
    keep(as_editor, opened(as_editor), value=STRANGE)
    whole = as_editor.get(ADDRESS).content.decode()

    chosen = as_editor.get(f"{ADDRESS}?only=doubtful").content.decode()

    assert COUNTED.search(whole)[0] == COUNTED.search(chosen)[0] == "いつもと違う値（1）"
    assert f'name="value-{KEY}" value="{STRANGE}"' in chosen
    assert "second" not in chosen
    # Thrown away is the draft that is shown.
    assert f'action="{DRAFT}discard/"' in chosen


def test_a_mark_beside_the_line_leaves_the_count_and_the_choice(as_editor):
    keep(as_editor, opened(as_editor), value=STRANGE)
    address = f"http://testserver{ADDRESS}?only=doubtful"
    headers = {"HX-Request": "true", "HX-Current-URL": address}

    part = as_editor.post(LATER, {"later": "1"}, headers=headers).content.decode()

    assert "いつもと違う値（1）" in part
    assert re.search(r'href="\?only=doubtful" aria-current="page"', part)
