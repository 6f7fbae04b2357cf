"""The board lists what the year's report needs, each once, and the report itself as the last."""

import re

import pytest

from municipalities.models import Cycle, Profile
from municipalities.tenancy import within
from reports.models import ProgressReport
from reports.submission.counting import year_parts
from tests import world

pytestmark = pytest.mark.django_db
BOARD = "/m/990019/2026/"
TASKS = re.compile(r'(?s)<ul class="tasks">.*?</ul>')


def tasks(client, address=BOARD):
    """Return the list of what the year's report is made of."""
    (report,) = TASKS.findall(client.get(address).content.decode())
    return report


def profile_state(cycle, **texts):
    with within(cycle.municipality):
        blank = dict.fromkeys((*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS), "")
        Profile.objects.filter(cycle=cycle).update(**(blank | texts))
        return year_parts.profile(cycle)


def test_every_part_stands_on_the_board_once_with_a_sentence(as_editor):
    page = as_editor.get(BOARD).content.decode()
    shown = tasks(as_editor)

    assert "この年度の書類" not in page
    assert shown.count("<li>") == 5
    assert "人口や高齢化率などの数値と、地域の特徴をまとめます。" in shown
    assert "アドバイザーに提出します。" in shown


def test_a_draft_is_opened_from_the_board(as_editor):
    draft = world.report_of(kind="final")

    shown = tasks(as_editor)
    assert f'href="{BOARD}reports/{draft.pk}/"' in shown
    assert "最終報告書は、まだ提出されていません" in shown


def test_a_submitted_report_shows_its_day_and_leads_to_the_list(as_editor, cycle):
    with within(cycle.municipality):
        ProgressReport.objects.drafts().delete()

    shown = tasks(as_editor)
    assert f'href="{BOARD}reports/"' in shown
    assert "提出済み" in shown
    assert re.search(r"中間報告書の提出日：\d{4}年", shown)


def test_before_the_first_report_the_row_leads_to_the_list(as_editor, cycle):
    with within(cycle.municipality):
        later = Cycle.objects.create(fiscal_year=2027)
    shown = tasks(as_editor, f"/m/990019/{later.fiscal_year}/")

    assert 'href="/m/990019/2027/reports/"' in shown
    assert shown.count("未着手") == 5


def test_a_profile_is_done_with_its_section_and_one_feature(cycle):
    done = profile_state(cycle, responsible_section="高齢福祉課", strengths="病院が二つある")

    assert done.state == "done"
    assert "空欄：" in done.hint


@pytest.mark.parametrize(
    ("texts", "state"),
    [
        ({"responsible_section": "高齢福祉課"}, "doing"),
        ({"strengths": "病院が二つある"}, "doing"),
        ({}, "todo"),
    ],
)
def test_a_profile_without_section_or_feature_is_not_done(cycle, texts, state):
    assert profile_state(cycle, **texts).state == state
