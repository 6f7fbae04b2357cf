"""What an adviser writes beside a report: a comment on a section, and turns of its thread."""

from django import forms

from municipalities.fields import JaLongTextField
from municipalities.forms import HouseForm, HouseModelForm
from reports.models import Comment
from reports.models.reviews import COMMENT_LENGTH


class CommentForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Comment
        fields = ("kind", "text", "quote")
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea({"rows": "4"}),
            "quote": forms.Textarea({"rows": "2"}),
        }
        help_texts = {"quote": "どの文についてかを示すとき、報告書から写します。"}


class ReplyForm(HouseForm):
    text = JaLongTextField(
        label="返事", max_length=COMMENT_LENGTH, widget=forms.Textarea({"rows": "3"})
    )
