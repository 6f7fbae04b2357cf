"""Which place a row of a statistic is about: a town, a ward, a prefecture, the nation, or one that is not ours. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from indicators.choices import CodeForm, PlaceKind
from municipalities import codes
from municipalities.entrance.scopes import NATION_CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NATION_WORDS = frozenset({"全国", "全国計", "全国平均", "全国値", "日本全国"})
# Of what is the total? Beside a prefecture's name of that, in the prefecture's column of the nation, else unknown.
TOTAL_WORDS = frozenset(
    {"合計", "総数", "総計", "計", "県計", "都道府県計", "市町村計", "市区町村計"}
)
PARTS_OF_MANY = frozenset({"市部", "郡部", "市計", "郡計", "町村計", "町村部", "その他"})
# The 23 wards taken together are no municipality.
WARDS_OF_TOKYO = frozenset({"東京都の区部", "東京都区部", "特別区部", "特別区", "区部"})
CODE_OF_WARDS_OF_TOKYO = "13100"
# 広域連合 and 一部事務組合 insure several towns: their figures are nobody's, and no town's is told apart.
OF_SEVERAL = re.compile(r".+(?:連合|組合)")
# Six villages without inhabitants, which the resident register lists.
NORTHERN_VILLAGES = frozenset({"01695", "01696", "01697", "01698", "01699", "01700"})
COUNTY = re.compile(r"[^\d\s]{1,10}(?:郡|支庁)|島しょ")
CODE_OF_NATION, CODE_OF_PREFECTURE = "00000", re.compile(r"(\d\d)000", re.ASCII)
DASHES = re.compile("[-‐‒–—―−ー・*]*")
FIVE, SIX = codes.LENGTH - 1, codes.LENGTH
LARGEST_NAME, LONGEST_CELL = 30, 100


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of the country, and whose file it is: `prefecture` is two digits, or empty for all of it.

    `by_code`: kind, code and prefecture of each town and ward by its six digits; `names` of the same;
    `prefectures`: names by two digits; `former`: codes no longer in use with those that follow;
    `find`: the codes of all places of a name, in a prefecture where one is given.
    """

    by_code: Mapping[str, tuple[str, str, str]]
    find: Callable[[str, str], Sequence[str]]
    names: Mapping[str, str] = field(default_factory=dict)
    prefectures: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, Sequence[str]] = field(default_factory=dict)
    prefecture: str = ""

    def is_ours(self, prefecture: str) -> bool:
        return self.prefecture in {"", prefecture}


@dataclass(frozen=True, slots=True)
class Located:
    """Where a row belongs: a place, or elsewhere, or nowhere that can be said, or a sentence to ask.

    `passed_over` says what kind of row nobody needs to be asked about, though people have to know that it is left out.
    """

    kind: str = ""
    code: str = ""
    is_elsewhere: bool = False
    question: str = ""
    passed_over: str = ""


ELSEWHERE, NOWHERE = Located(is_elsewhere=True), Located()
UNION = Located(passed_over="複数の市区町村をまとめた保険者（広域連合など）")
FORMER_WARD = Located(passed_over="いまはない行政区")


def plain(text: str) -> str:
    """Return a name or a code as it is compared: without spaces and widths. What is too long for one is cut."""
    return folded(text[:LONGEST_CELL])


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def short(prefecture: str) -> str:
    """Return 青森 for 青森県; 北海道 has no shorter name."""
    return prefecture if prefecture == "北海道" else prefecture[:-1]


