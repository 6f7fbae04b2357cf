"""The tagged report against plain WeasyPrint, which draws the same content in a warm process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Self

import pypdf

from bench.clock import Rounds, interleaved, spent
from bench.reference import plain_weasyprint
from bench.table import Line
from bench.towns import MITO
from municipalities.tenancy import within
from reports.choices import ReportStatus
from reports.document import snapshot
from reports.document.reading import gather
from reports.document.year_review import YearReview
from reports.paper.rendering import client
from reports.paper.report import sheet
from tests.reports.paper_towns import RICH

ROOT = Path(__file__).resolve().parent.parent
REACH = 0.65
ROUNDS = 5


class PlainProcess:
    """The reference's warm process. It has the product's fonts, so that no slower font explains a ratio."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", plain_weasyprint.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"FONTCONFIG_FILE": str(ROOT / "reports/paper/fonts.conf")},
        )
        self.pid = self._process.pid
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def draw(self, html: str) -> bytes:
        """Return the PDF of a page."""
        body = html.encode()
        self._process.stdin.write(b"%d\n" % len(body) + body)
        self._process.stdin.flush()
        return self._process.stdout.read(int(self._process.stdout.readline()))


@dataclass(frozen=True, slots=True)
class Paper:
    """A report to print. `times` in one round make its time long beside the clock's tick."""

    what: str
    review: YearReview
    times: int


def lines() -> list[Line]:
    """Draw 水戸市's report and the invented town's, which has everything, by turns."""
    papers = (
        Paper("tagged report of 水戸市", review_of_mito(), times=3),
        Paper(f"tagged report{_content_of(RICH)}", RICH, times=1),
    )
    with PlainProcess() as plain:
        return [_line(paper, plain) for paper in papers]


def _content_of(review: YearReview) -> str:
    """Tell how much is in it: tables, charts, boxes of its logic model."""
    tables = sheet.paper_html(review).count("<table")
    charts = sum(one.chart is not None for one in review.indicators)
    nodes = sum(len(one.structure.rows) for one in review.logic_models)
    return f", {tables} tables, {charts} charts, {nodes}-node model"


def review_of_mito() -> YearReview:
    """Return 水戸市's year as its final report would print it now."""
    report = MITO.report("final")
    with within(report.municipality_id):
        return gather(
            snapshot.report_document(report, submitted_at=None, status=ReportStatus.DRAFT)
        )


def _line(paper: Paper, plain: PlainProcess) -> Line:
    pages = sheet.make_pdf(paper.review).pages, _pages(_plain(paper.review, plain))
    rounds = _rounds(paper, plain)
    return Line(
        f"{paper.what}, {pages[0]} pages",
        f"<= {REACH} x CPU",
        f"plain WeasyPrint, untagged, {pages[1]} pages: {rounds.reference:.2f} s",
        f"{rounds.ratio:.2f} ({rounds.spread}): {rounds.ours:.2f} s",
        rounds.ratio <= REACH,
    )


def _rounds(paper: Paper, plain: PlainProcess) -> Rounds:
    server = client.studio.server.pid
    ours = partial(sheet.make_pdf, paper.review)
    theirs = partial(_plain, paper.review, plain)
    return interleaved(
        partial(spent, ours, times=paper.times, server=server),
        partial(spent, theirs, times=paper.times, server=plain.pid),
        rounds=ROUNDS,
    )


def _plain(review: YearReview, plain: PlainProcess) -> bytes:
    return plain.draw(plain_weasyprint.report_html(review))


def _pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(BytesIO(pdf)).pages)
