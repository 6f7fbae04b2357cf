"""A logic model through the front door: the table, its rows, moves, uses elsewhere, links and deletion."""

import re

import pytest

from logicmodels.models import Activity, DesiredState, LogicModel, Outcome, OutcomeLink, Placement
from municipalities.kernel import submission_keys
from municipalities.models import Change, Cycle, TrashItem
from tests import world

pytestmark = pytest.mark.django_db
YEAR = f"/m/{world.OURS}/{world.YEAR}/"
LIST, PAGE = f"{YEAR}logic/", f"{YEAR}logic/own/"
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def model(here, people):
    """A model of ours with three outcomes: a b | c a | (nothing)."""
    model = LogicModel.objects.create(
        cycle=here, key="own", title="看取りのモデル", scene="end_of_life"
    )
    for number, letters in enumerate(("ab", "ca", ""), 1):
        outcome = Outcome.objects.create(
            cycle=here,
            key=f"o{number}",
            logic_model=model,
            text=f"成果その{number}",
            position=number,
        )
        for position, letter in enumerate(letters, 1):
            activity, _ = Activity.objects.get_or_create(
                cycle=here, key=letter, defaults={"name": f"取組{letter}", "scene": "discharge"}
            )
            Placement.objects.create(
                cycle=here,
                key=f"{letter}{number}",
                outcome=outcome,
                activity=activity,
                position=position,
            )
    return model


def rows(client):
    """Return the rows as a reader sees them: 「1 取組a」 … with 「（再）」."""
    page = client.get(PAGE).content.decode()
    found = re.findall(r'(?s)<td class="number">(\d+)</td>\s*<td>.*?<p>(.*?)</p>', page)
    return [f"{number} {''.join(TAGS.sub('', text).split())}" for number, text in found]


def move(client, key, to, **headers):
    return client.post(f"{PAGE}placements/{key}/move/", {"to": to}, headers=headers)


