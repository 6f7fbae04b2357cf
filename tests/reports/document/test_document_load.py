"""Writing a document over a year: all of it or nothing, every problem with its place and a sentence."""

import copy
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from councils.models import Decision, Meeting
from indicators.models import IssueFigure, Measurement
from logicmodels.models import DesiredState, Issue
from municipalities.kernel import changes
from municipalities.models import Change, Profile, User
from municipalities.tenancy import within
from reports.document import assembly, shape
from reports.models import ProgressReport, SupportStep
from surveys.models import IssueEvidence
from tests import world
from tests.councils import meeting_samples as meetings

pytestmark = pytest.mark.django_db
JAPANESE = re.compile(r"[ぁ-ん]")
WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "')


@pytest.fixture
def document(here):
    """The document of a year in which nothing points at an issue or a goal: these tests take them away."""
    for pointing in (IssueFigure, IssueEvidence, Decision):
        pointing.objects.all().delete()
    return assembly.assemble(here)


@pytest.fixture
def load(here, people):
    """Load a document into the year and return its problems as (pointer, message)."""

    def write(document, **options):
        found = assembly.load(here, document, by=people["editor"], **options)
        return [(one.pointer, one.message) for one in found]

    return write


def setting(*path, value):
    """Return a change of a document at a path."""

    def change(document):
        target = document
        for piece in path[:-1]:
            target = target[piece]
        target[path[-1]] = value

    return change


def dropping(*path):
    def change(document):
        target = document
        for piece in path[:-1]:
            target = target[piece]
        del target[path[-1]]

    return change


def doubling(name, **other):
    """Add a row like the first of a list behind it, with these differences."""

    def change(document):
        document[name].insert(1, {**document[name][0], **other})

    return change


def keeping_only(name, *keys):
    def change(document):
        document[name] = [row for row in document[name] if row["key"] in keys]

    return change


