"""Files of statistics on their way in: how each is laid out, what it would change, and what is wrong with it.

Nobody's rows but published statistics pass here: the tables are unfenced, and pages show a prefecture only its own.
"""

from pathlib import PurePath
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from indicators.choices import (
    CodeForm,
    ColumnRole,
    Finality,
    PlaceKind,
    SignMeaning,
    StagedDeed,
    TableForm,
    UploadState,
    ValueState,
)
from indicators.models.definitions import Definition
from indicators.models.published import Dataset, ToldBeside
from municipalities.text import CleanTextField


class OfPrefecture(models.Model):
    """Whose it is: a prefecture's, or the operator's where there is none."""

    prefecture = models.ForeignKey(
        "municipalities.Prefecture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="都道府県",
    )

    class Meta:
        abstract = True


class StatisticsLayoutQuerySet(models.QuerySet):
    def offered_to(self, prefecture):
        """Keep what is recognised for a prefecture (None: the operator): those it has kept, the newest first, and the shipped ones.

        Of two that fit a file alike the first is taken: what people have corrected goes before what they corrected.
        """
        own = models.Q(is_shipped=True) | models.Q(is_kept=True, prefecture=prefecture)
        return (
            self.filter(own).order_by("is_shipped", "-pk").prefetch_related("columns__definition")
        )

    def remembered_by(self, prefecture):
        """Keep what a prefecture's officers (None: the operator) have corrected and taken a file in by."""
        ended = StatisticsUpload.objects.filter(state=UploadState.DONE).values("layout")
        return self.filter(is_kept=True, is_shipped=False, prefecture=prefecture, pk__in=ended)


class StatisticsLayout(OfPrefecture):
    """様式の設定: where the places, the headings and the numbers stand in a file. Rows and columns count from 1."""

    code = models.SlugField("コード", max_length=60, unique=True)
    name = CleanTextField("様式の名称", max_length=100)
    # Shipped with the product: shown to everybody, changed by nobody.
    is_shipped = models.BooleanField("製品に付属", default=False)
    # Kept for the next file of its kind; otherwise it belongs to one file alone.
    is_kept = models.BooleanField("次回も使う", default=False)
    # Empty where no real file of this kind was at hand.
    verified_with = CleanTextField("確認に使った実際のファイル", max_length=200, blank=True)
    title = CleanTextField("統計の名称", max_length=200, blank=True)
    # By it the next file is known to be of a statistic that people have called otherwise.
    title_above = CleanTextField(
        "表の上に書かれていた表題", max_length=200, blank=True, default="", db_default=""
    )
    publisher = CleanTextField("公表者", max_length=100, blank=True)
    # The beginning of the sheet's name; empty is the first visible sheet.
    sheet = CleanTextField("シートの名称の始まり", max_length=60, blank=True)
    # By what the layout is recognised: a regular expression over the file's name, words of the first lines.
    file_pattern = CleanTextField("ファイル名の型", max_length=200, blank=True)
    marks = CleanTextField("見分ける言葉", max_length=300, blank=True)
    form = models.CharField("表の向き", max_length=10, choices=TableForm, default=TableForm.WIDE)
    heading_from = models.PositiveSmallIntegerField("見出しの最初の行", default=1)
    heading_to = models.PositiveSmallIntegerField("見出しの最後の行", default=1)
    first_row = models.PositiveSmallIntegerField("データの最初の行", default=2)
    code_form = models.CharField(
        "地域の書き方", max_length=10, choices=CodeForm, default=CodeForm.SIX
    )
    place_column = models.PositiveSmallIntegerField("地域のコードか名称の列", default=1)
    # For names alone: where the prefecture stands, 0 for nowhere.
    prefecture_column = models.PositiveSmallIntegerField("都道府県の列", default=0)
    fiscal_year = models.PositiveSmallIntegerField(
        "年度（列で決まらないとき）", null=True, blank=True
    )
    # What a person says of the whole table; a column that tells it wins, cell by cell. The next file has another day.
    finality = models.CharField(
        "確定の別（列で決まらないとき）",
        max_length=20,
        choices=Finality,
        blank=True,
        default="",
        db_default="",
    )
    as_of = models.DateField("いつ現在か（列で決まらないとき）", null=True, blank=True)
    dash = models.CharField(
        "「－」の意味", max_length=20, choices=SignMeaning, default=SignMeaning.REFUSED
    )
    dots = models.CharField(
        "「…」の意味", max_length=20, choices=SignMeaning, default=SignMeaning.UNKNOWN
    )
    middle_dot = models.CharField(
        "「・」の意味", max_length=20, choices=SignMeaning, default=SignMeaning.NOT_APPLICABLE
    )
    star = models.CharField(
        "「x」「***」の意味", max_length=20, choices=SignMeaning, default=SignMeaning.SUPPRESSED
    )

    objects = StatisticsLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "様式の設定"
        ordering = ["-is_shipped", "code"]

    def __str__(self):
        return self.name