def add(client, url, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def told(response):
    """Return the messages on the page that a redirect leads to."""
    return [str(message) for message in response.context["messages"]]


def test_a_model_is_made_and_stands_in_the_list_as_a_draft(as_editor, here):
    response = add(
        as_editor, f"{LIST}add/", title="急変時のモデル", scene="emergency", audience="adviser"
    )

    assert response.headers["Location"] == LIST
    page = as_editor.get(LIST).content.decode()
    assert "急変時のモデル" in page
    assert "たたき台" in page
    made = LogicModel.objects.get(title="急変時のモデル")
    assert made.position > LogicModel.objects.get(key="model-1").position
    assert Change.objects.of(made).get().deed == "create"


def test_a_year_without_models_says_what_it_is_for_and_offers_one_button(as_editor, here):
    Cycle.objects.create(fiscal_year=2027)

    page = as_editor.get(f"/m/{world.OURS}/2027/logic/").content.decode()

    assert "例：" in page
    assert page.count("ロジックモデルを作る</a>") == 1


def test_the_table_numbers_the_rows_and_marks_what_comes_again(as_editor, model):
    assert rows(as_editor) == ["1 取組a", "2 取組b", "3 取組c", "4 （再）取組a"]
    page = as_editor.get(PAGE).content.decode()
    assert page.count('scope="rowgroup"') == 3
    assert page.count("<tbody>") == 3


def test_the_goal_of_the_scene_stands_on_top(as_editor, model, here):
    goal = DesiredState.objects.get(cycle=here, scene="end_of_life").text

    page = as_editor.get(PAGE).content.decode()

    assert page.index(goal) < page.index("<table")


def test_a_reader_sees_the_rows_and_no_way_to_change_them(sign_in, model):
    viewer = sign_in("viewer")
    page = viewer.get(PAGE).content.decode()

    assert rows(viewer)[3] == "4 （再）取組a"
    for word in ("/edit/", "/move/", "/detach/", "/add/", 'popovertarget="menu-a1'):
        assert word not in page
    assert 'id="row-a1"' in page


def test_a_row_moves_down_and_says_its_numbers(as_editor, model):
    response = move(as_editor, "a1", "down")

    assert response.headers["Location"] == f"{PAGE}#row-a1"
    assert told(as_editor.get(PAGE)) == ["1番を2番へ移しました。"]
    assert rows(as_editor)[:2] == ["1 取組b", "2 取組a"]
    deeds = Change.objects.filter(model="logicmodels.placement", deed="move")
    assert {change.key for change in deeds} == {"a1", "b1"}


def test_a_row_moves_over_the_end_into_the_next_outcome_and_the_mark_follows(as_editor, model):
    move(as_editor, "b1", "down")

    assert rows(as_editor) == ["1 取組a", "2 取組b", "3 取組c", "4 （再）取組a"]
    assert Placement.objects.get(key="b1").outcome.key == "o2"

    move(as_editor, "c2", "up")
    move(as_editor, "c2", "up")
    assert Placement.objects.get(key="c2").outcome.key == "o1"
    assert rows(as_editor) == ["1 取組a", "2 取組c", "3 取組b", "4 （再）取組a"]


def test_a_row_passes_an_outcome_that_has_its_activity(as_editor, model):
    move(as_editor, "b1", "up")
    move(as_editor, "a1", "down")

    assert Placement.objects.get(key="a1").outcome.key == "o3"
    assert told(as_editor.get(PAGE))[-1] == "2番を「成果その3」の4番へ移しました。"
    assert rows(as_editor) == ["1 取組b", "2 取組c", "3 取組a", "4 （再）取組a"]


def test_a_row_at_the_very_end_stays_and_says_so(as_editor, model):
    move(as_editor, "a1", "up")

    assert told(as_editor.get(PAGE)) == ["1番は、これ以上動かせません。"]
    assert not Change.objects.filter(model="logicmodels.placement", deed="move").exists()


def test_htmx_gets_the_rows_and_the_sentence_alone(as_editor, model):
    response = move(as_editor, "a1", "down", **{"HX-Request": "true"})
    part = response.content.decode()

    assert response.status_code == 200
    assert "<html" not in part
    assert part.index("取組b") < part.index("取組a")
    trigger = response.headers["HX-Trigger"]
    assert trigger.encode().decode("unicode_escape") == (
        '{"status:say": {"text": "1番を2番へ移しました。"}}'
    )
    assert response.headers["HX-Trigger-After-Settle"] == '{"logic:moved": {"row": "row-a1"}}'


def test_moving_a_row_that_is_gone_is_told_and_harms_nothing(as_editor, model):
    response = move(as_editor, "nobody", "down")

    assert response.status_code == 302
    assert "すでに外しています" in told(as_editor.get(PAGE))[0]


def test_a_move_and_an_edit_of_the_same_row_do_not_conflict(as_editor, model):
    form = as_editor.get(f"{PAGE}placements/a1/edit/")
    move(as_editor, "a1", "down")
    response = as_editor.post(
        f"{PAGE}placements/a1/edit/",
        {"base_version": form.context["base_version"], "note": "※要相談", "assumption": ""},
    )

    assert response.status_code == 302
    assert rows(as_editor)[1] == "2 取組a（※要相談）"


def test_the_note_belongs_to_the_place(as_editor, model):
    as_editor.post(
        f"{PAGE}placements/a2/edit/",
        {"base_version": 1, "note": "※各職種に要相談", "assumption": ""},
    )

    assert rows(as_editor)[0] == "1 取組a"
    assert rows(as_editor)[3] == "4 （再）取組a（※各職種に要相談）"


def test_names_are_placed_line_by_line_and_known_ones_are_used_again(as_editor, model, here):
    pasted = "・取組ａ（※医師会に要相談）\r\n\r\n（再）取組b\r\n新しい取組"
    before = Activity.objects.count()

    response = add(as_editor, f"{PAGE}outcomes/o3/placements/add/", names=pasted)

    assert response.headers["Location"] == f"{PAGE}#outcome-o3"
    assert told(as_editor.get(PAGE))[0] == "「取組a」「取組b」は、すでにある取組を使いました。"
    assert rows(as_editor)[4:] == [
        "5 （再）取組a（※医師会に要相談）",
        "6 （再）取組b",
        "7 新しい取組",
    ]
    assert Activity.objects.count() == before + 1
    new = Activity.objects.get(name="新しい取組")
    assert new.scene == Outcome.objects.get(key="o3").scene
    assert Change.objects.of(new).get().deed == "create"


def test_one_press_places_once(as_editor, model):
    fields = {"submission_key": submission_keys.new(), "names": "新しい取組"}
    for _ in range(2):
        as_editor.post(f"{PAGE}outcomes/o3/placements/add/", fields)

    assert Activity.objects.filter(name="新しい取組").count() == 1


def test_an_activity_of_the_year_is_placed_by_ticking(as_editor, model):
    page = as_editor.get(f"{PAGE}outcomes/o1/placements/add/").content.decode()
    assert "取組c（入退院支援）" in page
    assert "取組a（" not in page

    add(as_editor, f"{PAGE}outcomes/o1/placements/add/", activities=["c"], names="")

    assert rows(as_editor) == ["1 取組a", "2 取組b", "3 取組c", "4 （再）取組c", "5 （再）取組a"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"names": ""}, "取組の名称を入力するか"),
        ({"names": "取組a"}, "すべてこの成果に置かれています"),
        ({"names": "あ" * 301}, "1行目が長すぎます"),
    ],
)
def test_nothing_to_place_is_said(as_editor, model, fields, sentence):
    response = add(as_editor, f"{PAGE}outcomes/o1/placements/add/", **fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert len(rows(as_editor)) == 4


def test_an_activity_is_used_at_the_outcomes_that_are_ticked(as_editor, model):
    url = f"{PAGE}activities/a/uses/"
    page = as_editor.get(url)
    assert page.context["ticked"] == ["o1", "o2"]

    as_editor.post(url, {"shown": ["o1", "o2"], "outcomes": ["o2", "o3"]})

    assert told(as_editor.get(PAGE)) == ["「取組a」を1か所に加えました。1か所から外しました。"]
    assert rows(as_editor) == ["1 取組b", "2 取組c", "3 取組a", "4 （再）取組a"]
    assert TrashItem.objects.filter(kind="logicmodels.placement").count() == 1


def test_a_place_that_somebody_added_meanwhile_is_not_taken_away(as_editor, model):
    url = f"{PAGE}activities/b/uses/"
    add(as_editor, f"{PAGE}outcomes/o3/placements/add/", names="取組b")

    as_editor.post(url, {"shown": ["o1"], "outcomes": ["o1", "o2"]})

    places = Placement.objects.filter(activity__key="b").order_by("outcome__position")
    assert [place.outcome.key for place in places] == ["o1", "o2", "o3"]


def test_a_detached_row_goes_alone_and_comes_back(as_editor, model):
    response = as_editor.post(f"{PAGE}placements/a1/detach/", follow=True)

    assert "取組そのものは残っています" in response.content.decode()
    assert rows(as_editor) == ["1 取組b", "2 取組c", "3 取組a"]
    assert Activity.objects.filter(key="a").exists()

    item = TrashItem.objects.get(kind="logicmodels.placement")
    as_editor.post(f"{YEAR}trash/{item.pk}/restore/")
    assert rows(as_editor) == ["1 取組a", "2 取組b", "3 取組c", "4 （再）取組a"]


def test_detaching_twice_is_told(as_editor, model):
    as_editor.post(f"{PAGE}placements/a1/detach/")
    response = as_editor.post(f"{PAGE}placements/a1/detach/", follow=True)

    assert "すでに外しています" in response.content.decode()
    assert TrashItem.objects.filter(kind="logicmodels.placement").count() == 1


def test_the_text_of_a_reused_activity_says_how_far_it_reaches(as_editor, model):
    page = as_editor.get(f"{PAGE}placements/a1/activity/").content.decode()
    assert "2か所すべてに反映されます" in page
    assert "ここだけ別の取組にする" in page
    alone = as_editor.get(f"{PAGE}placements/b1/activity/").content.decode()
    assert "ここだけ別の取組にする" not in alone

    as_editor.post(f"{PAGE}placements/a1/activity/", {"base_version": 1, "name": "新しい名称"})

    assert rows(as_editor)[0] == "1 新しい名称"
    assert rows(as_editor)[3] == "4 （再）新しい名称"


def test_one_place_gets_an_activity_of_its_own(as_editor, model):
    response = as_editor.post(f"{PAGE}placements/a2/split/")

    assert response.headers["Location"] == f"{PAGE}placements/a2/activity/"
    copy = Placement.objects.get(key="a2").activity
    assert copy.key != "a"
    assert (copy.name, copy.scene) == ("取組a", "discharge")
    as_editor.post(f"{PAGE}placements/a2/activity/", {"base_version": 1, "name": "ここだけの取組"})
    assert rows(as_editor) == ["1 取組a", "2 取組b", "3 取組c", "4 ここだけの取組"]
    assert Change.objects.of(Placement.objects.get(key="a2")).latest("pk").deed == "edit"


def test_splitting_a_row_that_is_gone_is_told(as_editor, model):
    response = as_editor.post(f"{PAGE}placements/nobody/split/", follow=True)

    assert "すでに外しています" in response.content.decode()


def test_an_outcome_is_added_edited_and_moved_with_its_rows(as_editor, model):
    fields = {
        "text": "新しい成果",
        "level": "final",
        "scene": "all",
        "theme": "free",
        "free_theme": "遠隔医療",
    }
    add(as_editor, f"{PAGE}outcomes/add/", **fields)
    assert "遠隔医療" in as_editor.get(PAGE).content.decode()

    as_editor.post(
        f"{PAGE}outcomes/o1/edit/",
        {
            "base_version": 1,
            "text": "直した成果",
            "level": "initial",
            "scene": "all",
            "theme": "none",
        },
    )
    as_editor.post(f"{PAGE}outcomes/o1/move/", {"to": "down"})

    assert rows(as_editor) == ["1 取組c", "2 取組a", "3 （再）取組a", "4 取組b"]
    order = Outcome.objects.filter(logic_model__key="own").order_by("position")
    assert [one.text for one in order] == ["成果その2", "直した成果", "成果その3", "新しい成果"]


@pytest.mark.parametrize(
    ("theme", "free_theme", "field"), [("free", "", "free_theme"), ("none", "遠隔医療", "theme")]
)
def test_a_theme_of_ones_own_and_its_name_belong_together(
    as_editor, model, theme, free_theme, field
):
    response = add(
        as_editor,
        f"{PAGE}outcomes/add/",
        text="成果",
        level="final",
        scene="all",
        theme=theme,
        free_theme=free_theme,
    )

    assert response.status_code == 422
    assert field in response.context["form"].errors


def outcome_pk(key):
    return Outcome.objects.get(key=key).pk


def test_outcomes_are_linked_forward_only(as_editor, model):
    Outcome.objects.filter(key="o3").update(level="final")
    url = f"{PAGE}links/add/"
    add(
        as_editor, url, cause=outcome_pk("o1"), effect=outcome_pk("o3"), assumption="協力があること"
    )
    add(as_editor, url, cause=outcome_pk("o1"), effect=outcome_pk("o2"))

    backward = add(as_editor, url, cause=outcome_pk("o3"), effect=outcome_pk("o1"))
    circle = add(as_editor, url, cause=outcome_pk("o2"), effect=outcome_pk("o1"))

    assert "初期 → 中間 → 最終" in backward.content.decode()
    assert "一回り" in circle.content.decode()
    assert OutcomeLink.objects.filter(logic_model__key="own").count() == 2
    assert "前提：協力があること" in as_editor.get(PAGE).content.decode()


def test_only_outcomes_of_the_model_can_be_linked(as_editor, model):
    response = add(
        as_editor,
        f"{PAGE}links/add/",
        cause=outcome_pk("o1"),
        effect=outcome_pk("outcome-2"),
    )

    assert response.status_code == 422


def test_a_link_is_edited_and_deleted(as_editor, model, here):
    link = OutcomeLink.objects.create(
        cycle=here,
        key="own-link",
        logic_model=model,
        cause=Outcome.objects.get(key="o1"),
        effect=Outcome.objects.get(key="o2"),
    )
    as_editor.post(
        f"{PAGE}links/own-link/edit/",
        {
            "base_version": 1,
            "cause": link.cause_id,
            "effect": outcome_pk("o3"),
            "assumption": "家族の理解",
        },
    )
    link.refresh_from_db()
    assert link.effect.key == "o3"

    as_editor.post(f"{PAGE}links/own-link/delete/", {"base_version": 2})
    assert not OutcomeLink.objects.filter(key="own-link").exists()


def test_deleting_an_outcome_shows_what_goes_along(as_editor, model):
    url = f"{PAGE}outcomes/o1/delete/"
    page = as_editor.get(url).content.decode()
    assert "成果その1 ← 取組a" in page
    assert "取組と指標そのものは残ります" in page

    as_editor.post(url, {"base_version": 1})

    assert rows(as_editor) == ["1 取組c", "2 取組a"]
    assert Activity.objects.filter(key="b").exists()


def test_deleting_a_model_leaves_the_activities(as_editor, model):
    response = as_editor.post(f"{PAGE}delete/", {"base_version": 1})

    assert response.headers["Location"] == LIST
    assert as_editor.get(PAGE).status_code == 404
    assert Activity.objects.filter(key__in="abc").count() == 3


def test_a_model_is_renamed(as_editor, model):
    as_editor.post(
        f"{PAGE}edit/",
        {"base_version": 1, "title": "改めた名称", "scene": "all", "audience": "internal"},
    )

    assert "改めた名称" in as_editor.get(PAGE).content.decode()


def test_remarks_are_told_and_block_nothing(as_editor, model):
    page = as_editor.get(PAGE).content.decode()

    assert "「成果その3」に、取組がまだありません。" in page
    assert "「成果その1」に、指標がまだありません。" in page


def test_the_diagram_shows_the_rows_of_the_table_as_links(as_editor, model):
    page = as_editor.get(f"{PAGE}?view=diagram").content.decode()
    svg = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]

    assert "<title" in svg
    assert "<desc" in svg
    assert " style=" not in svg
    names = re.findall(r'aria-label="([^"]+)"', svg)
    assert names[:4] == [
        "1　取組a（成果：成果その1）",
        "2　取組b（成果：成果その1）",
        "3　取組c（成果：成果その2）",
        "4　（再）取組a（成果：成果その2）",
    ]
    assert svg.count(f'href="{PAGE}#row-') == 4
    # The box and the line of the row that comes again.
    assert svg.count("stroke-dasharray") == 2
    assert not re.search(r'="[^"]*\d,\d', svg), "numbers without grouping"


