"""受理 from the prefecture's and the operator's pages, one report or several at once."""

import pytest

from municipalities.models import Change, Municipality, Prefecture
from municipalities.tenancy import within
from reports.models import Progress
from reports.submission.submitting.submit import submit
from tests import world
from tests.reports.progress_rows import submitted, town

pytestmark = pytest.mark.django_db
YEAR = "/p/99/2026/"
OURS, THEIRS = (f"{code}-2026-interim-1" for code in (world.OURS, world.THEIRS))
TOWN = f"{YEAR}m/{world.OURS}/"
REPORT = f"{YEAR}reports/{OURS}/"
CHOSEN = f"{YEAR}accept/"


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def progress(code=world.OURS):
    return Progress.objects.get(municipality__code=code, kind="interim")


def acceptances(code=world.OURS):
    place = Municipality.objects.get(code=code)
    with within(place):
        return list(Change.objects.filter(deed__startswith="accept").values_list("deed", "actor"))


class TestOne:
    @pytest.mark.parametrize(("back", "where"), [("year", TOWN), ("report", REPORT)])
    def test_the_officer_accepts_and_comes_back(self, officer, people, back, where):
        response = officer.post(f"{REPORT}accept/", {"back": back}, follow=True)

        assert response.redirect_chain[-1][0] == where
        assert "受理しました" in response.content.decode()
        assert "受理を取り消す" in response.content.decode()
        assert progress().status == "accepted"
        assert progress().accepted_on is not None
        assert world.report_of().status == "accepted"
        assert acceptances() == [("accept", people["officer"].pk)]

    def test_and_takes_it_back(self, officer):
        officer.post(f"{REPORT}accept/")
        response = officer.post(f"{REPORT}take-back/", follow=True)

        assert "受理を取り消しました" in response.content.decode()
        assert (progress().status, progress().accepted_on) == ("submitted", None)

    def test_a_second_press_changes_nothing_and_says_so(self, officer):
        officer.post(f"{REPORT}accept/")
        response = officer.post(f"{REPORT}accept/", follow=True)

        assert "すでに受理されています" in response.content.decode()
        assert len(acceptances()) == 1

    def test_what_is_not_accepted_cannot_be_taken_back(self, officer):
        response = officer.post(f"{REPORT}take-back/", follow=True)

        assert "いま受理されていません" in response.content.decode()
        assert acceptances() == []

    def test_a_draft_is_absent(self, officer):
        assert officer.post(f"{YEAR}reports/{world.OURS}-2026-final-1/accept/").status_code == 404

    def test_by_get_nothing_happens(self, officer):
        assert officer.get(f"{REPORT}accept/").status_code == 405
        assert progress().status == "submitted"

    def test_another_prefecture_finds_nothing(self, sign_in):
        other = sign_in("other-officer")
        for url in (f"{REPORT}accept/", f"{REPORT}accept/".replace("/p/99/", "/p/98/")):
            assert other.post(url).status_code == 404
        assert progress().status == "submitted"

    def test_another_years_address_finds_nothing(self, officer):
        assert officer.post(f"/p/99/2025/reports/{OURS}/accept/").status_code == 404

    @pytest.mark.parametrize("username", ["editor", "adviser", "operator", "stranger"])
    def test_nobody_else_enters(self, sign_in, username):
        assert sign_in(username).post(f"{REPORT}accept/").status_code == 404
        assert progress().status == "submitted"


