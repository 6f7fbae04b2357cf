"""Made-up bodies of a year for property tests: councils, contracts, structures, hearings, published results.

What a row may hold is read from its schema, so that a new field is tried out from its first day;
a field that names another row has to be told here, and fails the test until it is.
"""

from hypothesis import strategies as st

from coordinators.bases import base_document
from coordinators.choices import ContractKind
from coordinators.contracts import contract_document
from coordinators.structures import structure_document
from councils import document as council_document
from councils.evaluating import evaluation_document
from logicmodels.choices import Execution
from municipalities.document import AreaRow, OrganizationRow, ResourceRow
from surveys import document as survey_document
from surveys.questionnaires.making import questionnaire_document
from tests.reports import made_years
from tests.reports.made_years import Year, days, fields, texts_up_to, written

NEIGHBOURS = ("990019", "990027")
FEW = 2
MEANS = ("0", "-1.5", "12.25", "1234567890123.99")
PERCENTS = ("0", "100", "100.0", "51.0", "51.25", "6.30", "0.05")
LIMITS = ("0", "31", "-2", "31.5", "99999999999.9999")
FTE = ("0", "1", "0.5", "1.50", "9999.99")
SUBJECTS = ("desired_states", "issues", "logic_models", "activities")


# A question of another year, or one that may be gone: named, not pointed at.
NAMED_BY_KEY = st.sampled_from(["", "question-1", "q_2"])


def row_of(schema, **links):
    """Return rows of a schema without keys; `links` stand in for what names other rows or has a form."""
    described = schema.model_json_schema()
    kinds = described.get("$defs", {})
    plain = {
        name: value_of(one, kinds)
        for name, one in described["properties"].items()
        if name not in {"key", *links} and one.get("type") != "array"
    }
    asked = set(described["required"])
    known = plain | {name: one for name, one in links.items() if one is not None}
    required = {name: one for name, one in known.items() if name in asked}
    return fields(required, **{name: one for name, one in known.items() if name not in asked})


def value_of(described, kinds):
    """Return the values that one field of a schema takes."""
    if "anyOf" in described:
        return st.one_of(*(value_of(one, kinds) for one in described["anyOf"]))
    described = kinds.get(described.get("$ref", "").rpartition("/")[2], described)
    if "enum" in described:
        return st.sampled_from(described["enum"])
    return VALUES[described["type"]](described)


def text_of(described):
    assert "pattern" not in described, f"{described['title']}: tell what it may hold"
    if described.get("format") == "date":
        return days
    short = texts_up_to(described["maxLength"])
    return short.filter(bool) if described["minLength"] else short


VALUES = {
    "null": lambda described: st.none(),
    "boolean": lambda described: st.booleans(),
    "integer": lambda described: st.integers(described["minimum"], described["maximum"]),
    "string": text_of,
}


@st.composite
def parts(draw):
    """Return the parts of a year with everything that the bodies of a town hold."""
    year = Year(draw)
    organizations = year.rows(row_of(OrganizationRow), most=FEW)
    areas = year.rows(row_of(AreaRow), most=FEW)
    found = {"organizations": organizations, "areas": areas}
    found |= made_years.plan(year, bodies=organizations, areas=areas)
    found["resources"] = resources(year, areas)
    found |= councils(year, found)
    found |= contracts(year, found)
    found |= {"structures": structures(year, found), "bases": bases(year, found)}
    found |= asked(year)
    found |= heard(year, found)
    return found | published(year, found)


def named(organizations, schema, **links):
    """Return rows that name a body: one of the register, or another one in words."""
    in_words = fields({"name": written.map(lambda text: text[:100])})
    keys = [row["key"] for row in organizations]
    of_register = fields({"organization": st.sampled_from(keys)}) if keys else in_words
    rows = row_of(schema, organization=None, name=None, **links)
    return st.builds(lambda row, body: row | body, rows, of_register | in_words)


def below(year, rows, link):
    """Let rows of a tree stand below rows before them."""
    for place, row in enumerate(rows):
        row[link] = year.draw(year.some_key(rows[:place]))


def partners(year, schema):
    """Return municipalities with which something is shared, each once."""
    rows = row_of(schema, partner=st.sampled_from(NEIGHBOURS))
    return year.rows(rows, most=FEW, unique=lambda row: row["partner"])


def resources(year, areas):
    counted = st.one_of(
        fields({"count": st.integers(0, 2_147_483_647)}),
        fields({"count_text": texts_up_to(100)}),
        st.just({}),
    )
    rows = row_of(ResourceRow, area=year.some_key(areas), count=None, count_text=None)
    return year.rows(st.builds(lambda row, how: row | how, rows, counted))


