"""The pieces of the API's addresses that say where an operation acts; the middleware reads them."""

from ninja import P, PathEx

# Django's converters refuse what is no code or year before anything is looked up.
YEAR = "m/{code:municipality}/{fy:fiscal_year}"
Code = PathEx[str, P(description="全国地方公共団体コード（6桁）")]
FiscalYear = PathEx[int, P(description="年度（西暦）")]