class TestSeveral:
    def test_what_was_ticked_is_accepted_and_counted(self, officer):
        response = officer.post(CHOSEN, {"number": [OURS, THEIRS]}, follow=True)

        assert "2件の報告書を受理しました" in response.content.decode()
        assert {progress(world.OURS).status, progress(world.THEIRS).status} == {"accepted"}

    def test_each_deed_lies_in_its_own_municipality(self, officer):
        officer.post(CHOSEN, {"number": [OURS, THEIRS]})

        assert len(acceptances(world.OURS)) == len(acceptances(world.THEIRS)) == 1

    def test_one_that_cannot_be_keeps_the_others_from_nothing(self, officer):
        officer.post(f"{REPORT}accept/")
        response = officer.post(CHOSEN, {"number": [OURS, THEIRS, THEIRS]}, follow=True)
        page = response.content.decode()

        assert "1件の報告書を受理しました" in page
        assert "見本市（受付番号990019-2026-interim-1）は受理していません" in page
        assert len(acceptances(world.THEIRS)) == 1

    def test_a_row_without_its_report_is_refused_with_a_sentence(self, officer):
        place = town(1)
        submitted(place)
        response = officer.post(CHOSEN, {"number": f"{place.code}-2026-interim-1"}, follow=True)

        assert "見つかりません" in response.content.decode()

    def test_a_final_report_before_its_interim_one_is_told(self, officer, people):
        """Once for all that were ticked; with its interim report nothing is to be told."""
        told = "（見本市：提出済み）。届いているときは、中間報告も受理してください。"
        with within(Municipality.objects.get(code=world.OURS)):
            final = submit(world.report_of(kind="final"), by=people["editor"]).number

        alone = officer.post(CHOSEN, {"number": [final]}, follow=True).content.decode()
        assert "1件の報告書を受理しました" in alone
        assert told in alone
        officer.post(f"{YEAR}reports/{final}/take-back/")
        assert told in officer.post(f"{YEAR}reports/{final}/accept/", follow=True).content.decode()
        officer.post(f"{YEAR}reports/{final}/take-back/")
        both = officer.post(CHOSEN, {"number": [final, OURS]}, follow=True).content.decode()
        assert "2件の報告書を受理しました" in both
        assert "まだ受理になっていません" not in both

    def test_without_a_tick_it_says_what_to_do(self, officer):
        page = officer.post(CHOSEN, follow=True).content.decode()

        assert "表の「選ぶ」で選んでください" in page

    def test_one_foreign_number_among_ours_makes_all_absent(self, sign_in, officer):
        neighbour = Prefecture.objects.get(code="98")
        Municipality.objects.create(
            code="980013", name="となり市", kana="となりし", kind="city", prefecture=neighbour
        )
        for foreign in ("980013-2026-interim-1", "999999-2026-interim-1"):
            response = officer.post(CHOSEN, {"number": [OURS, foreign]})
            assert response.status_code == 404
        other = sign_in("other-officer")
        assert other.post("/p/98/2026/accept/", {"number": [OURS]}).status_code == 404
        assert progress().status == "submitted"

    @pytest.mark.parametrize(
        "number", ["", "nonsense", "990019-2025-interim-1", "990019-2026-yearly-1", "١٢"]
    )
    def test_a_number_that_no_table_offers_is_absent(self, officer, number):
        assert officer.post(CHOSEN, {"number": [OURS, number]}).status_code == 404
        assert progress().status == "submitted"

    def test_the_table_comes_back_as_it_was(self, officer):
        response = officer.post(f"{CHOSEN}?only=interim_submitted&sort=code&x=1", {"number": OURS})

        assert response.headers["Location"] == f"{YEAR}?only=interim_submitted&sort=code"

    def test_only_what_can_be_accepted_is_offered(self, officer):
        officer.post(f"{REPORT}accept/")
        page = officer.get(YEAR).content.decode()

        assert f'value="{OURS}"' not in page
        assert f'value="{THEIRS}"' in page

    def test_the_button_stands_only_where_something_can_be_chosen(self, officer):
        button = "選んだ報告書を受理する"

        assert button in officer.get(YEAR).content.decode()
        assert button not in officer.get("/p/99/2025/").content.decode()


class TestOperator:
    def test_the_list_shows_what_waits_longest_first(self, sign_in):
        Progress.objects.filter(municipality__code=world.THEIRS).update(submitted_on="2026-05-01")
        page = sign_in("operator").get("/manage/reports/").content.decode()

        assert page.index("見本町") < page.index("見本市")
        assert "受付番号" in page
        assert world.CANARY not in page

    def test_it_is_cut_to_a_prefecture(self, sign_in):
        operator = sign_in("operator")

        assert "見本市" in operator.get("/manage/reports/?prefecture=99").content.decode()
        for code in ("98", "nonsense", "%"):
            page = operator.get("/manage/reports/", {"prefecture": code}).content.decode()
            assert "受理を待つ報告書はありません" in page

    def test_the_operator_accepts(self, sign_in):
        operator = sign_in("operator")
        response = operator.post(f"/manage/reports/{OURS}/accept/?prefecture=99", follow=True)

        assert response.redirect_chain[-1][0] == "/manage/reports/?prefecture=99"
        assert "受理しました" in response.content.decode()
        assert progress().status == "accepted"
        assert f"/manage/reports/{OURS}/accept/" not in response.content.decode()

    def test_a_second_press_says_so(self, sign_in):
        operator = sign_in("operator")
        operator.post(f"/manage/reports/{OURS}/accept/")
        page = operator.post(f"/manage/reports/{OURS}/accept/", follow=True).content.decode()

        assert "すでに受理されています" in page
        assert len(acceptances()) == 1

    def test_an_unknown_number_is_absent(self, sign_in):
        operator = sign_in("operator")
        for number in ("999999-2026-interim-1", f"{world.OURS}-2026-final-1"):
            assert operator.post(f"/manage/reports/{number}/accept/").status_code == 404

    @pytest.mark.parametrize("username", ["officer", "editor", "adviser"])
    def test_nobody_else_may(self, sign_in, username):
        client = sign_in(username)

        assert client.get("/manage/reports/").status_code == 403
        assert client.post(f"/manage/reports/{OURS}/accept/").status_code == 403
        assert progress().status == "submitted"
