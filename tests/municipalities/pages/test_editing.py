"""Editing through the front door: saving, errors, drafts, two people on one form."""

import pytest

from logicmodels.models import DesiredState, Issue
from municipalities.kernel import submission_keys
from municipalities.kernel.changes import save_versioned
from municipalities.kernel.drafts import Draft
from municipalities.models import Change, Profile
from municipalities.tenancy import within

pytestmark = pytest.mark.django_db

GOAL = "/m/990019/2026/scenes/end_of_life/goal/edit/"
UNWRITTEN = "/m/990019/2026/scenes/emergency/goal/edit/"
PROFILE = "/m/990019/2026/profile/edit/"
DRAFT = "/m/990019/2026/drafts/goal-2026-end_of_life/"
LONG = "あ" * 10_000


def goal(cycle, scene="end_of_life"):
    with within(cycle.municipality):
        return DesiredState.objects.filter(scene=scene, cycle=cycle).first()


def post(client, url, **fields):
    return client.post(url, {"base_version": "1", **fields})


def test_a_text_is_saved_and_shown(as_editor, cycle):
    response = post(as_editor, GOAL, text="市民が、望む場所で過ごせる。")

    assert response.status_code == 302
    page = as_editor.get(response.headers["Location"]).content.decode()
    assert "保存しました。" in page
    assert "市民が、望む場所で過ごせる。" in page
    assert goal(cycle).version == 2


def test_the_first_save_of_an_unwritten_scene_creates_it(as_editor, cycle):
    response = as_editor.post(
        UNWRITTEN, {"base_version": "0", "text": "だれもが迷わず相談できる。"}
    )

    assert response.status_code == 302
    assert goal(cycle, "emergency").text == "だれもが迷わず相談できる。"


def test_too_long_a_text_is_refused_and_kept_in_the_form(as_editor, cycle):
    typed = "い" * 20_001
    response = post(as_editor, GOAL, text=typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>エラー：" in page
    assert typed in page
    assert "20,000" in page
    assert goal(cycle).version == 1


@pytest.mark.parametrize("nasty", ["NUL\x00", "\u200b", " \u3000\n"], ids=["nul", "width", "blank"])
def test_what_no_database_can_keep_or_says_nothing_is_refused_in_words(as_editor, nasty):
    form = {"scene": "all", "text": nasty, "submission_key": submission_keys.new()}
    response = as_editor.post("/m/990019/2026/issues/add/", form)

    assert response.status_code == 422
    assert "課題" in response.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}${7*7}{x.__class__}%s",
        "髙﨑𠮷葛󠄀👨‍👩‍👧‍👦",
        "=1+1\n\t- 一行目\n- 二行目",
        "～〜－−―—￥¥ｶﾞｲﾄﾞ",
    ],
)
def test_any_text_is_kept_as_typed_and_shown_as_text(as_editor, cycle, text):
    post(as_editor, GOAL, text=text)

    assert goal(cycle).text == text
    page = as_editor.get("/m/990019/2026/scenes/").content.decode()
    assert "<script>alert" not in page


