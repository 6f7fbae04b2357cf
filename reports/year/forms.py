"""The form of why a row differs from last year's."""

from logicmodels.forms import PlanForm
from municipalities.forms import HouseModelForm
from reports.models import Carried


class CarriedForm(PlanForm):
    class Meta(HouseModelForm.Meta):
        model = Carried
        fields = ("reason", "audience")
        help_texts = {
            "reason": "例：令和7年度（2025年度）の評価で参加者が少なかったため、開催を年2回から年4回に増やした。"
        }
