"""The contractor's desk: its own activities with their results and milestones, and nothing else."""

import datetime as dt

import pytest

from logicmodels.models import Activity, ActivityPartner, ActivityResult, Milestone
from municipalities.choices import Audience
from municipalities.kernel import submission_keys
from municipalities.models import Change, Membership, Organization
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
DESK = "/m/990019/2026/contributor/"
OWN = f"{DESK}activity-1/"
RESULT = f"{OWN}results/result-1/"


@pytest.fixture
def as_contributor(sign_in, people):
    """Signed in for 見本市医師会, which carries out activity-1."""
    belong("ishikai")
    return sign_in("contributor")


def belong(key, **values):
    memberships = Membership.objects.filter(user__username="contributor")
    memberships.update(organization_key=key, **values)


@pytest.fixture
def others(here):
    """An activity of another body, with a result and a milestone."""
    body = Organization.objects.create(key="kango", name="見本市訪問看護連絡会")
    activity = Activity.objects.create(
        cycle=here, key="theirs", name="ほかの団体の取組", executor=body
    )
    row = {"cycle": here, "activity": activity}
    ActivityResult.objects.create(key="their-result", text="ほかの団体の実績", **row)
    Milestone.objects.create(key="their-milestone", text="ほかの団体の節目", **row)
    return activity


def text_of(client, url):
    return client.get(url).content.decode()


def typed(**values):
    key = submission_keys.new()
    return (
        {"text": "研修を開いた", "held_on": "", "when": "", "participants": "20"}
        | {"submission_key": key}
        | values
    )


class TestReading:
    def test_only_the_activities_of_the_own_body_are_listed(self, as_contributor, others):
        page = text_of(as_contributor, DESK)

        assert f"{DESK}activity-1/" in page
        assert "見本市医師会" in page
        assert "ほかの団体" not in page

    def test_a_partner_sees_the_activity_it_helps_with(self, sign_in, here):
        belong("hokenjo")
        page = text_of(sign_in("contributor"), DESK)

        assert f"{DESK}activity-1/" in page
        assert "協力団体" in page

    def test_neither_money_nor_the_municipalitys_own_words_are_shown(self, as_contributor, here):
        Activity.objects.filter(key="activity-1").update(
            budget=7654321, settled=1234567, description="庁内での打合せの経緯"
        )
        ActivityPartner.objects.filter(activity__key="activity-1").update(role="内々の役割")

        for url in (DESK, OWN, f"{OWN}results/add/", f"{RESULT}edit/", f"{RESULT}delete/"):
            page = text_of(as_contributor, url)
            for secret in ("7,654,321", "1,234,567", "打合せの経緯", "内々の役割", "history/"):
                assert secret not in page, (url, secret)

    def test_an_activity_that_stays_in_the_house_is_not_there(self, as_contributor, here):
        Activity.objects.filter(key="activity-1").update(audience=Audience.INTERNAL)

        assert f"{DESK}activity-1/" not in text_of(as_contributor, DESK)
        assert as_contributor.get(OWN).status_code == 404

    def test_the_list_takes_no_more_queries_for_more_activities(
        self, as_contributor, here, django_assert_num_queries
    ):
        body = Organization.objects.get(key="ishikai")
        for number in range(20):
            Activity.objects.create(
                cycle=here, key=f"many-{number}", name=f"取組{number}", executor=body
            )
        as_contributor.get(DESK)
        with django_assert_num_queries(10):
            assert "取組19" in text_of(as_contributor, DESK)

    def test_an_account_without_a_body_is_told_what_to_do(self, sign_in):
        client = sign_in("contributor")

        for url in (DESK, OWN, f"{RESULT}edit/"):
            page = text_of(client, url)
            assert "どの団体の担当かが、まだ登録されていません" in page
            assert "activity-1" not in page.partition("<main")[2]

    def test_a_body_that_is_gone_is_none(self, sign_in):
        belong("gone")

        assert "まだ登録されていません" in text_of(sign_in("contributor"), DESK)

    def test_without_a_year_in_the_address_it_leads_to_this_one(self, as_contributor):
        assert as_contributor.get("/m/990019/contributor/").headers["Location"] == DESK


