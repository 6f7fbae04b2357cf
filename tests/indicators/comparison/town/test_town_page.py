"""ほかの市区町村と比べる: through the front door, with towns of 見本県."""

import io
import re
import zipfile
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from indicators.comparison.asking import unknown
from indicators.comparison.reading import columns, shelf
from indicators.comparison.town import town_unknown
from indicators.models import Definition, SubmittedValue
from municipalities.models import (
    Cycle,
    MedicalArea,
    MedicalAreaMember,
    Municipality,
    Prefecture,
)
from municipalities.tenancy import within
from tests import world
from tests.indicators.rows import BASE, follow, measure, publish

PAGE = f"/m/990019/{world.YEAR}/compare/"
SHARE = "aging_rate_75"
STATIONS = "home_visit_nursing_stations"
OTHERS = ("990027", "990035")

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    prefecture = Prefecture.objects.get(code="99")
    names = {"name": "見本村", "kana": "みほんむら", "kind": "village", "prefecture": prefecture}
    return Municipality.objects.get_or_create(code="990035", defaults=names)[0]


@pytest.fixture
def counted(village):
    """Rates of 75+ with what they are made of, in 見本県's three towns, the prefecture and the nation."""
    for place, above, below in (
        (("municipality", "990019"), 13_000, 100_000),
        (("municipality", "990027"), 3_000, 20_000),
        (("municipality", "990035"), 9, 300),
        (("prefecture", "99"), 16_009, 120_300),
        (("nation", "JP"), 18_000_000, 120_000_000),
    ):
        publish(SHARE, 2020, round(above * 100 / below, 4), place=place)
        publish("population_75plus", 2020, above, place=place)
        publish("population_total", 2020, below, place=place)


def with_one_alike():
    """Put a town of another prefecture into one group with 見本市."""
    similar = Municipality.objects.filter(code__in=("990019", "980013"))
    Municipality.objects.create(
        code="980013", name="遠い市", kana="とおいし", kind="city",
        prefecture=Prefecture.objects.get(code="98"),
    )  # fmt: skip
    similar.update(similar_group="一般市Ⅰ")


def page(client, query=""):
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_chosen_scene_is_asked_for_once(as_editor):
    """What the filter asks for is not sent a second time beside it."""
    content = page(as_editor, "?scene=common&pool=3")

    assert content.count('name="scene"') == 1
    assert content.count('name="pool"') == 1