WRONG = {
    "another version": (setting("schema_version", value=3), "/schema_version"),
    "version as text": (setting("schema_version", value="1"), "/schema_version"),
    "no version": (dropping("schema_version"), "/schema_version"),
    "another municipality": (
        setting("municipality", "code", value=world.THEIRS),
        "/municipality/code",
    ),
    "no municipality": (dropping("municipality"), "/municipality"),
    "another year": (setting("fiscal_year", value=2025), "/fiscal_year"),
    "a part nobody knows": (setting("wishes", value=[]), "/wishes"),
    "a name with a slash": (setting("a/b~c", value=[]), "/a~1b~0c"),
    "no list": (setting("issues", value={}), "/issues"),
    "null for a list": (setting("issues", value=None), "/issues"),
    "a row that is text": (setting("issues", 0, value="課題"), "/issues/0"),
    "a field nobody knows": (setting("issues", 1, "owner", value=7), "/issues/1/owner"),
    "a plumbing field": (setting("issues", 1, "version", value=7), "/issues/1/version"),
    "a foreign owner": (
        setting("issues", 1, "municipality_id", value=2),
        "/issues/1/municipality_id",
    ),
    "a missing field": (dropping("issues", 1, "text"), "/issues/1/text"),
    "no key": (dropping("issues", 1, "key"), "/issues/1/key"),
    "a key with a space": (setting("issues", 1, "key", value="a b"), "/issues/1/key"),
    "a key with a newline": (setting("issues", 1, "key", value="a\n"), "/issues/1/key"),
    "a long key": (setting("issues", 1, "key", value="k" * 81), "/issues/1/key"),
    "a number for a text": (setting("issues", 1, "text", value=3), "/issues/1/text"),
    "an empty text": (setting("issues", 1, "text", value=""), "/issues/1/text"),
    "a long text": (setting("issues", 1, "text", value="あ" * 20_001), "/issues/1/text"),
    "a text with NUL": (setting("issues", 1, "text", value="a\0b"), "/issues/1/text"),
    "a long profile text": (
        setting("profile", "responsible_section", value="あ" * 201),
        "/profile/responsible_section",
    ),
    "a scene nobody knows": (setting("issues", 1, "scene", value="home"), "/issues/1/scene"),
    "an audience in Japanese": (
        setting("issues", 1, "audience", value="庁内"),
        "/issues/1/audience",
    ),
    "a position as text": (setting("issues", 1, "position", value="1"), "/issues/1/position"),
    "a position as truth": (setting("issues", 1, "position", value=True), "/issues/1/position"),
    "a broken position": (setting("issues", 1, "position", value=1.5), "/issues/1/position"),
    "a position below zero": (setting("issues", 1, "position", value=-1), "/issues/1/position"),
    "a position no column holds": (
        setting("issues", 1, "position", value=2**31),
        "/issues/1/position",
    ),
    "a step's position no column holds": (
        setting("support_steps", 0, "position", value=32_768),
        "/support_steps/0/position",
    ),
    "a kind nobody knows": (
        setting("support_steps", 0, "kind", value="party"),
        "/support_steps/0/kind",
    ),
    "a day that is none": (
        setting("support_steps", 0, "held_on", value="2026-02-30"),
        "/support_steps/0/held_on",
    ),
    "a day in wareki": (
        setting("support_steps", 0, "held_on", value="令和8年2月3日"),
        "/support_steps/0/held_on",
    ),
    "a day with a time": (
        setting("support_steps", 0, "held_on", value="2026-02-03T04:05:06"),
        "/support_steps/0/held_on",
    ),
    "a day as a number": (
        setting("support_steps", 0, "held_on", value=20260203),
        "/support_steps/0/held_on",
    ),
    "a day before the calendar": (
        setting("support_steps", 0, "held_on", value="0001-01-01"),
        "/support_steps/0/held_on",
    ),
    "an indicator nobody knows": (
        setting("measurements", 0, "indicator", value="happiness"),
        "/measurements/0/indicator",
    ),
    "a number that is none": (
        setting("measurements", 0, "value", value=47865),
        "/measurements/0/value",
    ),
    "a number with commas": (
        setting("measurements", 0, "value", value="47,865"),
        "/measurements/0/value",
    ),
    "an exponent": (setting("measurements", 0, "value", value="1e5"), "/measurements/0/value"),
    "full-width digits": (
        setting("measurements", 0, "value", value="４７"),
        "/measurements/0/value",
    ),
    "sixteen digits": (
        setting("measurements", 0, "value", value="123456789012.1234"),
        "/measurements/0/value",
    ),
    "no value in state value": (
        setting("measurements", 0, "value", value=None),
        "/measurements/0/value",
    ),
    "a value in state unknown": (
        setting("measurements", 0, "state", value="unknown"),
        "/measurements/0/value",
    ),
    "a value of the future": (
        setting("measurements", 0, "fiscal_year", value=2027),
        "/measurements/0/fiscal_year",
    ),
    "no source": (setting("measurements", 0, "source", value=""), "/measurements/0/source"),
    "one key twice": (doubling("issues"), "/issues/1/key"),
    "one scene twice": (doubling("desired_states", key="other"), "/desired_states/1"),
    "one measurement twice": (doubling("measurements", key="other"), "/measurements/1"),
    "a council shared with ourselves": (
        setting(
            "councils",
            value=[
                {
                    "key": "own",
                    "name": "協議体",
                    "council_partners": [{"key": "with", "partner": world.OURS}],
                }
            ],
        ),
        "/councils/0/council_partners/0/partner",
    ),
    "a step that a report holds": (keeping_only("support_steps", "final"), "/support_steps"),
}


@pytest.mark.parametrize(("change", "pointer"), WRONG.values(), ids=WRONG)
def test_a_wrong_document_is_refused_with_its_place_and_changes_nothing(
    document, load, change, pointer, here
):
    """Beside the wrong place each document holds a good change: it must not be written either."""
    before = assembly.canonical(document)
    sent = copy.deepcopy(document)
    sent["profile"]["strengths"] = "よい変更"
    change(sent)
    written = Change.objects.count()

    problems = load(sent)

    assert pointer in [where for where, _ in problems]
    assert all(JAPANESE.search(message) for _, message in problems), problems
    assert assembly.canonical(assembly.assemble(here)) == before
    assert Change.objects.count() == written


