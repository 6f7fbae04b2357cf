"""How a text fits a box on paper: counted in printed lines, kanji, kana and letters alike."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from municipalities.fields import normalise
from municipalities.japanese.printed_box import PrintedBox, in_words, lines_of, width

BOX = PrintedBox(columns=10, lines=3)


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("", 0),
        ("協議体", 3),
        ("ABCD", 2),
        ("ｶﾞｲﾄﾞ", 2.5),
        ("𠮷野", 2),
        ("葛󠄀城", 2),
        ("か\u3099", 1),
        ("髙﨑", 2),
        ("　", 1),
    ],
)
def test_a_line_is_as_wide_as_it_is_printed(line, signs):
    assert width(line) == signs


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 0),
        ("あ" * 10, 1),
        ("あ" * 11, 2),
        ("a" * 20, 1),
        ("a" * 21, 2),
        ("あ\n\nい", 3),
        ("𠮷" * 10, 1),
    ],
)
def test_a_text_takes_whole_lines(text, lines):
    assert lines_of(text, BOX.columns) == lines


def test_what_flows_over_is_said_in_lines():
    assert in_words("あ\nい", BOX) == "3字・2行（印刷の枠：10字×3行。あと1行）"
    assert in_words("あ" * 41, BOX) == "41字・5行（印刷の枠：10字×3行。2行あふれます）"


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node, which make setup brings")
def test_the_page_counts_lines_like_the_server():
    texts = [
        "",
        "全角の文がつづいて折り返す",
        "half width letters wrap too",
        "ﾊﾝｶｸｶﾅとABCと𠮷と葛\U000e0100城",
        "一\r\n\r\n二\n",
        "か\u3099き\u3099",
        "👩\u200d⚕️と🏥",
    ]
    script = (Path(settings.BASE_DIR) / "static" / "js" / "counter.js").read_text()
    count = re.search(r"const HALF.*?\nfunction fit", script, re.DOTALL)[0]
    told = f"{json.dumps(texts)}.map((text) => linesOf(kept(text), {BOX.columns}))"
    program = f"{count.removesuffix('function fit')}console.log(JSON.stringify({told}))"

    answer = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)

    assert json.loads(answer.stdout) == [
        lines_of(normalise(text, lines=True), BOX.columns) for text in texts
    ]
