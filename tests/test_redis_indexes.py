"""Workers of the tests that share a Redis share nothing in it."""

import contextlib

import pytest
import redis
from django.conf import settings

from tests.processes import brokers
from tests.redis_indexes import own_index
from tests.settings import WORKER

BROKER, CACHE = "redis://127.0.0.1:6379/1", "redis://127.0.0.1:6379/2"


def test_five_workers_find_room_in_a_redis_out_of_the_box():
    workers = ["gw0", "gw1", "gw2", "gw3", "gw4"]
    urls = [own_index(url, worker) for worker in workers for url in (BROKER, CACHE)]

    indexes = [int(url.rpartition("/")[2]) for url in urls]

    assert len(set(indexes)) == 10
    assert max(indexes) < 16


@pytest.mark.parametrize("worker", ["alone", "gw0"])
def test_whoever_runs_alone_uses_what_the_caller_named(worker):
    assert own_index("redis://:word@cache:6379/7?timeout=1", worker) == (
        "redis://:word@cache:6379/7?timeout=1"
    )


@pytest.mark.parametrize("url", ["filesystem://", "memory://", ""])
def test_what_is_no_redis_stays(url):
    assert own_index(url, "gw3") == url


def test_one_worker_empties_its_own_cache_alone(tmp_path):
    with brokers.own_server(tmp_path) as server, contextlib.ExitStack() as stack:
        mine, other = (
            stack.enter_context(redis.Redis.from_url(own_index(server.url, worker)))
            for worker in ("gw0", "gw1")
        )
        mine.set("count", 1)

        other.flushdb()
        assert mine.get("count") == b"1"

        mine.flushdb()
        assert mine.get("count") is None


@pytest.mark.skipif("LOCATION" not in settings.CACHES["default"], reason="needs CACHE_URL")
def test_this_run_keeps_to_its_own():
    from config import settings as products  # noqa: PLC0415 -- the caller's own, before ours

    assert own_index(products.CELERY_BROKER_URL, WORKER) == settings.CELERY_BROKER_URL
    cache = settings.CACHES["default"]["LOCATION"]
    assert cache == own_index(products.env.str("CACHE_URL"), WORKER)
