"""The sheet of 自治体概要: its rows, footnotes told once, and the printed page itself."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from indicators.figures import profile_sheet
from indicators.figures.profile_figures import ProfileFigure
from indicators.models import Definition, Measurement, MeasurementPart
from municipalities.models import Contractor, Organization, ProfilePicture

PRINT = "/m/990019/2026/profile/print/"
CENSUS = "令和2年国勢調査"
SURVEY = "令和2年介護保険事業状況報告"


@dataclass
class Given:
    code: str
    value: str
    source: str = CENSUS
    note: str = ""
    state: str = "value"

    def figure(self):
        unit, decimals = ("人", 0) if self.code == "population_total" else ("％", 1)
        row = Measurement(
            fiscal_year=2020,
            value=Decimal(self.value) if self.value else None,
            state=self.state,
            source=self.source,
            note=self.note,
        )
        return ProfileFigure(
            Definition(code=self.code, name=self.code, unit=unit, decimals=decimals), row
        )


def sheet(*given):
    return profile_sheet.of([one.figure() for one in given])


def test_the_first_sheet_of_a_case_comes_out_as_it_is_printed():
    """水戸市 in the published report: two footnotes, the first shared by population and both shares."""
    share = "全人口に占める割合"
    found = sheet(
        Given("population_total", "270685"),
        Given("aging_rate_65", "26.2", note=share),
        Given("aging_rate_75", "13.6", note=share),
        Given("ltc_certification_rate_unspecified", "19.2", source=SURVEY),
    )

    assert [(row.label, row.mark, [value.text for value in row.values]) for row in found.rows] == [
        ("人口", 1, ["270,685人"]),
        ("高齢化率", 1, ["26.2％（65歳以上）", "13.6％（75歳以上）"]),
        ("要介護認定率", 2, ["19.2％"]),
    ]
    assert found.notes == (
        f"{CENSUS}、令和2年度（2020年度）。高齢化率は、{share}。",
        f"{SURVEY}、令和2年度（2020年度）。",
    )


def test_values_of_one_row_with_two_sources_have_each_its_own_mark():
    found = sheet(
        Given("aging_rate_65", "26.2"),
        Given("aging_rate_75", "13.6", source="住民基本台帳"),
    )

    assert found.rows[0].mark == 0
    assert [value.mark for value in found.rows[0].values] == [1, 2]


def test_rates_by_category_say_which_they_are_and_a_missing_one_why():
    found = sheet(
        Given("ltc_certification_rate_no1", "19.2", source=SURVEY),
        Given("ltc_certification_rate_no2", "", SURVEY, "広域連合が保険者のため", "unknown"),
    )

    assert [value.text for value in found.rows[0].values] == [
        "19.2％（第1号被保険者）",
        "不明（広域連合が保険者のため）（第2号被保険者）",
    ]
    assert found.notes == (f"{SURVEY}、令和2年度（2020年度）。",)


def test_a_figure_that_is_not_entered_has_no_footnote():
    definition = Definition(code="population_total", name="人口", unit="人", decimals=0)
    found = profile_sheet.of([ProfileFigure(definition, None)])

    assert (found.rows[0].mark, found.rows[0].values[0].text, found.notes) == (0, "（未入力）", ())


def test_a_figure_of_no_known_row_has_a_row_of_its_own():
    assert [row.label for row in sheet(Given("households", "3")).rows] == ["households"]


@pytest.mark.django_db
def test_the_printed_page_holds_the_whole_sheet(sign_in, here):
    Contractor.objects.create(
        cycle=here, key="x", organization=Organization.objects.get(key="hokenjo"), position=9
    )
    page = sign_in("viewer").get(PRINT).content.decode()

    for text in (
        "見本県見本市　自治体概要",
        "47,865人",
        "※1：見本県の例示（実在しない値）",
        "健康福祉部 高齢者支援課",
        "在宅医療・介護連携相談窓口：見本市医師会",
        "見本県地域医療課、見本保健所",
        "訪問診療を行う診療所が6か所ある。",
        'alt="圏域図"',
        "css/profile_sheet.css",
    ):
        assert text in page, text


@pytest.mark.django_db
def test_an_unwritten_sheet_is_printed_with_its_lines(as_editor, here):
    Contractor.objects.all().delete()
    MeasurementPart.objects.all().delete()
    Measurement.objects.all().delete()
    page = as_editor.get(PRINT).content.decode()

    assert "（未入力）" in page
    assert "<td>－</td>" in page


@pytest.mark.django_db
def test_what_stays_in_house_is_not_printed(as_editor, here):
    ProfilePicture.objects.update(audience="internal")
    page = as_editor.get(PRINT).content.decode()

    assert 'alt="圏域図"' not in page
    assert 'alt="圏域図"' in as_editor.get("/m/990019/2026/profile/").content.decode()
