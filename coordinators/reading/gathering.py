"""Structures of coordinators read with all their parts: one query for each kind of row, however many there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coordinators.models import (
    CooperationStage,
    Heading,
    HeadingItem,
    Post,
    Staffing,
    Structure,
    StructurePartner,
)
from coordinators.reading.prefecture_posts import posts_shown_in
from coordinators.reading.sheet import (
    HeadingBlock,
    ItemLine,
    PartnerLine,
    PostLine,
    StaffingLine,
    StageLine,
    StructureSheet,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from municipalities.models import Municipality

COPIED = (
    "key",
    "fiscal_year",
    "name",
    "affiliation",
    "coverage",
    "axes_note",
    "responsible",
    "background",
    "note",
    "source",
    "audience",
)


def gathered(structure: Structure) -> StructureSheet:
    """Return one structure, ours or shared with us, with its parts, in six queries."""
    return gathered_all([structure])[0]


def gathered_in(municipality: Municipality, structure: Structure) -> StructureSheet:
    """Return one structure with the posts that the prefecture keeps for a town of it, in seven queries."""
    posts = posts_shown_in(municipality, structure.fiscal_year)
    return replace(gathered(structure), prefecture_posts=posts)


def gathered_of(fiscal_year: int) -> tuple[StructureSheet, ...]:
    """Return the structures of a year: those we lead, then those that others share with us."""
    rows = Structure.objects.filter(fiscal_year=fiscal_year).select_related("municipality")
    ordered = sorted(rows, key=lambda row: (not row.is_led_here, row.position, row.pk))
    return gathered_all(ordered)


def gathered_all(structures: Sequence[Structure]) -> tuple[StructureSheet, ...]:
    """Return these structures with their parts. Their municipalities are at hand already."""
    if not structures:
        return ()
    partners = under(structures, StructurePartner, "structure_id", "partner")
    posts = under(structures, Post, "structure_id")
    staffing = under(structures, Staffing, "post_id")
    headings = under(structures, Heading, "structure_id")
    items = under(structures, HeadingItem, "heading_id")
    stages = under(structures, CooperationStage, "structure_id")
    return tuple(
        sheet_of(
            one,
            partners=tuple(partner_line(row) for row in partners[one.pk]),
            posts=post_lines(posts[one.pk], staffing),
            headings=tuple(heading_block(row, items[row.pk]) for row in headings[one.pk]),
            stages=tuple(StageLine(row.key, row.name, row.text) for row in stages[one.pk]),
        )
        for one in structures
    )


def under(
    structures: Iterable[Structure], model: Any, owner: str, *related: str
) -> defaultdict[int, list[Any]]:
    """Return the rows of a table that stand under these structures, in order, by what owns them."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in model.objects.filter(structure__in=structures).select_related(*related):
        found[getattr(row, owner)].append(row)
    return found


def sheet_of(structure: Structure, **parts: Any) -> StructureSheet:
    return StructureSheet(
        lead_code=structure.municipality.code,
        lead_name=structure.municipality.name,
        is_led_here=structure.is_led_here,
        affiliation_name=structure.get_affiliation_display(),
        coverage_name=structure.get_coverage_display(),
        **{name: getattr(structure, name) for name in COPIED},
        **parts,
    )


def partner_line(row: StructurePartner) -> PartnerLine:
    return PartnerLine(row.key, row.partner.code, row.partner.name, row.responsible)


def post_lines(posts: list[Post], staffing: dict[int, list[Staffing]]) -> tuple[PostLine, ...]:
    by_pk: dict[Any, Post] = {post.pk: post for post in posts}
    return tuple(post_line(post, by_pk.get(post.upper_id), staffing[post.pk]) for post in posts)


def post_line(post: Post, upper: Post | None, staffing: Iterable[Staffing]) -> PostLine:
    """Return a post. Its body is read by the copy of the name: the register may be a neighbour's."""
    return PostLine(
        key=post.key,
        level=post.level,
        role=post.role,
        people=post.people,
        desk=post.desk,
        name=post.name,
        places=post.places,
        qualifications=post.qualifications,
        fte="" if post.fte is None else f"{post.fte.normalize():f}",
        upper="" if upper is None else upper.key,
        upper_name="" if upper is None else str(upper),
        note=post.note,
        staffing=tuple(
            StaffingLine(row.key, row.employment, row.duty, row.people, row.qualifications)
            for row in staffing
        ),
    )


def heading_block(row: Heading, items: Iterable[HeadingItem]) -> HeadingBlock:
    lines = tuple(
        ItemLine(one.key, one.text, one.is_detail, one.planned, one.held, one.version)
        for one in items
    )
    return HeadingBlock(row.key, row.kind, row.text, row.applies_to, lines)
