"""One scene on one page: what is of the scene stands there, and nothing of the others."""

import re

import pytest

from indicators.models import Indicator, IndicatorUse, Measurement, OwnDefinition
from logicmodels.models import Activity, Issue, LogicModel, Outcome

pytestmark = pytest.mark.django_db

SCENE = "/m/990019/2026/scenes/emergency/"
TAG = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAG.sub("", response.content.decode())


@pytest.fixture
def scenes(here):
    """An issue, an activity and an indicator of the emergency scene, and of another one."""
    model = LogicModel.objects.get(cycle=here, key="model-1")
    for scene, name in (("emergency", "急変の"), ("end_of_life", "看取りの")):
        Issue.objects.create(cycle=here, key=f"i-{scene}", scene=scene, text=f"{name}課題")
        Activity.objects.create(cycle=here, key=f"a-{scene}", scene=scene, name=f"{name}取組")
        outcome = Outcome.objects.create(
            cycle=here, key=f"o-{scene}", logic_model=model, scene=scene, text="成果"
        )
        own = OwnDefinition.objects.create(
            key=f"own-{scene.replace('_', '-')}", name=f"{name}指標", unit="件"
        )
        indicator = Indicator(cycle=here, key=f"n-{scene}", position=90)
        indicator.follow(own)
        indicator.save()
        IndicatorUse.objects.create(
            cycle=here, key=f"u-{scene}", indicator=indicator, outcome=outcome
        )
        value = Measurement(
            key=f"v-{scene}", fiscal_year=2025, value=12, state="value", source="消防本部の統計"
        )
        value.follow(own)
        value.save()


def test_shows_what_is_of_the_scene_and_nothing_else(as_editor, scenes):
    shown = words(as_editor.get(SCENE))

    for text in (
        "急変の課題",
        "急変の取組",
        "急変の指標監視",
        "12件令和7年度（2025年度）－監視消防本部の統計",
    ):
        assert text in shown
    for text in ("看取りの課題", "看取りの取組", "看取りの指標"):
        assert text not in shown


def test_leads_to_writing_for_this_scene(as_editor):
    page = as_editor.get(SCENE).content.decode()

    for address in ("issues/add/", "activities/add/"):
        assert f'href="/m/990019/2026/{address}?scene=emergency"' in page
    assert f'href="{SCENE}goal/edit/"' in page


def test_is_found_from_the_plan(as_editor):
    assert f'href="{SCENE}"' in as_editor.get("/m/990019/2026/scenes/").content.decode()


def test_says_what_is_not_there_yet(as_editor, here):
    shown = words(as_editor.get("/m/990019/2026/scenes/all/"))

    assert "まだ書かれていません。" in shown
    assert "結び付いた指標は、まだありません。" in shown


def test_a_viewer_reads_it_without_ways_to_write(sign_in):
    shown = words(sign_in("viewer").get(SCENE))

    for deed in ("追加する", "編集する", "目指す姿を書く"):
        assert deed not in shown
