"""市町村の比較 as an officer opens it: one address, the table first, and nothing of another prefecture."""

import gzip
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from indicators.choices import PlaceKind
from indicators.comparison.asking import unknown
from indicators.comparison.drawings import Drawing, drawings
from indicators.comparison.peers import peers
from indicators.comparison.pictures import funnel
from indicators.models import Definition
from municipalities.models import MedicalArea, MedicalAreaMember, Municipality
from tests.indicators.comparison.planted import (
    ABOVE,
    SHARE,
    STATIONS,
    plant,
    submit,
    tell,
    tell_shares,
    town,
)

pytestmark = pytest.mark.django_db
PAGE = "/p/98/2026/compare/"
BETTER = "acp_discussed_rate"
# Between these heights lies the sheet of a funnel.
TOP, BOTTOM = funnel.TOP, funnel.HEIGHT - funnel.BOTTOM
ROW = re.compile(r'<tr id="place-(\d+)".*?</tr>', re.DOTALL)


@pytest.fixture
def officer(sign_in):
    return sign_in("other-officer")


def page_of(client, query=""):
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def row(page, at):
    found = {match[1]: match[0] for match in ROW.finditer(page)}[town(at)]
    return unescape(re.sub(r"<[^>]+>", " ", found))


def test_a_planted_low_is_marked_and_a_small_town_is_not(officer):
    plant(12)
    pairs = {at: (3000 + at, 10_000) for at in range(1, 11)}
    tell_shares(2020, pairs | {11: (2000, 10_000), 12: (1, 12)})

    page = page_of(officer, f"?indicator={SHARE}")

    assert "20.0 ▁**" in row(page, 11)
    assert "8.3 参  （参考値）" in row(page, 12)
    assert "▁" not in row(page, 12)


def test_only_those_behind_are_shown_on_the_page_the_map_and_in_the_file(officer):
    """A true low is there, a small town is not, nor who is low by chance; the distribution is everybody's."""
    plant(12)
    pairs = {at: (3000 + at, 10_000) for at in range(1, 11)}
    tell_shares(2020, pairs | {11: (2000, 10_000), 12: (1, 12)})
    query = f"?indicator={SHARE}&only=q1"

    page = page_of(officer, query)
    book = load_workbook(io.BytesIO(officer.get(f"{PAGE}export/{query}").content))

    assert ROW.findall(page) == [town(11)]
    assert "だけを表示しています" in page
    assert [row[0] for row in book["比較"].iter_rows(values_only=True)][5:7] == [town(11), None]
    assert any("偶然の範囲内ではない" in str(cell) for row in book["説明"].values for cell in row)
    whole = page_of(officer, f"?indicator={SHARE}")
    foot, numbers = (one.split("<tfoot>")[1] for one in (page, whole)), re.compile("<td>.*</td>")
    of_one, of_all = map(numbers.findall, foot)
    assert of_one == of_all
    assert "となり県の市町村（12）の中央値" in page
    assert "の中央値" not in whole
    assert f'href="{query.replace("&", "&amp;")}"' in whole


def test_a_place_alone_is_not_measured_by_itself(officer):
    plant(3)
    tell_shares(2020, {1: (3000, 10_000)})
    alone = page_of(officer, f"?indicator={SHARE}")
    drawn = page_of(officer, f"?indicator={SHARE}&view=funnel")
    tell_shares(2021, {1: (3000, 10_000), 2: (3000, 10_000)})

    assert "平均との差は、偶然の範囲内です" not in alone
    assert "地域が1つだけのため、偶然の範囲の図はありません" in drawn
    # The negative control.
    assert "地域が1つだけ" not in page_of(officer, f"?indicator={SHARE}&view=funnel&year=2021")


def test_where_nobody_is_behind_it_says_so(officer):
    plant(9)
    tell_shares(2020, dict.fromkeys(range(1, 10), (3000, 10000)))

    page = page_of(officer, f"?indicator={SHARE}&only=q1")

    assert "下位25％にある市町村はありません" in page
    assert "平均との差が偶然の範囲内です" in page
    assert "すべてを表示する" in page
    # Views, workbook and paper stay, and the workbook opens.
    assert f'<a href="?indicator={SHARE}&amp;only=q1&amp;view=map">地図</a>' in page
    assert f'href="{PAGE}export/?indicator={SHARE}&amp;only=q1"' in page
    assert "PDF（A3）にする" in page
    assert officer.get(f"{PAGE}export/?indicator={SHARE}&only=q1").status_code == 200


