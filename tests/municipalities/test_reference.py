"""Places as shipped: complete, with right codes, and loaded a second time without a trace."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from municipalities import reference
from municipalities.choices import AreaScheme, MunicipalityKind, Role, ScopeKind
from municipalities.models import (
    MedicalArea,
    MedicalAreaMember,
    Membership,
    Municipality,
    MunicipalityAlias,
    Prefecture,
)

pytestmark = pytest.mark.django_db
PREFECTURES = 47


def real(rows, prefecture="prefecture"):
    """Leave out 見本県 and what else the tests' world has made up."""
    return rows.filter(**{f"{prefecture}__code__lte": str(PREFECTURES)})


def test_every_municipality_and_every_ward_is_there(country):
    kinds = Counter(real(Municipality.objects).values_list("kind", flat=True))

    assert kinds == {
        MunicipalityKind.DESIGNATED_CITY: 20,
        MunicipalityKind.CORE_CITY: 62,
        MunicipalityKind.CITY: 710,
        MunicipalityKind.TOWN: 743,
        MunicipalityKind.VILLAGE: 183,
        MunicipalityKind.SPECIAL_WARD: 23,
        MunicipalityKind.WARD: 171,
    }
    assert real(Municipality.objects).without_wards().count() == 1741
    assert Prefecture.objects.filter(code__lte="47").count() == PREFECTURES
    assert Prefecture.objects.get(code="99").name == "見本県"