def test_the_same_document_without_the_wrong_place_is_written(document, load, here):
    """The control of the table above: it is the wrong place that stops the good change."""
    document["profile"]["strengths"] = "よい変更"

    assert load(document) == []
    assert Profile.objects.get(cycle=here).strengths == "よい変更"


def test_every_problem_is_named_at_once(document, load):
    document["issues"][0]["text"] = ""
    document["issues"][2]["scene"] = "home"
    document["measurements"][1]["value"] = "many"

    assert {where for where, _ in load(document)} == {
        "/issues/0/text",
        "/issues/2/scene",
        "/measurements/1/value",
    }


def test_problems_of_several_tables_are_named_at_once(document, load):
    document["desired_states"].append({"key": "x", "scene": "discharge"})
    document["measurements"][1]["indicator"] = "happiness"
    document["issues"].insert(1, document["issues"][0])

    assert {where for where, _ in load(document)} == {
        "/desired_states/3",
        "/measurements/1/indicator",
        "/issues/1/key",
    }


@pytest.mark.parametrize("nonsense", [None, [], "文書", 7, {}, [[]]], ids=repr)
def test_what_is_no_document_at_all_is_a_problem_not_a_crash(load, nonsense):
    assert load(nonsense)


def test_a_deep_nest_is_a_problem_not_a_crash(document, load):
    nest = []
    for _ in range(5000):
        nest = [nest]
    document["issues"] = nest

    assert [where for where, _ in load(document)] == [""]


def test_a_lone_surrogate_is_a_problem_not_a_crash(document, load):
    document["issues"][0]["text"] = "a\ud800b"

    assert load(document)


def test_parts_that_are_not_named_are_untouched(document, load, here):
    before = assembly.assemble(here)
    for name in ("profile", "desired_states", "measurements", "support_steps"):
        del document[name]
    document["issues"] = []

    assert load(document) == []

    after = assembly.assemble(here)
    assert after == before | {"issues": []}


def test_a_row_is_replaced_whole_so_that_what_it_omits_takes_its_default(document, load, here):
    """PUT replaces: keeping the stored value would make the outcome depend on what was there."""
    Issue.objects.filter(cycle=here, key="issue-1").update(audience="internal", position=9)
    document["issues"] = [{"key": "issue-1", "text": "短い行"}]
    document["profile"] = {"key": "profile", "strengths": "これだけ"}

    assert load(document) == []

    issue = Issue.objects.get(cycle=here)
    assert (issue.scene, issue.position, issue.audience) == ("all", 0, "adviser")
    profile = Profile.objects.get(cycle=here)
    assert (profile.strengths, profile.difficulties) == ("これだけ", "")


def test_the_published_schema_says_so():
    schema = shape.json_schema()

    assert "省いた項目は、前の内容ではなく既定値になります" in schema["description"]
    assert schema["$defs"]["IssueRow"]["required"] == ["key", "text"]
    assert schema["$defs"]["IssueRow"]["properties"]["text"]["maxLength"] == 20_000
    assert schema["$defs"]["ProfileRow"]["properties"]["responsible_section"]["title"] == "担当部署"


def test_rows_of_the_year_that_are_not_named_are_deleted_and_recorded(document, load, here):
    document["desired_states"] = document["desired_states"][:1]
    document["profile"] = None

    assert load(document) == []

    assert DesiredState.objects.filter(cycle=here).count() == 1
    assert not Profile.objects.filter(cycle=here).exists()
    deleted = Change.objects.filter(deed="delete", fiscal_year=world.YEAR)
    assert {change.key for change in deleted} == {"discharge", "end_of_life", "profile"}
    assert deleted.get(key="discharge").before["text"].startswith("入院した人が")


def test_measurements_are_never_deleted(document, load):
    count = Measurement.objects.count()
    document["measurements"] = []

    assert load(document) == []
    assert Measurement.objects.count() == count


def test_a_step_that_a_report_holds_is_named_with_its_holder(document, load):
    document["support_steps"] = [row for row in document["support_steps"] if row["key"] == "final"]

    problems = load(document)

    assert {where for where, _ in problems} == {"/support_steps"}
    assert any("「interim-1」は中間報告書で使われている" in message for _, message in problems)


