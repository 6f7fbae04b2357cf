"""Which rows of this app may be deleted by people, and which of them are parts of others."""

from indicators import document
from indicators.intake import receiving, staging, taking
from municipalities.kernel import jobs, trash

trash.register(document.OWN_DEFINITIONS)
trash.register(document.INDICATORS)
trash.register(document.TARGETS, parents=("indicator",))
# An outcome takes the indicators placed at it along, an issue the figures shown with it.
trash.register(document.INDICATOR_USES, parents=("outcome",))
trash.register(document.ISSUE_FIGURES, parents=("issue",))
trash.register(document.MEASUREMENTS)
trash.register(document.MEASUREMENT_PARTS, parents=("measurement",))

jobs.register(
    receiving.READ,
    staging.handle,
    max_seconds=600,
    failed=receiving.failed,
    label="統計ファイルの読み取り",
)
jobs.register(
    receiving.TAKE,
    taking.handle,
    max_seconds=600,
    failed=receiving.failed,
    label="統計ファイルの取り込み",
)
