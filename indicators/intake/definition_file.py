"""A prefecture's definitions in one workbook: its form, what a filled one would add, and taking it in, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.db import transaction

from indicators.choices import Accumulation, Direction, ValueKind
from indicators.definitions import defining
from indicators.definitions.prefecture_definition_forms import PrefectureDefinitionForm
from indicators.entering.importing import Unreadable
from indicators.intake.layouts.plan import key_of
from indicators.intake.sheets import book
from indicators.models import PrefectureDefinition
from municipalities.rows.workbooks import saved, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from municipalities.models import Prefecture, User

    # The number of a line in its file, and its cells by the names of fields.
    Row = tuple[int, dict[str, str]]

FIELDS = PrefectureDefinitionForm.Meta.fields
CHOICES = {"direction": Direction, "value_kind": ValueKind, "accumulation": Accumulation}
LEAST = ("name", "unit")
USUAL = {"decimals": "0", "multiplier": "1", "direction": "neutral", "value_kind": "count"}
MOST = 200
AN_HOUR = 3600
WIDTHS = {"直すこと": 80, "名称": 40, "書くこと": 80, "欄": 24}
NO_HEADING = "見出しの行に「名称」「単位」がありません。ひな形を保存して、その表に書いてください。"
NOTHING = "指標が1件も書かれていません。見出しの下の行に書いてください。"
TOO_MANY = f"一度に取り込めるのは{MOST}件までです。ファイルを分けてください。"
STANDS = "同じ名称の指標が、違う内容で登録されています。登録したものは、「県の指標」の画面で直してください。"
TWICE = "同じ名称の指標が、{number}行目にもあります。1つにしてください。"


@dataclass(frozen=True, slots=True)
class Line:
    """One definition of a file: what it would be, or in sentences why it cannot be."""

    number: int
    name: str
    form: PrefectureDefinitionForm
    is_same: bool
    refused: tuple[str, ...]


def label_of(name: str) -> str:
    return str(PrefectureDefinitionForm.base_fields[name].label)


def template() -> bytes:
    """Return the empty workbook, with a sheet that says what belongs into each column."""
    from openpyxl import Workbook

    empty = Workbook(write_only=True)
    headings = [label_of(name) for name in FIELDS]
    table(empty.create_sheet("県の指標"), headings, (), widths=WIDTHS, width=20)
    lines = [(label_of(name), told_of(name)) for name in FIELDS]
    table(empty.create_sheet("書き方"), ("欄", "書くこと"), lines, widths=WIDTHS, width=20)
    return saved(empty)


def told_of(name: str) -> str:
    told = str(PrefectureDefinitionForm.base_fields[name].help_text)
    if name in CHOICES:
        told = f"{told}「{'」「'.join(map(str, CHOICES[name].labels))}」のどれか。"
    return f"{told}必ず書きます。" if name in LEAST else told


def rows_in(content: bytes, *, file_name: str) -> list[Row]:
    """Return the filled lines of a file. Raises Unreadable."""
    lines = book.read(content, file_name=file_name).sheets[0].rows
    labels = {key_of(label_of(name)): name for name in FIELDS}
    for at, line in enumerate(lines):
        names = [labels.get(key_of(text), "") for text in line]
        if {*LEAST} <= {*names}:
            return filled(lines[at + 1 :], names, first=at + 2)
    raise Unreadable(NO_HEADING)


def filled(lines: Iterable[Sequence[str]], names: Sequence[str], *, first: int) -> list[Row]:
    found = [
        (number, {name: text.strip() for name, text in zip(names, line, strict=False) if name})
        for number, line in enumerate(lines, start=first)
        if any(text.strip() for text in line)
    ]
    if not found:
        raise Unreadable(NOTHING)
    if len(found) > MOST:
        raise Unreadable(TOO_MANY)
    return found


def examined(rows: Iterable[Row], *, year: int, prefecture: Prefecture) -> list[Line]:
    """Say of each line what it would do. Within the prefecture; one query."""
    stored = {one.name: one for one in PrefectureDefinition.objects.order_by("pk")}
    seen: dict[str, int] = {}
    found = []
    for number, cells in rows:
        data = as_typed(cells, year)
        form = PrefectureDefinitionForm(data, instance=PrefectureDefinition(prefecture=prefecture))
        name = data.get("name", "")
        refused = [
            f"{label_of(field)}：{told}"
            for field, ones in form.errors.items()
            for told in ([not_offered(field, data)] if field in CHOICES else ones)
        ]
        old = stored.get(name)
        is_same = not refused and old is not None and says_the_same(form, old)
        if old is not None and not is_same and not refused:
            refused.append(STANDS)
        if name in seen:
            refused.append(TWICE.format(number=seen[name]))
        seen.setdefault(name, number)
        found.append(Line(number, name, form, is_same, tuple(refused)))
    return found


def not_offered(name: str, data: dict[str, str]) -> str:
    """Say which words a column of choices takes; they are the only thing that can be wrong with it."""
    words = "」「".join(map(str, CHOICES[name].labels))
    return f"「{data.get(name, '')[:20]}」は書けません。「{words}」のどれかを書いてください。"


def as_typed(cells: dict[str, str], year: int) -> dict[str, str]:
    """Return the cells as the form takes them: choices by their labels, the usual where nothing is written."""
    data = {"fiscal_year": str(year)} | USUAL | {name: text for name, text in cells.items() if text}
    for name, choices in CHOICES.items():
        by_label = {key_of(str(label)): value for value, label in choices.choices}
        data[name] = by_label.get(key_of(data.get(name, "")), data.get(name, ""))
    return data


def says_the_same(form: PrefectureDefinitionForm, stored: PrefectureDefinition) -> bool:
    return all(form.cleaned_data[name] == getattr(stored, name) for name in FIELDS)


def take(lines: Iterable[Line], *, prefecture: Prefecture, by: User) -> int:
    """Add what is new, all or nothing; return how many. The caller has refused what cannot be taken."""
    fresh = [one for one in lines if not one.is_same]
    with transaction.atomic():
        for one in fresh:
            defining.add(one.form.save(commit=False), key="", prefecture=prefecture, by=by)
    return len(fresh)


def error_book(lines: Iterable[Line]) -> bytes:
    """Return what is to be put right as a workbook, one line for each sentence."""
    from openpyxl import Workbook

    made = Workbook(write_only=True)
    rows = [(one.number, one.name, told) for one in lines for told in one.refused]
    sheet = made.create_sheet("直すところ")
    table(sheet, ("行", "名称", "直すこと"), rows, widths=WIDTHS, width=8)
    return saved(made)


def salt(prefecture: Prefecture, by: User) -> str:
    return f"indicators.definition_file:{prefecture.pk}:{by.pk}"


def kept(rows: list[Row], *, prefecture: Prefecture, by: User) -> str:
    """Return the lines as text that the page carries until they are confirmed."""
    return signing.dumps(rows, salt=salt(prefecture, by), compress=True)


def carried(text: str, *, prefecture: Prefecture, by: User) -> list[Row] | None:
    """Return what `kept` has made; None where it is another's, changed or older than an hour."""
    try:
        rows = signing.loads(text, salt=salt(prefecture, by), max_age=AN_HOUR)
    except signing.BadSignature:
        return None
    return [(number, cells) for number, cells in rows]
