"""Until when reports are due, nationwide and in a prefecture, and how a prefecture accepts."""

import datetime as dt

import pytest

from municipalities.models import AccessEvent, Prefecture
from reports.models import AcceptanceRule, DueDate
from reports.prefecture.accepting import periods
from reports.submission.drafts import due_dates
from tests.reports.progress_rows import due, ours

pytestmark = pytest.mark.django_db
OWN = "/p/99/2026/periods/"
NATION = "/manage/periods/?year=2026"
BY_HAND = {"way": "by_hand", "way_seen": "by_hand"}
TYPED = {"interim": "令和8年10月30日", "final": "R9.3.10", **BY_HAND}
INTERIM, FINAL = dt.date(2026, 10, 30), dt.date(2027, 3, 10)


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def operator(sign_in):
    return sign_in("operator")


def dates(scope="prefecture"):
    return dict(DueDate.objects.filter(scope_kind=scope).values_list("kind", "due_on"))


class TestPrefecture:
    def test_both_dates_are_set_and_noted(self, officer, people):
        response = officer.post(OWN, TYPED, follow=True)

        assert "保存しました" in response.content.decode()
        assert dates() == {"interim": INTERIM, "final": FINAL}
        event = AccessEvent.objects.filter(deed="due_date").earliest("pk")
        assert (event.actor, event.scope_kind, event.scope_code) == (
            people["officer"],
            "prefecture",
            "99",
        )
        assert event.before == {"fiscal_year": 2026, "kind": "interim", "due_on": ""}
        assert event.after["due_on"] == "2026-10-30"

    def test_they_hold_for_the_towns_and_stand_above_the_table(self, officer):
        officer.post(OWN, TYPED)

        assert due_dates.due_dates_of(ours(), 2026) == {"interim": INTERIM, "final": FINAL}
        assert "2026年10月30日（金）" in officer.get("/p/99/2026/").content.decode()

    def test_an_empty_field_is_no_date_of_its_own(self, officer, people):
        due(INTERIM, people["officer"])
        due(dt.date(2026, 9, 1), people["operator"], scope=("nation", "JP"))
        page = officer.get(OWN).content.decode()
        assert "全国の期限（2026年9月1日（火））になります" in page

        officer.post(OWN, {"interim_seen": "2026-10-30", **BY_HAND})
        assert dates() == {}
        assert due_dates.due_dates_of(ours(), 2026) == {"interim": dt.date(2026, 9, 1)}

    def test_without_any_date_nothing_holds_and_the_page_says_so(self, officer):
        page = officer.get(OWN).content.decode()

        assert "空欄のときは、期限なしになります" in page
        assert page.count("決まっていません") == 4

    def test_saving_what_is_there_changes_nothing(self, officer):
        officer.post(OWN, TYPED)
        seen = {"interim_seen": "2026-10-30", "final_seen": "2027-03-10"}
        response = officer.post(OWN, TYPED | seen, follow=True)

        assert "変更はありませんでした" in response.content.decode()
        assert AccessEvent.objects.filter(deed="due_date").count() == 2

    @pytest.mark.parametrize("way", ["when_advised", "when_submitted", "by_hand"])
    def test_the_way_of_accepting_is_kept_and_noted(self, officer, way):
        AcceptanceRule.objects.create(
            prefecture=Prefecture.objects.get(code="99"), way="when_advised"
        )
        officer.post(OWN, {"way": way, "way_seen": "when_advised"})

        assert AcceptanceRule.objects.get().way == way
        notes = AccessEvent.objects.filter(deed="acceptance_way")
        assert [(one.before, one.after) for one in notes] == (
            [] if way == "when_advised" else [({"way": "when_advised"}, {"way": way})]
        )

    def test_each_way_is_explained(self, officer):
        page = officer.get(OWN).content.decode()

        for words in ("押すまでは「提出済み」", "助言が済んだとき", "すぐに受理になります"):
            assert words in page

    def test_without_a_rule_it_is_by_hand_and_another_way_makes_one(self, officer):
        officer.post(OWN, {"way": "when_submitted", "way_seen": "by_hand"})

        assert AcceptanceRule.objects.get().way == "when_submitted"

    def test_another_prefecture_is_absent(self, sign_in):
        other = sign_in("other-officer")

        assert other.get(OWN).status_code == 404
        assert other.post(OWN, TYPED).status_code == 404
        assert dates() == {}

    @pytest.mark.parametrize("username", ["editor", "adviser", "operator"])
    def test_nobody_else_may(self, sign_in, username):
        assert sign_in(username).post(OWN, TYPED).status_code == 404


