"""The entry grid through its page: typing, reasons, errors beside cells, two people at once."""

import html
import re
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.grid import grid, grid_html
from indicators.models import Indicator, Measurement, OwnDefinition
from municipalities.models import Change
from tests import world

pytestmark = pytest.mark.django_db
ADDRESS = f"/m/{world.OURS}/{world.YEAR}/indicators/entry/"
CHECK = f"{ADDRESS}check/"
KEY = "indicator-1"
HIDDEN = re.compile(r'name="(base-[^"]+)" value="([^"]*)"')


def typed(key=KEY, **texts):
    """Return the fields of one line as a browser sends them."""
    line = {
        "value": "",
        "state": "",
        "as_of": "",
        "finality": "final",
        "source": "調査",
        "note": "",
        "base": "",
    }
    return {f"{name}-{key}": text for name, text in (line | texts).items()}


def bases(response):
    return dict(HIDDEN.findall(response.content.decode()))


def value_of(code="own-1"):
    return Measurement.objects.filter(code=code, fiscal_year=world.YEAR).first()


@pytest.fixture
def more(here):
    """Two more indicators: a count and a difference."""
    for number, unit in ((2, "人"), (3, "件")):
        definition = OwnDefinition.objects.create(
            key=f"own-more-{number}", name=f"<数>{number}", unit=unit
        )
        indicator = Indicator(cycle=here, key=f"more-{number}", position=number)
        indicator.follow(definition)
        indicator.save()


# What is typed → what is stored and shown: the table of the grid.
@pytest.mark.parametrize(
    ("text", "stored", "shown"),
    [
        ("１，２３４", "1234", "1,234"),
        ("1,234人", "1234", "1,234"),
        ("1 234", "1234", "1,234"),
        ("▲５", "-5", "−5"),
        ("△5", "-5", "−5"),
        ("−5", "-5", "−5"),
        ("0", "0", "0"),
    ],
)
def test_a_typed_number_is_stored_and_shown(as_editor, more, text, stored, shown):
    response = as_editor.post(ADDRESS, typed("more-2", value=text), follow=True)

    assert value_of("own-more-2").value == int(stored)
    assert f'name="value-more-2" value="{shown}"' in response.content.decode()
    assert "1件を保存しました。" in response.content.decode()


@pytest.mark.parametrize("text", ["62.5%", "６２．５％"])
def test_a_percentage_is_stored_without_its_sign(as_editor, here, text):
    as_editor.post(ADDRESS, typed(value=text))

    assert str(value_of().value) == "62.5000"


@pytest.mark.parametrize(
    ("text", "state"),
    [("該当なし", "not_applicable"), ("不明", "unknown"), ("秘匿", "suppressed")],
)
def test_a_word_sets_the_reason_at_once(as_editor, here, text, state):
    response = as_editor.post(ADDRESS, typed(value=text), follow=True)

    assert (value_of().value, value_of().state) == (None, state)
    assert f'<option value="{state}" selected>' in response.content.decode()


@pytest.mark.parametrize("sign", ["－", "-", "—", "…", "x", "Ｘ"])
def test_a_sign_asks_what_it_means(as_editor, here, sign):
    response = as_editor.post(ADDRESS, typed(value=sign))

    assert response.status_code == 422
    assert "が何を表すかを、「値なしの理由」で選んでください" in response.content.decode()
    assert value_of() is None
    as_editor.post(ADDRESS, typed(value=sign, state="unknown"))
    assert value_of().state == "unknown"


@pytest.mark.parametrize("text", ["八十", "10~20", "12件", "<script>"])
def test_what_is_no_number_stays_as_typed_with_a_sentence(as_editor, here, text):
    response = as_editor.post(ADDRESS, typed(value=text))

    page = response.content.decode()
    assert response.status_code == 422
    assert f'name="value-{KEY}" value="{html.escape(text)}"' in page
    assert "aria-invalid" in page
    assert value_of() is None


