"""Changes in a text: applied they give both texts, and they read well."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document.differing import Kind, Segment
from reports.document.differing.texts import in_context, segments

JAPANESE = st.text(
    "退院支援のルール会議を、。\n 医師ナース12aか\u3099\u200d👩👨辻\U000e0100", max_size=60
)
ANY = JAPANESE | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def without(kind, found):
    return "".join(one.text for one in found if one.kind is not kind)


def written(before, after):
    marks = {Kind.SAME: "{}", Kind.ADDED: "＋{}＋", Kind.REMOVED: "－{}－"}
    return "".join(marks[one.kind].format(one.text) for one in segments(before, after))


@given(before=ANY, after=ANY)
@settings(derandomize=True, deadline=None, max_examples=300)
def test_applied_the_pieces_give_both_texts(before, after):
    found = segments(before, after)

    assert without(Kind.ADDED, found) == before
    assert without(Kind.REMOVED, found) == after
    assert all(one.text for one in found)


@given(text=ANY, put=JAPANESE, at=st.integers(0, 60))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_what_is_put_into_a_text_changes_both_ways_alike(text, put, at):
    longer = text[:at] + put + text[at:]
    found = segments(text, longer)

    assert without(Kind.ADDED, found) == text
    assert without(Kind.REMOVED, found) == longer


@given(text=ANY)
@settings(derandomize=True, deadline=None)
def test_the_same_text_has_no_changes(text):
    assert all(one.kind is Kind.SAME for one in segments(text, text))


def test_a_word_is_replaced_inside_its_sentence():
    before = "退院支援ルールの運用が始まり、病院との連携が進んだ。"
    after = "退院支援ルールの運用が始まり、診療所との連携が進んだ。"

    assert written(before, after) == (
        "退院支援ルールの運用が始まり、－病院－＋診療所＋との連携が進んだ。"
    )


def test_a_sentence_that_hardly_kept_anything_is_replaced_whole():
    before, after = "会議を年に二回、市役所で開いた。", "看取りの研修を年に五回、病院で行った。"

    assert written(before, after) == f"－{before}－＋{after}＋"


def test_a_line_between_two_others_is_added_as_a_line():
    assert written("一行目\n二行目\n", "一行目\n新しい行\n二行目\n") == (
        "一行目\n＋新しい行\n＋二行目\n"
    )


def test_of_a_long_text_only_what_stands_beside_a_change_is_shown():
    before = "会議を開いた。" * 60
    found = in_context(segments(before, before + "研修も行った。"))

    assert [one.kind for one in found] == [Kind.LEFT_OUT, Kind.SAME, Kind.ADDED]
    assert found[1].text.endswith("会議を開いた。")
    assert len(found[1].text) <= 40


def test_blanks_that_came_or_went_get_a_word():
    assert Segment(Kind.ADDED, "\n").shown == "（改行）"
    assert Segment(Kind.REMOVED, "　").shown == "（空白）"
    assert Segment(Kind.SAME, "\n").shown == "\n"
