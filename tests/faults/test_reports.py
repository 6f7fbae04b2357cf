"""The real path: a submitted report becomes one PDF and one delivery a recipient, whatever is killed."""

import contextlib
import hashlib
import random
import subprocess
import time
from email import message_from_bytes
from pathlib import Path

import pytest

from municipalities.kernel.jobs import DISK_FULL
from tests.processes import smtp

KILLS = 20
SEED = 20261122
MAKE_PDF = "make_report_pdf"
DEEDS = "tests.faults.report_deeds"
# What a worker sees as its place for files: eight megabytes of its own, to be filled by the test.
SMALL_DISK = (
    """mkdir -p "$MEDIA_ROOT" && mount -t tmpfs -o size=8m tmpfs "$MEDIA_ROOT" && exec "$@" """
)
LETTERS = 1_000_000
ROWS = 5_000


@pytest.fixture
def product(installed):
    """Return a maker of installations with the demo's data, not yet started."""

    def make(**environment):
        here = installed(APP_MODE="demo", BASE_URL="http://127.0.0.1:8000", **environment)
        here.manage("load_reference")
        here.manage("load_demo", "--without-reports")
        return here

    return make


def deed(here, name, **arguments):
    return here.ask(f"{DEEDS}.{name}", **arguments)


def start_quietly(here):
    """Start the product and see its demo's own letters out, which are nobody's report."""
    here.start("worker")
    here.start("beat")
    here.until_all_done(seconds=60)


def outcome_since(here, before):
    """Return the papers and deliveries that came after `before`."""
    after = deed(here, "outcome")
    return {name: after[name][len(before[name]) :] for name in after}


def letters_of(here):
    """Return the files of the letters that have gone out."""
    return set((here.folder / "mail").glob("*.eml"))


def interrupted(here):
    """Return how many reports' PDF was under way when its worker was killed."""
    return sum(row["crashes"] > 0 for row in here.ask("job_rows", kind=MAKE_PDF))


def submit_and_kill(here, seconds):
    """Submit one report, kill its worker so long after the making began, and see it through."""
    deed(here, "submit")
    here.until_running(MAKE_PDF)
    time.sleep(seconds)
    here.kill("worker")
    here.start("worker")
    here.until_all_done(seconds=60)


def test_twenty_kills_while_the_pdf_is_made_leave_one_pdf_and_one_delivery_each(product, toll):
    moment = random.Random(SEED)
    here = product()
    start_quietly(here)
    before, letters = deed(here, "outcome"), letters_of(here)

    submitted = 0
    while interrupted(here) < KILLS:
        submitted += 1
        assert submitted < 4 * KILLS, "the kills came too late too often"
        submit_and_kill(here, moment.uniform(0, 0.2))

    new = outcome_since(here, before)
    made, deliveries = new["pdfs"], new["deliveries"]
    assert len(set(made)) == len(made) == submitted
    assert len({row["report_id"] for row in deliveries}) == submitted
    assert {row["state"] for row in deliveries} == {"sent"}
    mails = letters_of(here) - letters
    kept = {path.name for path in (here.folder / "media" / "reports").iterdir()}
    assert kept == {name.removeprefix("reports/") for name in deed(here, "outcome")["pdfs"]}
    toll(
        f"{KILLS} kills while the PDF is made",
        asked=len(deliveries),
        done=len(mails),
        doubled=len(made) - submitted,
        remark=f"{submitted} reports, one PDF each (seed {SEED})",
    )


def test_twenty_kills_inside_the_smtp_answer_lose_no_report_and_change_no_byte(product, toll):
    script = smtp.Script()
    with smtp.serving(script) as port:
        here = product(EMAIL_URL=f"smtp://127.0.0.1:{port}")
        start_quietly(here)
        before, letters = deed(here, "outcome"), {one["message_id"] for one in deed(here, "mails")}
        script.received.clear()
        for _ in range(KILLS):
            script.delay, taken = 2, len(script.received)
            deed(here, "submit")
            here.until(lambda taken=taken: len(script.received) > taken, seconds=60)
            here.kill("worker")
            script.delay = 0
            here.start("worker")
            here.until_all_done(seconds=60)

    new = outcome_since(here, before)
    deliveries = new["deliveries"]
    assert len(set(new["pdfs"])) == len(new["pdfs"]) == KILLS
    assert {row["state"] for row in deliveries} == {"sent"}
    different = set(script.received)
    written = {row["message_id"] for row in deed(here, "mails")} - letters
    assert {message_from_bytes(one)["Message-ID"] for one in different} == written
    assert sum(row["maybe_twice"] for row in deliveries) >= KILLS
    # A kill may hit two recipients' mails at once; none of them goes out more often than twice.
    assert len(script.received) <= 2 * len(deliveries)
    toll(
        f"{KILLS} kills inside the SMTP answer",
        asked=len(deliveries),
        done=len(different),
        doubled=len(different) - len(deliveries),
        remark=f"{len(script.received)} mails, repeated ones byte for byte the same and marked",
    )


