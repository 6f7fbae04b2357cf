"""The statistics as shipped: their sums, the traps of their sources, and how they get into the database."""

import gzip
import hashlib
import re
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

import indicators.reference
from indicators import statistics
from indicators.arithmetic import derivation
from indicators.choices import PlaceKind, ValueKind, ValueState
from indicators.models import Dataset, Definition, PublishedValue
from indicators.publishing import published
from indicators.statistics import NotAsShippedError
from municipalities.choices import AreaScheme
from municipalities.models import MedicalArea, Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]
SMALL = ("visiting_nurse_offices_2025", "support_report_2023")
FUTABA, MITO, CHIYODA = "075469", "082015", "131016"
# Offices whose address does not tell the ward; those of 浜松市 still name wards of before 2024.
LACKING = {
    "札幌市": 1,
    "川崎市": 1,
    "静岡市": 1,
    "浜松市": 30,
    "名古屋市": 5,
    "京都市": 1,
    "大阪市": 3,
    "神戸市": 3,
    "広島市": 1,
    "北九州市": 3,
    "福岡市": 1,
    "熊本市": 2,
}
# Population, rates of 65+ and 75+ as the support report of fiscal year 2023 prints them.
REPORTED = {
    "082015": ("270,685人", "26.2％", "13.6％"),
    "222224": ("28,190人", "42.6％", "22.8％"),
    "262013": ("77,306人", "29.7％", "15.8％"),
    "131164": ("301,599人", "19.4％", "10.1％"),
    "141003": ("3,777,491人", "24.4％", "12.8％"),
    "151009": ("789,275人", "29.3％", "14.9％"),
    "112399": ("100,275人", "29.4％", "14.4％"),
    "112411": ("70,117人", "28.9％", "13.5％"),
    "032115": ("32,078人", "39.8％", "22.4％"),
}


def shipped():
    return {row["code"]: row for row in statistics._shipped()}


def read(code):
    return statistics.table_of(statistics.checked(code, shipped()[code]["sha256"]))


@pytest.fixture(scope="module")
def tables(country, django_db_blocker):
    """Every shipped statistic with all that follows from it, computed in memory."""
    with django_db_blocker.unblock():
        rules = statistics.rules_of_the_country()
    return {code: derivation.complete(read(code), rules) for code in shipped()}


@pytest.fixture
def only(monkeypatch):
    """Ship these statistics alone."""

    def choose(*codes):
        rows = [row for code, row in shipped().items() if code in codes]
        monkeypatch.setattr(statistics, "_shipped", lambda: [dict(row) for row in rows])

    return choose


def town(code):
    return PlaceKind.MUNICIPALITY, code


