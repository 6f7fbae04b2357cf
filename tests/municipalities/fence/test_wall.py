"""The second wall: raw SQL in the application's role, past every manager, still sees one town only."""

import io
import os
import secrets

import pytest
from django.core.management import CommandError, call_command
from django.db import (
    DataError,
    IntegrityError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)
from django.utils import timezone
from psycopg2.errors import FeatureNotSupported

from councils.models import Council, CouncilPartner
from indicators.models import Indicator, IssueFigure, ValueReply
from logicmodels.models import Issue
from municipalities.choices import Role, ScopeKind
from municipalities.fence import wall
from municipalities.fence.checks import our_models
from municipalities.fence.sharing import SharedTenantModel
from municipalities.kernel import drafts
from municipalities.kernel.submission_keys import SubmissionKey
from municipalities.models import (
    HealthCentre,
    Membership,
    Municipality,
    Prefecture,
    TrashItem,
    User,
)
from municipalities.prefecture_tenancy import PrefectureModel, within_prefecture
from municipalities.tenancy import across, outside, within
from reports.models import (
    Approval,
    Comment,
    CommentReply,
    CouncilQuestion,
    Decision,
    Erratum,
    GrantAnswer,
    HandoverNote,
    IndicatorHandover,
    Inquiry,
    InquiryAnswer,
    InquiryQuestion,
    OpenedSection,
    ProgressReport,
    ReviewLook,
    SectionMark,
    SupportFeedback,
    SupportRecord,
)
from reports.review import inbox
from surveys.models import (
    Answer,
    AnswerColumn,
    AnswerUpload,
    Invitee,
    PrefectureForm,
    Question,
    Response,
    SurveyRound,
)
from tests import world
from tests.routes import MUNICIPAL_PAGES

TABLES = wall.fenced_tables()
OF_PREFECTURES = [
    model._meta.db_table for model in our_models() if issubclass(model, PrefectureModel)
]
OF_TOWNS = [table for table in TABLES if table not in OF_PREFECTURES]
each_table = pytest.mark.parametrize("table", OF_TOWNS)
each_table_of_prefectures = pytest.mark.parametrize("table", OF_PREFECTURES)
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="only PostgreSQL has row-level security: set DATABASE_URL=postgres://…",
)
REFUSED = "violates row-level security policy"
APP, OWNER = f"wall_app_{os.getpid()}", f"wall_owner_{os.getpid()}"


def ask(statement, params=None, *, using="default"):
    with connections[using].cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def run(statement, params=None):
    """Return how many rows a statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount


def towns_in(table, *, using="default"):
    return owners_in(table, "municipality_id", using=using)


def owners_in(table, column, *, using="default"):
    return {key for (key,) in ask(f"SELECT {column} FROM {table}", using=using)}


def read_and_fail(table, town, *, using="default"):
    assert towns_in(table, using=using) == {town.pk}
    ask("SELECT 1 / 0", using=using)


def may_make_roles():
    return ask("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")[0][0]


def make_role(name, options=""):
    run(f"CREATE ROLE {name} NOSUPERUSER NOBYPASSRLS {options}")
    run(f"GRANT {name} TO CURRENT_USER")


def in_role(name):
    """Go on in this role until the transaction ends or the next call; None: in the test's own."""
    run(f"SET LOCAL ROLE {name}" if name else "RESET ROLE")


@pytest.fixture
def towns(db):
    return [Municipality.objects.get(code=code) for code in (world.OURS, world.THEIRS)]


@pytest.fixture
def built(db):
    """The wall in the test's transaction. Returns the application's role, or None.

    A test server that lets nobody make roles is tried in the role of the tables' owner, whom FORCE holds.
    """
    role = None
    if may_make_roles():
        role = APP
        make_role(role)
    wall.build(role)
    return role