def test_the_paper_shows_every_row_with_its_number(sign_in, model):
    page = sign_in("viewer").get(f"{PAGE}print/").content.decode()

    assert "logic_print.css" in page
    assert re.findall(r'<td class="n">(\d+)</td>', page) == ["1", "2", "3", "4"]
    assert "（再）取組a" in page
    assert "見本市" in page
    assert "<svg xmlns" in sign_in("viewer").get(f"{PAGE}print/?view=diagram").content.decode()


def test_a_model_without_outcomes_can_be_shown_drawn_and_printed(as_editor, here):
    LogicModel.objects.create(cycle=here, key="own", title="からのモデル")

    for address in (PAGE, f"{PAGE}?view=diagram", f"{PAGE}print/", f"{PAGE}print/?view=diagram"):
        assert as_editor.get(address).status_code == 200
    assert "まだ成果がありません" in as_editor.get(PAGE).content.decode()


def test_texts_are_escaped_in_the_drawing(as_editor, model):
    Activity.objects.filter(key="a").update(name="<script>alert(1)</script>&")

    for view in ("", "?view=diagram", "print/"):
        assert "<script>alert" not in as_editor.get(f"{PAGE}{view}").content.decode()


@pytest.mark.parametrize(
    "name", ["placements/a1/move/", "placements/a1/detach/", "outcomes/o1/move/"]
)
def test_commands_are_posted(as_editor, model, name):
    assert as_editor.get(f"{PAGE}{name}").status_code == 405


