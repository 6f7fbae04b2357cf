"""Invitations: an account that can do nothing yet, a link that works once, rights asked again at acceptance."""

import datetime as dt
import logging
import re

import pytest
import time_machine
from django.core import mail as sent
from django.test import Client
from django.utils import timezone

from municipalities.access import INVITES, may_grant
from municipalities.choices import Role, ScopeKind
from municipalities.kernel import jobs, tokens
from municipalities.models import AccessEvent, Invitation, Job, Membership, OutgoingMail, User
from municipalities.people import granting, inviting
from municipalities.people.offers import Offer
from municipalities.people.secrecy import HideInvitations
from tests import world

pytestmark = pytest.mark.django_db
PEOPLE = "/m/990019/people/"
FIRST = "hajimete-no-kotoba-9"
TODAY = dt.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.BASE_URL = "https://pdca.example.jp"


def typed(**changes):
    return {
        "email": "new@example.jp",
        "display_name": "見本市 高齢福祉課 担当者",
        "username": "new-editor",
        "role": "editor",
        "organization_key": "",
        "valid_from": timezone.localdate().isoformat().replace("-", "/"),
        "valid_to": "",
        **changes,
    }


def invite(client, address=f"{PEOPLE}invite/", **changes):
    return client.post(address, typed(**changes))


def link_to(email="new@example.jp"):
    """Return the path of the newest invitation to an address, as its mail would name it."""
    invitation = Invitation.objects.filter(user__email=email).latest("pk")
    return f"/invitation/{tokens.secret_of(invitation.token)}/"


def passwords(word=FIRST):
    return {"password1": word, "password2": word}


def send_mails():
    for job in Job.objects.filter(state=jobs.JobState.QUEUED):
        jobs.run(job.pk)


class TestTheInvitation:
    def test_makes_an_account_that_can_do_nothing_yet(self, sign_in):
        response = invite(sign_in("manager"))

        user = User.objects.get(username="new-editor")
        assert response.status_code == 302
        assert not user.has_usable_password()
        assert not user.memberships.exists()
        assert AccessEvent.objects.get().deed == "invite"

    def test_stores_no_secret_anywhere(self, sign_in):
        invite(sign_in("manager"))
        secret = link_to().split("/")[2]

        token = Invitation.objects.get().token
        assert len(secret) >= 43
        assert secret not in {token.digest, token.label}
        assert token.digest == tokens.digest_of(secret)

    def test_its_mail_carries_a_link_of_this_installation_whatever_the_request_claimed(
        self, sign_in, settings, django_capture_on_commit_callbacks
    ):
        settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
        client = sign_in("manager")
        with django_capture_on_commit_callbacks():
            client.post(f"{PEOPLE}invite/", typed(), headers={"host": "evil.example"})
        send_mails()

        (message,) = sent.outbox
        assert f"https://pdca.example.jp{link_to()}" in message.body
        assert "見本市" in message.body
        assert "evil" not in message.body
        assert message.to == ["new@example.jp"]

    def test_without_an_address_of_the_installation_the_link_is_shown_once_and_no_mail_goes(
        self, sign_in, settings
    ):
        settings.BASE_URL = ""
        response = invite(sign_in("manager"))

        assert response.status_code == 200
        assert link_to() in response.content.decode()
        assert response.headers["Cache-Control"] == "no-store, private"
        assert not OutgoingMail.objects.exists()
        assert link_to() not in sign_in("manager").get(PEOPLE).content.decode()

    def test_takes_the_account_that_an_address_has_however_it_is_written(self, sign_in, people):
        invite(sign_in("manager"), email="STRANGER@Example.JP", username="other-name")
        User.objects.filter(username="stranger").update(email="stranger@example.jp")
        invite(sign_in("manager"), email="Stranger@Example.JP", username="third-name")

        invitation = Invitation.objects.latest("pk")
        assert invitation.user == people["stranger"]
        assert not User.objects.filter(username="third-name").exists()

    def test_shows_no_manager_who_has_an_account_already(self, sign_in, people):
        User.objects.filter(pk=people["stranger"].pk).update(email="stranger@example.jp")
        known = invite(sign_in("manager"), email="stranger@example.jp")
        unknown = invite(sign_in("manager"))

        page = sign_in("manager").get(PEOPLE).content.decode()
        waiting = page[: page.index("利用者の一覧")]
        assert (known.status_code, known.headers["Location"]) == (
            unknown.status_code,
            unknown.headers["Location"],
        )
        assert "stranger@example.jp" in waiting
        assert "所属のない人" not in waiting

    def test_says_that_a_member_is_registered_already(self, sign_in):
        response = invite(sign_in("manager"), email="Editor@example.jp")

        assert response.status_code == 422
        assert "すでに登録されています" in response.content.decode()
        assert not Invitation.objects.exists()

    def test_pressed_twice_invites_once_and_says_so(self, sign_in):
        invite(sign_in("manager"))
        second = invite(sign_in("manager"))

        assert second.status_code == 422
        assert "すでに招待しています" in second.content.decode()
        assert Invitation.objects.count() == 1

    def test_nobody_invites_themselves(self, sign_in):
        response = invite(sign_in("manager"), email="manager@example.jp")

        assert response.status_code == 422
        assert "自分では変えられません" in response.content.decode()

    def test_proposes_a_login_where_none_is_typed(self, sign_in):
        invite(sign_in("manager"), username="")
        invite(sign_in("manager"), username="", email="second@example.jp")

        made = Invitation.objects.order_by("pk").values_list("user__username", flat=True)
        assert list(made) == ["990019-editor-1", "990019-editor-2"]

    def test_binds_a_contractor_to_an_organization(self, sign_in):
        client = sign_in("manager")
        without = invite(client, role="contributor")
        invite(client, role="contributor", organization_key="ishikai")
        Client().post(link_to(), passwords())

        assert "委託先の団体を選んでください" in without.content.decode()
        assert Membership.objects.get(user__username="new-editor").organization_key == "ishikai"


