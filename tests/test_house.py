"""Promises of the repository itself: what it names, what it locks, what its documents say."""

import ast
import fnmatch
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "municipalities",
    "logicmodels",
    "indicators",
    "councils",
    "coordinators",
    "surveys",
    "reports",
)
LOCKS = ("requirements.txt", "requirements-dev.txt")
# Folders in which somebody's checkout or home lies; a container's /app and /tmp are everybody's.
MACHINE_PATH = re.compile(r"(?<![\w.:}>-])/(?:work|root|home|Users)/\w")
# A package index by its address, whichever it is; a project's own site is no index.
PACKAGE_INDEX = re.compile(
    r"https?://[^/\s\"']*(?:pypi|pythonhosted|npmjs|registry|artifact|nexus|devpi|verdaccio|mirror)"
    r"|https?://deb\.|--(?:extra-)?index-url[ =]https?:",
    re.IGNORECASE,
)
TARGET = re.compile(r"^([a-z][a-z0-9-]*):", re.MULTILINE)
PINNED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]+\])?==\S+")


@cache
def ignored() -> tuple[str, ...]:
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def is_ignored(path: Path) -> bool:
    """Say whether .gitignore names this path; the tree may be an archive without git."""
    relative = path.relative_to(ROOT).as_posix()
    return path.name == ".git" or any(
        fnmatch.fnmatch(f"/{relative}" if rule.startswith("/") else path.name, rule.rstrip("/"))
        for rule in ignored()
    )


def files_below(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.iterdir()):
        if is_ignored(path):
            continue
        if path.is_dir():
            found += files_below(path)
        else:
            found.append(path)
    return found


@cache
def texts() -> dict[str, str]:
    """Return every text file of the repository by its relative path."""
    found = {}
    for path in files_below(ROOT):
        content = path.read_bytes()
        if b"\0" not in content[:8192]:
            found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8", "replace")
    return found


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number} {match[0]}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if (match := pattern.search(line))
    ]


def client_hosts() -> set[str]:
    """Return the hosts that this machine's package clients are configured to ask."""
    told = [subprocess_output(sys.executable, "-m", "pip", "config", "list")]
    if npm := shutil.which("npm"):
        told.append(subprocess_output(npm, "config", "get", "registry"))
    for pattern in ("sources.list", "sources.list.d/*"):
        told += [path.read_text() for path in Path("/etc/apt").glob(pattern) if path.is_file()]
    addresses = re.findall(r"https?://([^/\s\"']+)", "\n".join(told))
    return {address.rpartition("@")[2].partition(":")[0] for address in addresses}


def subprocess_output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout


def requirement_blocks(lock: str) -> list[str]:
    """Return the lock's requirements, each with its continuation lines in one string."""
    joined = (ROOT / lock).read_text().replace("\\\n", " ")
    return [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]


def makefile_targets() -> set[str]:
    return set(TARGET.findall((ROOT / "Makefile").read_text()))


def test_no_file_names_a_path_of_somebodys_machine():
    assert places(MACHINE_PATH) == []


def test_no_file_names_a_package_index():
    assert places(PACKAGE_INDEX) == []


def test_no_file_names_a_host_that_this_machines_package_clients_ask():
    hosts = "|".join(re.escape(host) for host in sorted(client_hosts()))
    if not hosts:
        pytest.skip("the package clients of this machine use their defaults")

    assert places(re.compile(rf"(?<![\w.-])(?:{hosts})(?![\w.-])")) == []


@pytest.mark.parametrize(
    "line",
    [
        "cache = '/" + "home/somebody/cache'",
        "cd /" + "work/main && make",
        "see /" + "Users/somebody/notes",
    ],
)
def test_a_path_of_a_machine_would_be_found(line):
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "--index-url " + "https://packages.example/simple",
        '"resolved": "https://' + 'registry.example/htmx.org.tgz"',
        "https://" + "pypi.example/simple",
    ],
)
def test_a_package_index_would_be_found(line):
    assert PACKAGE_INDEX.search(line)