def test_a_nul_in_a_note_keeps_every_text_in_its_place_and_escaped(as_editor, here):
    response = as_editor.post(ADDRESS, typed(value="7", note="<b>\x00</b>"))

    assert response.status_code == 422
    shown = response.content.decode()
    assert "&lt;b&gt;\x00&lt;/b&gt;</textarea>" in shown
    assert value_of() is None


def test_nothing_typed_touches_nothing(as_editor, here, more):
    before = Change.objects.count()

    response = as_editor.post(ADDRESS, typed() | typed("more-2"), follow=True)

    assert "変更はありませんでした。" in response.content.decode()
    assert Change.objects.count() == before


def test_emptying_a_cell_does_not_delete_and_says_so(as_editor, here):
    as_editor.post(ADDRESS, typed(value="40"))
    page = as_editor.get(ADDRESS)
    base = bases(page)[f"base-{KEY}"]

    told = as_editor.post(CHECK, typed(base=base)).json()["lines"][KEY]
    as_editor.post(ADDRESS, typed(base=base))

    assert "消えません" in told["doubts"][0]
    assert value_of().value == 40


def test_every_good_line_is_saved_and_the_others_come_back(as_editor, here, more):
    """A line is a fact of its own: an error in one loses none of the others."""
    sent = typed(value="40") | typed("more-2", value="八十") | typed("more-3", value="5")

    response = as_editor.post(ADDRESS, sent)

    page = response.content.decode()
    assert response.status_code == 422
    assert "2件を保存しました。" in page
    assert (value_of().value, value_of("own-more-3").value) == (40, 5)
    assert 'name="value-more-2" value="八十"' in page
    # What was saved has its version by now: saving the page again overwrites nothing of others.
    again = sent | bases(response) | {"value-more-2": "80"}
    assert as_editor.post(ADDRESS, again).status_code == 302
    assert value_of("own-more-2").value == 80
    assert value_of().version == 1


def test_one_more_value_takes_few_statements_whatever_stands_in_the_other_lines(
    as_editor, here, more
):
    sent = typed(value="40") | typed("more-2", value="8") | typed("more-3", value="5")
    as_editor.post(ADDRESS, sent)
    sent |= bases(as_editor.get(ADDRESS)) | {"value-more-2": "9"}

    with CaptureQueriesContext(connection) as queries:
        as_editor.post(ADDRESS, sent)

    of_rows = [query for query in queries if "SAVEPOINT" not in query["sql"]]
    assert value_of("own-more-2").value == 9
    # Around the saving of the page and around the one value that has changed, and none for the others.
    assert len(of_rows) <= 10
    assert len(queries) - len(of_rows) <= 6


def test_a_page_that_comes_back_still_says_what_an_indicator_is_used_for(as_editor, here, more):
    (scene,) = grid.scenes_of(here).values()

    response = as_editor.post(ADDRESS, typed(value="40") | typed("more-2", value="八十"))

    assert response.status_code == 422
    assert f'grid-scene">{html.escape(scene)}<' in response.content.decode()


def test_a_page_serves_a_source_to_lines_without_one(as_editor, here, more):
    sent = typed("more-2", value="3", source="")

    refused = as_editor.post(ADDRESS, sent)
    assert refused.status_code == 422
    assert "出典を入力してください" in refused.content.decode()
    assert 'href="#source-more-2"' in refused.content.decode()

    as_editor.post(ADDRESS, sent | {"source": "令和8年度 事業実績報告"})
    assert value_of("own-more-2").source == "令和8年度 事業実績報告"


def test_the_last_used_source_is_proposed(as_editor, here):
    page = as_editor.get(ADDRESS).content.decode()

    assert f'name="source-{KEY}" value="市内病院への調査（見本）"' in page
    assert "31.5％" in page


def test_a_note_alone_says_that_a_value_is_missing(as_editor, here):
    response = as_editor.post(ADDRESS, typed(note="まだ"))

    assert response.status_code == 422
    assert "値か、「値なしの理由」を入力してください" in response.content.decode()