def test_sorting_keeps_the_selection_and_shows_the_rank(officer):
    plant(8)
    more = {at: 10 - at for at in range(4, 9)}
    tell("home_and_facility_death_rate", 2020, {1: 10, 2: 30, 3: 20} | more)

    page = page_of(officer, "?scene=end_of_life&year=2020")
    assert 'href="?scene=end_of_life&amp;year=2020&amp;sort=-home_and_facility_death_rate"' in page
    page = page_of(officer, "?scene=end_of_life&sort=-home_and_facility_death_rate")

    order = [match[1] for match in ROW.finditer(page)]
    assert order == [town(at) for at in (2, 3, 1, *more)]
    assert 'aria-sort="descending"' in page
    assert "1位" in row(page, 2)
    assert f'href="/p/98/2026/m/{town(2)}/"' in page


@pytest.mark.parametrize("view", ["", "&view=strip", f"&view=profile&town={town(2)}"])
def test_among_seven_nobody_has_a_rank_and_that_is_said(officer, view):
    """As there is no quarter, either; the order is that of the values all the same."""
    plant(8)
    rate = "home_and_facility_death_rate"
    tell(rate, 2020, {at: 40 - at for at in range(1, 8)})

    page = page_of(officer, f"?indicator={rate}&sort=-{rate}{view}")

    order = [match[1] for match in ROW.finditer(page)]
    assert order[:7] == [town(at) for at in range(1, 8)]
    assert not re.search(r"\d位", unescape(re.sub(r"<[^>]+>", " ", page)))
    assert "位置・順位と第1・第3四分位を付けていません" in page
    # The control: with an eighth they have.
    tell(rate, 2020, {8: 1})
    page = page_of(officer, f"?indicator={rate}&sort=-{rate}{view}")
    assert re.search(r"\d位", page)


def test_where_nothing_is_better_a_rank_says_from_which_end(officer):
    plant(8)
    tell(SHARE, 2020, {1: 10, 2: 30, 3: 20} | {at: 10 - at for at in range(4, 9)})

    page = page_of(officer, f"?indicator={SHARE}&sort=-{SHARE}&view=map")

    assert "高い方から1番目" in row(page, 2)
    assert page.count("高い方から1番目") == 2
    assert "1位" not in page


def test_years_that_are_pooled_with_gaps_are_counted_in_the_head(officer):
    plant(3)
    for year in (2018, 2020):
        tell_shares(year, {1: (100, 1000), 2: (200, 1000), 3: (300, 1000)})

    assert "～令和2年度（2020年度）（2回分）" in page_of(officer, f"?indicator={SHARE}&pool=3")
    assert "回分）" not in page_of(officer, f"?indicator={SHARE}")


def test_nothing_found_says_what_to_do(officer):
    plant(2)

    assert "年度の条件を外すか" in page_of(officer, "?year=1960&scene=emergency")


def test_a_prefecture_without_towns_says_so(officer):
    assert "比べる市町村がありません" in page_of(officer)


@pytest.mark.parametrize(
    "query",
    [
        "?scene=%3Cscript%3E&year=abc&pool=99&sort=--&view=none&origin=mine&focus=--x",
        "?indicator=nothing&indicator=' OR 1=1&group=unknown&year=99999",
        "?sort=unknown_code&year=0000",
    ],
)
def test_what_nobody_knows_counts_as_not_asked(officer, query):
    plant(2)
    tell(SHARE, 2020, {1: 10})

    assert "<script>" not in page_of(officer, query)


def test_names_are_escaped(officer):
    plant(1, names=[(1, "<b>町</b>&\"'")])
    tell(SHARE, 2020, {1: 10})
    Definition.objects.filter(code=SHARE).update(name="<i>率</i>", caution="<u>注</u>")

    page = page_of(officer)

    assert "<b>町</b>" not in page
    assert "<i>率</i>" not in page
    assert "<u>注</u>" not in page


def test_another_prefecture_is_absent_and_a_town_may_not_enter(sign_in):
    assert sign_in("officer").get(PAGE).status_code == 404
    assert sign_in("editor").get("/p/99/2026/compare/").status_code == 404
    assert sign_in("officer").get("/p/99/2026/compare/?origin=statistics").status_code == 200


