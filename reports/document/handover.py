"""引継書, 交付金根拠表 and 実施状況調査 in the municipality-year document. They stay in the house: no report tells them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from municipalities.rows.rows import RowSchema, RowsPart, written
from reports.choices import EvidenceSheet, GrantAnswerKind, HandoverSubject
from reports.models import GrantAnswer, HandoverNote, IndicatorHandover

Code = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$")]
LONGEST_CODE, LONGEST_ITEM = 80, 40


class HandoverNoteRow(RowSchema):
    """前任者のメモ。一つのことがらに一行"""

    subject: HandoverSubject
    text: str = written(HandoverNote, "text")


class IndicatorHandoverRow(RowSchema):
    """指標を選んだ理由、担当、データの問い合わせ先。一つの指標に一行。個人の氏名は書かない"""

    code: Code = Field(max_length=LONGEST_CODE, title="指標のコード")
    reason: str = written(IndicatorHandover, "reason")
    keeper: str = written(IndicatorHandover, "keeper")
    contact: str = written(IndicatorHandover, "contact")


class GrantAnswerRow(RowSchema):
    """交付金の項目に該当するか、実施状況調査の項目に何と答えるか。一つの項目に一行"""

    sheet: EvidenceSheet = EvidenceSheet.GRANT
    code: Code = Field(max_length=LONGEST_ITEM, title="項目のコード")
    answer: GrantAnswerKind = GrantAnswerKind.UNSURE
    note: str = written(GrantAnswer, "note")


class HandoverNotesPart(RowsPart):
    name = "handover_notes"
    model = HandoverNote
    schema = HandoverNoteRow
    fields = ("subject", "text")
    order = ("subject", "key")
    in_report = False


class IndicatorHandoversPart(RowsPart):
    name = "indicator_handovers"
    model = IndicatorHandover
    schema = IndicatorHandoverRow
    fields = ("code", "reason", "keeper", "contact")
    order = ("code", "key")
    in_report = False


class GrantAnswersPart(RowsPart):
    name = "grant_answers"
    model = GrantAnswer
    schema = GrantAnswerRow
    fields = ("sheet", "code", "answer", "note")
    order = ("sheet", "code", "key")
    in_report = False


NOTES, INDICATOR_HANDOVERS = HandoverNotesPart(), IndicatorHandoversPart()
GRANT_ANSWERS = GrantAnswersPart()
PARTS = (NOTES, INDICATOR_HANDOVERS, GRANT_ANSWERS)