def test_a_value_and_a_reason_exclude_each_other(as_editor, here):
    response = as_editor.post(ADDRESS, typed(value="4", state="unknown"))

    assert response.status_code == 422
    assert "値があるときは、「値なしの理由」を空けてください" in response.content.decode()


def test_day_finality_and_note_are_kept_and_cleared(as_editor, here):
    as_editor.post(ADDRESS, typed(value="4", as_of="R8.10.1", finality="preliminary", note="推計"))
    row = value_of()
    assert (str(row.as_of), row.finality, row.note) == ("2026-10-01", "preliminary", "推計")

    base = bases(as_editor.get(ADDRESS))[f"base-{KEY}"]
    as_editor.post(ADDRESS, typed(value="4", finality="final", base=base))

    row = value_of()
    assert (row.as_of, row.finality, row.note, row.version) == (None, "final", "", 2)


def test_an_unchanged_value_keeps_its_parts_and_a_new_one_loses_them(as_editor, here):
    row = Measurement(
        key="this",
        fiscal_year=world.YEAR,
        state="value",
        value="31.5",
        numerator=41,
        denominator=130,
        source="調査",
    )
    row.follow(OwnDefinition.objects.get(key="own-1"))
    row.save()

    as_editor.post(ADDRESS, typed(value="31.5", note="再掲", base="this:1"))
    assert (value_of().numerator, value_of().note) == (41, "再掲")

    as_editor.post(ADDRESS, typed(value="32", note="再掲", base="this:2"))
    assert (value_of().numerator, value_of().denominator) == (None, None)


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten(sign_in, here):
    ours = sign_in("editor")
    ours.post(ADDRESS, typed(value="40"))
    base = bases(ours.get(ADDRESS))[f"base-{KEY}"]
    ours.post(ADDRESS, typed(value="45", base=base))

    response = ours.post(ADDRESS, typed(value="50", base=base))

    page = response.content.decode()
    assert response.status_code == 409
    assert value_of().value == 45
    assert "45.0％（確定、出典：調査）" in page
    assert f'name="value-{KEY}" value="50"' in page
    mine = typed(value="50") | bases(response)
    assert ours.post(ADDRESS, mine | {f"theirs-{KEY}": "1"}).status_code == 302
    assert value_of().value == 45
    assert ours.post(ADDRESS, mine).status_code == 302
    assert value_of().value == 50


def test_a_value_entered_twice_at_once_is_a_conflict_and_the_same_one_is_none(as_editor, here):
    as_editor.post(ADDRESS, typed(value="40"))

    assert as_editor.post(ADDRESS, typed(value="41")).status_code == 409
    assert as_editor.post(ADDRESS, typed(value="40")).status_code == 302
    assert value_of().version == 1


def test_fields_that_only_one_has_changed_merge(as_editor, here):
    as_editor.post(ADDRESS, typed(value="40"))
    base = bases(as_editor.get(ADDRESS))[f"base-{KEY}"]
    as_editor.post(ADDRESS, typed(value="40", note="注", base=base))

    response = as_editor.post(ADDRESS, typed(value="41", base=base))

    assert response.status_code == 302
    assert (value_of().value, value_of().note) == (41, "注")


def test_a_value_deleted_meanwhile_is_not_brought_back_unseen(as_editor, here):
    as_editor.post(ADDRESS, typed(value="40"))
    base = bases(as_editor.get(ADDRESS))[f"base-{KEY}"]
    value_of().delete()

    response = as_editor.post(ADDRESS, typed(value="40", base=base))

    assert response.status_code == 409
    assert "この値は削除されました" in response.content.decode()
    assert value_of() is None
    assert as_editor.post(ADDRESS, typed(value="40") | bases(response)).status_code == 302
    assert value_of().value == 40


def test_an_open_line_leaves_alone_what_somebody_has_entered_meanwhile(as_editor, here):
    as_editor.post(ADDRESS, typed(value="40", source="甲"))

    assert as_editor.post(ADDRESS, typed(source="乙")).status_code == 302
    assert (value_of().source, value_of().version) == ("甲", 1)


