"""Long made-up texts with everything that is easily damaged on the way."""

# Outside the BMP, with a variation selector, joined by zero-width joiners, half-width, IBM extensions.
HARD = "𠮷野家の𠮷、葛\U000e0100城の葛、👩‍⚕️と🏥、ﾊﾝｶｸ、髙﨑、①㈱～—"
LENGTH = 10_000


def long_text(mark):
    """Return 10,000 code points in many lines, different in each line and for each mark."""
    end = f"\n{mark}の文の終わり。"
    body = "".join(f"{mark}の{line}行目：{HARD}\n" for line in range(LENGTH // len(HARD)))
    return body[: LENGTH - len(end) - 1] + "。" + end
