"""April: the plan of a year goes over into the next, values stay, and all of it can be taken back."""

import copy

import pytest
from django.db import models
from hypothesis import HealthCheck, Phase, given, settings

from logicmodels.models import Activity, ActivityResult, DesiredState, Issue, Placement
from municipalities.choices import CycleState
from municipalities.kernel import changes
from municipalities.models import Change, Cycle
from municipalities.rows.carrying import Carries
from reports.document import assembly, shape
from reports.models import Carried, SupportStep, YearProgress
from reports.submission.counting import progress
from reports.year.april import next_year
from reports.year.april.copying import BY_NAME, RULES
from reports.year.april.next_year import Choice, Refused
from tests.reports import made_years
from tests.reports.years_end import NEW, OLD, a_year_that_is_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(here, people):
    return a_year_that_is_over(here, by=people["editor"])


def prepare(cycle, by, **choice):
    every = next_year.everything(cycle)
    seen = choice.get("seen", every.seen)
    return next_year.prepare(cycle, by=by, choice=Choice(seen, choice.get("taken", seen)))


def test_every_part_is_carried_or_says_why_not():
    """A table of a year that nobody has thought about stops here."""
    of_a_year = [part for part in shape.PARTS if part.deletes]

    assert [rule.part.name for rule in RULES] == [part.name for part in of_a_year]
    assert all(rule.why for rule in RULES if not isinstance(rule, Carries))


def test_what_is_emptied_has_a_default():
    for rule in RULES:
        for name in getattr(rule, "empties", ()):
            column = rule.part.model._meta.get_field(name)
            assert column.null or column.has_default()


def compared(document):
    """Return what two years have in common: without year, values, and what stays with its year."""
    found = copy.deepcopy(document)
    for rule in RULES:
        part = rule.part
        if not isinstance(rule, Carries) and part.inside is None:
            found.pop(part.name)
    for name in ("fiscal_year", "measurements"):
        found.pop(name)
    found["activities"] = [begun(row) for row in found["activities"]]
    for indicator in found["indicators"]:
        indicator["is_to_check"] = False
        indicator["targets"] = [one for one in indicator["targets"] if one["fiscal_year"] >= NEW]
    for item in items_of(found):
        item["held"] = None
    return found


def begun(activity):
    """Return an activity as a year begins with it."""
    ahead = [one for one in activity["milestones"] if not one["is_reached"]]
    empty = {"budget": None, "settled": None, "results": [], "status": ""}
    return activity | empty | {"milestones": ahead}


def items_of(document):
    for structure in document["structures"]:
        for heading in structure["headings"]:
            yield from heading["items"]


def test_a_year_without_a_change_differs_in_values_only(old, people):
    before = assembly.assemble(old)

    made = prepare(old, people["editor"])
    target = next_year.following(old)

    assert target.state == CycleState.DRAFT
    after = assembly.assemble(target)
    assert compared(after) == compared(before)
    assert made["desired_states"] == len(after["desired_states"])
    assert all(row["status"] in {"planned", "considered"} for row in after["activities"])
    assert [row["results"] for row in after["activities"]] == [[]] * len(after["activities"])
    assert assembly.assemble(old) == before


