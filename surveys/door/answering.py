"""The way through a questionnaire, page by page: what is carried, checked and asked next; pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from municipalities.japanese import numerals
from surveys.answers import filling, personal
from surveys.choices import QuestionType
from surveys.questionnaires.shape import asked_inputs, form_shape
from surveys.questionnaires.shape.form_shape import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from surveys.answers.filling import Filled
    from surveys.questionnaires.shape.asked_inputs import Inputs
    from surveys.questionnaires.shape.form_shape import Asked, Form

# Pressed to see the readings of kanji, or not: the page stays, with what was typed.
READINGS = "readings-"


@dataclass(frozen=True)
class Question:
    """A question with its inputs, and what of its text looks like personal data."""

    inputs: Inputs
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Screen:
    """One page as it stands: `index` among the pages that hold questions; behind the last one: the end."""

    index: int
    total: int
    questions: tuple[Question, ...]
    hidden: tuple[tuple[str, str], ...]
    heading: str = ""
    help: str = ""
    seen: str = ""

    @property
    def place(self) -> int:
        return self.index + 1

    @property
    def is_first(self) -> bool:
        return self.index == 0

    @property
    def is_end(self) -> bool:
        """Say whether nothing is left to ask: only sending."""
        return self.index >= self.total

    @property
    def sends(self) -> bool:
        return self.place >= self.total

    @property
    def errors(self) -> list[Inputs]:
        return [one.inputs for one in self.questions if one.inputs.errors]

    @property
    def noticed(self) -> list[Question]:
        """What looks like personal data: nothing was sent before somebody has looked at it."""
        return [one for one in self.questions if one.notices]

    @property
    def has_writing(self) -> bool:
        return any(one.inputs.takes_words for one in self.questions)


@dataclass(frozen=True)
class Posted:
    """What a page sent: fields by name, where it stood, what was pressed, what was pointed out already."""

    typed: Mapping[str, Sequence[str]]
    index: int = 0
    action: str = ""
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Step:
    """What follows: a screen, or everything filled in and ready to be written."""

    screen: Screen
    filled: Filled | None = None


def pages_of(form: Form) -> tuple[Page, ...]:
    """Return the screens that ask something: a part of the form is cut behind each question that may lead on.

    So whoever is led past a question never sees it, without JavaScript too.
    """
    return tuple(chain.from_iterable(_cut(page) for page in form.pages if page.questions))


def _cut(page: Page) -> Iterator[Page]:
    key, explained, inside = page.key, page.help, []
    for at, asked in enumerate(page.questions, 1):
        inside.append(asked)
        if asked.leads_on or at == len(page.questions):
            yield Page(key, page.heading, explained, tuple(inside))
            key, explained, inside = "", "", []


def posted_of(form: Form, post: Mapping) -> Posted:
    """Read what a page sent; whatever is no number or no field of ours counts as not sent."""
    total = len(pages_of(form))
    index = numerals.whole(post.get("page", ""), most_digits=4) or 0
    numbers = (numerals.whole(one, most_digits=4) for one in post.get("seen", "")[:2000].split(","))
    return Posted(
        typed=filling.kept(form, post.lists()),  # type: ignore[attr-defined]
        index=min(index, total),
        action=post.get("action", "next"),
        seen=frozenset(one for one in numbers if one is not None),
    )


def carried(posted: Posted) -> list[tuple[str, str]]:
    """Return everything that was filled in, as hidden fields carry it; what was pointed out stays so."""
    fields = [(name, value) for name, values in posted.typed.items() for value in values]
    return [*fields, ("seen", ",".join(str(one) for one in sorted(posted.seen)))]


def go(form: Form, posted: Posted) -> Step:
    """Return what follows from what a page sent."""
    if posted.action == "back":
        return Step(screen(form, posted, _before(form, posted)))
    if posted.action == "resume" or posted.action.startswith(READINGS):
        return Step(screen(form, posted, posted.index))
    filled = filling.fill(form, posted.typed)
    here = set(filled.errors) & {one.key for one in _on_page(form, posted, posted.index)}
    if here:
        return Step(screen(form, posted, posted.index, filled=filled))
    if pointed := _to_point_out(form, posted, filled):
        return _pointing_out(form, posted, pointed)
    if posted.action == "send":
        return _sending(form, posted, filled)
    return Step(screen(form, posted, _after(form, posted)))


def _sending(form: Form, posted: Posted, filled: Filled) -> Step:
    """Everything is right, or the first page where something is not."""
    for index, page in enumerate(pages_of(form)):
        if any(one.key in filled.errors for one in page.questions):
            return Step(screen(form, posted, index, filled=filled))
    return Step(screen(form, posted, posted.index), filled=filled)


def _to_point_out(form: Form, posted: Posted, filled: Filled) -> dict[str, tuple[str, ...]]:
    """Return what on this page looks like personal data and has not been pointed out yet."""
    found = {}
    for asked in _on_page(form, posted, posted.index):
        given = filled.given.get(asked.key)
        if given is None or asked.number in posted.seen or asked.kind == QuestionType.OWN_CODE:
            continue
        texts = (given.text, *given.beside.values())
        if signs := [sign for text in texts for sign in personal.signs_of(text)]:
            found[asked.key] = tuple(signs)
    return found


def _pointing_out(form: Form, posted: Posted, pointed: Mapping[str, tuple[str, ...]]) -> Step:
    """Show the page once more; what was pointed out here is never pointed out again."""
    numbers = {one.number for one in form.questions if one.key in pointed}
    again = Posted(posted.typed, posted.index, posted.action, posted.seen | numbers)
    return Step(screen(form, again, posted.index, notices=pointed))


def _on_page(form: Form, posted: Posted, index: int) -> tuple[Asked, ...]:
    """Return the questions of a page that are asked of someone who answered so before it."""
    pages = pages_of(form)
    if index >= len(pages):
        return ()
    first = pages[index].questions[0].number
    before = {
        name: values for name, values in posted.typed.items() if filling.number_of(name) < first
    }
    asked = {one.key for one in form_shape.path(form, filling.ticks(form, before))}
    return tuple(one for one in pages[index].questions if one.key in asked)


def _after(form: Form, posted: Posted) -> int:
    """Return the next page on which something is asked; behind the last: the end."""
    path = {one.key for one in form_shape.path(form, filling.ticks(form, posted.typed))}
    pages = pages_of(form)
    for index in range(posted.index + 1, len(pages)):
        if any(one.key in path for one in pages[index].questions):
            return index
    return len(pages)


def _before(form: Form, posted: Posted) -> int:
    """Return the page before this one on which something was asked."""
    for index in range(posted.index - 1, 0, -1):
        if _on_page(form, posted, index):
            return index
    return 0


def screen(
    form: Form,
    posted: Posted,
    index: int,
    *,
    filled: Filled | None = None,
    notices: Mapping[str, tuple[str, ...]] | None = None,
) -> Screen:
    """Return a page with what was typed into it; all other pages travel as hidden fields."""
    pages = pages_of(form)
    asked = _on_page(form, posted, index)
    here = {one.number for one in asked}
    errors = filled.errors if filled else {}
    hidden = tuple(
        (name, value)
        for name, values in posted.typed.items()
        if filling.number_of(name) not in here
        for value in values
    )
    page = pages[index] if index < len(pages) else None
    return Screen(
        index=index,
        total=len(pages),
        questions=tuple(
            Question(
                asked_inputs.drawn(form, one, posted.typed, errors=errors.get(one.key, ())),
                (notices or {}).get(one.key, ()),
            )
            for one in asked
        ),
        hidden=hidden,
        heading=page.heading if page else "",
        help=page.help if page else "",
        seen=",".join(str(one) for one in sorted(posted.seen)),
    )


def first(form: Form) -> Screen:
    """Return the page on which everybody begins."""
    return screen(form, Posted({}), 0)