def test_a_step_that_no_report_holds_goes(document, load, here):
    """The control of the one above."""
    ProgressReport.objects.filter(cycle=here).update(step=None)
    document["support_steps"] = []

    assert load(document) == []
    assert not SupportStep.objects.filter(cycle=here).exists()


def test_a_scene_may_pass_from_a_deleted_row_to_a_new_one(document, load, here):
    state = document["desired_states"][0]
    document["desired_states"][0] = {**state, "key": "renamed"}

    assert load(document) == []
    assert DesiredState.objects.get(cycle=here, scene=state["scene"]).key == "renamed"


def test_rows_may_move_up_one_after_another(document, load, here, people):
    """Each takes the place of the next: the last has to move first, whatever the order sent."""
    rows = [
        {
            "key": f"shift-{n}",
            "indicator": "population_total",
            "fiscal_year": 2000 + n,
            "value": str(n),
            "source": "推計",
        }
        for n in range(4)
    ]
    document["measurements"] = rows
    assert load(document) == []
    for row in rows:
        row["fiscal_year"] += 1

    assert load(document) == []
    found = Measurement.objects.filter(source="推計").order_by("fiscal_year")
    assert [(one.key, one.fiscal_year) for one in found] == [
        (f"shift-{n}", 2001 + n) for n in range(4)
    ]


def test_rows_that_trade_places_are_asked_to_trade_contents(document, load, here):
    """No database of both kinds lets two rows trade a unique value in separate statements."""
    before = assembly.canonical(document)
    first, second = document["desired_states"][:2]
    first["scene"], second["scene"] = second["scene"], first["scene"]

    problems = load(document)

    assert [where for where, _ in problems] == ["/desired_states/0", "/desired_states/1"]
    assert "内容のほうを入れ替えてください" in problems[0][1]
    assert assembly.canonical(assembly.assemble(here)) == before


def test_a_measurement_of_another_year_keeps_its_key_and_its_place(document, load, here):
    """Enduring rows: an earlier value is corrected by its key, a later one is not this document's."""
    Measurement.objects.filter(key="population-2025").update(fiscal_year=2020)
    Measurement.objects.filter(key="aging-65-2025").update(fiscal_year=2027)
    by_key = {row["key"]: row for row in document["measurements"]}
    earlier, later = by_key["population-2025"], by_key["aging-65-2025"]
    earlier |= {"fiscal_year": 2019, "value": "48000"}
    document["measurements"] = [earlier]

    assert load(document) == []
    row = Measurement.objects.get(key="population-2025")
    assert (row.fiscal_year, row.value) == (2019, 48000)

    document["measurements"] = [later]
    (problem,) = load(document)
    assert problem[0] == "/measurements/0/key"
    assert "2027年度の値で使われています" in problem[1]


def test_a_measurement_that_is_stored_under_another_key_is_named(document, load):
    row = next(row for row in document["measurements"] if row["key"] == "population-2025")
    document["measurements"] = [{**row, "key": "mine"}]

    (problem,) = load(document)

    assert problem[0] == "/measurements/0"
    assert "指標・年度・出典が同じ行が、キー「population-2025」にあります" in problem[1]


def test_a_measurements_indicator_can_be_corrected(document, load):
    row = next(row for row in document["measurements"] if row["key"] == "aging-65-2025")
    row["source"] = "訂正した資料"
    row["indicator"] = "aging_rate_75"

    assert load(document) == []
    assert Measurement.objects.get(key="aging-65-2025").definition.code == "aging_rate_75"


def test_sending_the_same_again_is_no_change(document, load):
    load(document)
    written = Change.objects.count()

    assert load(document) == []
    assert Change.objects.count() == written


def test_an_import_leaves_one_change_for_each_row_it_changed(document, load, people):
    document["issues"][0]["text"] = "書き直した課題"
    document["issues"].append({"key": "new", "text": "新しい課題"})
    written = Change.objects.count()

    load(document)

    made = Change.objects.order_by("pk")[written:]
    assert [(change.key, change.deed, change.actor) for change in made] == [
        ("issue-1", "import", people["editor"]),
        ("new", "import", people["editor"]),
    ]
    assert made[0].after == {"text": "書き直した課題"}


