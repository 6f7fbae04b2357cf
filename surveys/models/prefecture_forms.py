"""県の調査票: a questionnaire that a prefecture lets its towns ask, how far each is, and the results they share."""

import json

from django.db import models

from municipalities import town_codes
from municipalities.kernel.changes import PrefectureVersioned
from municipalities.text import CleanTextField
from surveys.choices import FormReplyState, PrefectureFormState, SurveyTarget


class PrefectureForm(PrefectureVersioned):
    """A questionnaire of a prefecture. Its questions are rows of the document; once sent, they stand still.

    Without towns it is for every municipality of the prefecture.
    """

    fiscal_year = models.PositiveSmallIntegerField("年度")
    title = CleanTextField("調査票の名称", max_length=200)
    target = models.CharField(
        "対象", max_length=20, choices=SurveyTarget, default=SurveyTarget.PROFESSIONALS
    )
    opening = CleanTextField("はじめの文", max_length=2000, blank=True)
    closing = CleanTextField("終わりの文", max_length=1000, blank=True)
    request = CleanTextField("市町村へのお願い", max_length=2000, blank=True)
    due_on = models.DateField("結果を共有してほしい日", null=True, blank=True)
    # Codes between commas, with one before and one behind.
    towns = CleanTextField("送る市町村", max_length=town_codes.LONGEST, blank=True)
    # JSON: rows as `questionnaire_document.AskedRow` has them, under keys that the towns' copies keep.
    asked = models.TextField("設問", default="[]", editable=False)
    state = models.CharField(
        "状態",
        max_length=10,
        choices=PrefectureFormState,
        default=PrefectureFormState.DRAFT,
        editable=False,
    )
    sent_at = models.DateTimeField("送付日時", null=True, blank=True, editable=False)

    class Meta(PrefectureVersioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "県の調査票"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "key"], name="prefecture_form_key"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self):
        return self.state == PrefectureFormState.DRAFT

    @property
    def town_codes(self):
        return town_codes.read(self.towns)

    @property
    def asking(self):
        """Return the questions and headings as rows of the document."""
        return json.loads(self.asked)


class FormReply(models.Model):
    """How far a municipality is with a questionnaire of its prefecture. Unfenced: a state and a day."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="市区町村",
    )
    form = models.SlugField("県の調査票", max_length=80)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    state = models.CharField(
        "状態", max_length=12, choices=FormReplyState, default=FormReplyState.UNTOUCHED
    )
    changed_on = models.DateField("状態が変わった日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "県の調査票の状況"
        ordering = ["municipality__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "form"], name="form_reply_once"),
        ]

    def __str__(self):
        return f"{self.form} {self.get_state_display()}"

    @property
    def is_untouched(self):
        return self.state == FormReplyState.UNTOUCHED

    @property
    def is_shared(self):
        return self.state == FormReplyState.SHARED


class SharedResultQuerySet(models.QuerySet):
    def live(self):
        """Keep what the prefecture reads: the last one that was shared, unless it was taken back."""
        newer = self.model.objects.filter(
            municipality=models.OuterRef("municipality"),
            form=models.OuterRef("form"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(withdrawn_at=None).exclude(models.Exists(newer))


class SharedResult(models.Model):
    """The tables that a municipality shared with its prefecture, after disclosure. Never changed, only taken back.

    Earlier ones stay: what they have told is minded by whatever is shared later.
    """

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="市区町村",
    )
    form = models.SlugField("県の調査票", max_length=80)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    # Canonical JSON: what is read is read from these bytes.
    content = models.BinaryField("内容")
    sha256 = models.CharField("ハッシュ", max_length=64)
    shared_at = models.DateTimeField("共有した日時")
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)

    objects = SharedResultQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "県と共有した調査の結果"
        ordering = ["pk"]
        indexes = [models.Index(fields=["municipality", "form"], name="shared_result_of")]

    def __str__(self):
        return f"{self.form} {self.fiscal_year}"
