"""The commands of the document: out into a file, back from it, and problems by their pointer."""

import json
import os
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from logicmodels.models import Issue
from municipalities.models import Change
from municipalities.tenancy import within
from reports.document import assembly
from tests import world

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def exported(code=world.OURS):
    out = StringIO()
    call_command("export_document", code, str(world.YEAR), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    """Keep a text or bytes as a file and return its name."""

    def keep(content):
        path = tmp_path / "年度.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return keep


def imported(name, *, login="editor"):
    out = StringIO()
    call_command("import_document", name, "--as", login, stdout=out)
    return out.getvalue()


def refusal(name, **options):
    with pytest.raises(CommandError) as caught:
        imported(name, **options)
    return str(caught.value)


def test_what_is_exported_is_the_canonical_document(here):
    assert exported() == assembly.canonical(assembly.assemble(here)).decode() + "\n"


def test_export_and_import_bring_a_year_back(file, here):
    saved = exported()
    name = file(saved)
    Issue.objects.filter(cycle=here).update(text="あとで変えた文")
    Issue.objects.create(cycle=here, key="later", text="あとで足した課題")
    assert exported() != saved

    assert imported(name) == "imported\n"
    assert exported() == saved


def test_importing_what_is_there_changes_nothing(file, here):
    name = file(exported())
    written = Change.objects.count()

    imported(name)

    assert Change.objects.count() == written


def test_a_file_with_a_byte_order_mark_is_read(file):
    assert imported(file(b"\xef\xbb\xbf" + exported().encode())) == "imported\n"


def test_a_document_comes_from_standard_input_too(monkeypatch):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(exported().encode()), "ascii"))

    assert imported("-") == "imported\n"


def test_problems_are_printed_by_pointer_and_nothing_is_written(file):
    before = exported()
    document = json.loads(before)
    document["profile"]["strengths"] = "よい変更"
    document["issues"][0]["scene"] = "home"
    document["issues"][2]["text"] = ""

    lines = refusal(file(json.dumps(document))).splitlines()

    assert [line.split(": ")[0] for line in lines] == ["/issues/0/scene", "/issues/2/text"]
    assert exported() == before


def test_problems_with_what_is_stored_are_printed_too(file):
    document = json.loads(exported())
    document["support_steps"] = []

    assert refusal(file(json.dumps(document))).startswith("/support_steps: 「")


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (b"", "/: JSON"),
        (b"[]", "/: "),
        (b"{}", "/schema_version: "),
        (b'{"fiscal_year": 1e999}', "/: JSON"),
        (rb'{"fiscal_year": "\u0000"}', "/fiscal_year: 保存できない文字"),
    ],
)
def test_a_file_that_is_no_document_is_refused(file, content, beginning):
    assert refusal(file(content)).startswith(beginning)


@pytest.mark.parametrize(
    ("place", "year", "sentence"),
    [
        ("999999", world.YEAR, "There is no municipality 999999."),
        ("', '", world.YEAR, "There is no municipality ', '."),
        (world.OURS, 1999, "990019 has no year 1999."),
        (world.OURS, 10**30, f"990019 has no year {10**30}."),
    ],
)
def test_a_year_that_is_not_here_is_refused(file, place, year, sentence):
    document = json.loads(exported()) | {"fiscal_year": year}
    document["municipality"]["code"] = place

    assert refusal(file(json.dumps(document))) == sentence


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "cannot be read" in refusal(str(tmp_path / "nowhere.json"))
    assert "cannot be read" in refusal(str(tmp_path))


@pytest.mark.parametrize("login", ["nobody", "viewer"])
def test_somebody_active_answers_for_an_import(file, people, login):
    people["viewer"].is_active = False
    people["viewer"].save(update_fields=["is_active"])

    assert refusal(file(exported()), login=login) == f"There is no active account {login}."


def test_the_import_is_recorded_under_that_account(file, here, people):
    document = json.loads(exported())
    document["issues"][0]["text"] = "書き直した課題"

    imported(file(json.dumps(document)), login="manager")

    with within(here.municipality):
        change = Change.objects.first()
    assert (change.deed, change.actor) == ("import", people["manager"])


@pytest.mark.parametrize("arguments", [["999999", "2026"], ["990019", "1999"]])
def test_exporting_what_is_not_here_is_refused(arguments):
    with pytest.raises(CommandError, match=r"There is no municipality|has no year"):
        call_command("export_document", *arguments)


def test_a_refusal_ends_the_process_with_exit_code_1(tmp_path):
    """A real process on an empty database of its own, as a script would call it."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "PYTHONWARNINGS": "ignore",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
    }

    def manage(*arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
            timeout=120,
        )

    assert manage("migrate", "--verbosity", "0").returncode == 0
    ended = manage("export_document", "990019", "2026")
    assert ended.returncode == 1
    assert ended.stdout == b""
    assert b"There is no municipality 990019." in ended.stderr
