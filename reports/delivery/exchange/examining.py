"""Looking an exchange file over on the other side: who made it, of which report, and whether it is unaltered."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from municipalities.kernel import signing
from reports.delivery.exchange import manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.delivery.exchange.manifest import Manifest

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED, LARGEST_MANIFEST = 100 * MEGABYTE, 64 * 1024
MOST_MEMBERS = 10
# Text of ours packs ten to one; a bomb packs a thousand to one.
MOST_RATIO, SMALL = 100, MEGABYTE
CHUNK = 64 * 1024
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
TOO_LARGE = "ファイルが大きすぎます。この形式のファイルは20MBまでです。"
NO_ZIP = "交換用ファイル（.zip）として読めません。受け取ったzipファイルを、解凍せずにそのまま選んでください。"
STRANGE = "交換用ファイルとは違うzipファイルです。名前の末尾が「-v1.zip」のような、受け取ったファイルを選んでください。"
# A damaged or crafted archive fails in the library in any of these ways; an unknown method is a RuntimeError.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)
BROKEN = (
    "署名が合いません。途中で書き換えられたか、壊れています。相手にもう一度送ってもらってください。"
)


class Unreadable(ValueError):
    """This is no exchange file; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at, and what was found."""

    is_good: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Examined:
    """`installation` is empty where nobody has registered its fingerprint here."""

    manifest: Manifest
    fingerprint: str
    installation: str
    lines: tuple[Line, ...]

    @property
    def is_unaltered(self) -> bool:
        return all(line.is_good for line in self.lines)

    @property
    def is_known(self) -> bool:
        return bool(self.installation)


def examine(content: bytes) -> Examined:
    """Look a file over. Raises Unreadable for anything that is none of ours by its looks."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_strange(archive.infolist())
            return _examine(archive)
    except (Unreadable, manifest.Unreadable) as error:
        raise Unreadable(str(error) or STRANGE) from error
    except DAMAGED as error:
        raise Unreadable(NO_ZIP) from error


def refuse_strange(members: list[zipfile.ZipInfo]) -> None:
    """Refuse by the list of what is inside, before anything is unpacked."""
    names = [one.filename for one in members]
    ours = {manifest.NAME, manifest.SIGNATURE, *manifest.MEMBERS}
    if len(members) > MOST_MEMBERS or len(set(names)) != len(names) or not set(names) <= ours:
        raise Unreadable(STRANGE)
    if not {manifest.NAME, manifest.SIGNATURE} <= set(names):
        raise Unreadable(STRANGE)
    if any(one.flag_bits & 1 or one.compress_type not in METHODS for one in members):
        raise Unreadable(STRANGE)
    if sum(one.file_size for one in members) > LARGEST_UNPACKED or any(map(is_bomb, members)):
        raise Unreadable(TOO_LARGE)


def is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(SMALL, MOST_RATIO * member.compress_size)


def _examine(archive: zipfile.ZipFile) -> Examined:
    written, signature = _small(archive, manifest.NAME), _small(archive, manifest.SIGNATURE)
    told = manifest.read(written)
    is_signed = signing.is_signed(written, signature, public=told.key)
    whole = Line(True, "署名は正しく、目録は作られたときのままです。")
    lines = [whole if is_signed else Line(False, BROKEN)]
    lines += _members(archive, told)
    if manifest.DOCUMENT in archive.namelist():
        lines.append(_document(archive, told))
    fingerprint = signing.fingerprint(told.key)
    return Examined(told, fingerprint, name_of(fingerprint), tuple(lines))


def name_of(fingerprint: str) -> str:
    """Return what we call the installation with this key; empty for one that we do not know."""
    if fingerprint == signing.fingerprint():
        return "この環境"
    return settings.TRUSTED_KEYS.get(fingerprint, "")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST_MANIFEST:
        raise Unreadable(STRANGE)
    return archive.read(name)


def _members(archive: zipfile.ZipFile, told: Manifest) -> Iterator[Line]:
    """Compare what lies there with what the manifest names."""
    there = set(archive.namelist()) & set(manifest.MEMBERS)
    for name in sorted({manifest.DOCUMENT, *there, *told.members}):
        if name not in there:
            yield Line(False, f"「{name[:80]}」がありません。")
        elif name not in told.members:
            yield Line(False, f"目録にない「{name}」が加えられています。")
        elif _sha256(archive, name) == told.members[name]:
            yield Line(True, f"「{name}」は、作られたときのままです。")
        else:
            yield Line(False, f"「{name}」が、作られた後に書き換えられています。")


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    total = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()


def _document(archive: zipfile.ZipFile, told: Manifest) -> Line:
    """Compare the document with what the manifest says of it: a signed manifest may lie about it, too."""
    content = archive.read(manifest.DOCUMENT)
    try:
        head = json.loads(content)["report"]
        same = (head["number"], head["version"]) == (told.number, told.version)
    except (ValueError, KeyError, TypeError, RecursionError):
        same = False
    if same and hashlib.sha256(content).hexdigest() == told.sha256:
        return Line(True, f"文書は、受付番号 {told.number} の第{told.version}版です。")
    return Line(False, "文書が、目録に書かれた報告書・版のものではありません。")
