"""The way of an answer file through the screens, for municipality and adviser alike: hand in, check, take in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from reports.delivery.exchange import records, taking_in, waiting
from reports.delivery.exchange.forms import AnswerFileForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from municipalities.entrance.http import HouseRequest
    from municipalities.models import User
    from reports.models import ProgressReport

TAKEN = "この回答ファイルは取り込み済みです。何も書き込んでいません。"
# What the digest of an answer never is.
NO_DIGEST = "-"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody hands in answers: the addresses, and the adviser where it is their own desk."""

    report: ProgressReport
    upload: str
    check: str
    take_in: str
    back: str
    own: User | None = None


def upload(request: HouseRequest, desk: Desk) -> HttpResponse:
    """Take a file; what it would do is shown before anything is written."""
    form = AnswerFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        answer = form.cleaned_data["file"]
        try:
            taking_in.check(desk.report, answer, own=desk.own)
            waiting.keep(desk.report, answer, author=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect(desk.check)
    context = {"desk": desk, "report": desk.report, "form": form}
    if desk.own is None:
        context["records"] = records.of(desk.report, taking_in.DEED)
    status = 422 if form.is_bound else 200
    return render(request, "reports/exchange/answers.html", context, status=status)


def check(request: HouseRequest, desk: Desk) -> HttpResponse:
    """Show exactly what would be taken in."""
    answer = waiting.of(desk.report, author=request.user)
    if answer is None:
        messages.warning(request, waiting.NOTHING_WAITS)
        return redirect(desk.upload)
    try:
        checked = taking_in.check(desk.report, answer, own=desk.own)
    except ValidationError as error:
        return _refused(request, desk, error)
    context = {"desk": desk, "report": desk.report, "checked": checked}
    return render(request, "reports/exchange/answer_check.html", context)


def take_in(request: HouseRequest, desk: Desk) -> HttpResponse:
    """Take in what was checked; another file that was handed in meanwhile is shown first."""
    answer = waiting.of(desk.report, author=request.user)
    if answer is None:
        messages.warning(request, waiting.NOTHING_WAITS)
        return redirect(desk.upload)
    if request.POST.get("digest", NO_DIGEST) != answer.digest:
        messages.warning(
            request, "確認のあとで別のファイルが選ばれています。もう一度確かめてください。"
        )
        return redirect(desk.check)
    try:
        count = taking_in.take_in(desk.report, answer, by=request.user, own=desk.own)
    except taking_in.AlreadyTaken:
        messages.info(request, TAKEN)
    except ValidationError as error:
        return _refused(request, desk, error)
    else:
        decided = f"、判断（{answer.decision.kind_label}）" if answer.decision else ""
        messages.success(request, f"回答を取り込みました（コメント{count}件{decided}）。")
    waiting.drop(desk.report, author=request.user)
    return redirect(desk.back)


def _refused(request: HouseRequest, desk: Desk, error: ValidationError) -> HttpResponse:
    for sentence in error.messages:
        messages.error(request, sentence)
    return redirect(desk.upload)
