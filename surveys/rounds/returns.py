"""回収の状況: how many were asked, how many came back and count; pure but for one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from surveys.choices import ResponseWay
from surveys.models import Response
from surveys.results import percentages

if TYPE_CHECKING:
    from decimal import Decimal

    from surveys.models import SurveyRound


@dataclass(frozen=True, slots=True)
class Returns:
    """The five numbers of a round. `returned` counts blank sheets too, where the owner has said so."""

    targeted: int | None
    distributed: int | None
    returned: int
    valid: int
    excluded: int
    remarked: int
    by_way: tuple[tuple[str, int], ...]

    @property
    def received(self) -> int:
        return self.valid + self.excluded

    @property
    def return_rate(self) -> Decimal | None:
        """回収率 = 回収数 ÷ 配布数, where nothing was handed out ÷ 対象数; half-up."""
        base = self.distributed if self.distributed is not None else self.targeted
        return None if base is None else percentages.share(self.returned, base)

    @property
    def valid_rate(self) -> Decimal | None:
        """有効回答率 = 有効回答数 ÷ 配布数 (or 対象数), half-up."""
        base = self.distributed if self.distributed is not None else self.targeted
        return None if base is None else percentages.share(self.valid, base)

    @property
    def doubt(self) -> str:
        """What the owner should look up; nothing of it is refused."""
        if self.distributed is not None and self.returned > self.distributed:
            return "回収数が配布数より多くなっています。配布数と、重複した回答がないかを確かめてください。"
        if self.returned < self.received:
            return "回収数が、届いている回答の数より少なくなっています。回収数を確かめてください。"
        return ""


def of(row: SurveyRound) -> Returns:
    """Count a round. Its tables stay when the answers are gone, so what was counted then is not asked here."""
    found = (
        Response.objects.filter(round=row)
        .values("way")
        .annotate(
            all=Count("pk"),
            excluded=Count("pk", filter=Q(is_excluded=True)),
            remarked=Count("pk", filter=~Q(remark="")),
        )
        .order_by("way")
    )
    counted = {line["way"]: line for line in found}
    received = sum(line["all"] for line in counted.values())
    excluded = sum(line["excluded"] for line in counted.values())
    return Returns(
        targeted=row.targeted,
        distributed=row.distributed,
        returned=received if row.returned is None else row.returned,
        valid=received - excluded,
        excluded=excluded,
        remarked=sum(line["remarked"] for line in counted.values()),
        by_way=tuple((way.label, counted[way]["all"]) for way in ResponseWay if way in counted),
    )