class TestWhatIsRefusedWithASentence:
    @pytest.mark.parametrize(
        ("field", "text", "sentence"),
        [
            ("email", "a@b.jp\nBcc: x@y.jp", "1件だけ、1行で"),
            ("email", "a@b.jp, evil@x.jp", "メールアドレスの形を確かめてください"),
            ("email", "a..b@docomo.ne.jp", "古い形のアドレスには、送信できません"),
            ("email", "", "メールアドレスを入力してください"),
            ("display_name", "担当\u202e者", "目に見えない記号（U\\+202E）"),
            ("display_name", "\u200b", "表示名を入力してください"),
            ("username", "Editor X", "半角の英小文字"),
            ("username", "editor", "すでに使われています"),
            ("valid_to", "2020/1/1", "より後の日を入力してください"),
            ("role", "operator", "正しく選択してください|選んでください"),
        ],
    )
    def test_at_its_field_with_what_was_typed(self, sign_in, field, text, sentence):
        response = invite(sign_in("manager"), **{field: text})

        page = response.content.decode()
        assert response.status_code == 422
        assert re.search(sentence, page)
        assert "見本市 高齢福祉課 担当者" in page or field == "display_name"
        assert not Invitation.objects.exists()
        assert not User.objects.filter(email="new@example.jp").exists()

    @pytest.mark.parametrize("name", ["係", "髙", "﨑", "𠮷", "葛\U000e0100", "神"])
    def test_but_a_name_stays_as_it_was_written(self, sign_in, name):
        assert invite(sign_in("manager"), display_name=name).status_code == 302

        assert User.objects.get(username="new-editor").display_name == name

    def test_extra_names_in_the_form_change_nothing(self, sign_in):
        invite(
            sign_in("manager"),
            scope_code="990027",
            scope_kind="nation",
            place="990027",
            is_staff="on",
            is_superuser="on",
            invited_by="1",
        )

        invitation = Invitation.objects.get()
        assert (invitation.scope_kind, invitation.scope_code) == ("municipality", "990019")
        assert not invitation.user.is_superuser
        assert invitation.invited_by.username == "manager"


