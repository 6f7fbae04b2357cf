"""Publishing a structure: a frozen copy for those who may read it, taken back when they may not any more."""

import json

import pytest
from django.core.exceptions import ValidationError

from coordinators.cases import publishing
from coordinators.cases.freezing import freeze, thaw
from coordinators.models import PublishedStructure
from municipalities.kernel import trash
from municipalities.kernel.changes import Change
from reports.document import assembly
from tests import world
from tests.coordinators import rows

pytestmark = pytest.mark.django_db
PAGE = "/m/990019/2026/coordinators/team/publication/"


@pytest.fixture
def structure(here):
    """A structure with one part of every kind."""
    made = rows.structure(audience="public", affiliation="bodies", coverage="several")
    rows.partner(made, world.THEIRS, responsible="見本町福祉課")
    desk = rows.post(made, people=3, fte="2.50")
    rows.staffing(desk, people=3, duty="dedicated", qualifications="看護師")
    rows.item(rows.heading(made), planned="2回/年", held=1)
    rows.stage(made)
    made.municipality = here.municipality
    return made


def publish(structure, people):
    return publishing.publish(structure, by=people["editor"])


def test_a_copy_holds_every_part_and_what_it_is_found_by(structure, people):
    copy = publish(structure, people)

    assert (copy.affiliation, copy.coverage, copy.levels) == (
        "bodies",
        "several",
        ",prefecture_lead,municipal_field,",
    )
    assert (copy.partners, copy.people) == (f",{world.THEIRS},", 3)
    prefecture, sheet = thaw(bytes(copy.content))
    assert (prefecture, sheet.name, sheet.lead_name) == ("見本県", "相談窓口の体制", "見本市")
    assert sheet.posts[0].staffing[0].qualifications == "看護師"
    assert sheet.activities[0].items[0].times == "予定 2回/年　実施 1回"
    assert sheet.stages[0].name == "一次連携"
    assert sheet.partners[0].responsible == "見本町福祉課"


def test_a_copy_tells_of_the_prefectures_posts_without_what_it_writes_for_its_towns(
    structure, people
):
    rows.no_prefecture_posts()
    rows.prefecture_post(name="見本県の拠点", work="内輪の話", source="見本の資料")

    copy = publish(structure, people)

    _, sheet = thaw(bytes(copy.content))
    (post,) = sheet.prefecture_posts
    assert (post.name, post.people, post.work, post.source) == ("見本県の拠点", 1, "", "")
    # Counted once, in the prefecture.
    assert copy.people == 3


def test_a_copy_read_and_frozen_again_is_the_same(structure, people):
    copy = publish(structure, people)
    prefecture, sheet = thaw(bytes(copy.content))

    assert freeze(sheet, prefecture=prefecture).sha256 == copy.sha256


def test_a_copy_of_another_time_is_still_read(structure, people):
    """What a later version wrote beside, this one does not know; what it leaves out takes its default."""
    values = json.loads(bytes(publish(structure, people).content))
    values["structure"]["mood"] = "good"
    del values["structure"]["note"]

    assert thaw(json.dumps(values).encode())[1].note == ""


@pytest.mark.parametrize("audience", ["internal", "adviser"])
def test_what_is_for_the_house_or_its_advisers_is_not_published(structure, people, audience):
    type(structure).objects.filter(pk=structure.pk).update(audience=audience)

    with pytest.raises(ValidationError):
        publish(structure, people)
    assert not PublishedStructure.objects.exists()


def test_what_was_published_stays_as_it_was_until_published_again(structure, people):
    first = publish(structure, people).sha256
    type(structure).objects.filter(pk=structure.pk).update(name="新しい体制")

    assert publishing.published(structure).sha256 == first
    publish(structure, people)
    assert PublishedStructure.objects.get().name == "新しい体制"


def test_each_deed_is_told(structure, people):
    publish(structure, people)
    assert publishing.withdraw(structure, by=people["editor"])
    assert not publishing.withdraw(structure, by=people["editor"])

    told = [(one.deed, one.actor.username) for one in Change.objects.of(structure)]
    assert told == [("withdraw", "editor"), ("publish", "editor")]
    assert not PublishedStructure.objects.exists()


