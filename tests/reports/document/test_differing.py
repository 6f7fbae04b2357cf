"""What changed between two documents of a report: every change is told, none is made up, under known names."""

import copy
import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.document import differing
from reports.document.differing import Deed, Kind
from reports.document.differing.fields import Sort
from reports.document.differing.parts import BY_NAME
from reports.document.differing.sections import LABELS, NO_PARTS, OTHERS
from reports.document.shape import PARTS
from reports.submission.contents.sections import SECTIONS
from tests.reports import made_years
from tests.reports.made_years import headed

QUIET = settings(
    derandomize=True, deadline=None, max_examples=60, suppress_health_check=list(HealthCheck)
)
GOAL = {"key": "goal-1", "scene": "end_of_life", "text": "最期まで望む場所で過ごせる。"}
AGING = {"code": "aging", "name": "高齢化率", "unit": "％", "decimals": 1}


def document(**parts):
    return {"schema_version": 2, "desired_states": [GOAL], **parts}


def rows(before, after):
    """Return every changed row by list and key."""
    return {
        (row.part, row.key): row
        for section in differing.sections(before, after)
        for row in section.rows
    }


def only(before, after):
    [section] = differing.sections(before, after)
    [row] = section.rows
    return section, row


def values(row):
    return [(one.label, one.before, one.after) for one in row.fields if not one.is_text]


def told(change):
    """Return a text's segments as people would write them."""
    marks = {Kind.SAME: "{}", Kind.ADDED: "＋{}＋", Kind.REMOVED: "－{}－", Kind.LEFT_OUT: "{}"}
    return "".join(marks[one.kind].format(one.text) for one in change.segments)


def test_every_section_has_the_name_and_the_place_of_the_form():
    expected = {one.code: one.label for one in SECTIONS}

    assert list(LABELS.items()) == [*expected.items(), (OTHERS, "その他の内容")]
    # A waived finding is of no section of the form.
    assert {part.section for part in BY_NAME.values()} - {""} <= {*expected, OTHERS}


def test_every_column_of_the_document_is_compared():
    for part in (one for one in PARTS if one.in_report):
        known = [one for one in BY_NAME.values() if part.name in {one.name, one.source}]
        columns = {column.name for one in known for column in one.columns}
        inner = {one.name for one in PARTS if one.inside is part}
        told_otherwise = {"key", "position"} | inner | {one.identity for one in known}
        told_otherwise |= set(part.working)
        if any(c.sort is Sort.FIGURE for one in known for c in one.columns):
            told_otherwise.add("state")

        assert set(part.schema.model_fields) - told_otherwise == columns - {
            "contractors",
            "other_participants",
        }, part.name


def test_the_same_content_has_no_changes():
    head = {"report": {"number": "990019-2026-interim-1", "version": 2}}

    assert differing.sections(document(), document() | head) == ()
    assert differing.changed_codes(document(), document() | head) == frozenset()


def test_rows_are_added_changed_and_removed():
    issues = [{"key": "a", "text": "一つ目"}, {"key": "b", "text": "二つ目"}]
    later = [{"key": "b", "text": "書き直した"}, {"key": "c", "text": "三つ目"}]

    found = rows(document(issues=issues), document(issues=later))

    assert {key: (row.deed, row.name) for (_, key), row in found.items()} == {
        "a": (Deed.REMOVED, "一つ目"),
        "b": (Deed.CHANGED, "書き直した"),
        "c": (Deed.ADDED, "三つ目"),
    }
    assert found["issues", "a"].fields == ()


def test_a_number_is_told_with_its_unit_and_year_and_compared_as_a_number():
    followed = {"key": "i", "indicator": "aging", "targets": []}
    value = {"key": "m", "indicator": "aging", "fiscal_year": 2025, "value": "26.2"}
    before = document(definitions=[AGING], indicators=[followed], measurements=[value])
    same = before | {"measurements": [value | {"value": "26.2000"}]}
    after = before | {"measurements": [value | {"value": "27.0000"}]}

    section, row = only(before, after)

    assert differing.sections(before, same) == ()
    assert (section.code, row.name) == ("indicators", "高齢化率　令和7年度（2025年度）")
    assert values(row) == [("値", "26.2％", "27.0％")]