class TestWhoMayInvite:
    @pytest.mark.parametrize(
        ("username", "kind", "code", "roles"),
        [
            ("manager", "municipality", world.OURS, INVITES[Role.MANAGER]),
            ("manager", "municipality", world.THEIRS, set()),
            ("officer", "municipality", world.OURS, {Role.ADVISER}),
            ("officer", "prefecture", "99", {Role.OFFICER}),
            ("other-officer", "municipality", world.OURS, set()),
            ("operator", "nation", "JP", {Role.OFFICER, Role.OPERATOR}),
            ("editor", "municipality", world.OURS, set()),
            ("stranger", "municipality", world.OURS, set()),
        ],
    )
    def test_is_data(self, people, username, kind, code, roles):
        granted = {role for role in Role if may_grant(people[username], role, kind, code)}

        assert granted == set(roles)

    def test_the_operator_invites_the_first_manager_of_a_town(self, sign_in):
        place = {"role": "manager", "place": "見本県見本町", "username": ""}
        response = invite(sign_in("operator"), "/manage/users/invite/", **place)
        Client().post(link_to(), passwords())

        assert response.status_code == 302
        granted = Membership.objects.get(user__email="new@example.jp")
        assert (granted.role, granted.scope_code) == (Role.MANAGER, world.THEIRS)

    def test_an_officer_invites_an_adviser_for_a_town_and_a_colleague(self, sign_in):
        address = "/p/99/advisers/invite/"
        invite(sign_in("officer"), address, role="adviser", place="990027")
        invite(
            sign_in("officer"), address, role="officer", email="two@example.jp", username="two-2"
        )
        foreign = invite(sign_in("officer"), address, role="adviser", place="082015")
        missing = invite(sign_in("officer"), address, role="adviser", place="")

        offers = Invitation.objects.order_by("pk").values_list("role", "scope_code")
        assert list(offers) == [("adviser", "990027"), ("officer", "99")]
        assert {foreign.status_code, missing.status_code} == {422}

    def test_others_never_reach_the_form(self, sign_in):
        for username, status in (("viewer", 403), ("editor", 403), ("neighbour", 404)):
            assert invite(sign_in(username)).status_code == status
        assert not Invitation.objects.exists()


