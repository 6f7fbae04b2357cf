"""Which words of a sentence speak of residents, of the administration, of means. Pure.

Words stand for what is meant: false alarms are certain, and whoever uses these says so.
"""

import re
import unicodedata

RESIDENTS = re.compile(
    "住民|市民|町民|村民|区民|高齢者|本人|家族|患者|療養者|利用者|入院した人|退院した人|誰も|だれも|人が|人も|方が"
)
SUPPORTERS = re.compile("支援者|専門職|多職種|ケアマネ|介護支援専門員|相談員|医師が|看護師|職員が")
_OFFICES = re.compile("(?:市|町|村|区|行政|県|協議会|医師会)[はが]")
_DEEDS = re.compile("する|推進|図る|整備")
_MEANS = re.compile("(?:連携|推進|構築|開催|実施|強化)(?:する|を?図る|を進める)?$")
_LACK = re.compile(
    "(?:が|は)(?:い?ない|無い)$|(?:未設置|未整備|不足)(?:している|である|だ|気味である)?$"
)
_SENTENCE = re.compile("[^。．！？\n]+")
_NOTE = re.compile(r"[（(]再[）)]|※.*")


def plain(text: str) -> str:
    """Return a text as it is compared: NFKC, without blanks and the full stop."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。.")


def bare(name: str) -> str:
    """Return an activity's name as it is compared, without 「（再）」 and what follows 「※」."""
    return plain(_NOTE.sub("", name))


def sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE.findall(text) if one.strip()]


def is_of_residents(text: str) -> bool:
    return RESIDENTS.search(text) is not None


def is_of_the_office(text: str) -> bool:
    """Say whether an office does something in a text that names no resident."""
    found = _OFFICES.search(text)
    return bool(found and _DEEDS.search(text, found.end()) and not is_of_residents(text))


def is_a_means(text: str) -> bool:
    """Say whether a text ends with something that one does, not with how people live."""
    return _MEANS.search(plain(text)) is not None


def is_a_lack(text: str) -> bool:
    """Say whether a text only tells that something is missing, and of nobody to whom it matters."""
    is_told = is_of_residents(text) or SUPPORTERS.search(text)
    return _LACK.search(plain(text)) is not None and not is_told


def has_many_aims(sentence: str) -> bool:
    """Say whether a sentence joins aims: 「、かつ」, or three times 「及び」 or 「・」."""
    many = 3
    return "、かつ" in sentence or sentence.count("及び") >= many or sentence.count("・") >= many
