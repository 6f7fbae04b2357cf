"""A value of a year that has not ended is offered as 速報, and asked about where it is said to be final."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from indicators.arithmetic import periods
from indicators.intake.comparing.doubting import NAMES
from indicators.models import Definition, Measurement, OwnDefinition
from municipalities.japanese import fiscal
from municipalities.kernel import submission_keys
from municipalities.models import Municipality
from municipalities.tenancy import within
from tests import world
from tests.indicators.intake.test_statistics_files import corrected, send

pytestmark = pytest.mark.django_db
YEAR = f"/m/{world.OURS}/{world.YEAR}/indicators"
KEY = "indicator-1"
DURING, AFTER = dt.date(world.YEAR, 11, 27), dt.date(world.YEAR + 1, 4, 1)
ASKED = "年度がまだ終わっていません。途中の値なら「速報」にして、いつ現在かを書いてください。"


@pytest.fixture
def on(monkeypatch, here):
    """Return a function that sets the day, and what the definition says of its period."""

    def set_day(day, basis="年度"):
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)
        OwnDefinition.objects.update(period_basis=basis)

    return set_day


def preset(page):
    """Return which word is chosen in the field 確定の別 of the first line, or of a form."""
    field = page.partition('name="finality')[2].partition("</select>")[0]
    return field.partition(" selected>")[0].rpartition('value="')[2].partition('"')[0]


of_bases = pytest.mark.parametrize(
    ("day", "basis", "finality"),
    [
        (DURING, "年度", "preliminary"),
        (dt.date(world.YEAR + 1, 3, 31), "4月から翌年3月まで", "preliminary"),
        (DURING, "暦年（1〜12月）", "preliminary"),
        (dt.date(world.YEAR + 1, 1, 1), "暦年（1〜12月）", "final"),
        (AFTER, "年度", "final"),
        (DURING, "年度末現在", "final"),
        (DURING, "調査日現在", "final"),
    ],
)


@of_bases
def test_a_new_value_of_an_open_year_is_no_last_word(as_editor, on, day, basis, finality):
    on(day, basis)

    assert preset(as_editor.get(f"{YEAR}/entry/").content.decode()) == finality


def add(client, year, *, address=f"{YEAR}/{KEY}/values/add/", chosen=None):
    """Send the form of one value for a year, with what it presets of its finality, or with what is chosen."""
    finality = preset(client.get(address).content.decode()) if chosen is None else chosen
    told = {"value": "84", "state": "value", "finality": finality, "source": "年度の調査"}
    named = {"fiscal_year": fiscal.label(year), "submission_key": submission_keys.new()}
    assert client.post(address, told | named).status_code == 302
    return stored(year)


def stored(year):
    with within(Municipality.objects.get(code=world.OURS)):
        return Measurement.objects.get(fiscal_year=year, source="年度の調査")


@of_bases
def test_the_form_of_one_value_follows_an_open_year(as_editor, on, day, basis, finality):
    on(day, basis)

    assert add(as_editor, world.YEAR).finality == finality


@pytest.mark.parametrize("years_ago", [1, 3])
def test_the_form_of_one_value_follows_a_year_that_has_ended(as_editor, on, years_ago):
    on(DURING)

    assert add(as_editor, world.YEAR - years_ago).finality == "final"


@pytest.mark.parametrize(("years_ago", "finality"), [(0, "preliminary"), (3, "final")])
def test_the_form_of_a_figure_of_the_profile_follows_the_year(
    as_editor, monkeypatch, years_ago, finality
):
    Definition.objects.filter(code="population_total").update(period_basis="年度")
    monkeypatch.setattr(timezone, "localdate", lambda *_: DURING)
    address = f"/m/{world.OURS}/{world.YEAR}/figures/population_total/add/"

    assert add(as_editor, world.YEAR - years_ago, address=address).finality == finality


@pytest.mark.parametrize("chosen", ["preliminary", "forecast", "final"])
@pytest.mark.parametrize("years_ago", [0, 3])
def test_what_is_chosen_in_the_form_of_one_value_stays(as_editor, on, years_ago, chosen):
    """The negative control: the year decides only where nobody says."""
    on(DURING)

    assert add(as_editor, world.YEAR - years_ago, chosen=chosen).finality == chosen


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("年度", "まだ終わっていない年度の値は速報、終わった年度の値は確定として保存します。"),
        ("調査日現在", "確定として保存します（1年分を数える値ではないため）。"),
    ],
)
def test_the_form_says_what_becomes_of_a_value_of_which_nothing_is_said(as_editor, on, basis, said):
    on(DURING, basis)

    page = as_editor.get(f"{YEAR}/{KEY}/values/add/").content.decode()

    assert '<option value="" selected>年度に合わせる</option>' in page
    assert f"「年度に合わせる」のままなら、{said}" in page
    # Of a value that is there it is told what it is.
    assert (
        "年度に合わせる" not in as_editor.get(f"{YEAR}/{KEY}/values/value-1/edit/").content.decode()
    )


@pytest.mark.parametrize(
    ("day", "finality", "asks"),
    [(DURING, "final", True), (DURING, "preliminary", False), (AFTER, "final", False)],
)
def test_a_final_value_of_an_open_year_is_saved_and_asked_about(as_editor, on, day, finality, asks):
    on(day)
    fields = {"value": "84", "state": "", "as_of": "", "finality": finality, "source": "調査"}
    typed = {f"{name}-{KEY}": text for name, text in (fields | {"note": "", "base": ""}).items()}

    told = as_editor.post(f"{YEAR}/entry/check/", typed).json()["lines"][KEY]
    grid = as_editor.post(f"{YEAR}/entry/", typed, follow=True).content.decode()

    row = Measurement.objects.get(code="own-1", fiscal_year=world.YEAR)
    assert (row.value, row.finality, row.as_of) == (84, finality, None)
    page = as_editor.get(f"{YEAR}/{KEY}/").content.decode()
    assert (ASKED in told["doubts"], ASKED in grid, ASKED in page) == (asks,) * 3
    # No day is invented for what is 速報 without one.
    assert "日現在" not in page.partition('id="values"')[2].partition("</table>")[0]


@pytest.mark.parametrize(
    ("as_of", "finality", "asks"),
    [
        ("令和9年3月31日", "preliminary", True),
        ("令和9年3月31日", "final", True),
        ("令和9年3月31日", "forecast", False),
        ("令和8年12月1日", "preliminary", True),
        ("令和8年11月30日", "preliminary", False),
        ("令和8年9月30日", "preliminary", False),
        ("", "preliminary", False),
    ],
)
def test_a_day_to_come_is_saved_and_asked_about(as_editor, on, as_of, finality, asks):
    assert world.YEAR == 2026
    on(DURING)
    fields = {"value": "84", "state": "", "as_of": as_of, "finality": finality, "source": "調査"}
    typed = {f"{name}-{KEY}": text for name, text in (fields | {"note": "", "base": ""}).items()}
    asked = f"時点（{as_of}）が、これから先の日付です。年月日を確かめてください。"

    told = as_editor.post(f"{YEAR}/entry/check/", typed).json()["lines"][KEY]
    as_editor.post(f"{YEAR}/entry/", typed)

    assert Measurement.objects.get(code="own-1", fiscal_year=world.YEAR).value == 84
    page = as_editor.get(f"{YEAR}/{KEY}/").content.decode()
    assert (any(asked in one for one in told["doubts"]), asked in page) == (asks, asks)


@pytest.mark.parametrize(
    ("unit", "kind", "is_open"), [("件", "count", True), ("人", "count", False)]
)
def test_without_a_word_on_its_period_what_accumulates_counts_the_year(unit, kind, is_open):
    definition = SimpleNamespace(
        period_basis="", unit=unit, value_kind=kind, accumulation="sum" if is_open else "latest"
    )

    assert periods.unfinished(definition, world.YEAR, DURING) is is_open


class TestFileOfStatistics:
    """The prefecture is asked about its file what a town is asked about its value."""

    TITLE = "見本の届出統計"

    @pytest.fixture
    def officer(self, sign_in):
        return sign_in("officer")

    def page(self, officer, year=world.YEAR, title=TITLE, **layout):
        head = "コード,市町村,自宅死の割合\n"
        upload = send(officer, head + "990019,見本市,12.5\n990027,見本町,30.0\n")
        typed = {"indicator-3": "home_death_rate", "year-3": str(year), "title": title}
        sent = corrected(officer, upload, **(typed | layout))
        assert (sent.status_code, upload.refused_cells) == (302, 0)
        return officer.get(f"/p/99/2026/statistics/files/{upload.pk}/").content.decode()

    def test_a_final_value_of_an_open_year_is_asked_about(self, officer, on):
        on(DURING)

        page = self.page(officer)

        assert "終わっていない年度の、確定とされている値：2件" in page
        assert page.count(ASKED) == 2
        assert "2件を取り込む" in page

    @pytest.mark.parametrize(
        ("day", "year", "said"),
        [
            (DURING, world.YEAR - 1, {}),
            (AFTER, world.YEAR, {}),
            (DURING, world.YEAR, {"finality": "preliminary"}),
            (DURING, world.YEAR, {"finality": "forecast"}),
            (DURING, world.YEAR, {"title": "見本の届出統計（速報）"}),
        ],
    )
    def test_nothing_is_asked_of_a_year_that_has_ended_or_of_an_earlier_word(
        self, officer, on, day, year, said
    ):
        on(day)

        assert ASKED not in self.page(officer, year, **said)

    def test_rows_that_say_so_themselves_are_asked_about_one_by_one(self, officer, on):
        on(DURING)
        head = "コード,市町村,指標,年度,値,確定の別,時点\n"
        rows = [
            "990019,見本市,home_death_rate,令和8年度,12.5,確定,",
            "990027,見本町,home_death_rate,令和8年度,30.0,速報,令和9年3月31日",
            "990035,見本村,home_death_rate,令和8年度,30.0,速報,令和8年9月30日",
        ]

        upload = send(officer, head + "\n".join(rows))

        asked = upload.doubts.filter(code__in=NAMES)
        assert {one.code: one.count for one in asked} == {
            "final_before_the_end": 1,
            "as_of_ahead": 1,
        }
