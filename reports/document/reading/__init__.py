"""From the document to the year on paper. Pure: PDF, review page and preview read its result only."""

from reports.document.reading.year import gather

__all__ = ["gather"]
