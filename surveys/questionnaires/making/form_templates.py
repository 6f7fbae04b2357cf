"""Templates of questionnaires and the library of single questions, as the data file has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from surveys.choices import QuestionType
from surveys.questionnaires.making.questionnaire_document import AskedRow
from surveys.questionnaires.shape import option_lines

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class Template:
    """A questionnaire to begin with; `asked` are rows of the document whose keys name one another."""

    key: str
    name: str
    title: str
    target: str
    opening: str
    closing: str
    asked: tuple[dict[str, Any], ...]

    @property
    def count(self) -> int:
        return sum(one["kind"] != QuestionType.SECTION for one in self.asked)


@dataclass(frozen=True)
class Offer:
    """What the library offers: one question, or several that belong together."""

    key: str
    name: str
    about: str
    asked: tuple[dict[str, Any], ...]


@cache
def templates() -> tuple[Template, ...]:
    return tuple(
        Template(**one | {"asked": _asked(one["asked"])}) for one in _read("form_templates.json")
    )


def template(key: str) -> Template | None:
    return next((one for one in templates() if one.key == key), None)


@cache
def library() -> tuple[Offer, ...]:
    return tuple(
        Offer(**one | {"asked": _asked(one["asked"])}) for one in _read("form_library.json")
    )


def taken(keys: list[str]) -> list[dict[str, Any]]:
    """Return the questions of these offers, in the order of the library."""
    return [asked for one in library() if one.key in keys for asked in one.asked]


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found


def _asked(rows: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    return tuple(_expanded(one) for one in rows)


def _expanded(one: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the file as a row of the document: options and rows are lines, skips stand apart."""
    skips = one.get("skips", {})
    options, problems = option_lines.read("\n".join(one.get("options", ())))
    if problems:
        raise ValueError(problems)
    rest = {name: value for name, value in one.items() if name not in {"options", "rows", "skips"}}
    row = rest | {
        "options": [
            vars(option) | {"key": f"{one['key']}-{at}", "skip_to": skips.get(option.label, "")}
            for at, option in enumerate(options, 1)
        ],
        "matrix_rows": [
            {"key": f"{one['key']}-r{at}", "label": label}
            for at, label in enumerate(one.get("rows", ()), 1)
        ],
    }
    return AskedRow.model_validate_json(json.dumps(row)).model_dump()
