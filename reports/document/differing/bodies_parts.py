"""Councils, contracts, coordinators, hearings and surveys: their columns are read from the tables' own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

import coordinators.document as coordination
import councils.document as meeting
import surveys.document as asking
from municipalities.document import RESOURCES
from reports.document.differing.fields import Column, Sort, day, mark, number, row, text, year
from reports.document.differing.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from municipalities.rows.rows import RowsPart

# In which list of the document the rows of a table lie.
LISTS = {
    "municipalities.organization": "organizations",
    "municipalities.area": "areas",
    "logicmodels.desiredstate": "desired_states",
    "logicmodels.issue": "issues",
    "logicmodels.logicmodel": "logic_models",
    "logicmodels.outcome": "outcomes",
    "logicmodels.activity": "activities",
    "indicators.indicator": "indicators",
    **{
        part.model._meta.label_lower: part.name
        for app in (meeting, coordination, asking)
        for part in app.PARTS
    },
}
# By what a row is called, where it is not its `name`; a body of the register stands before a typed name.
NAMED = {
    "functions": ("text",),
    "outreach": ("text",),
    "agenda": ("text",),
    "attendance": ("profession",),
    "homework": ("text",),
    "decisions": ("text",),
    "evaluations": ("outcome", "activity", "council"),
    "judgements": ("meeting", "verdict"),
    "improvements": ("what",),
    "meetings": ("council", "title"),
    "council_partners": ("partner",),
    "contracts": ("title",),
    "contract_partners": ("partner",),
    "events": ("text",),
    "executions": ("work_item", "scene"),
    "structure_partners": ("partner",),
    "posts": ("desk", "organization", "name"),
    "staffing": ("employment", "duty"),
    "headings": ("kind", "text"),
    "items": ("text",),
    "base_functions": ("scene",),
    "bases": ("organization", "name"),
    "seats": ("organization", "name"),
    "hearings": ("organization", "name"),
    "hearing_topics": ("title",),
    "voices": ("side",),
    "published_surveys": ("title",),
    "questions": ("number", "text"),
    "answers": ("label",),
    "issue_evidence": ("issue",),
}

# By the kind of its column, how a change is told; every other one holds a text.
KINDS: tuple[tuple[type[models.Field], Callable[[str, str], Column]], ...] = (
    (models.BooleanField, mark),
    (models.DateField, day),
    (models.IntegerField, number),
    (models.DecimalField, number),
)


def _part(part: RowsPart) -> Part:
    # The row around it is told by where it lies.
    untold = {"key", "position", *part.working}
    names = [name for name in part.schema.model_fields if name not in untold]
    inner = {one.name for one in _every() if one.inside is part}
    return Part(
        part.name,
        "papers",
        str(part.model._meta.verbose_name),
        tuple(_column(part, name) for name in names if name not in inner),
        named=NAMED.get(part.name, ("name",)),
        around=part.inside.name if part.inside else "",
        ranked="position" in part.fields,
    )


def _every() -> tuple[Any, ...]:
    return (RESOURCES, *meeting.PARTS, *coordination.PARTS, *asking.PARTS)


def _column(part: RowsPart, name: str) -> Column:
    if name.endswith("_lead"):
        return text(name, "代表の市区町村")
    if name == "meeting_year":
        return year(name, "会議の年度")
    field: Any = part.model._meta.get_field(name)
    label = str(field.verbose_name)
    if name in part.references:
        return row(name, label, LISTS[part.references[name]._meta.label_lower])
    if field.choices:
        words = {code: str(word) for code, word in field.flatchoices}
        default = part.schema.model_fields[name].get_default()
        return Column(name, label, Sort.WORD, default if default in words else "", words=words)
    return next((make for kind, make in KINDS if isinstance(field, kind)), text)(name, label)


BODIES = tuple(_part(part) for part in _every())
