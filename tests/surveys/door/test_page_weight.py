"""Every page that a respondent loads of the shipped templates is small, with all its readings."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from municipalities.models import User
from surveys.choices import SurveyTarget
from surveys.door import previewing
from surveys.models import Questionnaire, SurveyRound
from surveys.questionnaires.making import form_making, form_templates
from surveys.rounds import door_address, opening
from tests.surveys.asking import OUTSIDE
from tests.surveys.door.test_answer_door import opened, text

LARGEST = 30_000


def asked_of(here, template):
    """Return an open round of a template, as a town would begin it."""
    editor = User.objects.get(username="editor")
    questionnaire = Questionnaire.objects.create(
        key="weighed", title=template.title, target=template.target, opening=template.opening
    )
    form_making.insert(questionnaire, template.asked, after="", by=editor)
    row = SurveyRound.objects.create(
        key="weighed",
        cycle=here,
        questionnaire=questionnaire,
        title=template.title,
        contact="高齢福祉課 00-0000-0000",
        closes_on=timezone.localdate() + dt.timedelta(days=7),
        keep_until=timezone.localdate() + dt.timedelta(days=70),
    )
    return opening.open_round(row, by=editor)


@pytest.mark.parametrize("template", form_templates.templates(), ids=lambda one: one.key)
def test_no_page_of_a_shipped_template_is_larger(here, settings, template):
    settings.PUBLIC_BASE_URL = OUTSIDE
    row = asked_of(here, template)
    address = door_address.of(row).removeprefix(OUTSIDE) + "?readings=on"
    pages = previewing.of(row.questionnaire, here, previewing.Wish()).screens

    visitor, carried = opened(address)
    found = [Client().get(address)] + [
        visitor.post(address, carried | {"page": index, "action": "next"})
        for index in range(len(pages) - 1)
    ]

    sizes = [len(page.content) for page in found]
    assert max(sizes) < LARGEST, sizes
    places = [f"{at}／{len(pages)}ページ" for at in range(1, len(pages) + 1)]
    assert len(pages) == 1 or all(
        place in text(page) for place, page in zip(places, found, strict=True)
    )
    assert template.target != SurveyTarget.RESIDENTS or all("<rt>" in text(one) for one in found)
