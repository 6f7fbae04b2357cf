"""全国地方公共団体コード: six digits, the last a check digit. A lost zero is asked about, never repaired."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LENGTH = 6
WEIGHTS = (6, 5, 4, 3, 2)
MODULUS = 11
# SSDSE writes the letter of its region level before the five digits: R01100.
MARKED = re.compile(r"R([0-9]{5})\Z")
# A spreadsheet hands whole numbers over with a fraction: 82015.0.
FRACTION = re.compile(r"\.0+\Z")
SHORT = re.compile(r"[0-9]{4,5}\Z")
EXAMPLE = "先頭の0も含めた6桁の数字で入力してください（例：082015）。"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed code says: the six digits, or else what to ask and which municipalities it may mean."""

    code: str | None
    question: str = ""
    candidates: tuple[str, ...] = ()


def check_digit(five: str) -> str:
    """Return the sixth digit for the first five (総務省 全国地方公共団体コード仕様)."""
    total = sum(int(digit) * weight for digit, weight in zip(five, WEIGHTS, strict=True))
    return str((MODULUS - total % MODULUS) % 10)


def is_valid(code: str) -> bool:
    return is_six_digits(code) and check_digit(code[:5]) == code[5]


def is_six_digits(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) == LENGTH


def validate_code(value: str) -> None:
    """Refuse a code that is not six half-width digits with a right check digit."""
    if not is_six_digits(value):
        raise ValidationError(f"全国地方公共団体コードは、{EXAMPLE}")
    if not is_valid(value):
        raise ValidationError(
            "全国地方公共団体コードの検査数字（6桁目）が合いません。コードを確かめてください。"
        )


def with_check_digit(five: str) -> str:
    """Complete the five digits of a column that is known to hold them without the sixth (国土数値情報 N03)."""
    return five + check_digit(five)


def read(
    text: str, names: Mapping[str, str], former: Mapping[str, Iterable[str]] | None = None
) -> Reading:
    """Read a code as typed or pasted. `names` maps the codes in use to names, `former` old codes to new ones.

    Five digits are either a code without its check digit or one that has lost its zero; both may exist
    (12203: 市川市 122033, 士別市 012203), so they are always asked about.
    """
    typed = FRACTION.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
    if marked := MARKED.match(typed):
        return _read_six(with_check_digit(marked[1]), names, former or {})
    if SHORT.match(typed):
        return _ask_which(typed, names)
    if not is_six_digits(typed):
        return Reading(None, f"「{text.strip()}」は市区町村のコードとして読めません。{EXAMPLE}")
    return _read_six(typed, names, former or {})


def _read_six(code: str, names: Mapping[str, str], former: Mapping[str, Iterable[str]]) -> Reading:
    if code in names:
        return Reading(code)
    if new := tuple(former.get(code, ())):
        return Reading(
            None,
            f"{code}は今は使われていないコードです。{_listed(new, names)}のどのデータですか。6桁で入力してください。",
            new,
        )
    if not is_valid(code):
        return Reading(
            None, f"{code}は検査数字（6桁目）が合いません。元の資料のコードを確かめてください。"
        )
    return Reading(None, f"{code}という市区町村はありません。元の資料のコードを確かめてください。")


def _ask_which(typed: str, names: Mapping[str, str]) -> Reading:
    candidates = tuple(sorted(_may_mean(typed) & set(names)))
    digits = len(typed)
    if not candidates:
        question = f"{typed}は{digits}桁です。全国地方公共団体コードを、{EXAMPLE}"
        return Reading(None, question)
    if len(candidates) == 1:
        asked = f"{_listed(candidates, names)}のことですか。"
    else:
        asked = f"{_listed(candidates, names)}のどれですか。"
    told = f"{_lost_zero(candidates, typed)}{typed}は{digits}桁なので、{asked}"
    return Reading(None, f"{told}先頭の0も含めた6桁で入力してください。", candidates)


def _may_mean(typed: str) -> set[str]:
    """Return the six-digit codes that these four or five digits may stand for."""
    without_check = with_check_digit(typed.zfill(LENGTH - 1))
    without_zero = "0" + typed
    return {without_check} | ({without_zero} if is_valid(without_zero) else set())


def _lost_zero(candidates: Iterable[str], typed: str) -> str:
    lost = [code for code in candidates if code.lstrip("0") == typed]
    return f"{lost[0]}が{len(typed)}桁になっていませんか。" if lost else ""


def _listed(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return "、".join(f"{names.get(code, '')}（{code}）" for code in codes)
