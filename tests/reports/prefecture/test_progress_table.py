"""The prefecture's table: who stands where and who needs a hand, from published rows alone."""

import datetime as dt
import io
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from municipalities.access import Scope
from municipalities.models import (
    MedicalArea,
    MedicalAreaMember,
    Membership,
    Municipality,
    Prefecture,
)
from reports.models import PhaseProgress, Progress, YearProgress
from reports.prefecture.standing import arranging
from reports.prefecture.standing.standing import lines_of
from tests import world
from tests.reports.progress_rows import counted, due, entered, ours, phased, submitted, town

pytestmark = pytest.mark.django_db
PAGE = "/p/99/2026/"
STEPS = f"{PAGE}steps/"


def text_of(response):
    """Return the words of a page's content, blanks squeezed."""
    main = response.content.decode().split("<main")[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def names_in_order(response):
    return [line.place.name for line in response.context["table"].lines]


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def empty(db):
    """Nobody has submitted or counted anything."""
    Progress.objects.all().delete()
    YearProgress.objects.all().delete()
    PhaseProgress.objects.all().delete()


class TestWhatIsShown:
    def test_a_line_tells_reports_states_and_counts(self, officer, people, empty):
        submitted(ours(), status="accepted", is_late=True, accepted_on=dt.date(2026, 11, 2))
        counted(ours(), indicators=12, values_known=5, steps=5, steps_held=2)
        phased(ours(), {"daily_care": "done", "discharge": "done", "emergency": "not_started"})
        phased(ours(), {"daily_care": "doing"}, phase="do")
        (line,) = [
            one for one in officer.get(PAGE).context["table"].lines if one.place.code == world.OURS
        ]
        shown = text_of(officer.get(PAGE))

        assert line.has_begun
        for words in (
            "受理",
            "2026年10月1日（木）",
            "期限後",
            "受理日 2026年11月2日（月）",
            "12件中5件",
            "2／5回",
            "入力済み 日常・ 入退院",
            "未着手 急変",
            "入力中 日常",
        ):
            assert words in shown.replace("\u3000", " "), words

    def test_what_the_officer_entered_says_so(self, officer, people, empty):
        entered(ours(), people["officer"], status="submitted", submitted_on=dt.date(2026, 10, 3))

        shown = text_of(officer.get(PAGE))
        assert "提出済み（県入力）" in shown
        assert "2026年10月3日（土）" in shown

    def test_what_came_after_its_date_says_so_as_a_report_in_the_system_does(
        self, officer, people, empty
    ):
        due(dt.date(2026, 10, 31), people["officer"])
        row = entered(
            ours(), people["officer"], status="submitted", submitted_on=dt.date(2026, 10, 31)
        )
        town_page = f"{PAGE}m/{world.OURS}/"
        in_time = text_of(officer.get(PAGE)) + text_of(officer.get(town_page))
        assert "期限後" not in in_time
        assert "遅れて提出" not in in_time

        row.submitted_on = dt.date(2026, 11, 10)
        row.save()

        submitted(town(1), is_late=True, days_late=10, submitted_on=row.submitted_on)
        told = "2026年11月10日（火） 10日遅れて提出"
        assert text_of(officer.get(PAGE)).count(told) == 2
        for place in (world.OURS, "970001"):
            assert told in text_of(officer.get(f"{PAGE}m/{place}/"))

    def test_what_the_municipality_submitted_wins(self, officer, people, empty):
        entered(ours(), people["officer"], status="accepted", submitted_on=dt.date(2026, 10, 3))
        submitted(ours())

        assert "県入力）" not in text_of(officer.get(PAGE))

    def test_a_town_outside_the_system_leads_to_its_entry(self, officer, empty):
        shown = officer.get(PAGE)

        assert text_of(shown).count("システムを使っていません") >= 2
        assert f'href="{PAGE}m/{world.OURS}/entry/"' in shown.content.decode()

    def test_a_town_that_used_another_year_has_not_begun_this_one(self, officer, empty):
        counted(ours(), year=2025)
        line = next(
            one for one in lines_of(Scope(prefecture=Prefecture.objects.get(code="99")), 2026)
        )

        assert line.absence == "この年度をまだ始めていません"
        assert "この年度をまだ始めていません" in text_of(officer.get(PAGE))

    def test_before_any_submission_the_expected_dates_stand_there(self, officer, people, empty):
        assert "提出期限を決めると" in text_of(officer.get(PAGE))
        due(dt.date(2026, 10, 30), people["operator"], scope=("nation", "JP"))

        shown = text_of(officer.get(PAGE))
        assert "まだ提出されていません" in shown
        assert "2026年10月30日（金）" in shown

    def test_no_live_text_and_no_draft_is_shown(self, officer):
        page = officer.get(PAGE).content.decode()

        assert world.CANARY not in page
        assert "下書き" not in page

    def test_wards_have_no_line(self, officer):
        Municipality.objects.create(
            code="979000",
            name="見本区",
            kana="みほんく",
            kind="ward",
            prefecture=Prefecture.objects.get(code="99"),
            parent=ours(),
        )

        assert "見本区" not in officer.get(PAGE).content.decode()


class TestNeed:
    def test_who_is_overdue_comes_first_then_revisit_then_absence(self, officer, people, empty):
        due(-12, people["officer"])
        late, again, fine = town(1), town(2), town(3)
        for place in (late, again, fine):
            counted(place, indicators=1, values_known=1)
        submitted(again, status="revisit")
        submitted(fine)

        response = officer.get(PAGE)
        names = names_in_order(response)
        assert names.index("村1") < names.index("村2") < names.index("村3")
        assert "中間報告の期限を12日過ぎています" in text_of(response)
        assert "中間報告を、アドバイザーがもう一度見たいとしています" in text_of(response)

    def test_the_longest_overdue_is_first(self, officer, people, empty):
        due(-3, people["officer"], kind="interim")
        due(-1, people["officer"], kind="final")
        one, both = town(1), town(2)
        submitted(one)
        counted(both)

        names = names_in_order(officer.get(PAGE))
        assert names.index("村2") < names.index("村1")

    def test_nobody_waits_for_an_interim_report_once_the_final_one_is_there(
        self, officer, people, empty
    ):
        """Both lists count alike, whoever wrote the final report down."""
        due(-12, people["officer"])
        by_system, by_officer, late = town(1), town(2), town(3)
        submitted(by_system, kind="final")
        entered(by_officer, people["officer"], kind="final", status="accepted")
        counted(late, indicators=1, values_known=1)

        for address, overdue in ((PAGE, "期限を過ぎて未提出 4"), (STEPS, "期限を超過 4")):
            shown = text_of(officer.get(address)).replace("\u3000", " ")
            # The three municipalities of the world have nothing either.
            assert "支援が要る理由がある 4" in shown
            assert overdue in shown
        listed = officer.get(f"{STEPS}?only=need").context["matrix"].rows
        assert {row.place.name for row in listed} == {"見本市", "見本町", "見本村", "村3"}
        assert "最終報告は提出済みです" in text_of(officer.get(PAGE))

    def test_who_goes_other_ways_and_needs_no_hand_has_no_reason(self, officer, people, empty):
        entered(ours(), people["officer"], status="accepted", submitted_on=dt.date(2026, 10, 3))
        row = officer.get(PAGE).content.decode().split(f">{world.OURS}</span>")[1].split("</tr>")[0]

        # How it is known is told there, not that it goes other ways: that would read as a reason.
        assert "なし（県入力）" in row
        assert "システムを使っていません" not in row
        assert "受理（県入力）" in row
        # The day beside 「受理」 is not that of the acceptance.
        assert "提出日　2026年10月3日（土）" in row

    def test_a_date_today_is_not_over(self, officer, people, empty):
        due(0, people["officer"])
        counted(ours(), indicators=1, values_known=1)

        response = officer.get(PAGE)
        assert "中間報告の期限は今日です" in text_of(response)
        assert "期限を過ぎて未提出 0" in text_of(response).replace("\u3000", " ")

    def test_a_plan_nobody_has_begun_is_a_reason_until_the_final_report(self, officer, empty):
        counted(ours())
        phased(ours(), {"daily_care": "not_started", "discharge": "not_started"})
        assert "計画が未着手の場面が2つあります" in text_of(officer.get(PAGE))
        assert "指標がまだありません" in text_of(officer.get(PAGE))

        submitted(ours(), kind="final")
        assert "計画が未着手" not in text_of(officer.get(PAGE))


def test_who_lags_in_a_scene_is_one_click_away(officer, people):
    shown = officer.get(PAGE).content.decode()

    address = f"{PAGE}compare/?scene=end_of_life&amp;only=q1"
    assert f'<a href="{address}">看取り</a>' in shown


class TestAsking:
    @pytest.fixture
    def three(self, people, empty):
        due(-5, people["officer"])
        first, second, third = town(1), town(2), town(3)
        submitted(first, status="accepted")
        submitted(second, status="revisit")
        counted(third, indicators=4, values_known=1)

    @pytest.mark.parametrize(
        ("only", "kept"),
        [
            ("interim_submitted", {"村1", "村2"}),
            ("interim_accepted", {"村1"}),
            ("interim_revisit", {"村2"}),
            ("interim_overdue", {"村3", "見本市", "見本町", "見本村"}),
            ("outside", {"見本市", "見本町", "見本村"}),
            ("nonsense", {"村1", "村2", "村3", "見本市", "見本町", "見本村"}),
        ],
    )
    def test_a_count_of_the_strip_filters_the_table(self, officer, three, only, kept):
        response = officer.get(f"{PAGE}?only={only}")

        assert set(names_in_order(response)) == kept
        counts = {
            count.choice.code: count.number
            for _, group in response.context["table"].strips
            for count in group
        }
        assert counts.get(only, 6) == len(kept)

    def test_the_strip_counts_all_towns_whatever_is_filtered(self, officer, three):
        shown = text_of(officer.get(f"{PAGE}?only=interim_accepted")).replace("\u3000", " ")

        assert "提出済み 2 ／ 6" in shown
        assert "中間報告が受理された市町村（1／6）" in shown

    @pytest.mark.parametrize("order", arranging.ORDERS)
    def test_every_order_is_announced_and_ends_with_the_code(self, officer, three, order):
        response = officer.get(f"{PAGE}?sort={order}")
        page = response.content.decode()

        assert page.count('aria-sort="ascending"') == 1
        assert page.count('aria-sort="none"') == 5
        assert names_in_order(response) == names_in_order(officer.get(f"{PAGE}?sort={order}"))

    def test_values_come_with_the_emptiest_first(self, officer, three):
        names = names_in_order(officer.get(f"{PAGE}?sort=values"))

        assert names[-1] == "村3"

    @pytest.mark.parametrize(
        "query", ["sort=password", "sort=-id", "only=__class__", "only=a&only="]
    )
    def test_an_unknown_wish_is_as_good_as_none(self, officer, three, query):
        response = officer.get(f"{PAGE}?{query}")

        assert response.status_code == 200
        assert response.context["table"].order.code == "need"
        assert len(response.context["table"].lines) == 6

    def test_filter_and_order_are_kept_together(self, officer, three):
        page = officer.get(f"{PAGE}?only=interim_submitted&sort=code").content.decode()

        assert f'href="{PAGE}?only=interim_submitted&amp;sort=final"' in page
        assert f'href="{PAGE}?only=outside&amp;sort=code"' in page
        assert f'href="{PAGE}export/?only=interim_submitted&amp;sort=code"' in page


class TestMedicalAreas:
    """A prefecture of many towns is looked at by 二次医療圏."""

    @pytest.fixture
    def areas(self, empty):
        prefecture = Prefecture.objects.get(code="99")
        south, north = (
            MedicalArea.objects.create(
                prefecture=prefecture, scheme="medical_2024", code=code, name=name
            )
            for code, name in (("9901", "見本南"), ("9902", "見本北"))
        )
        ward = town(1, name="見本市中区", kind="ward", parent=ours())
        for area, place in ((south, ward), (north, ward), (north, town(2, name="北村"))):
            MedicalAreaMember.objects.create(area=area, municipality=place)

    def test_the_table_its_counts_and_its_file_are_cut_to_the_area(self, officer, areas, people):
        due(-5, people["officer"])
        page = officer.get(f"{PAGE}?area=9902&sort=code")

        assert names_in_order(page) == ["北村", "見本市"]
        assert page.context["table"].total == 2
        shown = page.content.decode()
        assert "見本北圏域の市町村（2／2）" in shown
        assert f'href="{PAGE}?area=9902&amp;only=interim_overdue&amp;sort=code"' in shown
        assert f'href="{PAGE}?area=9901&amp;sort=code"' in shown
        content = officer.get(f"{PAGE}export/?area=9902&sort=code").content
        book = load_workbook(io.BytesIO(content))
        head, *rows = book["進み具合"].iter_rows(values_only=True)
        found = [dict(zip(head, row, strict=True)) for row in rows]
        assert [one["二次医療圏"] for one in found] == ["見本北", "見本南、見本北"]
        assert {one["中間報告の超過日数"] for one in found} == {5}
        assert dict(book["説明"].iter_rows(values_only=True))["二次医療圏"] == "見本北"

    def test_the_steps_are_cut_as_well(self, officer, areas):
        page = officer.get(f"{PAGE}steps/?area=9901")

        assert [row.place.name for row in page.context["matrix"].rows] == ["見本市"]
        assert f'href="{PAGE}steps/?show=phases&amp;area=9901"' in page.content.decode()

    def test_an_unknown_area_is_as_good_as_none(self, officer, areas):
        assert officer.get(f"{PAGE}?area=0101").context["table"].total == 4

    def test_accepting_comes_back_to_the_area(self, officer, areas):
        back = officer.post(f"{PAGE}accept/?area=9902", {})

        assert back.headers["Location"] == f"{PAGE}?area=9902"


class TestExcel:
    def sheets(self, client, query=""):
        response = client.get(f"{PAGE}export/{query}")
        assert response.status_code == 200
        return load_workbook(io.BytesIO(response.content))

    def test_the_rows_are_those_of_the_screen_in_their_order(self, officer, people, empty):
        due(-5, people["officer"])
        submitted(town(1))
        counted(town(2), indicators=4, values_known=0, steps=5, steps_held=1)
        for query in ("", "?only=interim_overdue", "?sort=code"):
            rows = list(self.sheets(officer, query)["進み具合"].iter_rows(values_only=True))
            shown = names_in_order(officer.get(f"{PAGE}{query}"))
            assert [row[1] for row in rows[1:]] == shown

    def test_a_cell_holds_one_fact_of_its_kind(self, officer, people, empty):
        place = town(1, name="=1+1")
        submitted(place, is_late=True)
        counted(place, indicators=4, values_known=0, steps=5, steps_held=1)
        phased(place, {"discharge": "unsure"}, phase="do")
        header, *rows = self.sheets(officer, "?only=interim_submitted")["進み具合"].iter_rows()
        (row,) = rows
        cells = {head.value: cell for head, cell in zip(header, row, strict=True)}

        assert (cells["自治体コード"].value, cells["自治体コード"].data_type) == ("970001", "s")
        assert (cells["市町村"].value, cells["市町村"].data_type) == ("=1+1", "s")
        assert cells["中間報告の状態"].value == "提出済み"
        assert cells["中間報告の提出日"].value.date() == dt.date(2026, 10, 1)
        assert cells["中間報告の期限後"].value == "期限後"
        # How many days was not counted when it was submitted.
        assert cells["中間報告の超過日数"].value is None
        assert cells["中間報告の入力元"].value == "システム"
        assert cells["最終報告の状態"].value == "未提出"
        assert cells["最終報告の提出日"].value is None
        assert (cells["値がある指標"].value, cells["指標"].value) == (0, 4)
        assert cells["実施：入退院支援"].value == "確認が必要"
        assert cells["計画：看取り"].value is None
        assert isinstance(cells["集計日時"].value, dt.datetime)

    def test_days_past_are_told_of_what_came_late_and_of_what_is_awaited(
        self, officer, people, empty
    ):
        """Of a report in the system those that were counted then, of 県入力 those to the date that holds."""
        today = timezone.localdate()
        due(-12, people["officer"])
        at = today - dt.timedelta(days=7)
        submitted(town(1), is_late=True, days_late=3, submitted_on=today)
        entered(town(2), people["officer"], status="accepted", submitted_on=at)
        entered(town(3), people["officer"], status="submitted", submitted_on=None)
        submitted(town(4), submitted_on=at - dt.timedelta(days=30))
        head, *rows = self.sheets(officer, "?sort=code")["進み具合"].iter_rows(values_only=True)
        found = {row[1]: dict(zip(head, row, strict=True)) for row in rows}

        days = {name: one["中間報告の超過日数"] for name, one in found.items()}
        assert [days[f"村{one}"] for one in (1, 2, 3, 4)] == [3, 5, None, None]
        assert days["見本町"] == 12
        shown = text_of(officer.get(PAGE))
        assert ("3日遅れて提出" in shown, "5日遅れて提出" in shown) == (True, True)

    def test_a_sheet_explains_filter_order_and_source(self, officer, empty):
        told = dict(self.sheets(officer, "?only=outside")["説明"].iter_rows(values_only=True))

        assert told["絞り込み"] == "システムを使っていない市町村"
        assert told["並び順"] == "支援が要る順"
        assert told["件数"] == "3／3市町村"
        assert "出典" in told

    def test_nobody_else_gets_it(self, sign_in):
        for username in ("other-officer", "editor", "operator"):
            assert sign_in(username).get(f"{PAGE}export/").status_code == 404


@pytest.mark.parametrize("towns", [44, 179])
@pytest.mark.parametrize("page", [PAGE, f"{PAGE}export/"])
def test_ten_queries_are_enough_for_any_prefecture(
    officer, people, towns, page, django_assert_max_num_queries
):
    for number in range(towns):
        place = town(number)
        submitted(place)
        counted(place, indicators=3)
        phased(place, {"daily_care": "done"})
        entered(place, people["officer"], kind="final")
    with django_assert_max_num_queries(10):
        officer.get(page)


class TestNationwide:
    @pytest.fixture
    def nationwide(self, sign_in, people):
        Membership.objects.filter(user=people["other-officer"]).delete()
        Membership.objects.create(
            user=people["other-officer"], role="officer", scope_kind="nation", scope_code="JP"
        )
        return sign_in("other-officer")

    def test_they_choose_among_the_prefectures_with_counts(self, nationwide, empty):
        submitted(ours(), status="accepted")
        submitted(ours(), serial=2)
        submitted(ours(), kind="final")
        response = nationwide.get("/p/")
        (line,) = [one for one in response.context["lines"] if one.prefecture.code == "99"]

        assert (line.towns, line.interim.submitted, line.interim.accepted) == (3, 1, 1)
        assert (line.final.submitted, line.final.accepted) == (1, 0)
        assert 'href="/p/99/2026/"' in response.content.decode()
        assert nationwide.get("/p/98/2026/").status_code == 200

    def test_their_menu_leads_back_to_the_list(self, nationwide):
        labels = [one["label"] for one in nationwide.get(PAGE).context["navigation"]]

        assert labels == [
            "ホーム",
            "都道府県",
            "市町村の進み具合",
            "照会と調査",
            "市町村の比較",
            "好事例",
            "コーディネーターと拠点",
            "指標と統計",
            "期限とアドバイザー",
        ]

    def test_an_officer_of_one_prefecture_is_sent_there(self, officer):
        assert officer.get("/p/").headers["Location"] == "/p/99/"
        assert officer.get("/p/98/2026/").status_code == 404

    @pytest.mark.parametrize("year", ["2024", "nonsense", "２０２６", "99999999999999999999"])
    def test_an_unknown_year_shows_the_newest(self, nationwide, year):
        response = nationwide.get("/p/", {"year": year})

        assert response.status_code == 200
        assert response.context["year"] == 2026

    def test_a_health_centre_has_no_prefecture_yet(self, sign_in, people):
        Membership.objects.filter(user=people["other-officer"]).update(
            scope_kind="health_centre", scope_code="9901"
        )

        assert "開ける都道府県がありません" in sign_in("other-officer").get("/p/").content.decode()


class TestWhatIsAskedInVain:
    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?only=x", "「行の絞り込み」は読み取れません。絞り込まずに表示しています。"),
            ("?sort=x", "「並び順」は読み取れません。支援が要る順に並べています。"),
            ("?area=x", "「二次医療圏」は読み取れません。すべての市町村を表示しています。"),
            ("?scene=x", "この画面は「場面」では絞り込めない"),
        ],
    )
    def test_it_is_said(self, officer, query, words):
        assert words in text_of(officer.get(PAGE + query))

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?only=interim_overdue", "「行の絞り込み」は読み取れません。"),
            ("?show=phases&sort=late", "「並び順」は読み取れません。市町村コードの順に並べて"),
            ("?area=x", "「二次医療圏」は読み取れません。すべての市町村を表示しています。"),
            ("?show=x", "「見方」は読み取れません。「連携支援の段階」を表示しています。"),
        ],
    )
    def test_it_is_said_of_the_steps(self, officer, query, words):
        assert words in text_of(officer.get(STEPS + query))

    def test_what_is_offered_is_not_called_unknown(self, officer):
        for page in (f"{PAGE}?only=need&sort=plan", f"{STEPS}?show=phases&only=need&sort=advance"):
            assert "アドレスにある" not in text_of(officer.get(page))
