"""Writes paragraphs into the text frames of slides, in Japanese and with an exact distance of lines."""

# ruff: noqa: TID253 -- loaded with `drawing`
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from reports.paper.slides.measures import BEFORE, BEFORE_HEADING, INDENT
from reports.paper.slides.measuring import leading
from reports.paper.slides.template import LANGUAGE
from reports.paper.wording.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.paper.slides.parts import Kind, Paragraph

POINT = 12700
NAMESPACE = nsdecls("a")
HEADING = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
MUTED = '<a:solidFill><a:schemeClr val="accent3"/></a:solidFill>'


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph with its size and the room before it, in points."""

    text: str
    size: int
    kind: Kind = "plain"
    before: int = 0

    @classmethod
    def of_all(cls, paragraphs: Iterable[Paragraph], size: int) -> list[Look]:
        return [
            cls(one.text, size, one.kind, BEFORE_HEADING if one.kind == "heading" else BEFORE)
            for one in paragraphs
        ]

    @property
    def xml(self) -> str:
        lines = "<a:br/>".join(self._run(line) for line in clean(self.text).split("\n"))
        return f"<a:p>{self._properties()}{lines}</a:p>"

    def _run(self, line: str) -> str:
        bold = ' b="1"' if self.kind == "heading" else ""
        fill = {"heading": HEADING, "muted": MUTED}.get(self.kind, "")
        return (
            f'<a:r><a:rPr lang="{LANGUAGE}" altLang="en-US" sz="{self.size * 100}"{bold}>{fill}</a:rPr>'
            f"<a:t>{escape(line)}</a:t></a:r>"
        )

    def _properties(self) -> str:
        indent = round(INDENT * self.size * POINT)
        places = {
            "item": f' lvl="1" marL="{indent}" indent="-{indent}"',
            "signed": f' marL="{indent}" indent="-{indent}"',
        }
        return (
            f"<a:pPr{places.get(self.kind, '')}>"
            f'<a:lnSpc><a:spcPts val="{round(leading(self.size) * 100)}"/></a:lnSpc>'
            f'<a:spcBef><a:spcPts val="{self.before * 100}"/></a:spcBef></a:pPr>'
        )


def fill(body: Any, looks: Iterable[Look]) -> None:
    """Put these paragraphs into a text body in the place of those that are there; it has at least one."""
    for old in body.findall(qn("a:p")):
        body.remove(old)
    told = "".join(one.xml for one in looks) or "<a:p/>"
    for paragraph in parse_xml(f"<a:all {NAMESPACE}>{told}</a:all>"):
        body.append(paragraph)
