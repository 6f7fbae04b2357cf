"""連携支援の経過 through the front door: round, participants, 実施計画 and steps."""

import re

import pytest

from municipalities.kernel import submission_keys
from municipalities.models import Change, Cycle, Organization, TrashItem
from municipalities.tenancy import within
from reports.models import (
    AdviceItem,
    ProgressReport,
    SupportMember,
    SupportRound,
    SupportStep,
    SupportTask,
)
from reports.support import steps
from tests import world

pytestmark = pytest.mark.django_db
PAGE = f"/m/{world.OURS}/{world.YEAR}/support/"
THEIRS = f"/m/{world.THEIRS}/{world.YEAR}/support/"
TAGS = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAGS.sub("", response.content.decode())


def add(client, address, **fields):
    fields = {"audience": "adviser", "submission_key": submission_keys.new()} | fields
    return client.post(f"{PAGE}{address}add/", fields)


def edit(client, address, row, **fields):
    fields = {"audience": "adviser", "base_version": row.version} | fields
    return client.post(f"{PAGE}{address}/edit/", fields)


def task_fields(**fields):
    return {"text": "既存の取組を整理する。", "who": "高齢福祉課", "state": "todo"} | fields


class TestRound:
    def test_shows_theme_scenes_and_goal(self, as_editor):
        shown = words(as_editor.get(PAGE))

        assert "退院後の暮らしを支える連携" in shown
        assert "対象とする場面入退院支援" in shown
        assert "退院の連絡の決まりを、市と病院が同じ様式で持つ。" in shown

    def test_is_written_once_for_a_year(self, as_editor, here):
        later = Cycle.objects.create(fiscal_year=2027)
        address = f"/m/{world.OURS}/2027/support/"
        assert "まだ書かれていません" in words(as_editor.get(address))

        fields = {"theme": "協議体の設定", "emergency": "on", "audience": "adviser"}
        as_editor.post(f"{address}round/edit/", fields | {"base_version": 0})
        row = SupportRound.objects.get(cycle=later)
        assert [scene.value for scene in row.scenes] == ["emergency"]

        again = as_editor.post(f"{address}round/edit/", fields | {"base_version": 0})
        assert again.status_code == 302
        assert SupportRound.objects.filter(cycle=later).count() == 1

    def test_two_people_at_once_are_asked_which_theme_stays(self, as_editor, here):
        row = SupportRound.objects.get(cycle=here)
        edit(as_editor, "round", row, theme="先の人のテーマ")
        second = edit(as_editor, "round", row, theme="後の人のテーマ")

        assert second.status_code == 409
        assert "先の人のテーマ" in words(second)
        assert SupportRound.objects.get(cycle=here).theme == "先の人のテーマ"

    def test_a_round_without_scenes_is_about_all(self, as_editor, here):
        edit(as_editor, "round", SupportRound.objects.get(cycle=here), theme="協議体の設定")

        assert "4つの場面すべて" in words(as_editor.get(PAGE))


class TestMembers:
    def test_a_body_that_is_new_is_registered(self, as_editor, here):
        fields = {"part": "prefecture", "organization_new": "見本県健康福祉部", "title": "主査"}
        add(as_editor, "members/", **fields)

        assert Organization.objects.filter(name="見本県健康福祉部").exists()
        shown = words(as_editor.get(PAGE))
        assert "都道府県見本県健康福祉部主査" in shown

    def test_a_member_needs_a_body_or_a_title(self, as_editor, here):
        before = SupportMember.objects.count()
        response = add(as_editor, "members/", part="adviser")

        assert response.status_code == 422
        assert "団体・部署を選ぶか、所属・職名を入力してください。" in words(response)
        assert SupportMember.objects.count() == before

    def test_members_move_within_their_part(self, as_editor, here):
        add(as_editor, "members/", part="municipality", title="市の係長")
        add(as_editor, "members/", part="adviser", title="二人目のアドバイザー")
        second = SupportMember.objects.get(title="二人目のアドバイザー")
        response = as_editor.post(f"{PAGE}members/{second.key}/up/")

        assert response.headers["Location"].endswith(f"#member-{second.key}")
        shown = words(as_editor.get(PAGE))
        assert shown.index("二人目のアドバイザー") < shown.index("アドバイザー（医療連携）")

    def test_a_deleted_member_comes_back_from_the_trash(self, as_editor, here):
        member = SupportMember.objects.get(key="member-1")
        as_editor.post(f"{PAGE}members/member-1/delete/", {"base_version": member.version})
        assert not SupportMember.objects.filter(key="member-1").exists()

        item = TrashItem.objects.get(kind="reports.supportmember")
        as_editor.post(f"/m/{world.OURS}/{world.YEAR}/trash/{item.pk}/restore/")
        assert SupportMember.objects.get(key="member-1").title == "アドバイザー（医療連携）"

    def test_a_body_in_the_support_is_not_deleted(self, as_editor, here):
        add(as_editor, "members/", part="prefecture", organization_new="見本県健康福祉部")
        body = Organization.objects.get(name="見本県健康福祉部")
        address = f"/m/{world.OURS}/{world.YEAR}/organizations/"
        response = as_editor.post(f"{address}{body.key}/delete/", {"base_version": body.version})

        assert response.status_code == 409
        assert "支援の参加者" in words(response)
        assert "支援の参加者" in words(as_editor.get(address))


