"""Reading a 回答票 that came back: whose it is, what it answers, and what is wrong with it by cell. No database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from indicators.entering import kinds
from indicators.entering.importing import Unreadable
from indicators.intake.sheets import book
from indicators.long_format import FORMULA
from reports.inquiry.questions import Asked, digest, read
from reports.inquiry.sheet import ANSWER, FORM, HEADER, INQUIRY, KEYS, MARK, TOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.intake.sheets.book import Book
    from reports.models import Inquiry

MEGABYTE = 1 << 20
LARGEST = 2 * MEGABYTE
TOO_LARGE = "ファイルが大きすぎます。2MBまでの回答票を選んでください。"
CODE_LENGTH = 6
SHOWN = 40
NO_CSV = (
    "CSVのファイルからは、どの照会のどの市町村の回答かが分かりません。"
    "お送りした回答票を、Excelブック（.xlsx）のまま保存して選んでください。"
)
NO_BOOK = (
    "ファイルの名前は「{suffix}」ですが、中身はExcelブックではありません（壊れているか、名前だけを変えたファイルです）。"
    "お送りした回答票を、Excelブック（.xlsx）のまま保存して選んでください。"
)
NO_FORM = (
    f"この照会の回答票ではありません（「{KEYS}」のシートがありません）。"
    "お送りした回答票に入力してください。シートを非表示にしたときは、表示に戻してください。"
)
NO_SHEET = f"「{FORM}」のシートがありません。シートの名前を「{FORM}」に戻してください。"
OTHER_INQUIRY = (
    "別の照会（{title}）の回答票です。この照会の回答票をダウンロードして、入力し直してください。"
)
OTHER_TOWN = "{name}の回答票です。{wanted}の回答票を選んでください。"
NOT_ASKED = "市区町村コード「{code}」は、この照会の対象にありません。回答票を確かめてください。"
LOST_ZERO = (
    "市区町村コードの先頭の0がなくなっています（「{code}」）。「0{code}」に直すと、{name}のコードになります。"
    "正しい市町村かを確かめて、直してください。"
)
OTHER_QUESTIONS = (
    "質問が、送信した照会と違います。回答票をもう一度ダウンロードして、入力し直してください。"
)
CHANGED = "質問が書き換えられています。「{text}」に戻してください。"
GONE = "{name}の行がありません。行を削除せずに、回答票に入力し直してください。"
TWICE = "{name}の行が二つあります。一つにしてください。"
UNKNOWN = "「{text}」という番号の質問はありません。加えた行を削除してください。"
IS_FORMULA = "数式が入っています。数式の結果の値を入力してください。"
REQUIRED = "必ず回答する質問です。回答を入力してください。"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong, with its cell (「回答票 D12」) or without."""

    place: str
    message: str


@dataclass(slots=True)
class Filled:
    """One file: whose it is, the answers by the key of the question, and what keeps it from being taken in."""

    file_name: str
    code: str = ""
    name: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    # It would take the place of what the prefecture has entered already.
    is_over: bool = False

    @property
    def is_good(self) -> bool:
        return not self.remarks

    def refuse(self, message: str, place: str = "") -> None:
        self.remarks.append(Remark(place, message))


def take(  # noqa: PLR0913 -- a file is read against all of these
    content: bytes,
    file_name: str,
    *,
    inquiry: Inquiry,
    asked: tuple[Asked, ...],
    towns: Mapping[str, str],
    is_final: bool,
) -> Filled:
    """Read a file against a 照会; `towns` are those whose answers may come in, code → name.

    `is_final`: what must be answered has to be, for nobody looks at it again.
    """
    found = Filled(file_name[:200])
    try:
        sheets = sheets_of(content, file_name)
    except Unreadable as error:
        found.refuse(str(error))
        return found
    _identify(found, sheets[KEYS], inquiry=inquiry, asked=asked, towns=towns)
    if found.is_good:
        _answers(found, sheets[FORM], asked, is_final=is_final)
    return found


