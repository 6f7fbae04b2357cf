"""Prefectures and municipalities: reference data, the same for everybody."""

from django.core.validators import RegexValidator
from django.db import models

from municipalities.choices import MunicipalityKind
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


class Municipality(models.Model):
    """市区町村, by 全国地方公共団体コード."""

    code = models.CharField(
        "全国地方公共団体コード", max_length=6, unique=True, validators=[validate_code]
    )
    name = models.CharField("名称", max_length=30)
    kana = models.CharField("かな", max_length=60)
    kind = models.CharField("種類", max_length=20, choices=MunicipalityKind)
    prefecture = models.ForeignKey(
        Prefecture, on_delete=models.PROTECT, related_name="municipalities", verbose_name="都道府県"
    )

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "市区町村"

    def __str__(self):
        return self.name
