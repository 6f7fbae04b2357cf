"""The world of the tests: two towns of 見本県 with a year each, and one account for every role."""

import copy
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

import indicators.reference
from coordinators.models import PrefecturePost
from indicators.models import PrefectureDefinition, PrefectureDefinitionVersion
from municipalities.choices import Role, ScopeKind
from municipalities.kernel import attachments, pictures
from municipalities.kernel.changes import create_versioned
from municipalities.models import (
    Cycle,
    Membership,
    Municipality,
    Prefecture,
    ProfilePicture,
    Publication,
    User,
)
from municipalities.models.people import NATION_CODE
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from reports.document import assembly
from reports.models import PdfFile, PreparedFile, ProgressReport
from reports.submission.drafts import drafting
from reports.submission.submitting.submit import submit
from tests.pictures import drawn

DEMO = Path(assembly.__file__).parent / "demo"
# A year with one row of every kind: small, so that each worker builds it in a second.
DOCUMENT = Path(__file__).parent / "data" / "990019-2026.json"
OURS, THEIRS = "990019", "990027"
# A third town without a year: both share with it, so that neither sees what the other shares.
PARTNER = "990035"
YEAR = 2026
PASSWORD = "totemo-nagai-kotoba"
CANARY = "CANARY-990027"

# username → (role, scope kind, scope code); `viewer`… belong to 見本市, `neighbour` to 見本町.
CAST = {
    "viewer": (Role.VIEWER, ScopeKind.MUNICIPALITY, OURS),
    "editor": (Role.EDITOR, ScopeKind.MUNICIPALITY, OURS),
    "approver": (Role.APPROVER, ScopeKind.MUNICIPALITY, OURS),
    "manager": (Role.MANAGER, ScopeKind.MUNICIPALITY, OURS),
    "contributor": (Role.CONTRIBUTOR, ScopeKind.MUNICIPALITY, OURS),
    "adviser": (Role.ADVISER, ScopeKind.MUNICIPALITY, OURS),
    "officer": (Role.OFFICER, ScopeKind.PREFECTURE, "99"),
    "other-officer": (Role.OFFICER, ScopeKind.PREFECTURE, "98"),
    "operator": (Role.OPERATOR, ScopeKind.NATION, NATION_CODE),
    "neighbour": (Role.EDITOR, ScopeKind.MUNICIPALITY, THEIRS),
    "neighbour-adviser": (Role.ADVISER, ScopeKind.MUNICIPALITY, THEIRS),
}


def build():
    """Make the whole world: places, people, years, and in each town one submitted report."""
    indicators.reference.load()
    prefecture = Prefecture.objects.create(code="99", name="見本県", kana="みほんけん")
    Prefecture.objects.create(code="98", name="となり県", kana="となりけん")
    for code, name, kana, kind in (
        (OURS, "見本市", "みほんし", "city"),
        (THEIRS, "見本町", "みほんちょう", "town"),
        (PARTNER, "見本村", "みほんむら", "village"),
    ):
        Municipality.objects.create(
            code=code, name=name, kana=kana, kind=kind, prefecture=prefecture
        )
    people = make_people()
    keep_post(prefecture, by=people["officer"])
    keep_definition(prefecture, by=people["officer"])
    for code, writer, adviser in (
        (OURS, "editor", "adviser"),
        (THEIRS, "neighbour", "neighbour-adviser"),
    ):
        make_year(code, writer=people[writer], adviser=people[adviser])


def keep_post(prefecture, *, by):
    """Give the prefecture one post of its own."""
    with within_prefecture(prefecture):
        post = PrefecturePost(
            key="prefecture-post-1",
            fiscal_year=YEAR,
            name="見本県地域医療課",
            people=1,
            qualifications="看護師",
            work="県内のコーディネーターの研修",
        )
        create_versioned(post, by=by)
        PreparedFile.objects.create(
            fiscal_year=YEAR,
            kind="final",
            state="removed",
            requested_by=by or User.objects.get(username="officer"),
        )


