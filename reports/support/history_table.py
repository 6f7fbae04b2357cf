"""Past advice as a table that programs read: one row for each word, its replies in rows of their own."""

from reports.paper.tables import make_table

NAME = "これまでの助言"
HEADER = (
    "自治体コード",
    "自治体名",
    "年度",
    "段階・報告書",
    "開催日",
    "種類",
    "内容",
    "記入",
    "日付",
    "場面",
    "対象",
    "対応",
    "対応日",
    "対応の内容",
)


def workbook(words, *, place):
    """Return the words of a municipality as the bytes of a workbook."""
    return make_table(NAME, HEADER, _rows(words, (place.code, place.name)))


def _rows(words, where):
    for one in words:
        head = (*where, one.cycle.fiscal_year, one.place, one.held_on)
        about = (one.scene_label, "／".join(one.about), one.state_label)
        said = (one.kind, one.text, one.by, one.said_on)
        yield (*head, *said, *about, one.answered_on, one.answer)
        for who, day, text in one.replies:
            yield (*head, "返事", text, who, day, one.scene_label, one.text, "", None, "")
