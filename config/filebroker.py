"""The queue folder of the embedded default.

The library's own transport writes messages in place, and a worker that reads one half-written ends;
its exchange files have the same window. Here a message appears by a rename, and which queue a message
belongs to stands in its name alone.
"""

import json
import logging
import time
import uuid
from pathlib import Path

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, virtual
from kombu.transport.virtual import Empty

log = logging.getLogger(__name__)

SUFFIX = ".msg"


class Channel(virtual.Channel):
    """Queues as files `<time>_<uuid>.<queue>.msg` in one folder of the owner's alone."""

    @property
    def folder(self):
        folder = Path(self.connection.client.transport_options["data_folder_in"])
        # Somebody may have emptied the data folder: the jobs are in the database.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def _messages(self, queue):
        return sorted(self.folder.glob(f"[!.]*.{queue}{SUFFIX}"))

    def _put(self, queue, message, **kwargs):
        try:
            whole = self.folder / f"{time.time_ns()}_{uuid.uuid4()}.{queue}{SUFFIX}"
            partial = whole.with_name(f".{whole.name}")
            partial.write_text(json.dumps(message))
            partial.rename(whole)
        except OSError as error:
            raise ChannelError(f"The queue folder took no message: {error}") from error

    def _get(self, queue, timeout=None):
        for path in self._messages(queue):
            taken = path.with_name(f".{path.name}.taken")
            try:
                path.rename(taken)
            except FileNotFoundError:  # another worker was faster
                continue
            text = taken.read_text(errors="replace")
            taken.unlink()
            if message := _message(text):
                return message
            log.warning("the queue folder held something that is no message: %s", path.name)
        raise Empty

    def _size(self, queue):
        return len(self._messages(queue))

    def _purge(self, queue):
        messages = self._messages(queue)
        for path in messages:
            path.unlink(missing_ok=True)
        return len(messages)


def _message(text):
    """Return the message that a file holds, or nothing."""
    try:
        message = json.loads(text)
    except ValueError:
        return None
    is_one = isinstance(message, dict) and {"body", "properties"} <= message.keys()
    return message if is_one else None


class Transport(virtual.Transport):
    """Direct queues only: workers on one machine have nothing to broadcast."""

    Channel = Channel
    global_state = virtual.BrokerState()
    driver_type = driver_name = "filesystem"

    implements = virtual.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset(["direct", "topic"])
    )

    def __init__(self, client, **kwargs):
        super().__init__(client, **kwargs)
        self.state = self.global_state

    def driver_version(self):
        return "1"


def install():
    """Serve broker addresses that begin with filesystem:// from here."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
