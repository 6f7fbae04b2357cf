"""会議 of joint councils at their partners: what they read, what stays with the lead, and what moves with a meeting."""

import pytest

from councils.models import AgendaItem, Attendance, CouncilPartner, Decision, Homework, Meeting
from logicmodels.models import DesiredState
from municipalities.models import Change, Municipality, TrashItem
from municipalities.tenancy import within
from reports.document import assembly, beside
from tests import world
from tests.councils import meeting_samples as made
from tests.councils.meeting_samples import LIST

pytestmark = pytest.mark.django_db
COUNCIL = "/m/990019/2026/councils/shared/990027/joint-council/"
SHARED = f"{LIST}shared/990027/joint/"
THEIR_LIST = "/m/990027/2026/meetings/"
PARTS = (AgendaItem, Attendance, Homework)


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1]


def at_the_lead():
    return within(Municipality.objects.get(code=world.THEIRS))


def with_parts(meeting):
    made.agenda(meeting)
    made.homework(meeting)
    made.part(Attendance, meeting, "p-1", profession="physician", people=3)


class TestOnTheCouncilsPage:
    def test_a_meeting_that_the_lead_keeps_to_itself_is_not_told(self, as_editor, sign_in):
        row = made.neighbours_meeting(title="内々の打合せ")
        assert "内々の打合せ" in page(as_editor, COUNCIL), "the negative control"
        with at_the_lead():
            Meeting.objects.filter(pk=row.pk).update(audience="internal")

        assert "内々の打合せ" not in page(as_editor, COUNCIL)
        at_home = page(sign_in("neighbour"), "/m/990027/2026/councils/joint-council/")
        assert "内々の打合せ" in at_home

    def test_each_leads_to_its_page_by_day_held_or_planned(self, as_editor):
        made.neighbours_meeting("joint", number=2, planned="令和8年10月頃")
        made.neighbours_meeting("early", number=1, held_on="2026-06-18")
        told = page(as_editor, COUNCIL)

        assert told.index(f"{LIST}shared/990027/early/") < told.index(SHARED)
        assert "令和8年6月18日" in told
        assert as_editor.get(SHARED).status_code == 200


class TestInTheList:
    def test_a_partner_is_not_asked_to_write_the_leads_minutes(self, as_editor, sign_in, here):
        made.no_meetings()
        made.neighbours_meeting(held_on="2026-05-10")
        told = page(as_editor, LIST)

        assert "議事の要旨がまだありません" in told
        assert "会議のページで要旨を書くか" not in told
        assert "会議のページで要旨を書くか" in page(sign_in("neighbour"), THEIR_LIST)

    def test_who_only_takes_part_is_told_who_registers(self, as_editor, here):
        made.no_councils()
        assert "代表の市区町村が登録します" not in page(as_editor, LIST)
        made.neighbours_meeting()

        told = page(as_editor, LIST)
        assert "共同で開く会議は、代表の市区町村が登録します。" in told
        assert "会議を登録する</a>" not in told


class TestADecisionOfAMeetingThatIsReadNoMore:
    @pytest.fixture
    def decision(self, here):
        meeting = made.neighbours_meeting()
        goal = DesiredState.objects.get(cycle=here, scene="discharge")
        row = made.decision(here, meeting, text="残る決定", desired_state=goal)
        with at_the_lead():
            Meeting.objects.filter(pk=meeting.pk).update(audience="internal")
        return row

    def test_its_deeds_come_back_to_the_list(self, as_editor, decision):
        url = f"{LIST}decisions/d-1/"
        told = page(as_editor, LIST)
        assert f"{url}edit/" in told
        assert "いまは共有されていない会議" in page(as_editor, f"{url}edit/")
        form = made.decision_fields(about="", text="直した決定")
        for answer in (
            as_editor.post(f"{url}edit/", form),
            as_editor.post(f"{url}up/"),
            as_editor.post(f"{url}delete/", {"base_version": "2"}),
        ):
            assert answer.headers["Location"] == f"{LIST}#decisions"
            assert as_editor.get(answer.headers["Location"]).status_code == 200
        assert not Decision.objects.filter(pk=decision.pk).exists()

    def test_a_viewer_is_offered_nothing(self, sign_in, decision):
        assert "decisions/d-1/edit/" not in page(sign_in("viewer"), LIST)


