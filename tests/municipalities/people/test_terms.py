"""Terms in Japanese days: open until the last second, closed in the next; what an ended adviser keeps."""

import datetime as dt
import re

import pytest
import time_machine

from municipalities import access
from municipalities.access import Permission
from municipalities.choices import ScopeKind
from municipalities.entrance import scopes
from municipalities.models import Membership
from tests import world
from tests.routes import MUNICIPAL_PAGES

pytestmark = pytest.mark.django_db
LAST = dt.date(2027, 3, 31)
# Japan is nine hours ahead of UTC.
BEFORE_MIDNIGHT = dt.datetime(2027, 3, 31, 14, 59, 59, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2027, 3, 31, 15, 0, 0, tzinfo=dt.UTC)
REPORT = "/review/990019-2026-interim-1/"
PAST = "/review/past/990019-2026-interim-1/"
# What differs between any two answers: the form's protection and the version of a page's files.
CHANGING = re.compile(rb'(X-CSRFToken": "|name="csrfmiddlewaretoken" value=")\w+')


@pytest.fixture
def ending(people):
    """The term of the adviser and of the editor ends on the last day of the fiscal year."""
    Membership.objects.filter(user__in=[people["adviser"], people["editor"]]).update(valid_to=LAST)


def body(response):
    return CHANGING.sub(b"", response.content)


class TestTheLastDay:
    @pytest.mark.parametrize(
        ("username", "address"), [("adviser", REPORT), ("editor", "/m/990019/2026/")]
    )
    def test_is_open_until_midnight_in_japan(self, sign_in, ending, username, address):
        with time_machine.travel(BEFORE_MIDNIGHT, tick=False):
            client = sign_in(username)
            assert client.get(address).status_code == 200
        with time_machine.travel(MIDNIGHT, tick=False):
            assert client.get(address).status_code == 404

    def test_closes_every_way_in_at_once(self, sign_in, ending):
        """Page, file, fragment and button alike, in a session that was open before."""
        with time_machine.travel(BEFORE_MIDNIGHT, tick=False):
            client = sign_in("adviser")
            client.get(REPORT)
        with time_machine.travel(MIDNIGHT, tick=False):
            for address in (REPORT, f"{REPORT}pdf/", f"{REPORT}slides/", f"{REPORT}advice/"):
                assert client.get(address).status_code == 404
                assert client.get(address, headers={"hx-request": "true"}).status_code == 404
                assert client.post(address).status_code == 404

    def test_of_somebody_else_changes_nothing(self, sign_in, ending):
        """The negative control: whose term goes on stays in."""
        with time_machine.travel(MIDNIGHT, tick=False):
            assert sign_in("viewer").get("/m/990019/2026/").status_code == 200


class TestAfterTheTerm:
    def test_every_page_is_as_absent_as_for_a_stranger_but_the_past(self, sign_in, people, ending):
        with time_machine.travel(MIDNIGHT, tick=False):
            client = sign_in("adviser")
            ended = {route.path: client.get(route.url()) for route in MUNICIPAL_PAGES}
            people["adviser"].memberships.all().delete()
            stranger = {route.path: client.get(route.url()) for route in MUNICIPAL_PAGES}

        is_open = {path for path, response in ended.items() if response.status_code != 404}
        assert {response.status_code for response in stranger.values()} == {404}
        assert is_open == {path for path in ended if path.startswith("review/past/")}
        for path in ended.keys() - is_open:
            assert body(ended[path]) == body(stranger[path]), path
            assert set(ended[path].headers) == set(stranger[path].headers)

    @pytest.mark.parametrize(("days", "status"), [(1, 200), (364, 200), (365, 200), (366, 404)])
    def test_the_past_stays_open_for_a_year(self, sign_in, ending, days, status):
        noon = dt.datetime(2027, 3, 31, 3, tzinfo=dt.UTC) + dt.timedelta(days=days)
        with time_machine.travel(noon, tick=False):
            assert sign_in("adviser").get(PAST).status_code == status

    def test_home_leads_to_what_is_kept_and_afterwards_nowhere(self, sign_in, ending):
        with time_machine.travel(MIDNIGHT, tick=False):
            assert sign_in("adviser").get("/").headers["Location"] == "/review/past/"
        with time_machine.travel(MIDNIGHT + dt.timedelta(days=366), tick=False):
            assert "現在、開ける画面がありません" in sign_in("adviser").get("/").content.decode()

    def test_an_ended_editor_keeps_nothing(self, sign_in, ending):
        with time_machine.travel(MIDNIGHT, tick=False):
            assert sign_in("editor").get(PAST).status_code == 404
            assert sign_in("editor").get("/review/past/").status_code == 403

    def test_the_scope_holds_one_permission_and_only_where_it_is_declared(self, people, ending):
        pieces = {"municipality": world.OURS}
        with time_machine.travel(MIDNIGHT, tick=False):
            kept = scopes.resolve(people["adviser"], pieces, Permission.READ_KEPT)
            assert kept.permissions == {Permission.READ_KEPT}
            with pytest.raises(scopes.Http404):
                scopes.resolve(people["adviser"], pieces, Permission.READ_SUBMITTED)
            with pytest.raises(scopes.Http404):
                scopes.resolve(
                    people["adviser"], {"municipality": world.THEIRS}, Permission.READ_KEPT
                )

    def test_a_term_that_was_renewed_is_simply_a_term(self, people, ending):
        Membership.objects.create(
            user=people["adviser"],
            role="adviser",
            scope_kind=ScopeKind.MUNICIPALITY,
            scope_code=world.OURS,
            valid_from=LAST + dt.timedelta(days=1),
        )
        with time_machine.travel(MIDNIGHT, tick=False):
            scope = scopes.resolve(people["adviser"], {"municipality": world.OURS})
            assert Permission.ADVISE in scope.permissions
            assert len(access.memberships_kept(people["adviser"])) == 1