class LayoutColumn(models.Model):
    """One column of a layout: which number of which year stands there."""

    layout = models.ForeignKey(
        StatisticsLayout, on_delete=models.CASCADE, related_name="columns", verbose_name="様式"
    )
    number = models.PositiveSmallIntegerField("列")
    heading = CleanTextField("見出し", max_length=300, blank=True)
    role = models.CharField("内容", max_length=20, choices=ColumnRole, default=ColumnRole.SKIPPED)
    definition = models.ForeignKey(
        Definition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="指標",
    )
    fiscal_year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    # 千人 → 1000.
    factor = models.DecimalField("倍率", max_digits=12, decimal_places=4, default=1)

    class Meta:
        verbose_name = verbose_name_plural = "様式の列"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["layout", "number"], name="layout_column_once")
        ]

    def __str__(self):
        return f"{self.number}列目　{self.heading}"


class StatisticsUploadQuerySet(models.QuerySet):
    def of(self, prefecture):
        """Keep the files of one prefecture's officers; of the operator for None."""
        return self.filter(prefecture=prefecture)

    def held(self, pk, *, version, state):
        """Keep the file while it is as its reader knew it: not cancelled, its layout not changed."""
        return self.filter(pk=pk, version=version, state=state)


class StatisticsUpload(OfPrefecture):
    """One file, from its arrival to its end. Its bytes are dropped when it has ended."""

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="取り込んだ人",
    )
    file_name = CleanTextField("ファイル名", max_length=200)
    content = models.BinaryField("内容", null=True)
    sha256 = models.CharField("指紋", max_length=64)
    # How the bytes were read: 「CSV（文字コード：Shift_JIS）」.
    described = CleanTextField("読み取り方", max_length=200, blank=True)
    layout = models.OneToOneField(
        StatisticsLayout,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="様式の設定",
    )
    dataset = models.ForeignKey(
        Dataset, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="統計"
    )
    state = models.CharField(
        "状態", max_length=10, choices=UploadState, default=UploadState.READING
    )
    # Rows of the file looked at so far, and in all.
    rows_done = models.PositiveIntegerField("済んだ行", default=0)
    rows_all = models.PositiveIntegerField("すべての行", default=0)
    # What was staged, and afterwards what was written.
    new = models.PositiveIntegerField("新規", default=0)
    changed = models.PositiveIntegerField("変更", default=0)
    same = models.PositiveIntegerField("同じ", default=0)
    refused_cells = models.PositiveIntegerField("取り込めない箇所の数", default=0)
    # Rows of places that are not the prefecture's.
    rows_elsewhere = models.PositiveIntegerField("管外の行", default=0)
    message = CleanTextField("知らせること", max_length=500, blank=True)
    # As the person says who takes it in; empty where nobody has called the table public.
    public_source = CleanTextField("公表されている場所", max_length=300, blank=True)
    # Rises with every change of layout: what an older reading staged does not count.
    version = models.PositiveIntegerField("版", default=1)
    created_at = models.DateTimeField("受付日時", db_default=Now())
    ended_at = models.DateTimeField("終了日時", null=True)

    OPEN: ClassVar = (UploadState.READING, UploadState.CHECKING, UploadState.WRITING)

    objects = StatisticsUploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "統計ファイル"
        ordering = ["-pk"]

    def __str__(self):
        return self.file_name

    @property
    def is_named_by_file(self):
        """Whether the statistic is still called as its file is: people would read that as the source."""
        title = self.layout.title if self.layout else ""
        return title in {"", self.file_name, PurePath(self.file_name).stem}

    @property
    def is_corrected(self):
        """Whether people have sent its layout back: each time the version rises."""
        return self.version > 1

    @property
    def is_working(self):
        return self.state in {UploadState.READING, UploadState.WRITING}

    @property
    def writes(self):
        return self.new + self.changed

    @property
    def may_be_taken(self):
        """All or nothing: one cell that cannot be taken keeps the whole file out."""
        return self.state == UploadState.CHECKING and self.writes and not self.refused_cells

    @property
    def changes_nothing(self):
        """Whether all that it holds is stored already: it is ended without writing."""
        return bool(self.same) and not self.writes and not self.refused_cells

    @property
    def may_be_ended(self):
        return self.state == UploadState.CHECKING and self.changes_nothing


