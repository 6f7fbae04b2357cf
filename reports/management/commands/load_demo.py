"""`manage.py load_demo`: accounts, municipality-years and what was submitted of them. Never in production."""

import datetime as dt
import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

import reports.document
from coordinators.bases import base_publishing
from coordinators.cases import publishing
from coordinators.models import Base, PrefecturePost, Structure
from indicators import exercise, statistics
from indicators.document import MEASUREMENTS
from indicators.models import PrefectureDefinition, PrefectureDefinitionVersion
from indicators.publishing import filling, filling_rounds
from municipalities.kernel.changes import create_versioned
from municipalities.models import Cycle, HealthCentre, Municipality, Prefecture, User
from municipalities.operating import demo
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.rows.published_copies import OPEN
from municipalities.tenancy import within
from reports.choices import LESSONS, ReportKind, TextSection
from reports.document import assembly
from reports.document.shape import PARTS
from reports.models import Inquiry, InquiryQuestion, Practice, ProgressReport, SupportRecord
from reports.practice import publishing as practice_publishing
from reports.prefecture.surveying import sending
from reports.submission.counting import finding_counts, progress
from reports.submission.drafts import drafting
from reports.submission.reworking import errata, later_finals
from reports.submission.submitting.submit import submit
from reports.surveying import reading as surveying
from reports.surveying import sharing
from surveys import demo as survey_demo
from surveys.models import PrefectureForm
from surveys.questionnaires.making import form_templates, prefecture_forms

DOCUMENTS = Path(reports.document.__file__).parent / "demo"
# What each town has already submitted of its year, in this order.
SUBMITTED = {
    "082015-2023": (ReportKind.INTERIM, ReportKind.FINAL),
    "222224-2023": (ReportKind.INTERIM, ReportKind.FINAL),
    "262013-2023": (ReportKind.INTERIM, ReportKind.FINAL),
    "990019-2026": (ReportKind.INTERIM,),
}
# What has changed since an interim report, where nothing has.
NOTHING_SINCE: dict[str, list] = {"measurements": [], "errata": []}
OF_PREFECTURES = {
    "posts": PrefecturePost,
    "health_centres": HealthCentre,
    "support_records": SupportRecord,
}
WRITTEN_AT_THE_END = {*LESSONS, TextSection.ACHIEVEMENTS, TextSection.FINAL}


