"""Where enduring rows (bodies, areas) are used: read from the tables' own relations, whichever app owns them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, IntegerField, Value

from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

# Of rows that belong to no year.
NO_YEAR = 0


@dataclass(frozen=True, slots=True)
class Use:
    """How often, and in which year, one kind of row points at a body. `year` is empty for enduring rows."""

    label: str
    year: str
    count: int


def of(model: type[Model]) -> dict[int, list[Use]]:
    """Return the uses of every row of a table by its primary key, newest year first, in one query."""
    relations = [one for one in model._meta.related_objects if not one.hidden]
    if not relations:
        return {}
    first, *rest = (pointing(relation, mark) for mark, relation in enumerate(relations))
    counted = Counter(first.union(*rest, all=True))
    found: dict[int, list[Use]] = {}
    for (mark, owner, year), count in sorted(counted.items(), key=in_order):
        label = label_of(relations[mark])
        found.setdefault(owner, []).append(Use(label, year and fiscal.label(year), count))
    return found


def in_order(item: tuple[tuple[int, int, int], int]) -> tuple[int, int]:
    (mark, _, year), _ = item
    return -year, mark


def pointing(relation: Any, mark: int) -> QuerySet:
    """Return (mark, owner, year) of every row that points this way."""
    rows = relation.related_model.objects.order_by()
    has_year = any(field.name == "cycle" for field in relation.related_model._meta.concrete_fields)
    year = F("cycle__fiscal_year") if has_year else Value(NO_YEAR, output_field=IntegerField())
    return (
        rows.filter(**{f"{relation.field.name}__isnull": False})
        .annotate(
            mark=Value(mark, output_field=IntegerField()),
            owner=F(relation.field.attname),
            year=year,
        )
        .values_list("mark", "owner", "year")
    )


def label_of(relation: Any) -> str:
    """Return 「委託先」, or 「取組（実施主体）」 where the column has a word of its own."""
    kind = str(relation.related_model._meta.verbose_name)
    column = str(relation.field.verbose_name)
    is_plain = column == str(relation.model._meta.verbose_name)
    return kind if is_plain else f"{kind}（{column}）"
