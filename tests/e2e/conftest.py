"""Browsers on a real installation. Every test fails on a console error, a crashed script or a foreign request."""

import shutil

import pytest

from tests.e2e.hands import Mouse
from tests.e2e.installation import PASSWORD, Installation
from tests.e2e.watch import Watch

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 640}
TIMEOUT = 30_000


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """The product with the demo's data, running."""
    installation = Installation(tmp_path_factory.mktemp("installation"))
    try:
        installation.start()
        yield installation
    finally:
        installation.stop()


@pytest.fixture(scope="session")
def base_url(installation):
    return installation.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    program = next(filter(None, map(shutil.which, BROWSERS)))
    return browser_type_launch_args | {"executable_path": program, "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "ja-JP", "timezone_id": "Asia/Tokyo"}


@pytest.fixture
def watch(installation):
    watch = Watch(installation.url)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def open_page(new_context, watch):
    """Return a function that opens a page in a browser of its own, signed out."""

    def enter(address="/account/login/", *, size=DESK, **options):
        context = new_context(viewport=size, **options)
        context.set_default_timeout(TIMEOUT)
        watch.follow(context)
        page = context.new_page()
        page.goto(address)
        return page

    return enter


@pytest.fixture(scope="session")
def sessions():
    """The cookies of those who signed in once, by user name: signing in is a matter of the path's test."""
    return {}


@pytest.fixture
def sign_in(open_page, sessions):
    """Return a function that opens an address as somebody, in a browser of its own."""

    def enter(username, address="/", **options):
        if username not in sessions:
            page = open_page()
            Mouse(page).sign_in(username, PASSWORD)
            page.wait_for_url(lambda url: "/account/login/" not in url)
            sessions[username] = page.context.storage_state()
            page.context.close()
        return open_page(address, storage_state=sessions[username], **options)

    return enter
