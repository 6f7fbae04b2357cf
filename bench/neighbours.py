"""What lies around a town: a neighbour that shares what it leads, copies for everybody, and what its prefecture keeps."""

from typing import Any

from django.utils import timezone

from bench import years
from bench.towns import Town, hire, neighbours
from coordinators.cases import publishing
from coordinators.models import PrefecturePost, Structure
from indicators.models import (
    Dataset,
    Definition,
    PrefectureDefinition,
    PublishedValue,
    RefusedCell,
    StagedValue,
    StatisticsLayout,
    StatisticsUpload,
)
from municipalities.choices import Role, ScopeKind
from municipalities.models import Cycle, HealthCentre, Municipality, Prefecture, User
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.rows.published_copies import frozen
from municipalities.tenancy import within
from reports.document import assembly
from reports.models import (
    Inquiry,
    InquiryQuestion,
    InquiryReply,
    InquiryReplyLine,
    Practice,
    SupportRecord,
)
from reports.practice import publishing as practice_publishing
from reports.prefecture.surveying.sending import written
from surveys.models import FormReply, PrefectureForm, SharedResult
from surveys.questionnaires.making import form_templates, prefecture_forms
from surveys.tabulation.counting.tables import Table
from surveys.tabulation.keeping import registering

# Of a neighbour's year: what it can share, and what that hangs on.
SHARED = (
    ("schema_version", "municipality", "fiscal_year", "organizations", "councils"),
    ("schema_version", "municipality", "fiscal_year", "meetings"),
    ("schema_version", "municipality", "fiscal_year", "contracts"),
    ("schema_version", "municipality", "fiscal_year", "structures"),
)
LAST_YEAR = 2025


def share(town: Town, *, rows: int) -> None:
    """Let the neighbour lead so many of everything that can be shared, all of it with the town."""
    lead = town.neighbour
    partners = [town.code, *(code for code in neighbours(town, rows + 1) if code != lead.code)]
    document = years.document_of(
        code=lead.code, name=lead.name, fiscal_year=lead.fiscal_year, partners=partners[:rows]
    )
    writer = hire(lead.editor, Role.EDITOR, kind=ScopeKind.MUNICIPALITY, code=lead.code)
    place = Municipality.objects.select_related("prefecture").get(code=lead.code)
    with within(place):
        cycle = Cycle.objects.create(fiscal_year=lead.fiscal_year)
        cycle.municipality = place
        for names in SHARED:
            part = {name: document[name] for name in names}
            if problems := assembly.load(cycle, part, by=writer, vouched=True):
                raise ValueError(problems)


def publish(town: Town) -> None:
    """Publish every structure and every case of good practice of a town for everybody."""
    cycle, writer = town.cycle(), User.objects.get(username=town.editor)
    with within(cycle.municipality):
        for structure in Structure.objects.led().filter(fiscal_year=town.fiscal_year):
            publishing.publish(structure, by=writer)
        for practice in Practice.objects.filter(cycle=cycle):
            practice_publishing.publish(practice, by=writer)


def keep(town: Town, *, rows: int) -> None:
    """Give the prefecture so many posts, records, health centres, statistics, and files that wait to be taken in."""
    prefecture = Prefecture.objects.get(code=town.prefecture)
    with within_prefecture(prefecture):
        for n in range(1, rows + 1):
            PrefecturePost.objects.create(
                prefecture=prefecture,
                fiscal_year=town.fiscal_year,
                key=f"post-{n}",
                name="県の地域医療課",
                people=1,
                position=n,
            )
            SupportRecord.objects.create(
                prefecture=prefecture,
                fiscal_year=town.fiscal_year,
                key=f"record-{n}",
                kind="training",
                theme="県の研修",
                held_on=f"{town.fiscal_year}年度",
            )
            HealthCentre.objects.create(
                prefecture=prefecture,
                key=f"centre-{n}",
                code=f"{prefecture.code}-b{n:05}",
                name="県の保健所",
                towns=f",{town.code},",
            )
            _ask(town, n, rows=rows)
            _let_ask(town, n, rows=rows)
            PrefectureDefinition.objects.create(
                prefecture=prefecture,
                fiscal_year=town.fiscal_year,
                key=f"pref-{prefecture.code}-{n}",
                name=f"県の指標{n}",
                unit="件",
            )
    _bring_in(prefecture, User.objects.get(username=town.officer), rows=rows)


