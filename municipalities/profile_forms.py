"""The forms of 自治体概要: its texts, who runs and joins the programme, and the registers they choose from."""

from municipalities.fields import JaTextField
from municipalities.forms import HouseModelForm
from municipalities.models import Area, Contractor, Organization, Participant, Profile
from municipalities.organization_choice import OrganizationChoice


class ProfileForm(HouseModelForm):
    fieldsets = (
        ("担当", Profile.HEAD_FIELDS),
        ("特徴", Profile.FEATURE_FIELDS),
    )

    class Meta(HouseModelForm.Meta):
        model = Profile
        fields = (*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS)
        help_texts = Profile.NOTES


class ContractorForm(OrganizationChoice, HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Contractor
        fields = ("desk", "organization")
        field_classes = {"desk": JaTextField}
        labels = {"organization": "委託先の団体"}
        help_texts = {
            "desk": "委託している窓口や業務の名前です（例：在宅医療・介護連携相談窓口、研修の企画）。"
            "分けて書かないときは、空けてください。"
        }


class ParticipantForm(OrganizationChoice, HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Participant
        fields = ("organization",)
        labels = {"organization": "参加する団体・部署"}

    def clean(self):
        """A body takes part once a year."""
        cleaned = super().clean()
        same = Participant.objects.filter(
            cycle=self.instance.cycle, organization=cleaned.get("organization")
        )
        if cleaned.get("organization") and same.exclude(pk=self.instance.pk).exists():
            message = f"「{cleaned['organization']}」は、すでに参加者の一覧にあります。"
            self.add_error("organization", message)
        return cleaned


class OrganizationForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Organization
        fields = ("name", "kind", "note")
        field_classes = {"name": JaTextField}
        help_texts = {
            "name": "団体や部署の正式な名称です（例：○○市医師会、○○市高齢福祉課）。個人の名前は入力しないでください。",
            "note": "略称や所在地など、見分けるために必要なことがあれば書きます。個人の連絡先は書かないでください。",
        }

    def clean_name(self):
        """Two bodies of the same name could not be told apart in a list."""
        name = self.cleaned_data["name"]
        if Organization.objects.filter(name=name).exclude(pk=self.instance.pk).exists():
            message = f"「{name}」は、すでに登録されています。別の団体のときは、見分けられる名称にしてください。"
            self.add_error("name", message)
        return name


class AreaForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Area
        fields = ("kind", "name", "covers")
        field_classes = {"name": JaTextField}
        help_texts = {
            "name": "例：中央圏域、北部ブロック",
            "covers": "含まれる町名や小中学校区などを書きます（例：中央小学校区、本町・栄町）。",
        }