def councils(year, found):
    """Return councils with all that stands below them, their meetings and what they decided."""
    bodies = year.rows(
        row_of(council_document.CouncilRow, parent=None, area=year.some_key(found["areas"]))
    )
    below(year, bodies, "parent")
    for one in bodies:
        if one.get("times_min") is not None and one.get("times_max") is not None:
            one["times_min"], one["times_max"] = sorted((one["times_min"], one["times_max"]))
    organizations = found["organizations"]
    year.placed(partners(year, council_document.PartnerRow), bodies, "council_partners")
    year.placed(year.rows(row_of(council_document.FunctionRow)), bodies, "functions")
    year.placed(year.rows(named(organizations, council_document.SeatRow)), bodies, "seats")
    year.placed(
        year.rows(named(organizations, council_document.OutreachRow), most=FEW), bodies, "outreach"
    )
    held = meetings(year, bodies)
    decided = decisions(year, found, held)
    return {
        "councils": bodies,
        "meetings": held,
        "decisions": decided,
        **evaluations(year, found | {"councils": bodies}, held, decided),
    }


def meetings(year, bodies):
    if not bodies:
        return []
    rows = year.rows(
        row_of(
            council_document.MeetingRow,
            council=st.sampled_from([one["key"] for one in bodies]),
        )
    )
    year.placed(year.rows(row_of(council_document.AgendaRow)), rows, "agenda")
    year.placed(
        year.rows(row_of(council_document.AttendanceRow), unique=lambda row: row["profession"]),
        rows,
        "attendance",
    )
    year.placed(year.rows(row_of(council_document.HomeworkRow), most=FEW), rows, "homework")
    return rows


def decisions(year, found, held):
    """Return decisions, each about one thing of the plan or about none."""
    if not held:
        return []
    subjects = [
        {part.removesuffix("ies") + "y" if part.endswith("ies") else part[:-1]: row["key"]}
        for part in SUBJECTS
        for row in found[part]
    ]
    rows = row_of(
        council_document.DecisionRow,
        meeting=st.sampled_from([one["key"] for one in held]),
        **dict.fromkeys(("meeting_lead", "desired_state", "issue", "logic_model", "activity")),
    )
    about = st.sampled_from([{}, *subjects])
    return year.rows(st.builds(lambda row, subject: row | subject, rows, about))


def evaluations(year, found, held, decided):
    """Return evaluations with their judgements, and improvements that may point at both."""
    subjects = [{"activity": row["key"]} for row in found["activities"]]
    subjects += [{"council": row["key"]} for row in found["councils"]]
    if not subjects:
        return {"evaluations": [], "improvements": []}
    nobody = dict.fromkeys(("outcome", "activity", "council", "indicator"))
    about = st.sampled_from(subjects)
    rows = year.rows(
        st.builds(
            lambda row, subject: row | subject,
            row_of(
                evaluation_document.EvaluationRow,
                **{n: nobody[n] for n in evaluation_document.ABOUT},
            ),
            about,
        ),
        unique=lambda row: (row.get("activity"), row.get("council")),
    )
    judged = year.rows(
        row_of(
            evaluation_document.JudgementRow,
            meeting=year.some_key(held),
            meeting_lead=None,
            meeting_year=None,
        )
    )
    year.placed(judged, rows, "judgements")
    placed = [one for row in rows for one in row.get("judgements", ())]
    kept = row_of(
        evaluation_document.ImprovementRow,
        judgement=year.some_key(placed),
        decision=year.some_key(decided),
        kind=st.sampled_from(("continue", "expand", "change", "end")),
        merged_into=None,
        **nobody,
    )
    improved = year.rows(st.builds(lambda row, subject: row | subject, kept, about))
    return {"evaluations": rows, "improvements": improved}


def contracts(year, found):
    """Return contracts with their chains, and who carries out what."""
    organizations = found["organizations"]
    chain = year.rows(named(organizations, contract_document.ContractRow, parent=None))
    below(year, chain, "parent")
    for one in chain:
        if one["parent"] is not None:
            one["kind"] = ContractKind.SUB.value
        elif one.get("kind") == ContractKind.SUB:
            one["kind"] = ContractKind.PARTLY.value
    year.placed(partners(year, contract_document.PartnerRow), chain, "contract_partners")
    year.placed(year.rows(row_of(contract_document.EventRow)), chain, "events")
    rows = named(
        organizations,
        contract_document.ExecutionRow,
        contract=year.some_key(chain),
        contract_lead=None,
    )
    executions = year.rows(rows)
    for one in executions:
        if one.get("execution") == Execution.DIRECT:
            one["contract"] = None
    return {"contracts": chain, "executions": executions}


