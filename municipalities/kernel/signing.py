"""The installation's own key: it signs what leaves here as a file, and seals what only we may read again.

Ed25519, kept as a file that is made on first use; other installations are known by their fingerprint.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from pathlib import Path

# 120 bits: too many to find a second key for, few enough to read out on the telephone.
FINGERPRINT_BYTES, GROUP = 15, 4
SEALING = b"sealed texts of this installation"


class NotOurs(ValueError):
    """A sealed text was not made here, or was changed on its way."""


def sign(content: bytes) -> bytes:
    """Return the installation's signature of these bytes."""
    return _key().sign(content)


def public_key() -> bytes:
    """Return the public half of the installation's key: 32 bytes."""
    return _key().public_key().public_bytes_raw()


def is_signed(content: bytes, signature: bytes, *, public: bytes) -> bool:
    """Say whether the holder of this public key has signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes | None = None) -> str:
    """Return what people compare of a public key, ours unless told: 「ABCD-EFGH-…」, 24 signs of A–Z and 2–7."""
    digest = hashlib.sha256(public_key() if public is None else public).digest()
    text = base64.b32encode(digest[:FINGERPRINT_BYTES]).decode()
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def seal(content: bytes) -> str:
    """Return a text that says nothing to others, and that nobody can change or make but us."""
    return _box().encrypt(content).decode()


def unseal(text: str) -> bytes:
    """Return what was sealed here. Raises NotOurs."""
    try:
        content = _box().decrypt(text)
    except (InvalidToken, ValueError) as error:
        raise NotOurs(text) from error
    # Base64 has spare bits: only the spelling that we gave out is ours.
    if base64.urlsafe_b64encode(base64.urlsafe_b64decode(text)).decode() != text:
        raise NotOurs(text)
    return content


def _box() -> Fernet:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=SEALING)
    return Fernet(base64.urlsafe_b64encode(derive.derive(_key().private_bytes_raw())))


def _key() -> Ed25519PrivateKey:
    path: Path = settings.SIGNING_KEY
    if not path.exists():
        _make(path)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise ImproperlyConfigured(f"{path} holds no key: restore it from a backup") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"{path} holds a key of another kind than Ed25519")
    return key


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; of two processes that do so at once, one wins for both."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    mine = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never takes the place of a key that is there.
        path.hardlink_to(mine)
    except FileExistsError:
        return
    finally:
        mine.unlink(missing_ok=True)
