"""受理 from outside the fence: a report's municipality is entered for the deed alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from municipalities.tenancy import within
from reports.models import ProgressReport
from reports.submission.advising import accepting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from municipalities.models import Municipality, User
    from reports.numbers import ReportNumber
    from reports.prefecture.standing.lines import Line

LEFT = "最終報告より前の中間報告が、まだ受理になっていません（{}）。{}"
ACCEPT_IT = "届いているときは、中間報告も受理してください。"
ENTER_IT = "届いているときは、中間報告の状況も入力してください。"
MARK_IT = "届いているときは、中間報告の状態を「受理」にしてください。"
ABSENT = "この報告書は、見つかりません。画面を開き直してください。"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A report that could not be accepted, and why."""

    number: ReportNumber
    place: str
    reason: str


def accept(place: Municipality, number: ReportNumber, *, by: User) -> None:
    """受理する. Raises ValidationError with the reason."""
    _perform(accepting.accept, place, number, by=by)


def take_back(place: Municipality, number: ReportNumber, *, by: User) -> None:
    """受理を取り消す. Raises ValidationError with the reason."""
    _perform(accepting.take_back, place, number, by=by)


def accept_all(
    chosen: Iterable[tuple[Municipality, ReportNumber]], *, by: User
) -> tuple[int, list[Refusal]]:
    """Accept each report by itself; return how many were, and what was refused."""
    count, refused = 0, []
    for place, number in chosen:
        try:
            accept(place, number, by=by)
        except ValidationError as error:
            refused.append(Refusal(number, place.name, error.messages[0]))
        else:
            count += 1
    return count, refused


def to_enter(line: Line) -> str:
    """Return what is to be done about an overtaken interim report by who enters the final one by hand."""
    if line.interim.last is None:
        return ENTER_IT
    return MARK_IT if line.interim.is_entered else ACCEPT_IT


def left_behind(lines: Iterable[Line], *, then: str = ACCEPT_IT) -> str:
    """Return in a sentence which interim reports a final one has overtaken, and what to do; else nothing."""
    left = [f"{line.place.name}：{line.interim_left}" for line in lines if line.interim_left]
    return LEFT.format("、".join(left), then) if left else ""


def _perform(
    deed: Callable[..., None], place: Municipality, number: ReportNumber, *, by: User
) -> None:
    with within(place):
        submitted = ProgressReport.objects.submitted().numbered(number)
        report = submitted.select_related("cycle").first()
        if report is None:
            raise ValidationError(ABSENT)
        report.cycle.municipality = place
        deed(report, by=by)
