"""I03, I04, I12, I13, I21: what is said of an indicator itself."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from indicators.arithmetic import accumulating
from indicators.choices import ValueKind
from indicators.rules.reading import count, count_pursued, followed, pursued
from municipalities.kernel.findings import Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indicators.rules.reading import Followed, Known
    from municipalities.kernel.findings import Found, Year

SHARES = (ValueKind.RATIO, ValueKind.SURVEY_RATIO, ValueKind.RATE)
# Whether one who comes twice counts twice.
HOW_COUNTED = re.compile(r"延べ|延人|のべ|実人|実数|実利用|平均")
OF_PEOPLE = re.compile(r"^(人|名)")
# By which word a name says in which unit it counts.
NAMED_UNITS = (
    (re.compile(r"件数$"), re.compile(r"^件")),
    (re.compile(r"回数$"), re.compile(r"^(回|件)")),
    (re.compile(r"(人|者)数$"), re.compile(r"^(人|名)")),
)
NAME_OF_THE_TOWN = re.compile(r"名称[：:](.+)")
BRACKETS = re.compile(r"[（(][^）)]*[）)]")
# Pairs that are one thing in this work.
ONE_THING = re.compile(
    r"医療・介護|医療・ケア|医療と介護|介護と医療|診療所・病院|病院・診療所|医療機関・介護|入退院・外来|"
    r"(?:本人|患者|利用者)(?:・|と)(?:その)?家族|随時・|巡回・|医師・看護師"
)
JOINED = re.compile(r"・|及び|および|並びに|ならびに|(?<![時に])、|(?:数|率|割合|件|回)と")
IS_MEASURE = re.compile(r"(数|率|割合|件|回|点|人)$")
DEFINITION, INDICATOR = Way("indicators:own_edit"), Way("indicators:indicator")


def own(year: Year) -> list[Followed]:
    """Return the indicators whose definitions the town can mend itself."""
    return [one for one in followed(year) if not one.definition.is_national]


def _where_own(is_broken: Callable[[Known], bool]) -> Callable[[Year], Iterator[Found]]:
    def find(year: Year) -> Iterator[Found]:
        return (at_definition(one) for one in own(year) if is_broken(one.definition))

    return find


def at_definition(one: Followed, **words: str) -> Found:
    """Return an indicator as a place whose definition is to be mended."""
    return replace(one.found(**words), args=(one.definition.code,))


def has_no_base(definition: Known) -> bool:
    return definition.value_kind in SHARES and not definition.denominator.strip()


def count_shares(year: Year) -> int:
    return sum(one.definition.value_kind in SHARES for one in own(year))


def without_source(year: Year) -> Iterator[Found]:
    for one in pursued(year):
        lacking = "と".join(lacks(one))
        if lacking:
            yield one.found(what=lacking)


def lacks(one: Followed) -> list[str]:
    """Return what is not settled of where the number comes from.

    The catalogue names several sources of one number: which of them is the town's is told by its values.
    """
    definition = one.definition
    is_told = any(row.source.strip() for row in one.rows)
    if not definition.is_national:
        is_told = is_told or bool(definition.data_source.strip())
    settled = {"出典": is_told, "把握の頻度": bool(definition.frequency.strip())}
    return [name for name, is_settled in settled.items() if not is_settled]


def namesakes(year: Year) -> Iterator[Found]:
    alike: dict[str, list[Followed]] = defaultdict(list)
    for one in followed(year):
        alike[plain(one.definition.name)].append(one)
    for rows in alike.values():
        yield from (one.found() for one in rows[1:])


def plain(name: str) -> str:
    """Return a name without what people write in two ways: width, spaces, and marks between words."""
    return re.sub(r"[\s・「」『』]", "", unicodedata.normalize("NFKC", name)).casefold()


def is_unclear_count(definition: Known) -> bool:
    """Say whether a count has a unit that its name denies, or hides whether people are counted twice."""
    if definition.value_kind != ValueKind.COUNT:
        return False
    name = BRACKETS.sub("", definition.name)
    for ending, unit in NAMED_UNITS:
        if ending.search(name):
            if not unit.search(definition.unit):
                return True
            break
    told = definition.name + definition.unit + definition.numerator
    is_added_up = accumulating.grows(definition)
    return bool(is_added_up and OF_PEOPLE.search(definition.unit) and not HOW_COUNTED.search(told))


def count_own_counts(year: Year) -> int:
    return sum(one.definition.value_kind == ValueKind.COUNT for one in own(year))


def names(year: Year) -> Iterator[tuple[Followed, str]]:
    """Yield the names that the town has given itself: of own definitions, and in the notes of uses."""
    by_key = {one.key: one for one in followed(year)}
    for one in by_key.values():
        if not one.definition.is_national:
            yield one, one.definition.name
    told = {
        (use["indicator"], match[1])
        for use in year.rows("indicator_uses")
        if (match := NAME_OF_THE_TOWN.search(use["note"])) and use["indicator"] in by_key
    }
    yield from ((by_key[key], name) for key, name in sorted(told))


def measures_two(name: str) -> bool:
    bare = ONE_THING.sub("", BRACKETS.sub("", name))
    return bool(IS_MEASURE.search(bare) and JOINED.search(bare))


def two_in_one(year: Year) -> Iterator[Found]:
    return (one.found(name=name) for one, name in names(year) if measures_two(name))


def count_own(year: Year) -> int:
    return len(own(year))


def count_names(year: Year) -> int:
    return sum(1 for _ in names(year))


def several(year: Year) -> int:
    """Return how many indicators there are to compare: one alone has no namesake."""
    found = count(year)
    return found if found > 1 else 0


RULES: Sequence[Rule] = (
    Rule(
        "I03",
        Severity.ERROR,
        Theme.INDICATORS,
        "分母の定義がありません",
        "割合は、何を分母にするかで大きく変わります。担当者が替わっても同じ数え方になるように、分母を言葉で書きます。",
        "分母：その年度に退院前カンファレンスを開いた回数（電話だけの連絡は含めない）",
        "介護保険事業計画の点検の実務（分母の取り違え）",
        DEFINITION,
        _where_own(has_no_base),
        count_shares,
    ),
    Rule(
        "I04",
        Severity.ERROR,
        Theme.INDICATORS,
        "{what}が未定です",
        "どこから、どのくらいの間隔で取る数字かが決まっていないと、次の年に同じ数字が取れません。カタログの指標は出典の候補を示すだけなので、"
        "実際に使う資料は、実績値の「出典」に書きます。",
        "出典：市医師会への調査（毎年7月）。過去の値が一つあれば、その出典を書くだけで決まります。",
        "介護保険事業計画の成果指標の実務（実績未回収の原因）",
        INDICATOR,
        without_source,
        count_pursued,
        general="指標の出典・担当・頻度が未定です",
    ),
    Rule(
        "I12",
        Severity.ERROR,
        Theme.INDICATORS,
        "同じ名前で、定義の違う指標があります",
        "同じ名前の指標が二つあると、報告書と会議の資料で違う数字が出ます。どちらかを外すか、違いが分かる名前にします。",
        "「参加率」が二つ → 「参加率（病院調査）」と「参加率（ケアマネジャー調査）」",
        "介護保険事業計画の点検の実務（同じ指標に二つの定義）",
        INDICATOR,
        namesakes,
        several,
    ),
    Rule(
        "I13",
        Severity.WARNING,
        Theme.INDICATORS,
        "数え方があいまいです。単位（人・件・回）と、延べか実かを明記してください",
        "同じ人が3回利用したとき、延べなら3人、実なら1人です。名前と単位が食い違っていても、別の数え方が混ざります。",
        "参加者数（人）→ 研修の参加者数（延べ人数。同じ人が2回出席したら2人と数える）",
        "介護保険事業計画の点検の実務（延べと実、人と件の混在）",
        DEFINITION,
        _where_own(is_unclear_count),
        count_own_counts,
    ),
    Rule(
        "I21",
        Severity.HINT,
        Theme.INDICATORS,
        "「{name}」は、一つの指標に二つの数値が入っていませんか",
        "二つのことを一つの数にまとめると、増えたときに、どちらが増えたのか分かりません。分けて数えられるなら、二つの指標にします。",
        "個別・圏域地域ケア会議の開催回数 → 「個別地域ケア会議の実施ケース数」と「圏域地域ケア会議の開催回数」",
        "介護保険事業計画の指標の点検の実務",
        INDICATOR,
        two_in_one,
        count_names,
        is_of_wording=True,
        general="一つの指標に二つの数値が入っています",
    ),
)
