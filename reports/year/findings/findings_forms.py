"""The form by which a finding is waived."""

from municipalities.choices import Audience
from municipalities.forms import HouseModelForm
from reports.models import Waiver

# No copy for the prefecture has a waiver: further than the adviser it goes nowhere.
READERS = (Audience.ADVISER, Audience.INTERNAL)


class WaiverForm(HouseModelForm):
    """Why a finding is waived, and who may read that."""

    class Meta(HouseModelForm.Meta):
        model = Waiver
        fields = ("reason", "audience")
        help_texts = {
            "reason": "例：地域防災計画の見直しに合わせて、令和9年度（2027年度）に整理する。",
            "audience": "「アドバイザーまで」では、アドバイザーが報告書と一緒に理由を読みます。「庁内」では伝わりません。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [(one.value, one.label) for one in READERS]