def test_a_base_of_another_year_is_none_of_this(as_editor, here):
    response = as_editor.post(ADDRESS, typed(value="40", base="value-1:1"))

    assert response.status_code == 409
    assert Measurement.objects.get(key="value-1").value != 40


def test_a_source_that_another_value_has_is_refused(as_editor, here):
    as_editor.post(ADDRESS, typed(value="40", source="甲"))
    as_editor.post(ADDRESS, typed(value="41", source="乙"))
    base = bases(as_editor.get(ADDRESS))[f"base-{KEY}"]

    response = as_editor.post(ADDRESS, typed(value="40", source="乙", base=base))

    assert response.status_code == 422
    assert "別の出典にしてください" in response.content.decode()


def test_strange_values_are_asked_about_and_saved(as_editor, here):
    told = as_editor.post(CHECK, typed(value="315", source="")).json()["lines"][KEY]

    assert any("10倍" in one for one in told["doubts"])
    assert told["errors"] == {}
    assert as_editor.post(ADDRESS, typed(value="315")).status_code == 302


def test_a_check_writes_nothing(as_editor, here):
    before = Change.objects.count()

    told = as_editor.post(CHECK, typed(value="…")).json()["lines"][KEY]

    assert (told["sign"], list(told["errors"])) == ("…", ["value"])
    assert Change.objects.count() == before


def test_names_are_escaped(as_editor, more):
    page = as_editor.get(ADDRESS).content.decode()

    assert "&lt;数&gt;2" in page
    assert "<数>" not in page


def test_a_draft_is_offered_and_shown_again(as_editor, here):
    draft = typed(value="八十") | {"base_version": "0"}
    as_editor.post(f"/m/{world.OURS}/{world.YEAR}/drafts/entry-2026/", draft)

    assert "保存していない入力があります" in as_editor.get(ADDRESS).content.decode()
    page = as_editor.get(f"{ADDRESS}?draft").content.decode()
    assert f'name="value-{KEY}" value="八十"' in page
    as_editor.post(ADDRESS, typed(value="80"))
    assert "保存していない入力があります" not in as_editor.get(ADDRESS).content.decode()


DRAFT = f"/m/{world.OURS}/{world.YEAR}/drafts/entry-2026/"


def test_a_draft_stands_in_the_table_by_itself_and_is_saved_by_pressing_save(as_editor, here):
    as_editor.post(DRAFT, typed(value="14", source="途中の出典") | {"base_version": "0"})

    page = as_editor.get(ADDRESS).content.decode()

    assert f'name="value-{KEY}" value="14"' in page
    assert "下の表に戻してあります" in page
    assert "?draft" not in page
    as_editor.post(ADDRESS, typed(value="14", source="途中の出典"))
    assert value_of().value == 14
    assert "保存していない入力があります" not in as_editor.get(ADDRESS).content.decode()


def test_a_line_of_a_draft_that_says_nothing_of_its_own_shows_what_was_saved_since(as_editor, here):
    as_editor.post(DRAFT, typed(value="") | {"base_version": "0"})
    as_editor.post(f"{DRAFT[:-1]}-later/", typed(value="") | {"base_version": "0"})
    as_editor.post(f"{ADDRESS}?only=later", typed(value="41"))

    page = as_editor.get(ADDRESS).content.decode()

    assert f'name="value-{KEY}" value="41"' in page


def test_a_line_of_a_draft_that_was_changed_on_both_sides_keeps_what_was_typed(as_editor, here):
    """The negative control: what its author has typed is not given up for what was saved since."""
    as_editor.post(DRAFT, typed(value="14") | {"base_version": "0"})
    as_editor.post(f"{ADDRESS}?only=later", typed(value="41"))

    page = as_editor.get(ADDRESS).content.decode()

    assert f'name="value-{KEY}" value="14"' in page
    assert "あなたが別の画面で先に保存しました" in page