def test_the_table_stands_alone_until_there_is_a_drawing(officer, monkeypatch):
    plant(2)
    tell(SHARE, 2020, {1: 10})
    monkeypatch.setattr("indicators.comparison.drawings.drawings", {})

    assert "見せ方を選ぶ" not in page_of(officer, "?view=strip")


def test_a_drawing_that_is_there_has_its_tab(officer, monkeypatch):
    plant(2)
    tell(SHARE, 2020, {1: 10})
    strip = Drawing("indicators/comparison/_legend.html", lambda comparison, selection: {})
    monkeypatch.setitem(drawings, "strip", strip)

    page = page_of(officer, "?view=strip")

    assert '<a href="?view=strip" aria-current="page">分布</a>' in page
    assert page.count('aria-label="記号の意味"') == 2


def test_a_large_page_is_light_and_asks_as_little_as_a_small_one(officer):
    def opened():
        with CaptureQueriesContext(connection) as taken:
            response = officer.get(PAGE)
        return response, len(taken)

    plant(179)
    codes = list(Definition.objects.filter(value_kind="ratio").values_list("code", flat=True))
    tell(codes[0], 2020, dict.fromkeys(range(1, 180), 10))
    opened()
    tell(codes[0], 2019, {1: 10})
    _, few = opened()
    for code in codes[1:]:
        tell(code, 2020, {at: (at * 7919 % 9973) / 100 for at in range(1, 180)})
    response, many = opened()

    assert few == many <= 20
    assert response.content.count(b"<td") >= 179 * len(codes)
    assert len(gzip.compress(response.content, 6)) <= 120_000


def test_it_opens_on_the_statistics_whatever_there_is_and_counts_what_was_submitted(officer):
    """The same address shows the same kind of numbers; the other kind is one click away, with its count."""
    plant(12)
    submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 10)})
    other = (
        '<a class="no-print" href="?origin=submitted">市町村が提出した値（1指標）に切り替える</a>'
    )

    empty = page_of(officer)
    assert "<b>国や県などの統計</b>の値はありません。はじめはいつも" in empty
    assert other in empty
    assert "国や県などの統計の値はありません。市町村が提出した値は、1指標で比べられます。" in empty
    assert '<a href="?origin=submitted">市町村が提出した値（1指標）を比べる</a>' in empty
    assert "市町村が提出した値（1指標）" not in page_of(officer, "?scene=emergency")

    tell("home_death_rate", 2020, dict.fromkeys(range(1, 13), 10))
    tell(SHARE, 2020, {1: 10})
    page = page_of(officer)
    assert "<b>国や県などの統計</b>（2指標）を表示しています。" in page
    assert other in page
    submitted = page_of(officer, "?origin=submitted")
    assert "<b>市町村が提出した値</b>（1指標）を表示しています。" in submitted
    assert 'href="?">国や県などの統計（2指標）に切り替える</a>' in submitted
    # The conditions asked for anew stay with what was submitted.
    assert '<input type="hidden" name="origin" value="submitted">' in submitted


def test_a_scene_without_statistics_stays_with_them(officer):
    """Otherwise a click on a scene would change whose numbers are compared."""
    plant(2)
    tell("home_death_rate", 2020, {1: 10})
    submit("home_death_rate", 2025, {1: (30, 200)})

    assert "年度の条件を外すか" in page_of(officer, "?scene=emergency&year=2025")


def test_a_scene_is_one_click_away_and_leaves_the_indicators_behind(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})

    page = page_of(
        officer, "?only=q1&group=prefecture&indicator=home_death_rate&sort=home_death_rate"
    )

    assert '<a href="?scene=end_of_life&amp;only=q1">看取り</a>' in page
    assert '<a href="?scene=end_of_life" aria-current="page">看取り</a>' in page_of(
        officer, "?scene=end_of_life"
    )
    assert '<input type="hidden" name="scene" value="end_of_life">' in page_of(
        officer, "?scene=end_of_life"
    )
    chosen = page_of(officer, "?scene=end_of_life&indicator=home_death_rate")
    assert '<a href="?scene=end_of_life" aria-current="page">看取り</a>' in chosen
    nothing = (
        page_of(officer, "?indicator=home_death_rate").split("場面を選ぶ")[1].split("</nav>")[0]
    )
    assert "aria-current" not in nothing


