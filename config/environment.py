"""What the environment may say, and the clear refusal when it says too little or something else."""

import difflib
import os
import re
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

MODES = ("embedded", "demo", "production")
REQUIRED_IN_PRODUCTION = (
    "SECRET_KEY",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "ALLOWED_HOSTS",
    "BASE_URL",
    "MEDIA_ROOT",
)
KNOWN = frozenset(
    (
        *REQUIRED_IN_PRODUCTION,
        "APP_MODE",
        "ATTACH_REPORTS",
        "DATA_DIR",
        "PORT",
        "PUBLIC_BASE_URL",
        "DEMO_PASSWORD",
        "DEFAULT_FROM_EMAIL",
        "JOB_LEASE_SECONDS",
        "JOB_HEARTBEAT_SECONDS",
        "JOB_SWEEP_SECONDS",
        "REPORT_DIGEST_MINUTES",
        "REQUIRE_MFA",
        "TRUSTED_KEYS",
        "TRUST_PROXY",
    )
)
# Close enough to one of ours to be a slip of the finger, e.g. DATABSE_URL.
LIKENESS = 0.88
FINGERPRINT = re.compile(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){5}")

env = environ.Env()


def refuse_misspelt(names: list[str]) -> None:
    """Raise ImproperlyConfigured for a variable that is almost one of ours."""
    for name in names:
        if name in KNOWN:
            continue
        if close := difflib.get_close_matches(name, KNOWN, n=1, cutoff=LIKENESS):
            raise ImproperlyConfigured(f"Unknown variable {name}: did you mean {close[0]}?")


def mode() -> str:
    chosen = env.str("APP_MODE", default="embedded")
    if chosen not in MODES:
        raise ImproperlyConfigured(f"APP_MODE must be one of {', '.join(MODES)}, not {chosen!r}")
    return chosen


def refuse_incomplete_production() -> None:
    """Name everything that is missing at once, so that one restart mends it."""
    missing = [name for name in REQUIRED_IN_PRODUCTION if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured("Production needs these variables: " + ", ".join(missing))
    if os.environ.get("DEBUG"):
        raise ImproperlyConfigured("DEBUG has no place in production: unset it")


def close_to_others(folder: Path) -> None:
    """Take a folder of ours away from other users. Raises ImproperlyConfigured if it is not ours."""
    if not folder.stat().st_mode & 0o077:
        return
    try:
        folder.chmod(0o700)
    except PermissionError as error:
        raise ImproperlyConfigured(f"{folder} is open to other users: chmod 700 it") from error


def secret_key(data_dir: Path) -> str:
    """Return SECRET_KEY, or the installation's own one: made once, readable by its owner only."""
    if given := env.str("SECRET_KEY", default=""):
        return given
    kept = data_dir / "secret-key"
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return kept.read_text().strip()


def refuse_open_key(path: Path) -> None:
    """Raise ImproperlyConfigured when other users can read a private key: they may have a copy."""
    if path.exists() and path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(
            f"{path} is readable by other users. Make a new key (delete the file) or, "
            "if nobody can have copied it: chmod 600 it"
        )


def trusted_keys() -> dict[str, str]:
    """Return the installations whose exchange files are known: fingerprint → name.

    `TRUSTED_KEYS` holds name=FINGERPRINT, divided by commas.
    """
    known = {}
    for entry in env.list("TRUSTED_KEYS", default=[]):
        name, _, fingerprint = (part.strip() for part in entry.partition("="))
        if not (name and FINGERPRINT.fullmatch(fingerprint)):
            raise ImproperlyConfigured(
                f"TRUSTED_KEYS reads name=ABCD-EFGH-IJKL-MNOP-QRST-UVWX,…, not {entry!r}"
            )
        known[fingerprint] = name
    return known