class TestTwoPeople:
    def test_the_second_save_asks_and_keeps_every_character(self, as_editor, cycle):
        theirs, mine = LONG + "相手", LONG + "自分"
        post(as_editor, GOAL, text=theirs)
        response = post(as_editor, GOAL, text=mine)

        page = response.content.decode()
        assert response.status_code == 409
        assert mine in page
        assert theirs in page
        assert goal(cycle).text == theirs

    def test_a_third_save_in_between_asks_again_and_nothing_is_lost(self, as_editor, cycle):
        post(as_editor, GOAL, text="相手の文")
        post(as_editor, GOAL, text="自分の文")
        as_editor.post(GOAL, {"base_version": "2", "text": "三人目の文"})
        again = as_editor.post(
            GOAL, {"base_version": "2", "text": "自分の文", "choose-text": "mine"}
        )

        assert again.status_code == 409
        assert "三人目の文" in again.content.decode()
        final = as_editor.post(
            GOAL, {"base_version": "3", "text": "三人の文を合わせた", "choose-text": "mine"}
        )
        assert final.status_code == 302
        assert goal(cycle).text == "三人の文を合わせた"
        with within(cycle.municipality):
            kept = [change.after.get("text") for change in Change.objects.of(goal(cycle))]
        assert {"相手の文", "三人目の文", "三人の文を合わせた"} <= set(kept)

    def test_choosing_theirs_leaves_what_is_stored(self, as_editor, cycle):
        post(as_editor, GOAL, text="相手の文")
        response = as_editor.post(
            GOAL, {"base_version": "2", "text": "自分の文", "choose-text": "theirs"}
        )

        assert response.status_code == 302
        assert goal(cycle).text == "相手の文"

    def test_choosing_theirs_after_a_third_save_does_not_bring_the_older_text_back(
        self, as_editor, cycle
    ):
        post(as_editor, GOAL, text="相手の文")
        as_editor.post(GOAL, {"base_version": "2", "text": "三人目の文"})
        as_editor.post(GOAL, {"base_version": "2", "text": "自分", "choose-text": "theirs"})

        assert goal(cycle).text == "三人目の文"

    def test_different_fields_are_merged_without_asking(self, as_editor, cycle):
        with within(cycle.municipality):
            start = Profile.objects.get(cycle=cycle)
        form = {name: getattr(start, name) for name in (*start.HEAD_FIELDS, *start.FEATURE_FIELDS)}
        post(as_editor, PROFILE, **form | {"strengths": "相手が書いた利点"})
        response = post(as_editor, PROFILE, **form | {"difficulties": "自分が書いた課題"})

        assert response.status_code == 302
        with within(cycle.municipality):
            stored = Profile.objects.get(cycle=cycle)
        assert (stored.strengths, stored.difficulties) == ("相手が書いた利点", "自分が書いた課題")
        assert (
            "「利点」の変更も残しています"
            in as_editor.get("/m/990019/2026/profile/").content.decode()
        )

    def test_two_first_saves_of_one_scene_do_not_break(self, as_editor, cycle):
        first = as_editor.post(UNWRITTEN, {"base_version": "0", "text": "先の文"})
        second = as_editor.post(UNWRITTEN, {"base_version": "0", "text": "後の文"})

        assert (first.status_code, second.status_code) == (302, 409)
        assert goal(cycle, "emergency").text == "先の文"

    @pytest.mark.parametrize("version", ["", "x", "-1", "１", "9" * 30])
    def test_a_version_that_is_none_overwrites_nothing(self, as_editor, cycle, version):
        before = goal(cycle).text
        response = as_editor.post(GOAL, {"base_version": version, "text": "上書き"})

        assert response.status_code == 409
        assert goal(cycle).text == before


class TestDrafts:
    def test_a_draft_is_offered_and_brought_back_byte_for_byte(self, as_editor):
        typed = "書きかけ\n二行目 👨‍👩‍👧‍👦 葛󠄀 𠮷"
        as_editor.post(DRAFT, {"base_version": "1", "text": typed})

        assert "保存していない入力があります" in as_editor.get(GOAL).content.decode()
        assert typed in as_editor.get(GOAL, {"draft": ""}).content.decode()

    def test_a_draft_is_its_authors_only(self, as_editor, sign_in, people):
        as_editor.post(DRAFT, {"base_version": "1", "text": "書きかけ"})
        membership = people["editor"].memberships.get()
        membership.pk, membership.user = None, people["stranger"]
        membership.save()

        page = sign_in("stranger").get(GOAL).content.decode()
        assert "書きかけ" not in page
        assert "保存していない入力があります" not in page

    def test_saving_forgets_the_draft(self, as_editor, cycle):
        as_editor.post(DRAFT, {"base_version": "1", "text": "書きかけ"})
        post(as_editor, GOAL, text="書き終えた")

        with within(cycle.municipality):
            assert not Draft.objects.exists()

    def test_a_draft_over_an_older_version_meets_the_merge_page(self, as_editor, cycle):
        as_editor.post(DRAFT, {"base_version": "1", "text": "書きかけ"})
        with within(cycle.municipality):
            row = goal(cycle)
            row.text = "その間の保存"
            save_versioned(row, by=None, expected_version=1, fields=["text"])
        page = as_editor.get(GOAL, {"draft": ""}).content.decode()
        assert 'name="base_version" value="1"' in page
        assert post(as_editor, GOAL, text="書きかけ").status_code == 409

    def test_a_draft_can_be_thrown_away(self, as_editor, cycle):
        as_editor.post(DRAFT, {"base_version": "1", "text": "書きかけ"})
        as_editor.post(f"{DRAFT}discard/")

        assert "保存していない入力" not in as_editor.get(GOAL).content.decode()


