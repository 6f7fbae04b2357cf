"""Drafts: kept on the server, for their author, and never in the way of a later save."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from municipalities.kernel import drafts
from municipalities.kernel.drafts import Draft


@pytest.fixture
def editor(people):
    return people["editor"]


def keep(author, text="書きかけ", *, base_version=1):
    return drafts.keep(
        author=author, form_key="profile", base_version=base_version, fields={"strengths": text}
    )


def row(*, by, version=1, saved_ago=60):
    at = timezone.now() - dt.timedelta(seconds=saved_ago)
    return SimpleNamespace(pk=1, version=version, updated_by_id=by.pk, updated_at=at)


def found(stored, author):
    return drafts.newer_than(stored, author=author, form_key="profile")


def test_the_latest_typing_replaces_the_former(here, editor):
    keep(editor, "一")
    keep(editor, "一二\n𠮷👨‍👩‍👧")

    assert Draft.objects.get().fields == {"strengths": "一二\n𠮷👨‍👩‍👧"}


def test_a_draft_is_seen_by_its_author_only(here, editor, people):
    keep(editor)

    assert found(row(by=editor), people["viewer"]) is None


@pytest.mark.parametrize("text", ["あ" * 200_001, "nul\x00", "\ud800"])
def test_what_cannot_be_kept_leaves_the_former_draft(here, editor, text):
    keep(editor, "前")

    assert keep(editor, text) is None
    assert Draft.objects.get().fields == {"strengths": "前"}


def test_a_draft_newer_than_the_save_is_offered(here, editor):
    keep(editor)

    assert found(row(by=editor), editor)


def test_a_draft_older_than_ones_own_save_is_not_offered(here, editor):
    keep(editor)

    assert found(row(by=editor, version=2, saved_ago=-5), editor) is None


def test_a_straggler_that_arrives_just_after_the_save_is_not_offered(here, editor):
    keep(editor, base_version=1)

    assert found(row(by=editor, version=2, saved_ago=2), editor) is None


def test_typing_on_over_an_old_version_is_offered(here, editor):
    keep(editor, base_version=1)

    assert found(row(by=editor, version=2, saved_ago=120), editor)


def test_somebody_elses_save_never_hides_a_draft(here, editor, people):
    keep(editor)

    assert found(row(by=people["manager"], version=9, saved_ago=-5), editor)


def test_a_dropped_draft_is_gone(here, editor):
    keep(editor)
    drafts.drop(author=editor, form_key="profile")

    assert not Draft.objects.exists()