class Locator:
    """Finds the places of one file. `written`: all that stands in its column of places, for the doubtful ones."""

    def __init__(self, places: Places, code_form: str, written: Sequence[str] = ()) -> None:
        self.places, self.code_form = places, code_form
        names = places.prefectures.items()
        self.prefectures = {plain(name): code for code, name in names}
        self.prefectures |= {short(name): code for name, code in tuple(self.prefectures.items())}
        self.known: dict[tuple[str, str], Located] = {}
        self.has_lost_zeros = code_form == CodeForm.FIVE and any(
            self.only_with_zero(plain(text)) for text in set(written)
        )

    def only_with_zero(self, five: str) -> bool:
        """Whether these digits are no code of five, but one of six that has lost its zero."""
        return (
            len(five) == FIVE
            and codes.is_six_digits(f"0{five}")
            and f"0{five}" in self.places.by_code
            and codes.with_check_digit(five) not in self.places.by_code
        )

    def locate(self, text: str, prefecture: str = "") -> Located:
        key = (text, prefecture)
        if (found := self.known.get(key)) is None:
            name, beside = plain(text), plain(prefecture)
            if DASHES.fullmatch(name) or name in TOTAL_WORDS:
                found = self.total(beside)
            elif self.code_form == CodeForm.NAME or not any(letter.isdigit() for letter in name):
                found = self.named(name, beside)
            else:
                found = self.coded(codes.FRACTION.sub("", name))
            self.known[key] = found
        return found

    def total(self, beside: str) -> Located:
        """A row without a place of its own is about what stands beside it, if that is clear."""
        if beside in NATION_WORDS | TOTAL_WORDS:
            return self.nation()
        if prefecture := self.prefectures.get(beside):
            return self.whole(prefecture)
        return NOWHERE

    def nation(self) -> Located:
        return ELSEWHERE if self.places.prefecture else Located(PlaceKind.NATION, NATION_CODE)

    def whole(self, prefecture: str) -> Located:
        """The prefecture as such."""
        if not self.places.is_ours(prefecture):
            return ELSEWHERE
        return Located(PlaceKind.PREFECTURE, prefecture)

    def town(self, code: str) -> Located:
        kind, own, prefecture = self.places.by_code[code]
        return Located(kind, own) if self.places.is_ours(prefecture) else ELSEWHERE

    def named(self, name: str, beside: str) -> Located:
        if name in NATION_WORDS:
            return self.nation()
        if name in WARDS_OF_TOKYO:
            return ELSEWHERE
        if name in PARTS_OF_MANY or COUNTY.fullmatch(name):
            return NOWHERE
        if prefecture := self.prefectures.get(name.removesuffix("計")):
            return self.whole(prefecture)
        return self.town_named(name, self.prefectures.get(beside, ""))

    def town_named(self, name: str, prefecture: str) -> Located:
        found = self.places.find(name, prefecture)
        if len(found) == 1:
            return self.town(found[0])
        ours = [code for code in found if self.town(code) is not ELSEWHERE]
        if (found and not ours) or (prefecture and not self.places.is_ours(prefecture)):
            return ELSEWHERE
        if not found and OF_SEVERAL.fullmatch(name):
            return UNION
        return Located(question=self.ask(name, found))

    def ask(self, name: str, found: Sequence[str]) -> str:
        if not found:
            return (
                f"「{name[:LARGEST_NAME]}」という市区町村は見つかりません。"
                "名称を確かめるか、団体コードの列を使ってください。"
            )
        listed = "、".join(self.full(code) for code in found)
        return f"「{name[:LARGEST_NAME]}」は{listed}があります。都道府県か団体コードの列を使ってください。"

    def full(self, code: str) -> str:
        prefecture = self.places.prefectures.get(self.places.by_code[code][2], "")
        return f"{prefecture}の{self.places.names.get(code, '')}（{code}）"

    def coded(self, written: str) -> Located:
        six = self.six(written)
        if six[:FIVE] == CODE_OF_NATION:
            return self.nation()
        if six[:FIVE] == CODE_OF_WARDS_OF_TOKYO:
            return ELSEWHERE
        if six[:FIVE] in NORTHERN_VILLAGES:
            return NOWHERE
        whole = CODE_OF_PREFECTURE.fullmatch(six[:FIVE])
        if whole and whole[1] in self.places.prefectures and codes.is_valid(six):
            return self.whole(whole[1])
        return self.town(six) if six in self.places.by_code else self.doubtful(written)

    def six(self, written: str) -> str:
        """Return the six digits of a code that can be read in one way only, else nothing."""
        if marked := codes.MARKED.match(written):
            return codes.with_check_digit(marked[1])
        if codes.is_six_digits(written):
            return written
        return codes.with_check_digit(written) if self.is_five(written) else ""

    def is_five(self, written: str) -> bool:
        """Whether this is a code of five digits, and cannot be one of six that has lost its zero."""
        return (
            self.code_form == CodeForm.FIVE
            and len(written) == FIVE
            and written.isascii()
            and written.isdigit()
            and not (self.has_lost_zeros and f"0{written}" in self.places.by_code)
        )

    def doubtful(self, written: str) -> Located:
        """Ask about a code; about one that can only be another prefecture's nobody needs to know."""
        asked = f"R{written}" if self.is_five(written) else written
        reading = codes.read(asked, self.places.names, self.places.former)
        may_be = {code[:2] for code in reading.candidates}
        if not may_be and (self.is_five(written) or codes.is_six_digits(written)):
            may_be = {written[:2]} & set(self.places.prefectures)
        if may_be and not any(self.places.is_ours(prefecture) for prefecture in may_be):
            return ELSEWHERE
        if self.is_former_ward(asked):
            return FORMER_WARD
        return Located(question=reading.question)

    def is_former_ward(self, written: str) -> bool:
        """Whether a code was a ward's before wards were made anew; its city stands in a row of its own."""
        after = self.places.former.get(self.six(written), ())
        return bool(after) and all(self.is_ward(code) for code in after)

    def is_ward(self, code: str) -> bool:
        return code in self.places.by_code and self.places.by_code[code][0] == PlaceKind.WARD
