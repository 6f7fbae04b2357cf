"""A practice as bytes for others to read, and back. Pure.

The fields and their order are those of the ministry's library of cases (domain.md 3.10).
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, dataclass, fields

from councils.choices import Profession
from logicmodels.choices import work_item_with_letter
from municipalities.choices import Scene
from municipalities.japanese import fiscal
from municipalities.rows.published_copies import Frozen, frozen

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the town as it is printed, and whose it is."""

    label: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Case:
    """What others read. Tags are codes, empty where none is chosen; `activity` is what it began from."""

    title: str
    town: str
    prefecture: str
    fiscal_year: int
    scene: str
    key_people: tuple[str, ...]
    work_items: tuple[str, ...]
    figures: tuple[Figure, ...]
    background: str
    outline: str
    hardship: str
    result: str
    help_received: str
    activity: str
    contact: str

    @property
    def scene_label(self) -> str:
        return str(Scene(self.scene).label)

    @property
    def people(self) -> tuple[str, ...]:
        """The key persons in words."""
        return tuple(str(Profession(code).label) for code in self.key_people)

    @property
    def items(self) -> tuple[str, ...]:
        """The work items in words, with the letter by which many towns call them."""
        return tuple(work_item_with_letter(code) for code in self.work_items)

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Label and text of every part that is written, in the order of the form."""
        parts = (
            ("取組の背景", self.background),
            ("取組の概要", self.outline),
            ("取組で苦労した点", self.hardship),
            ("取組の成果", self.result),
            ("都道府県による支援状況", self.help_received),
            ("もとになる取組", self.activity),
            ("問い合わせ先", self.contact),
        )
        return tuple((label, text) for label, text in parts if text)

    @property
    def named(self) -> str:
        """「見本県見本市　令和8年度（2026年度）」."""
        return f"{self.prefecture}{self.town}　{fiscal.label(self.fiscal_year)}"

    @property
    def words(self) -> str:
        """Every word of it, normalised for searching."""
        told = (self.title, self.prefecture, self.town, self.scene_label, *self.people, *self.items)
        return folded("\n".join((*told, *(text for _, text in self.texts))))


def folded(text: str) -> str:
    """Return a text in which width and case of letters make no difference."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def freeze(case: Case) -> Frozen:
    """Return the copy: sorted keys, UTF-8, no spaces."""
    return frozen({"schema_version": SCHEMA, "case": asdict(case)})


def thaw(content: bytes) -> Case:
    """Return the case of a copy, of what this reader knows: a copy may be older or newer than it."""
    values = json.loads(content)["case"]
    names = {one.name for one in fields(Case)}
    known = {name: value for name, value in values.items() if name in names}
    known["figures"] = tuple(Figure(**one) for one in known["figures"])
    for name in ("key_people", "work_items"):
        known[name] = tuple(known[name])
    return Case(**known)
