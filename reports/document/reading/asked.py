"""Hearings, published results of surveys and resources on paper."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from councils.choices import Profession
from municipalities.choices import ResourceKind, Scene
from municipalities.japanese.numerals import grouped
from reports.document.reading.sharing import body
from reports.document.reading.support import names
from reports.document.reading.words import day
from reports.document.year_bodies import (
    AnswerLine,
    HearingLine,
    PairLine,
    QuestionLine,
    ResourceLine,
    SurveyLine,
    TopicLine,
)
from surveys.choices import SurveyTarget
from surveys.results import percentages
from surveys.results.over_years import same

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]
SUPPRESSED = "x"
KINDS = {kind.value: place for place, kind in enumerate(ResourceKind)}


def hearings(document: Row) -> tuple[HearingLine, ...]:
    bodies = names(document, "organizations")
    return tuple(
        HearingLine(
            who=_who(row, bodies),
            when=day(row["held_on"]) or row["when"],
            items=row["items"],
            gist=row["gist"],
        )
        for row in document.get("hearings", ())
    )


def _who(row: Row, bodies: dict[str, str]) -> str:
    is_open = row["profession"] == Profession.UNSTATED
    profession = "" if is_open else str(Profession(row["profession"]).label)
    people = "" if row["people"] is None else f"{row['people']}人"
    return "　".join(filter(None, (body(row, bodies), profession, people)))


def topics(document: Row) -> tuple[TopicLine, ...]:
    return tuple(
        TopicLine(
            title=row["title"],
            scene=str(Scene(row["scene"]).label),
            voices=tuple((one["side"], one["text"]) for one in row["voices"]),
            conclusion=row["conclusion"],
        )
        for row in document.get("hearing_topics", ())
    )


def surveys(document: Row) -> tuple[SurveyLine, ...]:
    return tuple(_survey(row) for row in document.get("published_surveys", ()))


def _survey(row: Row) -> SurveyLine:
    counts = (("配布数", row["distributed"]), ("有効回答数", row["respondents"]))
    facts = [
        row["target_text"] or str(SurveyTarget(row["target"]).label),
        row["when"],
        row["way"],
        *(f"{label} {count:,}" for label, count in counts if count is not None),
    ]
    return SurveyLine(
        title=row["title"],
        facts="　".join(filter(None, facts)),
        questions=tuple(_question(one, row["respondents"]) for one in row["questions"]),
        source=row["source"],
        note=row["note"],
        pairs=tuple(_pairs(row)),
    )


def _pairs(row: Row) -> Iterator[PairLine]:
    """Yield the questions that stand beside another one of their survey, where they share an option."""
    by_key = {one["key"]: one for one in row["questions"] if "key" in one}
    for this in row["questions"]:
        other = by_key.get(this.get("beside_key", ""))
        if other is None or other is this:
            continue
        here, there = (_by_option(one, row["respondents"]) for one in (this, other))
        rows = [
            (line.label, line.percent, there[key].percent)
            for key, line in here.items()
            if key in there
        ]
        if rows:
            yield PairLine((_title(this), _title(other)), tuple(rows))


def _by_option(row: Row, of_survey: int | None) -> dict[str, AnswerLine]:
    return {same(one.label): one for one in _question(row, of_survey).answers}


def _title(row: Row) -> str:
    return "　".join(filter(None, (row["number"], row["text"])))


def _question(row: Row, of_survey: int | None) -> QuestionLine:
    answered = row["respondents"] if row["respondents"] is not None else of_survey
    return QuestionLine(
        title=_title(row),
        answered="" if row["respondents"] is None else f"回答者数（n） {row['respondents']:,}",
        answers=tuple(_answer(one, answered) for one in row["answers"]),
        note=row["note"],
        numbers=_numbers(row),
    )


def _numbers(row: Row) -> str:
    """Return what entered numbers have in common; earlier documents know none."""
    if row.get("mean") is None:
        return ""
    mean, median = (
        f"{grouped(Decimal(row[one]).normalize())}{row['unit']}" for one in ("mean", "median")
    )
    return f"数値の回答数 {row['numbers']:,}　平均 {mean}　中央値 {median}"


def _answer(row: Row, answered: int | None) -> AnswerLine:
    if row.get("is_suppressed"):
        return AnswerLine(row["label"], SUPPRESSED, SUPPRESSED)
    count = "" if row["count"] is None else f"{row['count']:,}"
    rank = "" if row["rank"] is None else f"{row['rank']}位"
    line = _line(row, answered)
    percent = f"{line.percent_text}％" if line.percent_text else ""
    told = "　".join(filter(None, (percent, rank)))
    return AnswerLine(row["label"], count, told, share=line.percent)


def _line(row: Row, answered: int | None) -> percentages.Line:
    """Return an answer as the survey's page tells it: computed from counts, else as printed."""
    printed = None if row["percent"] is None else Decimal(row["percent"])
    return percentages.line_of(percentages.Answer("", row["count"], printed), answered)


def evidence_of_issues(document: Row) -> dict[str, tuple[str, ...]]:
    """Return for each issue what it is drawn from: each survey with its questions, topics of hearings.

    What stays in the house is not in a report's document, though the link to it is.
    """
    sources = _sources(document)
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in document.get("issue_evidence", ()):
        for name in ("question", "topic"):
            if source := sources.get((name, row[name])):
                found[row["issue"]][source[0]].append(source[1])
    return {
        issue: tuple(f"根拠：{asked}　{'、'.join(told)}" for asked, told in lines.items())
        for issue, lines in found.items()
    }


def _sources(document: Row) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what a link of evidence may point at: in what it was asked, and about what."""
    questions = {
        ("question", one["key"]): (survey["title"], one["number"] or one["text"])
        for survey in document.get("published_surveys", ())
        for one in survey["questions"]
    }
    topics = {
        ("topic", row["key"]): ("ヒアリング", row["title"])
        for row in document.get("hearing_topics", ())
    }
    return questions | topics


def resources(document: Row) -> tuple[ResourceLine, ...]:
    """Return the resources kind by kind, in their order."""
    areas = names(document, "areas")
    return tuple(
        ResourceLine(
            kind=str(ResourceKind(row["kind"]).label),
            name=row["name"],
            counted=row["count_text"] if row["count"] is None else f"{row['count']:,}{row['unit']}",
            area=areas.get(row["area"] or "", ""),
            source="　".join(filter(None, (row["as_of"], row["source"]))),
            note=row["note"],
        )
        for row in sorted(document.get("resources", ()), key=lambda row: KINDS[row["kind"]])
    )