@pytest.mark.parametrize("query", ["", "?origin=submitted"])
def test_without_any_value_the_page_says_what_would_bring_some(officer, query):
    plant(2)

    page = page_of(officer, query)

    assert "比べられる値が、まだありません。" in page
    assert '<a href="/p/98/2026/statistics/">国や県などの統計を取り込む</a>' in page
    assert '<a href="/p/98/2026/">報告書の提出の状況を確かめる' in page


def test_nothing_submitted_leads_to_the_statistics(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})

    page = page_of(officer, "?origin=submitted")

    assert "国や県などの統計は、1指標で比べられます。" in page
    assert '<a href="?">国や県などの統計（1指標）を比べる</a>' in page
    assert '<tr id="place-' in page_of(officer)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?scene=nowhere", unknown.NO_SUCH_SCENE),
        ("?year=R5", unknown.NO_SUCH_YEAR.format("令和8年度（2026年度）")),
        ("?year=2027", unknown.NO_SUCH_YEAR.format("令和8年度（2026年度）")),
        ("?group=area-none", unknown.NO_SUCH_GROUP),
        ("?group=nation&origin=submitted", unknown.ONLY_AT_HOME),
        ("?" + "&".join(f"indicator=code_{at}" for at in range(30)), unknown.TOO_MANY),
        ("?indicator=home_death_rate&indicator=nobody", "選んだ2件の指標のうち1件は"),
        ("?indicator=home_death_rate&indicator=%3Cb%3E", "選んだ2件の指標のうち1件は"),
        ("?indicator=nonsense", f"選んだ指標は、{unknown.NOT_IN_TABLE}"),
        ("?indicator=%3Cb%3E", unknown.NO_INDICATOR),
        ("?group=%3Cb%3E", unknown.NO_SUCH_GROUP),
        ("?group=%3Cb%3E&origin=submitted", unknown.NO_SUCH_GROUP),
        ("?origin=else", unknown.NO_SUCH_ORIGIN),
        ("?year=0000", unknown.NO_SUCH_YEAR.format("令和8年度（2026年度）")),
        ("?year=1800", "年度の条件を外す"),
        ("?pool=9", unknown.NO_SUCH_POOL),
        ("?pool=x&view=map", unknown.NO_SUCH_POOL),
        ("?view=pie", unknown.NO_SUCH_VIEW),
        ("?only=q4", unknown.NO_SUCH_ROWS),
        ("?sort=nonsense", unknown.NO_SUCH_ORDER),
        ("?sort=-a'b", unknown.NO_SUCH_ORDER),
        ("?view=strip&focus=nonsense", unknown.NO_SUCH_FOCUS),
        ("?view=profile&town=082015", unknown.NO_SUCH_TOWN),
        ("?town=%3Cb%3E", unknown.NO_SUCH_TOWN),
    ],
)
def test_what_an_address_asks_in_vain_is_said(officer, query, words):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})
    submit("home_death_rate", 2025, {1: (30, 200)})

    assert words in page_of(officer, query)


def test_an_area_of_one_municipality_is_told_as_such(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})
    prefecture = Municipality.objects.get(code=town(1)).prefecture
    area = MedicalArea.objects.create(
        code="98-9", name="西部", prefecture=prefecture, scheme=peers.SCHEME
    )
    MedicalAreaMember.objects.create(area=area, municipality=Municipality.objects.get(code=town(1)))

    told = unknown.ALONE.format("二次医療圏（西部）")
    assert told in page_of(officer, "?group=area-98-9")
    assert told in page_of(officer, "?group=area-98-9&origin=submitted")
    assert unknown.NO_SUCH_GROUP in page_of(officer, "?group=area-99-2")


def test_an_indicator_that_is_hidden_at_every_place_is_named(officer):
    plant(3)
    tell(BETTER, 2020, {1: 10, 2: 20, 3: 30})
    tell("home_death_rate", 2020, {1: None, 2: None, 3: None})
    name = Definition.objects.get(code="home_death_rate").name
    said = f"「{name}」は、比べる地域の値がすべて秘匿のため、表にありません。"

    assert said in page_of(officer)
    assert said in page_of(officer)
    alone = page_of(officer, "?indicator=home_death_rate")
    assert said in alone
    assert "見つからないか" not in alone
    assert said in str(sheet_of(officer, "説明"))


def test_what_has_a_value_anywhere_is_not_called_hidden(officer):
    plant(3)
    tell("home_death_rate", 2020, {1: None, 2: 20, 3: None})

    assert "すべて秘匿のため" not in page_of(officer)


