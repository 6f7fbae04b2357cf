"""A survey that is asked in an installation, and what came of it; runs in the driver's process."""

from municipalities.models import Cycle, Municipality, User
from municipalities.tenancy import within
from surveys.invitees import inviting
from surveys.invitees.inviting import Asked
from surveys.models import Answer, Invitee, Response, SurveyRound
from surveys.rounds import door_address, emptying
from tests.surveys.asking import asking


def ask_residents(offices=0, key="round-crowd"):
    """Open a round. Returns the path of its door and those of the offices' codes."""
    place = Municipality.objects.select_related("prefecture").get(code="990019")
    officer = User.objects.get(username="officer")
    with within(place):
        cycle, _ = Cycle.objects.get_or_create(fiscal_year=2026)
        cycle.municipality = place
        row = SurveyRound.objects.select_related("token").filter(key=key).first()
        row = row or asking(cycle, key, by="officer")
        row.cycle = cycle
        inviting.add(row, [Asked(f"事業所{one}") for one in range(offices)], by=officer)
        codes = Invitee.objects.filter(round=row).select_related("token").order_by("pk")
        doors = [row.token, *(one.token for one in codes)]
        link, *rest = (path_of(door) for door in doors)
    return {"link": link, "codes": rest}


def path_of(door):
    address = door_address.of_token(door)
    return address[address.index("/s/") :]


def counts():
    """Return how many responses there are, how many lines they have, and how many offices have answered."""
    with within(Municipality.objects.get(code="990019")):
        return {
            "responses": Response.objects.count(),
            "answers": Answer.objects.count(),
            "offices": Invitee.objects.exclude(answered_on=None).count(),
        }


def empty(key):
    """Delete the answers of a round for good. Returns how many are left."""
    with within(Municipality.objects.get(code="990019")):
        emptying.empty(SurveyRound.objects.get(key=key), by=User.objects.get(username="officer"))
    return left(key)


def left(key):
    with within(Municipality.objects.get(code="990019")):
        return Response.objects.filter(round__key=key).count()