def test_a_year_without_indicators_says_what_the_page_is_for(sign_in, here):
    for model in ("targets", "uses", "issue_figures"):
        for indicator in Indicator.objects.all():
            getattr(indicator, model).all().delete()
    Indicator.objects.all().delete()

    page = sign_in("editor").get(ADDRESS).content.decode()

    assert "まだ選ばれていません" in page
    assert ">カタログから指標を選ぶ</a>" in page
    assert "ファイルから取り込む" in page


ATTACK = """"><script>alert(1)</script>{key}{+said}%s'</textarea>"""


def test_every_text_of_a_line_is_escaped(here, more):
    """Whatever stands in a field, in a sentence or in another person's value is text."""
    (line,) = [one for one in grid.of(here) if one.key == "more-2"]
    line.definition.name = line.definition.unit = line.scene = line.base = line.theirs = ATTACK
    last = {"fiscal_year": world.YEAR - 1, "state": "value", "version": 1, "finality": "final"}
    last |= {"key": ATTACK, "source": ATTACK, "is_official": False}
    shown, other = (SimpleNamespace(value=Decimal(number), **last) for number in (1, 2))
    line.earlier = (None, shown)
    line.values = [shown, other]
    line.texts = dict.fromkeys(grid.FIELDS, ATTACK)
    line.errors, line.doubts, line.remarks = {"value": ATTACK}, [ATTACK], [ATTACK]
    line.checked = dict.fromkeys(grid.CHECKED, ATTACK)
    line.before = [replace(line, is_before=True, year=world.YEAR - 1)]

    page = grid_html.html_of([line], labels=(ATTACK,) * 3, page=ATTACK)

    assert "<script" not in page
    assert page.count("</textarea>") == 1
    assert page.count(html.escape(ATTACK)) >= 15


def test_the_source_for_all_lines_is_asked_before_the_lines(as_editor, here):
    page = as_editor.get(ADDRESS).content.decode()

    assert page.index('name="source"') < page.index(f'name="value-{KEY}"')


def check(client, fields):
    return client.post(CHECK, fields).json()["lines"][KEY]


def test_the_check_tells_in_the_markup_of_the_page(as_editor, here):
    fields = typed(value="3150")
    told = check(as_editor, fields)
    as_editor.post(ADDRESS, fields)
    page = as_editor.get(ADDRESS).content.decode()

    assert told["look"] == "doubt"
    assert told["said"].startswith(f'<div class="grid-said" id="said-{KEY}">')
    # Whatever the page holds of the line: the script puts the one in place of the other.
    assert told["said"] in page


def test_the_check_leaves_what_is_being_found_unfolded(as_editor, here):
    as_editor.post(ADDRESS, typed(value="3150"))
    base = bases(as_editor.get(ADDRESS))[f"base-{KEY}"]
    fields = typed(value="3150", base=base, checked_as="actual", checked_note="確かめた")
    chosen = check(as_editor, fields)["said"]
    as_editor.post(ADDRESS, fields)
    saved = as_editor.get(ADDRESS).content.decode()

    assert 'value="actual" checked' in chosen
    assert "<details" not in chosen
    # The negative control: what is saved folds up.
    assert "<details><summary>確かめた：実際の増減：確かめた</summary>" in saved


def test_a_line_that_one_has_saved_elsewhere_is_ones_own(as_editor, people, here):
    as_editor.post(ADDRESS, typed(value="40"))
    mine = typed(value="41")

    told = check(as_editor, mine)["said"]
    page = as_editor.post(ADDRESS, mine)
    Measurement.objects.filter(code="own-1").update(updated_by=people["manager"])
    theirs = check(as_editor, mine)["said"]

    assert page.status_code == 409
    for text in (told, page.content.decode()):
        assert "あなたが別の画面で先に保存しました：" in text
    # The negative control: for somebody else it was another person.
    assert "ほかの人が先に保存しました：" in theirs


def test_the_box_that_keeps_what_was_saved_stays_ticked(as_editor, here):
    as_editor.post(ADDRESS, typed(value="40"))
    mine = typed(value="41")

    assert 'value="1" checked' in check(as_editor, mine | {f"theirs-{KEY}": "1"})["said"]
    assert 'value="1" checked' not in check(as_editor, mine)["said"]
