"""What is to be put right in a questionnaire before it is asked; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.choices import QuestionType
from surveys.questionnaires.shape import asked_inputs, furigana
from surveys.questionnaires.shape.form_shape import LEADING, WITH_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.questionnaires.shape.form_shape import Asked, Form

FEWEST_OPTIONS = 2
ONCE = {
    QuestionType.PROFESSION: "職種を聞く設問",
    QuestionType.OWN_CODE: "本人が決める番号を聞く設問",
}


@dataclass(frozen=True)
class Trouble:
    """A sentence, and the key of the question or heading that it is about; empty: the whole."""

    key: str
    sentence: str


def troubles(form: Form) -> list[Trouble]:
    """Return what is to be put right, in the order of the questionnaire."""
    if not form.questions:
        return [Trouble("", "設問がありません。設問を追加してください。")]
    found = [*_empty_headings(form)]
    for asked in form.questions:
        found += [Trouble(asked.key, f"{asked.label}：{one}") for one in _of(form, asked)]
    return [*found, *_asked_twice(form)]


def _empty_headings(form: Form) -> Iterator[Trouble]:
    for page in form.pages:
        if page.key and not page.questions:
            heading = furigana.plain(page.heading)
            sentence = (
                f"見出し「{heading}」の下に設問がありません。設問を置くか、見出しを消してください。"
            )
            yield Trouble(page.key, sentence)


def _of(form: Form, asked: Asked) -> Iterator[str]:
    if asked.kind in WITH_OPTIONS:
        yield from _options(asked)
    if asked.kind == QuestionType.MATRIX and not asked.rows:
        yield "表の項目がありません。「項目と列」を押して、項目を1行に1つずつ書いてください。"
    if asked.kind in LEADING:
        yield from _skips(form, asked)
    if None not in {asked.smallest, asked.largest} and asked.smallest > asked.largest:  # type: ignore[operator]
        yield "最小の値が、最大の値より大きくなっています。"


def _options(asked: Asked) -> Iterator[str]:
    fewest = 1 if asked.ticks else FEWEST_OPTIONS
    if len(asked.options) < fewest:
        yield f"{_list_of(asked)}が足りません。{fewest}つ以上にしてください。"
    if asked.most and asked.most >= len(asked.options):
        yield "選べる数の上限が、選択肢の数以上になっています。上限を減らすか、空けてください。"
    if asked.kind != QuestionType.MATRIX and asked.ticks:
        yield "選択肢の「別に✓」の印は、表の列だけで使えます。印を消してください。"


def _list_of(asked: Asked) -> str:
    """Return what the options of a question are called where they are typed."""
    return "表の列" if asked.kind == QuestionType.MATRIX else "選択肢"


def _skips(form: Form, asked: Asked) -> Iterator[str]:
    places, at = form.places(), form.questions.index(asked)
    for option in asked.options:
        if option.skip_to and places.get(option.skip_to, 0) <= at:
            name = asked_inputs.names(form).get(option.skip_to)
            where = (
                f"{name}は、この設問より前にあります"
                if name
                else "進み先の設問が、いまはありません"
            )
            label = furigana.plain(option.label)
            yield f"「{label}」を選んだ人の進み先を直してください。{where}。"


def _asked_twice(form: Form) -> Iterator[Trouble]:
    for kind, words in ONCE.items():
        again = [asked for asked in form.questions if asked.kind == kind][1:]
        for asked in again:
            yield Trouble(asked.key, f"{asked.label}：{words}は、一つの調査票に一つだけ置けます。")
