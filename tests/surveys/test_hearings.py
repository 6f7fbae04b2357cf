"""Hearings and their topics: bodies and numbers, never names; the sides of a topic side by side."""

import pytest

from municipalities.kernel import submission_keys
from municipalities.models import Cycle, Organization
from municipalities.tenancy import within
from surveys.hearings.topic_views import by_side
from surveys.models import Hearing, HearingTopic, HearingVoice
from tests import world

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/surveys/"


@pytest.fixture
def topic(here):
    return HearingTopic.objects.create(
        cycle=here, key="t", title="日程調整", conclusion="話し合う場を設ける。"
    )


def voice(topic, key, side, **fields):
    return HearingVoice.objects.create(
        cycle=topic.cycle, topic=topic, key=key, side=side, text=f"意見{key}", **fields
    )


def add(client, url, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def test_a_hearing_is_added_edited_and_deleted(as_editor, here):
    typed = {
        "name": "市民病院の相談員",
        "profession": "medical_social_worker",
        "people": "１１人",
        "when": "R6.10頃",
        "items": "退院の日程",
        "gist": "調整の日数が短い。",
        "audience": "adviser",
    }
    assert add(as_editor, f"{LIST}hearings/add/", **typed).status_code == 302
    row = Hearing.objects.get(name="市民病院の相談員")
    assert (row.people, row.when) == (11, "令和6年10月頃")
    assert "市民病院の相談員" in as_editor.get(LIST).content.decode()
    page = as_editor.get(f"{LIST}hearings/{row.key}/").content.decode()
    assert "調整の日数が短い。" in page
    assert "11人" in page
    form = typed | {"base_version": row.version, "gist": "日数が足りない。"}
    as_editor.post(f"{LIST}hearings/{row.key}/edit/", form)
    row.refresh_from_db()
    assert row.gist == "日数が足りない。"
    as_editor.post(f"{LIST}hearings/{row.key}/delete/", {"base_version": row.version})
    assert not Hearing.objects.filter(pk=row.pk).exists()


def test_a_hearing_names_a_body_of_the_register(as_editor, here):
    body = Organization.objects.create(key="byoin", name="見本病院")
    add(
        as_editor,
        f"{LIST}hearings/add/",
        organization=body.pk,
        profession="nurse",
        audience="adviser",
    )
    assert Hearing.objects.get(organization=body).name == "見本病院"


def test_who_was_heard_is_asked_for_and_what_was_typed_stays(as_editor, here):
    before = Hearing.objects.count()
    response = add(as_editor, f"{LIST}hearings/add/", gist="聞いた内容", people="たくさん")

    page = response.content.decode()
    assert response.status_code == 422
    assert "団体・部署を選ぶか、名称を入力してください" in page
    assert "聞いた内容" in page
    assert Hearing.objects.count() == before


def test_the_forms_say_that_no_persons_are_named(as_editor, topic):
    for page in ("hearings/add/", "topics/t/voices/add/"):
        assert "個人の名前" in as_editor.get(LIST + page).content.decode()


def test_hearings_move(as_editor, here):
    first = Hearing.objects.create(cycle=here, key="a", name="一つ目", position=90)
    second = Hearing.objects.create(cycle=here, key="b", name="二つ目", position=91)
    as_editor.post(f"{LIST}hearings/a/down/")

    first.refresh_from_db()
    second.refresh_from_db()
    assert second.position < first.position


def test_both_sides_of_a_topic_stand_side_by_side(as_editor, here, topic):
    hospital = Hearing.objects.create(cycle=here, key="h", name="市民病院")
    voice(topic, "1", "ケアマネジャー", position=1)
    voice(topic, "2", "病院", position=2, hearing=hospital)
    voice(topic, "3", "ケアマネジャー", position=3)

    response = as_editor.get(f"{LIST}topics/t/")

    sides = [(side, [one.key for one in said]) for side, said in response.context["sides"]]
    assert sides == [("ケアマネジャー", ["1", "3"]), ("病院", ["2"])]
    page = response.content.decode()
    assert "市民病院へのヒアリング" in page
    assert "話し合う場を設ける。" in page
    assert "意見2" in as_editor.get(f"{LIST}hearings/h/").content.decode()


def test_one_side_alone_is_remarked(as_editor, topic):
    voice(topic, "a", "病院")
    assert "片方だけ" in as_editor.get(f"{LIST}topics/t/").content.decode()
    voice(topic, "b", "ケアマネジャー")
    assert "片方だけ" not in as_editor.get(f"{LIST}topics/t/").content.decode()


def test_what_was_heard_on_the_same_topic_before_is_shown(as_editor, here, topic):
    year, _ = Cycle.objects.get_or_create(municipality=here.municipality, fiscal_year=2025)
    for key, title in (("same", "日程 調整。"), ("other", "費用")):
        row = HearingTopic.objects.create(cycle=year, key=key, title=title, conclusion=key)
        voice(row, f"of-{key}", "病院")

    page = as_editor.get(f"{LIST}topics/t/").content.decode()
    assert "令和7年度（2025年度）" in page
    assert "意見of-same" in page
    assert "/m/990019/2025/surveys/topics/same/" in page
    assert "意見of-other" not in page


def test_nobody_said_anything_yet():
    assert by_side([]) == []


def test_a_voice_moves_within_its_side(as_editor, topic):
    first = voice(topic, "1", "病院", position=1)
    voice(topic, "2", "ケアマネジャー", position=2)
    last = voice(topic, "3", "病院", position=3)
    as_editor.post(f"{LIST}voices/3/up/")

    first.refresh_from_db()
    last.refresh_from_db()
    assert (last.position, first.position) == (1, 3)


def test_a_voice_is_added_edited_and_deleted(as_editor, topic):
    shown = as_editor.get(f"{LIST}topics/t/voices/add/?side=病院").content.decode()
    assert 'value="病院"' in shown
    add(as_editor, f"{LIST}topics/t/voices/add/", side="病院", text="直接聞いてほしい。")
    row = HearingVoice.objects.get(topic=topic)
    form = {"base_version": row.version, "side": "病院", "text": "質問は直接聞いてほしい。"}
    as_editor.post(f"{LIST}voices/{row.key}/edit/", form)
    row.refresh_from_db()
    assert row.text == "質問は直接聞いてほしい。"
    as_editor.post(f"{LIST}voices/{row.key}/delete/", {"base_version": row.version})
    assert not HearingVoice.objects.filter(topic=topic).exists()


def test_a_topic_is_added_edited_and_deleted_with_its_voices(as_editor, topic):
    add(as_editor, f"{LIST}topics/add/", title="連絡の様式", scene="discharge", audience="adviser")
    assert HearingTopic.objects.filter(title="連絡の様式").exists()
    form = {"base_version": 1, "title": "日程の調整", "scene": "discharge", "audience": "adviser"}
    as_editor.post(f"{LIST}topics/t/edit/", form)
    topic.refresh_from_db()
    assert topic.title == "日程の調整"
    voice(topic, "1", "病院")
    as_editor.post(f"{LIST}topics/t/delete/", {"base_version": topic.version})
    assert not HearingTopic.objects.filter(pk=topic.pk).exists()
    assert not HearingVoice.objects.filter(topic_id=topic.pk).exists()


def test_what_a_voice_rests_on_stays(as_editor, here, topic):
    row = Hearing.objects.create(cycle=here, key="h", name="市民病院")
    voice(topic, "1", "病院", hearing=row)

    response = as_editor.post(f"{LIST}hearings/h/delete/", {"base_version": 1})

    assert response.status_code == 409
    assert Hearing.objects.filter(pk=row.pk).exists()


def test_the_hearings_of_a_neighbour_are_not_found(as_editor, here):
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        HearingTopic.objects.create(cycle=theirs, key="theirs", title="隣町の話題")
        Hearing.objects.create(cycle=theirs, key="theirs", name="隣町の病院")

    for page in ("topics/theirs/", "topics/theirs/voices/add/", "hearings/theirs/"):
        assert as_editor.get(LIST + page).status_code == 404
    shown = as_editor.get(LIST).content.decode()
    assert "隣町" not in shown
