"""Structures of coordinators for tests, made within the municipality of the caller."""

from coordinators.models import (
    CooperationStage,
    Heading,
    HeadingItem,
    Post,
    PrefecturePost,
    Staffing,
    Structure,
    StructurePartner,
)
from municipalities.models import Municipality, Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from tests import world


def structure(key="team", **values):
    given = {"name": "相談窓口の体制", "fiscal_year": world.YEAR, "position": 50} | values
    return Structure.objects.create(key=key, **given)


def post(of, key="desk", **values):
    given = {"level": "municipal_field", "name": "見本市医師会", "position": 1} | values
    return Post.objects.create(structure=of, key=key, **given)


def staffing(of, key="part", **values):
    given = {"people": 1, "position": 1} | values
    return Staffing.objects.create(structure=of.structure, post=of, key=key, **given)


def heading(of, key="head", kind="activity", **values):
    given = {"text": "多職種の連携づくり", "position": 1} | values
    return Heading.objects.create(structure=of, key=key, kind=kind, **given)


def item(of, key="point", **values):
    given = {"text": "多職種連携会議の開催", "position": 1} | values
    return HeadingItem.objects.create(structure=of.structure, heading=of, key=key, **given)


def stage(of, key="first", **values):
    given = {"name": "一次連携", "text": "一職種と課題を共有", "position": 1} | values
    return CooperationStage.objects.create(structure=of, key=key, **given)


def partner(of, code, key="with", **values):
    town = Municipality.objects.get(code=code)
    return StructurePartner.objects.create(structure=of, partner=town, key=key, **values)


def shared_by_neighbour(key="joint", **values):
    """A structure that 見本町 leads and shares with 見本市, with a post, a heading and a stage."""
    with within(Municipality.objects.get(code=world.THEIRS)):
        made = structure(key, name="二つの町の体制", coverage="several", **values)
        partner(made, world.OURS, responsible="見本市高齢福祉課")
        desk = post(made, "joint-desk", name="見本町医師会", people=3)
        staffing(desk, "joint-part", people=3, employment="full_time", duty="dedicated")
        item(heading(made, "joint-head"), "joint-point", planned="2回/年", held=1)
        stage(made, "joint-stage")
    return made


def no_prefecture_posts(code="99"):
    """Begin without the world's post of the prefecture."""
    with within_prefecture(Prefecture.objects.get(code=code)):
        PrefecturePost.objects.all().delete()


def prefecture_post(key="lead", code="99", **values):
    given = {"name": "見本県医師会", "fiscal_year": world.YEAR, "people": 1} | values
    with within_prefecture(Prefecture.objects.get(code=code)):
        return PrefecturePost.objects.create(key=key, **given)