class TestTasks:
    def test_a_task_is_due_as_people_speak(self, as_editor, here):
        step = SupportStep.objects.get(key="interim-1")
        add(as_editor, "tasks/", **task_fields(due="R9年度末", step=step.pk))

        row = SupportTask.objects.get(text="既存の取組を整理する。")
        assert (row.due, row.step) == ("令和9年度末", step)
        assert "令和9年度末" in words(as_editor.get(PAGE))

    def test_what_is_no_time_is_refused_and_kept_in_the_form(self, as_editor, here):
        before = SupportTask.objects.count()
        response = add(as_editor, "tasks/", **task_fields(due="来年の秋"))

        assert response.status_code == 422
        assert "年を入力してください（例：令和6年度末" in words(response)
        assert 'value="来年の秋"' in response.content.decode()
        assert SupportTask.objects.count() == before

    def test_an_old_text_that_cannot_be_read_is_shown_and_kept(self, as_editor, here):
        row = SupportTask.objects.get(key="task-1")
        SupportTask.objects.filter(pk=row.pk).update(due="協議体ができたら")
        assert "協議体ができたら" in words(as_editor.get(PAGE))

        fields = task_fields(due="協議体ができたら", state="doing")
        assert edit(as_editor, "tasks/task-1", row, **fields).status_code == 302
        row.refresh_from_db()
        assert (row.due, row.state) == ("協議体ができたら", "doing")

    def test_an_open_task_whose_time_has_passed_says_so(self, as_editor, here):
        SupportTask.objects.filter(key="task-1").update(due="令和2年度", state="todo")
        assert "期限を過ぎています" in words(as_editor.get(PAGE))

        SupportTask.objects.filter(key="task-1").update(state="done")
        assert "期限を過ぎています" not in words(as_editor.get(PAGE))

    def test_the_steps_to_choose_from_are_those_of_the_year(self, as_editor, here):
        later = Cycle.objects.create(fiscal_year=2027)
        foreign = SupportStep.objects.create(cycle=later, key="x", kind="final", position=1)
        response = add(as_editor, "tasks/", **task_fields(step=foreign.pk))

        assert response.status_code == 422

    def test_tasks_are_reordered_and_deleted(self, as_editor, here):
        add(as_editor, "tasks/", **task_fields())
        row = SupportTask.objects.get(text="既存の取組を整理する。")
        as_editor.post(f"{PAGE}tasks/{row.key}/up/")
        assert SupportTask.objects.filter(cycle=here).first().pk == row.pk

        row.refresh_from_db()
        as_editor.post(f"{PAGE}tasks/{row.key}/delete/", {"base_version": row.version})
        assert not SupportTask.objects.filter(pk=row.pk).exists()