def test_colours_are_explained_where_there_are_any(officer):
    plant(8)
    tell(BETTER, 2020, {at: at * 10 for at in range(1, 8)})
    few = page_of(officer, "?year=2020")
    tell(BETTER, 2021, {at: at * 10 for at in range(1, 9)})

    assert "上位25％</li>" not in few
    assert "上位25％</li>" in page_of(officer, "?year=2021")


def test_the_workbook_tells_years_as_the_screen_does(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10, 2: 20})

    for sheet in ("比較", "説明"):
        assert "令和2年度（2020年度）" in str(
            [row for row in sheet_of(officer, sheet) if "単位" in str(row)]
        )


def sheet_of(client, name):
    book = load_workbook(io.BytesIO(client.get(f"{PAGE}export/").content))
    return list(book[name].iter_rows(values_only=True))


def test_a_size_that_nobody_has_is_told_as_such(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})

    page = page_of(officer, "?group=size-100000")

    assert unknown.NOBODY.format("人口10万人以上") in page


def test_what_is_known_is_not_called_unknown(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})

    query = (
        "?scene=end_of_life&year=2020&indicator=home_death_rate&origin=statistics&group=prefecture"
    )
    more = f"&pool=3&sort=-home_death_rate&focus=home_death_rate&town={town(1)}&view=strip"
    page = page_of(officer, query + more)

    assert '<tr id="place-' in page
    assert "アドレスにある" not in page
    assert "年から選びます" not in page
    assert "表にありません" not in page


def test_an_unknown_scene_shows_all_of_them(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})

    assert '<tr id="place-' in page_of(officer, "?scene=nowhere")
    assert '<tr id="place-' not in page_of(officer, "?scene=emergency&year=1999")


def test_a_year_that_no_list_offers_is_named_where_nothing_is_found(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})
    told = "アドレスにある「年度」（{}）の値はありません。"

    assert told.format("平成11年度（1999年度）") in page_of(officer, "?year=1999")
    # A year of the list may be chosen there: what is not found says so below.
    assert told.format("令和3年度（2021年度）") not in page_of(officer, "?year=2021")
    assert "アドレスにある" not in page_of(officer, "?year=2020")


@pytest.mark.parametrize("year", [1900, 2019, 2040, 2099])
@pytest.mark.parametrize("way", ["", "export/"])
def test_a_year_before_all_values_or_to_come_is_absent_and_those_there_are_are_named(
    officer, year, way
):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})

    response = officer.get(f"/p/98/{year}/compare/{way}")

    assert response.status_code == 404
    page = response.content.decode()
    assert "年度）の画面はありません" in page or "1900年度の画面はありません" in page
    for one in (2020, 2026, 2027):
        assert f'<a href="/p/98/{one}/compare/">令和' in page
    assert f'<a href="/p/98/{year}/compare/">令和' not in page
    assert officer.get(f"/p/98/2020/compare/{way}").status_code == 200


def told_of_the_prefecture(year):
    tell(SHARE, year, {"98": 12}, kind=PlaceKind.PREFECTURE)


def told_by_a_town(year):
    plant(1)
    submit("home_death_rate", year, {1: (30, 200)})


@pytest.mark.parametrize("told", [told_of_the_prefecture, told_by_a_town])
def test_a_year_begins_with_whatever_is_told_first(officer, told):
    told(2018)

    assert officer.get("/p/98/2018/compare/").status_code == 200
    assert officer.get("/p/98/2019/compare/").status_code == 200
    assert officer.get("/p/98/2017/compare/").status_code == 404


def test_no_value_of_a_later_year_than_the_pages_is_shown(officer):
    """In the table, a drawing, the workbook, among what was submitted; and the page says which years it shows."""
    plant(9)
    for year, share in ((2018, 10), (2020, 20), (2023, 30)):
        tell("home_death_rate", year, dict.fromkeys(range(1, 9), share) | {9: share + 1})
        submit("home_death_rate", year, dict.fromkeys(range(1, 10), (share * 10 + 3, 1000)))

    for address, shown, label in (
        ("/p/98/2026/compare/", "30.0", "令和5年度（2023年度）"),
        ("/p/98/2022/compare/", "20.0", "令和2年度（2020年度）"),
        ("/p/98/2018/compare/", "10.0", "平成30年度（2018年度）"),
    ):
        page = officer.get(address).content.decode()
        assert shown in row(page, 1)
        assert f"までで最も新しいもの（{label}。" in page
        book = load_workbook(io.BytesIO(officer.get(f"{address}export/").content))
        told = [str(cell) for row in book["説明"].values for cell in row]
        assert label in told
        own = officer.get(f"{address}?origin=submitted").content.decode()
        assert shown.replace("0.0", "0.3") in row(own, 1)
        lines = officer.get(f"{address}?view=multiples").content.decode()
        assert ("令和5年度（2023年度）" in lines.split("</main>")[0]) is (shown == "30.0")