class TestTheLink:
    @pytest.fixture(autouse=True)
    def invited(self, sign_in):
        invite(sign_in("manager"))
        self.link = link_to()

    def test_is_not_used_up_by_a_scanner_that_opens_it(self):
        scanner = Client()
        for _ in range(10):
            assert scanner.get(self.link).status_code == 200
            assert scanner.head(self.link).status_code == 200
        assert not Membership.objects.filter(user__username="new-editor").exists()

        assert Client().post(self.link, passwords()).status_code == 302
        assert Membership.objects.get(user__username="new-editor").role == Role.EDITOR

    def test_says_who_invites_to_what_and_is_kept_nowhere(self):
        response = Client().get(self.link)

        page = response.content.decode()
        for words in ("managerの担当", "見本県見本市", "担当者", "new-editor"):
            assert words in page
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "strict-origin"

    def test_signs_a_new_account_in_and_works_once(self):
        client = Client()
        client.post(self.link, passwords())
        second = Client().post(self.link, passwords("betsu-no-kotoba-99"))

        assert client.get("/m/990019/2026/").status_code == 200
        assert second.status_code == 410
        assert "すでに承諾されています" in second.content.decode()
        assert User.objects.get(username="new-editor").check_password(FIRST)
        deeds = AccessEvent.objects.order_by("pk").values_list("deed", flat=True)
        assert list(deeds) == ["invite", "accept"]

    @pytest.mark.parametrize(
        "word", ["mijikai", "password12345", "123456789012", "kaigo-no-kotoba"]
    )
    def test_refuses_a_weak_password_with_a_sentence(self, word):
        response = Client().post(self.link, passwords(word))

        assert response.status_code == 422
        assert not User.objects.get(username="new-editor").has_usable_password()

    def test_refuses_two_different_passwords(self):
        response = Client().post(self.link, {"password1": FIRST, "password2": f"{FIRST}0"})

        assert response.status_code == 422

    def test_dies_after_72_hours_and_says_what_to_do(self):
        late = timezone.now() + inviting.LIFETIME
        with time_machine.travel(late - dt.timedelta(seconds=5), tick=False):
            assert Client().get(self.link).status_code == 200
        with time_machine.travel(late + dt.timedelta(seconds=1), tick=False):
            response = Client().post(self.link, passwords())

        assert response.status_code == 410
        assert "期限（72時間）が切れています" in response.content.decode()
        assert "招待した人に連絡して" in response.content.decode()
        assert not Membership.objects.filter(user__username="new-editor").exists()

    def test_with_any_letter_changed_opens_nothing(self):
        secret = self.link.split("/")[2]
        bodies = set()
        for at in range(len(secret)):
            other = "A" if secret[at] != "A" else "B"
            response = Client().get(f"/invitation/{secret[:at]}{other}{secret[at + 1 :]}/")
            assert response.status_code == 404
            bodies.add(re.sub(rb'X-CSRFToken": "\w+', b"", response.content))
        assert len(bodies) == 1
        assert "new-editor" not in bodies.pop().decode()

    def test_is_void_once_the_inviter_may_no_longer_invite(self, people):
        Membership.objects.filter(user=people["manager"]).update(
            valid_to=timezone.localdate() - dt.timedelta(days=1)
        )
        response = Client().post(self.link, passwords())

        assert response.status_code == 410
        assert "招待した人の権限が変わった" in response.content.decode()
        assert not Membership.objects.filter(user__username="new-editor").exists()

    def test_is_void_once_the_inviter_is_stopped(self, people):
        User.objects.filter(pk=people["manager"].pk).update(is_active=False)

        assert Client().post(self.link, passwords()).status_code == 410

    def test_asks_another_person_who_is_signed_in_to_leave_first(self, sign_in):
        client = sign_in("viewer")
        shown, pressed = client.get(self.link), client.post(self.link, passwords())

        assert "別の利用者としてログインしています" in shown.content.decode()
        assert pressed.status_code == 409
        assert not User.objects.get(username="new-editor").has_usable_password()

    def test_withdrawn_is_dead(self, sign_in):
        pk = Invitation.objects.get().pk
        sign_in("manager").post(f"{PEOPLE}invitations/{pk}/withdraw/")
        response = Client().post(self.link, passwords())

        assert response.status_code == 410
        assert "取り消されています" in response.content.decode()

    def test_sent_again_is_another_one_and_the_old_one_dead(self, sign_in):
        pk = Invitation.objects.get().pk
        sign_in("manager").post(f"{PEOPLE}invitations/{pk}/resend/")

        assert link_to() != self.link
        assert Client().post(self.link, passwords()).status_code == 410
        assert Client().post(link_to(), passwords()).status_code == 302

    def test_of_an_old_mail_is_not_sent_after_a_new_one(self, sign_in):
        pk = Invitation.objects.get().pk
        sign_in("manager").post(f"{PEOPLE}invitations/{pk}/resend/")
        send_mails()

        assert [link_to() in message.body for message in sent.outbox] == [True]
        assert OutgoingMail.objects.filter(state="withheld").count() == 1

    def test_stands_in_no_log(self, caplog):
        """The console's handler, whose filter strikes it out, comes before the test's."""
        Client().post(self.link, {})
        written = "\n".join(record.getMessage() for record in caplog.records)

        assert "/invitation/…/" in written
        assert self.link.split("/")[2] not in written

    def test_would_stand_there_without_the_filter(self):
        line = logging.LogRecord("x", 30, "x", 1, "Not: %s", (self.link,), None)
        secret = self.link.split("/")[2]

        assert secret in line.getMessage()
        assert HideInvitations().filter(line)
        assert secret not in line.getMessage()

    def test_is_hidden_by_every_handler_of_the_settings(self, settings):
        handlers = settings.LOGGING["handlers"].values()

        assert all("invitations" in handler["filters"] for handler in handlers)
        assert isinstance(HideInvitations(), logging.Filter)


class TestAnAccountWithAPassword:
    @pytest.fixture(autouse=True)
    def invited(self, sign_in, people):
        User.objects.filter(pk=people["stranger"].pk).update(email="stranger@example.jp")
        invite(sign_in("manager"), email="stranger@example.jp")
        self.link = link_to("stranger@example.jp")

    def test_accepts_signed_in_and_keeps_its_password(self, sign_in, people):
        client = sign_in("stranger")
        response = client.post(self.link)

        assert response.headers["Location"] == "/"
        assert client.get("/m/990019/2026/").status_code == 200
        assert User.objects.get(pk=people["stranger"].pk).check_password(world.PASSWORD)

    def test_is_led_to_the_login_and_cannot_be_taken_over_by_the_link(self, people):
        page = Client().get(self.link).content.decode()
        response = Client().post(self.link, passwords())

        assert "ログインして承諾する" in page
        assert "password1" not in page
        assert response.status_code == 409
        assert User.objects.get(pk=people["stranger"].pk).check_password(world.PASSWORD)
        assert not people["stranger"].memberships.exists()

    def test_assigned_meanwhile_is_not_a_member_twice(self, sign_in, people):
        offer = Offer("editor", ScopeKind.MUNICIPALITY, world.OURS, timezone.localdate())
        granting.assign(people["stranger"], offer, by=people["manager"])
        sign_in("stranger").post(self.link)

        assert people["stranger"].memberships.count() == 1
