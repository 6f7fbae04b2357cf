"""What a test asks of an installation; runs in the driver's process, with the installation's settings.

Arguments and results are JSON. Any function can be asked for by its dotted path.
"""

import contextlib
import json
import threading
import time

from django.db import connection, transaction

from municipalities.choices import Role, ScopeKind
from municipalities.kernel import gathering, jobs, mail, submission_keys
from municipalities.kernel.jobs import Job
from municipalities.kernel.mail import OutgoingMail
from municipalities.models import Membership, Municipality, Prefecture, User
from municipalities.tenancy import within
from tests.processes.probe.models import Mark
from tests.processes.probe.work import KIND, LETTER, LIST


def prepare():
    """Make one municipality and one officer who is the recipient of letters as well."""
    prefecture = Prefecture.objects.create(code="99", name="見本県", kana="みほんけん")
    Municipality.objects.create(
        code="990019", name="見本市", kana="みほんし", kind="city", prefecture=prefecture
    )
    officer = User.objects.create(username="officer", display_name="担当", email="o@example.jp")
    Membership.objects.create(
        user=officer,
        role=Role.EDITOR,
        scope_kind=ScopeKind.MUNICIPALITY,
        scope_code="990019",
        valid_from="2020-04-01",
    )


def tables():
    """Return what the database itself tells of each table: columns, and what is unique, checked, indexed, pointed at."""
    with connection.cursor() as cursor:
        ask = connection.introspection
        names = [one.name for one in ask.get_table_list(cursor) if one.type == "t"]
        return {
            name: {
                "columns": sorted(map(_column, ask.get_table_description(cursor, name))),
                "constraints": sorted(
                    json.dumps(_constraint(one), sort_keys=True)
                    for one in ask.get_constraints(cursor, name).values()
                ),
            }
            for name in names
        }


def _column(told):
    kind = connection.introspection.get_field_type(told.type_code, told)
    return [told.name, str(kind), told.null_ok, told.internal_size, told.precision, told.scale]


def _constraint(told):
    kinds = ("unique", "primary_key", "check", "foreign_key", "index", "type", "orders")
    # A check on SQLite is told by the columns its text names, in no order of their own.
    return {kind: told.get(kind) for kind in kinds} | {"columns": sorted(told["columns"] or [])}


def _place():
    return Municipality.objects.get(code="990019")


def _officer():
    return User.objects.get(username="officer")


def enqueue(tags, milliseconds=0):
    """Write one job for each tag in one transaction, as a request would. Returns pks and seconds."""
    place, officer = _place(), _officer()
    begun = time.perf_counter()
    with transaction.atomic():
        pks = [
            jobs.enqueue(
                KIND, municipality=place, actor=officer, tag=tag, milliseconds=milliseconds
            ).pk
            for tag in tags
        ]
    return {"pks": pks, "seconds": time.perf_counter() - begun}


def post_letters(references):
    place, officer = _place(), _officer()
    with transaction.atomic():
        for reference in references:
            mail.post(
                LETTER, municipality=place, recipient=officer, reference=reference, by=officer
            )


def gather_letters(references, seconds, *, at_once=False):
    """Post letters to one person that wait for one another, one after the other or all at once."""
    place, officer = _place(), _officer()

    def post(reference):
        with within(place), transaction.atomic():
            gathering.post(
                LETTER,
                carrier=LIST,
                seconds=seconds,
                municipality=place,
                recipient=officer,
                reference=reference,
                by=officer,
            )

    if at_once:
        waiting = list(references)
        _at_once(lambda: post(waiting.pop()), len(references))
        return
    for reference in references:
        post(reference)


def gathered():
    """Return how many mails go out for how many others, by kind."""
    own = OutgoingMail.objects.filter(gathered_by=None).order_by("pk")
    return [[row.kind, row.gathered.count()] for row in own]


def job_rows(kind=None):
    """Return kind, state, attempt and crashes of all jobs (of a kind), oldest first."""
    rows = Job.objects.filter(kind=kind) if kind else Job.objects.all()
    return list(rows.order_by("pk").values("pk", "kind", "state", "attempt", "crashes"))


def marks():
    return list(Mark.objects.values_list("tag", flat=True))


def letters():
    return list(OutgoingMail.objects.order_by("pk").values("reference", "state", "maybe_twice"))


def sweep():
    return jobs.sweep()


def press_in_parallel(times, *, with_key):
    """Press one button so many times at once. Returns where each press led."""
    place, officer = _place(), _officer()
    key = submission_keys.new()

    def deed():
        time.sleep(0.01)
        return f"/marks/{Mark.objects.create(tag='pressed').pk}/"

    def press():
        with within(place):
            own = key if with_key else submission_keys.new()
            return submission_keys.once(own, user=officer, deed=deed)

    return _at_once(press, times)


def claim_in_parallel(times):
    """Claim one job from so many workers at once. Returns the attempts that were given out."""
    job = Job.objects.create(kind=KIND, municipality=_place(), actor=None)
    claimed = _at_once(lambda: jobs.claim(job.pk), times)
    return [running.attempt for running in claimed if running]


def _at_once(act, times):
    """Call `act` in so many threads, each with a database connection of its own."""
    start, results = threading.Barrier(times), []

    def run():
        start.wait()
        with contextlib.closing(connection):
            results.append(act())

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