class TestSums:
    @pytest.mark.parametrize(("year", "total"), [(2015, 127_094_745), (2020, 126_146_099)])
    def test_the_census_counts_the_nation(self, tables, year, total):
        census = tables["census"]
        column = ("population_total", year)
        assert census[published.NATION][column] == total
        prefectures = [row for place, row in census.items() if place[0] == PlaceKind.PREFECTURE]
        assert len(prefectures) == 47
        assert sum(row[column] for row in prefectures) == total

    def test_the_land_of_every_municipality_is_known(self, tables):
        """水戸市 217.32 km², 札幌市 1,121.26 km²; the nation without the north is 37.3 million hectares."""
        land = tables["land_area_2024"]
        towns = [row for place, row in land.items() if place[0] == PlaceKind.MUNICIPALITY]
        column = ("area_total", 2024)
        assert len(towns) == 1741
        assert all(row[column] > 0 for row in towns)
        assert (land[town(MITO)][column], land[town("011002")][column]) == (21_732, 112_126)
        assert land[published.NATION][column] == sum(row[column] for row in towns) == 37_285_823

    def test_the_register_counts_the_nation(self, tables):
        register = tables["resident_register_2025"]
        assert register[published.NATION]["registry_population_total", 2024] == 124_330_690

    def test_the_survey_states_its_own_sums(self, tables):
        survey = tables["home_care_survey_2023"]
        column = ("home_care_support_clinics", 2023)
        for kind, number in ((PlaceKind.PREFECTURE, 47), (PlaceKind.MEDICAL_AREA, 335)):
            stated = [row[column] for place, row in survey.items() if place[0] == kind]
            assert len(stated) == number
            assert sum(stated) == survey[published.NATION][column] == 14_725

    @pytest.mark.parametrize(
        ("service", "clinics", "hospitals"),
        [
            ("house_call", (17_631, 225_875), (1_791, 25_546)),
            ("home_visit", (18_906, 1_498_229), (2_904, 237_601)),
            ("home_end_of_life", (5_780, 17_966), (824, 2_146)),
        ],
    )
    def test_the_survey_tells_institutions_from_cases(self, tables, service, clinics, hospitals):
        """Tables 107 and 68: whoever is counted gave at least one service, and prefectures make up the nation."""
        survey = tables["home_care_survey_2023"]
        for kind, stated in (("clinic", clinics), ("hospital", hospitals)):
            columns = ((f"{service}_{kind}s", 2023), (f"{service}_{kind}_cases", 2023))
            assert tuple(survey[published.NATION][column] for column in columns) == stated
            rows = {place: row for place, row in survey.items() if columns[1] in row}
            assert all(
                row[columns[0]] <= row[columns[1]]
                and bool(row[columns[0]]) == bool(row[columns[1]])
                for row in rows.values()
            )
            prefectures = [row for place, row in rows.items() if place[0] == PlaceKind.PREFECTURE]
            sums = tuple(sum(row[column] for row in prefectures) for column in columns)
            assert (len(prefectures), sums) == (47, stated)

    def test_wards_add_up_to_their_city_but_for_offices_of_unknown_ward(self, tables):
        offices = tables["visiting_nurse_offices_2025"]
        column = ("home_visit_nursing_stations", 2025)
        cities = Municipality.objects.filter(wards__isnull=False).distinct()
        lacking = {}
        for city in cities.prefetch_related("wards"):
            wards = [offices[PlaceKind.WARD, ward.code][column] for ward in city.wards.all()]
            if missing := offices[town(city.code)][column] - sum(wards):
                lacking[city.name] = missing
        assert lacking == LACKING
        assert offices[published.NATION][column] == 17_938

    def test_areas_of_each_scheme_and_kawasaki_add_up_to_the_nation(self, tables):
        """川崎市 has an office of unknown ward: neither of its areas gets a sum."""
        offices = tables["visiting_nurse_offices_2025"]
        column = ("home_visit_nursing_stations", 2025)
        for scheme in (AreaScheme.MEDICAL_2020, AreaScheme.MEDICAL_2024):
            areas = MedicalArea.objects.filter(scheme=scheme).exclude(prefecture__code="99")
            areas = areas.values_list("code", flat=True)
            with_sum = [code for code in areas if (PlaceKind.MEDICAL_AREA, code) in offices]
            assert set(areas) - set(with_sum) == {"1404", "1405"}
            total = sum(offices[PlaceKind.MEDICAL_AREA, code][column] for code in with_sum)
            assert total + offices[town("141305")][column] == 17_938

    def test_a_city_in_two_areas_is_in_the_sum_of_neither(self, tables):
        """川崎市: its wards have no census figures here, so both areas stay without."""
        areas = {place[1] for place in tables["census"] if place[0] == PlaceKind.MEDICAL_AREA}
        assert {"1404", "1405"} & areas == set()
        assert len(areas) == 333 + 3

    def test_a_statistic_of_34_prefectures_has_no_national_sum(self, tables):
        notified = tables["home_care_notifications_2025"]
        assert published.NATION not in notified
        assert len([place for place in notified if place[0] == PlaceKind.PREFECTURE]) == 34
        assert town(CHIYODA) not in notified

    def test_a_projection_with_gaps_is_not_summed(self, tables):
        projected = tables["population_projection_2023"]
        assert published.NATION not in projected
        assert (PlaceKind.PREFECTURE, "07") not in projected
        assert (PlaceKind.PREFECTURE, "08") in projected
        assert ("projected_rate_75plus", 2030) not in projected[PlaceKind.PREFECTURE, "08"]


