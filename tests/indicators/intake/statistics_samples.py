"""The files of statistics at hand, the catalogue as the pure part sees it, and a small country."""

import csv
from pathlib import Path
from types import SimpleNamespace

from indicators.intake.detecting import detecting
from indicators.intake.extracting import extracting
from indicators.intake.layouts import shipped
from indicators.intake.layouts.layout import Layout, Signs
from indicators.intake.layouts.locating import Places
from indicators.intake.sheets import book

FILES = Path(__file__).parents[2] / "data" / "statistics"
T107, T108 = "t107_clinic_home_cp932.csv", "estat_r5_t108_zaitaku_shien_shinryojo_cp932.csv"
SSDSE, REGISTER = "ssdse_a_2026_head120_cp932.csv", "soumu_juki_age_2025_head.xlsx"

# Rows of the nation, of 茨城県 and of insurers of several towns; one sheet in three of the second.
INSURED, CERTIFIED = "mhlw_ltc_annual_r5_02h_some.xlsx", "mhlw_ltc_annual_r5_04-1-1h_some.xlsx"
# Rows with sums of counties, of villages without inhabitants and of wards that are no more.
REGISTER_2023 = "soumu_juki_age_2023_some.xlsx"


def definitions():
    found = {}
    for name in ("catalogue", "background"):
        for line in shipped.lines_of(f"{name}.csv"):
            line["multiplier"] = int(line["multiplier"])
            found[line["code"]] = SimpleNamespace(**line, label=line["name"])
    return found


def layouts():
    """The shipped layouts, read without a database."""
    columns = {}
    for line in shipped.lines_of("layout_columns.csv"):
        columns.setdefault(line["layout"], []).append(shipped.as_column(line))
    return [layout(line, columns.get(line["code"], ())) for line in shipped.lines_of("layouts.csv")]


def layout(line, columns):
    row = shipped.as_row(line)
    signs = Signs(**{name: getattr(row, name) for name in shipped.SIGNS})
    names = (*shipped.TEXTS, *shipped.NUMBERS, "fiscal_year", "code")
    fields = {name: getattr(row, name) for name in names}
    return Layout(signs=signs, columns=tuple(columns), **fields)


def read(name):
    return book.read((FILES / name).read_bytes(), file_name=name)


def proposed(name, known=None, **options):
    """Return the sheet's rows and the layout that is proposed for a file at hand."""
    read_book = read(name)
    found = detecting.propose(
        read_book,
        options.get("file_name", name),
        layouts() if known is None else known,
        definitions(),
    )
    return detecting.sheet_of(read_book, found).rows, found


def table(*lines):
    return [tuple(line) for line in csv.reader(lines)]


TOWNS = {
    "011002": "札幌市",
    "011011": "札幌市中央区",
    "012203": "士別市",
    "082015": "水戸市",
    "082023": "日立市",
    "122033": "市川市",
    "132063": "府中市",
    "342084": "府中市",
    "131016": "千代田区",
}
WARDS = {"011011"}
PREFECTURES = {
    "01": "北海道",
    "08": "茨城県",
    "12": "千葉県",
    "13": "東京都",
    "26": "京都府",
    "34": "広島県",
}


def places(prefecture=""):
    def find(name, within=""):
        return [
            code
            for code, town in TOWNS.items()
            if name in {town, PREFECTURES[code[:2]] + town} and within in {"", code[:2]}
        ]

    return Places(
        by_code={
            code: ("ward" if code in WARDS else "municipality", code, code[:2]) for code in TOWNS
        },
        find=find,
        names=TOWNS,
        prefectures=PREFECTURES,
        former={"082031": ["082023"]},
        prefecture=prefecture,
    )


def extract(lines, layout, prefecture=""):
    return extracting.extract(lines, layout, places(prefecture), definitions())