def text_of(content):
    """Return all that a page or a workbook says."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def names_in_order(html):
    body = html[html.index("<tbody>") : html.index("</table>")]
    return [part.partition("<")[0] for part in body.split('<th scope="row">')[1:]]


def foot(html, name):
    """Return the numbers of one row below the places."""
    return html.split(f'<th scope="row">{name}<')[1].split("</tr>")[0]


class TestTable:
    def test_what_is_more_than_nothing_is_not_shown_as_nothing(self, village, as_editor):
        for place, value in (("990019", "0.0096"), ("990027", "0")):
            publish("home_death_rate", 2020, value, place=("municipality", place))

        html = page(as_editor, "?scene=end_of_life")

        assert re.search(r">\s*0\.01\s*<", html)
        assert re.search(r">\s*0\.0\s*<", html)

    def test_a_count_without_a_population_says_so_and_where_to_load_it(self, village, as_editor):
        publish(STATIONS, 2025, 4)
        publish(STATIONS, 2025, 1, place=("municipality", "990027"))
        publish("population_75plus", 2020, 1000, place=("municipality", "990027"))

        address = f"?indicator={STATIONS}"
        html = page(as_editor, address)
        content = as_editor.get(f"{PAGE}table.xlsx{address}").content
        told = {
            str(one)
            for sheet in load_workbook(io.BytesIO(content))
            for row in sheet.values
            for one in row
        }

        assert re.search(r">\s*人口なし", html)
        assert columns.WHERE_TO_LOAD in html
        assert {"割る人口が登録されていない", columns.WHERE_TO_LOAD} <= told

    def test_own_first_then_the_others_then_the_distribution(self, counted, as_editor):
        html = page(as_editor, "?scene=common")
        names = names_in_order(html)
        assert names[:4] == ["見本市", "入力した値", "見本町", "見本村"]
        assert names[4:] == [
            "本市と平均との差", "表の市区町村をまとめた平均", "最大", "中央値", "最小",
            "値のある市区町村の数", "見本県", "全国",
        ]  # fmt: skip
        # Among three there is no rank.
        assert "番目" not in html
        # All people of 75 and more in the three by all people.
        assert "13.3" in foot(html, "表の市区町村をまとめた平均")
        for text in ("13.0", "15.0", "3.0", "参考値", "出典", "国勢調査"):
            assert text in html

    @pytest.mark.parametrize(("count", "is_ranked"), [(7, False), (8, True)])
    def test_a_rank_is_told_among_eight(self, as_editor, count, is_ranked):
        """One rule for the officer's page and this one."""
        home = Prefecture.objects.get(code="99")
        for at in range(count - 2):
            Municipality.objects.create(
                code=f"99010{at}", name=f"第{at}村", kana="むら", kind="village", prefecture=home
            )
        codes = ["990019", "990027", *(f"99010{at}" for at in range(count - 2))]
        for at, code in enumerate(codes):
            publish("home_death_rate", 2020, 30 - at, place=("municipality", code))

        html = page(as_editor, "?scene=end_of_life")

        assert ("1番目（8のうち）" in html) is is_ranked
        assert ("本市の順位" in html) is is_ranked

    def test_quartiles_of_three_are_not_told(self, counted, as_editor):
        assert "四分位" not in page(as_editor, "?scene=common")

    def test_a_head_sorts_and_the_own_row_stays_first(self, counted, as_editor):
        html = page(as_editor, f"?scene=common&sort=-{SHARE}")
        assert names_in_order(html)[:4] == ["見本市", "入力した値", "見本町", "見本村"]
        rising = page(as_editor, f"?scene=common&sort={SHARE}")
        assert names_in_order(rising)[:4] == ["見本市", "入力した値", "見本村", "見本町"]
        assert 'aria-sort="ascending"' in rising

    def test_the_entered_value_stands_beside_and_is_marked(self, counted, cycle, as_editor):
        publish(STATIONS, 2025, 4)
        publish(STATIONS, 2025, 1, place=("municipality", "990027"))
        measure(cycle, STATIONS, world.YEAR, 5)
        html = page(as_editor, "?scene=daily_care")
        assert names_in_order(html)[:2] == ["見本市", "入力した値"]
        assert "5か所" in html

    def test_what_others_have_entered_is_not_there(self, counted, as_editor):
        publish(STATIONS, 2025, 4)
        publish(STATIONS, 2025, 1, place=("municipality", "990027"))
        measure(world.cycle_of("990027"), STATIONS, world.YEAR, 777)
        assert "777" not in page(as_editor, "?scene=daily_care")

    @pytest.mark.parametrize("place", ["", "table.xlsx"])
    def test_what_others_have_submitted_is_not_told_by_name(
        self, counted, village, as_editor, place
    ):
        """An officer reads it by name, a town never, whatever the address says."""
        SubmittedValue.objects.create(
            municipality=village,
            code=SHARE,
            definition=Definition.objects.get(code=SHARE),
            fiscal_year=world.YEAR,
            value=Decimal("77.7"),
            state="value",
            source="本村の調査",
            number="990035-2026-final-1",
            published_at=timezone.now(),
        )
        shown = as_editor.get(f"{PAGE}{place}?scene=common&origin=submitted").content
        assert "77.7" not in text_of(shown)
        assert "本村の調査" not in text_of(shown)

    def test_one_indicator_by_its_code(self, counted, as_editor):
        html = page(as_editor, f"?indicator={SHARE}")
        assert "高齢化率（75歳以上）" in html
        assert "人口<" not in html
        assert f'name="indicator" value="{SHARE}"' in html

    def test_a_scene_goes_before_indicators_chosen_before(self, counted, as_editor):
        html = page(as_editor, f"?indicator={SHARE}&scene=common")
        assert "人口<" in html
        assert 'name="indicator"' not in html

    @pytest.mark.parametrize(
        "query",
        ["?group=near-082015", "?group=%3Cscript%3E", "?scene=secret", "?sort=a'b", "?year=99999"],
    )
    def test_what_nobody_knows_counts_as_not_asked(self, counted, as_editor, query):
        html = page(as_editor, query)
        assert "script>alert" not in html
        assert '<option value="prefecture" selected>' in html

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?group=near-082015", "「比べる相手」は選べません"),
            ("?scene=secret", "「場面」は見つかりません"),
            ("?year=R5", unknown.NO_SUCH_YEAR.format("令和8年度（2026年度）")),
            ("?year=0000", unknown.NO_SUCH_YEAR.format("令和8年度（2026年度）")),
            ("?year=2027", unknown.NO_SUCH_YEAR.format("令和8年度（2026年度）")),
            (
                "?scene=common&year=1999",
                "アドレスにある「年度」（平成11年度（1999年度））の値はありません。",
            ),
            ("?pool=9", unknown.NO_SUCH_POOL),
            ("?view=pie", unknown.NO_SUCH_VIEW),
            ("?origin=submitted", town_unknown.ONLY_STATISTICS),
            ("?only=q1", town_unknown.NOT_ONLY_BEHIND),
            ("?sort=a'b", unknown.NO_SUCH_ORDER),
            (f"?indicator={SHARE}&indicator=nonsense", "選んだ2件の指標のうち1件は"),
            ("?indicator=nonsense", f"選んだ指標は、{unknown.NOT_IN_TABLE}"),
            ("?scene=common&town=082015", "この表の行にありません"),
        ],
    )
    def test_and_is_said(self, counted, as_editor, query, words):
        assert words in page(as_editor, query)

    def test_what_is_known_is_not_called_unknown(self, counted, as_editor):
        known = f"?scene=common&group=prefecture&year=2020&pool=1&sort=-{SHARE}&view=table"
        html = page(as_editor, known)
        assert "アドレスにある" not in html
        assert "見つからないか" not in html

    def test_the_rows_of_others_keep_their_values_whatever_is_asked_to_be_left_out(
        self, counted, as_editor
    ):
        told = page(as_editor, "?scene=common")
        asked = page(as_editor, "?scene=common&only=q1")
        body = re.compile(r"<tbody>.*</tbody>", re.DOTALL)
        assert body.search(asked)[0] == body.search(told)[0]

    def test_it_opens_at_the_first_scene_that_has_values(self, village, as_editor):
        for place in ("990019", *OTHERS):
            publish("home_death_rate", 2020, 12, place=("municipality", place))

        html = page(as_editor)

        assert '<option value="end_of_life" selected>' in html
        assert names_in_order(html)[0] == "見本市"
        # What is asked for stays, with its sentence.
        assert '<option value="daily_care" selected>' in page(as_editor, "?scene=daily_care")

    @pytest.mark.parametrize("count", [1, 30])
    def test_to_open_there_takes_few_queries_however_many_indicators_there_are(
        self, village, as_editor, count
    ):
        codes = Definition.objects.filter(scenes="end_of_life").values_list("code", flat=True)
        for code in [*codes.order_by("code")][:count]:
            for place in ("990019", *OTHERS):
                publish(code, 2020, 12, place=("municipality", place))

        page(as_editor)
        shelf.forget()
        with CaptureQueriesContext(connection) as taken:
            page(as_editor)

        assert len(taken) <= 18

    def test_hostile_names_are_text(self, counted, village, as_editor):
        Municipality.objects.filter(pk=village.pk).update(name="<b>村")
        assert "&lt;b&gt;村" in page(as_editor, "?scene=common")


