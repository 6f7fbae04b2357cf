"""The daily round that counts findings: 179 towns in one job, as the clock asks and the worker counts."""

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
from reports.document import assembly
from reports.document.findings import looking, reading
from reports.models import FindingCount, YearProgress
from reports.submission.counting import finding_rounds, progress

TOWNS = 179
# Years of real towns, large and small, in turn.
DOCUMENTS = ("082015-2023", "222224-2023", "262013-2023", "141003-2023")
FIRST = Town("960018", "見本町", "96", 2023)


def lines() -> list[Line]:
    """The whole round, and the statements of one town beside those of its document."""
    _settle()
    first, again = _round(), _round()
    found, document = _statements()
    _open_the_year_before()
    later, document_later = _statements()
    return [
        Line(
            f"findings of {TOWNS} towns in one job",
            "-",
            "-",
            f"{first:.1f} CPU s ({1000 * first / TOWNS:.0f} ms a town); "
            f"again with nothing new {again:.1f} s",
            None,
        ),
        Line(
            "findings of a town, SQL",
            "no more than the document's",
            f"{document} of the document",
            f"{found}; with a year before {later} beside {document_later}",
            found <= document and later <= document_later,
        ),
    ]


def _settle() -> None:
    # The towns of a hundred rows are another measure: without their counts they are not in the round.
    YearProgress.objects.all().delete()
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


def _round() -> float:
    """Run a round over these towns; return its CPU seconds."""
    if not finding_rounds.begin():
        raise RuntimeError("no round was asked for")
    job = Job.objects.filter(kind=finding_rounds.ROUND).latest("pk")
    seconds = spent(lambda: _finish(job))
    counted = FindingCount.objects.filter(municipality__prefecture__code=FIRST.prefecture)
    towns = counted.order_by().values("municipality").distinct().count()
    failed = Job.objects.filter(kind=finding_rounds.JOB).exclude(crashes=0)
    if towns != TOWNS or failed.exists():
        raise RuntimeError(f"{towns} of {TOWNS} counted, {failed.count()} failed")
    return seconds


def _finish(job: Job) -> None:
    """Run the job, in as many goes as it takes."""
    while job.state != JobState.DONE:
        jobs.run(job.pk)
        job.refresh_from_db()


def _open_the_year_before() -> None:
    """Give the town that is counted a year before, with all that its rules compare with."""
    town = Town(neighbours(FIRST, 1)[0], FIRST.name, FIRST.prefecture, FIRST.fiscal_year - 1)
    with within(Municipality.objects.get(code=town.code)):
        Cycle.objects.create(fiscal_year=town.fiscal_year)
    document = years.demo("262013-2023")
    head = {"code": town.code, "name": town.name, "prefecture": "県"}
    names = ("schema_version", "organizations", "activities", "logic_models", "own_definitions")
    parts = (*names, "indicators")
    compared = {name: document[name] for name in parts}
    fill(town, compared | {"municipality": head, "fiscal_year": town.fiscal_year})


def _statements() -> tuple[int, int]:
    """Return the statements with which findings of a town's year are looked up, and those of its document."""
    # As the round reads its towns: the prefecture comes with each.
    places = Municipality.objects.select_related("prefecture")
    place = places.get(code=neighbours(FIRST, 1)[0])
    with within(place):
        cycle = Cycle.objects.get(fiscal_year=FIRST.fiscal_year)
        cycle.municipality = place
        with statements() as found:
            looking.look_over(reading.year_of(cycle))
        with statements() as document:
            assembly.assemble(cycle)
    return len(found.of_rows), len(document.of_rows)
