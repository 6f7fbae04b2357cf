"""Twenty kills: no work lost, none doubled."""

import signal
import time

from tests.processes import smtp

KILLS = 20
LISTS, CARRIED = 5, 8


def test_twenty_kills_in_mid_job_lose_and_double_nothing(installed, broker, toll):
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

    marks = here.ask("marks")
    assert [row["attempt"] for row in here.ask("job_rows")] == [2] * KILLS
    toll(
        f"{KILLS} kills in mid-job, {broker.partition(':')[0]}",
        asked=KILLS,
        done=len(set(marks)),
        doubled=len(marks) - len(set(marks)),
        remark=f"the slowest was back after {slowest:.1f} s",
    )


def test_kills_inside_the_answer_for_a_list_end_every_mail_that_it_carries_once(installed, toll):
    script = smtp.Script()
    with smtp.serving(script) as port:
        here = installed(EMAIL_URL=f"smtp://127.0.0.1:{port}", PROBE_QUICK_MAIL="1")
        here.start("beat")
        here.start("worker")
        for number in range(LISTS):
            script.delay, taken = 2, len(script.received)
            first, *others = [number * CARRIED + place for place in range(CARRIED)]
            here.ask("post_letters", references=[first])
            here.ask("gather_letters", references=others, seconds=1)
            here.until(lambda taken=taken: len(script.received) > taken + 1)
            here.kill("worker")
            script.delay = 0
            here.start("worker")
            here.until_all_done()

    marks = here.ask("marks")
    assert len(set(script.received)) <= 2 * LISTS
    toll(
        f"{LISTS} kills inside the answer for a list",
        asked=LISTS * CARRIED,
        done=len(set(marks)),
        doubled=len(marks) - len(set(marks)),
        remark=f"{len(script.received)} mails for {LISTS * CARRIED} letters",
    )


def test_twenty_kills_inside_the_smtp_answer_lose_no_mail_and_change_no_byte(installed, toll):
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
    marks = here.ask("marks")
    assert set(marks) == {f"letter {number} sent" for number in range(KILLS)}
    toll(
        f"{KILLS} kills inside the answer for a letter",
        asked=KILLS,
        done=len(set(script.received)),
        doubled=len(marks) - KILLS,
        remark=f"{len(script.received)} mails, repeated ones byte for byte the same and marked",
    )


def test_a_worker_that_is_asked_to_stop_finishes_what_it_has_begun(installed, broker):
    here = installed(broker=broker)
    here.start("worker")
    here.ask("enqueue", tags=["begun"], milliseconds=1500)
    here.until_running()

    here.running["worker"].send_signal(signal.SIGTERM)

    assert here.running.pop("worker").wait(20) == 0
    assert [(row["state"], row["attempt"]) for row in here.ask("job_rows")] == [("done", 1)]
    assert here.ask("marks") == ["begun"]
