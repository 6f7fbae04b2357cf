"""I05–I11: from where to where, and until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from indicators.arithmetic import breaks
from indicators.choices import Direction
from indicators.rules.reading import count_pursued, followed, pursued
from indicators.verdicts.verdicts import Mark, is_better, meets
from municipalities.japanese import fiscal
from municipalities.kernel.findings import Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.rules.reading import Followed
    from municipalities.kernel.findings import Found, Year

# Plans of long-term care insurance run three years; the first began in fiscal year 2000.
FIRST_PLAN, PLAN_YEARS = 2000, 3
WATCHED = re.compile(r"監視|把握中|把握して|目標(は|を)?(置|定め|設け)|目標にしない")
BASELINE, AIM = Way("indicators:indicator_edit"), Way("indicators:indicator")


def without_baseline(year: Year) -> Iterator[Found]:
    return (one.found() for one in pursued(year) if one.row["baseline_year"] not in one.numbers)


def is_marked(one: Followed) -> bool:
    """Say whether the town has said that it only watches a number, or is still finding it out.

    Of what the catalogue has watched, any note says why; of everything else the note must say it.
    """
    if one.definition.direction == Direction.NEUTRAL:
        return bool(one.note.strip())
    return bool(WATCHED.search(one.note))


def without_year(year: Year) -> Iterator[Found]:
    """Yield what has no target year ahead: nobody knows until when."""
    for one in pursued(year):
        is_ahead = any(aim.fiscal_year >= year.fiscal_year for aim in one.targets)
        if not is_ahead and not is_marked(one):
            yield one.found()


def without_target(year: Year) -> Iterator[Found]:
    return (one.found() for one in pursued(year) if not one.targets and not is_marked(one))


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator that has a way to go: a direction, a comparable 現状値, and a last target."""

    one: Followed
    start: Mark
    last: Mark
    reason: str

    @property
    def direction(self) -> Direction:
        return Direction(self.one.definition.direction)

    @property
    def goes_back(self) -> bool:
        return is_better(self.start.number, self.last.number, self.direction)

    @property
    def stands_still(self) -> bool:
        """Say whether the last target is 現状値 and neither target nor indicator says why it is kept."""
        return self.start.number == self.last.number and not self.reason

    def is_met_by(self, mark: Mark) -> bool:
        return meets(mark.number, self.last.number, self.direction)

    def found(self, **words: str) -> Found:
        """Return it as a place, with 現状値 and the last target as they are printed."""
        number = self.one.evaluation.number
        return self.one.found(start=number(self.start), target=number(self.last), **words)


def judged(year: Year) -> list[Course]:
    found = []
    for one in followed(year):
        aims = breaks.kept(one.definition, one.targets, year=one.year)
        if one.definition.direction != Direction.NEUTRAL and one.start and aims:
            last = Mark(aims[-1].fiscal_year, Fraction(aims[-1].value))
            found.append(Course(one, one.start, last, aims[-1].note or one.note.strip()))
    return found


def going_back(year: Year) -> Iterator[Found]:
    return (course.found() for course in judged(year) if course.goes_back)


def standing_still(year: Year) -> Iterator[Found]:
    return (course.found() for course in judged(year) if course.stands_still)


def met_before(year: Year) -> Iterator[Found]:
    """Yield what had reached its last target when that was set: by the newest number of the years before."""
    for course in set_now(year):
        newest = newest_before(course.one)
        if newest and course.is_met_by(newest) and not course.is_met_by(course.start):
            yield course.found(newest=course.one.evaluation.number(newest))


def set_now(year: Year) -> list[Course]:
    """Return what has a last target that the year before did not have yet."""
    earlier = {
        (row["indicator"], target["fiscal_year"], Fraction(target["value"]))
        for row in (year.before or {}).get("indicators", ())
        for target in row["targets"]
    }
    return [
        course
        for course in judged(year)
        if (course.one.row["indicator"], course.last.year, course.last.number) not in earlier
    ]


def newest_before(one: Followed) -> Mark | None:
    """Return the newest number of a year before this one, of the same definition."""
    rows = [row for at, row in one.numbers.items() if at < one.year]
    kept = breaks.kept(one.definition, rows, year=one.year)
    return one.mark(kept[-1]) if kept else None


def plan_end(fiscal_year: int) -> int:
    """Return the last year of the plan that is in force, in its last year that of the next one."""
    end = fiscal_year + PLAN_YEARS - 1 - (fiscal_year - FIRST_PLAN) % PLAN_YEARS
    return end + PLAN_YEARS if end == fiscal_year else end