@given(parts=made_years.parts())
@settings(
    derandomize=True,
    deadline=None,
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_year_goes_over_unchanged_and_back(here, people, parts):
    # Made-up values are of any year, and go nowhere.
    sent = made_years.headed(parts | {"measurements": []}) | {"fiscal_year": OLD}
    with made_years.empty_year() as cycle:
        cycle.fiscal_year = OLD
        cycle.save()
        by = people["editor"]
        assert assembly.load(cycle, sent, by=by, vouched=True) == []
        before = assembly.assemble(cycle)

        prepare(cycle, by)
        target = next_year.following(cycle)
        assert compared(assembly.assemble(target)) == compared(before)
        assert prepare(cycle, by) == {}
        next_year.take_back(cycle, by=by)

        assert next_year.following(cycle) is None
        assert assembly.assemble(cycle) == before


def test_a_second_press_brings_only_what_was_added_since(old, people):
    prepare(old, people["editor"])
    target = next_year.following(old)
    goal = DesiredState.objects.filter(cycle=target).first()
    goal.text = "書き直した姿"
    changes.save_versioned(goal, by=people["editor"], expected_version=1, fields=("text",))
    placed = Placement.objects.filter(cycle=target).first()
    placed.delete()
    late = Issue(cycle=old, key="late", text="年度末にわかった課題")
    changes.create_versioned(late, by=people["editor"])

    made = prepare(old, people["editor"])

    assert made == {"issues": 1}
    goal.refresh_from_db()
    assert goal.text == "書き直した姿"
    # What somebody deleted in the new year does not come back by itself.
    assert not Placement.objects.filter(cycle=target, key=placed.key).exists()


def test_a_row_left_behind_is_remembered_and_may_be_taken_after_all(old, people):
    every = next_year.everything(old).seen
    one = next(which for which in sorted(every) if which[0] == "activities")
    prepare(old, people["editor"], taken=every - {one})
    target = next_year.following(old)
    left = Carried.objects.get(cycle=target)

    assert (left.part, left.row_key, left.is_left_out) == (*one, True)
    assert not Activity.objects.filter(cycle=target, key=one[1]).exists()
    # Nobody who did not see it decides about it.
    prepare(old, people["editor"], seen=frozenset(), taken=frozenset())
    assert not Activity.objects.filter(cycle=target, key=one[1]).exists()

    prepare(old, people["editor"], seen=frozenset({one}))

    left.refresh_from_db()
    assert not left.is_left_out
    assert Activity.objects.filter(cycle=target, key=one[1]).exists()
    placed = Placement.objects.filter(activity__key=one[1])
    assert placed.filter(cycle=target).count() == placed.filter(cycle=old).count()


def test_taking_back_leaves_no_row_and_can_be_begun_again(old, people):
    made = prepare(old, people["editor"])

    gone = next_year.take_back(old, by=people["editor"])

    assert gone == sum(made.values())
    assert next_year.following(old) is None
    assert next_year.take_back(old, by=people["editor"]) == 0
    assert prepare(old, people["editor"]) == made


@pytest.mark.parametrize("deed", ["edit", "add", "delete", "begin"])
def test_taking_back_is_refused_once_something_was_written(old, people, deed):
    by = people["editor"]
    prepare(old, by)
    target = next_year.following(old)
    row = Issue.objects.filter(cycle=target).first()
    if deed == "edit":
        row.text = "新しい年度の課題"
        changes.save_versioned(row, by=by, expected_version=1, fields=("text",))
    if deed == "add":
        row = Issue(cycle=target, key="new", text="新しい課題")
        changes.create_versioned(row, by=by)
    if deed == "delete":
        changes.record(row, by=by, deed="delete", before={}, after={}, version=2)
    if deed == "begin":
        next_year.begin(target, by=by)
    there = Change.objects.count()

    with pytest.raises(Refused, match="取り消せません"):
        next_year.take_back(old, by=by)

    assert Change.objects.count() == there
    assert Issue.objects.filter(cycle=target).exists()


def test_before_december_a_sentence_says_from_when(here, people):
    cycle = Cycle.objects.create(fiscal_year=2090)
    cycle.municipality = here.municipality

    with pytest.raises(Refused, match="令和72年12月1日から"):
        prepare(cycle, people["editor"])

    assert next_year.following(cycle) is None


def test_a_year_begun_in_another_way_is_left_alone(old, people):
    target = Cycle.objects.create(fiscal_year=NEW)

    with pytest.raises(Refused, match="この画面を使わずに"):
        prepare(old, people["editor"])

    assert not Issue.objects.filter(cycle=target).exists()


def test_killed_half_way_nothing_is_written(old, people, monkeypatch):
    there = Change.objects.count()
    real = models.query.QuerySet.bulk_create

    def killed(self, rows, *args, **kwargs):
        if self.model is Placement:
            raise KeyboardInterrupt
        return real(self, rows, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(models.query.QuerySet, "bulk_create", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare(old, people["editor"])

    assert next_year.following(old) is None
    assert Change.objects.count() == there


def test_beginning_opens_the_year_once_with_its_steps(old, people):
    prepare(old, people["editor"])
    target = next_year.following(old)

    progress.recount()
    assert not YearProgress.objects.filter(fiscal_year=NEW).exists()

    assert next_year.begin(target, by=people["editor"])
    assert YearProgress.objects.filter(fiscal_year=NEW).exists()
    assert not next_year.begin(target, by=people["editor"])

    assert next_year.following(old).state == CycleState.OPEN
    assert SupportStep.objects.filter(cycle=target).count() == 5
    # Late in the old year something is added: it still comes over.
    changes.create_versioned(Issue(cycle=old, key="late", text="課題"), by=people["editor"])
    assert prepare(old, people["editor"]) == {"issues": 1}


def test_what_the_partner_leads_goes_over_with_the_partner(old, people):
    """The lead carries a shared structure; at the partner's it is neither copied nor doubled."""
    made = prepare(old, people["editor"])

    assert made["structures"] == len(assembly.stored_rows(old)["structures"])
    assert made.get("structure_partners", 0) == len(assembly.stored_rows(old)["structure_partners"])
    for row in assembly.stored_rows(next_year.following(old))["structures"]:
        assert row.municipality_id == old.municipality_id
        assert row.fiscal_year == NEW


def test_what_ended_or_was_merged_stays_and_its_places_go_to_the_other(old, people):
    first = Activity.objects.get(cycle=old)
    second = Activity(cycle=old, key="second", name="もう一つの取組")
    changes.create_versioned(second, by=people["editor"])
    improvement = {
        "key": "merge",
        "activity": first.key,
        "kind": "merge",
        "what": "一つにまとめる",
        "merged_into": second.key,
    }
    head = {
        name: value
        for name, value in assembly.assemble(old).items()
        if name in {"schema_version", "municipality", "fiscal_year"}
    }
    assert assembly.load(old, head | {"improvements": [improvement]}, by=people["editor"]) == []
    outcomes = set(
        Placement.objects.filter(cycle=old, activity__in=[first, second]).values_list(
            "outcome__key", flat=True
        )
    )
    every = next_year.everything(old).seen

    prepare(old, people["editor"], taken=every - {("activities", first.key)})

    target = next_year.following(old)
    found = Placement.objects.filter(cycle=target, activity__key=second.key)
    assert set(found.values_list("outcome__key", flat=True)) == outcomes
    assert not Activity.objects.filter(cycle=target, key=first.key).exists()
    assert not ActivityResult.objects.filter(cycle=target).exists()


def test_people_choose_among_issues_and_activities():
    assert {name for name, rule in BY_NAME.items() if getattr(rule, "is_chosen", False)} == {
        "issues",
        "activities",
    }
