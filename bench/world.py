"""The bench's towns: 水戸市 and 見本市 as the demo tells them, 見本町 with one row of each kind, 見本村 with a hundred."""

import io
from typing import Any

from PIL import Image

import indicators.reference
from bench import desks, neighbours, towns, years
from bench.towns import FEW, MANY, MIHON, MITO, TOWNS, Town, hire
from municipalities.choices import Role, ScopeKind
from municipalities.kernel import attachments, pictures
from municipalities.models import (
    Attachment,
    Cycle,
    MedicalArea,
    Municipality,
    Prefecture,
    ProfilePicture,
    TrashItem,
    User,
)
from municipalities.tenancy import within
from reports.document import assembly
from reports.models import Delivery, ProgressReport, Recipient
from reports.submission.drafts import drafting
from reports.submission.submitting.submit import submit

HUNDRED = 100
MOST_SERIAL = 99
OLDEST_YEAR = 1927


def build() -> None:
    """Make places and people, and in each town a submitted interim report and an open final one."""
    indicators.reference.load()
    for town in TOWNS:
        prefecture = Prefecture.objects.create(code=town.prefecture, name="県", kana="けん")
        Municipality.objects.create(
            code=town.code, name=town.name, kana="し", kind="city", prefecture=prefecture
        )
        hire(town.editor, Role.EDITOR, kind=ScopeKind.MUNICIPALITY, code=town.code)
        hire(town.adviser, Role.ADVISER, kind=ScopeKind.MUNICIPALITY, code=town.code)
        hire(town.manager, Role.MANAGER, kind=ScopeKind.MUNICIPALITY, code=town.code)
        hire(
            town.contractor,
            Role.CONTRIBUTOR,
            kind=ScopeKind.MUNICIPALITY,
            code=town.code,
            body="ishikai",
        )
        hire(town.officer, Role.OFFICER, kind=ScopeKind.PREFECTURE, code=town.prefecture)
    lay_areas(demo_of(MIHON))
    settle(MIHON, [MIHON.neighbour.code])
    settle(FEW, towns.neighbours(FEW, 1))
    settle(MANY, towns.neighbours(MANY, HUNDRED))
    open_year(MITO, demo_of(MITO))
    open_year(MIHON, demo_of(MIHON))
    open_year(FEW, document_of(FEW, rows=1))
    open_year(MANY, document_of(MANY, rows=1))
    crowd()
    for town in TOWNS:
        desks.lay(town, rows=HUNDRED if town == MANY else 1)
    for town in (MIHON, FEW, MANY):
        rows = HUNDRED if town == MANY else 1
        neighbours.share(town, rows=rows)
        neighbours.publish(town)
        neighbours.keep(town, rows=rows)


def settle(town: Town, codes: list[str]) -> None:
    """Make the other towns of a town's prefecture, which it names as partners."""
    prefecture = Prefecture.objects.get(code=town.prefecture)
    named = {"name": town.neighbour.name, "kana": "むら", "kind": "village"}
    Municipality.objects.bulk_create(
        Municipality(code=code, prefecture=prefecture, **named) for code in codes
    )


def lay_areas(document: dict[str, Any]) -> None:
    """Make the 二次医療圏 that the bases of a document name; every made-up year repeats them."""
    for named in {row["medical_area"] for row in document["bases"]} - {""}:
        scheme, _, code = named.partition("/")
        prefecture = Prefecture.objects.get(code=MIHON.prefecture)
        MedicalArea.objects.create(scheme=scheme, code=code, name="圏域", prefecture=prefecture)


def open_year(town: Town, document: dict[str, Any]) -> None:
    """Open a town's year with this document, one submitted report and one draft."""
    place = Municipality.objects.get(code=town.code)
    with within(place):
        Cycle.objects.create(fiscal_year=town.fiscal_year)
    fill(town, document | {"report_texts": years.form()})
    submit_next(town)
    cycle = town.cycle()
    with within(place):
        writer = User.objects.get(username=town.editor)
        drafting.open_draft(cycle, "final", by=writer)
        kept = attachments.keep(pictures.redrawn(a_picture()), original_name="図.png", by=writer)
        hang_pictures(cycle, kept, range(1, 2))


def a_picture() -> bytes:
    """Return a small plain picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def hang_pictures(cycle: Cycle, kept: Attachment, numbers: range) -> None:
    """Show a picture so often on the profile, and leave as many deleted rows in the trash."""
    for n in numbers:
        place = {"cycle": cycle, "key": f"picture-{n}", "position": n}
        ProfilePicture.objects.create(attachment=kept, caption="図", **place)
        TrashItem.objects.create(
            fiscal_year=cycle.fiscal_year, kind="logicmodels.issue", title="課題"
        )


def fill(town: Town, document: dict[str, Any]) -> None:
    """Write a document over a town's year. Raises ValueError with its problems."""
    cycle = town.cycle()
    with within(cycle.municipality):
        writer = User.objects.get(username=town.editor)
        if problems := assembly.load(cycle, document, by=writer, vouched=True):
            raise ValueError(problems)


def submit_next(town: Town) -> ProgressReport:
    """Submit the town's next interim report, as its editor does."""
    cycle = town.cycle()
    writer = User.objects.get(username=town.editor)
    with within(cycle.municipality):
        report = drafting.open_draft(cycle, "interim", by=writer)
        report.cycle = cycle
        return submit(report, by=writer)


def demo_of(town: Town) -> dict[str, Any]:
    """Return the demo's document of a town's year."""
    return years.demo(f"{town.code}-{town.fiscal_year}")


def document_of(town: Town, *, rows: int, length: int = 1) -> dict[str, Any]:
    """Return a town's year with so many rows of each kind."""
    return years.document_of(
        code=town.code,
        name=town.name,
        fiscal_year=town.fiscal_year,
        partners=towns.neighbours(town, rows),
        length=length,
    )


def crowd() -> None:
    """Bring 見本村 to a hundred rows of each kind."""
    for _ in range(MOST_SERIAL - 1):
        submit_next(MANY)
    for part in years.in_parts(document_of(MANY, rows=HUNDRED)):
        fill(MANY, part)
    place = MANY.cycle().municipality
    with within(place):
        for year in range(OLDEST_YEAR, OLDEST_YEAR + HUNDRED - 1):
            Cycle.objects.create(fiscal_year=year)
        hang_pictures(MANY.cycle(), Attachment.objects.get(), range(2, HUNDRED + 1))
        _crowd_recipients()


def _crowd_recipients() -> None:
    """Add advisers: recipients of the draft, and of the submitted report as well."""
    draft, submitted = MANY.report("final"), MANY.report("interim")
    for n in range(1, HUNDRED):
        user = hire(
            f"adviser-{MANY.code}-{n}", Role.ADVISER, kind=ScopeKind.MUNICIPALITY, code=MANY.code
        )
        with within(draft.municipality_id):
            Recipient.objects.create(report=draft, user=user)
            Delivery.objects.create(report=submitted, recipient=user, snapshot=submitted.snapshot)
