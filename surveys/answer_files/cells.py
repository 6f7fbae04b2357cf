"""Words of a table as they are compared, and the profession that a cell names; pure."""

from __future__ import annotations

import re
import unicodedata

from councils.choices import Profession
from surveys.questionnaires.shape import furigana

NO_PROFESSION = "「{}」は職種の一覧にありません。{}次のどれかを書いてください：{}。"
NEAR = "{}のことであれば、そのように書いてください。"
# What people write, and what of the list they may mean: asked, not taken, for some mean more than one.
MEANT = {
    "ケアマネ": (Profession.CARE_MANAGER,),
    "介護支援": (Profession.CARE_MANAGER,),
    "看護": (Profession.NURSE, Profession.VISITING_NURSE),
    "ヘルパー": (Profession.CARE_WORKER,),
    "介護職": (Profession.CARE_WORKER, Profession.FACILITY),
    "msw": (Profession.MEDICAL_SOCIAL_WORKER,),
    "ソーシャルワーカー": (Profession.MEDICAL_SOCIAL_WORKER, Profession.SOCIAL_WORKER),
    "相談員": (Profession.MEDICAL_SOCIAL_WORKER,),
    "理学療法": (Profession.THERAPIST,),
    "作業療法": (Profession.THERAPIST,),
    "言語聴覚": (Profession.THERAPIST,),
    "リハビリ": (Profession.THERAPIST,),
    "包括": (Profession.COMPREHENSIVE_CENTRE,),
    "消防": (Profession.RESCUE,),
    "救急": (Profession.RESCUE,),
    "市民": (Profession.RESIDENT,),
    "市職員": (Profession.MUNICIPAL,),
    "役場": (Profession.MUNICIPAL,),
    "保健所": (Profession.PREFECTURAL,),
}
# A shorter name stands in many a word.
LEAST_WORD = 2


class CellError(ValueError):
    """What stands in a cell cannot be taken; the message says what to write."""


def plain(text: str) -> str:
    """Return a heading or label as it is compared: without blanks, brackets and widths."""
    folded = unicodedata.normalize("NFKC", furigana.plain(text)).lower()
    return re.sub(r"[\s。.:：()\[\]「」_]", "", folded)


def profession_of(text: str) -> str:
    """Return the profession that a cell names. Raises CellError with the names that may be written."""
    for value, label in Profession.choices:
        if text == value or plain(text) == plain(str(label)):
            return str(value)
    near = "か".join(f"「{one.label}」" for one in near_to(text))
    told = "、".join(one.label for one in Profession if one != Profession.UNSTATED)
    raise CellError(NO_PROFESSION.format(text[:30], NEAR.format(near) if near else "", told))


def near_to(text: str) -> list[Profession]:
    """Return what may be meant, in the order of the list."""
    word = plain(text)
    meant = {one for key, found in MEANT.items() if key in word for one in found}
    if len(word) >= LEAST_WORD:
        meant |= {
            one
            for one in Profession
            for part in re.split("[・、]", one.label)
            if plain(part) in word or word in plain(part)
        }
    return [one for one in Profession if one in meant]


def cell_name(row: int, column: int) -> str:
    """Return 「C12」 as Excel names it, or 「12行目」 of a whole row."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}" if column else f"{row}行目"
