"""全国地方公共団体コード: six digits, the last a check digit. A lost zero is asked about, never repaired."""

from django.core.exceptions import ValidationError

LENGTH = 6
WEIGHTS = (6, 5, 4, 3, 2)
MODULUS = 11


def check_digit(five: str) -> str:
    """Return the sixth digit for the first five (総務省 全国地方公共団体コード仕様)."""
    total = sum(int(digit) * weight for digit, weight in zip(five, WEIGHTS, strict=True))
    return str((MODULUS - total % MODULUS) % 10)


def validate_code(value: str) -> None:
    """Refuse a code that is not six half-width digits with a right check digit."""
    if not (value.isascii() and value.isdigit() and len(value) == LENGTH):
        raise ValidationError(
            "全国地方公共団体コードは、先頭の0も含めた6桁の数字で入力してください（例：082015）。"
        )
    if check_digit(value[:5]) != value[5]:
        raise ValidationError(
            "全国地方公共団体コードの検査数字（6桁目）が合いません。コードを確かめてください。"
        )
