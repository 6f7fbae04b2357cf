"""What exactly changed between two documents of a report: pure, for pages that tell somebody who looks again."""

from reports.document.differing.sections import changed_codes, sections
from reports.document.differing.structure import (
    Deed,
    FieldChange,
    Kind,
    Move,
    RowChange,
    SectionChange,
    Segment,
    TextChange,
    ValueChange,
)

__all__ = [
    "Deed",
    "FieldChange",
    "Kind",
    "Move",
    "RowChange",
    "SectionChange",
    "Segment",
    "TextChange",
    "ValueChange",
    "changed_codes",
    "sections",
]
