"""How shared rows, and rows that name a body or a neighbour's row, travel in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from pydantic import Field

from municipalities.fence.sharing import OURSELVES
from municipalities.models import Municipality
from municipalities.rows.rows import Key, RowSchema, RowsPart
from municipalities.tenancy import current

if TYPE_CHECKING:
    from municipalities.kernel.changes import Versioned
    from municipalities.models import Cycle

CODE = r"^[0-9]{6}$"


class NamedRow(RowSchema):
    """団体の一覧の organization か、一覧にない場合の name か、どちらか"""

    organization: Key | None = Field(default=None, title="団体・部署")
    name: str = Field(default="", max_length=100, title="名称（一覧にない場合）")


class PartnerRow(RowSchema):
    """共同で行う市区町村"""

    partner: str = Field(pattern=CODE, title="全国地方公共団体コード")


class NamedPart(RowsPart):
    """Rows that name a body: the name itself travels only where the register does not know it."""

    def dump_value(self, row: Any, name: str) -> Any:
        if name == "name" and row.organization_id is not None:
            return ""
        return super().dump_value(row, name)

    def refer(self, row: Any, values: dict[str, Any], known: Any) -> None:
        super().refer(row, values, known)
        if row.organization is not None:
            row.name = row.organization.name


class LedPart(RowsPart):
    """Rows that may be shared: the document of a municipality holds what it leads itself.

    They endure, or `year` is the path to the fiscal year that they carry.
    """

    year: ClassVar[str] = ""

    @property
    def deletes(self) -> bool:  # type: ignore[override]
        """Rows of a year vanish with the document that leaves them out; enduring rows never do."""
        return bool(self.year)

    def stored(self, cycle: Cycle) -> list[Versioned]:
        rows = self.model.objects.led()
        if self.year:
            rows = rows.filter(**{self.year: cycle.fiscal_year})
        return list(rows.select_related(*self.references).order_by())

    def stored_by_others(self, cycle: Cycle) -> list[Versioned]:
        """Return the rows that another municipality leads and shares with ours."""
        rows = self.model.objects.shared()
        if self.year:
            rows = rows.filter(**{self.year: cycle.fiscal_year})
        return list(rows.select_related("municipality").order_by("municipality_id", "pk"))

    def new_row(self, cycle: Cycle, key: str) -> Versioned:
        row = self.model(key=key)
        if self.year == "fiscal_year":
            row.fiscal_year = cycle.fiscal_year
        return row


class PartnersPart(LedPart):
    """The municipalities that share a head, by code."""

    schema = PartnerRow
    named_with = ("partner",)

    def dump_value(self, row: Any, name: str) -> Any:
        return row.partner.code if name == "partner" else super().dump_value(row, name)

    def stored(self, cycle: Cycle) -> list[Versioned]:
        rows = self.model.objects.led().select_related("partner", *self.references)
        if self.year:
            rows = rows.filter(**{self.year: cycle.fiscal_year})
        return list(rows.order_by())

    def stored_by_others(self, cycle: Cycle) -> list[Versioned]:
        rows = self.model.objects.shared().select_related("partner")
        if self.year:
            rows = rows.filter(**{self.year: cycle.fiscal_year})
        return list(rows.order_by("municipality_id", "pk"))

    def assign(self, row: Versioned, values: dict[str, Any], lookups: Any) -> None:
        super().assign(row, {**values, "partner": self.town(values["partner"])}, lookups)

    def town(self, code: str) -> Municipality:
        """Return the other municipality of a code. Raises ValidationError."""
        found = Municipality.objects.without_wards().filter(code=code).first()
        if found is None:
            message = "この市区町村コードは登録されていません。6桁のコードを確かめてください。"
            raise ValidationError({"partner": message})
        if found.pk in current():
            raise ValidationError({"partner": OURSELVES})
        return found


class AcrossPart(RowsPart):
    """Rows of ours that may point at a row which a neighbour shares: then `<name>_lead` is its code."""

    foreign: ClassVar[tuple[str, ...]] = ()

    def stored(self, cycle: Cycle) -> list[Versioned]:
        """Return the rows whose neighbours still share what they point at: the rest rests unseen."""
        rows = self.model.objects.filter(cycle=cycle)
        for name in self.foreign:
            readable = self.references[name].objects.all()
            rows = rows.filter(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__in": readable}))
        leads = [f"{name}__municipality" for name in self.foreign]
        beside = (*self.references, *leads, *self.named_with)
        return list(rows.select_related(*beside).order_by())

    def dump_row(self, row: Versioned) -> dict[str, Any]:
        leads = {f"{name}_lead": self.lead_of(row, name) for name in self.foreign}
        return super().dump_row(row) | leads

    def lead_of(self, row: Versioned, name: str) -> str:
        """Return the code of the municipality that leads what a column points at; empty for our own."""
        target = getattr(row, name)
        if target is None or target.municipality_id == row.municipality_id:
            return ""
        return target.municipality.code

    def lookups(self, cycle: Cycle) -> dict[str, dict[tuple[Any, ...], Any]]:
        return {
            name: {
                (row.municipality.code, row.key): row
                for row in self.references[name]
                .objects.shared()
                .select_related("municipality")
                .order_by("pk")
            }
            for name in self.foreign
        }

    def elsewhere(self, values: dict[str, Any], name: str) -> tuple[Any, ...]:
        """Return by what a row is found that this document does not hold; empty where it holds it."""
        lead = values[f"{name}_lead"]
        return (lead, values[name] or "") if lead else ()

    def assign(self, row: Versioned, values: dict[str, Any], lookups: Any) -> None:
        super().assign(row, values, lookups)
        for name in self.foreign:
            if place := self.elsewhere(values, name):
                setattr(row, name, self.row_elsewhere(lookups[name], place, name))

    def row_elsewhere(self, found: dict[tuple[Any, ...], Any], place: Any, name: str) -> Any:
        """Return the row that the document does not hold. Raises ValidationError by name."""
        row = found.get(place)
        if row is None:
            message = "共有されている行がありません。コードとキーを確かめてください。"
            raise ValidationError({name: message})
        return row

    def refer(self, row: Any, values: dict[str, Any], known: Any) -> None:
        """Point at the rows of the document; those outside of it are assigned already."""
        mine = dict(values)
        theirs = {name: getattr(row, name) for name in self.foreign if self.elsewhere(values, name)}
        super().refer(row, mine | dict.fromkeys(theirs), known)
        for name, target in theirs.items():
            setattr(row, name, target)
