"""What is written of a 県, told as 東京都, 北海道, 大阪府 and 京都府 call themselves. Pure."""

import re

# Every prefecture calls these alike: whom a text may reach, and who has entered a state.
WRITTEN = re.compile("(都道府県|県まで|県入力)|県")


def told_of(text: str, word: str) -> str:
    """Return a sentence of ours that says 「県」 with the word (都, 道, 府 or 県) of the prefecture it is shown in.

    The names of prefectures, and what people have written, do not belong into the text.
    """
    return WRITTEN.sub(lambda found: found[1] or word, text)
