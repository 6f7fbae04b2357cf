"""Draws cut slides with python-pptx: titles and texts into placeholders, tables and charts native."""

# ruff: noqa: TID253 -- with `template`, the modules that load python-pptx; both are loaded when slides are made
from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from reports.paper.slides import charting, measuring, template
from reports.paper.slides.measures import (
    BODY_TOP,
    CELL_INSET,
    CELL_PAD,
    FULL,
    MARGIN,
)
from reports.paper.slides.parts import Columns, Cover, Picture, Table, Text
from reports.paper.slides.texts import Look, fill
from reports.paper.wording.words import clean

if TYPE_CHECKING:
    from reports.paper.slides.parts import Part, Section

TITLE_SIZES = (28, 24, 20)
TITLE_ROOM = FULL - 16
COVER_SIZE, COVER_LINE = 32, 20
FOOT_SIZE = 11
LONGEST_PROPERTY = 255
QUOTES = {'"': "&quot;"}
SECTIONS = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
    '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
    "{listed}</p14:sectionLst></p:ext></p:extLst>"
)


def drawn(sections: tuple[Section, ...], *, footer: str, about: dict[str, str]) -> bytes:
    """Return the file. `footer` stands under every slide, `about` are its core properties."""
    deck = template.empty_deck()
    layouts = {layout.name: layout for layout in deck.slide_layouts}
    groups = []
    for section in sections:
        made = [_slide(deck, layouts, part, footer=footer) for part in section.parts]
        groups.append((section.name, made))
    _group(deck, groups)
    _describe(deck, about)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _slide(deck: Any, layouts: dict[str, Any], part: Part, *, footer: str) -> Any:
    layout = layouts[LAYOUT_OF[type(part)]]
    slide = deck.slides.add_slide(layout)
    boxes = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    DRAWERS[type(part)](slide, boxes, part)
    _foot(slide, layout, footer)
    return slide


def _title(box: Any, title: str) -> None:
    size = next(
        (one for one in TITLE_SIZES if measuring.width(title) * one <= TITLE_ROOM), TITLE_SIZES[-1]
    )
    fill(box.element.txBody, [Look(title, size)])


def _cover(slide: Any, boxes: dict[int, Any], part: Cover) -> None:
    fill(boxes[0].element.txBody, [Look(line, COVER_SIZE) for line in part.title.split("\n")])
    fill(boxes[1].element.txBody, [Look(line, COVER_LINE, before=6) for line in part.lines])


def _text(slide: Any, boxes: dict[int, Any], part: Text) -> None:
    _title(boxes[0], part.title)
    fill(boxes[1].element.txBody, Look.of_all(part.paragraphs, part.size))


def _columns(slide: Any, boxes: dict[int, Any], part: Columns) -> None:
    _title(boxes[0], part.title)
    for number, (head, side) in enumerate(zip(part.heads, (part.left, part.right), strict=True)):
        fill(boxes[2 * number + 1].element.txBody, [Look(head, part.size, "heading")])
        fill(boxes[2 * number + 2].element.txBody, Look.of_all(side, part.size))


def _picture(slide: Any, boxes: dict[int, Any], part: Picture) -> None:
    _title(boxes[0], part.title)
    fill(boxes[1].element.txBody, Look.of_all(part.paragraphs, part.size))
    frame = charting.add(slide, part)
    # Read aloud, the chart comes between its title and what is said of it.
    boxes[0].element.addnext(frame.element)


def _table(slide: Any, boxes: dict[int, Any], part: Table) -> None:
    _title(boxes[0], part.title)
    rows = (part.header, *part.rows)
    frame = slide.shapes.add_table(
        len(rows), len(part.header), Pt(MARGIN), Pt(BODY_TOP), Pt(FULL), Pt(sum(part.heights))
    )
    frame.name = part.title
    properties = frame.element.nvGraphicFramePr.cNvPr
    properties.set("descr", f"{part.title}の表。列は、{'、'.join(part.header)}。")
    table = frame.table
    for column, share in zip(table.columns, part.widths, strict=True):
        column.width = Pt(round(share * FULL, 2))
    for row, height, texts in zip(table.rows, part.heights, rows, strict=True):
        row.height = Pt(height)
        for cell, text in zip(row.cells, texts, strict=True):
            _cell(cell, text, part.size)


def _cell(cell: Any, text: str, size: int) -> None:
    cell.margin_left = cell.margin_right = Pt(CELL_INSET)
    cell.margin_top = cell.margin_bottom = Pt(CELL_PAD)
    body = cell.text_frame._txBody  # noqa: SLF001 -- cells through the library's doors take ten times as long
    fill(body, [Look(line, size) for line in clean(text).split("\n")])


LAYOUT_OF = {
    Cover: template.COVER,
    Text: template.TEXT,
    Columns: template.COLUMNS,
    Picture: template.PICTURE,
    Table: template.TABLE,
}
DRAWERS: dict[type, Any] = {
    Cover: _cover,
    Text: _text,
    Columns: _columns,
    Picture: _picture,
    Table: _table,
}


def _foot(slide: Any, layout: Any, footer: str) -> None:
    """Add the footer and the page number, last in the order of reading."""
    tree = slide.shapes._spTree  # noqa: SLF001 -- the library has no door for footers
    highest = max(int(one.get("id")) for one in tree.iter(qn("p:cNvPr")))
    for number, shape in enumerate(template.foot_of(layout), highest + 1):
        shape.nvSpPr.cNvPr.set("id", str(number))
        if shape.ph.get("type") == "ftr":
            fill(shape.txBody, [Look(footer, FOOT_SIZE)])
        tree.append(shape)


def _group(deck: Any, groups: list[tuple[str, list[Any]]]) -> None:
    """Make a section of PowerPoint of each group of slides."""
    listed = "".join(
        f'<p14:section name="{escape(name, QUOTES)}" id="{{{_id(name)}}}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{slide.slide_id}"/>' for slide in slides)
        + "</p14:sldIdLst></p14:section>"
        for name, slides in groups
    )
    deck.element.append(parse_xml(SECTIONS.format(listed=listed)))


def _id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name)).upper()


def _describe(deck: Any, about: dict[str, str]) -> None:
    properties = deck.core_properties
    properties.language = template.LANGUAGE
    properties.last_modified_by = ""
    properties.revision = 1
    for name, text in about.items():
        setattr(properties, name, clean(text)[:LONGEST_PROPERTY])
