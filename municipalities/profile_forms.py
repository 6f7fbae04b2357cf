"""The form of 自治体概要."""

from municipalities.forms import HouseModelForm
from municipalities.models import Profile


class ProfileForm(HouseModelForm):
    fieldsets = (
        ("担当と関係者", Profile.HEAD_FIELDS),
        ("特徴", Profile.FEATURE_FIELDS),
    )

    class Meta(HouseModelForm.Meta):
        model = Profile
        fields = (*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS)
        help_texts = {
            **Profile.NOTES,
            "contractors": "複数あるときは「、」で区切ってください（例：水戸市医師会、高齢者支援センター）。",
            "other_participants": "都道府県の担当課、保健所など、担当部署と委託先のほかに参加する部署・団体。",
        }
