"""The installation's key: made once, closed to others, and nothing passes that it has not signed."""

import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from municipalities.kernel import signing

CONTENT = b"what leaves the house"


@pytest.fixture
def installation(tmp_path, settings):
    """Return a function that moves to the installation of this name."""

    def move(name="here"):
        settings.SIGNING_KEY = tmp_path / name / "keys" / "signing.pem"
        return settings.SIGNING_KEY

    move()
    return move


def test_the_key_is_made_on_first_use_and_read_by_its_owner_only(installation):
    path = installation()
    first = signing.public_key()

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert signing.public_key() == first
    assert [one.name for one in path.parent.iterdir()] == ["signing.pem"]


def test_two_processes_that_make_a_key_at_once_end_with_the_same_one(installation):
    path = installation()
    gate, found = threading.Barrier(4), []

    def use():
        gate.wait()
        signing._make(path)
        found.append(signing.public_key())

    threads = [threading.Thread(target=use) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(found) == 4
    assert len(set(found)) == 1


def test_a_signature_is_of_these_bytes_by_this_key(installation):
    signature, public = signing.sign(CONTENT), signing.public_key()
    installation("elsewhere")

    assert signing.is_signed(CONTENT, signature, public=public)
    assert not signing.is_signed(CONTENT, signature, public=signing.public_key())
    assert not signing.is_signed(CONTENT + b" ", signature, public=public)
    assert not signing.is_signed(CONTENT, b"", public=public)
    assert not signing.is_signed(CONTENT, signature, public=b"short")


@given(at=st.integers(0, 63), bit=st.integers(0, 7))
def test_a_signature_with_one_bit_changed_is_none(at, bit):
    signature = bytearray(signing.sign(CONTENT))
    signature[at] ^= 1 << bit

    assert not signing.is_signed(CONTENT, bytes(signature), public=signing.public_key())


def test_a_fingerprint_is_short_and_of_one_key(installation):
    ours = signing.fingerprint()
    installation("elsewhere")

    assert len(ours) == 29
    assert set(ours) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567-")
    assert signing.fingerprint() != ours


def test_what_was_sealed_here_is_read_here_only(installation):
    sealed = signing.seal(CONTENT)

    assert CONTENT.decode() not in sealed
    assert signing.unseal(sealed) == CONTENT
    installation("elsewhere")
    with pytest.raises(signing.NotOurs):
        signing.unseal(sealed)


@pytest.mark.parametrize("text", ["", "x", "表", "\ud800", "A" * 200, "=" * 40])
def test_what_was_never_sealed_is_refused(installation, text):
    with pytest.raises(signing.NotOurs):
        signing.unseal(text)


def test_every_changed_letter_of_a_sealed_text_is_refused(installation):
    sealed = signing.seal(CONTENT)
    for at, letter in enumerate(sealed):
        changed = sealed[:at] + ("B" if letter == "A" else "A") + sealed[at + 1 :]
        with pytest.raises(signing.NotOurs):
            signing.unseal(changed)


def test_a_damaged_key_is_named_and_never_replaced(installation):
    path = installation()
    signing.public_key()
    path.write_bytes(b"damaged")

    with pytest.raises(ImproperlyConfigured, match="restore it"):
        signing.sign(CONTENT)
    assert path.read_bytes() == b"damaged"