def hang_on_a_report(writer):
    """What people do with a submitted report: superiors, looks, corrections."""
    report = ProgressReport.objects.submitted().first()
    SectionMark.objects.create(
        report=report, section="policy", digest="", marked_at=timezone.now(), marked_by=writer
    )
    Approval.objects.create(report=report, approver=writer, position=1)
    Erratum.objects.create(
        report=report,
        snapshot=report.snapshot,
        place="概要",
        wrong="誤",
        right="正",
        written_at=timezone.now(),
        written_by=writer,
    )
    advise_on(report, writer)
    SupportFeedback.objects.get_or_create(cycle=report.cycle, defaults={"key": "wall"})
    CouncilQuestion.objects.get_or_create(
        cycle=report.cycle, scene="discharge", defaults={"key": "wall"}
    )
    HandoverNote.objects.get_or_create(
        cycle=report.cycle, subject="general", defaults={"key": "wall"}
    )
    for model in (IndicatorHandover, GrantAnswer):
        model.objects.get_or_create(cycle=report.cycle, code="wall", defaults={"key": "wall"})
    InquiryAnswer.objects.get_or_create(cycle=report.cycle, key="wall", inquiry="inquiry-1")


def answer_a_round():
    """What is in no document: an office that is asked, an answer of nobody."""
    held = SurveyRound.objects.first()
    Invitee.objects.create(key="wall", round=held, name="訪問看護ステーション")
    response = Response.objects.create(key="wall", round=held, submission="wall")
    Answer.objects.create(response=response, question=Question.objects.first(), text="回答")
    column = {"heading": "見出し", "mark": "wall", "name": "none"}
    AnswerColumn.objects.create(questionnaire=held.questionnaire, **column)
    AnswerUpload.objects.create(
        round=held, uploaded_by=User.objects.first(), file_name="回答.csv", content=b"1"
    )


def advise_on(report, writer):
    """What an adviser leaves at a submitted report."""
    frozen = report.snapshot
    comment = Comment.objects.create(
        report=report, snapshot=frozen, section="policy", text="意見", author=writer
    )
    CommentReply.objects.create(comment=comment, text="返事", author=writer)
    Decision.objects.create(report=report, snapshot=frozen, adviser=writer, kind="advised")
    OpenedSection.objects.create(report=report, section="policy", opened_by=writer)
    ReviewLook.objects.create(snapshot=frozen, adviser=writer)


@pytest.fixture
def walled(built, towns, people):
    """Rows of both towns in every table, and from here on the application's role."""
    for town, writer in zip(towns, ("editor", "neighbour"), strict=True):
        with within(town):
            drafts.keep(author=people[writer], form_key="x", base_version=0, fields={"a": "b"})
            SubmissionKey.objects.create(user=people[writer], key=secrets.token_urlsafe(16))
            TrashItem.objects.create(kind="logicmodels.issue", title="課題")
            indicator = Indicator.objects.select_related("cycle").first()
            place = {"cycle": indicator.cycle, "key": "wall", "indicator": indicator}
            IssueFigure.objects.create(issue=Issue.objects.first(), **place)
            ValueReply.objects.create(
                key="wall", code="population_total", fiscal_year=world.YEAR, text="説明"
            )
            hang_on_a_report(people[writer])
            answer_a_round()
    in_role(built)
    return towns


@on_postgresql
@each_table
def test_raw_sql_sees_the_rows_of_the_town_it_runs_within_and_no_other(table, walled):
    ours, theirs = walled

    with outside():
        assert towns_in(table) == set()
    with within(ours):
        assert towns_in(table) == {ours.pk}
    with within(theirs):
        assert towns_in(table) == {theirs.pk}
    with across(walled):
        assert towns_in(table) == {ours.pk, theirs.pk}


@on_postgresql
@each_table
def test_a_row_of_another_town_cannot_be_added(table, walled):
    ours, theirs = walled
    with within(ours):
        [(row,)] = ask(f"SELECT to_jsonb({table})::text FROM {table} LIMIT 1")
    again = f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, %s)).*"

    with within(theirs), pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        run(again, [row])
    with outside(), pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        run(again, [row])
    # At home the wall lets it pass, and only its being there already stands in the way.
    with within(ours), pytest.raises(IntegrityError), transaction.atomic():
        run(again, [row])