def test_loading_again_writes_nothing(country, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert reference.load() == 0


def test_what_was_changed_by_hand_is_set_right(country):
    Municipality.objects.filter(code="082015").update(name="水戸町")
    MunicipalityAlias.objects.filter(alias="塩釜市").delete()
    MunicipalityAlias.objects.create(
        municipality=Municipality.objects.get(code="082015"), alias="みと"
    )

    assert reference.load() == 3
    assert Municipality.objects.get(code="082015").name == "水戸市"
    assert not MunicipalityAlias.objects.filter(alias="みと").exists()


def test_a_wrong_check_digit_in_the_file_stops_the_load(monkeypatch, db):
    rows = {"municipalities.csv": [{"code": "082016", "kind": "city"}], "prefectures.csv": []}
    monkeypatch.setattr(reference, "rows_of", lambda name: rows[name])

    with pytest.raises(ValidationError):
        reference.load()


def test_a_ward_has_its_city_and_nobody_else_has_one(country):
    for ward in Municipality.objects.filter(kind=MunicipalityKind.WARD).select_related("parent"):
        assert ward.parent.kind == MunicipalityKind.DESIGNATED_CITY
        assert ward.name.startswith(ward.parent.name)
        assert ward.code[:2] == ward.parent.code[:2]
    mito = Municipality.objects.get(code="082015")
    for wrong in ({"kind": MunicipalityKind.WARD}, {"parent": mito}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Municipality.objects.filter(code="082023").update(**wrong)


def test_two_cities_bear_the_name_fuchu(country):
    found = Municipality.objects.filter(name="府中市").values_list("code", "prefecture__name")

    assert list(found) == [("132063", "東京都"), ("342084", "広島県")]


def test_hamamatsu_has_its_three_new_wards(country):
    names = Municipality.objects.filter(parent__code="221309").values_list("name", flat=True)

    assert list(names) == ["浜松市中央区", "浜松市浜名区", "浜松市天竜区"]


def test_districts_and_similar_groups_are_known(country):
    assert Municipality.objects.get(code="133035").district == "西多摩郡"
    towns = real(Municipality.objects).without_wards()
    assert not towns.filter(similar_group="").exists()
    # 八丈町 and other islands, too, belong to a 支庁 and to no 郡.
    assert not towns.filter(kind=MunicipalityKind.CITY).exclude(district="").exists()


@pytest.mark.parametrize(
    ("scheme", "total", "akita", "mie"),
    [
        (AreaScheme.MEDICAL_2020, 335, 8, 4),
        (AreaScheme.MEDICAL_2024, 330, 3, 4),
        (AreaScheme.VISION, 339, 8, 8),
    ],
)
def test_each_scheme_has_its_areas(country, scheme, total, akita, mie):
    areas = real(MedicalArea.objects.filter(scheme=scheme))

    assert areas.count() == total
    assert areas.filter(prefecture__code="05").count() == akita
    assert areas.filter(prefecture__code="24").count() == mie
    assert areas.filter(members__isnull=False).distinct().count() == total


def test_a_code_that_is_not_known_is_not_made_to_look_official(country):
    unofficial = real(MedicalArea.objects.filter(is_official_code=False))

    assert {area.name for area in unofficial} == {"県北", "県央", "県南"}
    assert not any(area.code.isdigit() for area in unofficial)
    official = MedicalArea.objects.filter(is_official_code=True).values_list("code", flat=True)
    assert all(len(code) == 4 and code.isdigit() for code in official)


@pytest.mark.parametrize("scheme", AreaScheme.values)
def test_every_municipality_lies_in_one_area_and_kawasaki_in_two(country, scheme):
    members = MedicalAreaMember.objects.filter(area__scheme=scheme)
    per_place = Counter(members.values_list("municipality__code", flat=True))

    assert set(per_place.values()) == {1}
    without = real(Municipality.objects).exclude(code__in=per_place)
    assert [place.code for place in without] == ["141305"]
    kawasaki = members.filter(municipality__parent__code="141305")
    assert set(kawasaki.values_list("area__name", flat=True)) == {"川崎北部", "川崎南部"}


def test_the_two_schemes_mean_the_same_by_the_same_code(country):
    def of(scheme):
        found = {}
        members = MedicalAreaMember.objects.filter(area__scheme=scheme)
        for area, code in members.values_list("area__code", "municipality__code"):
            found.setdefault(area, set()).add(code)
        return found

    old, new = of(AreaScheme.MEDICAL_2020), of(AreaScheme.MEDICAL_2024)
    assert all(old[code] == new[code] for code in old.keys() & new.keys())
    assert set().union(*(old[f"05{number:02}"] for number in range(1, 9))) == set().union(
        *(new[f"05-{number}"] for number in (1, 2, 3))
    )


def test_a_ward_has_no_desk_and_no_pages(country, people, sign_in):
    ward = Municipality.objects.get(code="141313")
    Membership.objects.create(
        user=people["stranger"],
        role=Role.EDITOR,
        scope_kind=ScopeKind.MUNICIPALITY,
        scope_code=ward.code,
    )
    client = sign_in("stranger")

    assert client.get(f"/m/{ward.code}/").status_code == 404
    assert ward.name not in client.get("/", follow=True).content.decode()


def test_no_account_is_made_for_a_ward(country):
    with pytest.raises(CommandError, match="141313 is no municipality"):
        call_command(
            "create_account",
            "kawasaki",
            name="川崎区",
            email="k@example.jp",
            role=Role.EDITOR,
            scope="141313",
        )


def test_the_prefecture_page_lists_no_wards(country, people, sign_in):
    Membership.objects.create(
        user=people["stranger"],
        role=Role.OFFICER,
        scope_kind=ScopeKind.PREFECTURE,
        scope_code="14",
    )

    page = sign_in("stranger").get("/p/14/2026/", follow=True).content.decode()

    assert "川崎市" in page
    assert "川崎市川崎区" not in page


def test_the_api_gives_wards_only_when_asked(country, sign_in):
    client = sign_in("editor")
    plain = client.get("/api/v1/municipalities?prefecture=14").json()["items"]
    asked = client.get("/api/v1/municipalities?prefecture=14&wards=1").json()["items"]

    assert len(plain) == 33
    assert {one["kind"] for one in asked} - {one["kind"] for one in plain} == {"ward"}
    assert len(asked) == 33 + 18 + 7 + 3
