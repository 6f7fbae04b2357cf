"""The empty deck: 16:9, our layouts with Japanese names, one font for Latin and Japanese in the theme.

PowerPoint puts another Japanese font in the place of ours where a PC has none.
"""

# ruff: noqa: TID253 -- with `drawing`, the modules that load python-pptx; both are loaded when slides are made
from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from reports.paper.slides.measures import (
    BODY_HEIGHT,
    BODY_TOP,
    FULL,
    GAP,
    HALF,
    HEAD_HEIGHT,
    HEIGHT,
    MARGIN,
    SIDE,
    WIDTH,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pptx.presentation import Presentation as Deck

FONT = "BIZ UDPGothic"
LANGUAGE = "ja-JP"
COLOURS = {
    "dk2": "1A1A1C",
    "lt2": "F1F1F4",
    "accent1": "0017C1",
    "accent2": "B13100",
    "accent3": "626264",
    "accent4": "197A4B",
    "accent5": "4B2E99",
    "accent6": "8C6100",
}
TITLE = (MARGIN, 22, FULL, 60)
BODY = (MARGIN, BODY_TOP, FULL, BODY_HEIGHT)
# Placeholders by layout (number in the library's own deck) and index: left, top, width, height.
LAYOUTS: dict[int, tuple[str, dict[int, tuple[float, ...]]]] = {
    0: ("表紙", {0: (MARGIN, 130, FULL, 130), 1: (MARGIN, 280, FULL, 190)}),
    1: ("見出しと文章", {0: TITLE, 1: BODY}),
    3: (
        "見出しと図・説明",
        {0: TITLE, 1: (MARGIN + FULL - SIDE, BODY_TOP, SIDE, BODY_HEIGHT)},
    ),
    4: (
        "見出しと二つの文章",
        {
            0: TITLE,
            1: (MARGIN, BODY_TOP, HALF, HEAD_HEIGHT),
            2: (MARGIN, BODY_TOP + HEAD_HEIGHT, HALF, BODY_HEIGHT - HEAD_HEIGHT),
            3: (MARGIN + HALF + GAP, BODY_TOP, HALF, HEAD_HEIGHT),
            4: (MARGIN + HALF + GAP, BODY_TOP + HEAD_HEIGHT, HALF, BODY_HEIGHT - HEAD_HEIGHT),
        },
    ),
    5: ("見出しと表", {0: TITLE}),
}
COVER, TEXT, PICTURE, COLUMNS, TABLE = (
    "表紙",
    "見出しと文章",
    "見出しと図・説明",
    "見出しと二つの文章",
    "見出しと表",
)
FOOT = {
    "ftr": (MARGIN, 504, FULL - 90, 22),
    "sldNum": (MARGIN + FULL - 80, 504, 80, 22),
}
OF_ITS_PAST = ("/printerSettings", "/thumbnail", "/extended-properties")
RULE = """
<p:cxnSp {namespaces}><p:nvCxnSpPr><p:cNvPr id="{number}" name="見出しの下線"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr>
<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>
<a:ln w="19050"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></a:ln></p:spPr></p:cxnSp>
"""


def empty_deck() -> Deck:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    size = deck.element.find(qn("p:sldSz"))
    size.attrib.pop("type", None)
    _forget_its_past(deck.part)
    master = deck.slide_master
    _paint(master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    _style(master)
    for number, layout in enumerate(list(deck.slide_layouts)):
        if number in LAYOUTS:
            _lay_out(layout, *LAYOUTS[number])
        else:
            deck.slide_layouts.remove(layout)
    for root in (deck.element, master.element, *(one.element for one in deck.slide_layouts)):
        _speak_japanese(root)
    return deck


def _forget_its_past(part: Any) -> None:
    """Take away what the library's own deck tells of its making: picture, program, printer."""
    for rels in (part.rels, part.package._rels):  # noqa: SLF001 -- the package has no door for them
        for key in [key for key, one in rels.items() if one.reltype.endswith(OF_ITS_PAST)]:
            rels.pop(key)


def _paint(theme: Any) -> None:
    """Set the fonts and colours of the theme, from which everything else takes them."""
    text = theme.blob.decode()
    for script in ("latin", "ea"):
        text = re.sub(rf'<a:{script} typeface="[^"]*"/>', f'<a:{script} typeface="{FONT}"/>', text)
    text = re.sub(r'(<a:font script="Jpan" typeface=")[^"]*', rf"\g<1>{FONT}", text)
    for name, colour in COLOURS.items():
        text = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>',
            text,
        )
    theme.blob = text.encode()


def _style(master: Any) -> None:
    """Titles left and bold; the first level of a text plain, the second with a bullet."""
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2800")
    title.find(qn("a:defRPr")).set("b", "1")
    levels = styles.find(qn("p:bodyStyle"))
    for number, size in enumerate((20, 20, 18, 18, 18, 18, 18, 18, 18), 1):
        level = levels.find(qn(f"a:lvl{number}pPr"))
        level.find(qn("a:defRPr")).set("sz", str(size * 100))
    plain, bulleted = levels.find(qn("a:lvl1pPr")), levels.find(qn("a:lvl2pPr"))
    _unbulleted(plain)
    bulleted.set("marL", str(Pt(24)))
    bulleted.set("indent", str(-Pt(24)))
    bulleted.find(qn("a:buChar")).set("char", "・")
    bulleted.find(qn("a:buFont")).set("typeface", FONT)
    for shape in master.placeholders:
        kind = shape.element.ph.get("type")
        if kind == "title":
            _put(shape, TITLE)
        elif kind == "body":
            _put(shape, BODY)
        elif kind in FOOT:
            _put(shape, FOOT[kind])
    _align_foot(master.placeholders)


def _unbulleted(level: Any) -> None:
    level.set("marL", "0")
    level.set("indent", "0")
    for name in ("a:buFont", "a:buChar"):
        for element in level.findall(qn(name)):
            level.remove(element)
    level.insert(
        list(level).index(level.find(qn("a:defRPr"))), parse_xml(f"<a:buNone {nsdecls('a')}/>")
    )


def _align_foot(placeholders: Iterable[Any]) -> None:
    for shape in placeholders:
        if shape.element.ph.get("type") == "ftr":
            level = shape.element.txBody.find(qn("a:lstStyle")).find(qn("a:lvl1pPr"))
            level.set("algn", "l")


def _lay_out(layout: Any, name: str, places: dict[int, tuple[float, ...]]) -> None:
    layout.name = name
    for shape in list(layout.placeholders):
        index, kind = shape.placeholder_format.idx, shape.element.ph.get("type")
        if index in places:
            _put(shape, places[index])
            _plain(shape)
        elif kind in FOOT:
            _put(shape, FOOT[kind])
        else:
            shape.element.getparent().remove(shape.element)
    if name != COVER:
        x, y, width = Pt(MARGIN), Pt(TITLE[1] + TITLE[3] + 2), Pt(FULL)
        rule = RULE.format(namespaces=nsdecls("p", "a"), number=90, x=x, y=y, width=width)
        layout.shapes._spTree.insert(2, parse_xml(rule))  # noqa: SLF001 -- layouts have no door for shapes


def _plain(shape: Any) -> None:
    """Take what a layout of the library says otherwise than the master: sizes, bold, centred."""
    body = shape.element.txBody
    style = body.find(qn("a:lstStyle"))
    for level in list(style):
        style.remove(level)
    body.bodyPr.set("anchor", "ctr" if shape.placeholder_format.idx == 0 else "t")


def _put(shape: Any, place: tuple[float, ...]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Pt(one) for one in place)


def _speak_japanese(root: Any) -> None:
    for name in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for element in root.iter(qn(name)):
            if element.get("lang"):
                element.set("lang", LANGUAGE)


def foot_of(layout: Any) -> list[Any]:
    """Return copies of a layout's footer and page number, which a slide needs to show them."""
    found = []
    for shape in layout.placeholders:
        if shape.element.ph.get("type") in FOOT:
            one = deepcopy(shape.element)
            one.spPr.remove(one.spPr.find(qn("a:xfrm")))
            found.append(one)
    return found