class TestWithoutStatistics:
    def test_a_sentence_says_what_to_do(self, as_editor):
        html = page(as_editor)
        assert "このシステムには、「見本県」を相手に「日常の療養支援」で比べられる" in html
        assert "令和8年度（2026年度）までの市区町村別の統計がありません" in html
        # What is not here may have been published all the same.
        assert "公表されていません" not in html
        assert "で比べる</a>" not in html
        assert "人口などが近い市区町村は選べません" in html
        assert "<table" not in html

    def test_an_indicator_without_any_says_so(self, as_editor):
        html = page(as_editor, "?indicator=home_death_rate")
        assert "この指標で比べられる" in html

    def test_it_leads_to_a_group_that_has_some(self, village, as_editor):
        """Alone in its prefecture the town has a value; one of its 類似団体 elsewhere has one as well."""
        with_one_alike()
        shelf.forget()
        publish("home_death_rate", 2020, 12, place=("municipality", "990019"))
        assert "で比べる</a>" not in page(as_editor, "?scene=end_of_life")

        publish("home_death_rate", 2020, 15, place=("municipality", "980013"))
        shelf.forget()
        with CaptureQueriesContext(connection) as taken:
            html = page(as_editor, "?scene=end_of_life")
        assert 0 < len(taken) <= 20
        link = re.search(r'<a href="(\?[^"]+)">「類似団体（一般市Ⅰ）」で比べる</a>', html)[1]
        there = page(as_editor, unescape(link))

        assert "このシステムには" in html
        assert names_in_order(there)[:2] == ["見本市", "となり県 遠い市"]

    def test_however_many_groups_there_are_it_asks_as_little(self, village, as_editor):
        """In a scene how many insured there are is a size and makes no table, in whatever group."""
        for year in (2015, 2020):
            for place in ("990019", "990027"):
                publish("ltc_insured_no1", year, 12, place=("municipality", place))

        def queries_with_area(number):
            area = MedicalArea.objects.create(
                code=f"99{number:02}",
                name=f"圏域{number}",
                scheme="medical_2024",
                prefecture=village.prefecture,
            )
            for place in Municipality.objects.filter(code__in=("990019", "990027")):
                MedicalAreaMember.objects.create(area=area, municipality=place)
            shelf.forget()
            with CaptureQueriesContext(connection) as taken:
                html = page(as_editor, "?scene=common&year=2015")
            assert f"二次医療圏（圏域{number}）" in html
            assert "で比べる</a>" not in html
            return len(taken)

        page(as_editor, "?scene=common&year=2015")
        first, *_, last = (queries_with_area(number) for number in range(6))
        assert first == last <= 18

    def test_counts_that_nothing_divides_lead_nowhere(self, village, as_editor):
        """In a scene they are left out of the table; divided by a population they are shown."""
        with_one_alike()
        for place in ("990019", "980013"):
            publish("physicians", 2020, 12, place=("municipality", place))
        group = "「類似団体（一般市Ⅰ）」で比べる</a>"
        assert group not in page(as_editor, "?scene=common")

        for place in ("990019", "980013"):
            publish("registry_population_total", 2020, 10_000, place=("municipality", place))
        shelf.forget()
        html = page(as_editor, "?scene=common")
        link = re.search(r'<a href="(\?[^"]+)">「類似団体（一般市Ⅰ）」で比べる</a>', html)[1]
        assert "人口10万人あたり" in page(as_editor, unescape(link))

    def test_it_leads_to_the_newest_year_where_a_year_has_none(self, counted, as_editor):
        html = page(as_editor, f"?indicator={SHARE}&year=2015")
        link = re.search(r'<a href="(\?[^"]+)">年度を選ばずに、最も新しい統計で比べる</a>', html)[1]

        assert "平成27年度（2015年度）の市区町村別の統計がありません" in html
        assert "<table" in page(as_editor, unescape(link))

    def test_the_workbook_is_still_one(self, as_editor):
        assert as_editor.get(PAGE + "table.xlsx").status_code == 200


