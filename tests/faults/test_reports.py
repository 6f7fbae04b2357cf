"""The real path: a submitted report becomes one PDF and one delivery a recipient, whatever is killed."""

import random
import time

KILLS = 20
SEED = 20261122
MAKE_PDF = "make_report_pdf"
SUBMIT = "django.core.management.call_command"


def interrupted(here):
    """Return how many reports' PDF was under way when its worker was killed."""
    return sum(row["crashes"] > 0 for row in here.ask("job_rows", kind=MAKE_PDF))


def submit_and_kill(here, seconds):
    """Submit one report, kill its worker so long after the making began, and see it through."""
    here.ask(SUBMIT, command_name="send_demo_report")
    here.until_running(MAKE_PDF)
    time.sleep(seconds)
    here.kill("worker")
    here.start("worker")
    here.until_all_done(seconds=60)


def test_twenty_kills_while_the_pdf_is_made_leave_one_pdf_and_one_delivery_each(installed):
    moment = random.Random(SEED)
    here = installed(APP_MODE="demo", BASE_URL="http://127.0.0.1:8000")
    here.manage("load_reference")
    here.manage("load_demo", "--without-reports")
    here.start("worker")
    here.start("beat")
    before = here.ask("tests.faults.report_deeds.outcome")

    submitted = 0
    while interrupted(here) < KILLS:
        submitted += 1
        assert submitted < 4 * KILLS, "the kills came too late too often"
        submit_and_kill(here, moment.uniform(0, 0.2))

    after = here.ask("tests.faults.report_deeds.outcome")
    made = after["pdfs"][len(before["pdfs"]) :]
    deliveries = after["deliveries"][len(before["deliveries"]) :]
    assert len(set(made)) == len(made) == submitted
    assert len({row["report_id"] for row in deliveries}) == submitted
    assert {row["state"] for row in deliveries} == {"sent"}
    assert len(list((here.folder / "mail").glob("*.eml"))) == len(deliveries)
    kept = {path.name for path in (here.folder / "media" / "reports").iterdir()}
    assert kept == {name.removeprefix("reports/") for name in after["pdfs"]}
    print(f"{KILLS} PDFs interrupted (seed {SEED}); {submitted} reports, one PDF each")
