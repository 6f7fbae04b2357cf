"""Prefectures, municipalities and areas of medical care: reference data, the same for everybody."""

from django.core.validators import RegexValidator
from django.db import models

from municipalities.choices import AreaScheme, MunicipalityKind
from municipalities.codes import validate_code


class Prefecture(models.Model):
    """都道府県; 99 is 見本県, where exercises and invented values live."""

    code = models.CharField(
        "都道府県コード", max_length=2, unique=True, validators=[RegexValidator(r"^[0-9]{2}\Z")]
    )
    name = models.CharField("名称", max_length=10)
    kana = models.CharField("かな", max_length=20)

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "都道府県"

    def __str__(self):
        return self.name

    @property
    def word(self):
        """What it calls itself: 都, 道, 府 or 県."""
        return self.name[-1:]


class MunicipalityQuerySet(models.QuerySet):
    def without_wards(self):
        """Those that run the programme: a 行政区 is a part of its city and has no year of its own."""
        return self.exclude(kind=MunicipalityKind.WARD)


class Municipality(models.Model):
    """市区町村, by 全国地方公共団体コード; the wards of 政令指定都市 are rows with a parent."""

    code = models.CharField(
        "全国地方公共団体コード", max_length=6, unique=True, validators=[validate_code]
    )
    name = models.CharField("名称", max_length=30)
    kana = models.CharField("かな", max_length=60)
    kind = models.CharField("種類", max_length=20, choices=MunicipalityKind)
    prefecture = models.ForeignKey(
        Prefecture, on_delete=models.PROTECT, related_name="municipalities", verbose_name="都道府県"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wards",
        verbose_name="行政区の属する市",
    )
    district = models.CharField("郡", max_length=20, blank=True)
    similar_group = models.CharField("類似団体の区分", max_length=20, blank=True)
    # Some gateways let no attachment through: then mails carry the login link alone.
    attaches_reports = models.BooleanField("報告書のPDFをメールに添付する", default=True)
    # How many days before a date its people are reminded (「14、7、1」); empty: as the operator says.
    reminder_days = models.CharField("予定を知らせる日", max_length=60, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "市区町村"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=MunicipalityKind.WARD, parent__isnull=False)
                | (~models.Q(kind=MunicipalityKind.WARD) & models.Q(parent__isnull=True)),
                name="ward_has_its_city",
            ),
        ]

    def __str__(self):
        return self.name


class MunicipalityAlias(models.Model):
    """Another spelling or former name under which papers and lists know a municipality."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="aliases", verbose_name="市区町村"
    )
    alias = models.CharField("別の表記", max_length=30)
    note = models.CharField("補足", max_length=50, blank=True)

    class Meta:
        ordering = ["municipality__code", "alias"]
        verbose_name = verbose_name_plural = "市区町村名の別の表記"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "alias"], name="municipality_alias_once"
            ),
        ]

    def __str__(self):
        return self.alias


class MunicipalityChange(models.Model):
    """A code that is no longer in use, and one municipality that its area belongs to now."""

    changed_on = models.DateField("変更日")
    kind = models.CharField("変更の種類", max_length=20)
    old_code = models.CharField("旧コード", max_length=6, validators=[validate_code])
    old_name = models.CharField("旧名称", max_length=30)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="former_codes",
        verbose_name="今の市区町村",
    )
    note = models.CharField("補足", max_length=100, blank=True)

    class Meta:
        ordering = ["changed_on", "old_code", "municipality__code"]
        verbose_name = verbose_name_plural = "市区町村コードの変更"
        constraints = [
            models.UniqueConstraint(
                fields=["old_code", "municipality"], name="municipality_change_once"
            ),
        ]

    def __str__(self):
        return f"{self.old_code} {self.old_name}"


class MedicalArea(models.Model):
    """二次医療圏 or 構想区域 of one scheme: where a border moved, the old area keeps its own row."""

    scheme = models.CharField("区分", max_length=20, choices=AreaScheme)
    code = models.CharField("圏域コード", max_length=6)
    # Areas whose official code has not been published to us bear a code of ours, never a guess.
    is_official_code = models.BooleanField("公式のコード", default=True)
    name = models.CharField("名称", max_length=30)
    prefecture = models.ForeignKey(
        Prefecture, on_delete=models.PROTECT, related_name="medical_areas", verbose_name="都道府県"
    )

    class Meta:
        ordering = ["scheme", "code"]
        verbose_name = verbose_name_plural = "医療圏域"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="medical_area_once"),
        ]

    def __str__(self):
        return self.name


class MedicalAreaMember(models.Model):
    """A municipality or ward that lies in an area; a city in several areas is there by its wards alone."""

    area = models.ForeignKey(
        MedicalArea, on_delete=models.CASCADE, related_name="members", verbose_name="医療圏域"
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="medical_areas",
        verbose_name="市区町村",
    )

    class Meta:
        ordering = ["area__code", "municipality__code"]
        verbose_name = verbose_name_plural = "医療圏域の市区町村"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "municipality"], name="medical_area_member_once"
            ),
        ]

    def __str__(self):
        return f"{self.area} {self.municipality}"