class TestTwoAtOnce:
    @pytest.mark.parametrize(
        "seen", ["", "2026-09-30"], ids=["one was set", "another was there before"]
    )
    def test_the_second_writes_nothing_and_keeps_what_was_typed(self, officer, people, seen):
        due(dt.date(2026, 12, 1), people["officer"])
        response = officer.post(OWN, TYPED | {"interim_seen": seen, "way": "when_submitted"})
        page = response.content.decode()

        assert response.status_code == 409
        assert "ほかの人が先に変更しました" in page
        assert "2026年12月1日（火）" in page
        assert 'value="令和8年10月30日"' in page
        assert 'name="interim_seen" value="2026-12-01"' in page
        assert dates() == {"interim": dt.date(2026, 12, 1)}
        assert not AcceptanceRule.objects.exists()
        assert not AccessEvent.objects.filter(deed__in=["due_date", "acceptance_way"]).exists()

    def test_a_date_that_was_taken_away_meanwhile_is_no_silent_success(self, officer):
        response = officer.post(OWN, {"interim": "", "interim_seen": "2026-12-01", **BY_HAND})

        assert response.status_code == 409

    def test_the_way_that_changed_meanwhile_takes_the_dates_back_too(self, officer):
        AcceptanceRule.objects.create(
            prefecture=Prefecture.objects.get(code="99"), way="when_advised"
        )
        response = officer.post(OWN, TYPED | {"way": "when_submitted"})

        assert response.status_code == 409
        assert dates() == {}
        assert AcceptanceRule.objects.get().way == "when_advised"

    def test_a_row_that_is_there_is_not_written_over(self, people):
        """The negative control: the write is conditional on what was seen."""
        due(dt.date(2026, 12, 1), people["officer"])
        wish = periods.Wish("interim", INTERIM, dt.date(2026, 11, 1))
        place = periods.of_prefecture(Prefecture.objects.get(code="99"))
        with pytest.raises(periods.SetMeanwhile):
            periods.set_dates(place, 2026, [wish], by=people["officer"])
        assert dates() == {"interim": dt.date(2026, 12, 1)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"interim": "10/30"}, "年から入力してください"),
        ({"interim": "06/10/30"}, "元号か西暦4桁"),
        ({"interim": "令和7年10月30日"}, "令和8年4月1日から令和9年6月30日まで"),
        ({"final": "令和9年7月1日"}, "令和8年4月1日から令和9年6月30日まで"),
        ({"final": "令和8年10月1日"}, "中間報告の提出期限より後の日付"),
        ({"way": "nonsense"}, "正しく選択してください"),
        ({"way": ""}, "受理のしかたを選んでください"),
    ],
)
def test_what_cannot_be_is_explained_and_kept(officer, typed, words):
    response = officer.post(OWN, TYPED | typed)
    page = response.content.decode()

    assert response.status_code == 422
    assert dates() == {}
    if "nonsense" not in typed.values():
        assert words in page
    for name in ("interim", "final"):
        assert f'value="{typed.get(name, TYPED[name])}"' in page


class TestNationwide:
    def test_the_operator_sets_the_dates_of_a_year(self, operator, people):
        response = operator.post(NATION, TYPED)

        assert response.headers["Location"] == NATION
        assert dates("nation") == {"interim": INTERIM, "final": FINAL}
        assert due_dates.due_dates_of(ours(), 2026)["final"] == FINAL
        event = AccessEvent.objects.filter(deed="due_date").earliest("pk")
        assert (event.scope_kind, event.scope_code) == ("nation", "JP")

    def test_the_prefectures_own_date_comes_first(self, operator, officer):
        operator.post(NATION, TYPED)
        officer.post(OWN, {"interim": "2026/12/1", **BY_HAND})

        assert due_dates.due_dates_of(ours(), 2026) == {
            "interim": dt.date(2026, 12, 1),
            "final": FINAL,
        }

    def test_of_two_operators_the_second_is_told(self, operator, people):
        due(dt.date(2026, 12, 1), people["operator"], scope=("nation", "JP"))
        response = operator.post(NATION, TYPED)

        assert response.status_code == 409
        assert "ほかの人が先に変更しました" in response.content.decode()

    @pytest.mark.parametrize("year", ["1999", "nonsense", "２０２６", "9" * 30])
    def test_a_year_that_is_not_offered_is_absent(self, operator, year):
        assert operator.get("/manage/periods/", {"year": year}).status_code == 404

    def test_a_year_with_dates_stays_reachable(self, operator, people):
        due(dt.date(2019, 10, 1), people["operator"], year=2019, scope=("nation", "JP"))

        assert "2019年10月1日" in operator.get("/manage/periods/?year=2019").content.decode()

    @pytest.mark.parametrize("username", ["officer", "editor"])
    def test_nobody_else_may(self, sign_in, username):
        assert sign_in(username).post(NATION, TYPED).status_code == 403
        assert dates("nation") == {}