def _ask(town: Town, n: int, *, rows: int) -> None:
    """Ask every town something: the first 照会 with so many questions, and one more that is not sent."""
    prefecture = Prefecture.objects.get(code=town.prefecture)
    told = {"fiscal_year": town.fiscal_year, "title": "県の照会", "purpose": "県の研修を決めるため"}
    for stem, state in (("inquiry", "sent"), ("draft", "draft")):
        row = Inquiry.objects.create(
            key=f"{stem}-{n}",
            state=state,
            due_on=f"{town.fiscal_year + 1}-03-31",
            sent_at=timezone.now(),
            **told,
        )
        for number in range(1, rows + 1 if n == 1 else 2):
            InquiryQuestion.objects.create(
                inquiry=row, key=f"{stem}-question-{n}-{number}", text="はい／いいえ", kind="yes_no"
            )
        for place in prefecture.municipalities.without_wards() if state == "sent" else ():
            reply = InquiryReply.objects.create(
                municipality=place,
                inquiry=row.key,
                fiscal_year=town.fiscal_year,
                state="answered" if n > 1 else "untouched",
                answered_at=timezone.now(),
            )
            InquiryReplyLine.objects.create(
                reply=reply, question=f"{stem}-question-{n}-1", text="yes"
            )


def _let_ask(town: Town, n: int, *, rows: int) -> None:
    """Let every town ask a questionnaire: the first with so many questions, shared by all, and one that is not sent."""
    prefecture = Prefecture.objects.get(code=town.prefecture)
    asked = form_templates.template("care-managers").asked[:2]  # type: ignore[union-attr]
    asking = [
        one | {"key": f"{one['key']}-{at}"} for at in range(rows if n == 1 else 1) for one in asked
    ]
    told = {"fiscal_year": town.fiscal_year, "title": "県の調査票", "asked": written(asking)}
    PrefectureForm.objects.create(key=f"prefectureform-draft-{n}", **told)
    row = PrefectureForm.objects.create(key=f"prefectureform-{n}", state="sent", **told)
    tables = registering.tables_of(prefecture_forms.shape_of(row))
    content = frozen({"published_surveys": [_shared_survey(tables)]})
    for place in prefecture.municipalities.without_wards():
        of_town = {"municipality": place, "form": row.key, "fiscal_year": town.fiscal_year}
        FormReply.objects.create(state="shared" if n > 1 else "untouched", **of_town)
        SharedResult.objects.create(
            content=content.content, sha256=content.sha256, shared_at=timezone.now(), **of_town
        )


def _shared_survey(tables: list[Table]) -> dict[str, Any]:
    questions = [
        {
            "number": table.number,
            "respondents": 60,
            "answers": [{"label": line.label, "count": 15} for line in table.lines],
        }
        for table in tables
    ]
    return {"when": "", "questions": questions}


def _bring_in(prefecture: Prefecture, officer: User, *, rows: int) -> None:
    """Leave statistics behind, and files: the first of each with so many values, columns and refused cells."""
    definition = Definition.objects.get(code="population_total")
    many = range(1, rows + 1)
    datasets = [
        Dataset.objects.create(
            code=f"file-{prefecture.code}-{n}", title=f"県の統計{n}", prefecture=prefecture
        )
        for n in many
    ]
    uploads = [_upload(prefecture, officer, n) for n in many]
    places = [(n, f"{prefecture.code}{n:04}") for n in many]
    value = {"definition": definition, "place_kind": "municipality", "fiscal_year": LAST_YEAR}
    PublishedValue.objects.bulk_create(
        PublishedValue(dataset=datasets[0], place_code=code, value=n, **value) for n, code in places
    )
    for number in range(2, rows + 2):
        uploads[0].layout.columns.create(number=number, role="value", definition=definition)
    StagedValue.objects.bulk_create(
        StagedValue(
            upload=uploads[0],
            place_code=code,
            value=n,
            state="value",
            deed="changed",
            found_value=n + 1,
            found_state="value",
            row=n,
            column=2,
            **value,
        )
        for n, code in places
    )
    RefusedCell.objects.bulk_create(
        RefusedCell(upload=uploads[0], row=n, column=2, text="－", message="値を書いてください。")
        for n in many
    )


def _upload(prefecture: Prefecture, officer: User, n: int) -> StatisticsUpload:
    layout = StatisticsLayout.objects.create(
        code=f"bench-{prefecture.code}-{n}", title="県の統計1", prefecture=prefecture
    )
    layout.columns.create(number=1, heading="コード")
    return StatisticsUpload.objects.create(
        prefecture=prefecture,
        uploaded_by=officer,
        file_name=f"県の統計{n}.csv",
        content=b"",
        sha256="",
        layout=layout,
        state="checking",
    )