def test_one_press_makes_one_issue_however_often_it_arrives(as_editor, cycle):
    form = {"scene": "all", "text": "新しい課題", "submission_key": submission_keys.new()}
    addresses = {
        as_editor.post("/m/990019/2026/issues/add/", form).headers["Location"] for _ in range(5)
    }

    with within(cycle.municipality):
        assert Issue.objects.filter(text="新しい課題").count() == 1
    assert len(addresses) == 1


def test_a_form_without_its_key_asks_to_be_opened_again(as_editor, cycle):
    response = as_editor.post("/m/990019/2026/issues/add/", {"scene": "all", "text": "新しい課題"})

    assert response.status_code == 422
    assert "新しい課題" in response.content.decode()
    with within(cycle.municipality):
        assert not Issue.objects.filter(text="新しい課題").exists()


def test_without_the_key_each_press_makes_one(as_editor, cycle):
    """The negative control: two keys, two issues."""
    for _ in range(2):
        form = {"scene": "all", "text": "新しい課題", "submission_key": submission_keys.new()}
        as_editor.post("/m/990019/2026/issues/add/", form)

    with within(cycle.municipality):
        assert Issue.objects.filter(text="新しい課題").count() == 2


def test_extra_names_in_a_form_change_nothing(as_editor, cycle):
    extra = {"cycle": "7", "municipality": "2", "version": "99", "key": "x", "scene": "all"}
    post(as_editor, GOAL, text="書き直した", **extra)

    row = goal(cycle)
    assert (row.cycle_id, row.version, row.key) == (cycle.pk, 2, "end_of_life")


def test_the_history_says_who_changed_what(as_editor):
    post(as_editor, GOAL, text="書き直した文")

    page = as_editor.get("/m/990019/2026/history/").content.decode()
    assert "目指す姿（看取り）" in page
    assert "end_of_life" not in page
    assert "書き直した文" in page
    assert "editorの担当" in page


def test_a_spent_key_does_not_pass_for_another_text_or_form(as_editor, cycle):
    key = submission_keys.new()
    first = {"scene": "all", "text": "一つ目の課題", "submission_key": key}
    as_editor.post("/m/990019/2026/issues/add/", first)
    other = as_editor.post("/m/990019/2026/issues/add/", first | {"text": "二つ目の課題"})

    assert other.status_code == 422
    assert "二つ目の課題" in other.content.decode()
    assert "すでに別の内容を送信しています" in other.content.decode()
    with within(cycle.municipality):
        assert not Issue.objects.filter(text="二つ目の課題").exists()


def test_a_version_that_never_was_overwrites_nothing(as_editor, cycle):
    before = goal(cycle).text
    response = as_editor.post(GOAL, {"base_version": "999999", "text": "上書き"})

    assert response.status_code == 409
    assert goal(cycle).text == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_a_form_answers_to_its_own_methods_only(as_editor, method):
    for url in (GOAL, "/m/990019/2026/issues/add/"):
        assert getattr(as_editor, method)(url).status_code == 405


def test_drafts_have_a_limit(as_editor):
    base = "/m/990019/2026/drafts/form-{}/"
    answers = [as_editor.post(base.format(n), {"text": "x"}).status_code for n in range(51)]

    assert answers == [200] * 50 + [413]
    assert as_editor.post(base.format("0"), {"text": "y"}).status_code == 200
    assert as_editor.post(base.format("k" * 121), {"text": "x"}).status_code == 413
