"""在宅医療に必要な連携を担う拠点 of the medical plan. They endure."""

from django.db import models

from coordinators.choices import BaseState, HostKind, YesNo
from logicmodels.choices import Funding
from municipalities.choices import CARE_SCENES, Audience
from municipalities.kernel.changes import Versioned
from municipalities.models import MedicalArea
from municipalities.models.bodies import NamedBody
from municipalities.text import CleanTextField


class Base(NamedBody, Versioned):
    """A 拠点: `organization` or `name` is the body that is it; it is not for the elderly alone."""

    host_kind = models.CharField(
        "設置主体", max_length=20, choices=HostKind, default=HostKind.UNSTATED
    )
    state = models.CharField("状態", max_length=20, choices=BaseState, default=BaseState.UNSTATED)
    since = CleanTextField("時期", max_length=40, blank=True)
    medical_area = models.ForeignKey(
        MedicalArea,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="二次医療圏",
    )
    covers = CleanTextField("在宅医療の圏域", max_length=200, blank=True)
    # More than one of the same kind: 「30都市医師会33か所」.
    number_text = CleanTextField("数（複数ある場合）", max_length=60, blank=True)
    funding = models.CharField("財源", max_length=20, choices=Funding, default=Funding.UNSTATED)
    is_for_all_ages = models.CharField(
        "高齢者に限らない", max_length=10, choices=YesNo, default=YesNo.UNSTATED
    )
    is_contractor = models.CharField(
        "委託先と同じ団体", max_length=10, choices=YesNo, default=YesNo.UNSTATED
    )
    note = CleanTextField("補足", max_length=2000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "在宅医療に必要な連携を担う拠点"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="base_key")]


class BaseFunction(Versioned):
    """What a 拠点 does for one of the four functions."""

    base = models.ForeignKey(
        Base, on_delete=models.PROTECT, related_name="functions", verbose_name="拠点"
    )
    scene = models.CharField(
        "機能", max_length=20, choices=[(scene.value, scene.label) for scene in CARE_SCENES]
    )
    text = CleanTextField("内容", max_length=1000, blank=True)

    FOUND_BY = ("base_id", "scene")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "拠点の機能"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="base_function_key"),
            models.UniqueConstraint(fields=["base", "scene"], name="base_function_once"),
        ]

    def __str__(self):
        return self.get_scene_display()