def test_more_rows_than_one_transaction_should_write_are_refused(document, load, monkeypatch):
    """What is counted is what changes: rows sent as they are stored cost nothing."""
    monkeypatch.setattr(assembly, "MOST_WRITES", 2)
    assert load(document) == []
    for row in document["issues"][:2]:
        row["text"] = "書き直した課題"
    assert load(document) == []
    document["issues"] = [{"key": "one-more", "text": "新しい課題"}]

    assert load(document) == [("", assembly.TOO_MANY.message)]


def test_the_neighbours_rows_of_the_same_keys_stay(document, load):
    sent = len(document["issues"])
    document["issues"] = []
    document["profile"]["strengths"] = "こちらの文"

    assert load(document) == []

    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        assert Issue.objects.filter(cycle=theirs).count() == sent
        assert Profile.objects.get(cycle=theirs).strengths == world.CANARY


def test_a_document_for_an_earlier_state_of_the_year_is_overtaken(document, load, here, people):
    tag, sent = assembly.etag_of(document), len(document["issues"])
    issue = Issue.objects.get(cycle=here, key="issue-1")
    issue.text = "先に保存した文"
    changes.save_versioned(issue, by=people["manager"], expected_version=1, fields=["text"])
    document["issues"] = []

    assert load(document, expected=tag) == [("", assembly.OVERTAKEN.message)]
    assert Issue.objects.filter(cycle=here).count() == sent
    assert load(document, expected=assembly.etag_of(assembly.assemble(here))) == []


@pytest.mark.django_db(transaction=True)
def test_a_meeting_that_a_neighbours_decision_holds_stays_in_the_document(committed_world):
    """The database alone sees the neighbour's row, and only when the transaction ends."""
    ours, theirs = world.cycle_of(), world.cycle_of(world.THEIRS)
    meeting = meetings.neighbours_meeting()
    with within(ours.municipality):
        held = meetings.decision(ours, meeting)
    with within(theirs.municipality):
        document = assembly.assemble(theirs)
        kept = [row for row in document["meetings"] if row["key"] != "joint"]
        decided = [row for row in document["decisions"] if row["meeting"] != "joint"]
        editor = User.objects.get(username="neighbour")
        sent = document | {"meetings": kept, "decisions": decided}
        [problem] = assembly.load(theirs, sent, by=editor)

        assert problem.pointer == "/meetings"
        assert "共同で行う市区町村が使っているため" in problem.message
        assert "joint" in problem.message
        assert Meeting.objects.led().filter(key="joint").exists()
    with within(ours.municipality):
        held.delete()
    with within(theirs.municipality):
        assert assembly.load(theirs, sent, by=editor) == []
        assert not Meeting.objects.led().filter(key="joint").exists()


def between_threads(test):
    """Mark a test that commits from several threads at once."""
    reason = "the tests' SQLite lies in memory, for one thread only"
    alone = pytest.mark.skipif(connection.vendor == "sqlite", reason=reason)
    return alone(pytest.mark.django_db(transaction=True)(test))


def at_once(here, documents, **options):
    """Load these documents in as many threads; return the problems of each."""
    editor = User.objects.get(username="editor")
    start = threading.Barrier(len(documents))

    def write(document):
        start.wait(timeout=10)
        try:
            with within(here.municipality):
                return assembly.load(here, document, by=editor, **options)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(documents)) as pool:
        return list(pool.map(write, documents))


class Meanwhile:
    """Lets somebody act between an import's reading and its first write."""

    def __init__(self, deed):
        self.deed, self.done = deed, False

    def __call__(self, execute, sql, params, many, context):
        if not self.done and WRITE.search(sql):
            self.done = True
            self.deed()
        return execute(sql, params, many, context)


def save_meanwhile(here, people):
    issue = Issue.objects.get(cycle=here, key="issue-1")
    issue.text = "間に入った文"
    changes.save_versioned(
        issue, by=people["manager"], expected_version=issue.version, fields=["text"]
    )


def test_a_save_in_between_wins_over_the_import(document, load, here, people):
    """The desired state is written first, then comes the other save, then the import's issue."""
    document["desired_states"][0]["text"] = "先に書く文"
    document["issues"][0]["text"] = "取り込む文"
    meanwhile = Meanwhile(lambda: save_meanwhile(here, people))

    with connection.execute_wrapper(meanwhile):
        problems = load(document)

    assert meanwhile.done
    assert problems == [("", assembly.OVERTAKEN.message)]


