"""The coordinators of a prefecture as a workbook: its own posts, each once, beside what its towns have published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from coordinators.reading.prefecture_posts import People, in_words
from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved
from municipalities.rows.workbooks import table as fill_sheet
from reports.paper.settled import settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from coordinators.models import PrefecturePost, PublishedStructure
    from coordinators.reading.prefecture_posts import Kept, Totals
    from municipalities.models import Prefecture

OURS, THEIRS = "都道府県の配置", "市町村の体制"
WHOLE, AREA, TOWNS = "全域", "二次医療圏", "市町村"
COLUMNS = (
    *("年度", "置いている団体", "自治体コード", "市町村", "名称", "区分", "人数", "単位"),
    *("常勤・非常勤", "専従・兼務", "資格等"),
    *("対象の別", "対象", "対象の自治体コード", "主な業務", "出典"),
)
TOTAL_COLUMNS = ("年度", "置いている団体", "件数", "人数", "単位", "人数の記載がない件数")
WIDE = {"名称": 36, "対象": 32, "対象の自治体コード": 24, "主な業務": 48, "出典": 32, "内容": 80}
WIDTH = 14
PERSON = "人"
NOTES = (
    (
        "数え方",
        (
            "都道府県の配置は、いくつの市町村の体制図に表示されていても、一度だけ数えます。"
            "共同で置く体制は、代表の市町村の1行です。市町村の体制の人数に、都道府県の配置は入りません"
        ),
    ),
    ("市町村の体制", "市町村が「公開する」を押した時点の内容です。公開していない体制は入りません"),
    ("空欄", "人数の空欄は、記載がないことを表します。0は0人です"),
)


def make_workbook(
    kept: Kept, prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> bytes:
    """Return the workbook: one row a post or structure, the totals of the screen, and what they say."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = prefecture.name
    rows = [
        *(_post(post, kept.names) for post in kept.posts),
        *(_structure(one, kept.names) for one in kept.structures),
    ]
    for title, header, filled in (
        ("配置と体制", COLUMNS, rows),
        ("合計", TOTAL_COLUMNS, _totals(kept.totals, fiscal_year)),
        ("説明", ("項目", "内容"), _about(prefecture, fiscal_year, at=at)),
    ):
        fill_sheet(book.create_sheet(title), header, filled, widths=WIDE, width=WIDTH)
    return settled(saved(book), timezone.localdate(at))


def _post(post: PrefecturePost, names: Mapping[str, str]) -> tuple[object, ...]:
    kind = AREA if post.area else TOWNS if post.towns else WHOLE
    return (
        *(post.fiscal_year, OURS, None, None, post.name, post.get_level_display()),
        *(post.people, PERSON, post.get_employment_display(), post.get_duty_display()),
        post.qualifications,
        kind,
        post.area.name if post.area else in_words(post, names) or WHOLE,
        "、".join(post.town_codes) or None,
        *(post.work, post.source),
    )


def _structure(one: PublishedStructure, names: Mapping[str, str]) -> tuple[object, ...]:
    place = one.municipality
    codes = [place.code, *filter(None, one.partners.split(","))]
    return (
        *(one.fiscal_year, THEIRS, place.code, place.name, one.name, None),
        *(one.people, PERSON, None, None, None),
        TOWNS,
        "、".join(names.get(code, code) for code in codes),
        "、".join(codes),
        *(None, None),
    )


def _totals(totals: Totals, fiscal_year: int) -> Iterator[tuple[object, ...]]:
    together = People(
        totals.own.rows + totals.towns.rows,
        totals.together,
        totals.own.unstated + totals.towns.unstated,
    )
    for word, people in ((OURS, totals.own), (THEIRS, totals.towns), ("合わせて", together)):
        yield fiscal_year, word, people.rows, people.number, PERSON, people.unstated


def _about(
    prefecture: Prefecture, fiscal_year: int, *, at: dt.datetime
) -> Iterator[tuple[str, str]]:
    yield "資料", "コーディネーターの配置と体制"
    yield "都道府県", prefecture.name
    yield "年度", fiscal.label(fiscal_year)
    yield "保存した日時", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    yield from NOTES
