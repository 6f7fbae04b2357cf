"""Files that the worker puts together for the officers of a prefecture, and how far each is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from municipalities import town_codes
from municipalities.prefecture_tenancy import (
    PrefectureManager,
    PrefectureModel,
    PrefectureQuerySet,
)
from municipalities.text import CleanTextField
from reports.choices import PreparedKind, PreparedState


class PreparedFileQuerySet(PrefectureQuerySet):
    def making(self):
        return self.filter(state=PreparedState.MAKING)


class PreparedFile(PrefectureModel):
    """One file as it was asked for: made by a job, kept for a week, then removed. The row stays.

    It is put together from published copies and statistics alone, so every officer of the prefecture may have
    it; a colleague of a health centre has those of their own towns.
    """

    fiscal_year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("種類", max_length=12, choices=PreparedKind)
    # The selection of a comparison, as its address says it, and the towns that it is for (prepared/cutting).
    query = CleanTextField("選んだ内容", max_length=4000, blank=True)
    # Those towns as `town_codes` writes them, empty for all: by them is told whose desk has a file in the making.
    towns = CleanTextField("担当する市町村", max_length=town_codes.LONGEST, blank=True)
    # A mark of the year and of what was selected: the same is in the making once. Empty of what was asked before.
    selection = models.CharField("選んだ内容の印", max_length=64, blank=True)
    state = models.CharField(
        "状態", max_length=10, choices=PreparedState, default=PreparedState.MAKING
    )
    done = models.PositiveIntegerField("済んだ数", default=0)
    total = models.PositiveIntegerField("全体の数", default=0)
    # Papers in it, and places of which there is none.
    included = models.PositiveIntegerField("入っている数", default=0)
    missing = models.PositiveIntegerField("入っていない数", default=0)
    message = models.CharField("理由", max_length=300, blank=True)
    file = models.CharField("ファイル", max_length=200, blank=True)
    file_name = models.CharField("保存するときの名前", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("大きさ（バイト）", default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="依頼した人",
    )
    requested_at = models.DateTimeField("依頼日時", db_default=Now())
    ended_at = models.DateTimeField("終了日時", null=True, blank=True)
    expires_at = models.DateTimeField("保存期限", null=True, blank=True)

    objects: ClassVar = PrefectureManager.from_queryset(PreparedFileQuerySet)()

    class Meta(PrefectureModel.Meta):
        verbose_name = verbose_name_plural = "まとめて作ったファイル"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "kind", "towns", "selection"],
                condition=models.Q(state=PreparedState.MAKING),
                name="prepared_file_one_of_a_selection",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.fiscal_year}"

    @property
    def is_working(self):
        return self.state == PreparedState.MAKING

    @property
    def town_count(self):
        return len(town_codes.read(self.towns))

    @property
    def anchor(self):
        return f"file-{self.pk}"

    @property
    def heading(self):
        return f"{self.get_kind_display()}：{self.get_state_display()}"

    @property
    def is_downloadable(self):
        """It is done and its week is not over."""
        return self.state == PreparedState.DONE and self.expires_at > timezone.now()

    @property
    def path(self):
        return settings.MEDIA_ROOT / self.file
