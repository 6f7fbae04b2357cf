"""A comparison on A3: the screen's numbers in as many tables as it needs, asked for by officers and drawn by the worker."""

import hashlib
import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from indicators.comparison.shape import Quarter
from indicators.models import Dataset, Definition, PublishedValue
from municipalities.kernel import jobs
from municipalities.models import Job, Municipality, Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from reports.models import PreparedFile
from reports.paper.rendering.client import RenderFailed
from reports.paper.rendering.protocol import Outcome
from reports.paper.report.sheet import Pdf
from reports.paper.towns.comparison import (
    COLUMNS_A_PAGE,
    ComparisonPaper,
    comparison_html,
    make_comparison,
    printed,
    spans,
)
from reports.prefecture.prepared import asking, comparing
from tests.indicators.comparison import comparisons

FILES = "/p/99/2026/files/"
ASK = f"{FILES}comparison/"
CHOSEN = (("比べた地域", "見本県の市町村（3）"),)
A3 = (1190.55, 841.89)


def paper_of(comparison, **told):
    made = {"owner": "見本県", "chosen": CHOSEN, "made_on": "令和8年（2026年）11月26日"}
    return ComparisonPaper(comparison=comparison, **made | told)


def large(places, columns):
    rows = [comparisons.place(f"{number:06}", f"村{number}") for number in range(places)]
    heads = [comparisons.column(f"c{number}", f"指標の{number}番目") for number in range(columns)]
    cells = {
        (row.code, head.code): comparisons.number(at * 7 % 97, quarter=Quarter(at % 4 + 1))
        for at, (row, head) in enumerate((row, head) for row in rows for head in heads)
    }
    return comparisons.comparison(rows, heads, cells)


