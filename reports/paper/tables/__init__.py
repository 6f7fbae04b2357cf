"""All tables of a report as one workbook that programs read: rows (`rows`), columns and file (`book`)."""

from reports.paper.tables.book import make_table, make_tables

__all__ = ["make_table", "make_tables"]