class TestTraps:
    def test_futaba_had_nobody(self, tables):
        row = tables["census"][town(FUTABA)]
        assert row["population_total", 2020] == 0
        assert row["aging_rate_65", 2020] is ValueState.NOT_APPLICABLE

    @pytest.mark.parametrize("code", REPORTED)
    def test_the_reports_figures_come_out(self, tables, code):
        definitions = Definition.objects.in_bulk(field_name="code")
        row = tables["census"][town(code)]
        for indicator, text in zip(
            ("population_total", "aging_rate_65", "aging_rate_75"), REPORTED[code], strict=True
        ):
            one = definitions[indicator]
            assert text == published.printed(
                row[indicator, 2020], state="value", unit=one.unit, decimals=one.decimals
            )

    def test_the_projections_own_base_is_another_one(self, tables):
        """Age unknown is shared out there: 水戸市 has 26.93 % instead of 26.2 % in 2020."""
        codes = {code for row in tables["population_projection_2023"].values() for code, _ in row}
        assert codes == {"projected_population", "projected_rate_75plus"}

    def test_census_and_register_share_no_indicator(self, tables):
        def of(dataset):
            return {code for row in tables[dataset].values() for code, _ in row}

        assert not of("census") & of("resident_register_2025")

    def test_the_ages_of_the_register_may_stay_below_its_total(self, tables):
        """287 municipalities: the rate is of the total, and its words say so."""
        row = tables["resident_register_2025"][town(MITO)]
        share = row["registry_population_65plus", 2024] / row["registry_population_total", 2024]
        assert abs(row["registry_aging_rate_65", 2024] - share * 100) < Decimal("0.0001")
        definition = Definition.objects.get(code="registry_aging_rate_65")
        assert "総数より少なく" in definition.caution

    def test_what_is_unknown_stays_blank_and_is_not_zero(self, only):
        """A member of a 広域連合: no certification rate is published for it."""
        content = gzip.compress(
            b"place_kind,place_code,ltc_certification_rate_no1:2020\n"
            b"municipality,082015,unknown\nmunicipality,082023,0\nmunicipality,082031,\n"
        )
        table = statistics.table_of(content)
        assert table == {
            town("082015"): {("ltc_certification_rate_no1", 2020): ValueState.UNKNOWN},
            town("082023"): {("ltc_certification_rate_no1", 2020): Decimal(0)},
            town("082031"): {},
        }
        dataset = Dataset.objects.create(code="made", title="作った統計")
        statistics.store(dataset, table)
        unknown = PublishedValue.objects.get(dataset=dataset, place_code="082015")
        assert (unknown.value, unknown.state) == (None, ValueState.UNKNOWN)
        assert published.latest(town("082015"), ["ltc_certification_rate_no1"])[
            "ltc_certification_rate_no1"
        ].text == ("不明")
        assert PublishedValue.objects.filter(dataset=dataset).count() == 2

    def test_a_rate_of_one_category_is_not_that_of_another(self, tables):
        report = tables["support_report_2023"]
        assert set(report[town(MITO)]) == {("ltc_certification_rate_unspecified", 2020)}
        assert report[town("131164")] == {
            ("ltc_certification_rate_no1", 2020): Decimal("20.0"),
            ("ltc_certification_rate_no2", 2020): Decimal("0.2"),
        }

    def test_every_place_of_a_file_exists(self, tables):
        towns = set(Municipality.objects.without_wards().values_list("code", flat=True))
        wards = set(Municipality.objects.exclude(code__in=towns).values_list("code", flat=True))
        areas = set(MedicalArea.objects.values_list("code", flat=True))
        known = {
            PlaceKind.MUNICIPALITY: towns,
            PlaceKind.WARD: wards,
            PlaceKind.MEDICAL_AREA: areas,
            PlaceKind.PREFECTURE: {f"{number:02}" for number in range(1, 48)},
            PlaceKind.NATION: {"JP"},
        }
        for table in tables.values():
            assert all(code in known[kind] for kind, code in table)


