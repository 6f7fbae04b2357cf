"""Over HTTP: to whom a report goes, its superiors, and reopening it for a new version."""

import datetime as dt
from typing import Any, Literal

from ninja import Field, Router, Schema
from pydantic import ConfigDict

from municipalities.access import Permission
from municipalities.rows.rows import Problem
from reports.api.addresses import Code, FiscalYear
from reports.api.deeds import refusing
from reports.api.errors import READING, WRITING, ErrorsOut, Refused
from reports.api.permission import needs
from reports.api.reports import ReportId, ReportOut, one, shown
from reports.document import snapshot
from reports.submission.drafts import recipients
from reports.submission.reworking import reopening
from reports.submission.submitting import approving

router = Router(tags=["上長確認・提出先・出し直し"])
CHANGING: dict[Any, Any] = {200: ReportOut, **WRITING, 409: ErrorsOut}
LONGEST = 1000


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class PlaceOut(Schema):
    approver: str = Field(description="上長のログイン名")
    state: str
    decided_at: dt.datetime | None
    comment: str


class ApprovalOut(Schema):
    content: str = Field(description="いまの内容のハッシュ。承認するときに seen として送る")
    items: list[PlaceOut]


class AskIn(Strict):
    """上長の順番"""

    approvers: list[str] = Field(max_length=approving.MOST, description="ログイン名を確認の順に")


class DecisionIn(Strict):
    """上長の判断"""

    decision: Literal["approve", "return"]
    seen: str = Field("", max_length=64, description="読んだ内容のハッシュ。承認するときに要る")
    comment: str = Field("", max_length=LONGEST, description="意見。差し戻すときに要る")


class RecipientsIn(Strict):
    """提出先"""

    recipients: list[str] = Field(max_length=100, description="ログイン名")
    is_council_paper: bool = False
    is_for_prefecture_alone: bool = Field(False, description="都道府県だけに提出するか")


class ReopenIn(Strict):
    reason: str = Field(min_length=1, max_length=LONGEST, description="出し直す理由")


def by_login(names, among, *, place):
    """Return the accounts of these names in their order. Raises Refused for one that is not among them."""
    known = {user.username: user for user in among}
    strangers = [index for index, name in enumerate(names) if name not in known]
    if strangers:
        message = "このログイン名の方は選べません。この自治体で選べる方かを確かめてください。"
        raise Refused(422, *(Problem(f"/{place}/{index}", message) for index in strangers))
    return [known[name] for name in names]


@router.get(
    "reports/{int:pk}/approval",
    auth=needs(Permission.VIEW_PLAN),
    response={200: ApprovalOut, **READING},
    summary="上長確認の様子を見る",
)
def approval(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId):
    """だれがいつ確認したかと、いまの内容のハッシュを返します。"""
    report = one(request, pk)
    items = [
        {
            "approver": place.approver.username,
            "state": place.state,
            "decided_at": place.decided_at,
            "comment": place.comment,
        }
        for place in approving.of(report)
    ]
    return {"content": approving.content_hash(snapshot.content_of(report)), "items": items}


@router.post(
    "reports/{int:pk}/approval",
    auth=needs(Permission.SUBMIT_REPORT),
    response=CHANGING,
    summary="上長確認に回す",
)
def ask(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId, sent: AskIn):
    """下書きを、名前の順に上長へ回します。最初の上長にメールで知らせます。"""
    report = one(request, pk)
    superiors = recipients.superiors(request.municipality)
    chosen = by_login(sent.approvers, superiors, place="approvers")
    with refusing():
        approving.ask(report, chosen, by=request.user)
    return shown(report)


@router.post(
    "reports/{int:pk}/approval/withdrawal",
    auth=needs(Permission.SUBMIT_REPORT),
    response=CHANGING,
    summary="上長確認から取り下げる",
)
def withdraw(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId):
    """下書きに戻します。それまでの確認は取り消されます。"""
    report = one(request, pk)
    with refusing():
        approving.withdraw(report, by=request.user)
    return shown(report)


@router.post(
    "reports/{int:pk}/approval/decision",
    auth=needs(Permission.APPROVE_REPORT),
    response=CHANGING,
    summary="上長として承認する・差し戻す",
)
def decide(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId, sent: DecisionIn):
    """自分の順番のときだけ使えます。読んだあとで内容が変わっていたら、承認されません。"""
    report = one(request, pk)
    if sent.decision == "return" and not sent.comment.strip():
        raise Refused(422, Problem("/comment", "差し戻す理由を書いてください。"))
    with refusing():
        if sent.decision == "approve":
            approving.approve(report, by=request.user, seen=sent.seen, comment=sent.comment)
        else:
            approving.send_back(report, by=request.user, comment=sent.comment)
    return shown(report)


@router.put(
    "reports/{int:pk}/recipients",
    auth=needs(Permission.SUBMIT_REPORT),
    response=CHANGING,
    summary="提出先を決める",
)
def choose(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId, sent: RecipientsIn):
    """下書きの提出先を置き換えます。

    提出すると、ここで選ばなくても、都道府県には写しが届きます。都道府県だけに提出するときは、ほかのだれにも送りません。
    協議体資料として締めるときは、都道府県にも送りません。
    """
    report = one(request, pk)
    parts = {
        user: part
        for part, users in recipients.candidates(request.municipality).items()
        for user in users
    }
    chosen = by_login(sent.recipients, parts, place="recipients")
    with refusing():
        recipients.choose(
            report,
            {user: parts[user] for user in chosen},
            by=request.user,
            is_council_paper=sent.is_council_paper,
            is_for_prefecture_alone=sent.is_for_prefecture_alone,
        )
    return shown(report)


@router.post(
    "reports/{int:pk}/reopening",
    auth=needs(Permission.SUBMIT_REPORT),
    response=CHANGING,
    summary="提出した報告書を出し直す",
)
def reopen(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId, sent: ReopenIn):
    """次の版の下書きにします。提出した版は、そのまま残ります。"""
    report = one(request, pk)
    with refusing():
        reopening.reopen(report, reason=sent.reason, by=request.user)
    return shown(report)