def test_why_there_is_no_number_is_told_in_words():
    followed = {"key": "i", "indicator": "aging", "targets": []}
    value = {"key": "m", "indicator": "aging", "fiscal_year": 2025}
    before = document(
        definitions=[AGING],
        indicators=[followed],
        measurements=[value | {"value": None, "state": "unknown"}],
    )
    after = before | {"measurements": [value | {"value": "0", "state": "value"}]}

    assert values(only(before, after)[1]) == [("値", "不詳", "0.0％")]


def test_two_numbers_that_round_alike_are_told_with_all_their_digits():
    followed = {
        "key": "i",
        "indicator": "aging",
        "targets": [{"key": "t", "fiscal_year": 2026, "value": "30.01", "note": ""}],
    }
    before = document(definitions=[AGING], indicators=[followed])
    after = copy.deepcopy(before)
    after["indicators"][0]["targets"][0]["value"] = "30.02"

    row = only(before, after)[1]

    assert values(row) == [("目標値", "30.01％", "30.02％")]
    assert row.where == "追う指標「高齢化率」"


def test_a_value_nobody_follows_is_told_once_by_the_figure_of_the_form():
    value = {
        "key": "m",
        "indicator": "aging",
        "fiscal_year": 2025,
        "value": "26.2",
        "source": "台帳",
    }
    figure = AGING | {"value": "26.2", "state": "value", "fiscal_year": 2025, "source": "台帳"}
    before = document(measurements=[value], figures=[figure])
    after = document(measurements=[value | {"value": "27"}], figures=[figure | {"value": "27"}])

    section, row = only(before, after)

    assert (section.code, row.part) == ("profile", "figures")


def test_a_choice_is_told_in_its_words():
    advice = {"key": "a", "text": "多職種で振り返る", "response": "none", "position": 1}
    step = {"key": "s", "kind": "interim_1", "title": "", "advice": [advice]}
    later = step | {"advice": [advice | {"response": "adopted", "response_note": "研修に入れた"}]}

    section, row = only(document(support_steps=[step]), document(support_steps=[later]))

    assert section.code == "steps"
    assert (row.heading, row.name) == ("アドバイス等", "多職種で振り返る")
    assert row.where == "段階「中間報告会①」"
    assert values(row) == [("対応", "未回答", "採用")]
    assert told(row.fields[1]) == "＋研修に入れた＋"


def test_a_row_that_changed_its_place_is_told_alone():
    issues = [{"key": key, "text": key, "scene": "all"} for key in "abcd"]

    section, row = only(document(issues=issues), document(issues=[issues[3], *issues[:3]]))

    assert (section.code, row.key, row.deed) == ("papers", "d", Deed.MOVED)
    assert (row.move.before, row.move.after) == ("4番目", "1番目")


def test_an_activity_under_another_outcome_has_moved():
    place = {"key": "p", "activity": "x", "note": "", "assumption": "", "position": 0}
    one = {"key": "o1", "text": "再入院が減る", "placements": [place]}
    other = {"key": "o2", "text": "看取りが増える", "placements": []}
    model = {"key": "m", "title": "看取り", "links": []}
    before = document(
        activities=[{"key": "x", "name": "研修"}], logic_models=[model | {"outcomes": [one, other]}]
    )
    moved = [one | {"placements": []}, other | {"placements": [place]}]
    after = before | {"logic_models": [model | {"outcomes": moved}]}

    section, row = only(before, after)

    assert (section.code, row.name, row.deed) == ("logic-models", "研修", Deed.MOVED)
    assert (row.move.before, row.move.after) == ("成果「再入院が減る」", "成果「看取りが増える」")


def test_a_box_of_the_report_is_told_in_its_own_section():
    box = {"key": "policy", "section": "policy", "text": "切れ目のない支援を進める。"}

    section, row = only(document(report_texts=[]), document(report_texts=[box]))

    assert (section.code, section.label, row.name) == ("policy", "取組の方針", "")
    assert told(row.fields[0]) == "＋切れ目のない支援を進める。＋"


def test_a_picture_is_told_without_its_hash():
    picture = {"key": "p", "sha256": "a" * 64, "caption": "圏域図", "source": "", "position": 0}
    before = document(profile_pictures=[picture])
    after = document(profile_pictures=[picture | {"sha256": "b" * 64}])

    assert values(only(before, after)[1]) == [("画像", "前の画像", "新しい画像")]


def test_a_part_that_an_earlier_version_did_not_have_is_as_good_as_empty():
    assert differing.sections(document(), document(support_effects=[], profile=None)) == ()


