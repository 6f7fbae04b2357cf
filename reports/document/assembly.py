"""The whole municipality-year document, out of every app's part in layer order and back again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

import indicators.document
import logicmodels.document
import municipalities.document
from municipalities.document import Problem
from reports.document import support

if TYPE_CHECKING:
    from municipalities.models import Cycle, User

SCHEMA_VERSION = 1
PARTS = (
    *municipalities.document.PARTS,
    *logicmodels.document.PARTS,
    *indicators.document.PARTS,
    *support.PARTS,
)


class Place(BaseModel):
    """Whose document it is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: str
    name: str
    prefecture: str


def _field(part: Any) -> tuple[Any, Any]:
    """Every part may be left out: what is not named is not touched."""
    return (part.schema | None if part.single else list[part.schema], None if part.single else [])


_fields: dict[str, Any] = {
    "schema_version": (int, ...),
    "municipality": (Place, ...),
    "fiscal_year": (int, ...),
    **{part.name: _field(part) for part in PARTS},
}
Document: Any = create_model(
    "MunicipalityYear",
    __config__=ConfigDict(extra="forbid", strict=True),
    __doc__="自治体・年度の文書",
    **_fields,
)


def assemble(cycle: Cycle, *, for_report: bool = False) -> dict[str, Any]:
    """Return the document of a year: one query per table, however many rows.

    `for_report` leaves out what stays 庁内; the exchange file and the API hold everything.
    """
    place = cycle.municipality
    return {
        "schema_version": SCHEMA_VERSION,
        "municipality": {
            "code": place.code,
            "name": place.name,
            "prefecture": place.prefecture.name,
        },
        "fiscal_year": cycle.fiscal_year,
        **{part.name: part.dump(cycle, for_report=for_report) for part in PARTS},
    }


def canonical(document: dict[str, Any]) -> bytes:
    """Return the bytes that are frozen and hashed: sorted keys, UTF-8, no spaces."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def etag(cycle: Cycle) -> str:
    return f'"{sha256(canonical(assemble(cycle)))}"'


def json_schema() -> dict[str, Any]:
    """Return the published JSON Schema of the document."""
    return Document.model_json_schema()


def load(cycle: Cycle, data: Any, *, by: User) -> list[Problem]:
    """Write a document over a year: all of it or, with any problem, nothing.

    Only the parts that `data` names are touched; in them rows are upserted by key, and rows of the
    year that are not named are deleted. Returns the problems by JSON pointer; none means done.
    """
    problems = shape_problems(cycle, data)
    if problems:
        return problems
    checked = Document.model_validate_json(json.dumps(data))
    values = checked.model_dump(mode="json", exclude_unset=True)
    with transaction.atomic():
        for part in PARTS:
            if part.name in values:
                part.load(cycle, values[part.name], by=by, problems=problems)
        if problems:
            transaction.set_rollback(True)
    return problems


def shape_problems(cycle: Cycle, data: Any) -> list[Problem]:
    """Return what is wrong before any row is looked at: types, names, version, whose it is."""
    try:
        checked = Document.model_validate_json(json.dumps(data))
    except ValidationError as error:
        return [Problem(pointer_of(one["loc"]), sentence_of(one["type"])) for one in error.errors()]
    problems = []
    if checked.schema_version != SCHEMA_VERSION:
        problems.append(Problem("/schema_version", f"この版は{SCHEMA_VERSION}だけを読み込めます。"))
    if checked.municipality.code != cycle.municipality.code:
        problems.append(
            Problem(
                "/municipality/code", "別の市区町村の文書です。読み込むファイルを確かめてください。"
            )
        )
    if checked.fiscal_year != cycle.fiscal_year:
        problems.append(
            Problem("/fiscal_year", "別の年度の文書です。読み込む年度を確かめてください。")
        )
    return problems


# What pydantic finds, by its error type, in words that say what to do.
SENTENCES = {
    "missing": "この項目が必要です。",
    "extra_forbidden": "この名前の項目はありません。名前を確かめるか、取り除いてください。",
    "string_type": "文字列で書いてください。",
    "string_pattern_mismatch": "書き方が決まりと違います。形式の説明を確かめてください。",
    "int_type": "整数で書いてください。",
    "list_type": "一覧（配列）で書いてください。",
    "enum": "決められた言葉のどれかを書いてください。",
    "model_type": "項目の集まり（オブジェクト）で書いてください。",
    "greater_than_equal": "値が小さすぎます。",
    "less_than_equal": "値が大きすぎます。",
}
OTHER = "この内容は読み込めません。形式の説明を確かめてください。"


def sentence_of(kind: str) -> str:
    return SENTENCES.get(kind, OTHER)


def pointer_of(location: tuple[int | str, ...]) -> str:
    """Return a pydantic location as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(piece).replace("~", "~0").replace("/", "~1") for piece in location)