def test_a_placement_is_found_in_its_own_model_only(as_editor, model):
    assert as_editor.get(f"{PAGE}placements/placement-1/edit/").status_code == 404
    assert as_editor.get(f"{YEAR}logic/model-1/placements/a1/edit/").status_code == 404
    as_editor.post(f"{PAGE}placements/placement-1/detach/")
    assert Placement.objects.filter(key="placement-1").exists()


def test_an_outcome_that_others_lead_to_is_not_called_empty(as_editor, model):
    """Its activities stand at the outcomes before it, on screen and on paper."""
    before = as_editor.get(PAGE).content.decode()
    cause, effect = (Outcome.objects.get(key=key, logic_model=model) for key in ("o1", "o3"))
    OutcomeLink.objects.create(
        cycle=model.cycle, key="own-link", logic_model=model, cause=cause, effect=effect
    )

    page = as_editor.get(PAGE).content.decode()
    paper = as_editor.get(f"{PAGE}print/").content.decode()

    assert "まだ取組がありません" in before
    assert "まだ取組がありません" not in page
    assert "取組は、ここにつながる成果に並べています" in page
    assert "（上の成果を通じて実現します）" in paper


def test_the_choices_of_a_link_ask_in_words(as_editor, model):
    assert "---------" not in as_editor.get(f"{PAGE}links/add/").content.decode()
