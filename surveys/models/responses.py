"""回答: what was answered, without who answered. In no document, deleted on a day that the round names."""

import re
import unicodedata
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from councils.choices import Profession
from municipalities.kernel.changes import Versioned
from municipalities.tenancy import TenantManager, TenantModel
from municipalities.text import CleanTextField
from surveys.choices import ResponseWay
from surveys.models.questionnaires import MatrixRow, Option, Question, Questionnaire
from surveys.models.rounds import SurveyRound


class ResponseQuerySet(models.QuerySet):
    def counted(self):
        """Keep what is counted: 有効回答."""
        return self.filter(is_excluded=False)

    def of_receipt(self, text):
        """Keep what a respondent, or a sheet of paper, calls by this number, however it was written."""
        folded = unicodedata.normalize("NFKC", text)
        tail = re.sub(r"[^0-9a-z]", "", folded.lower())
        number = re.sub(r"\s+", "", folded)
        if not number:
            return self.none()
        return self.filter(Q(key=f"response-{tail}") | Q(sheet_number=number))


class Response(Versioned):
    """One answered questionnaire. Neither address nor invitee is stored; the time is cut to the hour."""

    round = models.ForeignKey(
        SurveyRound, on_delete=models.PROTECT, related_name="responses", verbose_name="調査の実施"
    )
    way = models.CharField(
        "回答の方法", max_length=12, choices=ResponseWay, default=ResponseWay.LINK
    )
    received_at = models.DateTimeField("受付日時", null=True, blank=True)
    profession = models.CharField(
        "職種", max_length=30, choices=Profession, default=Profession.UNSTATED
    )
    # A keyed hash of the code that the respondent chose, to join two rounds.
    pair = models.CharField("本人が決めた番号のハッシュ", max_length=64, blank=True)
    sheet_number = CleanTextField("紙の番号", max_length=20, blank=True)
    # Spent in the transaction of the answer: one press, one answer.
    submission = models.CharField("送信キー", max_length=40)
    # Told to the owner, never a reason to refuse: 「短い時間に続いた回答」.
    remark = CleanTextField("確認したほうがよい点", max_length=200, blank=True)
    is_excluded = models.BooleanField("集計から除く", default=False)
    excluded_why = CleanTextField("除いた理由", max_length=200, blank=True)

    objects: ClassVar = TenantManager.from_queryset(ResponseQuerySet)()

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "回答"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="response_key"),
            models.UniqueConstraint(
                fields=["municipality", "round", "submission"], name="response_once"
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def receipt(self):
        """Return the 受付番号: it names the answer to whoever sent it, and to nobody else."""
        tail = self.key.rpartition("-")[2].upper()
        return f"{tail[:5]}-{tail[5:]}"


class AnswerQuerySet(models.QuerySet):
    def of(self, row):
        """Keep the lines of a round, those that do not count too."""
        return self.filter(response__round=row)

    def counted(self):
        """Keep the lines of what is counted: 有効回答."""
        return self.filter(response__is_excluded=False)


class Answer(TenantModel):
    """One mark or one entry of a response. `option` for what is ticked, `number` or `text` for what is written.

    A matrix has a line for each tick with its `row`. The text of 「その他」 stands beside its option.
    """

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="answers", verbose_name="回答"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="answers", verbose_name="設問"
    )
    row = models.ForeignKey(
        MatrixRow,
        on_delete=models.PROTECT,
        related_name="answers",
        null=True,
        blank=True,
        verbose_name="項目",
    )
    option = models.ForeignKey(
        Option,
        on_delete=models.PROTECT,
        related_name="answers",
        null=True,
        blank=True,
        verbose_name="選択肢",
    )
    number = models.DecimalField("数値", max_digits=15, decimal_places=4, null=True, blank=True)
    text = CleanTextField("文章", max_length=2000, blank=True)

    objects: ClassVar = TenantManager.from_queryset(AnswerQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "回答の内容"
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60] or str(self.option_id or self.number or "")


class AnswerColumn(TenantModel):
    """How a column of an answer file is read, as somebody has said: remembered for its questionnaire.

    In no document: the names of columns are those of somebody's file.
    """

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="columns", verbose_name="調査票"
    )
    heading = CleanTextField("列の見出し", max_length=300)
    # The heading as it is compared, hashed: headings are long.
    mark = models.CharField("見出しのハッシュ", max_length=64)
    # The field that it fills: `q2`, `q3r1`, `sheet`; NOT_READ for none.
    name = models.CharField("読み取る先", max_length=20)
    # Of a column of 0 and 1: the number of its option.
    tick = models.CharField("選択肢", max_length=4, blank=True)

    NOT_READ = "none"

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "回答ファイルの列の読み方"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "questionnaire", "mark"], name="answer_column_once"
            ),
        ]

    def __str__(self):
        return self.heading[:60]


class AnswerUpload(TenantModel):
    """A file of answers between checking and taking in, for whoever has chosen it; a day at most. In no document."""

    round = models.ForeignKey(
        SurveyRound, on_delete=models.CASCADE, related_name="uploads", verbose_name="調査の実施"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="選んだ人",
    )
    file_name = CleanTextField("ファイル名", max_length=200)
    content = models.BinaryField("内容")
    created_at = models.DateTimeField("選んだ日時", default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = verbose_name_plural = "取込み中の回答ファイル"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "round", "uploaded_by"], name="answer_upload_once"
            ),
        ]

    def __str__(self):
        return self.file_name
