"""G01–G03, G05–G07: the desired states. G04, whether a council agreed, is told by councils."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from logicmodels.rules import words
from municipalities.choices import Scene
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from municipalities.kernel.findings import Row, Year

SHORTEST, LONGEST = 15, 120
HERE = Way("logicmodels:goal_edit")


def written(year: Year) -> list[Row]:
    """Return the desired states that say something."""
    return [row for row in year.rows("desired_states") if row["text"]]


def place(row: Row, **gaps: str) -> Found:
    scene = Scene(row["scene"])
    return Found(f"{scene.label}：{row['text']}", row["key"], gaps, (scene.value,))


def _where(is_broken: Callable[[str], bool]) -> Callable[[Year], Iterator[Found]]:
    def find(year: Year) -> Iterator[Found]:
        return (place(row) for row in written(year) if is_broken(row["text"]))

    return find


def missing(year: Year) -> Iterator[Found]:
    told = {row["scene"] for row in written(year)}
    for scene in year.scenes:
        if scene.value not in told:
            label = str(scene.label)
            yield Found(label, scene.value, {"scene": label}, (scene.value,))


def repeated(year: Year) -> Iterator[Found]:
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in written(year):
        alike[words.plain(row["text"])].append(row)
    for rows in alike.values():
        yield from (place(row) for row in rows[1:])


def ill_sized(year: Year) -> Iterator[Found]:
    for row in written(year):
        size = len(row["text"])
        if not SHORTEST <= size <= LONGEST:
            yield place(row, how="短すぎる" if size < SHORTEST else "長すぎる", size=str(size))


def count(year: Year) -> int:
    return len(written(year))


def scenes(year: Year) -> int:
    return len(year.scenes)


def several(year: Year) -> int:
    """Return how many texts there are to compare: one alone repeats none."""
    found = count(year)
    return found if found > 1 else 0


def _joins_aims(text: str) -> bool:
    return any(words.has_many_aims(one) for one in words.sentences(text))


RULES: Sequence[Rule] = (
    Rule(
        "G01",
        Severity.ERROR,
        Theme.GOALS,
        "「{scene}」の目指す姿が未設定です",
        "目指す姿は、その場面で住民がどう暮らせるとよいかを書いた一文です。課題は「目指す姿と今の違い」なので、"
        "目指す姿がないと、課題も取組も決められません。連携支援で場面を選んでいるときは、選んだ場面だけを見ています。",
        "入院した人が、安心して家に戻り、望む暮らしを続けられる。",
        "保険者機能強化推進交付金等の評価指標（目指す姿の設定）、在宅医療・介護連携推進事業の手引き",
        HERE,
        missing,
        scenes,
        general="場面の目指す姿が未設定です",
    ),
    Rule(
        "G02",
        Severity.WARNING,
        Theme.GOALS,
        "主語が行政になっています。住民がどうなるかで書き直しましょう",
        "「市は…を推進する」は、行政が何をするかを書いた文です。目指す姿では、その結果として住民の暮らしがどうなるかを書きます。",
        "市は看取りの体制を整備する。→ 市民が、最期まで本人の望む場所で、安心して過ごせる。",
        "連携支援のアドバイス（主語は住民）",
        HERE,
        _where(words.is_of_the_office),
        count,
        is_of_wording=True,
    ),
    Rule(
        "G03",
        Severity.WARNING,
        Theme.GOALS,
        "連携や実施は手段です。実現したい状態を書きましょう",
        "「連携する」「開催する」「構築する」で終わる文は、行うことを書いた文です。それを行うと、だれの暮らしがどう変わるかを書きます。",
        "医療と介護が連携する。→ 住み慣れた家で、必要な医療と介護を受けながら暮らせる。",
        "連携支援のアドバイス（目標が先、指標は後）",
        HERE,
        _where(words.is_a_means),
        count,
        is_of_wording=True,
    ),
    Rule(
        "G05",
        Severity.HINT,
        Theme.GOALS,
        "ほかの場面と同じ文です",
        "場面が違えば、住民が困ることも、目指す暮らしも違います。同じ文のままだと、場面ごとの課題と取組が選びにくくなります。",
        "入退院支援：入院した人が、安心して家に戻れる。　看取り：最期まで、本人の望む場所で過ごせる。",
        "このシステムの考え方",
        HERE,
        repeated,
        several,
    ),
    Rule(
        "G06",
        Severity.HINT,
        Theme.GOALS,
        "{how}目標です（{size}文字）",
        f"{SHORTEST}文字より短いと、だれがどうなるかが伝わりません。{LONGEST}文字より長いと、会議で読み上げて確かめられません。",
        "夜間に状態が変わっても、本人と家族が、あわてずに必要な助けを呼べる。（32文字）",
        "このシステムの考え方",
        HERE,
        ill_sized,
        count,
        general="目標が短すぎるか、長すぎます",
    ),
    Rule(
        "G07",
        Severity.HINT,
        Theme.GOALS,
        "一文に複数の目標があります。分けられませんか",
        "一文に目標がいくつもあると、どれが達成できたかを評価できません。",
        "「安心して暮らし、かつ望む場所で最期を迎えられる」は、日常の療養支援と看取りに分けて書きます。",
        "厚生労働省の政策評価の点検項目（一つの目標に詰め込みすぎない）",
        HERE,
        _where(_joins_aims),
        count,
        is_of_wording=True,
    ),
)
