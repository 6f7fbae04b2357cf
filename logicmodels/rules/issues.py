"""P02–P04: the issues. P01, their evidence, needs indicators and surveys and is told by reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logicmodels.choices import Priority
from logicmodels.rules import goals, words
from municipalities.choices import Scene
from municipalities.kernel.findings import Found, Rule, Severity, Theme, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from municipalities.kernel.findings import Row, Year

MOST_AT_THE_TOP = 5


def only_a_lack(year: Year) -> Iterator[Found]:
    for row in year.rows("issues"):
        if words.is_a_lack(row["text"]) and not row["gap"]:
            yield Found(row["text"], row["key"], args=(row["key"],))


def by_scene(year: Year) -> dict[Scene, list[Row]]:
    """Return the issues of every scene that has some, in the order of the form."""
    found: dict[Scene, list[Row]] = {scene: [] for scene in Scene}
    for row in year.rows("issues"):
        found[Scene(row["scene"])].append(row)
    return {scene: rows for scene, rows in found.items() if rows}


def without_order(year: Year) -> Iterator[Found]:
    for scene, rows in by_scene(year).items():
        top = sum(row["priority"] == Priority.HIGH for row in rows)
        if all(row["priority"] == Priority.UNDECIDED for row in rows):
            what = "優先順位が付いていません"
        elif top > MOST_AT_THE_TOP:
            what = f"優先順位の高い課題が{top}件あり、多すぎます"
        else:
            continue
        yield Found(str(scene.label), scene.value, {"what": what})


def unanswered(year: Year) -> Iterator[Found]:
    found = by_scene(year)
    if Scene.ALL in found:
        return
    told = {row["scene"]: row for row in goals.written(year)}
    for scene in year.scenes:
        if scene.value in told and scene not in found:
            yield Found(str(scene.label), scene.value, {"scene": str(scene.label)})


def count(year: Year) -> int:
    return len(year.rows("issues"))


def scenes(year: Year) -> int:
    return len(by_scene(year))


def aimed(year: Year) -> int:
    told = {row["scene"] for row in goals.written(year)}
    return sum(scene.value in told for scene in year.scenes)


RULES: Sequence[Rule] = (
    Rule(
        "P02",
        Severity.WARNING,
        Theme.ISSUES,
        "「ない」こと自体でなく、住民や支援者に何が起きているかを書きましょう",
        "「窓口がない」を課題にすると、対応策は「窓口をつくる」しかなくなります。そのためにだれが困っているかを書くと、"
        "ほかの対応策も考えられ、あとで良くなったかどうかを確かめられます。",
        "相談窓口がない。→ 退院の前に、だれに相談すればよいか分からず、家での支援の準備が間に合わない。",
        "連携支援のアドバイス、このシステムの考え方",
        Way("logicmodels:issue_edit"),
        only_a_lack,
        count,
        is_of_wording=True,
    ),
    Rule(
        "P03",
        Severity.WARNING,
        Theme.ISSUES,
        "{what}",
        "一度にできることには限りがあります。住民への影響が大きく、すぐに始められるものから順に並べると、取組が絞れます。"
        f"「高い」は、一つの場面で{MOST_AT_THE_TOP}件までが目安です。",
        "高い：退院の連絡が当日になる。　中くらい：様式が病院ごとに違う。　低い：研修の参加者が少ない。",
        "連携支援のアドバイス（少なく、取り組みやすいものから）",
        Way("logicmodels:plan", "#issues"),
        without_order,
        scenes,
        general="優先順位が付いていないか、高いものが多すぎます",
    ),
    Rule(
        "P04",
        Severity.WARNING,
        Theme.ISSUES,
        "「{scene}」の目指す姿に対する課題が未登録です",
        "課題は、目指す姿と今の様子の違いです。目指す姿があるのに課題がないと、なぜその取組をするのかを説明できません。",
        "目指す姿：最期まで本人の望む場所で過ごせる。　課題：本人の望みを、家族と支援者が前もって聞いていない。",
        "保険者機能強化推進交付金等の評価指標（課題の抽出）",
        Way("logicmodels:plan", "#issues"),
        unanswered,
        aimed,
        general="目指す姿に対する課題が未登録です",
    ),
)