def test_prefectures_are_not_called_towns(officer):
    """Neither where it is made anew nor where it was kept; of towns the words stay."""
    plant(2)
    tell_shares(2020, {1: (1000, 10_000), 2: (1100, 10_000)})
    tell_shares(2020, {"98": (2100, 20_000)}, kind=PlaceKind.PREFECTURE, dataset="two")

    for _ in range(2):
        page = page_of(officer, "?group=nation")
        # The rows are the nation's, whoever looks.
        assert "<h1>全国　都道府県の比較</h1>" in page
        assert "<title>都道府県の比較" in page
        main = page.partition("<h1>")[2]
        assert "表の都道府県をまとめた平均" in main
        assert "値のある都道府県の数" in main
        assert "値のある都道府県を値の順に" in main
        assert "値のある市町村" not in main
    home = page_of(officer)
    assert "　市町村の比較</h1>" in home
    assert "値のある市町村の数" in home


@pytest.mark.parametrize(
    ("count", "words"),
    [(3, "比べる市町村が8に満たないため"), (12, "下位25％にある市町村はありません")],
)
def test_nobody_behind_is_told_apart_from_too_few_to_tell(officer, count, words):
    plant(count)
    tell("home_death_rate", 2020, dict.fromkeys(range(1, count + 1), 10))

    assert words in page_of(officer, "?only=q1")


def test_a_year_of_few_values_is_not_called_one_without_anybody_behind(officer):
    """It leads to the years in which quarters are made, and to no other."""
    plant(12)
    told = dict.fromkeys(range(1, 13), 10)
    tell("home_death_rate", 2018, told)
    tell("home_death_rate", 2019, dict.fromkeys(range(1, 8), 10))
    tell("home_death_rate", 2020, {1: 10})

    page = page_of(officer, "?indicator=home_death_rate&year=2020&only=q1")

    assert "値のある市町村が8に満たないため" in page
    assert "下位25％にある市町村はありません" not in page
    asked = "?indicator=home_death_rate&amp;year={}&amp;only=q1"
    assert f'<a href="{asked.format(2018)}">平成30年度（2018年度）</a>' in page
    assert f'<a href="{asked.format(2019)}">' not in page
    full = page_of(officer, "?indicator=home_death_rate&year=2018&only=q1")
    assert "下位25％にある市町村はありません" in full
    assert "値のある年度：" not in full


def test_nobody_is_behind_in_what_is_only_watched_unless_it_is_asked_for(officer):
    """An old population is no failure: beside an indicator of which one way is better it lists nobody."""
    plant(12)
    pairs = {at: (3000 + at, 10_000) for at in range(1, 12)}
    tell_shares(2020, pairs | {12: (2000, 10_000)})
    tell(BETTER, 2020, dict.fromkeys(range(2, 13), 40) | {1: 10})

    everywhere = page_of(officer, f"?indicator={SHARE}&indicator={BETTER}&only=q1")
    watched = page_of(officer, f"?indicator={SHARE}&indicator={BETTER}&sort={SHARE}&only=q1")

    assert ROW.findall(everywhere) == [town(1)]
    assert "良し悪しのある指標のどれかで下位25％にあり" in everywhere
    assert ROW.findall(watched) == [town(12)]
    assert "で低い方の25％にあり" in watched


def test_the_funnel_of_those_behind_opens_where_somebody_is(officer):
    plant(12)
    tell_shares(2020, dict.fromkeys(range(1, 13), (3000, 10_000)))
    tell(STATIONS, 2020, dict.fromkeys(range(1, 12), 300) | {12: 30})
    chosen = f"?view=funnel&indicator={SHARE}&indicator={STATIONS}"

    assert f'<option value="{SHARE}" selected>' in page_of(officer, chosen)
    assert f'<option value="{STATIONS}" selected>' in page_of(officer, f"{chosen}&only=q1")


