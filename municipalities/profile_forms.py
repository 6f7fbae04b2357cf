"""The form of 自治体概要."""

from municipalities.forms import HouseModelForm
from municipalities.models import Profile


class ProfileForm(HouseModelForm):
    fieldsets = (
        ("担当", Profile.HEAD_FIELDS),
        ("特徴", Profile.FEATURE_FIELDS),
    )

    class Meta(HouseModelForm.Meta):
        model = Profile
        fields = (*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS)
        help_texts = Profile.NOTES