@on_postgresql
@each_table
def test_rows_of_another_town_can_be_neither_changed_nor_deleted(table, walled):
    ours, theirs = walled
    with within(theirs):
        theirs_before = ask(f"SELECT to_jsonb({table}) FROM {table} ORDER BY id")

    with within(ours):
        assert run(f"UPDATE {table} SET id = -id WHERE municipality_id = %s", [theirs.pk]) == 0
        assert run(f"DELETE FROM {table} WHERE municipality_id = %s", [theirs.pk]) == 0
    with outside():
        assert run(f"UPDATE {table} SET id = -id") == 0
        assert run(f"DELETE FROM {table}") == 0

    with within(theirs):
        assert ask(f"SELECT to_jsonb({table}) FROM {table} ORDER BY id") == theirs_before


@on_postgresql
@each_table
def test_a_row_cannot_be_moved_to_another_town(table, walled):
    ours, theirs = walled
    move = f"UPDATE {table} SET municipality_id = %s"

    with within(ours):
        assert run(move, [ours.pk]) > 0
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            run(move, [theirs.pk])


@on_postgresql
@each_table
def test_without_the_policies_the_same_sql_sees_both_towns(table, built, walled):
    """The negative control: what the tests above see is the wall's doing."""
    in_role(None)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    in_role(built)

    with within(walled[0]):
        assert towns_in(table) == {town.pk for town in walled}


def keep_what_the_world_lacks(prefecture):
    """A support that the prefecture has given, a health centre, and a 照会 with a question."""
    SupportRecord.objects.create(
        key="wall",
        fiscal_year=world.YEAR,
        kind="training",
        theme="研修",
        held_on="令和8年6月",
    )
    HealthCentre.objects.create(
        key="wall",
        code=f"{prefecture.code}-000001",
        name="保健所",
        towns=f",{world.OURS},",
    )
    asked = Inquiry.objects.create(
        key="wall",
        fiscal_year=world.YEAR,
        title="照会",
        purpose="趣旨",
        due_on=timezone.localdate(),
    )
    InquiryQuestion.objects.create(key="wall", inquiry=asked, text="質問", kind="short")
    PrefectureForm.objects.create(key="wall", fiscal_year=world.YEAR, title="県の調査票")


@on_postgresql
@each_table_of_prefectures
def test_raw_sql_sees_the_rows_of_the_prefecture_it_runs_within_and_no_other(table, built):
    ours, theirs = (Prefecture.objects.get(code=code) for code in ("99", "98"))
    with within_prefecture(theirs):
        world.keep_post(theirs, by=None)
        world.keep_definition(theirs, by=None)
    for prefecture in (ours, theirs):
        with within_prefecture(prefecture):
            keep_what_the_world_lacks(prefecture)
    in_role(built)

    for prefecture in (ours, theirs):
        with within_prefecture(prefecture):
            assert owners_in(table, "prefecture_id") == {prefecture.pk}
            move = f"UPDATE {table} SET prefecture_id = %s WHERE prefecture_id = %s"
            assert run(move, [prefecture.pk, prefecture.pk]) > 0
    assert owners_in(table, "prefecture_id") == set()
    with within_prefecture(ours):
        assert run(f"DELETE FROM {table} WHERE prefecture_id = %s", [theirs.pk]) == 0
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            run(f"UPDATE {table} SET prefecture_id = %s", [theirs.pk])


SHARED = sorted(
    model._meta.db_table for model in our_models() if issubclass(model, SharedTenantModel)
)


@on_postgresql
@pytest.mark.parametrize("table", SHARED)
def test_a_partner_reads_a_shared_row_by_raw_sql_and_changes_none(table, walled):
    partner = Municipality.objects.get(code=world.PARTNER)
    leads = {town.pk for town in walled}

    with within(partner):
        assert towns_in(table) == leads
        assert run(f"UPDATE {table} SET version = version + 1") == 0
        assert run(f"DELETE FROM {table}") == 0


@on_postgresql
def test_a_line_that_a_stranger_wrote_shares_nothing(walled):
    ours, theirs = walled
    with within(theirs):
        foreign = Council.objects.get(key="council-1").pk
    with within(ours):
        CouncilPartner.objects.create(council_id=foreign, partner=ours, key="stolen")
        assert towns_in("councils_council") == {ours.pk}
        assert towns_in("councils_seat") == {ours.pk}