@pytest.mark.parametrize(
    "line", ["/m/082015/2023/home/", "https://github.com/sponsors/twbs", "/app/var/media"]
)
def test_addresses_of_the_product_and_of_people_are_not_mistaken(line):
    assert not MACHINE_PATH.search(line)
    assert not PACKAGE_INDEX.search(line)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_a_hash_and_has_no_address(lock):
    blocks = requirement_blocks(lock)

    assert blocks
    assert [block for block in blocks if not PINNED.match(block)] == []
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert [block for block in blocks if "://" in block] == []


def test_the_npm_lock_has_hashes_and_no_addresses():
    lock = texts()["package-lock.json"]

    assert '"resolved"' not in lock
    assert lock.count('"node_modules/') == lock.count('"integrity": "sha512-')


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_owns(app):
    assert ast.get_docstring(ast.parse((ROOT / app / "__init__.py").read_text()))


def test_there_is_no_eighth_app():
    found = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert found == set(APPS)


def test_the_changelog_tells_of_what_is_coming_or_released():
    changelog = texts()["CHANGELOG.md"]

    assert re.search(r"^## \[(?:Unreleased|\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert re.search(r"^- \S", changelog, re.MULTILINE)


@pytest.mark.parametrize("document", ["README.md", "STYLE.md", "docs/architecture.md"])
def test_every_command_that_a_document_names_exists(document):
    named = set(re.findall(r"`make ([a-z][a-z0-9-]*)", texts()[document]))

    assert named
    assert named <= makefile_targets()


def test_every_link_between_documents_leads_somewhere():
    broken = [
        f"{name}: {target}"
        for name, text in texts().items()
        if name.endswith(".md")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
        if not (ROOT / name).parent.joinpath(target).exists()
    ]

    assert broken == []


def test_every_record_of_a_decision_has_its_number_once():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]

    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_every_record_that_the_code_cites_exists():
    known = {path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")}
    cited = {
        number
        for name, text in texts().items()
        if name.endswith((".py", ".toml", ".md", ".yml"))
        for number in re.findall(r"docs/adr/(\d{4})", text)
    }

    assert cited <= known


def test_the_compose_file_asks_for_every_secret():
    compose = texts()["docker-compose.yml"]
    secrets = re.findall(r"\$\{([A-Z_]*(?:PASSWORD|SECRET|KEY)[A-Z_]*)(:\?)?", compose)

    assert {name for name, _ in secrets} >= {"SECRET_KEY", "DB_PASSWORD", "REDIS_PASSWORD"}
    assert [name for name, mandatory in secrets if not mandatory] == []


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("dnf", "sudo dnf install -y pango harfbuzz fontconfig"),
        ("apk", "sudo apk add pango harfbuzz-subset fontconfig"),
        ("brew", "brew install pango"),
    ],
)
def test_set_up_without_a_system_library_says_what_to_type(tmp_path, manager, line):
    done = set_up_lacking_a_library(tmp_path, programs=[manager, "npm"])

    assert done.returncode == 1
    assert "libabsent.so.0" in done.stderr
    assert f"  {line}\n" in done.stderr


def test_set_up_without_a_known_package_manager_names_them_all(tmp_path):
    done = set_up_lacking_a_library(tmp_path, programs=["npm"])

    assert done.returncode == 1
    for command in ("apt-get install", "dnf install", "apk add", "brew install"):
        assert command in done.stderr


def set_up_lacking_a_library(folder, *, programs):
    """Run a copy of the set-up that asks for a library nobody has, with only these programs on PATH."""
    script = folder / "tools" / "ensure.py"
    script.parent.mkdir()
    asked = '"libgobject-2.0.so.0": "gobject-2.0"'
    text = texts()["tools/ensure.py"]
    assert asked in text
    script.write_text(text.replace(asked, '"libabsent.so.0": "absent"'))
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    binaries = folder / "bin"
    binaries.mkdir()
    for program in programs:
        (binaries / program).write_text("#!/bin/sh\nexit 99\n")
        (binaries / program).chmod(0o755)
    return subprocess.run(
        [sys.executable, script, "runtime"],
        env={"PATH": str(binaries)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