class StagedBlock(models.Model):
    """The values of many places that a file would write, each beside what it found (`intake/blocks.py`)."""

    upload = models.ForeignKey(
        StatisticsUpload, on_delete=models.CASCADE, related_name="blocks", verbose_name="ファイル"
    )
    number = models.PositiveIntegerField("順番")
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "取り込み待ちのまとまり"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="staged_block_once")
        ]

    def __str__(self):
        return f"{self.upload_id} {self.number}"


class StagedValue(ToldBeside):
    """A value that a file would write, beside the one it found: the first of them, which people look at."""

    upload = models.ForeignKey(
        StatisticsUpload, on_delete=models.CASCADE, related_name="staged", verbose_name="ファイル"
    )
    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="+", verbose_name="指標"
    )
    place_kind = models.CharField("区域の種類", max_length=20, choices=PlaceKind)
    place_code = models.CharField("区域のコード", max_length=6)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    value = models.DecimalField("値", max_digits=15, decimal_places=4, null=True)
    state = models.CharField("値の状態", max_length=20, choices=ValueState)
    deed = models.CharField("扱い", max_length=10, choices=StagedDeed)
    found_value = models.DecimalField("いまの値", max_digits=15, decimal_places=4, null=True)
    found_state = models.CharField("いまの状態", max_length=20, choices=ValueState, blank=True)
    row = models.PositiveIntegerField("行")
    column = models.PositiveSmallIntegerField("列")

    class Meta:
        verbose_name = verbose_name_plural = "取り込み待ちの値"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "definition", "place_kind", "place_code", "fiscal_year"],
                name="staged_value_once",
            )
        ]

    def __str__(self):
        return f"{self.definition_id} {self.place_code} {self.fiscal_year}"


class FileDoubt(models.Model):
    """One kind of doubt about the values of a file (`arithmetic/warnings.py`), and how many values it is about.

    What would be hidden of it is kept in the same way (`intake/foreseen.py`), by codes of its own.
    """

    upload = models.ForeignKey(
        StatisticsUpload, on_delete=models.CASCADE, related_name="doubts", verbose_name="ファイル"
    )
    code = models.SlugField("種類", max_length=40)
    count = models.PositiveIntegerField("件数")

    class Meta:
        verbose_name = verbose_name_plural = "確かめたい値の種類"
        ordering = ["-count", "code"]
        constraints = [models.UniqueConstraint(fields=["upload", "code"], name="file_doubt_once")]

    def __str__(self):
        return f"{self.code} {self.count}"


class DoubtfulCell(models.Model):
    """One of the first values of a kind of doubt, with the sentence that asks. It keeps nothing out."""

    doubt = models.ForeignKey(
        FileDoubt, on_delete=models.CASCADE, related_name="cells", verbose_name="種類"
    )
    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="+", verbose_name="指標"
    )
    place_kind = models.CharField("区域の種類", max_length=20, choices=PlaceKind)
    place_code = models.CharField("区域のコード", max_length=6)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    row = models.PositiveIntegerField("行")
    column = models.PositiveSmallIntegerField("列")
    text = models.CharField("値", max_length=100)
    message = models.CharField("確かめること", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "確かめたい値"
        ordering = ["row", "column", "pk"]

    def __str__(self):
        return f"{self.row}行目 {self.message}"


class RefusedCell(models.Model):
    """A cell that cannot be taken, with a sentence that says what to do."""

    upload = models.ForeignKey(
        StatisticsUpload, on_delete=models.CASCADE, related_name="refused", verbose_name="ファイル"
    )
    row = models.PositiveIntegerField("行")
    # 0 where the whole row is meant.
    column = models.PositiveSmallIntegerField("列")
    text = models.CharField("書かれていた内容", max_length=100)
    message = models.CharField("理由", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "取り込めない箇所"
        ordering = ["row", "column", "pk"]

    def __str__(self):
        return f"{self.row}行目 {self.message}"