@on_postgresql
def test_without_the_announcement_nothing_is_seen(walled, monkeypatch):
    """The negative control of the wrapper: the wall stays shut for whoever goes round it."""
    with outside():
        assert towns_in("municipalities_cycle") == set()
    monkeypatch.setattr(connections["default"], "execute_wrappers", [])

    with within(walled[0]):
        assert towns_in("municipalities_cycle") == set()


@on_postgresql
def test_copy_carries_no_announcement_and_finds_the_wall_shut(walled):
    with outside():
        assert towns_in("municipalities_cycle") == set()
    copied = io.StringIO()

    with within(walled[0]), connection.cursor() as cursor:
        cursor.copy_expert("COPY municipalities_cycle TO STDOUT", copied)
        with pytest.raises(FeatureNotSupported, match="COPY FROM not supported"):
            cursor.copy_expert("COPY municipalities_cycle FROM STDIN", io.StringIO())

    assert copied.getvalue() == ""


@on_postgresql
def test_inside_one_transaction_each_statement_is_where_its_code_is(walled):
    ours, theirs = walled
    with within(ours), transaction.atomic():
        assert towns_in("logicmodels_issue") == {ours.pk}
        with pytest.raises(DataError), within(theirs), transaction.atomic():
            read_and_fail("logicmodels_issue", theirs)
        assert towns_in("logicmodels_issue") == {ours.pk}
        with outside():
            assert towns_in("logicmodels_issue") == set()
        assert towns_in("logicmodels_issue") == {ours.pk}


def towns_in_the_inbox_of(user):
    found = inbox.inbox_of(user)
    heads = (*found.waiting, *found.municipality, *found.ended)
    return {head.report.municipality_id for head in heads}


@on_postgresql
def test_an_inbox_across_the_fence_sees_exactly_its_towns(walled, people):
    ours, theirs = walled
    adviser = people["adviser"]

    assert towns_in_the_inbox_of(adviser) == {ours.pk}

    Membership.objects.create(
        user=adviser,
        role=Role.ADVISER,
        scope_kind=ScopeKind.MUNICIPALITY,
        scope_code=theirs.code,
    )
    assert towns_in_the_inbox_of(adviser) == {ours.pk, theirs.pk}
    assert inbox.inbox_of(people["stranger"]).is_empty


@on_postgresql
def test_every_page_of_a_town_opens_in_the_applications_role(walled, as_editor):
    for route in MUNICIPAL_PAGES:
        key = "interim-1" if "support/" in route.path else "issue-1"
        response = as_editor.get(route.url(code=world.OURS, key=key))
        assert response.status_code in {200, 302, 403, 405}, route
        assert world.CANARY.encode() not in getattr(response, "content", b"")


# --- a connection that lives on -------------------------------------------------------------------


@pytest.fixture
def standing(committed_world):
    """A committed wall. Returns the alias of a connection that is held by it, in autocommit."""
    if not may_make_roles():
        wall.build()
        yield "default"
        lower()
        return
    password = secrets.token_hex(16)
    make_role(APP, f"LOGIN PASSWORD '{password}'")
    wall.build(APP)
    connections[APP] = connection.copy(alias=APP)
    connections[APP].settings_dict |= {"USER": APP, "PASSWORD": password}
    yield APP
    connections[APP].close()
    del connections[APP]
    lower()
    run(f"DROP OWNED BY {APP}")
    run(f"DROP ROLE {APP}")


def lower():
    for table in TABLES:
        run(f"DROP POLICY {wall.POLICY} ON {table}")
        run(f"DROP POLICY IF EXISTS {wall.SHARED_POLICY} ON {table}")
        run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")


def left_behind(alias):
    """Return what the session itself would answer, asked past Django."""
    with connections[alias].connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [wall.SETTING])
        return cursor.fetchone()[0] or ""