class TestWorkbook:
    def test_the_rows_of_the_screen_and_where_they_come_from(self, counted, as_editor):
        response = as_editor.get(PAGE + f"table.xlsx?indicator={SHARE}&sort={SHARE}")
        book = load_workbook(io.BytesIO(response.content))
        head, *rows = book["比較"].iter_rows(values_only=True)
        assert head[:4] == ("区分", "自治体コード", "市区町村", "選んだ理由")
        assert [row[0] for row in rows[:2]] == ["自分の市区町村", "入力した値"]
        assert [row[2:5:2] for row in (rows[0], *rows[2:4])] == [
            ("見本市", 13),
            ("見本村", 3),
            ("見本町", 15),
        ]
        assert rows[-1][0] == "全国"
        told = dict(row for row in book["説明"].iter_rows(values_only=True))
        assert told["比べる相手"] == "見本県"
        assert "国勢調査" in told["高齢化率（75歳以上）の出典"]
        first = next(book["データ"].iter_rows(min_row=2, values_only=True))
        assert first[:5] == ("990019", "見本市", SHARE, "高齢化率（75歳以上）", 2020)

    def test_numbers_have_all_their_digits_and_are_seen_as_on_the_screen(self, counted, as_editor):
        """As in the officer's workbook: whoever calculates with them need not look into another sheet."""
        for place, above, below in (("990019", 13_046, 100_003), ("990027", 3_001, 20_000)):
            publish(SHARE, 2022, round(above * 100 / below, 4), place=("municipality", place))
            publish("population_75plus", 2022, above, place=("municipality", place))
            publish("population_total", 2022, below, place=("municipality", place))
        content = as_editor.get(PAGE + f"table.xlsx?indicator={SHARE}").content
        cells = {row[0].value: row[4] for row in load_workbook(io.BytesIO(content))["比較"]}
        own = cells["自分の市区町村"]

        assert (own.value, own.number_format) == (13.0456, "#,##0.0")
        mean = cells["表の市区町村をまとめた平均"]
        assert mean.value == pytest.approx(100 * 16_047 / 120_003, abs=5e-5)
        assert mean.value != round(mean.value, 1)
        assert mean.number_format == "#,##0.0"
        count = cells["値のある市区町村の数"]
        assert (count.value, count.number_format) == (2, "#,##0")


