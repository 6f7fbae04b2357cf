"""Which skips of a questionnaire a deed on one question or on its options would break, in words; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.questionnaires.shape import asked_inputs
from surveys.questionnaires.shape.form_shape import END, LEADING
from surveys.questionnaires.shape.furigana import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from surveys.questionnaires.shape.form_shape import Asked, Choice, Form


@dataclass(frozen=True)
class Way:
    """An option that leads on, with what people call the place it leads to."""

    asked: Asked
    option: Choice
    place: str

    @property
    def key(self) -> str:
        return self.option.key

    @property
    def words(self) -> str:
        """「問2の「いいえ」」."""
        return f"{self.asked.label}の「{plain(self.option.label)}」"


def ways(form: Form) -> list[Way]:
    """Return every option that leads on, in the order of the questionnaire."""
    names = asked_inputs.names(form)
    return [
        Way(asked, option, names.get(option.skip_to, ""))
        for asked in form.questions
        if asked.kind in LEADING
        for option in asked.options
        if option.skip_to
    ]


def to(form: Form, key: str) -> list[Way]:
    return [way for way in ways(form) if way.option.skip_to == key]


def out_of(form: Form, key: str) -> list[Way]:
    return [way for way in ways(form) if way.asked.key == key]


def back(form: Form) -> list[Way]:
    """Return the ways that lead to nothing, to their own question, or back."""
    places = form.places()
    return [way for way in ways(form) if places.get(way.option.skip_to, 0) <= places[way.asked.key]]


def turned(before: Form, after: Form) -> list[Way]:
    """Return the ways that lead back in `after` and did not in `before`."""
    broken = {way.key for way in back(before)}
    return [way for way in back(after) if way.key not in broken]


def heir(keys: Sequence[str], key: str) -> str:
    """Return what stands behind a question or heading, which takes over the ways to it."""
    behind = keys[keys.index(key) + 1 :]
    return behind[0] if behind else END


def without(keys: Sequence[str], key: str, owner: str) -> str:
    """Return where an option of `owner` leads once `key` is gone; empty where that is the next one anyway."""
    left = [one for one in keys if one != key]
    following = [*left, END][left.index(owner) + 1]
    to_heir = heir(keys, key)
    return "" if to_heir == following else to_heir


def deletion_words(form: Form, keys: Sequence[str], key: str) -> str:
    """Say what becomes of the skips to and out of a question when it is deleted, or nothing."""
    coming, going = [way for way in to(form, key) if way.asked.key != key], out_of(form, key)
    told = []
    if coming:
        place = asked_inputs.names(form)[heir(keys, key)]
        told.append(
            f"{_listed(coming)}を選んだ人は、いまここへ進みます。"
            f"削除すると、すぐ後の{place}へ進むように変わります（問の番号は、削除する前のものです）。"
        )
    if going:
        listed = "、".join(f"「{plain(way.option.label)}」→{way.place}" for way in going)
        told.append(f"この設問の進み先（{listed}）もなくなります。")
    return "".join(told)


def move_words(found: Sequence[Way]) -> str:
    """Say which skips a move has turned back, and what to do."""
    listed = "、".join(f"{way.words}→{way.place}" for way in found)
    return (
        f"動かしたため、前に戻る進み先ができました（{listed}）。前には戻れないため、このままでは調査を始められません。"
        "「進み先」で直すか、元の場所に動かしてください。"
    )


def _listed(found: Iterable[Way]) -> str:
    return "、".join(way.words for way in found)