class TestSteps:
    def test_the_record_of_a_meeting_is_written(self, as_editor, here):
        row = SupportStep.objects.get(key="interim-1")
        fields = {
            "held_on": "R8.9.3",
            "style": "online",
            "participants": "市、医師会",
            "situation": "・様式が病院ごとに違う。",
            "keywords": "目線合わせ\n顔の見える関係\n『小さな協議体』（例：救急隊と訪問看護）",
        }
        edit(as_editor, "steps/interim-1", row, **fields)

        shown = words(as_editor.get(PAGE))
        for text in ("2026年9月3日（木）", "オンライン", "出席者：市、医師会"):
            assert text in shown
        assert "『目線合わせ』『顔の見える関係』『小さな協議体』（例：救急隊" in shown

    def test_two_people_at_once_keep_what_each_wrote_into_another_box(self, as_editor, here):
        row = SupportStep.objects.get(key="interim-1")
        plain = {"style": "unstated", "situation": "", "participants": ""}
        edit(as_editor, "steps/interim-1", row, **plain | {"situation": "先の人の状況"})
        edit(as_editor, "steps/interim-1", row, **plain | {"participants": "後の人の出席者"})

        row.refresh_from_db()
        assert (row.situation, row.participants) == ("先の人の状況", "後の人の出席者")

    def test_a_further_meeting_has_a_title_and_may_stand_anywhere(self, as_editor, here):
        response = add(as_editor, "steps/", style="onsite")
        assert response.status_code == 422
        assert "名称を入力してください" in words(response)

        add(as_editor, "steps/", style="onsite", title="保健所との打合せ")
        row = SupportStep.objects.get(title="保健所との打合せ")
        assert row.kind == "other"
        as_editor.post(f"{PAGE}steps/{row.key}/up/?arrange=1")
        assert [one.key for one in SupportStep.objects.filter(cycle=here)][-2:] == [
            row.key,
            "final",
        ]

    def test_a_step_that_holds_advice_tasks_or_reports_stays_and_says_which(self, as_editor, here):
        row = SupportStep.objects.get(key="pre-meeting-1")
        SupportTask.objects.update(step=row)
        response = as_editor.post(
            f"{PAGE}steps/pre-meeting-1/delete/", {"base_version": row.version}
        )

        assert response.status_code == 409
        shown = words(response)
        assert "アドバイス：住民を主語にした目指す姿を" in shown
        assert "実施計画の項目：退院の連絡の現状を" in shown

        held = ProgressReport.objects.get(cycle=here, kind="interim").step
        response = as_editor.post(f"{PAGE}steps/{held.key}/delete/", {"base_version": held.version})
        assert "報告書：中間報告書" in words(response)

    def test_an_empty_step_is_deleted_and_the_five_are_put_in_again(self, as_editor, here):
        row = SupportStep.objects.get(key="interim-2")
        assert "5つの段階をそろえる" not in words(as_editor.get(PAGE))
        as_editor.post(f"{PAGE}steps/interim-2/delete/", {"base_version": row.version})
        assert "5つの段階をそろえる" in words(as_editor.get(PAGE))

        as_editor.post(f"{PAGE}steps/prepare/")
        kinds = [one.kind for one in SupportStep.objects.filter(cycle=here)]
        assert kinds == ["pre_meeting_1", "pre_meeting_2", "interim_1", "interim_2", "final"]

    def test_a_year_without_steps_gets_the_five_once(self, as_editor, here):
        later = Cycle.objects.create(fiscal_year=2027)
        address = f"/m/{world.OURS}/2027/support/"
        assert "5つの段階を用意する" in words(as_editor.get(address))
        for _ in range(2):
            as_editor.post(f"{address}steps/prepare/")

        rows = SupportStep.objects.filter(cycle=later)
        assert [one.key for one in rows] == [
            "pre-meeting-1",
            "pre-meeting-2",
            "interim-1",
            "interim-2",
            "final",
        ]
        assert steps.missing(rows) == []
        assert Change.objects.filter(fiscal_year=2027, deed="create").count() == 5


@pytest.mark.parametrize(
    "address",
    [
        "",
        "round/edit/",
        "members/member-1/edit/",
        "tasks/task-1/delete/",
        "steps/interim-1/edit/",
        "advice/pre-meeting-1-1/answer/",
    ],
)
def test_another_towns_support_is_absent(as_editor, address):
    assert as_editor.get(f"{THEIRS}{address}").status_code == 404


def test_the_key_of_another_towns_row_under_our_own_address_is_absent(as_editor):
    with within(world.cycle_of(world.THEIRS).municipality):
        SupportTask.objects.filter(key="task-1").update(key="only-theirs")
    assert as_editor.get(f"{PAGE}tasks/only-theirs/edit/").status_code == 404


def test_a_viewer_reads_and_is_offered_nothing_to_write(sign_in, here):
    page = sign_in("viewer").get(PAGE).content.decode()

    assert "退院後の暮らしを支える連携" in page
    assert "/edit/" not in page
    assert "追加する" not in page


def test_the_text_of_the_support_is_shown_as_text(as_editor, here):
    AdviceItem.objects.filter(key="pre-meeting-1-1").update(text="<b>太字</b>")

    assert "&lt;b&gt;太字&lt;/b&gt;" in as_editor.get(PAGE).content.decode()