def sheets_of(content: bytes, file_name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the rows of the visible sheets by name. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(TOO_LARGE)
    read_book = book.read(content, file_name=file_name)
    if read_book.described.startswith("CSV"):
        raise Unreadable(_no_book(read_book, file_name))
    sheets = {one.name.strip(): one.rows for one in read_book.sheets}
    for name, sentence in ((KEYS, NO_FORM), (FORM, NO_SHEET)):
        if name not in sheets:
            raise Unreadable(sentence)
    return sheets


def _no_book(text: Book, file_name: str) -> str:
    """Say of a text that it is a CSV; of one in a single column, under the name of a workbook, that it is broken."""
    suffix = PurePath(file_name).suffix.lower()
    is_table = any(len(row) > 1 for sheet in text.sheets for row in sheet.rows)
    return NO_CSV if is_table or suffix not in kinds.BOOKS else NO_BOOK.format(suffix=suffix)


def _identify(
    found: Filled,
    rows: Iterable[tuple[str, ...]],
    *,
    inquiry: Inquiry,
    asked: tuple[Asked, ...],
    towns: Mapping[str, str],
) -> None:
    """Say which municipality's it is, or why it is none of this 照会."""
    told = {cell(row, 0): (number, cell(row, 1)) for number, row in enumerate(rows, 1)}
    _, key = told.get(INQUIRY, (0, ""))
    if key != inquiry.key:
        _, title = told.get("件名", (0, ""))
        found.refuse(OTHER_INQUIRY.format(title=title[:SHOWN] or "番号が読めません"))
        return
    number, code = told.get(TOWN, (0, ""))
    _, name = told.get("市区町村", (0, ""))
    found.code, found.name = code, towns.get(code, name[:SHOWN] or code)
    if code not in towns:
        found.refuse(_stranger(code, name, towns), f"{KEYS} B{number}")
    elif told.get(MARK, (0, ""))[1] != digest(asked):
        found.refuse(OTHER_QUESTIONS)


def _stranger(code: str, name: str, towns: Mapping[str, str]) -> str:
    padded = f"0{code}"
    if len(padded) == CODE_LENGTH and padded in towns:
        return LOST_ZERO.format(code=code, name=towns[padded])
    if len(towns) == 1 and name:
        return OTHER_TOWN.format(name=name[:SHOWN], wanted=next(iter(towns.values())))
    return NOT_ASKED.format(code=code[:SHOWN])


def _answers(
    found: Filled, rows: tuple[tuple[str, ...], ...], asked: tuple[Asked, ...], *, is_final: bool
) -> None:
    by_name = {one.name: one for one in asked}
    top = next((at for at, row in enumerate(rows) if cell(row, 0) == HEADER[0]), len(rows))
    seen: set[str] = set()
    for number, row in enumerate(rows[top + 1 :], top + 2):
        name = cell(row, 0)
        if name in seen:
            found.refuse(TWICE.format(name=name), f"{FORM} A{number}")
        elif name in by_name:
            seen.add(name)
            _answer(found, by_name[name], row, number, is_final=is_final)
        elif any(text.strip() for text in row):
            found.refuse(UNKNOWN.format(text=name[:SHOWN]), f"{FORM} A{number}")
    for name in [one for one in by_name if one not in seen]:
        found.refuse(GONE.format(name=name), FORM)


def _answer(
    found: Filled, one: Asked, row: tuple[str, ...], number: int, *, is_final: bool
) -> None:
    if "".join(cell(row, 1).split()) != "".join(one.row.text.split()):
        found.refuse(CHANGED.format(text=one.row.text[:SHOWN]), f"{FORM} B{number}")
        return
    place = f"{FORM} D{number}"
    written = row[ANSWER - 1] if len(row) >= ANSWER else ""
    if written == FORMULA:
        found.refuse(IS_FORMULA, place)
        return
    try:
        text = read(one.row, written)
    except ValidationError as error:
        found.refuse(f"{''.join(error.messages)}。".replace("。。", "。"), place)
        return
    found.texts[one.key] = text
    if is_final and one.row.is_required and not text:
        found.refuse(REQUIRED, place)


def cell(row: tuple[str, ...], column: int) -> str:
    return row[column].strip() if column < len(row) else ""
