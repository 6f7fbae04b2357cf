"""The papers of the sample towns, each drawn once in a process: several modules read the same ones."""

from functools import cache

from reports.paper.report.sheet import Pdf, make_pdf
from tests.reports.paper_samples import MIHON, MITO
from tests.reports.paper_towns import FUKUCHIYAMA, RICH

PAPERS = {"mito": MITO, "mihon": MIHON, "rich": RICH, "fukuchiyama": FUKUCHIYAMA}


@cache
def paper_of(name: str) -> Pdf:
    return make_pdf(PAPERS[name])
