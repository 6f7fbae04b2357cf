"""Managing people: who is listed, who may change what, the last manager, the record of it all."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.choices import Role, ScopeKind
from municipalities.kernel.changes import AppendOnly
from municipalities.models import AccessEvent, Membership, User
from municipalities.people import granting
from municipalities.people.folding import matches
from tests import world

pytestmark = pytest.mark.django_db
PEOPLE = "/m/990019/people/"
ADVISERS = "/p/99/advisers/"
USERS = "/manage/users/"


def today():
    return timezone.localdate()


def of(people, username):
    return people[username].memberships.get()


def term_of(membership, **changes):
    """Return the fields of the form of a term as its page sends them."""
    return {
        "seen": granting.seen_of(membership),
        "valid_from": membership.valid_from.isoformat().replace("-", "/"),
        "valid_to": "",
        **changes,
    }


def give(user, role=Role.MANAGER, code=world.OURS):
    return Membership.objects.create(
        user=user,
        role=role,
        scope_kind=ScopeKind.MUNICIPALITY,
        scope_code=code,
        valid_from=dt.date(2020, 4, 1),
    )


class TestTheLists:
    def test_a_manager_sees_their_own_people_with_role_and_term(self, sign_in):
        page = sign_in("manager").get(PEOPLE).content.decode()

        for words in (
            "editorの担当",
            "editor@example.jp",
            "担当者",
            "2020年",
            "有効",
            "adviserの担当",
        ):
            assert words in page
        assert "neighbour" not in page

    def test_an_officer_sees_the_advisers_of_the_prefecture_only(self, sign_in):
        page = sign_in("officer").get(ADVISERS).content.decode()

        assert "adviserの担当" in page
        assert "neighbour-adviserの担当" in page
        assert "editorの担当" not in page
        assert sign_in("other-officer").get(ADVISERS).status_code == 404

    def test_takes_the_same_queries_for_many(self, sign_in):
        client = sign_in("manager")
        few = queries_of(client)
        for number in range(60):
            user = User.objects.create(username=f"many-{number}", display_name=f"係{number}")
            give(user, Role.VIEWER)
        many = queries_of(client)

        assert len(few) == len(many) <= 20

    def test_a_viewer_is_refused_and_a_neighbour_finds_nothing(self, sign_in):
        assert sign_in("viewer").get(PEOPLE).status_code == 403
        assert sign_in("neighbour").get(PEOPLE).status_code == 404
        assert sign_in("operator").get(PEOPLE).status_code == 404

    def test_somebody_without_any_role_finds_nothing_anywhere(self, sign_in):
        client = sign_in("stranger")

        assert "現在、開ける画面がありません" in client.get("/").content.decode()
        for address, status in (
            (PEOPLE, 404),
            (ADVISERS, 404),
            (USERS, 403),
            ("/review/past/", 403),
            ("/m/990019/2026/", 404),
        ):
            assert client.get(address).status_code == status


def queries_of(client):
    client.get(PEOPLE)
    with CaptureQueriesContext(connection) as queries:
        client.get(PEOPLE)
    return queries


class TestTheTerm:
    def test_is_changed_and_recorded_before_and_after(self, sign_in, people):
        membership = of(people, "viewer")
        client = sign_in("manager")
        client.post(
            f"{PEOPLE}{membership.pk}/term/", term_of(membership, valid_to="令和19年3月31日")
        )

        membership.refresh_from_db()
        event = AccessEvent.objects.get()
        assert membership.valid_to == dt.date(2037, 3, 31)
        assert (event.deed, event.actor, event.user) == (
            "term",
            people["manager"],
            people["viewer"],
        )
        assert event.before["valid_to"] == ""
        assert event.after["valid_to"] == "2037-03-31"
        assert "2037年3月31日" in client.get(PEOPLE).content.decode()

    def test_seen_by_two_is_changed_by_the_first(self, sign_in, people):
        membership = of(people, "viewer")
        address, client = f"{PEOPLE}{membership.pk}/term/", sign_in("manager")
        first, second = (term_of(membership, valid_to=day) for day in ("2037/3/31", "2038/3/31"))
        client.post(address, first)
        response = client.post(address, second)

        assert response.status_code == 422
        assert "ほかの人が先に変更した" in response.content.decode()
        membership.refresh_from_db()
        assert membership.valid_to == dt.date(2037, 3, 31)

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [("2019/1/1", "より後の日"), ("06/04/05", "元号か西暦4桁"), ("近いうち", "日付を入力")],
    )
    def test_that_is_none_is_refused_with_what_was_typed(self, sign_in, people, day, sentence):
        membership = of(people, "viewer")
        response = sign_in("manager").post(
            f"{PEOPLE}{membership.pk}/term/", term_of(membership, valid_to=day)
        )

        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert day in response.content.decode()

    def test_ends_at_the_next_request(self, sign_in, people):
        membership, editor = of(people, "editor"), sign_in("editor")
        assert editor.get("/m/990019/2026/").status_code == 200
        sign_in("manager").post(
            f"{PEOPLE}{membership.pk}/end/", {"seen": granting.seen_of(membership)}
        )

        assert editor.get("/m/990019/2026/").status_code == 404
        assert AccessEvent.objects.get().deed == "end"

    def test_that_began_today_and_ends_today_leaves_only_its_record(self, sign_in, people):
        membership = of(people, "editor")
        Membership.objects.filter(pk=membership.pk).update(valid_from=today())
        membership.refresh_from_db()
        sign_in("manager").post(
            f"{PEOPLE}{membership.pk}/end/", {"seen": granting.seen_of(membership)}
        )

        assert not Membership.objects.filter(pk=membership.pk).exists()
        assert AccessEvent.objects.get().before["role"] == "editor"

    def test_pressed_twice_ends_once(self, sign_in, people):
        membership = of(people, "editor")
        seen = {"seen": granting.seen_of(membership)}
        for _ in range(2):
            sign_in("manager").post(f"{PEOPLE}{membership.pk}/end/", seen)

        assert AccessEvent.objects.count() == 1


class TestWhoMayChangeWhom:
    def test_nobody_changes_their_own_role(self, sign_in, people):
        give(people["stranger"])
        own = of(people, "manager")
        client = sign_in("manager")
        changed = client.post(f"{PEOPLE}{own.pk}/term/", term_of(own, valid_to="2037/3/31"))
        client.post(f"{PEOPLE}{own.pk}/end/", {"seen": granting.seen_of(own)})

        own.refresh_from_db()
        assert changed.status_code == 422
        assert "自分では変えられません" in changed.content.decode()
        assert own.valid_to is None
        assert not AccessEvent.objects.exists()

    def test_a_manager_ended_while_their_page_is_open_changes_nothing_more(self, sign_in, people):
        other, viewer = give(people["stranger"]), of(people, "viewer")
        page = sign_in("stranger")
        assert page.get(PEOPLE).status_code == 200
        sign_in("manager").post(f"{PEOPLE}{other.pk}/end/", {"seen": granting.seen_of(other)})

        response = page.post(f"{PEOPLE}{viewer.pk}/term/", term_of(viewer, valid_to="2037/3/31"))
        assert response.status_code in {403, 404}
        viewer.refresh_from_db()
        assert viewer.valid_to is None

    def test_a_manager_left_as_a_viewer_is_refused(self, sign_in, people):
        """Demoted while the page is open elsewhere: the next save explains itself."""
        other, viewer = give(people["stranger"]), of(people, "viewer")
        give(people["stranger"], Role.VIEWER)
        page = sign_in("stranger")
        sign_in("manager").post(f"{PEOPLE}{other.pk}/end/", {"seen": granting.seen_of(other)})

        assert page.post(f"{PEOPLE}{viewer.pk}/term/", term_of(viewer)).status_code == 403

    @pytest.mark.parametrize("username", ["adviser", "neighbour"])
    def test_a_manager_does_not_touch_advisers_or_other_towns(self, sign_in, people, username):
        membership = of(people, username)
        seen = {"seen": granting.seen_of(membership)}
        status = sign_in("manager").post(f"{PEOPLE}{membership.pk}/end/", seen).status_code

        assert status == (403 if username == "adviser" else 404)
        membership.refresh_from_db()
        assert membership.valid_to is None

    def test_an_officer_does_not_touch_a_towns_staff(self, sign_in, people):
        membership = of(people, "editor")
        seen = {"seen": granting.seen_of(membership)}

        assert sign_in("officer").post(f"{ADVISERS}{membership.pk}/end/", seen).status_code == 404

    def test_the_last_manager_stays_unless_the_operator_says_so(self, sign_in, people):
        manager, seen = of(people, "manager"), {}
        # Somebody who may end managers, but is none of the town: the guard does not rest on the own-role rule.
        Membership.objects.create(
            user=people["stranger"],
            role=Role.MANAGER,
            scope_kind=ScopeKind.MUNICIPALITY,
            scope_code=world.OURS,
            valid_from=today(),
        )
        seen = {"seen": granting.seen_of(manager)}
        User.objects.filter(pk=people["stranger"].pk).update(is_active=False)
        with pytest.raises(granting.ValidationError, match="最後の管理者"):
            granting._refuse_last_manager(manager, by=people["stranger"])

        sign_in("operator").post(f"{USERS}memberships/{manager.pk}/end/", seen)
        manager.refresh_from_db()
        assert manager.valid_to == today() - dt.timedelta(days=1)

    def test_the_record_is_never_changed(self, people):
        membership = of(people, "viewer")
        granting.end_now(membership, seen=granting.seen_of(membership), by=people["manager"])

        with pytest.raises(AppendOnly):
            AccessEvent.objects.all().update(deed="x")
        with pytest.raises(AppendOnly):
            AccessEvent.objects.all().delete()


class TestAssigningAnAdviser:
    def assign(self, client, people, **changes):
        begins = today().isoformat().replace("-", "/")
        fields = {"user": people["adviser"].pk, "place": world.THEIRS, "valid_from": begins}
        return client.post(f"{ADVISERS}assign/", {**fields, "valid_to": "", **changes})

    def test_opens_the_further_town_without_an_invitation(self, sign_in, people):
        adviser = sign_in("adviser")
        assert adviser.get("/review/990027-2026-interim-1/").status_code == 404
        response = self.assign(sign_in("officer"), people)

        assert response.status_code == 302
        assert adviser.get("/review/990027-2026-interim-1/").status_code == 200

    def test_twice_makes_one(self, sign_in, people):
        client = sign_in("officer")
        self.assign(client, people)
        second = self.assign(client, people)

        assert second.status_code == 422
        assert "すでに登録されています" in second.content.decode()
        assert people["adviser"].memberships.filter(scope_code=world.THEIRS).count() == 1

    def test_offers_only_advisers_and_towns_of_the_prefecture(self, sign_in, people):
        client = sign_in("officer")
        for changes in ({"place": "082015"}, {"user": people["editor"].pk}, {"place": ""}):
            assert self.assign(client, people, **changes).status_code == 422


class TestTheOperator:
    def test_stops_an_account_everywhere_at_once_and_lets_it_in_again(self, sign_in, people):
        editor = Client()
        editor.post("/account/login/", {"login": "editor", "password": world.PASSWORD})
        assert UserSession.objects.filter(user=people["editor"]).exists()
        client, address = sign_in("operator"), f"{USERS}{people['editor'].pk}/"
        client.post(f"{address}deactivate/")

        assert editor.get("/m/990019/2026/").headers["Location"].startswith("/account/login/")
        assert not UserSession.objects.filter(user=people["editor"]).exists()
        assert "停止しています" in client.get(address).content.decode()
        client.post(f"{address}reactivate/")
        assert sign_in("editor").get("/m/990019/2026/").status_code == 200
        deeds = AccessEvent.objects.order_by("pk").values_list("deed", flat=True)
        assert list(deeds) == ["deactivate", "reactivate"]

    def test_does_not_stop_themselves(self, sign_in, people):
        sign_in("operator").post(f"{USERS}{people['operator'].pk}/deactivate/")

        assert User.objects.get(pk=people["operator"].pk).is_active

    @pytest.mark.parametrize("name", ["髙橋 﨑", "𠮷野", "葛\U000e0100城", "\ufa19戸"])
    def test_finds_a_name_by_either_form(self, sign_in, people, name):
        plain = {"髙橋 﨑": "高橋崎", "𠮷野": "吉野", "葛\U000e0100城": "葛城", "\ufa19戸": "神戸"}
        User.objects.filter(pk=people["stranger"].pk).update(display_name=name)
        client = sign_in("operator")

        for sought in (name, plain[name]):
            accounts = client.get(USERS, {"q": sought}).context["accounts"]
            assert [account.user.username for account in accounts] == ["stranger"]

    @pytest.mark.parametrize("sought", ["%", "_", "\\", "😀", "x" * 300])
    def test_searches_what_was_typed_and_nothing_else(self, sign_in, sought):
        response = sign_in("operator").get(USERS, {"q": sought})

        assert response.status_code == 200
        assert response.context["accounts"] == []

    @pytest.mark.parametrize(
        ("state", "username", "is_there"),
        [
            ("homeless", "stranger", True),
            ("homeless", "editor", False),
            ("stopped", "stranger", False),
            ("invited", "editor", False),
            ("active", "editor", True),
            ("nonsense", "editor", True),
        ],
    )
    def test_filters_by_state(self, sign_in, state, username, is_there):
        accounts = sign_in("operator").get(USERS, {"state": state}).context["accounts"]

        assert (username in {account.user.username for account in accounts}) == is_there

    @pytest.mark.parametrize("page", ["-1", "0", "abc", "１", "99999999999999999999"])
    def test_turns_to_a_page_that_exists(self, sign_in, page):
        assert sign_in("operator").get(USERS, {"page": page}).status_code == 200


def test_folding_does_not_make_everything_alike():
    assert matches("", "何でも")
    assert matches("ＡＢＣ", "xabcx")
    assert not matches("高田", "高橋")
