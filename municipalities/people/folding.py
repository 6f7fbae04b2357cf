"""One form of a name for searching: what people type finds what is stored, whichever variant either uses. Pure."""

import re
import unicodedata

# Variants of family and place names that Unicode keeps apart: 髙橋 is to be found by 高橋 and the other way round.
_VARIANTS = str.maketrans(
    dict(
        zip(
            "髙﨑嵜碕𠮷邊邉齋齊斎濵濱德瀨澤眞廣國嶋籠惠櫻鄕穗曾",
            "高崎崎崎吉辺辺斉斉斉浜浜徳瀬沢真広国島篭恵桜郷穂曽",
            strict=True,
        )
    )
)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fold(text: str) -> str:
    """Return a text as it is compared: width, letter case, variants and spaces do not count."""
    folded = unicodedata.normalize("NFKC", _SELECTORS.sub("", text)).casefold()
    return "".join(folded.translate(_VARIANTS).split())


def matches(sought: str, *texts: str) -> bool:
    """Say whether one of the texts contains what is sought; nothing sought matches everything."""
    needle = fold(sought)
    return not needle or any(needle in fold(text) for text in texts)
