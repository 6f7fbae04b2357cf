"""Which rows of this app may be deleted by people, what its jobs do, which pictures a comparison has and since when."""

from indicators import document
from indicators.comparison.asking import years
from indicators.comparison.pictures import registry as pictures
from indicators.intake.taking import receiving, staging, taking
from indicators.publishing import filling_rounds
from municipalities.kernel import jobs, trash

pictures.register()
years.register()
trash.register(document.OWN_DEFINITIONS)
trash.register(document.DEFINITION_VERSIONS, parents=("own_definition",))
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
jobs.register(
    filling_rounds.ROUND,
    filling_rounds.handle,
    max_seconds=600,
    label="統計の値を市区町村に入れる処理",
)
jobs.register(
    filling_rounds.TAKE_BACK,
    filling_rounds.handle_taking_back,
    label="取り除いた統計の値を1つの市区町村から取り除く処理",
)
jobs.register(
    filling_rounds.TOWN, filling_rounds.handle_town, label="統計の値を1つの市区町村に入れる処理"
)
