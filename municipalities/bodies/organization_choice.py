"""Choosing a body or section in a form: one of the town's, or a name that is registered with the row.

A form that asks for an organization inherits OrganizationChoice in place of HouseModelForm; its view's deed
calls `form.settle(by=…)` inside the transaction that writes the row (`edit_row` does so by itself).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from municipalities.choices import OrganizationKind
from municipalities.fields import JaTextField
from municipalities.forms import HouseModelForm
from municipalities.kernel import changes
from municipalities.models import Organization
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from municipalities.models import User

NEW = "_new"
EITHER = "一覧から選ぶか、次の欄に名称を入力します。どちらか一つが必要です。"
CHOOSE = "選んでください"
NOBODY = "（指定しない）"
HINT = (
    "一覧にないときだけ入力します。保存すると、団体・部署の一覧にも加わります。"
    "登録できるのは団体と部署だけです。個人の名前は入力しないでください。"
)
# What a name says of its kind; the first that fits counts, and the register can correct it.
SIGNS = (
    ("歯科医師会", OrganizationKind.DENTAL_ASSOCIATION),
    ("連携支援センター", OrganizationKind.COORDINATION_CENTRE),
    ("地域包括支援センター", OrganizationKind.COMPREHENSIVE_CENTRE),
    ("訪問看護", OrganizationKind.VISITING_NURSES),
    ("薬剤師会", OrganizationKind.PHARMACISTS),
    ("保健所", OrganizationKind.HEALTH_CENTRE),
    ("消防", OrganizationKind.FIRE_SERVICE),
    ("医師会", OrganizationKind.MEDICAL_ASSOCIATION),
    ("病院", OrganizationKind.HOSPITAL),
    ("診療所", OrganizationKind.CLINIC),
    ("クリニック", OrganizationKind.CLINIC),
    ("大学", OrganizationKind.UNIVERSITY),
)


class OrganizationChoice(HouseModelForm):
    """Adds to each of `organization_fields` (foreign keys of the form's model) a field for a new name.

    「<field>_new」 stands below its select. Whether one of the two must be filled in is what the model
    says of the column (`blank`).
    """

    organization_fields: tuple[str, ...] = ("organization",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(grouped(Organization.objects.all()))
        for name in self.organization_fields:
            field: Any = self.fields[name]
            is_asked = self._is_asked(name)
            field.choices = [("", CHOOSE if is_asked else NOBODY), *choices]
            field.required = False
            field.help_text = EITHER if is_asked else field.help_text
            label = f"一覧にない{field.label}の名称"
            new: Any = JaTextField(label=label, help_text=HINT, max_length=100, required=False)
            # The mark says that one of the two is needed.
            field.no_mark = new.no_mark = is_asked
            self.fields[name + NEW] = new
        self.order_fields(self._with_new_names())

    def _with_new_names(self) -> list[str]:
        names = []
        for name in self.fields:
            if not name.endswith(NEW):
                names += [name, name + NEW] if name in self.organization_fields else [name]
        return names

    def _is_asked(self, name: str) -> bool:
        """Say whether a row cannot do without this organization."""
        return not self._meta.model._meta.get_field(name).blank

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in self.organization_fields:
            self._choose(self.cleaned_data, name)
        return self.cleaned_data

    def _choose(self, cleaned: dict[str, Any], name: str) -> None:
        """Let a typed name stand for the select; a registered body of exactly that name is that body."""
        typed, chosen = cleaned.get(name + NEW), cleaned.get(name)
        label = self.fields[name].label
        if not typed:
            if not chosen and self._is_asked(name) and not {name, name + NEW} & set(self.errors):
                self.add_error(name, f"{label}を選ぶか、一覧にない名称を入力してください。")
            return
        if chosen and name in self.changed_data:
            message = f"{label}は、一覧から選ぶか名称を入力するか、どちらか一方にしてください。"
            self.add_error(name + NEW, message)
            return
        cleaned[name] = Organization.objects.filter(name=typed).first()

    def settle(self, *, by: User) -> None:
        """Register the bodies that were named and are not there yet, and point the row at them."""
        super().settle(by=by)
        for name in self.organization_fields:
            if typed := self.cleaned_data.get(name + NEW):
                body = Organization.objects.filter(name=typed).first() or register(typed, by=by)
                self.cleaned_data[name] = body
                setattr(self.instance, name, body)


def in_order(organizations: Iterable[Organization]) -> list[Organization]:
    """Return the bodies by kind, as the kinds are listed, then by name."""
    order = list(OrganizationKind)
    return sorted(
        organizations,
        key=lambda one: (order.index(OrganizationKind(one.kind)), one.name, one.pk),
    )


def grouped(organizations: Iterable[Organization]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the bodies as the groups of a select."""
    for kind, bodies in groupby(in_order(organizations), key=lambda one: one.kind):
        yield str(OrganizationKind(kind).label), [(one.pk, one.name) for one in bodies]


def kind_of(name: str) -> OrganizationKind:
    """Return the kind that a name speaks of; その他 where it says nothing."""
    return next((kind for sign, kind in SIGNS if sign in name), OrganizationKind.OTHER)


def register(name: str, *, by: User) -> Organization:
    """Put a body into the town's register."""
    body = Organization(name=name, kind=kind_of(name), key=new_key("organization"))
    changes.create_versioned(body, by=by)
    return body