def test_a_row_saved_in_between_is_not_deleted(here, people):
    part = next(part for part in shape.PARTS if part.name == "issues")
    plan = part.plan(here, [], stored=part.stored(here))
    save_meanwhile(here, people)

    with pytest.raises(changes.StaleVersion):
        list(part.remove(plan, by=people["editor"]))


@between_threads
def test_of_four_imports_at_once_one_is_written(committed_world):
    """All four hold the same entity tag: the first to come is written, the others are overtaken."""
    here = world.cycle_of()
    with within(here.municipality):
        document = assembly.assemble(here)
    wishes = [
        document | {"issues": [{"key": f"of-{n}", "text": f"{n}番目"}], "issue_evidence": []}
        for n in range(4)
    ]

    outcomes = at_once(here, wishes, expected=assembly.etag_of(document))

    assert sorted(len(problems) for problems in outcomes) == [0, 1, 1, 1]
    assert all(problems in ([], [assembly.OVERTAKEN]) for problems in outcomes)
    with within(here.municipality):
        (issue,) = Issue.objects.filter(cycle=here)
    assert issue.key == f"of-{outcomes.index([])}"


@between_threads
def test_imports_of_the_same_rows_in_opposite_orders_do_not_lock_each_other_up(committed_world):
    """Without the lock on the municipality each would wait for a row that the other holds."""
    here = world.cycle_of()
    with within(here.municipality):
        document = assembly.assemble(here)
        steps = [{"key": f"n{n}", "kind": "final", "position": n} for n in range(40)]
        document["support_steps"] += steps
        assert assembly.load(here, document, by=User.objects.get(username="editor")) == []
    wishes = []
    for number in range(4):
        rows = [{**row, "situation": f"{number}番目"} for row in document["support_steps"]]
        wishes.append(document | {"support_steps": rows[:: 1 if number % 2 else -1]})

    assert at_once(here, wishes) == [[], [], [], []]


def test_a_row_made_in_between_is_no_crash(document, load, here, people):
    """Its key is taken when the import comes to insert: the constraint speaks, not a 500."""
    document["desired_states"] = document["desired_states"][:1]
    document["issues"].append({"key": "same", "text": "取り込む課題"})

    def add():
        Issue.objects.create(cycle=here, key="same", text="間に入った課題")

    with connection.execute_wrapper(Meanwhile(add)):
        problems = load(document)

    assert problems == [("", assembly.OVERTAKEN.message)]


def test_the_constraint_is_what_speaks(here):
    """The control of the one above: two rows of one key are refused by the table itself."""
    with pytest.raises(IntegrityError):
        Issue.objects.create(cycle=here, key="issue-1", text="二つ目")


def test_a_link_joins_outcomes_of_its_own_model_only(document, load, as_editor):
    """The page of a model could not show the other end of a link that leads out of it."""
    model = document["logic_models"][0]
    other = copy.deepcopy(model) | {"key": "model-x", "links": []}
    other["outcomes"] = [model["outcomes"][0] | {"key": "outcome-x", "placements": []}]
    document["logic_models"].append(other)
    document["logic_models"][0]["links"][0]["cause"] = "outcome-x"

    ((pointer, message),) = load({**document})

    assert pointer == "/logic_models/0/links/0/cause"
    assert "別のロジックモデル" in message
    document["logic_models"][0]["links"][0]["cause"] = model["outcomes"][0]["key"]
    assert load(document) == []
    assert as_editor.get("/m/990019/2026/logic/model-1/").status_code == 200


def test_a_position_leaves_room_for_rows_behind_it(document, load, as_editor):
    document["issues"][0]["position"] = 2_147_483_647
    assert [pointer for pointer, _ in load(document)] == ["/issues/0/position"]

    document["issues"][0]["position"] = 1_000_000
    assert load(document) == []

    document["support_steps"][0]["position"] = 32_767
    assert [pointer for pointer, _ in load(document)] == ["/support_steps/0/position"]