class TestOwnLine:
    def url(self, cycle):
        return BASE + f"{follow(cycle, SHARE).key}/"

    def test_four_bars_and_a_sentence_on_the_page_of_an_indicator(self, counted, cycle, as_editor):
        """13.0 % of 100,000 beside 13.3 % and 15.0 %: below both, beyond chance."""
        html = as_editor.get(self.url(cycle)).content.decode()
        assert "見本県・全国のどちらよりも低い値です。本市に特有の傾向です。" in html
        for text in ("13.0％", "13.3％", "15.0％"):
            assert text in html
        assert 'width="100"' in html
        assert f"/m/990019/{world.YEAR}/compare/?indicator={SHARE}" in html

    def test_without_statistics_there_is_no_line(self, cycle, as_editor):
        assert "都道府県・全国と比べる" not in as_editor.get(self.url(cycle)).content.decode()

    def test_a_count_of_people_is_not_measured_against_the_nation(self, counted, cycle, as_editor):
        url = BASE + f"{follow(cycle, 'population_total').key}/"
        assert "都道府県・全国と比べる" not in as_editor.get(url).content.decode()

    def test_few_cases_are_no_tendency(self, counted, cycle, as_editor):
        publish("home_visit_patients", 2025, 3)
        for place, number in ((("prefecture", "99"), 30), (("nation", "JP"), 17_938)):
            publish("home_visit_patients", 2025, number, place=place)
        url = BASE + f"{follow(cycle, 'home_visit_patients').key}/"
        assert (
            "参考値のため、差があるかどうかは判断していません"
            in as_editor.get(url).content.decode()
        )

    @pytest.mark.parametrize(
        ("value", "parts", "said"),
        [
            # The statistics tell no parts; the town itself has entered those of the same value.
            (27.1, (193, 712), "見本県の分子と分母が分からない"),
            (28.0, (193, 712), "本市と見本県の分子と分母が分からない"),
            (27.1, (None, None), "本市と見本県の分子と分母が分からない"),
            (27.1, (5, 18), "件数や母数が少ない参考値のため"),
        ],
    )
    def test_only_whose_parts_nobody_knows_is_named(self, cycle, as_editor, value, parts, said):
        for place, number in ((("municipality", "990019"), 27.1), (("prefecture", "99"), 28.8)):
            publish("home_death_rate", 2024, number, place=place)
        indicator = follow(cycle, "home_death_rate")
        above, below = parts
        measure(cycle, "home_death_rate", 2024, value, numerator=above, denominator=below)

        for url in (BASE + f"{indicator.key}/", f"/m/990019/{world.YEAR}/issues/issue-1/figures/"):
            html = as_editor.get(url).content.decode()
            assert said in html
            assert ("本市と見本県の" in html) == ("本市と" in said)

    def test_at_the_choice_of_an_issues_figures(self, counted, cycle, as_editor):
        follow(cycle, SHARE)
        html = as_editor.get(f"/m/990019/{world.YEAR}/issues/issue-1/figures/").content.decode()
        assert "都道府県・全国と比べると" in html
        assert "本市に特有の傾向です" in html


