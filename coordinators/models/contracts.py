"""委託: contracts with their chains, and who carries out which work item. Contracts endure."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from coordinators.choices import ContractEventKind, ContractKind, ContractState
from logicmodels.choices import Execution, Funding, WorkItem
from municipalities.choices import Audience, Scene
from municipalities.fence.sharing import SharedTenantModel, SharePartner
from municipalities.japanese import fuzzy_dates
from municipalities.kernel.changes import Versioned
from municipalities.models.bodies import NamedBody
from municipalities.models.cycles import YearRow
from municipalities.text import CleanTextField

PARTNERS = "coordinators.ContractPartner"


class Contract(NamedBody, SharedTenantModel, Versioned):
    """One contract; `organization` or `name` is who takes it on. A 再委託 stands below the contract it comes from."""

    title = CleanTextField("契約・業務の名称", max_length=200)
    kind = models.CharField(
        "委託の種類", max_length=10, choices=ContractKind, default=ContractKind.WHOLE
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name="もとの契約",
    )
    # How many bodies take it on together: 「18行政区の各医師会」.
    number_of_parties = models.PositiveSmallIntegerField(
        "受託する団体の数（複数ある場合）", null=True, blank=True
    )
    state = models.CharField(
        "状態", max_length=10, choices=ContractState, default=ContractState.RUNNING
    )
    # As people speak of it: 「令和5年度から」.
    begins = CleanTextField("契約の始まり", max_length=40, blank=True)
    ends = CleanTextField("契約の終わり", max_length=40, blank=True)
    end_reason = CleanTextField("終了の理由", max_length=1000, blank=True)
    purpose = CleanTextField("目指す姿と委託の目的", max_length=2000, blank=True)
    expectation = CleanTextField("市町村の期待", max_length=2000, blank=True)
    reality = CleanTextField("委託先の現状・考え", max_length=2000, blank=True)
    gap = CleanTextField("期待と現状の差", max_length=2000, blank=True)
    agreement = CleanTextField("合意したこと", max_length=2000, blank=True)
    merits = CleanTextField("委託先にとっての利点", max_length=2000, blank=True)
    deliverables = CleanTextField("成果物", max_length=1000, blank=True)
    reporting = CleanTextField("報告とフィードバックの方法・時期", max_length=1000, blank=True)
    amount = models.PositiveIntegerField("委託料（年額・円）", null=True, blank=True)
    funding = models.CharField("財源", max_length=20, choices=Funding, default=Funding.UNSTATED)
    note = CleanTextField("補足", max_length=2000, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    SHARED_BY: ClassVar = (PARTNERS, "contract", "pk")

    class Meta(Versioned.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "委託契約"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="contract_key")]

    def __str__(self):
        return self.title

    def clean(self):
        """A 再委託, and nothing else, names the contract that it comes from; a contract ends after it began."""
        super().clean()
        if self.parent is not None and (self.parent is self or self.parent.key == self.key):
            message = "自分自身をもとの契約にはできません。ほかの契約を選んでください。"
            raise ValidationError({"parent": message})
        if self.kind == ContractKind.SUB and self.parent is None:
            message = "再委託のときは、もとの契約を選んでください。"
            raise ValidationError({"parent": message})
        if self.kind != ContractKind.SUB and self.parent is not None:
            message = "もとの契約を選ぶのは再委託のときです。「再委託」を選ぶか、もとの契約を外してください。"
            raise ValidationError({"parent": message})
        if fuzzy_dates.is_before(self.ends, self.begins):
            message = "契約の終わりが、始まりより前になっています。どちらかを直してください。"
            raise ValidationError({"ends": message})


class ContractPartner(SharePartner, Versioned):
    """A municipality that contracts together with the lead."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="partners", verbose_name="委託契約"
    )

    FOUND_BY = ("contract_id", "partner_id")

    class Meta(SharePartner.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "共同で委託する市区町村"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="contract_partner_key"),
            models.UniqueConstraint(fields=["contract", "partner"], name="contract_partner_once"),
        ]

    def __str__(self):
        return str(self.partner)


class ContractEvent(SharedTenantModel, Versioned):
    """A report due or received, or a meeting in which its work was fed back."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="events", verbose_name="委託契約"
    )
    kind = models.CharField(
        "種類", max_length=10, choices=ContractEventKind, default=ContractEventKind.REPORT
    )
    due = CleanTextField("期限・予定", max_length=40, blank=True)
    done = CleanTextField("受け取った・行った時期", max_length=40, blank=True)
    text = CleanTextField("内容", max_length=2000)
    position = models.PositiveIntegerField("並び順", default=0)

    SHARED_BY: ClassVar = (PARTNERS, "contract", "contract_id")

    class Meta(SharedTenantModel.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "報告・意見交換"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="contract_event_key")
        ]

    def __str__(self):
        return self.text[:60]


class WorkItemExecution(NamedBody, Versioned, YearRow):
    """Who carries out a work item in a scene this year: 直営, 委託, 一部委託 or 再委託, and by which contract."""

    NAME_IS_ASKED = False
    POINTS_ACROSS = frozenset({"contract"})

    work_item = models.CharField("事業項目", max_length=30, choices=WorkItem)
    scene = models.CharField("場面", max_length=20, choices=Scene, default=Scene.ALL)
    execution = models.CharField(
        "実施の方法", max_length=20, choices=Execution, default=Execution.UNSTATED
    )
    contract = models.ForeignKey(
        Contract,
        on_delete=models.PROTECT,
        related_name="executions",
        null=True,
        blank=True,
        verbose_name="委託契約",
    )
    note = CleanTextField("補足", max_length=500, blank=True)
    position = models.PositiveIntegerField("並び順", default=0)
    audience = models.CharField(
        "見せる範囲", max_length=20, choices=Audience, default=Audience.ADVISER
    )

    class Meta(Versioned.Meta, YearRow.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "事業項目の実施体制"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cycle", "key"], name="execution_key")
        ]

    def __str__(self):
        return f"{self.get_work_item_display()}：{self.get_execution_display()}"

    def clean(self):
        """What is done by our own hands needs no contract."""
        super().clean()
        # By its id: a contract that is shared no longer may not be read here.
        if self.execution == Execution.DIRECT and self.contract_id is not None:
            message = "直営のときは、委託契約を選びません。契約があるときは、実施の方法を確かめてください。"
            raise ValidationError({"contract": message})
