"""The forms of 自治体概要: its texts, who runs and joins the programme, and the registers they choose from."""

from django import forms
from django.core.exceptions import ValidationError

from municipalities.bodies.body_names import follow_names
from municipalities.bodies.organization_choice import OrganizationChoice
from municipalities.fields import JaIntegerField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.japanese.review_rhythm import MOST_YEARS
from municipalities.kernel import pictures
from municipalities.models import (
    Area,
    Contractor,
    Organization,
    Participant,
    Profile,
    ProfilePicture,
)

MOST_TIMES = 366


def times(label, **kwargs):
    return JaIntegerField(
        label=label, unit="回", min_value=0, max_value=MOST_TIMES, required=False, **kwargs
    )


class ProfileForm(HouseModelForm):
    fieldsets = (
        ("担当", Profile.HEAD_FIELDS),
        ("PDCAの進め方", Profile.REVIEW_FIELDS),
        ("特徴", Profile.FEATURE_FIELDS),
    )
    review_years = JaIntegerField(
        label="PDCAを一巡させる年数",
        unit="年",
        min_value=1,
        max_value=MOST_YEARS,
        required=False,
        help_text="目指す姿から評価・改善までを、何年で一巡させるかです（例：毎年度なら1、介護保険事業計画に合わせるなら3）。",
    )
    reviews_min = times("年間の見直しの回数（最少）")
    reviews_max = times(
        "年間の見直しの回数（最多）",
        help_text="「年2～4回」のときは、最少に2、最多に4と入力します。",
    )

    class Meta(HouseModelForm.Meta):
        model = Profile
        fields = (*Profile.HEAD_FIELDS, *Profile.REVIEW_FIELDS, *Profile.FEATURE_FIELDS)
        help_texts = Profile.NOTES | {
            "review_rhythm": "いつ、どこで計画を見直すかを書きます（例：毎年10月に中間評価、2月の全体会で評価と見直し）。"
            "次の年度に引き継がれます。",
        }


class ContractorForm(OrganizationChoice):
    class Meta(HouseModelForm.Meta):
        model = Contractor
        fields = ("desk", "organization")
        field_classes = {"desk": JaTextField}
        labels = {"organization": "委託先の団体"}
        help_texts = {
            "desk": "委託している窓口や業務の名前です（例：在宅医療・介護連携相談窓口、研修の企画）。"
            "分けて書かないときは、空けてください。"
        }


class ParticipantForm(OrganizationChoice):
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


class PictureForm(HouseModelForm):
    """What stands below a picture; the picture itself is not exchanged."""

    class Meta(HouseModelForm.Meta):
        model = ProfilePicture
        fields = ("caption", "source", "audience")
        field_classes = {"caption": JaTextField, "source": JaTextField}
        help_texts = {
            "caption": "何の図表かが分かる一文です（例：○○市日常生活圏域図）。図表の下に載り、画面を読み上げるときにも使います。",
            "source": "資料の名前と年度です（例：令和5年度（2023年度）介護認定の更新対象者に対するアンケート）。",
            "audience": "「庁内」にした図表は、報告書と印刷用の表示に載りません。",
        }


class NewPictureForm(PictureForm):
    """A picture with its caption. Cleans `image` to the picture drawn anew."""

    image = forms.FileField(
        label="画像",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text="PNG・JPEG・WebP、5MBまで。写真に付いている撮影場所などの情報は、保存する前に取り除きます。"
        "患者や住民の顔・氏名が写っている画像は使わないでください。",
    )
    field_order = ("image", *PictureForm.Meta.fields)

    def clean_image(self):
        upload = self.cleaned_data["image"]
        if upload.size > pictures.MOST_BYTES:
            raise ValidationError(pictures.TOO_BIG)
        try:
            return pictures.redrawn(upload.read())
        except pictures.Refused as refused:
            raise ValidationError(str(refused)) from refused

    @property
    def original_name(self):
        """The name that the file came with, as text: nothing that turns or hides letters."""
        return "".join(sign for sign in self.files["image"].name if sign.isprintable())


class OrganizationForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Organization
        fields = ("name", "kind", "note")
        field_classes = {"name": JaTextField}
        help_texts = {
            "name": "団体や部署の正式な名称です（例：○○市医師会、○○市高齢福祉課）。個人の名前は入力しないでください。",
            "note": "略称や所在地など、見分けるために必要なことがあれば書きます。個人の連絡先は書かないでください。",
        }

    def settle(self, *, by):
        """Rows that keep a copy of the name take the new one in the same transaction."""
        super().settle(by=by)
        if self.instance.pk and "name" in self.changed_data:
            follow_names(self.instance)

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
