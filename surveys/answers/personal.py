"""Free text that may name somebody: a gentle question to the respondent, a refusal of マイナンバー alone; pure."""

import re
import unicodedata

PHONE = re.compile(r"(?<!\d)0\d{1,4}[-‐－ー−(（\s]?\d{1,4}[-‐－ー−)）\s]?\d{3,4}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
# 「田中さん」 names somebody, 「ケアマネさん」 does not.
NAMED = re.compile(r"([一-龥々]{1,4}|[ァ-ヶー]{2,8})(さん|様|氏)")
NOBODY = re.compile(
    r"(患者|利用者|家族|皆|職員|住民|奥|息子|娘|親|母|父|孫|姉|兄|妹|弟|お医者|医者|看護師|保健師|薬剤師|主治医|先生|担当者"
    r"|相談員|業者|施設|事業所|病院|隣|近所|相手|本人|高齢者|ケアマネ|ケアマネジャー|ケアマネージャー|ヘルパー|ドクター"
    r"|ナース|スタッフ|同|各|何|有|異|多|模)$"
)
DIGITS = 10
# Twelve digits that no further digit touches, in one or in groups of four.
TWELVE = re.compile(r"(?<!\d)\d{4}[-‐－ー−\s]?\d{4}[-‐－ー−\s]?\d{4}(?!\d)")
# By which each of the first eleven digits is multiplied for the check digit (平成26年総務省令第85号).
WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def holds_my_number(text: str) -> bool:
    """Say whether a text holds twelve digits of which the last checks the others: a マイナンバー."""
    folded = unicodedata.normalize("NFKC", text)
    return any(_is_checked(re.sub(r"\D", "", one[0])) for one in TWELVE.finditer(folded))


def _is_checked(digits: str) -> bool:
    rest = sum(int(one) * weight for one, weight in zip(digits, WEIGHTS, strict=False)) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def signs_of(text: str) -> list[str]:
    """Return what of a text looks like a phone number, an address or a name, in words."""
    folded = unicodedata.normalize("NFKC", text)
    found = []
    if any(len(re.sub(r"\D", "", one[0])) >= DIGITS for one in PHONE.finditer(folded)):
        found.append("電話番号")
    if MAIL.search(folded):
        found.append("メールアドレス")
    found += [
        f"「{one[0]}」という人の名前" for one in NAMED.finditer(folded) if not NOBODY.search(one[1])
    ]
    return found[:3]
