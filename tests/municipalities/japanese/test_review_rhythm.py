"""PDCAの見直し周期: written in 自治体概要, told on its paper and in the 引継書, kept in April, not told to the prefecture."""

import pytest
from django.core.exceptions import ValidationError

from municipalities.japanese import review_rhythm, times_a_year
from municipalities.models import Profile
from reports.document import publication
from tests import world

YEAR = f"/m/{world.OURS}/{world.YEAR}/"
PAGE, FORM = f"{YEAR}profile/", f"{YEAR}profile/edit/"
TYPED = {
    "review_rhythm": "毎年10月に中間評価",
    "review_years": "３",
    "reviews_min": "2",
    "reviews_max": "4",
}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("毎年2月に評価", None, None, None), "毎年2月に評価"),
        (("", 3, None, None), "3年で一巡"),
        (("", None, 2, 2), "見直しは年2回"),
        (("毎年2月に評価", 1, 2, 4), "毎年2月に評価（1年で一巡、見直しは年2～4回）"),
        (("", None, None, None), ""),
    ],
)
def test_it_is_told_in_words(told, words):
    assert review_rhythm.in_words(*told) == words


def test_a_profile_of_an_older_paper_tells_of_none():
    assert review_rhythm.of_row({"key": "profile", "strengths": "病院が二つ"}) == ""


def test_a_least_above_the_most_is_named_at_its_own_column():
    with pytest.raises(ValidationError) as found:
        times_a_year.refuse_reversed(4, 2, name="reviews_max")
    assert "reviews_max" in found.value.message_dict


@pytest.fixture
def profile(here):
    Profile.objects.filter(cycle=here).update(
        review_rhythm="", review_years=None, reviews_min=None, reviews_max=None
    )
    return Profile.objects.get(cycle=here)


@pytest.mark.django_db
class TestPages:
    def test_what_is_written_stands_on_page_paper_and_handover(self, as_editor, profile):
        assert "（未記入）" in as_editor.get(PAGE).content.decode().split('id="review"')[1]
        form = {
            name: getattr(profile, name) for name in (*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS)
        }

        answer = as_editor.post(FORM, form | TYPED | {"version": profile.version})

        assert answer.status_code == 302
        told = "毎年10月に中間評価（3年で一巡、見直しは年2～4回）"
        for page in (PAGE, f"{YEAR}profile/print/", f"{YEAR}handover/"):
            assert told in as_editor.get(page).content.decode(), page

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"reviews_min": "4", "reviews_max": "2"}, "最少（4回）以上の数字で"),
            ({"review_years": "0"}, "1"),
            ({"review_years": "毎年"}, "数字"),
        ],
    )
    def test_what_cannot_be_comes_back_with_what_was_typed(
        self, as_editor, profile, typed, sentence
    ):
        answer = as_editor.post(FORM, TYPED | typed | {"version": profile.version})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert "毎年10月に中間評価" in page

    def test_the_handover_says_where_it_is_written_until_then(self, as_editor, profile):
        assert "まだ決まっていません" in as_editor.get(f"{YEAR}handover/").content.decode()


def test_the_copy_for_a_prefecture_has_the_numbers_and_no_text():
    row = {"key": "profile"} | dict.fromkeys(Profile.FEATURE_FIELDS, "")
    told = publication._profile(row | {"review_rhythm": "2月の全体会で", "review_years": 3})

    assert told["review_years"] == 3
    assert "全体会" not in told["review_rhythm"]
