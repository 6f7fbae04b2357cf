"""What advisers make of a submitted version: comments with their threads, looks and decisions.

A comment is anchored to a section and a version, never to a position: the frozen text keeps its place.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from municipalities.tenancy import TenantManager, TenantModel
from municipalities.text import CleanTextField
from reports.choices import CommentKind, CommentState, DecisionKind, WordOrigin

COMMENT_LENGTH = 4000


class CommentQuerySet(models.QuerySet):
    def sent(self):
        """Keep what the municipality and the other advisers see."""
        return self.filter(sent_at__isnull=False)

    def pending_of(self, user):
        """Keep what this adviser has written and not sent: nobody else sees it."""
        return self.filter(author=user, sent_at=None)

    def visible_to(self, user):
        """Keep what an adviser sees: everything sent, and the own pending ones."""
        return self.filter(models.Q(sent_at__isnull=False) | models.Q(author=user))

    def unanswered(self):
        """Keep what was sent and still asks the municipality for something."""
        return self.sent().filter(state=CommentState.OPEN).exclude(kind=CommentKind.GOOD)


class Comment(TenantModel):
    """One comment of an adviser on a section of one version. Pending until it is sent, then fixed."""

    report = models.ForeignKey(
        "reports.ProgressReport",
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name="報告書",
    )
    snapshot = models.ForeignKey(
        "reports.Snapshot", on_delete=models.PROTECT, related_name="comments", verbose_name="版"
    )
    section = models.CharField("節", max_length=30)
    kind = models.CharField(
        "種類", max_length=12, choices=CommentKind, default=CommentKind.SUGGESTION
    )
    text = CleanTextField("コメント", max_length=COMMENT_LENGTH)
    quote = CleanTextField("対象の文", max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="アドバイザー",
    )
    origin = models.CharField("記入", max_length=8, choices=WordOrigin, default=WordOrigin.SCREEN)
    state = models.CharField("状態", max_length=10, choices=CommentState, default=CommentState.OPEN)
    written_at = models.DateTimeField("記入日時", default=timezone.now)
    # A pending comment is edited by its author only; two windows of theirs meet here.
    version = models.PositiveIntegerField("更新回数", default=1)
    sent_at = models.DateTimeField("送信日時", null=True, blank=True)

    objects: ClassVar = TenantManager.from_queryset(CommentQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "コメント"
        ordering = ["pk"]

    def __str__(self):
        return self.text[:40]

    @property
    def is_pending(self):
        return self.sent_at is None

    @property
    def asks(self):
        """It waits for the municipality."""
        return (
            not self.is_pending
            and self.state == CommentState.OPEN
            and self.kind != CommentKind.GOOD
        )


class CommentReply(TenantModel):
    """One turn of the thread under a comment. Never changed."""

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="replies", verbose_name="コメント"
    )
    text = CleanTextField("返事", max_length=COMMENT_LENGTH)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="記入者"
    )
    is_advisers = models.BooleanField("アドバイザーの返事", default=False)
    written_at = models.DateTimeField("記入日時", default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "コメントへの返事"
        ordering = ["pk"]

    def __str__(self):
        return self.text[:40]


class Decision(TenantModel):
    """How an adviser ended the reading of one version. The adviser's newest one counts."""

    report = models.ForeignKey(
        "reports.ProgressReport",
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name="報告書",
    )
    snapshot = models.ForeignKey(
        "reports.Snapshot", on_delete=models.PROTECT, related_name="decisions", verbose_name="版"
    )
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="アドバイザー",
    )
    kind = models.CharField("判断", max_length=10, choices=DecisionKind)
    text = CleanTextField("総評", max_length=COMMENT_LENGTH, blank=True)
    # Of 「もう一度見たい」: until when the adviser would like to see it again.
    wanted_on = models.DateField("見たい日", null=True, blank=True)
    opens_all = models.BooleanField("すべての節を直せるようにする", default=False)
    origin = models.CharField("記入", max_length=8, choices=WordOrigin, default=WordOrigin.SCREEN)
    decided_at = models.DateTimeField("日時", default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "アドバイザーの判断"
        ordering = ["pk"]

    def __str__(self):
        return self.get_kind_display()

    @property
    def wants_it_again(self):
        return self.kind == DecisionKind.REVISIT


class OpenedSection(TenantModel):
    """A section that may be mended in the version now in the making. Gone with its submission."""

    report = models.ForeignKey(
        "reports.ProgressReport",
        on_delete=models.CASCADE,
        related_name="opened_sections",
        verbose_name="報告書",
    )
    section = models.CharField("節", max_length=30)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="開いた人",
    )

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "直せる節"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="opened_section_once")
        ]

    def __str__(self):
        return self.section


class ReviewLook(TenantModel):
    """That an adviser has opened a version: what changed since is reckoned from the newest earlier one."""

    snapshot = models.ForeignKey(
        "reports.Snapshot", on_delete=models.PROTECT, related_name="looks", verbose_name="版"
    )
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="アドバイザー",
    )
    looked_at = models.DateTimeField("開いた日時", default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "アドバイザーの閲覧"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "adviser"], name="review_look_once")
        ]

    def __str__(self):
        return f"{self.snapshot_id} {self.adviser_id}"
