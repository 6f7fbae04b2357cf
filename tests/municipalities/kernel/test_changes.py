"""The one door for edits: versions, changes, merging."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logicmodels.models import DesiredState
from municipalities.kernel import changes
from municipalities.kernel.changes import AppendOnly, Change, StaleVersion, save_versioned
from municipalities.models import Profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(here):
    return DesiredState.objects.get(scene="end_of_life")


@pytest.fixture
def editor(people):
    return people["editor"]


def test_a_save_writes_the_row_its_next_version_and_one_change(goal, editor):
    goal.text = "市民が、望む場所で最期まで過ごせる。"
    before = Change.objects.of(goal).count()

    save_versioned(goal, by=editor, expected_version=1, fields=["text"])

    goal.refresh_from_db()
    assert (goal.version, goal.updated_by) == (2, editor)
    assert Change.objects.of(goal).count() == before + 1
    change = Change.objects.of(goal).first()
    assert (change.deed, change.version, change.fiscal_year) == ("edit", 2, 2026)
    assert change.after == {"text": goal.text}
    assert change.before != change.after


def test_a_stale_save_writes_nothing_and_says_what_is_there(goal, editor):
    mine = DesiredState.objects.get(pk=goal.pk)
    goal.text = "先に保存した文"
    save_versioned(goal, by=editor, expected_version=1, fields=["text"])
    count = Change.objects.count()

    mine.text = "後から保存しようとした文"
    with pytest.raises(StaleVersion) as stale:
        save_versioned(mine, by=editor, expected_version=1, fields=["text"])

    assert stale.value.current.text == "先に保存した文"
    assert Change.objects.count() == count
    goal.refresh_from_db()
    assert goal.text == "先に保存した文"


def test_without_the_expected_version_the_first_text_would_be_lost(goal, editor):
    """The negative control: the plain save that the door replaces."""
    mine = DesiredState.objects.get(pk=goal.pk)
    goal.text = "先に保存した文"
    save_versioned(goal, by=editor, expected_version=1, fields=["text"])

    mine.text = "後から保存した文"
    mine.save()

    goal.refresh_from_db()
    assert goal.text == "後から保存した文"


def test_saving_what_is_stored_is_no_change(goal, editor):
    count = Change.objects.count()

    saved = save_versioned(goal, by=editor, expected_version=1, fields=["text"])

    assert saved.version == 1
    assert Change.objects.count() == count


def test_only_the_named_fields_are_written(goal, editor):
    goal.text, goal.audience = "新しい文", "public"

    save_versioned(goal, by=editor, expected_version=1, fields=["text"])

    assert DesiredState.objects.get(pk=goal.pk).audience == "adviser"


def test_change_and_row_are_written_together_or_not_at_all(goal, editor, monkeypatch):
    def no_history(*args, **kwargs):
        raise RuntimeError("the history could not be written")

    monkeypatch.setattr(changes, "record", no_history)
    goal.text = "履歴に残らない文"
    with pytest.raises(RuntimeError), transaction.atomic():
        save_versioned(goal, by=editor, expected_version=1, fields=["text"])

    assert DesiredState.objects.get(pk=goal.pk).version == 1


def test_history_cannot_be_rewritten(goal):
    with pytest.raises(AppendOnly):
        Change.objects.of(goal).update(deed="edit")
    with pytest.raises(AppendOnly):
        Change.objects.of(goal).delete()
    with pytest.raises(AppendOnly):
        Change.objects.of(goal).first().delete()


def test_earlier_versions_are_read_from_the_changes(goal, editor):
    first = goal.text
    for version, text in enumerate(["第二版", "第三版", "第四版"], start=1):
        goal.text = text
        save_versioned(goal, by=editor, expected_version=version, fields=["text"])

    texts = [changes.values_at(goal, version, ["text"])["text"] for version in (1, 2, 3, 4)]

    assert texts == [first, "第二版", "第三版", "第四版"]


FIELDS = ("responsible_section", "medical_features", "strengths", "difficulties")
edits = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["ア", "イ", "ウ"]))


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(mine=edits, theirs=edits)
def test_a_merge_loses_nothing_that_anybody_typed(world_profile, mine, theirs):
    """Each field ends as its only writer left it; where both wrote, it is asked about or equal."""
    profile, base, editor = world_profile()
    stored = {name: theirs.get(name, base[name]) for name in FIELDS}
    typed = {name: mine.get(name, base[name]) for name in FIELDS}
    version = profile.version
    for name, value in stored.items():
        setattr(profile, name, value)
    save_versioned(profile, by=editor, expected_version=version, fields=FIELDS)
    profile.refresh_from_db()

    merged = changes.merge(profile, typed, base_version=version)

    contested = {conflict.name for conflict in merged.conflicts}
    for name in FIELDS:
        i_wrote, they_wrote = typed[name] != base[name], stored[name] != base[name]
        if i_wrote and they_wrote and typed[name] != stored[name]:
            assert name in contested
            [conflict] = [one for one in merged.conflicts if one.name == name]
            assert (conflict.mine, conflict.theirs) == (typed[name], stored[name])
        else:
            assert name not in contested
            assert merged.values[name] == (typed[name] if i_wrote else stored[name])


@pytest.fixture
def world_profile(here, people):
    """Return a function that starts every example from the same stored profile."""
    profile = Profile.objects.get(cycle=here)
    start = {name: getattr(profile, name) for name in FIELDS}

    def fresh():
        row = Profile.objects.get(pk=profile.pk)
        for name, value in start.items():
            setattr(row, name, value)
        save_versioned(row, by=people["editor"], expected_version=row.version, fields=FIELDS)
        return Profile.objects.get(pk=profile.pk), start, people["editor"]

    return fresh