class TestWriting:
    def test_a_result_is_added_once_and_recorded(self, as_contributor, people):
        data = typed(text="多職種の研修を開いた")

        for _ in range(2):
            assert as_contributor.post(f"{OWN}results/add/", data).status_code == 302

        with within(world.cycle_of().municipality):
            row = ActivityResult.objects.get(text="多職種の研修を開いた")
            assert row.activity.key == "activity-1"
            assert Change.objects.of(row).get().actor_id == people["contributor"].pk
        assert "多職種の研修を開いた" in text_of(as_contributor, OWN)

    def test_an_empty_result_is_refused_and_what_was_typed_stays(self, as_contributor):
        refused = as_contributor.post(f"{OWN}results/add/", typed(text="", when="秋ごろ"))

        assert refused.status_code == 422
        assert "秋ごろ" in refused.content.decode()

    def test_what_is_typed_is_kept_and_may_be_discarded(self, as_contributor):
        url = f"{OWN}results/add/"
        drafts = f"{DESK}drafts/own-result-new-2026-activity-1/"
        assert f'data-draft-url="{drafts}"' in text_of(as_contributor, url)

        assert as_contributor.post(drafts, {"text": "書きかけの実績"}).status_code == 200
        assert "書きかけの実績" in text_of(as_contributor, f"{url}?draft")
        assert as_contributor.post(f"{drafts}discard/").headers["Location"] == DESK
        assert "保存していない入力" not in text_of(as_contributor, url)

    def test_a_result_is_edited_and_deleted(self, as_contributor):
        with within(world.cycle_of().municipality):
            version = ActivityResult.objects.get(key="result-1").version
        saved = as_contributor.post(
            f"{RESULT}edit/", typed(text="書き直した実績", base_version=version)
        )
        assert saved.status_code == 302
        assert "書き直した実績" in text_of(as_contributor, OWN)

        gone = as_contributor.post(f"{RESULT}delete/", {"base_version": version + 1})
        assert gone.status_code == 302
        page = text_of(as_contributor, OWN)
        assert "書き直した実績" not in page
        assert "trash" not in page

    def test_a_milestone_is_reached_and_of_two_presses_the_second_changes_nothing(
        self, as_contributor
    ):
        url = f"{OWN}milestones/milestone-1/reach/"
        with within(world.cycle_of().municipality):
            Milestone.objects.filter(key="milestone-1").update(is_reached=False)
            version = Milestone.objects.get(key="milestone-1").version
        as_contributor.post(url, {"is_reached": "1", "base_version": version})
        second = as_contributor.post(url, {"is_reached": "0", "base_version": version}, follow=True)

        with within(world.cycle_of().municipality):
            row = Milestone.objects.get(key="milestone-1")
        assert (row.is_reached, row.version) == (True, version + 1)
        assert "ほかの人が先に節目を変更しています" in second.content.decode()


class TestOthers:
    def test_what_belongs_to_another_body_is_absent(self, as_contributor, others):
        theirs = f"{DESK}theirs/"
        for url in (
            theirs,
            f"{theirs}results/add/",
            f"{theirs}results/their-result/edit/",
            f"{theirs}results/their-result/delete/",
            # The own activity does not open another one's rows.
            f"{OWN}results/their-result/edit/",
            f"{OWN}results/their-result/delete/",
        ):
            assert as_contributor.get(url).status_code == 404, url
            assert as_contributor.post(url, typed(base_version=1)).status_code in {404, 405}, url
        for page in (theirs, OWN):
            url = f"{page}milestones/their-milestone/reach/"
            assert as_contributor.post(url, {"base_version": 1}).status_code == 404
        assert not Milestone.objects.get(key="their-milestone").is_reached
        assert ActivityResult.objects.filter(key="their-result", version=1).exists()

    def test_the_municipalitys_own_pages_stay_closed(self, as_contributor):
        for piece in ("activities/", "activities/activity-1/", "history/", "trash/", "reports/"):
            assert as_contributor.get(f"/m/990019/2026/{piece}").status_code == 403

    def test_another_town_is_absent(self, as_contributor):
        for url in ("/m/990027/2026/contributor/", "/m/990027/contributor/"):
            assert as_contributor.get(url).status_code == 404

    def test_a_viewer_and_an_editor_have_other_pages(self, sign_in):
        for username in ("viewer", "editor"):
            for url in (DESK, OWN, f"{OWN}results/add/"):
                assert sign_in(username).get(url).status_code == 403

    def test_it_ends_with_the_term(self, as_contributor):
        belong("ishikai", valid_to=dt.date(2021, 1, 1))

        assert as_contributor.get(DESK).status_code == 404
        assert as_contributor.post(f"{OWN}results/add/", typed()).status_code == 404

    def test_a_body_of_an_ended_term_opens_nothing(self, as_contributor, people, others):
        Membership.objects.create(
            user=people["contributor"],
            role="contributor",
            scope_kind="municipality",
            scope_code=world.OURS,
            organization_key="kango",
            valid_from=dt.date(2019, 1, 1),
            valid_to=dt.date(2019, 12, 31),
        )

        assert as_contributor.get(f"{DESK}theirs/").status_code == 404
        assert "ほかの団体" not in text_of(as_contributor, DESK)