class TestAMeetingBelowAnotherCouncil:
    @pytest.fixture
    def meeting(self):
        meeting = made.neighbours_meeting()
        with at_the_lead():
            with_parts(meeting)
        return meeting

    def seen_here(self):
        return [
            model.objects.shared().filter(key__in=("a-1", "h-1", "p-1")).count() for model in PARTS
        ]

    def test_its_parts_go_with_it_out_of_the_partners_sight(self, sign_in, here, meeting):
        assert self.seen_here() == [1, 1, 1]
        with at_the_lead():
            own = made.council("own", name="見本町だけの会議")
        form = made.meeting_fields(own, number="1")
        answer = sign_in("neighbour").post(f"{THEIR_LIST}joint/edit/", form)

        assert answer.status_code == 302
        with at_the_lead():
            for model in PARTS:
                row = model.objects.led().get(meeting=meeting)
                assert (row.council_id, row.version) == (own.pk, 2)
                assert Change.objects.of(row).first().after == {"council": own.pk}
        assert self.seen_here() == [0, 0, 0]

    def test_and_with_it_into_their_sight(self, sign_in, as_editor, here):
        made.neighbours_meeting("other")
        with at_the_lead():
            joint = made.council("joint-council")
            own = made.meeting("own-meeting", council=made.council("own", name="見本町だけの会議"))
            with_parts(own)
        assert self.seen_here() == [0, 0, 0]
        form = made.meeting_fields(joint, number="2")
        sign_in("neighbour").post(f"{THEIR_LIST}own-meeting/edit/", form)

        assert self.seen_here() == [1, 1, 1]
        assert "目指す姿について" in page(as_editor, f"{LIST}shared/990027/own-meeting/")

    def test_so_they_do_when_two_have_saved(self, sign_in, meeting):
        with at_the_lead():
            own = made.council("own", name="見本町だけの会議")
        neighbour = sign_in("neighbour")
        neighbour.post(
            f"{THEIR_LIST}joint/edit/",
            made.meeting_fields(meeting.council, number="1", place="市民会館"),
        )
        answer = neighbour.post(f"{THEIR_LIST}joint/edit/", made.meeting_fields(own, number="1"))

        assert answer.status_code == 302
        with at_the_lead():
            assert Meeting.objects.get(pk=meeting.pk).place == "市民会館"
            assert AgendaItem.objects.get(meeting=meeting).council_id == own.pk

    def test_and_by_a_document(self, people, meeting):
        with at_the_lead():
            made.council("own", name="見本町だけの会議")
            theirs = world.cycle_of(world.THEIRS)
            document = assembly.assemble(theirs)
            row = next(one for one in document["meetings"] if one["key"] == "joint")
            row["council"] = "own"
            assert assembly.load(theirs, document, by=people["neighbour"]) == []
            found = {model.objects.get(meeting=meeting).council.key for model in PARTS}
            assert found == {"own"}
            assert assembly.load(theirs, document, by=people["neighbour"]) == []
            assert {model.objects.get(meeting=meeting).version for model in PARTS} == {2}


def test_a_meeting_below_the_same_council_leaves_its_parts_alone(as_editor, here):
    meeting = made.meeting()
    with_parts(meeting)
    form = made.meeting_fields(meeting.council, number="1", place="市民会館")

    assert as_editor.post(f"{LIST}first/edit/", form).status_code == 302
    assert {model.objects.get(meeting=meeting).version for model in PARTS} == {1}


