"""Which index of a Redis a worker of the tests uses: a cache that one worker empties is not another's."""

from urllib.parse import urlsplit, urlunsplit

# Broker, cache and one to spare; the sixteen of a Redis out of the box hold five workers.
FOR_EACH_WORKER = 3


def own_index(url, worker, *, spare=0):
    """Return the URL with the index of this worker, counted from the one it names; other URLs as they are.

    >>> own_index("redis://127.0.0.1:6379/1", "gw2")
    'redis://127.0.0.1:6379/7'
    """
    parts = urlsplit(url)
    if not parts.scheme.startswith("redis"):
        return url
    first = int(parts.path.strip("/") or 0)
    number = int(worker.removeprefix("gw")) if worker.startswith("gw") else 0
    return urlunsplit(parts._replace(path=f"/{first + FOR_EACH_WORKER * number + spare}"))