class Command(BaseCommand):
    help = "Load the demo; what somebody has written since stays."

    def add_arguments(self, parser):
        parser.add_argument(
            "--without-reports", action="store_true", help="Load the years, submit nothing."
        )

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo's accounts have no place in production.")
        demo.load()
        statistics.load_exercise()
        told = []
        for path in sorted((DOCUMENTS / "prefectures").glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            load_prefecture(data)
            load_definitions(data)
            told += load_statistics(data)
            load_inquiries(data)
            load_forms(data)
        years = [
            (path.stem, json.loads(path.read_text(encoding="utf-8")))
            for path in sorted(DOCUMENTS.glob("*.json"))
        ]
        begun = begun_before(data["municipality"]["code"] for _, data in years)
        for name, data in years:
            kinds = () if options["without_reports"] else SUBMITTED.get(name, ())
            is_begun = data["municipality"]["code"] in begun
            since = since_interim(name)
            if load_year(data, submitted=kinds, is_begun=is_begun, since=since):
                self.stdout.write(f"loaded {name}")
        for dataset in told:
            remember(dataset)


def officer_of(data):
    """Return who writes for the prefecture: what it sends is looked at again by its right."""
    return User.objects.get(username=demo.officer_of(data["prefecture"]))


@transaction.atomic
def load_prefecture(data):
    """Write the rows that a prefecture keeps itself; one that is there already stays."""
    writer = officer_of(data)
    with within_prefecture(Prefecture.objects.get(code=data["prefecture"])):
        for part, table in OF_PREFECTURES.items():
            for row in data.get(part, ()):
                marks = {name: row[name] for name in ("fiscal_year", "key") if name in row}
                if not table.objects.filter(**marks).exists():
                    create_versioned(table(**row), by=writer)


@transaction.atomic
def load_definitions(data):
    """Write what a prefecture has its towns count; a definition that is there already stays."""
    writer = officer_of(data)
    with within_prefecture(Prefecture.objects.get(code=data["prefecture"])):
        for row in data.get("definitions", ()):
            told = dict(row)
            versions = told.pop("versions")
            if PrefectureDefinition.objects.filter(key=row["key"]).exists():
                continue
            definition = create_versioned(PrefectureDefinition(**told), by=writer)
            for one in versions:
                version = PrefectureDefinitionVersion(definition=definition, **one)
                create_versioned(version, by=writer)


@transaction.atomic
def load_statistics(data):
    """Write what a prefecture has brought in of its own indicators; return what is new."""
    prefecture = Prefecture.objects.get(code=data["prefecture"])
    rows = data.get("statistics", ())
    loaded = (exercise.load(prefecture, row) for row in rows)
    return [dataset for dataset in loaded if dataset]


def remember(dataset):
    """Count the values of towns that bear the name of a statistic, as the round that fills them does."""
    for place in filling_rounds.towns_of(dataset.pk):
        with within(place):
            filling.remember(place, [dataset])


def load_inquiries(data):
    """Write what a prefecture is about to ask: sending it is left to whoever tries the demo."""
    writer = officer_of(data)
    with within_prefecture(Prefecture.objects.get(code=data["prefecture"])):
        for row in data.get("inquiries", ()):
            told = dict(row)
            questions, days = told.pop("questions"), told.pop("due_in_days")
            if Inquiry.objects.filter(key=row["key"]).exists():
                continue
            due = timezone.localdate() + dt.timedelta(days=days)
            inquiry = create_versioned(Inquiry(due_on=due, **told), by=writer)
            for position, one in enumerate(questions, 1):
                question = InquiryQuestion(inquiry=inquiry, position=position, **one)
                create_versioned(question, by=writer)


def load_forms(data):
    """Write what a prefecture lets its towns ask; one of them is sent already."""
    writer, prefecture = officer_of(data), Prefecture.objects.get(code=data["prefecture"])
    with within_prefecture(prefecture):
        for row in data.get("forms", ()):
            told = dict(row)
            chosen = form_templates.template(told.pop("template"))
            days, is_draft = told.pop("due_in_days"), told.pop("is_draft", False)
            if PrefectureForm.objects.filter(key=row["key"]).exists():
                continue
            form = PrefectureForm(
                opening=chosen.opening,
                closing=chosen.closing,
                asked=sending.written(chosen.asked),
                due_on=timezone.localdate() + dt.timedelta(days=days),
                **told,
            )
            create_versioned(form, by=writer)
            if not is_draft:
                sending.send(form, prefecture, version=form.version, by=writer)


def begun_before(codes):
    """Return the codes of those municipalities that have a year already: an older demo, or somebody's own."""
    begun = set()
    for place in Municipality.objects.filter(code__in=set(codes)):
        with within(place):
            if Cycle.objects.exists():
                begun.add(place.code)
    return begun


@transaction.atomic
def load_year(data, *, submitted=(), is_begun=False, since=NOTHING_SINCE):
    """Open the year of a document, fill it and submit reports of these kinds, all or nothing.

    A year that is open already stays as it is, and where somebody has begun before, so do the rows
    that outlast a year. `since` (`since_interim`) is what became final after the interim report. Says whether it was new.
    """
    place = Municipality.objects.select_related("prefecture").get(code=data["municipality"]["code"])
    with within(place):
        cycle, is_new = Cycle.objects.get_or_create(fiscal_year=data["fiscal_year"])
        if not is_new:
            return False
        cycle.municipality = place
        data = without_standing(cycle, data) if is_begun else data
        is_over = ReportKind.FINAL in submitted
        if ReportKind.INTERIM in submitted:
            stood = at_interim(data) if is_over else data
            fill(cycle, with_values_of_then(stood, since["measurements"]))
            submit_next(cycle, ReportKind.INTERIM)
        fill(cycle, data)
        correct(cycle, since["errata"])
        if is_over:
            submit_next(cycle, ReportKind.FINAL)
        ask_rounds(cycle)
        progress.publish(cycle)
        finding_counts.publish(cycle)
        publish_structures(cycle)
        publish_practices(cycle)
        share_bases(cycle)
    return True


def without_standing(cycle, data):
    """Return a document without the enduring rows that are there, by key or, for a value, in its place."""
    left = dict(data)
    for part in PARTS:
        if part.inside is None and not part.deletes and part.name in data:
            keys = {row.key for row in part.stored(cycle)}
            left[part.name] = [row for row in data[part.name] if row["key"] not in keys]
    taken = {(row.code, row.fiscal_year, row.source) for row in MEASUREMENTS.stored(cycle)}
    values = left.get(MEASUREMENTS.name, ())
    left[MEASUREMENTS.name] = [row for row in values if place_of(row) not in taken]
    return left


def place_of(value):
    return value["indicator"], value["fiscal_year"], value["source"]


def ask_rounds(cycle):
    """Ask the rounds of a year, with invented answers: a document carries none."""
    path = DOCUMENTS / "rounds" / f"{cycle.municipality.code}-{cycle.fiscal_year}.json"
    if path.exists():
        editor = User.objects.get(username=demo.editor_of(cycle.municipality.code))
        for told in json.loads(path.read_text(encoding="utf-8")):
            if "form" in told:
                ask_for_prefecture(cycle, told, by=editor)
            else:
                survey_demo.ask(cycle, told, by=editor)


def ask_for_prefecture(cycle, told, *, by):
    """Ask what the prefecture has sent, and share its results as the town's officer would by the button."""
    form = surveying.one(cycle, told["form"]).form
    made = prefecture_forms.take(cycle, form, by=by)
    survey_demo.ask(cycle, told, by=by, form=made)
    sharing.share(cycle, form, seen=sharing.ready(cycle, form).sha256, by=by)


def publish_structures(cycle):
    """Publish what the town lets others read of its coordinators, as its officer would by the button."""
    editor = User.objects.get(username=demo.editor_of(cycle.municipality.code))
    led = Structure.objects.led().filter(fiscal_year=cycle.fiscal_year)
    for structure in led.filter(audience__in=OPEN).order_by("pk"):
        publishing.publish(structure, by=editor)


def publish_practices(cycle):
    """Publish the town's good practice, as its officer would by the button."""
    editor = User.objects.get(username=demo.editor_of(cycle.municipality.code))
    cases = Practice.objects.filter(cycle=cycle, audience__in=OPEN)
    for practice in cases.order_by("position"):
        practice_publishing.publish(practice, by=editor)


def share_bases(cycle):
    """Share the town's 拠点 with its prefecture, as its officer would by the button."""
    editor = User.objects.get(username=demo.editor_of(cycle.municipality.code))
    for base in Base.objects.filter(audience__in=OPEN).order_by("position", "pk"):
        base_publishing.publish(base, by=editor)


def at_interim(data):
    """Return a finished year as it stood at its interim report: the interim one tells no end."""
    texts = [row for row in data["report_texts"] if row["section"] not in WRITTEN_AT_THE_END]
    return data | {"report_texts": texts, "support_effects": [], "support_outlooks": []}


def since_interim(name):
    """Return which values the interim report of a year told otherwise, and of which a 正誤 was written since."""
    path = DOCUMENTS / "interim" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else NOTHING_SINCE


def with_values_of_then(data, values):
    """Return a document with these values as they were told before they became final."""
    then = {row["key"]: row for row in values}
    rows = [row | then.get(row["key"], {}) for row in data["measurements"]]
    return data | {"measurements": rows}


def correct(cycle, names):
    """Write a 正誤 of each of these values beside the report that told it, as its officer would by the button."""
    editor = User.objects.get(username=demo.editor_of(cycle.municipality.code))
    for name in names:
        for report in ProgressReport.objects.filter(cycle=cycle).order_by("pk"):
            if later := later_finals.one_of(report, name):
                errata.add(report, later.words, by=editor)


def fill(cycle, data):
    """Write a document over a year. Raises CommandError with its problems."""
    writer = User.objects.get(username="operator-1")
    if problems := assembly.load(cycle, data, by=writer, vouched=True):
        raise CommandError("; ".join(f"{one.pointer}: {one.message}" for one in problems))


def submit_next(cycle, kind):
    """Submit the next report of this kind, as the town's officer would. Within the municipality."""
    editor = User.objects.get(username=demo.editor_of(cycle.municipality.code))
    report = drafting.open_draft(cycle, kind, by=editor)
    report.cycle = cycle
    return submit(report, by=editor)
