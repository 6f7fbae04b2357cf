"""What a document may open while it is drawn: our style sheet and nothing else."""

import http.server
import io
import threading
from collections.abc import Iterator
from typing import NamedTuple

import pypdf
import pytest
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetchingError

from reports.paper.rendering.painting import OwnSheets, Painter

SECRET = "CANARY-SECRET-5127"


class Canary(NamedTuple):
    """A web server and a file that nobody may open, and the list of requests that came."""

    url: str
    file: str
    hits: list[str]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.hits.append(self.path)
        if self.path.startswith("/redirect"):
            self.send_response(302)
            self.send_header("Location", "/landed")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if "css" in self.path else "image/svg+xml")
        self.end_headers()
        self.wfile.write(
            b"" if "css" in self.path else b'<svg xmlns="http://www.w3.org/2000/svg"/>'
        )

    def log_message(self, *args):
        """Keep the test's output clean."""


@pytest.fixture
def canary(tmp_path) -> Iterator[Canary]:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.hits = []
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Canary(f"http://127.0.0.1:{server.server_port}", secret.as_uri(), server.hits)
        server.shutdown()
        thread.join()


# {url} is the canary server, {file} the canary file.
VECTORS = {
    "img": '<img src="{url}/a.svg">',
    "img that redirects": '<img src="{url}/redirect">',
    "style sheet link": '<link rel="stylesheet" href="{url}/a.css">',
    "import": '<style>@import "{url}/a.css";</style>',
    "inline background": '<p style="background:url({url}/a.svg)">x</p>',
    "svg image": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/a.svg" width="9" height="9"/></svg>',
    "svg in a data address": (
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
        "<image href='{url}/a.svg' width='9' height='9'/></svg>\">"
    ),
    "font": '<style>@font-face{{font-family:F;src:url({url}/f.ttf)}}</style><p style="font-family:F">x</p>',
    "object": '<object data="{url}/a.svg"></object>',
    "embed": '<embed src="{url}/a.svg">',
    "attachment over http": '<link rel="attachment" href="{url}/a.svg">',
    "attachment of a file": '<link rel="attachment" href="{file}">',
    "attachment by anchor": '<a rel="attachment" href="{file}">x</a>',
    "base and a relative img": '<base href="{url}/"><img src="a.svg">',
    "base and a relative attachment": '<base href="{file}"><link rel="attachment" href="secret.txt">',
    "content": "<style>p::before{{content:url({url}/a.svg)}}</style>",
    "list sign": '<ul><li style="list-style-image:url({url}/a.svg)">x</li></ul>',
    "border image": '<p style="border:9px solid;border-image:url({url}/a.svg) 1">x</p>',
}


def page(vector: str, canary: Canary) -> str:
    body = vector.format(url=canary.url, file=canary.file)
    return f'<!doctype html><html lang="ja"><head><title>t</title></head><body><p>honbun</p>{body}'


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter()


@pytest.mark.parametrize("name", VECTORS)
def test_a_document_reaches_no_server_and_no_file_and_still_shows_its_text(name, canary, painter):
    pdf = painter.paint(page(VECTORS[name], canary)).pdf

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert canary.hits == []
    assert list(reader.attachments) == []
    assert b"/EmbeddedFile" not in pdf
    assert not any(SECRET.encode() in data for data in streams(reader))
    assert "honbun" in reader.pages[0].extract_text()


@pytest.mark.parametrize("name", VECTORS)
def test_each_of_these_documents_succeeds_where_the_fetcher_is_absent(name, canary):
    html = HTML(string=page(VECTORS[name], canary), url_fetcher=URLFetcher())

    reader = pypdf.PdfReader(io.BytesIO(html.write_pdf()))

    assert canary.hits or any(SECRET.encode() in data for data in streams(reader))


def streams(reader: pypdf.PdfReader) -> Iterator[bytes]:
    """The decompressed content of every stream of the file."""
    for number in range(1, reader.trailer["/Size"]):
        found = reader.get_object(number)
        if isinstance(found, pypdf.generic.StreamObject):
            yield found.get_data()


def test_the_style_sheet_of_the_paper_is_opened():
    assert b"@page" in OwnSheets().fetch("own:css/paper.css").read()


@pytest.mark.parametrize(
    "url",
    [
        "own:css/base.css",
        "own:css/../css/paper.css",
        "own:css/paper.css?x",
        "OWN:css/paper.css",
        "own:/etc/passwd",
        "file:///etc/passwd",
        "data:text/css,p{}",
        "http://127.0.0.1/",
        "css/paper.css",
        "",
    ],
)
def test_every_other_address_is_refused(url):
    with pytest.raises(URLFetchingError):
        OwnSheets().fetch(url)

    with pytest.raises(URLFetchingError):
        OwnSheets().open(url)
