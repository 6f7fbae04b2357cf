"""The form of a partner: the municipality with which ours shares a council, a contract or a structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from municipalities.fence.sharing import OURSELVES
from municipalities.fields import JaTextField, refusal
from municipalities.forms import HouseModelForm
from municipalities.people.forms import municipalities_named

if TYPE_CHECKING:
    from municipalities.models import Municipality

UNKNOWN = (
    "登録されている市区町村の名前か、6桁のコードで入力してください（例：見本県見本町、990027）"
)
SEVERAL = (
    "同じ名前がほかにもあるため、都道府県の名前を付けるか、6桁のコードで入力してください"
    "（例：見本県見本町、990027）"
)


class MunicipalityField(JaTextField):
    """A municipality, typed as its name or its code; cleans to its row."""

    def clean(self, value: Any) -> Municipality | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = municipalities_named(typed)
        if len(found) != 1:
            raise refusal(self, SEVERAL if found else UNKNOWN)
        return found[0]


class PartnerForm(HouseModelForm):
    """Asks for the partner of a SharePartner row; `head` is the column that points at what is shared.

    Its Meta names the model and `fields = ("partner",)`.
    """

    head: str
    partner = MunicipalityField(
        label="市区町村",
        help_text="名前かコードで入力します（例：見本県見本町、990027）。"
        "追加すると、その市区町村の画面にも表示され、読めるようになります。書き込めるのは、こちらだけです。",
    )

    def clean_partner(self) -> Municipality:
        """Neither ourselves nor one that is there already."""
        partner = self.cleaned_data["partner"]
        head = getattr(self.instance, self.head)
        if partner.pk == head.municipality_id:
            raise ValidationError(OURSELVES)
        same = self._meta.model.objects.filter(**{self.head: head}, partner=partner)
        if same.exists():
            raise ValidationError(f"{partner}は、すでに追加されています。")
        return partner
