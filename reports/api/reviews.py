"""Over HTTP: what advisers say of a submitted report, and what the municipality answers."""

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, P, PathEx, Router, Schema

from municipalities.access import Permission
from municipalities.fields import JaLongTextField
from municipalities.rows.rows import Problem
from reports.api.addresses import Code, FiscalYear
from reports.api.approvals import Strict
from reports.api.deeds import refusing
from reports.api.errors import READING, WRITING, ErrorsOut, Refused
from reports.api.permission import needs
from reports.api.reports import ReportId, one
from reports.models import Comment, Decision, Snapshot
from reports.models.reviews import COMMENT_LENGTH
from reports.submission.advising import commenting, deciding

router = Router(tags=["コメントと判断"])
desk = Router(tags=["アドバイザー"])
CHANGING: dict[Any, Any] = {**WRITING, 409: ErrorsOut}
Number = PathEx[Any, P(description="受付番号")]
NOT_READ = Problem(
    "/version",
    "いちばん新しい版ではありません。いちばん新しい版を読んでから、その版の番号を付けて送ってください。",
)
CommentId = PathEx[int, P(description="コメントの番号")]


class ReplyOut(Schema):
    author: str
    is_advisers: bool
    text: str
    written_at: dt.datetime


class CommentOut(Schema):
    """一つのコメントと、そのやりとり"""

    id: int
    version: int = Field(description="どの版へのコメントか")
    section: str = Field(description="節のコード。whole は報告書全体")
    kind: str
    text: str
    quote: str
    author: str
    state: str
    sent_at: dt.datetime | None = Field(description="まだ送っていない自分のコメントでは null")
    replies: list[ReplyOut]


class DecisionOut(Schema):
    """アドバイザーの判断"""

    version: int
    adviser: str
    kind: str
    text: str
    wanted_on: dt.date | None
    decided_at: dt.datetime


class ReviewOut(Schema):
    """コメントと判断"""

    status: str
    comments: list[CommentOut]
    decisions: list[DecisionOut]


class AnswerIn(Strict):
    """返事"""

    text: str = Field(min_length=1, max_length=COMMENT_LENGTH)
    is_done: bool = Field(True, description="対応済みにするか。false では返事だけを書く")


class CommentIn(Strict):
    """新しいコメント"""

    section: str = Field(max_length=30)
    kind: Literal["fix", "suggestion", "question", "good"]
    text: str = Field(min_length=1, max_length=COMMENT_LENGTH)
    quote: str = Field("", max_length=500)


class DecisionIn(Strict):
    """判断。まだ送っていないコメントも一緒に送られる"""

    version: int = Field(ge=1, description="読んだ版。いちばん新しい版でなければ409")
    kind: Literal["advised", "revisit"]
    text: str = Field("", max_length=COMMENT_LENGTH)
    wanted_on: dt.date | None = None
    opens_all: bool = False


def as_kept(text: str) -> str:
    """Return a text as the forms keep it. Raises ValidationError for what they refuse, invisible characters too."""
    return JaLongTextField(required=False, max_length=COMMENT_LENGTH).clean(text)


def comments_shown(comments) -> list[dict]:
    rows = comments.select_related("author", "snapshot").prefetch_related("replies__author")
    return [
        {
            "id": row.pk,
            "version": row.snapshot.version,
            "section": row.section,
            "kind": row.kind,
            "text": row.text,
            "quote": row.quote,
            "author": str(row.author),
            "state": row.state,
            "sent_at": row.sent_at,
            "replies": [
                {
                    "author": str(turn.author),
                    "is_advisers": turn.is_advisers,
                    "text": turn.text,
                    "written_at": turn.written_at,
                }
                for turn in row.replies.all()
            ],
        }
        for row in rows.defer("snapshot__document")
    ]


def review_of(report, comments) -> dict:
    decisions = Decision.objects.filter(report=report).select_related("adviser", "snapshot")
    return {
        "status": report.status,
        "comments": comments_shown(comments.filter(report=report).order_by("pk")),
        "decisions": [
            {
                "version": row.snapshot.version,
                "adviser": str(row.adviser),
                "kind": row.kind,
                "text": row.text,
                "wanted_on": row.wanted_on,
                "decided_at": row.decided_at,
            }
            for row in decisions.defer("snapshot__document").order_by("pk")
        ],
    }