class TestPartners:
    """保健所 only helps with activity-1; 見本市医師会 carries it out."""

    @pytest.fixture
    def as_partner(self, sign_in, here):
        belong("hokenjo")
        return sign_in("contributor")

    @pytest.fixture
    def own_result(self, as_partner):
        as_partner.post(f"{OWN}results/add/", typed(text="協力団体が開いた研修"))
        return ActivityResult.objects.get(text="協力団体が開いた研修")

    def test_what_others_wrote_may_be_read_only(self, as_partner):
        page = text_of(as_partner, OWN)

        assert str(ActivityResult.objects.get(key="result-1").text) in page
        assert f"{RESULT}edit/" not in page
        assert "自分の団体が登録した実績だけ" in page
        version = ActivityResult.objects.get(key="result-1").version
        for url in (f"{RESULT}edit/", f"{RESULT}delete/"):
            assert as_partner.get(url).status_code == 403, url
            assert as_partner.post(url, typed(base_version=version)).status_code == 403, url
        assert ActivityResult.objects.get(key="result-1").version == version

    def test_the_own_result_is_edited_and_deleted(self, as_partner, own_result):
        page = f"{OWN}results/{own_result.key}/"
        assert f"{page}edit/" in text_of(as_partner, OWN)

        changed = typed(text="書き直した研修", base_version=own_result.version)
        assert as_partner.post(f"{page}edit/", changed).status_code == 302
        gone = as_partner.post(f"{page}delete/", {"base_version": own_result.version + 1})

        assert gone.status_code == 302
        assert not ActivityResult.objects.filter(pk=own_result.pk).exists()

    def test_a_colleagues_result_is_the_bodys_own(self, as_partner, own_result, people):
        colleague = Membership.objects.get(user=people["contributor"])
        colleague.pk, colleague.user = None, people["viewer"]
        colleague.save(force_insert=True)
        ActivityResult.objects.filter(pk=own_result.pk).update(updated_by=people["viewer"])

        assert as_partner.get(f"{OWN}results/{own_result.key}/edit/").status_code == 200

    def test_what_the_municipality_rewrote_is_its_own(self, as_partner, own_result, people):
        ActivityResult.objects.filter(pk=own_result.pk).update(updated_by=people["editor"])

        assert as_partner.get(f"{OWN}results/{own_result.key}/edit/").status_code == 403

    def test_an_account_of_the_body_in_another_town_is_a_stranger(
        self, as_partner, own_result, people
    ):
        elsewhere = Membership.objects.get(user=people["contributor"])
        elsewhere.pk, elsewhere.user, elsewhere.scope_code = None, people["viewer"], "990027"
        elsewhere.save(force_insert=True)
        ActivityResult.objects.filter(pk=own_result.pk).update(updated_by=people["viewer"])

        assert as_partner.get(f"{OWN}results/{own_result.key}/edit/").status_code == 403

    def test_the_milestones_are_the_executors(self, as_partner):
        url = f"{OWN}milestones/milestone-1/reach/"
        assert url not in text_of(as_partner, OWN)
        before = Milestone.objects.get(key="milestone-1")

        posted = {"is_reached": "1", "base_version": before.version}
        assert as_partner.post(url, posted).status_code == 403
        assert Milestone.objects.get(key="milestone-1").version == before.version

    def test_the_executor_changes_what_a_partner_wrote(self, own_result, sign_in, as_partner):
        belong("ishikai")

        page = text_of(sign_in("contributor"), OWN)

        assert f"{OWN}results/{own_result.key}/edit/" in page
        assert "自分の団体が登録した実績だけ" not in page
