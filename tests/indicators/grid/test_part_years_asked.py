"""A count of a part of its year is asked about where it is far above the year before; below it there is no news."""

import pytest

from tests.indicators.rows import BASE, follow, measure

pytestmark = pytest.mark.django_db
CODE = "consultation_desk_cases"
TENFOLD = "値38件の10倍です。単位は合っていますか。"
HUNDREDFOLD = "値38件の100倍です。単位は合っていますか。"
GREAT = "値38件から30％を超えて増えています。"
OUT = "これまでの年度の値の動き"


@pytest.fixture
def line(cycle):
    """Return the key of the line of a count that had 38 cases last year."""
    indicator = follow(cycle, CODE)
    measure(cycle, CODE, 2025, 38)
    return indicator.key


def asked(client, key, value, *, as_of="令和8年9月30日", finality="preliminary"):
    """Save a value of the year in the grid; return what the check, the grid and the indicator's page say."""
    fields = {"value": value, "state": "", "as_of": as_of, "finality": finality, "source": "調査"}
    typed = {f"{name}-{key}": text for name, text in (fields | {"note": "", "base": ""}).items()}
    told = client.post(f"{BASE}entry/check/", typed).json()["lines"][key]["doubts"]
    assert client.post(f"{BASE}entry/", typed).status_code == 302
    pages = [client.get(f"{BASE}{path}").content.decode() for path in ("entry/", f"{key}/")]
    return ["".join(told), *pages]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [("380", TENFOLD), ("3800", HUNDREDFOLD), ("1234", GREAT), ("50", GREAT)],
)
@pytest.mark.parametrize("as_of", ["令和8年9月30日", ""])
def test_far_above_last_year_is_asked_about_with_a_day_as_without(
    as_editor, line, value, sentence, as_of
):
    assert all(sentence in said for said in asked(as_editor, line, value, as_of=as_of))


@pytest.mark.parametrize("value", ["1", "3.8", "19", "38", "41", "49"])
def test_less_than_last_year_or_little_more_is_no_news(as_editor, line, value):
    """The negative control: half a year's sum stands beside a whole year's."""
    for said in asked(as_editor, line, value):
        assert "30％を超えて" not in said
        assert "単位は合っていますか" not in said


@pytest.mark.parametrize(("finality", "as_of"), [("final", "令和8年9月30日"), ("preliminary", "")])
def test_less_is_asked_about_where_it_is_of_the_whole_year(as_editor, line, finality, as_of):
    said = asked(as_editor, line, "19", finality=finality, as_of=as_of)

    assert all("値38件から30％を超えて減っています。" in one for one in said)


@pytest.mark.parametrize(("value", "is_asked"), [("45", True), ("39", False), ("20", False)])
def test_above_what_the_years_before_let_expect_is_asked_about(
    as_editor, cycle, line, value, is_asked
):
    for year, number in ((2022, 37), (2023, 38), (2024, 39)):
        measure(cycle, CODE, year, number)

    assert all((OUT in said) is is_asked for said in asked(as_editor, line, value))


def test_the_first_year_is_compared_with_nothing(as_editor, cycle):
    key = follow(cycle, CODE).key

    for said in asked(as_editor, key, "3800"):
        assert "30％を超えて" not in said
        assert "単位は合っていますか" not in said