@pytest.mark.parametrize(
    ("audience", "stays"),
    [("public", True), ("prefecture", False), ("adviser", False), ("internal", False)],
)
def test_the_copy_goes_when_fewer_may_read(structure, people, audience, stays):
    publish(structure, people)

    publishing.keep_within(structure, audience, by=people["editor"])

    assert PublishedStructure.objects.exists() is stays


def test_the_page_shows_what_will_be_seen_and_publishes_that_alone(structure, as_editor):
    shown = as_editor.get(PAGE)
    assert "予定 2回/年　実施 1回" in shown.content.decode()
    seen = shown.context["seen"]
    rows.stage(structure, "second", name="二次連携", position=2)

    response = as_editor.post(f"{PAGE}publish/", {"seen": seen})
    assert response.status_code == 409
    assert "内容が変わりました" in response.content.decode()
    assert not PublishedStructure.objects.exists()

    response = as_editor.post(f"{PAGE}publish/", {"seen": response.context["seen"]})
    assert response.status_code == 302
    assert "公開しています" in as_editor.get(PAGE).content.decode()
    as_editor.post(f"{PAGE}withdraw/")
    assert "公開していません" in as_editor.get(PAGE).content.decode()


def test_the_page_shows_no_more_of_the_prefectures_posts_than_the_copy(structure, as_editor):
    rows.no_prefecture_posts()
    rows.prefecture_post(name="見本県の拠点", work="内輪の話")

    shown = as_editor.get(PAGE).content.decode()

    assert "見本県の拠点" in shown
    assert "内輪の話" not in shown
    assert "内輪の話" in as_editor.get(PAGE.replace("publication/", "")).content.decode()


def test_the_form_says_what_becomes_of_the_copy(structure, as_editor):
    page = as_editor.get(PAGE.replace("publication/", "edit/")).content.decode()

    assert "公開したときより狭くすると、公開が取りやめになります" in page


def test_only_who_writes_the_plan_publishes(structure, sign_in):
    for username in ("viewer", "approver"):
        assert sign_in(username).post(f"{PAGE}publish/").status_code == 403
    assert sign_in("neighbour").post(f"{PAGE}publish/").status_code == 404


def test_a_partner_does_not_publish_what_another_leads(here, as_editor):
    rows.shared_by_neighbour(audience="public")
    page = "/m/990019/2026/coordinators/joint/publication/"

    assert as_editor.get(page).status_code == 404
    assert as_editor.post(f"{page}publish/").status_code == 404


def test_the_copy_goes_with_a_deleted_structure(structure, people):
    publish(structure, people)

    trash.throw_away(structure, by=people["editor"])

    assert not PublishedStructure.objects.exists()


def test_the_copy_goes_when_a_document_narrows_or_leaves_out_the_structure(structure, people, here):
    document = json.loads(assembly.canonical(assembly.assemble(here)))
    ours = next(one for one in document["structures"] if one["key"] == "team")
    publish(structure, people)

    ours["audience"] = "adviser"
    assert assembly.load(here, document, by=people["editor"]) == []
    assert not PublishedStructure.objects.exists()

    ours["audience"] = "public"
    assembly.load(here, document, by=people["editor"])
    structure.refresh_from_db()
    publish(structure, people)
    document["structures"].remove(ours)
    assert assembly.load(here, document, by=people["editor"]) == []
    assert not PublishedStructure.objects.exists()


def test_the_copy_goes_when_the_form_narrows_the_readers(structure, people, as_editor):
    publish(structure, people)
    form = {
        "base_version": "1",
        "name": structure.name,
        "affiliation": "bodies",
        "coverage": "several",
        "audience": "internal",
    }

    response = as_editor.post("/m/990019/2026/coordinators/team/edit/", form)

    assert response.status_code == 302
    assert not PublishedStructure.objects.exists()
