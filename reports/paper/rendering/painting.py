"""HTML to PDF by WeasyPrint, which may open the sheets named here and nothing else."""

# ruff: noqa: TID253 -- this is the one module that loads WeasyPrint, in the render server's process
import hashlib
from dataclasses import dataclass
from pathlib import Path

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

ROOT = Path(__file__).resolve().parents[3]
SHEETS = {
    f"own:css/{name}": ROOT / "static" / "css" / name
    for name in (
        "paper.css",
        "handout.css",
        "structure.css",
        "comparison_paper.css",
        "evaluation_paper.css",
        "year_page_paper.css",
        "handover_paper.css",
        "poster_paper.css",
        "letter_paper.css",
        "questionnaire_paper.css",
    )
}

VARIANT = "pdf/ua-1"


class OwnSheets(URLFetcher):
    """Opens the addresses of SHEETS. No other address, of whatever scheme, reaches a socket or a file."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in SHEETS:
            message = "only our own style sheets may be opened"
            raise URLFetchingError(message)
        return URLFetcherResponse(url, SHEETS[url].read_bytes(), {"Content-Type": "text/css"})


@dataclass(frozen=True, slots=True)
class Painting:
    """A finished PDF and the number of its pages."""

    pdf: bytes
    pages: int


class Painter:
    """Draws documents with one set of fonts, which stays loaded between them."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()

    def paint(self, html: str) -> Painting:
        """Draw a tagged PDF/UA-1. The same HTML gives the same bytes.

        There is no date in it, and its identifier is the HTML's hash.
        """
        source = HTML(string=html, base_url=None, url_fetcher=OwnSheets())
        document = source.render(font_config=self._fonts, pdf_variant=VARIANT)
        identifier = hashlib.sha256(html.encode()).digest()[:16]
        pdf = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
        return Painting(pdf, len(document.pages))
