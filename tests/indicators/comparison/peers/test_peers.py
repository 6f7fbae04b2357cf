"""With whom a place is compared, in the country as it is."""

import io
import math
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from indicators import statistics
from indicators.comparison.peers import peers
from indicators.comparison.peers.peers import group_of, groups_for, groups_of_prefecture
from indicators.comparison.selection import Selection
from indicators.comparison.town import town_page, town_table
from indicators.models import Dataset, PublishedValue
from municipalities.choices import Role, ScopeKind
from municipalities.models import Cycle, Membership, Municipality, Prefecture
from municipalities.tenancy import within
from tests.indicators.comparison import country_statistics

MITO, FUTABA, KAWASAKI, SHINAGAWA, YOKOHAMA = "082015", "075469", "141305", "131091", "141003"
MIHON = "990019"


@pytest.fixture(scope="module")
def counted(country, django_db_blocker):
    with django_db_blocker.unblock():
        country_statistics.store()


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]


def town(code):
    return Municipality.objects.select_related("prefecture").get(code=code)


def groups(code):
    return {group.code: group for group in groups_for(town(code))}


def codes(group):
    return [place.code for place in group.places]


class TestGroupsOfATown:
    def test_prefecture_area_alike_and_near(self):
        found = groups(MITO)
        assert list(found) == ["prefecture", "area-0801", "alike-082015", "near-082015"]
        assert len(found["prefecture"].places) == 44
        assert {place.name for place in found["area-0801"].places} == {
            "水戸市", "笠間市", "小美玉市", "茨城町", "大洗町", "城里町",
        }  # fmt: skip
        assert len(found["alike-082015"].places) == 62
        assert found["alike-082015"].label == "類似団体（中核市）"
        assert "茨城県 水戸市" in {place.name for place in found["alike-082015"].places}
        for group in found.values():
            assert group.reason.endswith("。")
            assert MITO in codes(group)

    def test_wards_are_nobodys_peers(self):
        wards = set(Municipality.objects.filter(kind="ward").values_list("code", flat=True))
        for code in (YOKOHAMA, KAWASAKI, MITO):
            for group in groups_for(town(code)):
                assert not wards & set(codes(group))

    @pytest.mark.parametrize(
        ("code", "label", "number"),
        [(SHINAGAWA, "特別区", 23), (YOKOHAMA, "政令指定都市", 20), (MITO, "中核市", 62)],
    )
    def test_large_cities_are_compared_with_their_kind(self, code, label, number):
        alike = groups(code)[f"alike-{code}"]
        assert (alike.label, len(alike.places)) == (f"類似団体（{label}）", number)

    def test_a_city_alone_in_its_areas_has_none(self):
        """川崎市 lies in two areas by its wards, 横浜市 is one area: nobody else is there."""
        for code in (KAWASAKI, YOKOHAMA):
            assert not [name for name in groups(code) if name.startswith("area-")]

    def test_a_city_in_two_areas_is_a_peer_in_both(self):
        """Where a ward's area had a second town, the city would stand there once."""
        member = Municipality.objects.get(code="142034")
        for code in ("1404", "1405"):
            area = peers.MedicalAreaMember.objects.filter(
                area__code=code, area__scheme=peers.SCHEME
            )
            area.first().area.members.create(municipality=member)
        found = groups(KAWASAKI)
        for code in ("area-1404", "area-1405"):
            assert codes(found[code]) == [KAWASAKI, "142034"]

    def test_where_nobody_is_counted_nobody_is_near(self):
        near = groups(FUTABA)[f"near-{FUTABA}"]
        assert near.places == ()
        assert "人口が0人の場合を含みます" in near.note
        assert "alike-075469" in groups(FUTABA)

    def test_exercise_towns_are_compared_among_themselves(self):
        found = groups(MIHON)
        assert codes(found["prefecture"]) == ["990019", "990027", "990035"]
        assert found["near-990019"].places == ()
        assert "alike-990019" not in found
        for code in ("near-082015", "alike-082015"):
            assert not [one for one in codes(groups(MITO)[code]) if one.startswith("99")]

    def test_invented_figures_make_them_near_to_each_other_and_to_nobody_else(self):
        before = {code: codes(groups(code)[f"near-{code}"]) for code in (MITO, YOKOHAMA)}
        assert statistics.load_exercise() > 0
        assert statistics.load_exercise() == 0

        near = groups(MIHON)["near-990019"]
        assert codes(near) == ["990019", "990027", "990035"]
        assert near.reasons["990027"] == ("人口0.2倍・75歳以上の割合＋4.5ポイント・人口密度0.3倍")
        assert "例示の統計" in near.reason
        assert "国勢調査" not in near.reason
        assert before == {code: codes(groups(code)[f"near-{code}"]) for code in before}

    def test_the_same_number_of_queries_everywhere(self, django_assert_num_queries):
        for code in (MITO, YOKOHAMA, "011002"):
            one = town(code)
            with django_assert_num_queries(4):
                groups_for(one)


