"""`manage.py demo`: the whole product on one PC under one Ctrl-C, with the demo's data."""

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import connections

from municipalities.kernel.jobs import Job, JobState
from municipalities.operating import demo
from municipalities.operating.supervisor import Supervisor

HOST = "127.0.0.1"
# A busy machine takes minutes to load the code three times; a process that ends is told at once.
READY_SECONDS = 600
ONCE_SECONDS = 120
PREPARATIONS = ("load_reference", "load_demo", "let_out_values")


class Command(BaseCommand):
    help = "デモを起動します（Web・処理係・時計係をまとめて動かします。Ctrl-C で止まります）。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--port", type=int, default=int(os.environ.get("PORT") or 8000), help="ポート番号"
        )
        parser.add_argument(
            "--once", action="store_true", help="報告書を1件送って、届いたら終わります。"
        )

    def handle(self, *args, **options):
        as_demo(options["port"])
        refuse_taken(options["port"])
        self.say("デモのデータを用意しています。初めてのときは、1分ほどかかります。")
        prepare()
        self.stopped_by = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.note_signal)
        supervisor = Supervisor()
        try:
            for name, command in commands(options["port"]).items():
                supervisor.start(name, command, cwd=settings.BASE_DIR)
            code = self.serve(supervisor, once=options["once"])
        finally:
            self.say("止めています…")
            supervisor.stop()
            self.say("止まりました。")
        sys.exit(code)

    def note_signal(self, number, frame):
        self.stopped_by = number

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()

    def serve(self, supervisor, *, once):
        """Run until told to stop. Returns the exit code."""
        ready = self.until(answers, supervisor, seconds=READY_SECONDS)
        if not ready:
            return self.why_not(supervisor)
        self.introduce()
        if once:
            return self.send_one(supervisor)
        self.until(lambda: False, supervisor, seconds=float("inf"))
        return self.why_not(supervisor)

    def until(self, condition, supervisor, *, seconds):
        """Wait for a condition. False when the time is over, a process ended or somebody stopped us."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.stopped_by and not supervisor.ended():
            if condition():
                return True
            time.sleep(0.2)
        return False

    def why_not(self, supervisor):
        if self.stopped_by:
            return 0
        if ended := supervisor.ended():
            self.stderr.write(f"{ended[0]} が終了しました（終了コード {ended[1]}）。")
        else:
            self.stderr.write(
                "時間内に応答がありませんでした。データはそのまま残っています。もう一度起動してください。"
            )
        return 1

    def introduce(self):
        self.say(self.style.SUCCESS(f"\nデモを起動しました: {settings.BASE_URL}/"))
        for username, display_name in demo.accounts():
            self.say(f"  {username:<22}{display_name}")
        self.say(f"  パスワードは全員共通です: {demo.password()}")
        self.say(f"  送信したメールの保存先: {settings.EMAIL_FILE_PATH}")
        self.say("  止めるには Ctrl-C を押してください。\n")

    def send_one(self, supervisor):
        """Submit one report and wait for its mail. Returns the exit code."""
        # What loading has submitted goes first, so that what is told below is this report's.
        self.until(is_idle, supervisor, seconds=ONCE_SECONDS)
        before, latest = mails(), Job.objects.order_by("pk").last()
        call_command("send_demo_report", stdout=self.stdout)
        new = Job.objects.filter(pk__gt=latest.pk if latest else 0)

        def is_there():
            return mails() - before and new.exists() and not new.unfinished().exists()

        if not self.until(is_there, supervisor, seconds=ONCE_SECONDS):
            self.why_not(supervisor)
            return 1
        for job in new.order_by("pk"):
            self.say(f"処理 {job.kind}: {job.state_label}（{job.attempt}回目）")
        for path in sorted(mails() - before):
            self.say(f"送信したメール: {path}（{path.stat().st_size:,}バイト）")
        return int(new.filter(state=JobState.FAILED).exists())


def as_demo(port):
    """Make sure that this process and all its children read the demo's settings."""
    wanted = {"APP_MODE": "demo", "BASE_URL": f"http://{HOST}:{port}"}
    # A survey can be answered here as well, from this machine.
    wanted["PUBLIC_BASE_URL"] = os.environ.get("PUBLIC_BASE_URL") or wanted["BASE_URL"]
    if settings.PRODUCTION:
        raise CommandError("本番の設定（APP_MODE=production）ではデモを起動できません。")
    if any(os.environ.get(name) != value for name, value in wanted.items()):
        os.environ.update(wanted)
        command = [sys.executable, *sys.orig_argv[1:]]
        os.execv(command[0], command)  # noqa: S606 -- this very command, read anew


def refuse_taken(port):
    """Raise CommandError if somebody else listens there: their answer would look like ours."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"ポート {port} は使われています。別の番号を指定してください。例: make demo PORT={port + 1}"
            ) from error


def prepare():
    """Bring the database up to date and fill in what is missing."""
    call_command("migrate", interactive=False, verbosity=0)
    known = get_commands()
    for name in PREPARATIONS:
        if name in known:
            call_command(name)
    connections.close_all()


def commands(port):
    """Return the three processes by name."""
    python = [sys.executable, "-m"]
    gunicorn = ["gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--workers", "1"]
    gunicorn += ["--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "10"]
    worker = [
        "celery",
        "--quiet",
        "-A",
        "config",
        "worker",
        "--concurrency",
        "2",
        "--loglevel",
        "WARNING",
    ]
    worker += ["--queues", "default,mail", "--hostname", "demo@%h"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    beat = ["celery", "--quiet", "-A", "config", "beat", "--loglevel", "WARNING", "--pidfile="]
    return {
        "web": [*python, *gunicorn, "--no-control-socket", "--log-level", "warning"],
        "worker": [*python, *worker],
        "beat": [*python, *beat],
    }


def answers():
    """Say whether the web answers. 503 is an answer: old work may wait for the first sweep."""
    try:
        with urllib.request.urlopen(f"{settings.BASE_URL}/healthz", timeout=2):  # noqa: S310 -- our own address
            return True
    except urllib.error.HTTPError as error:
        return error.code == HTTPStatus.SERVICE_UNAVAILABLE
    except OSError:
        return False


def is_idle():
    return not Job.objects.unfinished().exists()


def mails():
    return set(Path(settings.EMAIL_FILE_PATH).glob("*.eml"))