def structures(year, found):
    rows = year.rows(row_of(structure_document.StructureRow), most=FEW)
    year.placed(partners(year, structure_document.StructurePartnerRow), rows, "structure_partners")
    post = named(
        found["organizations"],
        structure_document.PostRow,
        fte=st.none() | st.sampled_from(FTE),
        upper=None,
    )
    year.placed(year.rows(post), rows, "posts")
    for one in rows:
        below(year, one.get("posts", []), "upper")
    posts = [post for one in rows for post in one.get("posts", [])]
    year.placed(year.rows(row_of(structure_document.StaffingRow)), posts, "staffing")
    year.placed(year.rows(row_of(structure_document.HeadingRow)), rows, "headings")
    headings = [heading for one in rows for heading in one.get("headings", [])]
    year.placed(year.rows(row_of(structure_document.ItemRow)), headings, "items")
    year.placed(year.rows(row_of(structure_document.StageRow)), rows, "stages")
    return rows


def bases(year, found):
    rows = year.rows(
        named(found["organizations"], base_document.BaseRow, medical_area=st.just("")), most=FEW
    )
    functions = row_of(base_document.BaseFunctionRow)
    year.placed(year.rows(functions, unique=lambda row: row["scene"]), rows, "base_functions")
    return rows


KEPT_TABLES = '{"schema_version":1,"n":0,"tables":[],"crosses":[]}'


def asked(year):
    """Return questionnaires with every list in them, and the rounds in which they were asked."""
    named_by_key = {"earlier_key": NAMED_BY_KEY, "beside_key": NAMED_BY_KEY}
    forms = year.rows(
        row_of(questionnaire_document.QuestionnaireRow, earlier_key=NAMED_BY_KEY), most=FEW
    )
    limits = dict.fromkeys(("smallest", "largest"), st.none() | st.sampled_from(LIMITS))
    questions = year.rows(row_of(questionnaire_document.AskedRow, **named_by_key, **limits))
    year.placed(questions, forms, "asked")
    questions = [row for one in forms for row in one.get("asked", [])]
    options = row_of(questionnaire_document.OptionRow, skip_to=NAMED_BY_KEY)
    year.placed(year.rows(options), questions, "options")
    rows = year.rows(row_of(questionnaire_document.MatrixRowRow))
    year.placed(rows, questions, "matrix_rows")
    keys = {"before_key": NAMED_BY_KEY, "result_key": NAMED_BY_KEY, "questionnaire": None}
    rounds = row_of(questionnaire_document.RoundRow, **keys)
    linked = year.linked(rounds, questionnaire=forms, unique=lambda row: row["title"])
    # Tables are kept of rounds whose answers are gone, once.
    emptied = [row for row in linked if row.get("emptied_on")]
    kept = row_of(questionnaire_document.KeptTablesRow, content=st.just(KEPT_TABLES))
    for row, tables in zip(emptied, year.rows(kept, most=FEW), strict=False):
        row["kept_tables"] = [tables]
    return {"questionnaires": forms, "survey_rounds": linked}


def heard(year, found):
    """Return hearings and topics with what each side said."""
    hearings = year.rows(named(found["organizations"], survey_document.HearingRow))
    topics = year.rows(row_of(survey_document.TopicRow), most=FEW)
    voices = row_of(survey_document.VoiceRow, hearing=year.some_key(hearings))
    year.placed(year.rows(voices), topics, "voices")
    return {"hearings": hearings, "hearing_topics": topics}


def published(year, found):
    """Return published results, and what they and the topics are evidence of."""
    surveys = year.rows(row_of(survey_document.SurveyRow), most=FEW)
    names = {"earlier_key": NAMED_BY_KEY, "beside_key": NAMED_BY_KEY}
    means = dict.fromkeys(("mean", "median"), st.none() | st.sampled_from(MEANS))
    rows = year.rows(row_of(survey_document.QuestionRow, **names, **means))
    year.placed(rows, surveys, "questions")
    questions = [row for one in surveys for row in one.get("questions", [])]
    answers = row_of(survey_document.AnswerRow, percent=st.none() | st.sampled_from(PERCENTS))
    year.placed(year.rows(answers), questions, "answers")
    sources = [{"question": row["key"]} for row in questions]
    sources += [{"topic": row["key"]} for row in found["hearing_topics"]]
    if not sources or not found["issues"]:
        return {"published_surveys": surveys, "issue_evidence": []}
    links = row_of(
        survey_document.EvidenceRow,
        issue=st.sampled_from([one["key"] for one in found["issues"]]),
        question=None,
        topic=None,
    )
    pointing = st.builds(lambda row, source: row | source, links, st.sampled_from(sources))
    return {"published_surveys": surveys, "issue_evidence": year.rows(pointing)}
