"""The form of a health centre and the towns that it is in charge of."""

from municipalities.fields import JaTextField
from municipalities.forms import HouseModelForm
from municipalities.models import HealthCentre
from municipalities.places.town_fields import TownsField


class HealthCentreForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = HealthCentre
        fields = ("name", "towns")
        field_classes = {"name": JaTextField, "towns": TownsField}
        help_texts = {
            "name": "例：○○保健所、○○厚生センター",
            "towns": "ここで選んだ市町村だけが、この保健所の担当者に表示されます。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["towns"].offer(self.instance.prefecture.municipalities.without_wards())
