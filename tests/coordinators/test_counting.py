"""Counting coordinators: the numbers of the report's cases, and sums against sums made another way."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinators.choices import Duty, Employment, PostLevel, PostRole
from coordinators.reading import counting
from coordinators.reading.sheet import PostLine, StaffingLine, StructureSheet


def post(level, people=None, *parts, **values):
    lines = tuple(
        StaffingLine(f"s{number}", employment, duty, count)
        for number, (employment, duty, count) in enumerate(parts)
    )
    return PostLine("p", level, people=people, staffing=lines, **values)


def sheet(*posts):
    return StructureSheet("s", 2023, "体制", "990019", "見本市", is_led_here=True, posts=posts)


YOKOHAMA = post(
    "municipal_field",
    43,
    ("full_time", "dedicated", 12),
    ("full_time", "concurrent", 22),
    ("part_time", "unstated", 9),
)
NIIGATA = (
    post("prefecture_lead", 1, ("full_time", "concurrent", 1)),
    post("municipal_lead", 3, ("unstated", "concurrent", 3)),
    post("municipal_field", 30, ("full_time", "concurrent", 30)),
)
TOSHIMA = (
    post("municipal_field", 4, ("full_time", "dedicated", 2), ("part_time", "dedicated", 2)),
    post("municipal_field", 1, ("full_time", "dedicated", 1)),
)


def test_the_parts_of_yokohama_make_its_43():
    assert YOKOHAMA.mismatch == ""
    assert YOKOHAMA.staffing_words == "常勤・専従12人、常勤・兼務22人、非常勤9人"
    assert sheet(YOKOHAMA).headcount.together == 43


def test_of_the_34_of_niigata_one_is_the_prefectures():
    found = sheet(*NIIGATA).headcount

    assert (found.municipal, found.prefecture, found.together) == (33, 1, 34)
    assert sheet(*NIIGATA).totals == (
        ("都道府県の基幹的コーディネーター", 1),
        ("市町村の基幹的コーディネーター", 3),
        ("市町村の現場的コーディネーター", 30),
    )
    assert sheet(*NIIGATA).level_names == (
        "都道府県の基幹的コーディネーター、市町村の基幹的コーディネーター、市町村の現場的コーディネーター"
    )


def test_the_two_desks_of_toshima_are_added():
    assert sheet(*TOSHIMA).headcount.together == 5
    assert sheet(*TOSHIMA).employment_totals == (("常勤・専従", 3), ("非常勤・専従", 2))


def test_parts_that_do_not_make_the_whole_are_said_and_nothing_else():
    wrong = post("municipal_field", 5, ("full_time", "dedicated", 3))

    assert wrong.mismatch == "内訳の合計3人と人数5人が合っていません"
    assert sheet(wrong).headcount.together == 5


def test_without_a_number_the_parts_count_and_without_both_nothing_is_claimed():
    assert post("municipal_field", None, ("full_time", "dedicated", 3)).counted == 3
    assert post("municipal_field").counted is None
    assert sheet(post("municipal_field")).headcount.together is None
    assert post("municipal_field", 0).counted == 0


def test_a_clerk_and_an_advising_physician_are_told_apart():
    found = sheet(
        post("municipal_field", 2),
        post("municipal_field", 1, role="clerk"),
        post("unstated", None, role="physician_adviser"),
    )

    assert found.headcount.together == 2
    assert found.totals == (
        ("市町村の現場的コーディネーター", 2),
        ("事務員", 1),
        ("アドバイザー（医師）", None),
    )


parts = st.tuples(
    st.sampled_from(Employment.values), st.sampled_from(Duty.values), st.integers(0, 50)
)
drawn_posts = st.tuples(
    st.sampled_from(PostLevel.values),
    st.sampled_from(PostRole.values),
    st.none() | st.integers(0, 50),
    st.lists(parts, max_size=3),
).map(lambda one: post(one[0], one[2], *one[3], role=one[1]))
posts = st.lists(drawn_posts, max_size=5)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(posts)
def test_levels_add_up_to_all_and_parts_to_all_parts(drawn):
    ours = [one for one in drawn if one.role == "coordinator"]
    levels = counting.by_level(drawn)
    whole = counting.headcount(drawn)

    assert sum(number or 0 for number in levels.values()) == (whole.together or 0)
    assert set(levels) == {one.level for one in ours}
    assert sum(counting.by_employment(drawn).values()) == sum(
        part.people for one in ours for part in one.staffing
    )
    assert (whole.together is None) == all(one.people is None and not one.staffing for one in ours)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(posts)
def test_a_mismatch_is_found_exactly_where_the_sums_differ(drawn):
    for one in drawn:
        differs = (
            one.people is not None
            and len(one.staffing) > 0
            and one.people != sum(part.people for part in one.staffing)
        )
        assert bool(one.mismatch) == differs
