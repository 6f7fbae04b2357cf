"""Permissions as data: what each role may, within its term, in its scope only."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, transaction

from municipalities.access import (
    PERMISSION_LABELS,
    ROLE_PERMISSIONS,
    ROLE_SCOPES,
    Permission,
    may_in,
    permissions_of,
)
from municipalities.choices import Role, ScopeKind
from municipalities.models import Membership, Municipality
from reports.management.commands.print_roles import roles_document
from tests import world


def test_every_role_and_permission_is_in_the_tables():
    assert set(ROLE_PERMISSIONS) == set(ROLE_SCOPES) == set(Role)
    assert set(PERMISSION_LABELS) == set(Permission)
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_memberships_add_up():
    both = permissions_of([Membership(role=Role.ADVISER), Membership(role=Role.VIEWER)])

    assert both == {
        Permission.READ_SUBMITTED,
        Permission.ADVISE,
        Permission.READ_KEPT,
        Permission.VIEW_PLAN,
    }
    assert permissions_of([]) == frozenset()


@pytest.mark.django_db
def test_a_role_acts_only_in_scopes_meant_for_it(people):
    for role, kind in (
        (Role.OFFICER, ScopeKind.MUNICIPALITY),
        (Role.EDITOR, ScopeKind.NATION),
        (Role.OPERATOR, ScopeKind.PREFECTURE),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(
                user=people["stranger"], role=role, scope_kind=kind, scope_code="x"
            )


@pytest.mark.django_db
def test_a_term_runs_in_japanese_days_whatever_the_servers_clock(people):
    Membership.objects.filter(user=people["editor"]).update(
        valid_from=dt.date(2026, 4, 1), valid_to=dt.date(2027, 3, 31)
    )
    town = Municipality.objects.get(code=world.OURS)

    def may(moment):
        with time_machine.travel(moment, tick=False):
            return may_in(people["editor"], Permission.EDIT_PLAN, town)

    assert not may("2026-03-31T23:59:59+09:00")
    assert may("2026-04-01T00:00:00+09:00")
    assert may("2027-03-31T14:59:59Z")
    assert not may("2027-03-31T15:00:00Z")


@pytest.mark.django_db
def test_a_deactivated_account_may_nothing(people):
    people["editor"].is_active = False

    assert not may_in(
        people["editor"], Permission.VIEW_PLAN, Municipality.objects.get(code=world.OURS)
    )


@pytest.mark.django_db
def test_one_towns_role_gives_nothing_in_another(people):
    theirs = Municipality.objects.get(code=world.THEIRS)

    assert not may_in(people["editor"], Permission.VIEW_PLAN, theirs)


@pytest.mark.django_db
class TestMenus:
    def menu(self, client, url):
        response = client.get(url, follow=True)
        return [entry["label"] for entry in response.context["navigation"]]

    def test_staff_see_their_years_menu(self, as_editor):
        assert self.menu(as_editor, "/") == [
            "ホーム",
            "自治体概要",
            "目指す姿と課題",
            "取組",
            "ロジックモデル",
            "指標",
            "会議と体制",
            "調査とヒアリング",
            "連携支援の経過",
            "報告書",
            "県からの照会",
            "評価と改善",
        ]

    def test_each_other_role_sees_its_own(self, sign_in):
        assert self.menu(sign_in("adviser"), "/") == [
            "ホーム",
            "受信箱",
            "担当の自治体",
            "過去の助言",
        ]
        assert self.menu(sign_in("officer"), "/") == [
            "ホーム",
            "市町村の進み具合",
            "照会と調査",
            "市町村の比較",
            "好事例",
            "コーディネーターと拠点",
            "指標と統計",
            "期限とアドバイザー",
        ]
        assert self.menu(sign_in("operator"), "/") == [
            "ホーム",
            "運営管理",
            "処理とメール",
            "受理を待つ報告書",
            "提出期限",
            "統計の取り込み",
            "利用者",
        ]
        assert self.menu(sign_in("stranger"), "/") == ["ホーム"]

    def test_somebody_without_a_place_is_told_so(self, sign_in):
        page = sign_in("stranger").get("/").content.decode()

        assert "現在、開ける画面がありません" in page

    def test_somebody_with_two_towns_chooses(self, sign_in, people):
        membership = people["editor"].memberships.get()
        membership.pk, membership.scope_code = None, world.THEIRS
        membership.save()

        page = sign_in("editor").get("/").content.decode()
        assert "/m/990019/" in page
        assert "/m/990027/" in page


@pytest.mark.django_db
def test_a_refused_page_says_why_and_shows_the_way_back(sign_in):
    response = sign_in("viewer").get("/m/990019/2026/profile/edit/")

    assert response.status_code == 403
    assert "権限" in response.content.decode()


@pytest.mark.django_db
def test_signing_in_leads_back_to_the_whole_address(client):
    response = client.get("/m/990019/2026/history/?page=2&sort=x")

    assert (
        response.headers["Location"]
        == "/account/login/?next=%2Fm%2F990019%2F2026%2Fhistory%2F%3Fpage%3D2%26sort%3Dx"
    )


@pytest.mark.django_db
def test_a_fragment_sends_the_whole_browser_to_the_login_page(client):
    response = client.get("/m/990019/2026/", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/account/login/"


@pytest.mark.django_db
def test_where_a_second_factor_is_required_it_comes_first(sign_in, settings):
    settings.REQUIRE_MFA = True
    client = sign_in("editor")

    assert client.get("/m/990019/2026/").headers["Location"] == "/account/mfa/totp/activate/"
    assert client.get("/account/mfa/").status_code in {200, 302}


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?q=%00", "?page=%00", "?%00=1"])
def test_nul_in_an_address_is_refused_alike_on_both_databases(as_editor, query):
    assert as_editor.get(f"/m/990019/2026/history/{query}").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["-1", "0", "abc", "１", "1e9", "9" * 20, ""])
def test_a_page_number_that_is_none_shows_a_page(as_editor, page):
    assert as_editor.get("/m/990019/2026/history/", {"page": page}).status_code == 200


@pytest.mark.django_db
def test_signed_in_pages_are_not_kept_by_anybody(as_editor):
    headers = as_editor.get("/m/990019/2026/").headers

    assert headers["Cache-Control"] == "no-store, private"
    assert headers["X-Frame-Options"] == "DENY"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_the_printed_table_is_the_one_in_force():
    printed = Path(__file__).parents[2] / "docs" / "roles.md"

    assert printed.read_text(encoding="utf-8") == roles_document()


@pytest.mark.django_db
def test_the_address_of_a_button_opened_by_hand_explains_itself(as_editor):
    response = as_editor.get("/m/990019/2026/reports/new/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "この画面は直接開けません" in response.content.decode()
    assert as_editor.put("/api/v1/municipalities").headers["Content-Type"] == "application/json"
