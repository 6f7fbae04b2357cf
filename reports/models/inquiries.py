"""照会: what a prefecture asks its municipalities, what they answer, and what of it crosses the fence."""

from django.db import models

from municipalities import town_codes
from municipalities.kernel.changes import PrefectureVersioned, Versioned
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField
from reports.choices import InquiryState, QuestionKind, ReplyState

LONGEST_ANSWER = 2_000


class Inquiry(PrefectureVersioned):  # type: ignore[django-manager-missing]
    """One 照会: why, on what basis, until when, whom to ask. Its questions stand still once it is sent.

    Without towns it is for every municipality of the prefecture.
    """

    fiscal_year = models.PositiveSmallIntegerField("年度")
    title = CleanTextField("件名", max_length=100)
    purpose = CleanTextField("照会の趣旨", max_length=2000)
    basis = CleanTextField("根拠", max_length=300, blank=True)
    contact = CleanTextField("問い合わせ先", max_length=200, blank=True)
    due_on = models.DateField("回答の期限")
    # Codes between commas, with one before and one behind.
    towns = CleanTextField("照会する市町村", max_length=town_codes.LONGEST, blank=True)
    notice = CleanTextField("送信後のお知らせ", max_length=1000, blank=True)
    state = models.CharField(
        "状態", max_length=10, choices=InquiryState, default=InquiryState.DRAFT, editable=False
    )
    sent_at = models.DateTimeField("送信日時", null=True, blank=True, editable=False)
    withdrawn_reason = CleanTextField("取り消す理由", max_length=500, blank=True)

    class Meta(PrefectureVersioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "照会"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "key"], name="inquiry_key"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self):
        return self.state == InquiryState.DRAFT

    @property
    def is_open(self):
        """It has been sent and takes answers."""
        return self.state == InquiryState.SENT

    @property
    def is_closed(self):
        return self.state == InquiryState.CLOSED

    @property
    def is_withdrawn(self):
        """It was sent and taken back: nobody needs to answer it."""
        return self.state == InquiryState.WITHDRAWN

    @property
    def town_codes(self):
        return town_codes.read(self.towns)


class InquiryQuestion(PrefectureVersioned):
    """One question of a 照会, with what its answer looks like."""

    inquiry = models.ForeignKey(
        Inquiry,
        on_delete=models.CASCADE,
        related_name="questions",
        editable=False,
        verbose_name="照会",
    )
    text = CleanTextField("質問", max_length=500)
    kind = models.CharField("回答の種類", max_length=10, choices=QuestionKind)
    is_required = models.BooleanField("必ず回答してもらう", default=False)
    unit = CleanTextField("単位", max_length=20, blank=True)
    choices = CleanTextField("選択肢", max_length=1000, blank=True)
    example = CleanTextField("回答の例", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("並び順", default=0, editable=False)

    class Meta(PrefectureVersioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "照会の質問"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "key"], name="inquiry_question_key"),
        ]

    def __str__(self):
        return self.text

    @property
    def options(self):
        """The choices, one a line of the column."""
        return tuple(self.choices.splitlines())


class InquiryAnswer(Versioned, YearRow):
    """What a municipality has written to one question; its key is the question's. The prefecture never reads it.

    `text` is canonical: digits of a number, a day as 2026-10-01, yes or no, else the words themselves.
    """

    inquiry = models.SlugField("照会", max_length=80)
    text = CleanTextField("回答", max_length=LONGEST_ANSWER, blank=True)

    FOUND_BY = ("cycle_id", "key")

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "照会への回答"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "cycle", "key"], name="inquiry_answer_key"
            ),
        ]

    def __str__(self):
        return self.text


class InquiryReply(models.Model):
    """Where the answer of a municipality stands that was asked. Unfenced: a state and days.

    Written when the 照会 is sent, by the first saved draft, and by answering, which also writes the lines.
    """

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="市区町村",
    )
    inquiry = models.SlugField("照会", max_length=80)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    state = models.CharField(
        "状態", max_length=10, choices=ReplyState, default=ReplyState.UNTOUCHED
    )
    is_by_prefecture = models.BooleanField("県入力", default=False)
    first_answered_at = models.DateTimeField("最初の回答日時", null=True, blank=True)
    answered_at = models.DateTimeField("回答日時", null=True, blank=True)
    reminded_on = models.DateField("最後に知らせた日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "照会の回答状況"
        ordering = ["municipality__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "inquiry"], name="inquiry_reply_once"),
        ]

    def __str__(self):
        return f"{self.inquiry} {self.get_state_display()}"

    @property
    def is_answered(self):
        return self.state == ReplyState.ANSWERED


class InquiryReplyLine(models.Model):
    """The published copy of one answer: what was sent to the prefecture by answering."""

    reply = models.ForeignKey(
        InquiryReply, on_delete=models.CASCADE, related_name="lines", verbose_name="回答状況"
    )
    question = models.SlugField("質問", max_length=80)
    text = CleanTextField("回答", max_length=LONGEST_ANSWER, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "照会の回答の写し"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "question"], name="inquiry_reply_line_once"),
        ]

    def __str__(self):
        return self.text
