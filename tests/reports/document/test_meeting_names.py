"""The name of a meeting may tell what its record does not: it goes no farther than the record."""

import pytest
from django.core import mail as outbox

from municipalities.models import Publication
from reports.document import assembly
from reports.models import ProgressReport, SupportStep
from reports.submission.showing import publishing
from tests import world
from tests.reports import deliveries

pytestmark = pytest.mark.django_db
NAME, KIND = "不祥事についての庁内打合せ", "その他の打合せ"


@pytest.fixture(autouse=True)
def quick_paper(monkeypatch):
    deliveries.quick_paper(monkeypatch)


@pytest.fixture
def meeting(here):
    """Return a maker of a meeting of this audience, which the final report tells of."""

    def hold(audience, position=90):
        step = SupportStep.objects.create(
            cycle=here,
            key="meeting",
            kind="other",
            title=NAME,
            position=position,
            audience=audience,
        )
        ProgressReport.objects.filter(kind="final").update(step=step)
        return step

    return hold


@pytest.mark.parametrize(
    ("audience", "part", "to", "named"),
    [
        ("internal", "prefecture", "officer", False),
        ("adviser", "prefecture", "officer", False),
        ("prefecture", "prefecture", "officer", True),
        ("internal", "adviser", "adviser", False),
        ("adviser", "adviser", "adviser", True),
        ("internal", "superior", "approver", True),
    ],
)
def test_a_mail_names_a_meeting_to_whoever_may_read_of_it(
    meeting, people, audience, part, to, named
):
    meeting(audience)
    deliveries.submitted(people, part=part, to=to)
    deliveries.run_everything()

    [letter] = outbox.outbox
    assert (NAME in letter.body) is named
    assert (KIND in letter.body) is not named


@pytest.mark.parametrize("audience", ["internal", "adviser"])
def test_neither_the_copy_nor_its_page_names_it(meeting, people, sign_in, audience):
    meeting(audience)
    report = deliveries.submitted(people, part="prefecture", to="officer")
    copy = Publication.objects.get(number=str(report.number))

    assert NAME not in bytes(copy.document).decode()
    assert KIND in bytes(copy.document).decode()
    page = sign_in("officer").get(f"/p/99/2026/reports/{report.number}/")
    assert NAME not in page.content.decode()


def test_an_internal_meeting_is_not_named_to_the_adviser(meeting, people, as_adviser):
    meeting("internal")
    report = deliveries.submitted(people)

    assert NAME not in bytes(report.snapshot.document).decode()
    assert NAME not in as_adviser.get(f"/review/{report.number}/").content.decode()


def test_nor_does_a_point_to_prepare_name_it_in_the_copy(meeting, here):
    """A meeting without a record is one of 「これから整えること」."""
    meeting("adviser")
    report = world.report_of(kind="final")
    said = assembly.canonical(publishing.copy_now(report).document).decode()

    assert f"、{KIND}）。" in said
    assert NAME not in said
