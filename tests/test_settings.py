"""The settings refuse to start, in plain words, on an environment that says too little or something else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "APP_MODE": "production",
    "SECRET_KEY": "x" * 60,
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "CACHE_URL": "redis://127.0.0.1:1/1",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "ALLOWED_HOSTS": "pdca.example.jp",
    "BASE_URL": "https://pdca.example.jp",
    "MEDIA_ROOT": "/nowhere/media",
}


def start(tmp_path, **variables):
    """Read the settings in a process of their own; return its exit code and what it said."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", "from config import settings; print(settings.APP_MODE)"],
        cwd=ROOT,
        env=clean | {"DATA_DIR": str(tmp_path / "data")} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_nothing_said_means_one_pc(tmp_path):
    assert start(tmp_path) == (0, "embedded\n")


def test_production_names_everything_that_is_missing_at_once(tmp_path):
    code, said = start(tmp_path, APP_MODE="production", SECRET_KEY="x" * 60)

    assert code != 0
    for name in set(PRODUCTION) - {"APP_MODE", "SECRET_KEY"}:
        assert name in said


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"APP_MODE"}))
def test_production_refuses_to_start_without(tmp_path, name):
    code, said = start(tmp_path, **{key: PRODUCTION[key] for key in PRODUCTION if key != name})

    assert code != 0
    assert name in said


def test_production_starts_when_all_is_said(tmp_path):
    assert start(tmp_path, **PRODUCTION) == (0, "production\n")


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"DATABSE_URL": "x"}, "DATABASE_URL"),
        ({"APP_MODE": "prod"}, "production"),
        ({**PRODUCTION, "DEBUG": "1"}, "DEBUG"),
    ],
    ids=["misspelt", "mode", "debug"],
)
def test_what_cannot_be_meant_is_named(tmp_path, wrong, hint):
    code, said = start(tmp_path, **wrong)

    assert code != 0
    assert hint in said


def test_each_installation_makes_its_own_secret_readable_by_its_owner_only(tmp_path):
    start(tmp_path / "one")
    start(tmp_path / "two")
    secrets = [tmp_path / name / "data" / "secret-key" for name in ("one", "two")]

    assert secrets[0].read_text() != secrets[1].read_text()
    assert secrets[0].stat().st_mode & 0o777 == 0o600
    start(tmp_path / "one")
    assert len(secrets[0].read_text()) > 50


def test_the_data_folder_is_closed_to_other_users(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    start(tmp_path)

    assert folder.stat().st_mode & 0o777 == 0o700


def test_production_refuses_a_signing_key_that_others_can_read(tmp_path):
    key = tmp_path / "data" / "keys" / "signing.pem"
    key.parent.mkdir(parents=True)
    key.write_text("key")
    key.chmod(0o600)
    closed, _ = start(tmp_path, **PRODUCTION)
    key.chmod(0o640)
    opened, said = start(tmp_path, **PRODUCTION)

    assert closed == 0
    assert opened != 0
    assert "signing.pem" in said
    assert "chmod 600" in said


@pytest.mark.parametrize("entry", ["茨城県", "茨城県=ABCD", "=ABCD-EFGH-IJKL-MNOP-QRST-UVWX"])
def test_a_trusted_key_that_cannot_be_read_is_named(tmp_path, entry):
    code, said = start(tmp_path, TRUSTED_KEYS=f"京都府=ABCD-EFGH-IJKL-MNOP-QRST-UVWX,{entry}")

    assert code != 0
    assert "TRUSTED_KEYS" in said
    assert entry in said
