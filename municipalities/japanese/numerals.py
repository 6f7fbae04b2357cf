"""Reads numbers as offices type and paste them: full width, commas, units, ▲, %; pure, without Django.

What can be read two ways (10~20, 八十, ①, 1e3, 1_000) is refused with a sentence that says what to type.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

EXAMPLE = "数字で入力してください（例：1234）"
MAX_TYPED = 60

# Only these are folded. NFKC would also turn ① and ² into digits, and ½ into 1⁄2.
_FOLD = str.maketrans(
    {
        **dict(zip("０１２３４５６７８９．，％＋￥", "0123456789.,%+¥", strict=True)),
        **dict.fromkeys("－−‐‑‒–—―", "-"),
        **dict.fromkeys("　\u00a0\u2007\u2009\u202f", " "),
        "△": "▲",
    }
)
# The long vowel mark is what the minus key gives in kana; inside a word (パーセント) it is itself.
_KANA_MINUS = re.compile(r"^\s*[ーｰ]")
_SPACES = re.compile(r"[ \t\r\n]+")
_TYPED = re.compile(r"(?P<sign>[-+▲]?) ?(?P<digits>\d[\d,. ]*|\.\d+)(?P<unit>.*)", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([ ,])\d{3})(?:\1\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+", re.ASCII)
_RANGE = re.compile(r"\d ?(?:~|〜|～|から|-|/|:) ?\d", re.ASCII)
_BIG = re.compile(r"\d.*[十百千万億兆]", re.ASCII)
_NOT_ARABIC = re.compile("[〇一二三四五六七八九十百千万億壱弐参①-⑳Ⅰ-ⅿ½¼¾⅐-⅞²³¹⁰-₉]")
_SAME_UNIT = {
    "パーセント": "%",
    "ポイント": "pt",
    "名": "人",
    "カ所": "か所",
    "ヵ所": "か所",
    "ヶ所": "か所",
    "ケ所": "か所",
    "箇所": "か所",
    "個所": "か所",
}
# What a unit counts, as far as it is the same beside a number: 「人」 of 「人／月（平均）」. Of 「人／10万人」 it is not:
# who types 「1,630人」 there has another number.
_COUNTED = re.compile(
    r"([^／（]+)(?:（[^（）]*）)?(／(?:月|年度?|日|週|四半期|半期))?(?:（[^（）]*）)?"
)
# Words say what is missing; signs mean what their source says they mean, so a caller has to ask.
_STATES = {
    "該当なし": "not_applicable",
    "非該当": "not_applicable",
    "不明": "unknown",
    "不詳": "unknown",
    "秘匿": "suppressed",
}
_SIGNS = {
    "-": "－",
    "…": "…",
    "...": "…",
    "・": "・",
    "･": "・",
    "x": "x",
    "X": "x",
    "ｘ": "x",
    "Ｘ": "x",
    "***": "x",
}


class NumeralError(ValueError):
    """What was typed is no number; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """What was read; nothing typed leaves everything empty.

    `state` is a ValueState word when the typist named it (該当なし, 不明, 秘匿), `sign` one of 「－」「…」「・」「x」,
    whose meaning depends on the source and has to be asked.
    """

    value: Decimal | None = None
    state: str = ""
    sign: str = ""


NOTHING = Numeral()


def read(text: str, *, unit: str = "") -> Numeral:
    """Read one typed or pasted number; `unit` may follow it, any other unit is refused.

    Raises NumeralError. Source of the accepted spellings: the table of the entry grid.
    """
    if not text:
        return NOTHING
    folded = _SPACES.sub(" ", _KANA_MINUS.sub("-", text).translate(_FOLD)).strip()
    if not folded:
        return NOTHING
    if folded in _STATES or folded in _SIGNS:
        return Numeral(state=_STATES.get(folded, ""), sign=_SIGNS.get(folded, ""))
    if len(folded) > MAX_TYPED:
        raise NumeralError("桁が多すぎます。数字を確かめて、もう一度入力してください")
    return Numeral(value=_number(f"{folded[1:]}円" if folded.startswith("¥") else folded, unit))


def whole(text: str, *, most_digits: int) -> int | None:
    """Return the number of a hidden field or an address, in plain digits; None for anything else.

    `most_digits` is what the column holds that it is looked for in: databases refuse longer ones.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= most_digits
    return int(text) if is_number else None


def version(text: str) -> int:
    """Return the version of a row that a form was opened on; 0, a new row, for anything that is none."""
    return whole(text, most_digits=9) or 0


def _number(folded: str, unit: str) -> Decimal:
    found = _TYPED.fullmatch(folded)
    if found is None:
        raise NumeralError(_advice(folded))
    _check_unit(found["unit"].strip(), unit, folded)
    return _value(found["sign"], found["digits"].strip(), folded)


def _value(sign: str, digits: str, typed: str) -> Decimal:
    if not _GROUPED.fullmatch(digits):
        raise NumeralError(_advice(typed))
    value = Decimal(digits.replace(" ", "").replace(",", ""))
    return -value if sign in {"-", "▲"} and value else value


def _check_unit(typed: str, unit: str, whole: str) -> None:
    if not typed or any(same_unit(typed, one) for one in _short_forms(unit)):
        return
    if not re.fullmatch(r"[^\d_.,~〜～+\-:：=]{1,8}", typed) or _advice(whole) != EXAMPLE:
        raise NumeralError(_advice(whole))
    if re.fullmatch(r"[A-Za-z_]+", typed) and not unit:
        raise NumeralError(EXAMPLE)
    raise NumeralError(
        f"単位が「{unit}」と合いません。単位を確かめて、数字だけを入力してください"
        if unit
        else "単位を付けずに、数字だけを入力してください（例：1234）"
    )


def same_unit(typed: str, unit: str) -> bool:
    """Whether two spellings mean one unit: か所 and 箇所, 人 and 名, ％ and %."""
    return bool(unit) and _plain_unit(typed) == _plain_unit(unit)


def _short_forms(unit: str) -> tuple[str, ...]:
    """Return a unit as people write it behind a number: 人／月（平均）, 人／月 or 人."""
    found = _COUNTED.fullmatch(unit)
    if found is None:
        return (unit,)
    word, of_a_time = found.groups(default="")
    return (unit, f"{word}{of_a_time}", word)


def _plain_unit(unit: str) -> str:
    plain = unit.translate(_FOLD).replace("/", "／").strip(" ()（）").lower()
    return _SAME_UNIT.get(plain, plain)


def _advice(typed: str) -> str:
    if _RANGE.search(typed):
        return "数字を1つだけ入力してください（例：15）。幅があるときは、注記に書いてください"
    if _BIG.search(typed):
        return "「万」「億」などを使わずに、数字で入力してください（例：270000）"
    if _NOT_ARABIC.search(typed):
        return "漢数字や丸数字を使わずに、算用数字で入力してください（例：80）"
    if re.fullmatch(r"[-+▲]? ?[\d,. ]+", typed, re.ASCII):
        return "カンマと小数点の位置を確かめてください（例：1,234.5）"
    return EXAMPLE


def grouped(value: Decimal | int, *, places: int | None = None) -> str:
    """A number as it is shown: 「1,234.5」, −5 as 「−5」. `places` fixes the printed digits, rounding half up."""
    if places is not None:
        value = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    shown = f"{abs(Decimal(value)):,f}"
    return f"−{shown}" if value < 0 else shown
