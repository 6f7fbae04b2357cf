"""The form of why a row differs from last year's."""

from logicmodels.goals.forms import PlanForm
from municipalities.forms import HouseModelForm
from reports.models import Carried


class CarriedForm(PlanForm):
    class Meta(HouseModelForm.Meta):
        model = Carried
        fields = ("reason", "audience")
        help_texts = {
            "reason": "例：令和7年度（2025年度）の評価で参加者が少なかったため、開催を年2回から年4回に増やした。"
        }


class FirstReasonForm(CarriedForm):
    """Nothing was said yet: an empty form says nothing, and is told so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.required = True
        reason.error_messages["required"] = (
            "変えた理由を入力してください。まだ書かないときは、「保存せずに戻る」を押してください。"
        )
