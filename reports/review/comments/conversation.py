"""The adviser's screen: each section of the version with the comments on it, and what is being written.

Comments stay with their section from version to version; a pending one is its author's alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch
from django.urls import reverse

from municipalities.kernel import submission_keys
from municipalities.kernel.drafts import Draft
from reports.choices import CommentKind, CommentState
from reports.models import Comment, CommentReply
from reports.submission.advising import commenting

if TYPE_CHECKING:
    from municipalities.models import User
    from reports.models import ProgressReport, Snapshot

EMPTY = {"kind": str(CommentKind.SUGGESTION), "text": "", "quote": ""}


@dataclass(frozen=True, slots=True)
class Writing:
    """A form beside the report, with the draft that stands in it. `is_open`: it is not folded away.

    `form` is there where it was refused or comes from an expired page; the many others are drawn by
    hand, with the words of an empty one and the values of the draft.
    """

    form: Any
    ids: str
    values: dict[str, str]
    url: str
    draft_url: str
    draft: Draft | None
    is_open: bool
    submission_key: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment as the screen shows it to one adviser; `reply` is there for a sent one."""

    comment: Comment
    version: int
    is_earlier: bool
    is_own: bool
    reply: Writing | None
    # Its section, where the version no longer shows it: then it stands with the report as a whole.
    elsewhere: str = ""

    @property
    def is_to_be_confirmed(self) -> bool:
        """The municipality has answered, and its author has not looked."""
        return self.is_own and self.comment.state == CommentState.ANSWERED

    @property
    def may_settle(self) -> bool:
        return self.is_own and (self.comment.asks or self.is_to_be_confirmed)

    @property
    def may_ask_again(self) -> bool:
        return self.is_own and self.comment.state in commenting.REOPENABLE


@dataclass(frozen=True, slots=True)
class Pane:
    """One section with its comments. `part` draws it; the report as a whole has none."""

    code: str
    label: str
    comments: tuple[Shown, ...]
    writing: Writing | None
    part: str = ""
    text: str = ""

    @property
    def asks(self) -> int:
        """How many of them wait for the municipality."""
        return sum(one.comment.asks for one in self.comments)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was refused, or kept from an expired page: it stands in its place instead of an empty one."""

    key: str
    form: Any


def comment_key(code: str) -> str:
    return f"comment-{code}"


def reply_key(comment_pk: int) -> str:
    return f"reply-{comment_pk}"


class Conversation:
    """What one adviser reads and writes beside a version: three queries, whatever it holds.

    `may_write` is whether forms are drawn; `typed` is what stands in one of them.
    """

    def __init__(
        self, newest: Snapshot, user: User, *, may_write: bool, typed: Typed | None = None
    ) -> None:
        self.report: ProgressReport = newest.report
        self.newest, self.user, self.typed = newest, user, typed
        self.may_write = may_write and not commenting.obstacle(self.report)
        self.by_section = self._by_section()
        self.drafts = self._drafts() if self.may_write else {}

    @property
    def pending(self) -> int:
        """How many own comments are not sent."""
        return sum(one.is_pending for comments in self.by_section.values() for one in comments)

    @property
    def half_written(self) -> int:
        """How many comments and replies were typed and never added: nothing sends them."""
        own = [one for comments in self.by_section.values() for one in comments]
        written: list[Any] = [*own, *(reply for one in own for reply in one.replies.all())]
        saved = {one.text for one in written if one.author_id == self.user.pk}
        places = (self.draft_key("comment-"), self.draft_key("reply-"))
        kept = [one for key, one in self.drafts.items() if key.startswith(places)]
        return sum(not _says_nothing(one.fields, saved) for one in kept)

    def panes(self, sections: list[dict[str, str]]) -> list[Pane]:
        """Return the sections of the version in their order; the report as a whole comes last."""
        codes = {one["code"] for one in sections}
        lost = [code for code in self.by_section if code not in codes]
        whole = tuple(one for code in sorted(lost) for one in self.by_section[code])
        return [
            *(self.pane(one["code"], part=one["part"], text=one["text"]) for one in sections),
            self.pane(commenting.WHOLE, comments=whole),
        ]

    def pane(self, code: str, *, comments: tuple[Comment, ...] | None = None, **drawn: str) -> Pane:
        mine = self.by_section.get(code, []) if comments is None else comments
        return Pane(
            code=code,
            label=commenting.label_of(code),
            comments=tuple(self._shown(one, code) for one in mine),
            writing=self._comment_form(code, mine) if self.may_write else None,
            **drawn,
        )

    def draft_key(self, name: str) -> str:
        return f"{self._prefix}{name}"

    @property
    def _prefix(self) -> str:
        return f"review-{self.report.number}-"

    def _by_section(self) -> dict[str, list[Comment]]:
        replies = CommentReply.objects.select_related("author").order_by("pk")
        found = (
            Comment.objects.visible_to(self.user)
            .filter(report=self.report)
            .select_related("author")
            .annotate(shown_version=F("snapshot__version"))
            .prefetch_related(Prefetch("replies", replies))
        )
        by_section = defaultdict(list)
        for one in found.order_by("pk"):
            by_section[one.section].append(one)
        return by_section

    def _drafts(self) -> dict[str, Draft]:
        found = Draft.objects.filter(author=self.user, form_key__startswith=self._prefix)
        return {one.form_key: one for one in found}

    def _shown(self, comment: Any, code: str) -> Shown:
        """Return a comment as `_by_section` has read it, with its version."""
        is_sent = not comment.is_pending
        return Shown(
            comment=comment,
            version=comment.shown_version,
            is_earlier=comment.shown_version < self.newest.version,
            is_own=comment.author_id == self.user.pk,
            reply=self._reply_form(comment) if is_sent and self.may_write else None,
            elsewhere="" if comment.section == code else commenting.label_of(comment.section),
        )

    def _comment_form(self, code: str, comments: Any) -> Writing:
        url = reverse("review:comments", args=[self.report.number, code])
        texts = {one.text for one in comments if one.author_id == self.user.pk}
        return self._writing(comment_key(code), url, ids=f"id_{code}", saved=texts)

    def _reply_form(self, comment: Comment) -> Writing:
        url = reverse("review:comment_reply", args=[self.report.number, comment.pk])
        texts = {one.text for one in comment.replies.all() if one.author_id == self.user.pk}
        return self._writing(reply_key(comment.pk), url, ids=f"id_reply_{comment.pk}", saved=texts)

    def _writing(self, name: str, url: str, *, ids: str, saved: set[str]) -> Writing:
        """Return a form: what was typed just now, else what is kept of an earlier typing, else empty."""
        key = self.draft_key(name)
        draft = self.drafts.get(key)
        if draft and _says_nothing(draft.fields, saved):
            draft = None
        form = self.typed.form if self.typed is not None and self.typed.key == name else None
        if form:
            form.auto_id, draft = f"{ids}_%s", None
        return Writing(
            form=form,
            ids=ids,
            values=EMPTY | (draft.fields if draft else {}),
            url=url,
            draft_url=reverse("review:draft", args=[self.report.number, key]),
            draft=draft,
            is_open=form is not None or draft is not None,
            submission_key=submission_keys.new(),
        )


def _says_nothing(typed: dict[str, str], saved: set[str]) -> bool:
    """Say whether a draft is empty, or its text saved: its keeping was under way when the form was sent."""
    text = typed.get("text", "").strip()
    return text in saved if text else not typed.get("quote", "").strip()