class TestYearAndDrawing:
    """A town chooses year, pooling and drawing as its officer does, among published statistics alone."""

    @pytest.fixture
    def earlier(self, counted):
        for code, above, below in (("990019", 11_000, 100_000), ("990027", 2_000, 20_000)):
            place = ("municipality", code)
            publish(SHARE, 2018, round(above * 100 / below, 4), place=place)
            publish("population_75plus", 2018, above, place=place)
            publish("population_total", 2018, below, place=place)

    def test_a_year_is_that_year(self, earlier, as_editor):
        assert "13.0" in page(as_editor, f"?indicator={SHARE}")
        html = page(as_editor, f"?indicator={SHARE}&year=2018")

        assert "11.0" in html
        assert "13.0" not in html
        assert '<option value="2018" selected>' in html

    def test_years_are_pooled_as_numerators_and_denominators(self, earlier, as_editor):
        html = page(as_editor, f"?indicator={SHARE}&pool=3")

        assert "12.0" in html
        assert "平成30年度（2018年度）～令和2年度（2020年度）" in html
        assert '<option value="3" selected>' in html

    @pytest.mark.parametrize("view", ["strip", "funnel", "multiples", "profile", "map"])
    def test_in_every_drawing_the_town_is_the_marked_one(self, view, counted, as_editor):
        html = page(as_editor, f"?indicator={SHARE}&view={view}")

        assert 'aria-current="page"' in html.split("見せ方を選ぶ")[1]
        assert "見本市" in html.split('id="drawing"')[1].split("<h2>比較表")[0]
        assert "見本町" in html

    def test_a_choice_of_the_filter_keeps_the_drawing(self, counted, as_editor):
        html = page(as_editor, f"?indicator={SHARE}&view=funnel")

        assert '<input type="hidden" name="view" value="funnel">' in html


@pytest.mark.usefixtures("village")
def test_statistics_of_a_later_year_are_those_of_the_page_of_that_year(as_editor):
    """The heading says the year: what came later is not shown, nor chosen, but where it is, is said."""
    later = world.YEAR + 1
    for code, value in (("990019", 31), ("990035", 20)):
        publish("home_death_rate", later, value, place=("municipality", code))
    query = "?scene=end_of_life"

    told = page(as_editor, query)
    asked = page(as_editor, f"{query}&year={later}")
    with within(Municipality.objects.get(code="990019")):
        Cycle.objects.create(fiscal_year=later)
    linked = page(as_editor, query)
    there = PAGE.replace(str(world.YEAR), str(later))

    assert "31.0" not in told + asked + linked
    assert f'<option value="{later}"' not in told
    assert "この年度より後の統計はあります（令和9年度（2027年度））。" in told
    assert "その年度の画面ができると見られます" in told
    assert f'<a href="{there}{query}">' in linked
    # The control: the page of that year shows them.
    assert "31.0" in as_editor.get(there + query).content.decode()
