"""The shared cache: JSON only, and no longer than a second."""

import os
import pickle
import signal
import time

import pytest
import redis
from django.core.cache.backends.redis import RedisCache

from tests.processes import brokers

OPTIONS = {
    "serializer": "config.cache.JsonSerializer",
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
}


@pytest.fixture
def server(tmp_path):
    with brokers.own_server(tmp_path) as server:
        yield server


@pytest.fixture
def cache(server):
    cache = RedisCache(server.url, {"OPTIONS": dict(OPTIONS)})
    yield cache
    for pool in cache._cache._pools.values():
        pool.disconnect()


class Gadget:
    """Unpickling it makes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


@pytest.mark.parametrize("value", [0, 7, "水戸市", [1.5, 2.5], {"a": [None, True]}, ""])
def test_plain_values_come_back_as_they_were(cache, value):
    cache.set("key", value, 60)

    assert cache.get("key") == value


def test_counting_works(cache):
    cache.set("count", 1, 60)

    assert (cache.incr("count"), cache.get("count")) == (2, 2)


def test_what_somebody_else_put_there_is_never_run(cache, server, tmp_path):
    planted = tmp_path / "planted"
    with redis.Redis.from_url(server.url) as client:
        client.set(cache.make_and_validate_key("key"), pickle.dumps(Gadget(planted)))

    with pytest.raises(ValueError, match=r"decode|Expecting|invalid"):
        cache.get("key")

    assert not planted.exists()


def test_a_hanging_cache_costs_a_second(cache, server):
    cache.set("key", 1, 60)
    os.kill(server.process.pid, signal.SIGSTOP)
    begun = time.perf_counter()
    try:
        with pytest.raises(redis.TimeoutError):
            cache.get("key")
    finally:
        os.kill(server.process.pid, signal.SIGCONT)

    assert time.perf_counter() - begun < 1.5
