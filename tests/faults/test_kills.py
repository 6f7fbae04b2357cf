"""Twenty kills: no work lost, none doubled."""

import signal
import time

from tests.processes import smtp

KILLS = 20


def test_twenty_kills_in_mid_job_lose_and_double_nothing(installed, broker):
    here = installed(broker=broker)
    here.start("beat")
    here.start("worker")
    tags = [f"job {number}" for number in range(KILLS)]
    slowest = 0.0

    for tag in tags:
        here.ask("enqueue", tags=[tag], milliseconds=600)
        here.until_running()
        here.kill("worker")
        begun = time.monotonic()
        here.start("worker")
        here.until_all_done()
        slowest = max(slowest, time.monotonic() - begun)

    assert here.ask("marks") == tags
    assert [row["attempt"] for row in here.ask("job_rows")] == [2] * KILLS
    print(f"{KILLS} kills, {len(tags)} of {len(tags)} done once, slowest {slowest:.1f} s")


def test_twenty_kills_inside_the_smtp_answer_lose_no_mail_and_change_no_byte(installed):
    script = smtp.Script(delay=1)
    with smtp.serving(script) as port:
        here = installed(EMAIL_URL=f"smtp://127.0.0.1:{port}", PROBE_QUICK_MAIL="1")
        here.start("beat")
        here.start("worker")
        for reference in range(KILLS):
            script.delay = 1
            taken = len(script.received)
            here.ask("post_letters", references=[reference])
            here.until(lambda taken=taken: len(script.received) > taken)
            here.kill("worker")
            script.delay = 0
            here.start("worker")
            here.until_all_done()

    letters = here.ask("letters")
    assert [row["state"] for row in letters] == ["sent"] * KILLS
    assert all(row["maybe_twice"] for row in letters)
    assert len(set(script.received)) == KILLS
    assert KILLS <= len(script.received) <= 2 * KILLS
    assert here.ask("marks") == [f"letter {number} sent" for number in range(KILLS)]
    print(f"{KILLS} kills in the SMTP answer, {len(script.received)} mails, none lost")


def test_a_worker_that_is_asked_to_stop_finishes_what_it_has_begun(installed, broker):
    here = installed(broker=broker)
    here.start("worker")
    here.ask("enqueue", tags=["begun"], milliseconds=1500)
    here.until_running()

    here.running["worker"].send_signal(signal.SIGTERM)

    assert here.running.pop("worker").wait(20) == 0
    assert [(row["state"], row["attempt"]) for row in here.ask("job_rows")] == [("done", 1)]
    assert here.ask("marks") == ["begun"]
