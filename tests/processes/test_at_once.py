"""Twenty at once, each with a database connection of its own."""

import pytest

from tests.processes.harness import Installation


@pytest.fixture(scope="module")
def here(tmp_path_factory, template):
    """An installation without a worker, for all tests of this module."""
    with Installation.made(tmp_path_factory.mktemp("at-once"), template) as here:
        yield here


def marks_made_by(here, **press):
    before = len(here.ask("marks"))
    addresses = here.ask("press_in_parallel", times=20, **press)
    assert len(addresses) == 20
    return len(here.ask("marks")) - before, len(set(addresses))


def test_twenty_presses_at_once_are_one_deed(here):
    assert marks_made_by(here, with_key=True) == (1, 1)


def test_without_the_key_they_are_twenty(here):
    assert marks_made_by(here, with_key=False) == (20, 20)


def test_of_twenty_workers_exactly_one_gets_a_job(here):
    assert here.ask("claim_in_parallel", times=20) == [1]


def test_of_eight_mails_at_once_one_goes_out_and_one_takes_the_rest_along(here):
    here.ask("gather_letters", references=list(range(8)), seconds=1800, at_once=True)

    assert here.ask("gathered") == [["probe_letter", 0], ["probe_list", 7]]