class TestLoad:
    def test_a_second_load_writes_nothing(self, only, django_assert_max_num_queries):
        only(*SMALL)
        assert statistics.load() > 2000
        with django_assert_max_num_queries(4):
            assert statistics.load() == 0

    def test_a_changed_basis_reads_again_and_writes_what_differs(self, only):
        only(*SMALL)
        statistics.load()
        values = PublishedValue.objects.filter(dataset__code="visiting_nurse_offices_2025")
        values.filter(place_code=MITO).update(value=Decimal(1))
        values.filter(place_code=CHIYODA).delete()
        extra = values.get(place_code=FUTABA)
        extra.pk, extra.fiscal_year = None, 1999
        extra.save()
        Dataset.objects.update(fingerprint="")

        assert statistics.load() == 3 + len(SMALL)
        assert values.get(place_code=MITO).value > 1
        assert values.filter(place_code=CHIYODA).exists()
        assert not values.filter(fiscal_year=1999).exists()

    def test_a_file_that_is_not_the_shipped_one_is_refused(self, only, monkeypatch, tmp_path):
        only(*SMALL)
        for code in SMALL:
            content = (statistics.FILES / f"{code}.csv.gz").read_bytes()
            (tmp_path / f"{code}.csv.gz").write_bytes(content)
        monkeypatch.setattr(statistics, "FILES", tmp_path)
        (tmp_path / f"{SMALL[1]}.csv.gz").write_bytes(content[:-1] + b"\1")

        with pytest.raises(CommandError, match=r"support_report_2023\.csv\.gz が配布された"):
            call_command("load_reference")
        assert not PublishedValue.objects.exists()

    def test_a_missing_file_is_refused(self, only, monkeypatch, tmp_path):
        only(*SMALL)
        monkeypatch.setattr(statistics, "FILES", tmp_path)

        with pytest.raises(NotAsShippedError):
            statistics.load()

    def test_a_load_that_stopped_halfway_is_finished_by_the_next(self, only, monkeypatch):
        only(*SMALL)
        whole = statistics._values_of

        def half(table):
            yield from list(whole(table))[:10]
            raise KeyboardInterrupt

        monkeypatch.setattr(statistics, "_values_of", half)
        with pytest.raises(KeyboardInterrupt):
            statistics.load()
        monkeypatch.setattr(statistics, "_values_of", whole)

        assert statistics.load() > 2000
        assert statistics.load() == 0

    def test_every_shipped_file_is_named_and_small(self):
        files = {path.name.removesuffix(".csv.gz") for path in statistics.FILES.glob("*.gz")}
        assert files == set(shipped())
        assert sum(path.stat().st_size for path in statistics.FILES.iterdir()) < 3_000_000
        for code, row in shipped().items():
            content = (statistics.FILES / f"{code}.csv.gz").read_bytes()
            assert hashlib.sha256(content).hexdigest() == row["sha256"]
            assert row["title"]
            assert row["publisher"]
            assert row["licence"]


class TestDefinitions:
    def test_every_column_is_a_defined_indicator(self):
        known = set(Definition.objects.values_list("code", flat=True))
        for code in shipped():
            assert {column for row in read(code).values() for column, _ in row} <= known
        assert {*derivation.RATIOS, *derivation.TOTALS} <= known

    def test_a_rate_is_defined_as_one_and_a_total_as_a_count(self):
        kinds = dict(Definition.objects.values_list("code", "value_kind"))
        assert {kinds[code] for code in derivation.RATIOS} == {ValueKind.RATIO}
        assert {kinds[code] for code in derivation.TOTALS} == {ValueKind.COUNT}

    def test_the_catalogue_says_all_an_officer_has_to_know(self):
        catalogue = Definition.objects.filter(in_catalogue=True)
        assert catalogue.count() == 80
        for one in catalogue:
            for text in (one.level, one.frequency, one.period_basis, one.suppression_note):
                assert text, one.code
            assert one.caution.endswith("。"), one.code
            assert re.search("本システム|原典未確認|確かめました", one.basis), one.code

    def test_loading_definitions_again_writes_nothing(self):
        assert indicators.reference.load() == 0

    def test_background_stays_out_of_the_catalogue(self):
        assert not Definition.objects.get(code="deaths").in_catalogue
        assert not Definition.objects.get(code="ltc_certification_rate_unspecified").in_catalogue
