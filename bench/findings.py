"""The daily round that counts findings: 179 towns, each by its own job, as the clock asks and the worker counts."""

import statistics

from bench import years
from bench.clock import spent, statements
from bench.table import Line
from bench.towns import Town, hire, neighbours
from bench.world import fill
from municipalities.choices import Role, ScopeKind
from municipalities.kernel import jobs
from municipalities.kernel.queue import Job, JobState
from municipalities.models import Cycle, Municipality, Prefecture
from municipalities.tenancy import within
from reports.submission import finding_rounds, progress

TOWNS = 179
# Years of real towns, large and small, in turn.
DOCUMENTS = ("082015-2023", "222224-2023", "262013-2023", "141003-2023")
FIRST = Town("960018", "見本町", "96", 2023)


def lines() -> list[Line]:
    """The whole round, and the statements of one town's job."""
    _settle()
    finding_rounds.begin()
    counted = _round()
    finding_rounds.begin()
    again = _round()
    return [
        Line(
            f"findings of {TOWNS} towns in one go",
            "each town by its own job",
            "-",
            f"{sum(counted):.1f} CPU s ({1000 * statistics.median(counted):.0f} ms a town); "
            f"again with nothing new {sum(again):.1f} s; {_statements()} SQL a town",
            None,
        )
    ]


def _settle() -> None:
    prefecture = Prefecture.objects.create(code=FIRST.prefecture, name="県", kana="けん")
    for n, code in enumerate(neighbours(FIRST, TOWNS)):
        town = Town(code, f"見本町{n}", FIRST.prefecture, FIRST.fiscal_year)
        place = Municipality.objects.create(
            code=code, name=town.name, kana="まち", kind="town", prefecture=prefecture
        )
        hire(town.editor, Role.EDITOR, kind=ScopeKind.MUNICIPALITY, code=code)
        with within(place):
            Cycle.objects.create(fiscal_year=town.fiscal_year)
        document = years.demo(DOCUMENTS[n % len(DOCUMENTS)])
        head = {"code": code, "name": town.name, "prefecture": "県"}
        fill(town, document | {"municipality": head})
        with within(place):
            progress.publish(town.cycle())


def _round() -> list[float]:
    """Run every job of these towns; return the CPU seconds of each."""
    waiting = Job.objects.filter(kind=finding_rounds.JOB, state=JobState.QUEUED)
    ours = waiting.filter(municipality__prefecture__code=FIRST.prefecture).order_by("pk")
    found = [spent(lambda job=job: jobs.run(job.pk)) for job in ours]
    failed = Job.objects.filter(kind=finding_rounds.JOB, crashes__gt=0)
    if len(found) != TOWNS or failed.exists():
        raise RuntimeError(f"{len(found)} of {TOWNS} counted, {failed.count()} failed")
    return found


def _statements() -> int:
    """Return the statements that one town's counting sends."""
    place = Municipality.objects.get(code=neighbours(FIRST, 1)[0])
    finding_rounds.ask(place)
    job = Job.objects.filter(municipality=place, state=JobState.QUEUED).get()
    with statements() as sent:
        jobs.run(job.pk)
    return len(sent.of_rows)