class TestInTheReportOfAPartner:
    """What the lead keeps 庁内 goes into no report, nor does what stands under it; nothing else is lost by that."""

    def test_a_hidden_council_hides_its_own_meetings_only(self, here):
        meeting = made.neighbours_meeting(pk=9_000, title="見える会議")
        with at_the_lead():
            partner = meeting.council.partners.get().partner
            # The same number in another table hides nothing.
            hidden = made.council("hidden", pk=9_000, name="内々の協議会", audience="internal")
            hidden.partners.create(key="hidden-partner", partner=partner)
            made.meeting("under-it", council=hidden, title="内々の会議")
        found = beside.shared(here)

        assert [row["key"] for row in found["councils"] if row["key"] == "hidden"] == []
        titles = {row["title"] for row in found["meetings"]}
        assert "見える会議" in titles
        assert "内々の会議" not in titles


def test_what_keeps_a_council_is_named_without_the_parts_that_go_with_it(as_editor, here):
    meeting = made.meeting(title="第三水曜の会")
    with_parts(meeting)
    made.council("below", name="下の部会", parent=meeting.council)
    url = f"/m/990019/2026/councils/{meeting.council.key}/delete/"
    answer = as_editor.post(url, {"base_version": "1"})

    assert answer.status_code == 409
    told = answer.content.decode()
    assert "会議：第三水曜の会" in told
    assert "協議体：下の部会" in told
    for part in ("議題：", "出席者数：", "持ち帰り："):
        assert part not in told


def restore(client, kind):
    item = TrashItem.objects.get(kind=kind)
    answer = client.post(f"/m/990019/2026/trash/{item.pk}/restore/", follow=True)
    return answer.content.decode()


class TestOutOfTheTrash:
    def test_a_decision_asks_for_its_meeting_first(self, as_editor, here):
        meeting = made.meeting()
        row = made.decision(here, meeting)
        as_editor.post(f"{LIST}decisions/d-1/delete/", {"base_version": "1"})
        as_editor.post(f"{LIST}first/delete/", {"base_version": "1"})
        told = restore(as_editor, "councils.decision")

        assert "もとになる会議が、いまはありません。先に会議を元に戻すか" in told
        assert "キー「" not in told
        restore(as_editor, "councils.meeting")
        restore(as_editor, "councils.decision")
        assert Decision.objects.get(key=row.key).meeting.key == meeting.key

    def test_a_decision_of_a_joint_meeting_asks_whether_it_is_shared(self, as_editor, here):
        meeting = made.neighbours_meeting()
        made.decision(here, meeting)
        as_editor.post(f"{LIST}decisions/d-1/delete/", {"base_version": "1"})
        with at_the_lead():
            meeting.council.partners.all().delete()

        assert "共有が続いているかを確かめてください" in restore(as_editor, "councils.decision")
        assert not Decision.objects.filter(key="d-1").exists()

    def test_a_joint_council_comes_back_to_its_partner(self, as_editor, sign_in, here):
        row = made.council("own", name="見本広域の会議")
        partner = Municipality.objects.get(code=world.THEIRS)
        CouncilPartner.objects.create(key="p", council=row, partner=partner)
        url = "/m/990027/2026/councils/shared/990019/own/"
        as_editor.post("/m/990019/2026/councils/own/delete/", {"base_version": "1"})
        assert sign_in("neighbour").get(url).status_code == 404
        restore(as_editor, "councils.council")

        assert "見本広域の会議" in page(sign_in("neighbour"), url)


def test_who_edits_what_another_deletes_keeps_the_text_and_learns_why(as_editor, here):
    meeting = made.meeting()
    made.agenda(meeting)
    url = f"{LIST}first/agenda/a-1/"
    as_editor.post(f"{url}delete/", {"base_version": "1"})
    ours = {"Origin": "http://testserver"}
    answer = as_editor.post(f"{url}edit/", made.fields(text="書いていた議題"), headers=ours)

    assert answer.status_code == 404
    told = answer.content.decode()
    assert "書いていた議題" in told
    assert "ほかの人が先に削除したか" in told
