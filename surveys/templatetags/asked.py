"""A question of a shape in words: how it is answered, and where an answer leads to."""

from django import template

from councils.choices import Profession
from surveys.choices import QuestionType
from surveys.questionnaires.making import prefecture_forms
from surveys.questionnaires.shape import asked_inputs, furigana

register = template.Library()


@register.filter
def kind_name(asked):
    return QuestionType(asked.kind).label


@register.filter
def leads_to(option, form):
    """Return 「問5へ」, or nothing where the next question follows."""
    return asked_inputs.leads_to(form, option)


@register.filter
def bounds(asked):
    """Return 「0年から60年まで」 of a question that takes a number, or nothing where any number will do."""
    return furigana.plain(asked_inputs.range_of(asked))


@register.simple_tag
def professions():
    """Return what respondents choose from where they are asked for their profession."""
    return [label for _, label in Profession.choices[1:]]


@register.filter
def of_key(found, key):
    """Return what a mapping holds under a key, or nothing."""
    return found.get(key, "")


@register.filter
def of_kind(found, kind):
    """Return the questions that are answered in this way."""
    return [asked for asked in found if asked.kind == kind]


@register.simple_tag
def uncounted(form):
    """Return the questions of a shape of which no counts are shared with the prefecture."""
    return prefecture_forms.uncounted(form)