def test_the_funnel_opens_on_an_indicator_that_it_can_draw(officer):
    """The first column has no counts behind it: asked for by name it says why, else it is passed over, and that is told."""
    plant(12)
    tell_shares(2020, {at: (3000 + at, 10_000) for at in range(1, 13)})
    chosen = f"?view=funnel&indicator=population_total&indicator={SHARE}"

    drawn = page_of(officer, chosen)
    refused = page_of(officer, f"{chosen}&focus=population_total")

    assert f'<option value="{SHARE}" selected>' in drawn
    assert "funnel-title" in drawn
    assert "「人口」は、偶然の範囲の図がない指標です。" in drawn
    assert "funnel-title" not in refused
    assert "人口：この指標は、分子と分母が分からないため、偶然の範囲の図はありません。" in refused
    for page in (drawn, refused):
        focuses = page.split('id="choose-focus"')[1].split("</select>")[0]
        assert SHARE in focuses
        assert "population_total" not in focuses
    # The control: a picture that every indicator has offers it, and nothing is told of an indicator looked at by name.
    assert (
        'value="population_total"'
        in page_of(officer, f"{chosen}&view=strip")
        .split('id="choose-focus"')[1]
        .split("</select>")[0]
    )
    assert "図がない指標です" not in page_of(officer, f"{chosen}&focus={SHARE}")


def test_a_picture_wider_than_a_telephone_says_that_it_can_be_moved(officer):
    """The table stands in its own region and says nothing of the kind."""
    plant(12)
    tell_shares(2020, {at: (3000 + at, 10_000) for at in range(1, 13)})

    for view, is_told in (("funnel", True), ("strip", True), ("table", False)):
        page = page_of(officer, f"?view={view}&indicator={SHARE}")
        assert ("横に動かすと、右の端まで" in page) is is_told


@pytest.mark.parametrize(("count", "is_told"), [(7, False), (8, True)])
@pytest.mark.parametrize("view", ["table", "strip", "profile"])
def test_below_eight_values_there_is_a_median_and_no_other_quartile(officer, count, is_told, view):
    plant(count)
    tell(SHARE, 2020, {at: 10 + at for at in range(1, count + 1)})
    whole = page_of(officer, f"?indicator={SHARE}&view={view}&town={town(1)}")
    foot = re.search(r"<tfoot>.*</tfoot>", whole, re.DOTALL)[0]

    assert "中央値" in foot
    assert ("第1四分位" in foot) is is_told
    assert ("spine-middle" in whole) is (is_told and view == "profile")
    if view == "strip":
        assert ("<dt>第1四分位</dt>" in whole) is is_told


def test_without_a_map_nobody_is_told_to_press_it(officer):
    plant(3)
    tell(SHARE, 2020, {1: 10, 2: 20, 3: 30})
    page = page_of(officer, "?view=map")

    assert "地図は用意されていません" in page
    assert "地図の地域を押すと" not in page


def test_where_nobody_is_shown_no_rows_are_told_of(officer):
    plant(3)
    tell(SHARE, 2020, {1: 10, 2: 20, 3: 30})

    assert "だけを表示しています" not in page_of(officer, "?only=q1")


def test_the_conditions_are_folded_away_and_say_what_is_chosen(officer):
    plant(2)
    tell("home_death_rate", 2020, {1: 10})

    chosen = page_of(officer, "?indicator=home_death_rate&pool=3")

    assert '<details class="compared-conditions">' in chosen
    told = "令和8年度（2026年度）までで最新・3年分をまとめる・1指標を選択中</summary>"
    assert told in chosen
    assert re.search(r'value="home_death_rate" checked', chosen)
    assert "1年だけ・場面のすべての指標</summary>" in page_of(officer)
    # Where nothing is found they are open.
    assert '<details class="compared-conditions" open>' in page_of(officer, "?scene=emergency")