@given(st.integers(0, 200))
def test_columns_are_shared_out_evenly(count):
    found = list(spans(count))

    assert [number for first, last in found for number in range(first, last)] == list(range(count))
    sizes = [last - first for first, last in found]
    assert all(0 < size <= COLUMNS_A_PAGE for size in sizes)
    assert not sizes or max(sizes) - min(sizes) <= 1
    assert len(found) == -(-count // COLUMNS_A_PAGE)


def rows_in(html):
    """Return the texts of every body row, without signs."""
    bodies = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    return [
        [re.findall(r'<th scope="row">(.*?)</th>', row)[0], *re.findall(r'class="n">(.*?)<', row)]
        for body in bodies
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def test_the_paper_has_the_screens_rows_and_numbers():
    html = comparison_html(paper_of(comparisons.three_towns()))

    rows = rows_in(html)
    assert rows[:3] == [
        ["=見本村", "10.0", "秘匿"],
        ["見本市", "25.0", "1,234"],
        ["見本町", "12.3", "0"],
    ]
    assert rows[3:6] == [
        ["見本県", "18.2", "－"],
        ["全国", "17.4", "－"],
        ["表の市町村をまとめた平均", "18.2", "－"],
    ]
    assert '<td class="q4"><span class="n">25.0</span><span class="sign">▲▲**</span>' in html
    assert '<td class="r"><span class="n">10.0</span><span class="sign">参</span>' in html
    assert "提供する所なし" in html
    assert "75歳以上人口千人あたり（回）" in html
    assert "自宅には、グループホームを含みません。" in html


def test_why_a_place_is_there_stands_below_its_name():
    towns = replace(
        comparisons.three_towns(), reasons={"990019": "人口1.2倍・75歳以上の割合は同じ"}
    )

    html = comparison_html(paper_of(towns))

    said = '<th scope="row">見本市<span class="said">人口1.2倍・75歳以上の割合は同じ</span></th>'
    assert html.count(said) == 1
    assert html.count("</span></th><td") == 1


def test_what_is_more_than_nothing_is_not_printed_as_nothing():
    column = comparisons.column("a")

    assert printed(comparisons.number("0.0096"), column).text == "0.01"
    assert printed(comparisons.number("0"), column).text == "0.0"


def test_prefectures_are_not_called_towns():
    towns = comparisons.three_towns()
    places = tuple(replace(one, kind="prefecture") for one in towns.places)

    html = comparison_html(paper_of(replace(towns, title="都道府県の比較", places=places)))

    assert "市町村" not in html.partition("比べた地域")[2].replace("見本県の市町村（3）", "")
    assert '<th scope="col">都道府県</th>' in html
    assert "表の都道府県をまとめた平均" in html


def test_names_are_repeated_beside_every_group_of_columns():
    of = large(4, 13)

    html = comparison_html(paper_of(of))

    rows = rows_in(html)
    names = [row[0] for row in rows if row[0].startswith("村")]
    assert names == ["村0", "村1", "村2", "村3"] * 2
    assert "指標1～6（全13指標）" in html
    assert "指標7～13（全13指標）" in html
    told = [row[1:] for row in rows if row[0] == "村2"]
    assert told[0] + told[1] == [
        f"{cell.value:.1f}" for key, cell in of.cells.items() if key[0] == "000002"
    ]


def test_hostile_names_are_texts():
    name = "<script>\"&'"
    of = comparisons.comparison(
        [comparisons.place("990019", name)], [comparisons.column("a", name)], {}, title=name
    )

    html = comparison_html(paper_of(of, owner=name, licences=(name,)))

    assert "<script>" not in html
    assert html.count(escape(name)) >= 5


def test_a_long_table_repeats_its_head_on_every_page():
    """With the real render process."""
    pdf = make_comparison(paper_of(large(100, 12)))

    pages = PdfReader(io.BytesIO(pdf.content)).pages
    assert len(pages) == pdf.pages == 7
    for number, page in enumerate(pages, 1):
        text = "".join(page.extract_text().split())
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A3, abs=1)
        assert f"{number}／7ページ" in text
        assert number == 7 or "市町村指標の" in text
    texts = ["".join(page.extract_text().split()) for page in pages]
    # Each group names every town once.
    for first in (0, 3):
        assert all(any(f"村{n}" in text for text in texts[first : first + 3]) for n in range(100))


def test_nothing_to_compare_is_still_a_paper():
    assert "指標の出典と注意" in comparison_html(paper_of(comparisons.comparison([], [], {})))


@pytest.fixture
def values(db):
    """Values of two indicators for the towns of 見本県."""
    dataset = Dataset.objects.create(
        code="sample", title="見本の調査", publisher="見本県", licence="CC BY 4.0"
    )
    codes = Municipality.objects.filter(prefecture__code="99").values_list("code", flat=True)
    for definition in Definition.objects.filter(
        code__in=("home_visit_clinics", "population_total")
    ):
        for number, code in enumerate(sorted(codes), 1):
            PublishedValue.objects.create(
                definition=definition,
                place_kind="municipality",
                place_code=code,
                fiscal_year=2023,
                value=Decimal(10 * number),
                dataset=dataset,
            )


@pytest.fixture
def officer(sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with within_prefecture(Prefecture.objects.get(code="99")):
        yield sign_in("officer")


def work():
    while job := Job.objects.claimable().filter(kind=asking.PAPER).first():
        jobs.run(job.pk)


def asked(officer, query=""):
    response = officer.post(f"{ASK}{query}")
    assert (response.status_code, response["Location"]) == (302, FILES)
    return PreparedFile.objects.making().get()


def test_an_officer_has_the_comparison_drawn(officer, values):
    """From the button to the saved paper, with the real render process."""
    page = officer.get("/p/99/2026/compare/?indicator=home_visit_clinics&sort=-home_visit_clinics")
    query = "?indicator=home_visit_clinics&amp;sort=-home_visit_clinics"
    assert f'action="{ASK}{query}"' in page.content.decode()
    row = asked(officer, query.replace("&amp;", "&"))
    assert row.query == query.replace("&amp;", "&")

    work()

    row = PreparedFile.objects.get(pk=row.pk)
    assert (row.state, row.included, row.file_name) == (
        "done",
        2,
        "市町村の比較_見本県_訪問診療を実施した診療所数_令和8年度まで.pdf",
    )
    response = officer.get(f"{FILES}{row.pk}/download/")
    content = b"".join(response.streaming_content)
    assert (response["Content-Type"], hashlib.sha256(content).hexdigest()) == (
        "application/pdf",
        row.sha256,
    )
    text = "".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    assert [text.index(name) for name in ("見本村", "見本町", "見本市")] == sorted(
        text.index(name) for name in ("見本村", "見本町", "見本市")
    )
    assert "の大きい順" in text
    listed = officer.get(FILES).content.decode()
    assert f'href="/p/99/2026/compare/{query}"' in listed
    assert "2ページ" in listed


@pytest.fixture
def quick_paper(monkeypatch):
    drawn = []
    content = b"%PDF-1.7 paper"
    made = Pdf(content, 3, hashlib.sha256(content).hexdigest())
    monkeypatch.setattr(comparing, "make_comparison", lambda paper: drawn.append(paper) or made)
    return drawn


def test_what_is_drawn_is_what_was_selected(officer, values, quick_paper):
    asked(officer, "?indicator=home_visit_clinics&year=2023&pool=3&view=map&nonsense=%3Cb%3E")
    work()

    (paper,) = quick_paper
    assert [column.code for column in paper.comparison.columns] == ["home_visit_clinics"]
    assert dict(paper.chosen)["年度"] == "令和5年度（2023年度）"
    assert paper.licences == ("CC BY 4.0",)


def test_a_paper_that_cannot_be_drawn_says_why(officer, values, monkeypatch, tmp_path):
    def fail(paper):
        raise RenderFailed.of(Outcome.MEMORY)

    monkeypatch.setattr(comparing, "make_comparison", fail)
    row = asked(officer)
    work()

    row = PreparedFile.objects.get(pk=row.pk)
    assert row.state == "failed"
    assert row.message.startswith("PDFが大きくなりすぎた")
    assert row.message in officer.get(FILES).content.decode()
    assert (
        list((tmp_path / "prepared" / "99").glob("*") if (tmp_path / "prepared").exists() else [])
        == []
    )


def test_who_gives_it_up_meanwhile_gets_no_paper(officer, values, monkeypatch, quick_paper):
    row = asked(officer)
    real = comparing.paper_of

    def paper_of_order(order, found):
        officer.post(f"{FILES}{row.pk}/cancel/")
        return real(order, found)

    monkeypatch.setattr(comparing, "paper_of", paper_of_order)
    work()

    row = PreparedFile.objects.get(pk=row.pk)
    assert (row.state, row.file) == ("cancelled", "")
    assert Job.objects.get(kind=asking.PAPER).state == "done"


def test_a_paper_and_a_zip_may_be_made_at_once(officer, values):
    asked(officer)
    officer.post(f"{FILES}ask/", {"kind": "interim"})

    assert set(PreparedFile.objects.making().values_list("kind", flat=True)) == {
        "comparison",
        "interim",
    }


SELECTED = ("", "?indicator=home_visit_clinics", "?indicator=home_visit_clinics&year=2023&pool=3")


def said(client, query):
    return client.post(f"{ASK}{query}", follow=True).content.decode()


def test_another_selection_waits_for_its_turn_and_the_same_is_made_once(officer, values):
    told = [said(officer, query) for query in (SELECTED[0], SELECTED[1], SELECTED[1])]

    assert "作成を始めました" in told[0]
    assert "先に依頼した1件に続けて作成します" in told[1]
    assert "同じ種類のファイルを作成しているところです" in told[2]
    queries = PreparedFile.objects.making().order_by("pk").values_list("query", flat=True)
    assert len(set(queries)) == len(queries) == 2
    assert Job.objects.filter(kind=asking.PAPER).count() == 2


def test_a_desk_has_so_many_in_the_making_and_no_more(officer, values, monkeypatch):
    monkeypatch.setattr(asking, "MOST_WAITING", 2)
    for query in SELECTED[:2]:
        said(officer, query)

    refused = said(officer, SELECTED[2])

    assert "作成を待っているファイルが2件あります" in refused
    assert PreparedFile.objects.making().count() == 2
    # What is in the making already says so, and who gives one up may ask again.
    assert "同じ種類のファイルを作成しているところです" in said(officer, SELECTED[1])
    officer.post(f"{FILES}{PreparedFile.objects.making().first().pk}/cancel/")
    assert "先に依頼した1件に続けて作成します" in said(officer, SELECTED[2])


@pytest.mark.parametrize("name", ["other-officer", "editor", "adviser"])
def test_nobody_else_asks_for_it(name, sign_in, values):
    assert sign_in(name).post(ASK).status_code == 404