def may_mount():
    """Say whether this machine lets us have a file system of our own."""
    tried = subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


@pytest.mark.skipif(not may_mount(), reason="needs user namespaces, to mount a small disk")
def test_a_full_disk_keeps_no_torn_paper_and_the_report_goes_out_once_there_is_room(product, toll):
    here = product()
    disk = on_a_small_disk(here)
    first = deed(here, "submit")
    here.until(lambda: deed(here, "job_of", pk=first)["state"] == "done", seconds=60)
    here.until_all_done(seconds=60)
    kept = files_on(disk)
    fill(disk)

    begun = time.monotonic()
    second = deed(here, "submit")
    here.until(lambda: deed(here, "job_of", pk=second)["error"] == DISK_FULL, seconds=30)
    told = time.monotonic() - begun
    assert files_on(disk) == kept | {disk / "ballast"}
    assert whole_papers(here, disk) == 1

    (disk / "ballast").unlink()
    begun = time.monotonic()
    here.until_all_done(seconds=120)
    recovered = time.monotonic() - begun
    toll(
        "the disk is full when the PDF is written",
        asked=2,
        done=whole_papers(here, disk),
        remark=f"told after {told:.0f} s, done {recovered:.0f} s after there was room",
    )


def on_a_small_disk(here):
    """Start the product with a worker that keeps its files on eight megabytes. Returns where that is seen."""
    media = here.folder / "media"
    inside = ("unshare", "-rm", "sh", "-c", SMALL_DISK, "small-disk")
    here.start("worker", inside=inside, MEDIA_ROOT=str(media))
    here.start("beat")
    return Path(f"/proc/{here.running['worker'].pid}/root{media}")


def files_on(disk):
    return {path for path in disk.rglob("*") if path.is_file()}


def whole_papers(here, disk):
    """Count the kept papers; each is a row's and has its bytes, and nothing else lies there."""
    known = dict(deed(here, "papers"))
    names = [f"reports/{path.name}" for path in (disk / "reports").iterdir()]
    assert [sha256_of(disk / name) for name in names] == [known[name] for name in names]
    return len(names)


def fill(disk):
    """Leave 16 KiB, less than any report."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"\0" * 4096):
            pass
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - 16 * 1024)


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_poison_documents_are_parked_in_words_and_the_others_go_on(product, toll):
    here = product()
    start_quietly(here)
    deed(here, "submit")
    here.until_all_done(seconds=60)

    was = deed(here, "poison_with_a_paragraph", letters=LETTERS)
    paragraph = deed(here, "submit")
    deed(here, "heal_paragraph", **was)
    healthy, waited = seconds_of_a_healthy_report(here)
    until_ended(here, paragraph)
    deed(here, "poison_with_a_table", rows=ROWS)
    table = deed(here, "submit")
    deed(here, "heal_table")
    another, waited_again = seconds_of_a_healthy_report(here)
    until_ended(here, table)

    ends = {name: deed(here, "job_of", pk=pk) for name, pk in (("p", paragraph), ("t", table))}
    assert ends["p"]["state"] == "failed"
    assert "文章がとても長い欄がないか確かめてください" in ends["p"]["error"]
    assert (ends["t"]["state"], bool(ends["t"]["error"])) in {("failed", True), ("done", False)}
    toll(
        "poison: 1 MB in one paragraph, 5,000 rows in one table",
        asked=2,
        done=sum(deed(here, "job_of", pk=pk)["state"] == "done" for pk in (healthy, another)),
        remark=f"paragraph {ends['p']['state']}, table {ends['t']['state']};"
        f" the reports beside them took {waited:.0f} s and {waited_again:.0f} s",
    )


def seconds_of_a_healthy_report(here):
    """Submit a report as it should be. Returns its job and after how long it was made."""
    begun = time.monotonic()
    pk = deed(here, "submit")
    here.until(lambda: deed(here, "job_of", pk=pk)["state"] == "done", seconds=60)
    return pk, time.monotonic() - begun


def until_ended(here, pk):
    here.until(lambda: deed(here, "job_of", pk=pk)["state"] in {"done", "failed"}, seconds=240)
