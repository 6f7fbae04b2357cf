"""Lists on the screen have one bullet a line, as on the paper."""

import pytest

from reports.templatetags.sheets import bullets


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("・一つ目\n　・ 二つ目", ["一つ目", "二つ目"]),
        ("- 一\n– 二\n* 三\n• 四\n● 五\n○ 六", list("一二三四五六")),
        ("印のない行\n\n　\n・\n次の行", ["印のない行", "次の行"]),
        ("① 順序のある行\n⇒ 結論\n※ 注記", ["① 順序のある行", "⇒ 結論", "※ 注記"]),
        ("○○医師会と協議\n-5％の減少", ["○○医師会と協議", "-5％の減少"]),
        ("", []),
    ],
)
def test_a_line_keeps_its_words_and_loses_its_own_bullet(typed, shown):
    assert bullets(typed) == {"lines": shown}
