"""Tokens: a secret that is shown once and kept as a hash."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from municipalities.kernel import tokens
from municipalities.kernel.tokens import Token, TokenKind


@pytest.fixture
def editor(people):
    return people["editor"]


@pytest.fixture
def issued(editor):
    return tokens.issue(TokenKind.API, user=editor, label="集計表")


def holder(secret):
    return tokens.user_of(secret, kind=TokenKind.API)


def test_the_holder_of_the_secret_is_its_user(issued, editor):
    secret, token = issued

    assert holder(secret) == editor
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_the_secret_itself_is_kept_nowhere(issued):
    secret, token = issued

    stored = Token.objects.filter(pk=token.pk).values_list().get()
    assert not any(secret in str(value) for value in stored)
    assert len(secret) >= 43


@pytest.mark.parametrize("change", ["revoke", "expire", "switch off", "alter"])
def test_a_token_that_no_longer_counts_opens_nothing(issued, editor, change):
    secret, token = issued
    assert holder(secret)
    if change == "revoke":
        tokens.revoke(token)
    elif change == "expire":
        Token.objects.update(expires_at=timezone.now())
    elif change == "switch off":
        editor.is_active = False
        editor.save()
    else:
        secret = secret[:-1] + ("A" if secret[-1] != "A" else "B")

    assert holder(secret) is None


@pytest.mark.parametrize("secret", ["", "\ud800", "\x00", "あ" * 10_000])
def test_no_typed_nonsense_breaks_the_look_up(db, secret):
    assert holder(secret) is None


def test_a_token_ends_at_its_time(editor):
    end = timezone.now() + dt.timedelta(hours=1)
    secret, _ = tokens.issue(TokenKind.API, user=editor, label="x", expires_at=end)

    with time_machine.travel(end - dt.timedelta(seconds=1), tick=False):
        assert holder(secret)
    with time_machine.travel(end, tick=False):
        assert holder(secret) is None


def test_the_use_of_a_token_is_noted_once_an_hour(issued):
    secret, _ = issued
    holder(secret)
    first = Token.objects.get().last_used_at

    holder(secret)

    assert Token.objects.get().last_used_at == first


def test_a_revoked_token_stays_revoked_from_the_first_time(issued):
    _, token = issued
    tokens.revoke(token)
    first = Token.objects.get().revoked_at

    tokens.revoke(token)

    assert Token.objects.get().revoked_at == first


class TestADerivedSecret:
    """One that this installation can tell again: for a mail that is composed later."""

    @pytest.fixture
    def derived(self, editor):
        ends = timezone.now() + dt.timedelta(hours=1)
        return tokens.issue_derived(TokenKind.INVITATION, user=editor, expires_at=ends)

    def test_is_told_again_and_found_but_stored_nowhere(self, derived):
        secret = tokens.secret_of(derived)

        stored = Token.objects.filter(pk=derived.pk).values_list().get()
        assert tokens.find(secret, kind=TokenKind.INVITATION) == derived
        assert not any(secret in str(value) for value in stored)

    def test_differs_from_token_to_token_and_from_kind_to_kind(self, derived, editor):
        ends = derived.expires_at
        other = tokens.issue_derived(TokenKind.INVITATION, user=editor, expires_at=ends)

        assert tokens.secret_of(other) != tokens.secret_of(derived)
        assert tokens.find(tokens.secret_of(derived), kind=TokenKind.API) is None
        assert holder(tokens.secret_of(derived)) is None

    def test_is_lost_with_the_installations_key(self, derived, settings):
        settings.SECRET_KEY = "another-key-of-the-installation"

        with pytest.raises(tokens.SecretLost):
            tokens.secret_of(derived)

    def test_is_spent_by_the_first_who_comes(self, derived):
        assert tokens.spend(derived)
        assert not tokens.spend(derived)

    def test_is_not_spent_after_its_end(self, derived):
        with time_machine.travel(derived.expires_at, tick=False):
            assert not tokens.spend(derived)
