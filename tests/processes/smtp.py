"""A mail server that does as it is told: take, refuse, put off, or break off after the message."""

import asyncio
import contextlib
import socket
import threading
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP


@dataclass
class Script:
    """`answer` is what DATA is answered with, `to_rcpt` the recipient; None accepts.

    "break off" closes the line after the message, before any answer. `delay` holds the answer back.
    """

    answer: str | None = None
    to_rcpt: str | None = None
    delay: float = 0
    received: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- the library's
        if self.to_rcpt:
            return self.to_rcpt
        envelope.rcpt_tos.append(address)
        self.recipients.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- the library's
        if self.answer and self.answer != "break off":
            return self.answer
        self.received.append(envelope.original_content)
        if self.answer == "break off":
            server.transport.abort()
        await asyncio.sleep(self.delay)
        return "250 OK"


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(script, port=None):
    """Run the server in a thread of its own. Yields its port."""
    loop = asyncio.new_event_loop()
    port = port or free_port()

    def make():
        return SMTP(script, enable_SMTPUTF8=False, loop=loop, timeout=20)

    server = loop.run_until_complete(loop.create_server(make, "127.0.0.1", port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(server):
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