@on_postgresql
def test_a_connection_that_serves_two_towns_in_turn_leaks_nothing(standing):
    ours, theirs = (Municipality.objects.get(code=code) for code in (world.OURS, world.THEIRS))
    for town in (ours, theirs, ours):
        with within(town):
            assert towns_in("municipalities_cycle", using=standing) == {town.pk}
        assert left_behind(standing) == ""
        assert towns_in("municipalities_cycle", using=standing) == set()

    with within(ours), pytest.raises(DataError):
        ask("SELECT 1 / 0", using=standing)
    assert left_behind(standing) == ""

    with within(ours), pytest.raises(DataError), transaction.atomic(using=standing):
        read_and_fail("municipalities_cycle", ours, using=standing)
    assert left_behind(standing) == ""

    with within(ours), transaction.atomic(using=standing), transaction.atomic(using=standing):
        assert towns_in("municipalities_cycle", using=standing) == {ours.pk}
    assert left_behind(standing) == ""
    with within(theirs):
        assert towns_in("municipalities_cycle", using=standing) == {theirs.pk}


# --- the command --------------------------------------------------------------------------------


@pytest.fixture
def owner(built):
    """A role that owns a table, is no superuser and bypasses nothing; None: the test's own is one."""
    if built is None:
        return None
    make_role(OWNER)
    run(f"GRANT CREATE ON SCHEMA public TO {OWNER}")
    run(f"ALTER TABLE municipalities_cycle OWNER TO {OWNER}")
    return OWNER


@on_postgresql
def test_lifting_lets_the_owner_see_every_town_and_the_application_none(built, owner, towns):
    in_role(owner)
    assert towns_in("municipalities_cycle") == set()
    in_role(None)

    call_command("wall", "--lift")

    in_role(owner)
    assert towns_in("municipalities_cycle") == {town.pk for town in towns}
    in_role(built)
    if built is not None:
        assert towns_in("municipalities_cycle") == set()
    in_role(None)
    assert wall.open_tables() == TABLES

    call_command("wall", "--apply")

    in_role(owner)
    assert towns_in("municipalities_cycle") == set()


@on_postgresql
@pytest.mark.parametrize(
    "hole",
    [
        f"DROP POLICY {wall.POLICY} ON reports_snapshot",
        "ALTER TABLE reports_snapshot NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE reports_snapshot DISABLE ROW LEVEL SECURITY",
        f"ALTER POLICY {wall.POLICY} ON reports_snapshot USING (true)",
        f"ALTER POLICY {wall.POLICY} ON reports_snapshot WITH CHECK (true)",
    ],
)
def test_the_check_names_an_open_table_and_applying_closes_it(hole, built, capsys):
    call_command("wall", "--check")
    run(hole)

    with pytest.raises(CommandError, match=r"reports_snapshot$") as refusal:
        call_command("wall", "--check")
    assert refusal.value.returncode == 1

    call_command("wall", "--apply")
    call_command("wall", "--apply")
    assert capsys.readouterr().out == f"The wall stands: {len(TABLES)} tables.\n" * 3


@on_postgresql
def test_a_wider_policy_beside_ours_is_reported_and_left_to_a_person(built):
    run("CREATE POLICY everybody ON reports_snapshot USING (true)")

    for deed in ("--check", "--apply"):
        with pytest.raises(CommandError, match=r"reports_snapshot$"):
            call_command("wall", deed)


@on_postgresql
def test_a_role_that_would_walk_through_is_refused(built, owner):
    owning = owner or ask("SELECT current_user")[0][0]

    assert built is None or wall.faults_of(built) == []
    for name, fault in (
        ("postgres", "walks through"),
        (owning, "walks through"),
        ("nobody_of_this_name", "no role"),
    ):
        with pytest.raises(CommandError, match=fault):
            call_command("wall", "--apply", "--role", name)


@on_postgresql
def test_the_applications_role_may_read_and_write_rows_and_nothing_else(built):
    if built is None:
        pytest.skip("the test's database role may make no roles: ALTER ROLE … CREATEROLE")
    granted = ask(
        "SELECT DISTINCT privilege_type FROM information_schema.role_table_grants WHERE grantee = %s",
        [built],
    )

    assert {name for (name,) in granted} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    in_role(built)
    with pytest.raises(CommandError, match="must be owner"), transaction.atomic():
        call_command("wall", "--lift")