def test_an_area_of_few_towns_takes_from_its_prefecture_by_how_much_towns_differ(officer):
    """Alone they would be called beyond chance for differing as the towns of the prefecture do."""
    prefecture = plant(44)
    # Shares between 16 and 24 % among many: by far more apart than chance would put them.
    pairs = {at: (16_000 + (at * 17 % 44) * 190, 100_000) for at in range(1, 45)}
    tell_shares(2020, pairs)
    tell_shares(2019, {at: pair for at, pair in pairs.items() if at <= 6})
    area = MedicalArea.objects.create(
        prefecture=prefecture, scheme="medical_2024", code="9801", name="東"
    )
    for at in range(1, 7):
        member = Municipality.objects.get(code=town(at))
        MedicalAreaMember.objects.create(area=area, municipality=member)

    page = page_of(officer, f"?group=area-9801&indicator={SHARE}")
    assert "*" not in " ".join(row(page, at) for at in range(1, 7))
    assert "都道府県のすべての市町村で見積もった大きさを使っています" in page

    # And so do stars, list and sentences, where they are read.
    assert "範囲を広げて判定" in page.split("<thead>")[1].split("</thead>")[0]
    for view in ("map", "funnel"):
        drawn = page_of(officer, f"?indicator={SHARE}&view={view}&town={town(1)}")
        assert "地域どうしのばらつきの分だけ広げています。</p>" in drawn
        assert "（範囲は、地域どうしのばらつきの分だけ広げています。）" in drawn
    assert '<span class="aside">範囲を広げて判定</span>' in page_of(
        officer, f"?indicator={SHARE}&view=profile&town={town(1)}"
    )

    # The control: of a year that only they have nothing can be estimated, and it says so.
    page = page_of(officer, f"?group=area-9801&indicator={SHARE}&year=2019")
    assert "**" in " ".join(row(page, at) for at in range(1, 7))
    assert "地域どうしの差の大きさを見積もれません" in page
    assert "範囲を広げて判定" not in page


def test_what_is_the_median_itself_is_not_called_higher_than_it(officer):
    plant(11)
    tell(SHARE, 2020, dict.fromkeys(range(1, 7), 0) | {at: at for at in range(7, 12)})

    page = page_of(officer, f"?indicator={SHARE}&view=map")
    book = load_workbook(io.BytesIO(officer.get(f"{PAGE}export/?indicator={SHARE}").content))

    assert "（中央値と同じ）" in row(page, 1)
    assert "中央値より高い" not in row(page, 1)
    assert "▅" not in row(page, 1)
    assert "中央値より高い" in row(page, 7)
    assert page.count(">中央値と同じ<") >= 6
    assert book["区分"].cell(2, 3).value == "中央値と同じ"
    head, first, *_ = book["データ"].iter_rows(values_only=True)
    assert first[head.index("位置")] == "中央値と同じ"


def test_a_withheld_value_is_called_so_above_its_picture(officer):
    plant(3)
    tell("home_death_rate", 2020, {1: 10, 2: None})

    page = page_of(officer, "?indicator=home_death_rate&view=multiples")

    titles = dict(re.findall(r'multiple-name">([^<]*)<.*?multiple-value">([^<]*)<', page))
    assert titles["町2"] == "秘匿"
    assert titles["町3"] == "値なし"


def test_the_sentence_on_too_few_counts_who_is_compared_and_not_who_is_shown(officer):
    """One row of twelve is left, and it has its colour; of three compared none has."""
    plant(12)
    pairs = {at: (3000 + at, 10_000) for at in range(1, 12)}
    tell_shares(2020, pairs | {12: (2000, 10_000)})
    query = f"?indicator={SHARE}&only=q1"

    page = page_of(officer, query)

    assert ROW.findall(page) == [town(12)]
    assert "上位・下位を分けられない" not in page


def test_of_too_few_it_says_how_many_are_compared(officer):
    plant(3)
    tell_shares(2020, {at: (3000 + at, 10_000) for at in range(1, 4)})

    assert "比べているのは3市町村です。" in page_of(officer, f"?indicator={SHARE}")


def test_of_few_places_the_lines_are_seen_and_a_zero_without_provider_has_its_own_words(officer):
    plant(3)
    tell(ABOVE, 2020, {1: 8000, 2: 1800, 3: 570})
    tell(STATIONS, 2020, {1: 5, 2: 1, 3: 0})

    page = page_of(officer, f"?indicator={STATIONS}&view=funnel")

    curve = re.search(r'<path class="funnel-rare" d="(.*?)"', page)[1]
    told = {
        x for x, y in re.findall(r"[ML]([\d.]+) (-?[\d.]+)", curve) if TOP <= float(y) <= BOTTOM
    }
    assert min(map(float, told)) < 150
    assert max(map(float, told)) > 600
    said = page.split("この図の読み方：")[1].split("</p>")[0]
    assert "破線の四角は提供する所がない0です" in said
    assert "0でも偶然の範囲内のため、下の曲線はありません" in said
    assert "参考値" not in said
    assert page.count('class="funnel-unprovided"') == 1