def test_a_paper_of_the_first_shape_is_read_as_today():
    step = {"key": "s", "kind": "interim_1", "advice": "一件目\n二件目"}
    first = document(support_steps=[step]) | {"schema_version": 1}
    items = [
        {"key": f"s-{place}", "text": text, "position": place}
        for place, text in enumerate(("一件目", "二件目"), start=1)
    ]

    assert differing.sections(first, document(support_steps=[step | {"advice": items}])) == ()


def test_a_definition_that_changed_its_name_is_told():
    before = document(definitions=[AGING])

    section, row = only(before, document(definitions=[AGING | {"name": "高齢化の割合"}]))

    assert (section.code, row.heading) == ("indicators", "指標の定義")


def test_what_is_reckoned_is_told_when_nothing_else_changed():
    section, row = only(document(to_come=["甲"]), document(to_come=["乙"]))

    assert (section.code, row.heading) == (OTHERS, "自動で載る内容")


def test_a_part_that_is_not_known_yet_is_told_too():
    section, row = only(document(), document(festivals=[{"key": "c"}]))

    assert (section.code, row.deed) == (OTHERS, Deed.CHANGED)


# -- Any year


def flat(parts):
    """Yield every row of a made-up year with its list."""
    for part in (one for one in PARTS if one.in_report and one.inside is None):
        held = parts.get(part.name) or []
        for row in [held] if held and part.single else held:
            yield part, row
            yield from inside(part, row)


def inside(part, row):
    for inner in (one for one in PARTS if one.in_report and one.inside is part):
        for child in row.get(inner.name, ()):
            yield inner, child
            yield from inside(inner, child)


def another(column, row):
    """Return another value of a cell than the one it has."""
    held = row.get(column.name, column.default)
    return {
        Sort.TEXT: lambda: f"{held or ''}変",
        Sort.WORD: lambda: next((one for one in column.words if one != held), "変"),
        Sort.WORDS: lambda: [] if held else ["emergency"],
        Sort.NUMBER: lambda: str(int(float(held or 0)) + 1),
        Sort.FIGURE: lambda: "5" if held != "5" else "6",
        Sort.YEAR: lambda: (held or 2000) + 1,
        Sort.DAY: lambda: "2026-10-01" if held != "2026-10-01" else "2026-10-02",
        Sort.ROW: lambda: "another" if held is None else None,
        Sort.MARK: lambda: not held,
        Sort.PICTURE: lambda: "0" * 64,
    }[column.sort]()


def cells(parts):
    """Return every cell of a year that somebody could have changed."""
    return [
        (place, known.name, column)
        for place, (part, _) in enumerate(flat(parts))
        for known in BY_NAME.values()
        if part.name in {known.name, known.source}
        for column in known.columns
    ]


@given(parts=made_years.parts(), data=st.data())
@QUIET
def test_every_changed_cell_of_any_year_is_told(parts, data):
    before = headed(parts) | {"schema_version": 2}
    if not (found := cells(parts)):
        return
    place, name, column = data.draw(st.sampled_from(found))
    after = copy.deepcopy(before)
    _, row = next(itertools.islice(flat(after), place, None))
    key = "" if BY_NAME[name].single else row[BY_NAME[name].identity]
    row[column.name] = another(column, row)

    changed = rows(before, after)[name, key]

    assert column.label in {one.label for one in changed.fields}


@given(parts=made_years.parts())
@QUIET
def test_a_year_does_not_differ_from_itself(parts):
    one = headed(parts) | {"schema_version": 2}

    assert differing.sections(one, copy.deepcopy(one)) == ()


@given(parts=made_years.parts(), others=made_years.parts())
@QUIET
def test_every_row_that_came_or_went_is_told(parts, others):
    before, after = (headed(one) | {"schema_version": 2} for one in (parts, others))
    single = {part.name for part in PARTS if part.single}
    told = rows(before, after)

    keys = [
        {
            (part.name, row[BY_NAME[part.name].identity])
            for part, row in flat(one)
            if part.name not in single
        }
        for one in (parts, others)
    ]
    assert {one for one, row in told.items() if row.deed is Deed.ADDED} == keys[1] - keys[0]
    assert {one for one, row in told.items() if row.deed is Deed.REMOVED} == keys[0] - keys[1]
    assert NO_PARTS.isdisjoint(part for part, _ in told)
