"""How much fits each box of the report on its A4 landscape sheet: the one table of limits.

Soft: a longer text is printed whole, in smaller type or on a further page, and the writer is told.
"""

from municipalities.japanese.printed_box import PrintedBox
from reports.choices import TextSection

HALF_SHEET = PrintedBox(columns=46, lines=5)
COLUMN = PrintedBox(columns=30, lines=9)
PRINTED_BOXES = {
    TextSection.METHOD: HALF_SHEET,
    TextSection.SUPPORT_NEEDS: HALF_SHEET,
    TextSection.POLICY: HALF_SHEET,
    TextSection.ACHIEVEMENTS: PrintedBox(columns=46, lines=7),
    TextSection.SITUATION: COLUMN,
    TextSection.CONSULTATION_1: COLUMN,
    TextSection.CONSULTATION_2: COLUMN,
    TextSection.INTERIM: COLUMN,
    TextSection.FINAL: COLUMN,
    TextSection.INDICATOR_COMMENT: PrintedBox(columns=90, lines=6),
}
