"""How many towns are how far with a questionnaire. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.choices import FormReplyState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.models import FormReply, PrefectureForm

ORDER = FormReplyState.values


@dataclass(frozen=True, slots=True)
class Standing:
    """Each number counts who is at least so far: who shares has asked and closed, too."""

    form: PrefectureForm
    towns: int
    asked: int
    closed: int
    registered: int
    shared: int


def of(form: PrefectureForm, replies: Sequence[FormReply]) -> Standing:
    states = [ORDER.index(one.state) for one in replies if one.form == form.key]

    def so_far(state: FormReplyState) -> int:
        return sum(one >= ORDER.index(state) for one in states)

    return Standing(
        form,
        len(states),
        so_far(FormReplyState.ASKING),
        so_far(FormReplyState.CLOSED),
        so_far(FormReplyState.REGISTERED),
        so_far(FormReplyState.SHARED),
    )