@router.get(
    "reports/{int:pk}/comments",
    auth=needs(Permission.VIEW_PLAN),
    response={200: ReviewOut, **READING},
    summary="アドバイザーのコメントと判断を読む",
)
def comments(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId):
    """送られたものだけを返します。アドバイザーの下書きは含みません。"""
    return review_of(one(request, pk), Comment.objects.sent())


@router.post(
    "reports/comments/{int:comment}/answer",
    auth=needs(Permission.EDIT_PLAN),
    response={200: ReviewOut, **CHANGING},
    summary="コメントに返事をする",
)
def answer(
    request, municipality: Code, fiscal_year: FiscalYear, comment: CommentId, sent: AnswerIn
):
    """返事を書き、is_done のときは対応済みにします。"""
    comments = Comment.objects.sent().filter(report__cycle=request.cycle)
    row = get_object_or_404(comments.select_related("report"), pk=comment)
    report = row.report
    report.cycle = request.cycle
    with refusing():
        text = as_kept(sent.text)
        if sent.is_done:
            commenting.answer(row, text=text, by=request.user)
        else:
            commenting.reply(row, text=text, by=request.user, is_advisers=False)
    return review_of(report, Comment.objects.sent())


def newest(request, number) -> Snapshot:
    """Return the newest version under this number. A draft is absent."""
    found = Snapshot.objects.numbered(number).select_related("report").last()
    if found is None:
        raise Http404
    found.report.cycle = request.cycle
    return found


@desk.get(
    "{number:report_number}/document",
    auth=needs(Permission.READ_SUBMITTED),
    response={200: None, **READING},
    summary="提出された報告書の文書を読む",
    openapi_extra={"responses": {200: {"content": {"application/json": {}}}}},
)
def reviewed_document(request, report_number: Number):
    """いちばん新しい版の、提出時の文書を返します。"""
    content = bytes(newest(request, report_number).document)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


@desk.get(
    "{number:report_number}/comments",
    auth=needs(Permission.READ_SUBMITTED),
    response={200: ReviewOut, **READING},
    summary="コメントと判断を読む",
)
def reviewed_comments(request, report_number: Number):
    """送られたコメントと、まだ送っていない自分のコメントを返します。"""
    report = newest(request, report_number).report
    return review_of(report, Comment.objects.visible_to(request.user))


@desk.post(
    "{number:report_number}/comments",
    auth=needs(Permission.ADVISE),
    response={200: ReviewOut, **CHANGING},
    summary="コメントを書く",
)
def comment(request, report_number: Number, sent: CommentIn):
    """いちばん新しい版へのコメントを、下書きとして書きます。送るのは判断のとき、または sending です。"""
    version = newest(request, report_number)
    with refusing():
        told = sent.dict() | {"text": as_kept(sent.text), "quote": as_kept(sent.quote)}
        commenting.write(version.report, version, **told, by=request.user)
    return review_of(version.report, Comment.objects.visible_to(request.user))


@desk.post(
    "{number:report_number}/comments/sending",
    auth=needs(Permission.ADVISE),
    response={200: ReviewOut, **CHANGING},
    summary="書いたコメントだけを送る",
)
def comments_send(request, report_number: Number):
    """まだ送っていない自分のコメントを、すべて送ります。市区町村にメールで知らせます。"""
    report = newest(request, report_number).report
    with refusing():
        commenting.send_alone(report, by=request.user)
    return review_of(report, Comment.objects.visible_to(request.user))


@desk.post(
    "{number:report_number}/decision",
    auth=needs(Permission.ADVISE),
    response={200: ReviewOut, **CHANGING},
    summary="助言済みにする・もう一度見たいと伝える",
)
def decision(request, report_number: Number, sent: DecisionIn):
    """判断と、まだ送っていないコメントを送ります。市区町村にメールで知らせます。"""
    version = newest(request, report_number)
    report = version.report
    if sent.version != version.version:
        raise Refused(409, NOT_READ)
    with refusing():
        told = sent.dict(exclude={"version"}) | {"text": as_kept(sent.text)}
        deciding.decide(report, **told, by=request.user)
    return review_of(report, Comment.objects.visible_to(request.user))
