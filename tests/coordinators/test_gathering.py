"""Gathering structures with their parts, and the prefecture's posts that are shown in a town."""

import pytest

from coordinators.models import Structure
from coordinators.reading import gathering
from coordinators.reading.prefecture_posts import posts_shown_in
from municipalities.models import MedicalArea, MedicalAreaMember
from tests import world
from tests.coordinators import rows

pytestmark = pytest.mark.django_db


def test_a_structure_comes_with_every_part_in_words(here):
    made = rows.structure(affiliation="bodies", responsible="高齢福祉課")
    rows.partner(made, world.THEIRS, responsible="見本町福祉課")
    lead = rows.post(made, "lead", level="municipal_lead", desk="連携センター", people=3)
    rows.post(made, "field", upper=lead, people=30, fte="2.50", position=2)
    rows.staffing(lead, people=3, duty="concurrent", qualifications="保健師")
    rows.item(rows.heading(made), planned="2回/年", held=1)
    rows.stage(made)

    found = gathering.gathered(made)

    assert (found.affiliation_name, found.coverage_name) == ("① 関係団体等に所属", "記載なし")
    assert found.responsibles == (("見本市", "高齢福祉課"), ("見本町", "見本町福祉課"))
    first, second = found.posts
    assert (first.title, first.staffing_words) == ("連携センター", "兼務3人")
    assert (second.upper, second.fte) == ("lead", "2.5")
    assert second.upper_name.startswith("連携センター")
    assert found.activities[0].items[0].times == "予定 2回/年　実施 1回"
    assert found.effects == ()
    assert [one.name for one in found.stages] == ["一次連携"]


def test_a_neighbours_shared_structure_reads_complete_here(here):
    rows.shared_by_neighbour()

    (found,) = [one for one in gathering.gathered_of(world.YEAR) if one.key == "joint"]

    assert not found.is_led_here
    assert (found.lead_code, found.lead_name) == (world.THEIRS, "見本町")
    assert found.headcount.together == 3
    assert found.responsibles[1] == ("見本市", "見本市高齢福祉課")
    assert found.posts[0].name == "見本町医師会"


def test_the_number_of_queries_does_not_grow(here, django_assert_num_queries):
    for number in range(3):
        made = rows.structure(f"team-{number}")
        for other in range(3):
            rows.staffing(rows.post(made, f"desk-{other}"), f"part-{other}")
            rows.item(rows.heading(made, f"head-{other}"), f"point-{other}")
    with django_assert_num_queries(7):
        gathering.gathered_of(world.YEAR)
    one = Structure.objects.select_related("municipality").get(key="team-0")
    with django_assert_num_queries(6):
        gathering.gathered(one)
    with django_assert_num_queries(7):
        gathering.gathered_in(one.municipality, one)


@pytest.fixture
def area(here):
    rows.no_prefecture_posts()
    return MedicalArea.objects.create(
        scheme="medical", code="9901", name="見本中央", prefecture=here.municipality.prefecture
    )


def test_the_prefectures_posts_are_shown_in_its_towns_by_area(here, area):
    rows.prefecture_post("whole")
    rows.prefecture_post("central", area=area)
    rows.prefecture_post("last-year", fiscal_year=world.YEAR - 1)
    rows.prefecture_post("elsewhere", code="98")
    town = here.municipality

    assert [one.key for one in posts_shown_in(town, world.YEAR)] == ["whole"]

    MedicalAreaMember.objects.create(area=area, municipality=town)
    found = posts_shown_in(town, world.YEAR)
    assert [(one.key, one.area) for one in found] == [("whole", ""), ("central", "見本中央")]


def test_an_area_of_a_ward_is_shown_in_its_city_once(here, area, django_assert_num_queries):
    town = here.municipality
    for code in ("990116", "990124"):
        ward = type(town).objects.create(
            code=code, name=code, kana="く", kind="ward", parent=town, prefecture=town.prefecture
        )
        MedicalAreaMember.objects.create(area=area, municipality=ward)
    rows.prefecture_post("central", area=area)
    with django_assert_num_queries(1):
        assert len(posts_shown_in(town, world.YEAR)) == 1
