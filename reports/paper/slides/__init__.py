"""The report as slides for the 報告会: told (`telling`), cut into slides (`paging`), drawn (`drawing`)."""

from reports.paper.slides.deck import make_slides

__all__ = ["make_slides"]
