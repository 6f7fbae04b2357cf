"""A town answers at once: through a real web server nothing is lost, nothing is doubled, one code is one answer.

How long it takes is measured (`-s` prints it), never asserted.
"""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from tests.processes.harness import PROGRAMS, Installation
from tests.processes.smtp import free_port

PEOPLE, AT_ONCE = 500, 25
DEED = "tests.processes.residents"
# 問1 はい, 問2 two of them, 問3 a table, then the second page.
ANSWERS = [("q1", "1"), ("q2", "1"), ("q2", "3"), ("q3r1", "1"), ("q3r2", "2"), ("q4", "12")]
LAST = [("page", "1"), ("action", "send")]
LINES = 6


@pytest.fixture(scope="module")
def town(tmp_path_factory, template):
    """A web server as an installation runs it, and the doors of a survey behind it."""
    outside = {"PUBLIC_BASE_URL": "https://renkei.example.jp"}
    folder = tmp_path_factory.mktemp("answers")
    with Installation.made(folder, template, **outside) as here:
        doors = here.ask(f"{DEED}.ask_residents", offices=2)
        port = free_port()
        PROGRAMS["web"] = (
            *("-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
            *("--no-control-socket", "--log-level", "warning"),
        )
        here.start("web")
        here.until(lambda: is_up(port), seconds=120)
        yield here, port, doors


def is_up(port):
    try:
        return fetch(port, "/healthz")[0] in {200, 503}
    except OSError:
        return False


def fetch(port, path, fields=None):
    """Return status and text of a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        if fields is None:
            connection.request("GET", path)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(fields), kind)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def opened(port, path):
    status, text = fetch(port, path)
    assert status == 200, text[:500]
    return [("ticket", re.search(r'name="ticket" value="([^"]+)"', text)[1])]


def receipt(text):
    found = re.search(r'answer-receipt">([0-9A-F]{5}-[0-9A-F]{5})<', text)
    return found and found[1]


def answered(port, path):
    """Go through both pages like a phone; return the receipt."""
    carried = opened(port, path)
    status, text = fetch(port, path, [*carried, *ANSWERS, ("page", "0"), ("action", "next")])
    assert status == 200, text[:500]
    status, text = fetch(port, path, [*carried, *ANSWERS, *LAST])
    assert status == 200, text[:500]
    return receipt(text)


def counted(here, before):
    after = here.ask(f"{DEED}.counts")
    return {name: after[name] - before[name] for name in after}


def test_five_hundred_people_answer_at_once_and_nothing_is_lost(town):
    here, port, doors = town
    before, begun = here.ask(f"{DEED}.counts"), time.monotonic()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        receipts = list(pool.map(lambda _: answered(port, doors["link"]), range(PEOPLE)))

    seconds = time.monotonic() - begun
    print(f"{PEOPLE} people, {AT_ONCE} at once, 3 pages each: {seconds:.1f} s")
    assert len(set(receipts) - {None}) == PEOPLE
    assert counted(here, before) == {"responses": 500, "answers": 500 * LINES, "offices": 0}


def test_twenty_presses_of_one_form_at_once_are_one_answer(town):
    here, port, doors = town
    before, carried = here.ask(f"{DEED}.counts"), opened(port, doors["link"])

    with ThreadPoolExecutor(20) as pool:
        pages = list(
            pool.map(lambda _: fetch(port, doors["link"], [*carried, *ANSWERS, *LAST]), range(20))
        )

    assert {status for status, _ in pages} == {200}
    assert len({receipt(text) for _, text in pages}) == 1
    assert counted(here, before)["responses"] == 1


def test_twenty_forms_of_one_code_at_once_are_one_answer(town):
    here, port, doors = town
    before, code = here.ask(f"{DEED}.counts"), doors["codes"][0]
    forms = [opened(port, code) for _ in range(20)]

    with ThreadPoolExecutor(20) as pool:
        pages = list(pool.map(lambda form: fetch(port, code, [*form, *ANSWERS, *LAST]), forms))

    assert sorted(status for status, _ in pages) == [200, *[410] * 19]
    assert sum("すでに回答していただいています" in text for _, text in pages) == 19
    assert counted(here, before) == {"responses": 1, "answers": LINES, "offices": 1}


def test_twenty_forms_of_the_open_door_are_twenty_answers(town):
    """The control: what made one of twenty above is the code, and the ticket."""
    here, port, doors = town
    before = here.ask(f"{DEED}.counts")
    forms = [opened(port, doors["link"]) for _ in range(20)]

    with ThreadPoolExecutor(20) as pool:
        pages = list(
            pool.map(lambda form: fetch(port, doors["link"], [*form, *ANSWERS, *LAST]), forms)
        )

    assert {status for status, _ in pages} == {200}
    assert counted(here, before)["responses"] == 20


def test_nobody_is_thanked_for_an_answer_to_a_round_that_is_empty(town):
    """Forty press while the round is emptied: who was thanked came before, and nothing is left."""
    here, port, _ = town
    door = here.ask(f"{DEED}.ask_residents", key="round-emptied")["link"]
    forms = [opened(port, door) for _ in range(40)]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        sent = [pool.submit(fetch, port, door, [*form, *ANSWERS, *LAST]) for form in forms]
        assert here.ask(f"{DEED}.empty", key="round-emptied") == 0
        statuses = [one.result()[0] for one in sent]

    assert set(statuses) <= {200, 404, 410}
    assert fetch(port, door, [*forms[0], *ANSWERS, *LAST])[0] == 404
    assert here.ask(f"{DEED}.left", key="round-emptied") == 0
