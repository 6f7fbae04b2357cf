"""The shape of the municipality-year document, and what is wrong with one, in words that say what to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

import coordinators.document
import councils.document
import indicators.document
import logicmodels.document
import municipalities.document
import surveys.document
from municipalities.rows.rows import Problem
from reports.document import calendar, carried, handover, practices, support, waivers
from reports.document.upgrading import NEWEST, upgraded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Cycle

SCHEMA_VERSION = NEWEST
# In layer order: a row is written after what it points at.
PARTS = (
    *municipalities.document.PARTS,
    *logicmodels.document.PARTS,
    *indicators.document.PARTS,
    *councils.document.PARTS,
    *coordinators.document.PARTS,
    *surveys.document.PARTS,
    *support.PARTS,
    *practices.PARTS,
    *carried.PARTS,
    *calendar.PARTS,
    *waivers.PARTS,
    *handover.PARTS,
)


class Place(BaseModel):
    """どの市区町村の文書か。code で見分ける"""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: str = Field(title="全国地方公共団体コード", description="6桁")
    name: str = Field(title="市区町村名")
    prefecture: str = Field(title="都道府県名")


def _nothing() -> None:
    """Stand for an unnamed part; a plain default would be published as if it were written."""


def _field(part: Any) -> tuple[Any, Any]:
    """Every part may be left out: what is not named is not touched."""
    if part.single:
        return part.schema | None, Field(default_factory=_nothing)
    return list[part.schema], Field(default_factory=list)


_fields: dict[str, Any] = {
    "schema_version": (int, Field(title="形式の版", description=f"{SCHEMA_VERSION}")),
    "municipality": (Place, ...),
    "fiscal_year": (int, Field(title="年度", description="西暦")),
    **{part.name: _field(part) for part in PARTS if part.inside is None},
}
Document: Any = create_model(
    "MunicipalityYear",
    __config__=ConfigDict(extra="forbid", strict=True),
    __doc__=(
        "自治体・年度の文書。書き戻すときは、名前を書いた部分だけを、キーごとに行まるごと置き換えます。"
        "行の中で省いた項目は、前の内容ではなく既定値になります。"
        "書いた部分にない行は取り除きます（実績値は取り除きません）。名前を書かない部分は変わりません。"
    ),
    **_fields,
)


def json_schema(*, ref_template: str = "#/$defs/{model}") -> dict[str, Any]:
    """Return the published JSON Schema of the document."""
    return Document.model_json_schema(ref_template=ref_template)


def checked(data: Any, problems: list[Problem]) -> Any:
    """Return the Document in parsed JSON, or None with the problems of its types and names.

    A file of an earlier version is read as today's.
    """
    try:
        found = Document.model_validate_json(json.dumps(upgraded(data)))
    except ValidationError as error:
        problems.extend(in_words(error.errors(include_url=False, include_input=False)))
    except RecursionError:
        problems.append(Problem("", OTHER))
    else:
        if found.schema_version == SCHEMA_VERSION:
            return found
        message = (
            f"この形式の版は読み込めません。版{SCHEMA_VERSION}で書き出した文書を使ってください。"
        )
        problems.append(Problem("/schema_version", message))
    return None


def strangeness(document: Any, cycle: Cycle) -> list[Problem]:
    """Return why a document is not that of this municipality and year; empty if it is."""
    problems = []
    if document.municipality.code != cycle.municipality.code:
        message = "別の市区町村の文書です。読み込むファイルを確かめてください。"
        problems.append(Problem("/municipality/code", message))
    if document.fiscal_year != cycle.fiscal_year:
        message = "別の年度の文書です。読み込む年度を確かめてください。"
        problems.append(Problem("/fiscal_year", message))
    return problems


# What pydantic finds, by its error type, in words that say what to do.
DATE = "実在する日付を 2026-10-01 のように書いてください。"
SENTENCES = {
    "missing": "この項目が必要です。",
    "extra_forbidden": "この名前の項目はありません。名前を確かめるか、取り除いてください。",
    "string_type": "文字列で書いてください。",
    "string_pattern_mismatch": "書き方が決まりと違います。形式の説明を確かめてください。",
    "string_too_long": "{max_length}文字以内で書いてください。",
    "string_too_short": "空にせず、内容を書いてください。",
    "int_type": "整数で書いてください。",
    "int_parsing": "整数で書いてください。",
    "int_from_float": "整数で書いてください。",
    "too_long": "行が多すぎます。{max_length}行までに分けて送ってください。",
    "list_type": "一覧（配列）で書いてください。",
    "enum": "決められた言葉のどれかを書いてください：{expected}。",
    "literal_error": "決められた言葉のどれかを書いてください：{expected}。",
    "model_type": "項目の集まり（オブジェクト）で書いてください。",
    "model_attributes_type": "項目の集まり（オブジェクト）で書いてください。",
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "greater_than_equal": "{ge} 以上にしてください。",
    "less_than_equal": "{le} 以下にしてください。",
}
OTHER = "この内容は読み込めません。形式の説明を確かめてください。"


def in_words(errors: Iterable[Any]) -> list[Problem]:
    """Turn pydantic's errors into problems with pointers."""
    return [Problem(pointer_of(error["loc"]), sentence_of(error)) for error in errors]


def sentence_of(error: Any) -> str:
    """Return what to do about one error of pydantic."""
    words = {
        name: str(value).replace("' or '", "', '") for name, value in error.get("ctx", {}).items()
    }
    return SENTENCES.get(error["type"], OTHER).format(**words)


def pointer_of(location: tuple[int | str, ...]) -> str:
    """Return a pydantic location as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(piece).replace("~", "~0").replace("/", "~1") for piece in location)