def beyond_plan(year: Year) -> Iterator[Found]:
    end = plan_end(year.fiscal_year)
    for one in aimed(year):
        last = one.targets[-1].fiscal_year
        if last > end:
            yield one.found(year=fiscal.label(last), end=fiscal.label(end))


def aimed(year: Year) -> list[Followed]:
    return [one for one in followed(year) if one.targets]


def count_judged(year: Year) -> int:
    return len(judged(year))


def count_set_now(year: Year) -> int:
    return len(set_now(year))


def count_aimed(year: Year) -> int:
    return len(aimed(year))


RULES: Sequence[Rule] = (
    Rule(
        "I05",
        Severity.ERROR,
        Theme.INDICATORS,
        "現状値（基準年の値）がありません",
        "出発点がないと、進んだのか戻ったのかを言えません。ちょうどよい年の値がなければ、いちばん新しい値の年度を基準にします。",
        "現状値：令和5年度（2023年度）の31.5％",
        "評価シートの様式（現状値と年度）",
        BASELINE,
        without_baseline,
        count_pursued,
    ),
    Rule(
        "I06",
        Severity.ERROR,
        Theme.INDICATORS,
        "これからの目標年度がありません",
        "「いつまでに」がない目標は、いつ評価してよいのか分かりません。目標の年度が過ぎているときは、次の年度を決めます。計画の最後の年度にするのが、いちばん簡単です。",
        "目標の年度：令和11年度（2029年度）",
        "評価シートの様式（目標値と年度）",
        AIM,
        without_year,
        count_pursued,
    ),
    Rule(
        "I07",
        Severity.WARNING,
        Theme.INDICATORS,
        "目標値がありません。監視・把握中の指標なら、補足にそう書いてください",
        "目標を置かない指標もあってかまいません。「監視（変化の理由を確かめる）」「現状値を把握中」と補足に書いてあれば、決め忘れでないことが分かります。",
        "補足：監視。件数の多い少ないではなく、相談の中身の変化を見る。",
        "介護保険事業計画の指標の点検の実務（監視の指標）",
        BASELINE,
        without_target,
        count_pursued,
    ),
    Rule(
        "I08",
        Severity.ERROR,
        Theme.INDICATORS,
        "目標（{target}）が、現状値（{start}）より望ましくない側にあります",
        "「高いほど良い」指標なのに、目標が現状値より低い、またはその逆です。望ましい方向か、目標値のどちらかの入力が違っていないか確かめます。",
        "退院調整もれ率（低いほど良い）：現状値24％ → 目標15％",
        "このシステムの考え方",
        AIM,
        going_back,
        count_judged,
        general="目標が、現状値より望ましくない側にあります",
    ),
    Rule(
        "I09",
        Severity.WARNING,
        Theme.INDICATORS,
        "目標が現状値（{start}）と同じです。維持する理由を書きましょう",
        "保つだけでも難しい数字はあります。そのときは、何もしなければ下がる理由を「目標の考え方」に書いておくと、読む人に伝わります。",
        "目標の考え方：会員の高齢化で毎年減る見込みのため、今の数を保つ。",
        "介護保険事業計画の成果指標の実務（維持の目標）",
        AIM,
        standing_still,
        count_judged,
        general="目標が現状値と同じです",
    ),
    Rule(
        "I10",
        Severity.WARNING,
        Theme.INDICATORS,
        "目標（{target}）は、決めた時点でもう達成しています（最新の値は{newest}）",
        "古い現状値から目標を決めると、もう届いていることがあります。新しい値を見て、目標を上げるか、別のところに力を移すかを話し合います。",
        "現状値（令和2年度（2020年度））40％・目標50％ → 令和6年度（2024年度）に52％ → 目標を60％に改める。",
        "このシステムの考え方",
        AIM,
        met_before,
        count_set_now,
        general="目標は、決めた時点でもう達成しています",
    ),
    Rule(
        "I11",
        Severity.WARNING,
        Theme.INDICATORS,
        "最後の目標年度（{year}）が、計画期間（{end}まで）の外にあります",
        "計画が終わるときに評価できるように、計画期間の最後の年度にも目標を置きます。医療計画などほかの計画に合わせたときは、見送る理由にそう書いてください。",
        "令和14年度（2032年度）の目標のほかに、計画の最後の令和8年度（2026年度）の目標を置く。",
        "介護保険事業計画の期間（3年）",
        AIM,
        beyond_plan,
        count_aimed,
        general="目標年度が、計画期間の外にあります",
    ),
)