def keep_definition(prefecture, *, by):
    """Let the prefecture define one number, with a change of its definition."""
    with within_prefecture(prefecture):
        definition = PrefectureDefinition(
            key=f"pref-{prefecture.code}-sample",
            fiscal_year=YEAR,
            name="共通様式を使っている病院の割合",
            unit="％",
            decimals=1,
            direction="higher",
            value_kind="ratio",
            numerator="共通様式を使った病院の数",
            denominator="病院の数",
            multiplier=100,
        )
        create_versioned(definition, by=by)
        version = PrefectureDefinitionVersion(
            key=f"version-{definition.key}",
            definition=definition,
            fiscal_year=YEAR - 6,
            what_changed="診療所を除くことにした",
        )
        create_versioned(version, by=by)


def make_people():
    hashed = make_password(PASSWORD)
    people = {}
    for username, (role, kind, code) in CAST.items():
        people[username] = User.objects.create(
            username=username,
            display_name=f"{username}の担当",
            email=f"{username}@example.jp",
            password=hashed,
        )
        Membership.objects.create(
            user=people[username],
            role=role,
            scope_kind=kind,
            scope_code=code,
            valid_from=timezone.localdate().replace(year=2020, day=1),
        )
    User.objects.create(username="stranger", display_name="所属のない人", password=hashed)
    return people


def document_of(code):
    """Return the document of 見本市 as the year of this town; the neighbour's bears a canary."""
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    if code == OURS:
        return document
    document = copy.deepcopy(document)
    document["municipality"] = {"code": code, "name": "見本町", "prefecture": "見本県"}
    mark(document)
    for row in document["support_steps"]:
        row["situation"] = CANARY
    return document


# Texts that name nothing a page or a rule goes by.
MARKED = {"text", "strengths", "current_state", "gap", "description", "caption", "note", "title"}


def mark(value):
    """Write the canary over every free text of a document, however deep."""
    if isinstance(value, list):
        for one in value:
            mark(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in MARKED and isinstance(one, str):
                value[name] = CANARY
            else:
                mark(one)


def make_year(code, *, writer, adviser):
    place = Municipality.objects.select_related("prefecture").get(code=code)
    with within(place):
        cycle = Cycle.objects.create(fiscal_year=YEAR)
        cycle.municipality = place
        problems = assembly.load(cycle, document_of(code), by=writer, vouched=True)
        assert not problems, problems
        report = drafting.open_draft(cycle, "interim", by=writer)
        report.cycle = cycle
        submit(report, by=writer)
        keep_small_pdf(report)
        keep_small_copy(report)
        drafting.open_draft(cycle, "final", by=writer)
        keep_small_picture(cycle, caption="圏域図" if code == OURS else CANARY, by=writer)


def keep_small_picture(cycle, *, caption, by):
    """Give the profile a picture; each town's has its own bytes."""
    picture = pictures.redrawn(drawn(colour=f"#{cycle.municipality.code}"))
    kept = attachments.keep(picture, original_name="圏域図.png", by=by)
    place = {"key": "picture-1", "position": 1}
    ProfilePicture.objects.create(cycle=cycle, attachment=kept, caption=caption, **place)


def keep_small_pdf(report):
    """Put the smallest PDF where the made one would lie: its making has tests of its own."""
    name = f"reports/{report.number}.pdf"
    path = settings.MEDIA_ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")
    PdfFile.objects.create(
        snapshot=report.snapshot,
        file=name,
        sha256="0" * 64,
        pages=1,
        size=15,
        made_at=timezone.now(),
    )


def keep_small_copy(report):
    """Put the smallest PDF where that of the prefecture's copy would lie."""
    name = f"publications/{report.number}.pdf"
    path = settings.MEDIA_ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")
    Publication.objects.filter(number=report.number).update(
        pdf=name, pdf_sha256="0" * 64, pdf_pages=1, pdf_size=15
    )


def cycle_of(code=OURS):
    """Return a town's cycle with its municipality at hand."""
    place = Municipality.objects.select_related("prefecture").get(code=code)
    with within(place):
        cycle = Cycle.objects.get(fiscal_year=YEAR)
    cycle.municipality = place
    return cycle


def report_of(code=OURS, kind="interim"):
    cycle = cycle_of(code)
    with within(cycle.municipality):
        report = ProgressReport.objects.get(cycle=cycle, kind=kind)
    report.cycle = cycle
    return report
