"""A whole installation of the product for the browser tests: `manage.py demo` in a directory of its own."""

import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from municipalities.operating import demo

ROOT = Path(__file__).resolve().parents[2]
# The browser tests choose these themselves; the caller's would be somebody's real ones.
CHOSEN_HERE = ("APP_MODE", "BASE_URL", "DATA_DIR", "MEDIA_ROOT", "EMAIL_URL", "DEMO_PASSWORD")
# As long as a busy machine takes: who waits in vain waits for nothing, and a quick one does not wait.
READY_SECONDS = 600
RUN_SECONDS = 240
STOP_SECONDS = 25
PASSWORD = demo.DEFAULT_PASSWORD
COLLEAGUE, CODES = "mihon-colleague", "mihon-codes"
NEWCOMER, TWO_TOWNS = "mihon-newcomer", "mihon-two-towns"
NATIONWIDE = "nationwide-officer"
# Every town of the demo has a year: whoever begins one needs a village of his own.
BEGINNER, VILLAGE, VILLAGE_NAME = "mihon-beginner", "990043", "見本島村"

# Beside the demo's accounts: a second editor, one who sets up codes, one without a desk, one with two,
# an officer of every prefecture, and the editor of a village without a year.
MORE_ACCOUNTS = f"""
from municipalities.choices import Role, ScopeKind
from municipalities.models import Membership, Municipality, Prefecture, User
Municipality.objects.get_or_create(
    code="{VILLAGE}",
    defaults=dict(
        name="{VILLAGE_NAME}",
        kana="みほんしまむら",
        kind="village",
        prefecture=Prefecture.objects.get(code="99"),
    ),
)
known = User.objects.get(username="mihon-editor")
for username, roles in (
    ("{COLLEAGUE}", [(Role.EDITOR, "990019")]),
    ("{CODES}", [(Role.EDITOR, "990019")]),
    ("{NEWCOMER}", []),
    ("{NATIONWIDE}", [(Role.OFFICER, "JP")]),
    ("{BEGINNER}", [(Role.EDITOR, "{VILLAGE}")]),
    ("{TWO_TOWNS}", [(Role.VIEWER, "990019"), (Role.EDITOR, "990027")]),
):
    user, is_new = User.objects.get_or_create(
        username=username,
        defaults=dict(display_name=username, password=known.password, is_demo=True),
    )
    for role, code in roles if is_new else ():
        Membership.objects.create(
            user=user,
            role=role,
            scope_kind=ScopeKind.NATION if code == "JP" else ScopeKind.MUNICIPALITY,
            scope_code=code,
        )
"""


class Installation:
    """Web server, worker and scheduler on a free port; database and broker from the environment if named there."""

    def __init__(self, data_dir):
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir / "demo.log"
        self.process = None

    @property
    def environment(self):
        kept = {name: value for name, value in os.environ.items() if name not in CHOSEN_HERE}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_DIR": str(self.data_dir),
            "JOB_SWEEP_SECONDS": "2",
        }

    def start(self):
        """Start it and wait until it answers. Raises AssertionError with its log when it does not."""
        command = [sys.executable, "manage.py", "demo", "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self.answers():
            is_over = self.process.poll() is not None or time.monotonic() > deadline
            assert not is_over, self.log.read_text(errors="replace")
            time.sleep(0.2)
        self.run(MORE_ACCOUNTS)

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except urllib.error.HTTPError as error:
            return error.code == 503
        except OSError:
            return False

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def run(self, code):
        """Run Python inside the installation, as its operator would at the console; return what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code],
            cwd=ROOT,
            env=self.environment | {"APP_MODE": "demo"},
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def end_session(self, session_key):
        """Delete a session as the expiry of its time would."""
        sessions = "from django.contrib.sessions.models import Session"
        deleted = f"Session.objects.filter(session_key={session_key!r}).delete()[0]"
        assert self.run(f"{sessions}; print({deleted})") == "1"

    def mails(self, number):
        """Return the mails about the report of this number."""
        found = []
        for path in sorted((self.data_dir / "mail").glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if number in str(message["Subject"]):
                found.append(message)
        return found

    def papers(self, number):
        """Return the kept PDF files of the report of this number, without the prefecture's copies."""
        return sorted(self.data_dir.glob(f"media/reports/**/{number}-*.pdf"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
