"""Councils and meetings for the tests: our own, and those that a neighbour leads and shares with us."""

from councils.models import (
    AgendaItem,
    Attendance,
    Council,
    CouncilFunction,
    CouncilPartner,
    Decision,
    Evaluation,
    Homework,
    Improvement,
    Judgement,
    Meeting,
    Outreach,
    Seat,
)
from municipalities.kernel import submission_keys
from municipalities.models import Municipality
from municipalities.tenancy import within
from tests import world

LIST = "/m/990019/2026/meetings/"
EVALUATED = (Improvement, Judgement, Evaluation)
OF_MEETINGS = (Homework, Attendance, AgendaItem, Meeting)
OF_COUNCILS = (Outreach, Seat, CouncilFunction, CouncilPartner)


def no_evaluations():
    """Begin without the world's evaluation, and what was judged and decided from it."""
    for model in EVALUATED:
        model.objects.all().delete()


def no_meetings():
    """Begin without the world's meeting, its parts, its decision and what it judged."""
    no_evaluations()
    Decision.objects.all().delete()
    for model in OF_MEETINGS:
        model.objects.led().delete()


def no_councils():
    """Begin without the world's councils, children first."""
    no_meetings()
    for model in OF_COUNCILS:
        model.objects.led().delete()
    Council.objects.led().filter(parent__isnull=False).delete()
    Council.objects.led().delete()


def council(key="kyogikai", **values):
    found = Council.objects.led().filter(key=key).first()
    return found or Council.objects.create(key=key, **{"name": "推進協議会"} | values)


def meeting(key="first", **values):
    values = {"council": council(), "fiscal_year": world.YEAR, "number": 1} | values
    return Meeting.objects.create(key=key, **values)


def part(model, of, key, **values):
    return model.objects.create(key=key, meeting=of, council=of.council, **values)


def agenda(of, key="a-1", **values):
    return part(AgendaItem, of, key, **{"text": "目指す姿について"} | values)


def homework(of, key="h-1", **values):
    return part(Homework, of, key, **{"text": "様式の案を持ち寄る"} | values)


def decision(cycle, of, key="d-1", **values):
    values = {"text": "案のとおり合意した。", "position": 1} | values
    return Decision.objects.create(key=key, cycle=cycle, meeting=of, **values)


def neighbours_meeting(key="joint", **values):
    """Return a meeting of a joint council that 見本町 leads and 見本市 takes part in."""
    lead = Municipality.objects.get(code=world.THEIRS)
    partner = Municipality.objects.get(code=world.OURS)
    with within(lead):
        joint = council("joint-council", name="広域の協議会")
        if not CouncilPartner.objects.filter(council=joint).exists():
            CouncilPartner.objects.create(key="joint-partner", council=joint, partner=partner)
        return meeting(key, council=joint, **values)


def fields(**values):
    """What a form sends, as a browser fills it in."""
    return {"submission_key": submission_keys.new(), "base_version": "1"} | values


def meeting_fields(of_council, **values):
    form = {
        "council": of_council.pk,
        "scene": "all",
        "style": "onsite",
        "audience": "adviser",
    }
    return fields(**form | values)


def decision_fields(**values):
    form = {"kind": "agreed", "text": "決まったこと", "scene": "all", "audience": "adviser"}
    return fields(**form | values)