class TestNearest:
    def test_the_ten_nearest_by_an_independent_computation(self):
        """Brute force over plain floats, with densities in people per square kilometre."""
        rows = PublishedValue.objects.filter(state="value").values_list(
            "place_code", "definition__code", "value"
        )
        told = {}
        for code, definition, value in rows:
            told.setdefault(code, {})[definition] = float(value)
        points = {
            code: (
                math.log(one["population_total"]),
                one["aging_rate_75"],
                math.log(one["population_total"] / (one["area_total"] / 100)),
            )
            for code, one in told.items()
            if one["population_total"] and "aging_rate_75" in one
        }
        assert len(points) == 1740
        wide = []
        for axis in range(3):
            values = [point[axis] for point in points.values()]
            mean = sum(values) / len(values)
            wide.append((sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5)
        own = points[MITO]
        far = {
            code: sum(((a - b) / w) ** 2 for a, b, w in zip(own, point, wide, strict=True))
            for code, point in points.items()
            if code != MITO
        }
        wanted = sorted(far, key=far.get)[:10]

        near = groups(MITO)["near-082015"]
        assert codes(near) == [MITO, *wanted]
        assert list(near.reasons) == wanted

    def test_every_peer_has_its_reason_in_words(self):
        near = groups(MITO)["near-082015"]
        assert MITO not in near.reasons
        for words in near.reasons.values():
            assert words.startswith("人口")
            assert "75歳以上の割合" in words
            assert "人口密度" in words

    def test_a_reason_can_be_checked_by_hand(self):
        near = groups(MITO)["near-082015"]
        first = near.places[1].code
        values = {
            (place, code): value
            for place, code, value in PublishedValue.objects.filter(
                place_code__in=(MITO, first)
            ).values_list("place_code", "definition__code", "value")
        }
        share = values[first, "population_total"] / values[MITO, "population_total"]
        assert near.reasons[first].startswith(f"人口{share.quantize(Decimal('0.1'))}倍・")

    def test_what_statistics_tell_is_remembered_by_their_fingerprints(
        self, django_assert_num_queries
    ):
        Dataset.objects.filter(code__in=peers.MEASURED.values()).update(fingerprint="of a test")
        one = town(MITO)
        first = groups_for(one)
        with django_assert_num_queries(3):
            assert groups_for(one) == first

        Dataset.objects.filter(code="census").update(fingerprint="of another")
        PublishedValue.objects.filter(place_code=first[-1].places[1].code).delete()
        assert groups_for(one)[-1].places[1] != first[-1].places[1]


class TestPage:
    """The town's page of a real town: the same queries for eleven places and for sixty-two."""

    @pytest.fixture
    def mito(self):
        one = town(MITO)
        with within(one):
            yield Cycle.objects.create(municipality=one, fiscal_year=2023)

    def test_own_first_then_the_nearest_with_their_reasons(self, mito):
        asked = Selection(group=f"near-{MITO}", scene="common")
        page = town_page.of(mito, asked)
        table = town_table.of(page)

        assert page.group.code == f"near-{MITO}"
        assert table.own.name == "水戸市"
        assert [row.name for row in table.others] == [one.name for one in page.group.places[1:]]
        assert all("75歳以上の割合" in row.reason for row in table.others)
        assert [box.text for box in table.own.boxes] == ["270,685", "13.6"]

    def test_the_same_queries_for_a_few_places_and_for_many(self, mito):
        counts = {}
        for group in (f"near-{MITO}", f"alike-{MITO}", "prefecture", "area-0801"):
            with CaptureQueriesContext(connection) as queries:
                town_table.of(town_page.of(mito, Selection(group=group, scene="common")))
            counts[group] = len(queries)
        assert len(set(counts.values())) == 1
        assert max(counts.values()) <= 16

    def test_another_towns_group_is_not_its_own_to_choose(self, mito):
        page = town_page.of(mito, Selection(group=f"near-{SHINAGAWA}"))
        assert page.group.code == "prefecture"


class TestNamed:
    def test_a_code_names_the_group_that_the_list_has(self):
        one = town(MITO)
        for group in groups_for(one):
            assert group_of(group.code, municipality=one) == group
            seen = group_of(group.code, prefecture=one.prefecture)
            # Who is not that town is told whose group it is.
            name = f"水戸市：{group.label}" if peers.is_around(group.code) else group.label
            assert seen == replace(group, label=name)

    @pytest.mark.parametrize(
        "code",
        ["", "secret", "area-9999", "near-000000", "alike-990019", "near-131016", "area-1301"],
    )
    def test_what_nobody_knows_is_the_prefecture(self, code):
        here = Prefecture.objects.get(code="08")
        group = group_of(code, prefecture=here)
        assert (group.code, group.label, len(group.places)) == ("prefecture", "茨城県", 44)

    def test_the_nation_is_its_prefectures(self):
        group = group_of("nation", prefecture=Prefecture.objects.get(code="08"))
        real = [place.code for place in group.places if place.code <= "47"]
        assert real == [f"{number:02}" for number in range(1, 48)]
        assert "99" not in codes(group)
        assert {place.kind for place in group.places} == {"prefecture"}
        assert group.is_of_prefectures

    def test_an_officer_chooses_among_prefecture_areas_sizes_and_nation(self):
        found = groups_of_prefecture(Prefecture.objects.get(code="08"))
        assert [found[0].code, found[-1].code] == ["prefecture", "nation"]
        assert all(group.code.startswith("area-08") for group in found[1:10])
        sizes = found[10:-1]
        assert [group.label for group in sizes][::4] == ["人口1万人未満", "人口10万人以上"]
        # Everybody is in one size, and in one alone.
        placed = sorted(code for group in sizes for code in codes(group))
        assert placed == sorted(codes(found[0]))
        assert MITO in codes(sizes[-1])

    def test_population_travels_with_a_place(self):
        people = {place.code: place.population for place in groups(MITO)["prefecture"].places}
        assert people[MITO] == 270_685
        fukushima = group_of("prefecture", prefecture=Prefecture.objects.get(code="07"))
        assert {one.code: one.population for one in fukushima.places}[FUTABA] == 0


class TestAnOfficersChoice:
    """An officer who has marked a town may compare it with its peers of the country, by statistics alone."""

    PAGE = "/p/08/2023/compare/"

    @pytest.fixture
    def officer(self, sign_in, people):
        Membership.objects.create(
            user=people["stranger"],
            role=Role.OFFICER,
            scope_kind=ScopeKind.PREFECTURE,
            scope_code="08",
        )
        return sign_in("stranger")

    def test_a_marked_town_brings_its_peers_with_their_reason(self, officer):
        page = officer.get(f"{self.PAGE}?town={MITO}&view=profile").text
        assert f'value="near-{MITO}">水戸市：人口などが近い市区町村' in page
        assert f'value="alike-{MITO}">水戸市：類似団体（中核市）' in page
        assert "人口などが近い市区町村も選べます" in page

        chosen = officer.get(f"{self.PAGE}?town={MITO}&group=near-{MITO}").text
        assert f'value="near-{MITO}" selected' in chosen
        assert "人口・75歳以上の割合・人口密度（人口÷総面積）が最も近い" in chosen

    def test_the_reason_of_each_place_stands_beside_it(self, officer):
        """As on the town's own page; on screen, in the lists beside drawings and in what is saved."""
        near = groups(MITO)[f"near-{MITO}"]
        asked = f"?group=near-{MITO}&scene=common"
        page = officer.get(f"{self.PAGE}{asked}").text
        for code, words in near.reasons.items():
            head = page.split(f'<tr id="place-{code}">')[1].split("</th>")[0]
            assert head.endswith(f"<small>{words}</small>"), code
        own = page.split(f'<tr id="place-{MITO}">')[1].split("</th>")[0]
        assert "<small>" not in own
        for view in ("strip", "map"):
            drawn = officer.get(f"{self.PAGE}{asked}&view={view}").text.split('id="drawing-list"')[
                1
            ]
            assert all(f'class="aside">{one}</span></th>' in drawn for one in near.reasons.values())
        book = load_workbook(io.BytesIO(officer.get(f"{self.PAGE}export/{asked}").content))
        header, *rows = book["区分"].iter_rows(values_only=True)
        assert header[2] == "選んだ理由"
        assert {row[0]: row[2] for row in rows} == {MITO: None, **near.reasons}
        other = load_workbook(io.BytesIO(officer.get(f"{self.PAGE}export/?scene=common").content))
        assert "選んだ理由" not in next(other["区分"].iter_rows(values_only=True))

    def test_a_group_around_a_town_names_it_also_where_it_is_not_marked(self, officer):
        page = officer.get(f"{self.PAGE}?group=near-{MITO}").text
        assert f'value="near-{MITO}" selected>水戸市：人口などが近い市区町村' in page

    @pytest.mark.parametrize("group", ["near-131016", "alike-131016", "near-089999"])
    def test_around_a_town_of_others_or_of_nobody_there_is_none_and_that_is_told(
        self, officer, group
    ):
        page = officer.get(f"{self.PAGE}?group={group}").text
        assert "茨城県の市町村についてだけ選べます" in page
        assert "茨城県の市町村を表示しています。" in page
        assert f'value="{group}"' not in page

    @pytest.mark.parametrize(
        "query", ["", f"?town={YOKOHAMA}", f"?town={MITO}&origin=submitted", "?town=nobody"]
    )
    def test_without_a_town_of_ours_or_among_what_was_submitted_there_are_none(
        self, officer, query
    ):
        page = officer.get(self.PAGE + query).text
        assert "：人口などが近い市区町村" not in page
        assert "：類似団体" not in page
