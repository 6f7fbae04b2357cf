"""What the tests of the exchange share: a file that was made, its parts, and answers to it."""

import io
import json
import zipfile

from reports.delivery.exchange import packing
from tests import world


def address(piece, report=None):
    """Return an address of the report's pages."""
    return f"/m/990019/2026/reports/{(report or world.report_of()).pk}/{piece}/"


def packed(people, *, adviser="adviser"):
    """Return the file of 見本市's submitted report; the test is within 見本市."""
    report = world.report_of()
    return packing.pack(report, adviser=people[adviser], by=people["editor"]).content


def members_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def zipped(members, *, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def answer_to(content, **other):
    """Return what the reader would write for a file: two comments and no decision, unless told otherwise."""
    told = json.loads(members_of(content)["manifest.json"])
    answer = {
        "format": "hccp-answer-1",
        "number": told["number"],
        "version": told["version"],
        "sha256": told["sha256"],
        "ticket": told["adviser"],
        "is_draft": False,
        "comments": [
            comment("policy", "方針の根拠を書いてください。"),
            comment("goals", "良い姿です。"),
        ],
        "decision": None,
    }
    return answer | other


def comment(section, text, kind="suggestion", quote=""):
    return {"section": section, "kind": kind, "text": text, "quote": quote}


def decision(kind="advised", text="", wanted_on=None, *, opens_all=False):
    return {"kind": kind, "text": text, "wanted_on": wanted_on, "opens_all": opens_all}


def file_of(answer, name="answer.json"):
    """Return an upload of an answer, or of bytes."""
    content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    file = io.BytesIO(content)
    file.name = name
    return file
