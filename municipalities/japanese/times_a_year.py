"""How often a year something takes place, as a least and a most that may each be open: in words, and in order. Pure."""

from __future__ import annotations

from django.core.exceptions import ValidationError


def in_words(least: int | None, most: int | None) -> str:
    """Return 「年2～4回」「年2回以上」「年4回まで」, or nothing."""
    if least is None and most is None:
        return ""
    if most is None:
        return f"年{least}回以上"
    if least is None:
        return f"年{most}回まで"
    return f"年{least}回" if least == most else f"年{least}～{most}回"


def refuse_reversed(least: int | None, most: int | None, *, name: str = "times_max") -> None:
    """Refuse a least above the most. Raises ValidationError on `name`, the column of the most."""
    if least is not None and most is not None and least > most:
        message = f"年間の回数（最多）は、最少（{least}回）以上の数字で入力してください。"
        raise ValidationError({name: message})
