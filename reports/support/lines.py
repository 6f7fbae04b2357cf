"""Text that was pasted from minutes, as single items: one a line, without the bullets that lists draw by themselves."""

import re

# 「○○医師会」 and 「-5％」 begin with no bullet; ①, ⇒ and ※ say something and stay.
_BULLET = re.compile(r"(?:([・●○◯■◆•*])(?!\1)|[-–](?!\d))[ \t\u00a0\u3000]*")
_BLANKS = " \t\u00a0\u3000"


def items(text):
    """Return the items of a text; lines that hold a bullet only, or nothing, are none."""
    return [item for line in text.split("\n") if (item := _without_bullet(line.strip(_BLANKS)))]


def _without_bullet(line):
    found = _BULLET.match(line)
    return line[found.end() :] if found else line
